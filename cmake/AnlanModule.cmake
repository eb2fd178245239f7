# anlan_module(NAME terms DEPENDS domain LIBS ...): the static library anlan_terms from src/terms, the header check of
# its headers, and the doctest program terms_test = one CTest entry "terms". An empty folder gives an empty library,
# so that the tree configures at any time. DATA links the embedded files of data/.
#
# anlan_program(NAME cli OUTPUT anlan ...): library anlan_cli from app/cli without main.cpp, the program, cli_test.

set(ANLAN_TEST_TIMEOUT 600) # seconds; a test that needs more is not one test
# ANLAN_BIN_CLANG and ANLAN_BIN_O0 exist only after `./test all`; a script that compares them leaves them out without.
set(ANLAN_TEST_ENVIRONMENT "ANLAN_SOURCE_DIR=${CMAKE_SOURCE_DIR}" "ANLAN_BINARY_DIR=${CMAKE_BINARY_DIR}"
    "ANLAN_BIN=${CMAKE_BINARY_DIR}/bin/anlan" "ANLAN_BIN_CLANG=${CMAKE_SOURCE_DIR}/build-clang/bin/anlan"
    "ANLAN_BIN_O0=${CMAKE_SOURCE_DIR}/build-o0/bin/anlan")

function(anlan_test name sources)
  if(NOT ANLAN_TESTS OR NOT sources)
    return()
  endif()
  add_executable(${name}_test ${sources} $<TARGET_OBJECTS:anlan_test_main>)
  target_compile_options(${name}_test PRIVATE ${ANLAN_TEST_OPTIONS})
  target_compile_definitions(${name}_test PRIVATE ${ANLAN_TEST_DEFINITIONS})
  target_link_libraries(${name}_test PRIVATE anlan_${name} ${ANLAN_TEST_LIBS})
  if(name STREQUAL "base")
    target_link_libraries(${name}_test PRIVATE PkgConfig::MPFR)
  endif()
  anlan_pch_for(${name} _test pch)
  target_precompile_headers(${name}_test REUSE_FROM ${pch})
  add_test(NAME ${ANLAN_TEST_PREFIX}${name} COMMAND ${name}_test)
  set_tests_properties(${ANLAN_TEST_PREFIX}${name} PROPERTIES
                       TIMEOUT ${ANLAN_TEST_TIMEOUT} ENVIRONMENT "${ANLAN_TEST_ENVIRONMENT}")
endfunction()

# Library from a folder. Defined through a function so that module and program follow one rule.
function(anlan_library name root folder)
  cmake_parse_arguments(PARSE_ARGV 3 ARG "DATA" "" "DEPENDS;LIBS;EXCLUDE")
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${folder}/*.cpp")
  file(GLOB_RECURSE headers CONFIGURE_DEPENDS "${folder}/*.h")
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  list(REMOVE_ITEM sources ${ARG_EXCLUDE})
  list(TRANSFORM ARG_DEPENDS PREPEND anlan_)

  set(scope INTERFACE)
  if(sources)
    set(scope PUBLIC)
    add_library(anlan_${name} STATIC ${sources})
    anlan_pch_for(${name} "" pch)
    target_precompile_headers(anlan_${name} REUSE_FROM ${pch})
  else()
    add_library(anlan_${name} INTERFACE)
  endif()
  if(headers)
    target_sources(anlan_${name} ${scope} FILE_SET HEADERS BASE_DIRS "${root}" FILES ${headers})
  endif()
  target_include_directories(anlan_${name} ${scope} "${root}")
  target_link_libraries(anlan_${name} ${scope} ${ARG_DEPENDS} fmt::fmt)
  # Third-party headers stay out of our headers; the libraries are needed at link time only.
  if(sources AND ARG_LIBS)
    target_link_libraries(anlan_${name} PRIVATE ${ARG_LIBS})
  endif()
  if(ARG_DATA)
    target_link_libraries(anlan_${name} ${scope} anlan_data)
  endif()
  anlan_test(${name} "${tests}")
endfunction()

macro(anlan_stop_after name)
  if(ANLAN_LAST_MODULE STREQUAL "${name}")
    set(ANLAN_STOPPED ON PARENT_SCOPE)
  endif()
endmacro()

function(anlan_module)
  cmake_parse_arguments(PARSE_ARGV 0 ARG "DATA" "NAME" "DEPENDS;LIBS")
  if(ANLAN_STOPPED)
    return()
  endif()
  set(data "")
  if(ARG_DATA)
    set(data DATA)
  endif()
  anlan_library(${ARG_NAME} "${CMAKE_SOURCE_DIR}/src" "${CMAKE_SOURCE_DIR}/src/${ARG_NAME}" ${data}
                DEPENDS ${ARG_DEPENDS} LIBS ${ARG_LIBS})
  anlan_stop_after(${ARG_NAME})
endfunction()

function(anlan_program)
  cmake_parse_arguments(PARSE_ARGV 0 ARG "" "NAME;OUTPUT" "DEPENDS;LIBS")
  if(ANLAN_STOPPED)
    return()
  endif()
  set(main "${CMAKE_SOURCE_DIR}/app/${ARG_NAME}/main.cpp")
  anlan_library(${ARG_NAME} "${CMAKE_SOURCE_DIR}/app" "${CMAKE_SOURCE_DIR}/app/${ARG_NAME}" EXCLUDE "${main}"
                DEPENDS ${ARG_DEPENDS} LIBS ${ARG_LIBS})
  file(GLOB found CONFIGURE_DEPENDS "${main}")
  if(found)
    add_executable(${ARG_OUTPUT} "${main}")
    target_link_libraries(${ARG_OUTPUT} PRIVATE anlan_${ARG_NAME} ${ARG_LIBS})
    target_precompile_headers(${ARG_OUTPUT} REUSE_FROM anlan_state_pch)
  endif()
endfunction()
