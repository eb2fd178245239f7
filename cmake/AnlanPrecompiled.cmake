# One precompiled header for all library files, one for all test files. It only saves time:
# every header must still compile alone, which the target all_verify_interface_header_sets proves.
set(ANLAN_PCH_HEADERS <algorithm> <array> <bit> <chrono> <cmath> <compare> <cstddef> <cstdint> <cstring> <functional>
    <limits> <map> <memory> <numeric> <optional> <set> <span> <string> <string_view> <tuple> <type_traits> <utility>
    <variant> <vector> <fmt/core.h>)

function(anlan_pch name)
  file(GENERATE OUTPUT "${CMAKE_BINARY_DIR}/${name}.cpp" CONTENT "// Carries a precompiled header.\n")
  add_library(${name} OBJECT "${CMAKE_BINARY_DIR}/${name}.cpp")
  target_precompile_headers(${name} PRIVATE ${ANLAN_PCH_HEADERS} ${ARGN})
  target_link_libraries(${name} PRIVATE fmt::fmt)
endfunction()

anlan_pch(anlan_pch)

if(ANLAN_TESTS)
  set(ANLAN_TEST_OPTIONS -O1)
  set(ANLAN_TEST_DEFINITIONS ANLAN_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  set(ANLAN_TEST_LIBS doctest::doctest rapidcheck)
  anlan_pch(anlan_test_pch <doctest/doctest.h>)
  target_compile_options(anlan_test_pch PRIVATE ${ANLAN_TEST_OPTIONS})
  target_compile_definitions(anlan_test_pch PRIVATE ${ANLAN_TEST_DEFINITIONS})
  target_link_libraries(anlan_test_pch PRIVATE ${ANLAN_TEST_LIBS})

  add_library(anlan_test_main OBJECT "${CMAKE_SOURCE_DIR}/tests/doctest_main.cpp")
  target_compile_options(anlan_test_main PRIVATE ${ANLAN_TEST_OPTIONS})
  target_link_libraries(anlan_test_main PRIVATE doctest::doctest)
endif()
