# One precompiled header for all library files, one for all test files, and each once more with the state of a house
# for the modules that all need it: its events and commands are most of what such a file has to read. It only saves
# time: every header must still compile alone, which the target all_verify_interface_header_sets proves.
set(ANLAN_PCH_HEADERS <algorithm> <array> <bit> <chrono> <cmath> <compare> <cstddef> <cstdint> <cstring> <functional>
    <limits> <map> <memory> <numeric> <optional> <set> <span> <string> <string_view> <tuple> <type_traits> <utility>
    <variant> <vector> <fmt/core.h>)

# In angle brackets: found through src, so that ccache knows them again in another folder.
set(ANLAN_STATE_HEADERS <domain/event.h> <house/command.h> <house/house.h>)
set(ANLAN_STATE_MODULES house platform api cli)
# What nearly every operation has to read besides.
set(ANLAN_API_HEADERS <api/operation.h> <api/render.h> <api/session.h> <base/to_node.h> <formats/json.h>
    <house/views.h>)

# anlan_pch_for MODULE KIND OUT: KIND is empty or _test; OUT becomes the target whose precompiled header it uses.
function(anlan_pch_for module kind out)
  set(state "")
  if(module STREQUAL "api" AND kind STREQUAL "")
    set(state _api)
  elseif(module IN_LIST ANLAN_STATE_MODULES)
    set(state _state)
  endif()
  set(${out} anlan${kind}${state}_pch PARENT_SCOPE)
endfunction()

function(anlan_pch name)
  file(GENERATE OUTPUT "${CMAKE_BINARY_DIR}/${name}.cpp" CONTENT "// Carries a precompiled header.\n")
  add_library(${name} OBJECT "${CMAKE_BINARY_DIR}/${name}.cpp")
  target_precompile_headers(${name} PRIVATE ${ANLAN_PCH_HEADERS} ${ARGN})
  target_include_directories(${name} PRIVATE "${CMAKE_SOURCE_DIR}/src")
  target_link_libraries(${name} PRIVATE fmt::fmt)
endfunction()

anlan_pch(anlan_pch)
anlan_pch(anlan_state_pch ${ANLAN_STATE_HEADERS})
if(ANLAN_LAST_MODULE STREQUAL "")
  anlan_pch(anlan_api_pch ${ANLAN_STATE_HEADERS} ${ANLAN_API_HEADERS})
endif()

if(ANLAN_TESTS)
  set(ANLAN_TEST_OPTIONS -O1)
  set(ANLAN_TEST_DEFINITIONS ANLAN_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  set(ANLAN_TEST_LIBS doctest::doctest rapidcheck)
  anlan_pch(anlan_test_pch <doctest/doctest.h>)
  anlan_pch(anlan_test_state_pch <doctest/doctest.h> ${ANLAN_STATE_HEADERS})
  foreach(pch anlan_test_pch anlan_test_state_pch)
    target_compile_options(${pch} PRIVATE ${ANLAN_TEST_OPTIONS})
    target_compile_definitions(${pch} PRIVATE ${ANLAN_TEST_DEFINITIONS})
    target_link_libraries(${pch} PRIVATE ${ANLAN_TEST_LIBS})
  endforeach()

  add_library(anlan_test_main OBJECT "${CMAKE_SOURCE_DIR}/tests/doctest_main.cpp")
  target_compile_options(anlan_test_main PRIVATE ${ANLAN_TEST_OPTIONS})
  target_link_libraries(anlan_test_main PRIVATE doctest::doctest)
endif()
