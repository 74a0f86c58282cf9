# Headers of others that most files read, precompiled once (by env_base) for all targets
# that name no other target to take theirs from: a fifth of a clean build's time.
set(paperphone_precompiled <algorithm> <array> <cmath> <cstdint> <filesystem> <functional>
  <map> <memory> <optional> <set> <span> <string> <string_view> <unordered_map> <utility>
  <variant> <vector> <fmt/format.h>)

# paperphone_add_library(name SOURCES a.cc b.cc LINKS target... [PRECOMPILED target])
# One library per folder, explicit sources, includes relative to the root. PRECOMPILED:
# whose flags it shares; itself, where nobody's are the same.
function(paperphone_add_library name)
  cmake_parse_arguments(ARG "" "PRECOMPILED" "SOURCES;LINKS;PRIVATE_LINKS" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  add_library(paperphone::${name} ALIAS ${name})
  target_include_directories(${name} PUBLIC
    $<BUILD_INTERFACE:${CMAKE_SOURCE_DIR}>
    $<INSTALL_INTERFACE:${PAPERPHONE_INSTALL_INCLUDEDIR}>)
  target_link_libraries(${name} PUBLIC ${ARG_LINKS} PRIVATE ${ARG_PRIVATE_LINKS})
  # The headers need it, so whoever links the installed package gets it too.
  target_compile_features(${name} PUBLIC cxx_std_20)
  paperphone_compile_options(${name})
  paperphone_precompile(${name} "${ARG_PRECOMPILED}")
endfunction()

function(paperphone_precompile name from)
  if(from STREQUAL name OR (NOT from AND name STREQUAL env_base))
    target_precompile_headers(${name} PRIVATE ${paperphone_precompiled})
  elseif(from)
    target_precompile_headers(${name} REUSE_FROM ${from})
  else()
    target_precompile_headers(${name} REUSE_FROM env_base)
  endif()
endfunction()

# paperphone_component_sources(out): kit/<family>/<name>.cc of every component in
# env/app/kit/list.h, where a comment names the family of those below it. A file that
# is missing is named when the build is configured.
function(paperphone_component_sources out)
  set(header ${CMAKE_SOURCE_DIR}/env/app/kit/list.h)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${header})
  file(READ ${header} text)
  string(REGEX REPLACE "^.*#define PAPERPHONE_COMPONENTS" "" text "${text}")
  string(REGEX REPLACE "#define PAPERPHONE_PROPS.*$" "" text "${text}")
  string(REGEX MATCHALL "[a-z]+ \\*/|, [a-z_]+\\)" words "${text}")
  set(sources)
  foreach(word ${words})
    if(word MATCHES "^([a-z]+) ")
      set(family ${CMAKE_MATCH_1})
      continue()
    endif()
    string(REGEX MATCH "[a-z_]+" name "${word}")
    # A mark is in the file of what it stands in.
    if(NOT name MATCHES "^(pin|point)$")
      list(APPEND sources kit/${family}/${name}.cc)
    endif()
  endforeach()
  set(${out} ${sources} PARENT_SCOPE)
endfunction()

# paperphone_add_test(name SOURCES a_test.cc LINKS target... [LABEL unit] [PRECOMPILED target])
# One executable per folder of tests, run from the source tree's root.
function(paperphone_add_test name)
  cmake_parse_arguments(ARG "" "LABEL;TIMEOUT;PRECOMPILED" "SOURCES;LINKS" ${ARGN})
  if(NOT ARG_LABEL)
    set(ARG_LABEL unit)
  endif()
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 600)
  endif()
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_LINKS} GTest::gtest_main)
  paperphone_compile_options(${name})
  if(NOT ARG_PRECOMPILED)
    set(ARG_PRECOMPILED test_headers)
  endif()
  paperphone_precompile(${name} ${ARG_PRECOMPILED})
  add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  set_tests_properties(${name} PROPERTIES LABELS ${ARG_LABEL} TIMEOUT ${ARG_TIMEOUT}
    ENVIRONMENT "PAPERPHONE_BIN=${CMAKE_BINARY_DIR}/bin")
endfunction()

function(paperphone_compile_options name)
  # Designated initialisers leave fields to their defaults on purpose; -Wrestrict and
  # -Wstringop-overflow have false alarms in GCC 12's std::string.
  target_compile_options(${name} PRIVATE -Wall -Wextra
    -Wno-missing-field-initializers $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
    $<$<CXX_COMPILER_ID:GNU>:-Wno-stringop-overflow>)
  target_compile_definitions(${name} PRIVATE QT_NO_KEYWORDS)
  if(PAPERPHONE_WERROR)
    target_compile_options(${name} PRIVATE -Werror)
  endif()
endfunction()
