# cmake -DBUILD_DIR=... -DWORK_DIR=... -DPROJECT_DIR=... -DREADME=... -P build_and_run.cmake
function(run)
  execute_process(COMMAND ${ARGN} COMMAND_ERROR_IS_FATAL ANY OUTPUT_VARIABLE output)
  set(output "${output}" PARENT_SCOPE)
endfunction()

set(prefix ${WORK_DIR}/moved/prefix)
file(REMOVE_RECURSE ${WORK_DIR}/prefix ${WORK_DIR}/moved ${WORK_DIR}/build)
run(${CMAKE_COMMAND} --install ${BUILD_DIR} --prefix ${WORK_DIR}/prefix)
# A package may be moved after it was installed.
file(MAKE_DIRECTORY ${WORK_DIR}/moved)
file(RENAME ${WORK_DIR}/prefix ${prefix})
# The README's sample, as it stands there: the include, and a body for main.
file(READ ${README} readme)
if(NOT readme MATCHES "```cpp\n(#include [^\n]*\n)([^`]*)```")
  message(FATAL_ERROR "no sample in ${README}")
endif()
set(sample ${WORK_DIR}/readme_sample.cc)
file(WRITE ${sample} "${CMAKE_MATCH_1}\nint main() {${CMAKE_MATCH_2}}\n")
run(${CMAKE_COMMAND} -S ${PROJECT_DIR} -B ${WORK_DIR}/build -G ${GENERATOR}
  -DREADME_SAMPLE=${sample} -DCMAKE_PREFIX_PATH=${prefix} -DCMAKE_BUILD_TYPE=${BUILD_TYPE}
  -DCMAKE_CXX_COMPILER=${CXX_COMPILER} "-DCMAKE_CXX_FLAGS=${CXX_FLAGS}")
run(${CMAKE_COMMAND} --build ${WORK_DIR}/build)
run(${CMAKE_COMMAND} -E env --unset=PAPERPHONE_APPS ${WORK_DIR}/build/consumer)
message("${output}")
if(NOT output MATCHES "apps from ${prefix}/share/paperphone/apps\nreward 1")
  message(FATAL_ERROR "the installed apps were not used")
endif()
run(${CMAKE_COMMAND} -E env --unset=PAPERPHONE_APPS ${prefix}/bin/paperphone apps)
run(${CMAKE_COMMAND} -E env --unset=PAPERPHONE_APPS ${WORK_DIR}/build/readme_sample)
run(${prefix}/bin/paperphone-viewer --help)
