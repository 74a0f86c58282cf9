# What `cmake --install` puts where: the env libraries with their headers for
# find_package(paperphone), the apps, the command.
include(CMakePackageConfigHelpers)
set(paperphone_package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/paperphone)

install(TARGETS env_base env_contract env_app env_sim env_layout env_render env_touch env_task env
  EXPORT paperphone ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(EXPORT paperphone NAMESPACE paperphone:: FILE paperphoneTargets.cmake
  DESTINATION ${paperphone_package_dir})

configure_package_config_file(cmake/paperphoneConfig.cmake.in
  ${CMAKE_BINARY_DIR}/paperphoneConfig.cmake
  INSTALL_DESTINATION ${paperphone_package_dir}
  PATH_VARS CMAKE_INSTALL_DATADIR)
write_basic_package_version_file(${CMAKE_BINARY_DIR}/paperphoneConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/paperphoneConfig.cmake
  ${CMAKE_BINARY_DIR}/paperphoneConfigVersion.cmake cmake/installed_apps.cc
  DESTINATION ${paperphone_package_dir})

install(DIRECTORY env DESTINATION ${PAPERPHONE_INSTALL_INCLUDEDIR}
  FILES_MATCHING PATTERN *.h)
install(DIRECTORY apps DESTINATION ${CMAKE_INSTALL_DATADIR}/paperphone
  PATTERN overview.png EXCLUDE)

install(TARGETS paperphone paperphone-viewer RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
if(PAPERPHONE_TORCH)
  install(TARGETS paperphone-torch RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
