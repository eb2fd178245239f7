# Flags that hold for every file of the tree: the language, the warnings, bit-equal floating point, fast tools.
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_VERIFY_INTERFACE_HEADER_SETS ON)
set(ANLAN_OPTIMISATION "-O2" CACHE STRING "Optimisation of every file; `./test all` compares -O0 with -O2 bit by bit")
set(CMAKE_CXX_FLAGS_RELEASE "${ANLAN_OPTIMISATION} -DNDEBUG")
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")

set(ANLAN_CXX_OPTIONS -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual)
# Designated initialisers leave out what has a default: that is the house style, not a slip.
list(APPEND ANLAN_CXX_OPTIONS -Wno-missing-field-initializers)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # g++ 12 warns falsely in the inlined insert of std::string (GCC bug 105651).
  list(APPEND ANLAN_CXX_OPTIONS -Wno-restrict -Wno-stringop-overflow -Wno-array-bounds)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  # libstdc++ 12 calls its own deprecated get_temporary_buffer inside std::stable_sort.
  list(APPEND ANLAN_CXX_OPTIONS -Wno-deprecated-declarations)
endif()
if(ANLAN_WERROR)
  list(APPEND ANLAN_CXX_OPTIONS -Werror)
endif()
# a*b+c has one answer on every machine: no fused multiply-add may be formed behind our back.
list(APPEND ANLAN_CXX_OPTIONS -ffp-contract=off)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  list(APPEND ANLAN_CXX_OPTIONS -fpch-preprocess) # lets ccache see through a precompiled header
else()
  list(APPEND ANLAN_CXX_OPTIONS "SHELL:-Xclang -fno-pch-timestamp")
endif()
foreach(option IN LISTS ANLAN_CXX_OPTIONS)
  add_compile_options("$<$<COMPILE_LANGUAGE:CXX>:${option}>")
endforeach()

if(ANLAN_SANITIZE)
  set(CMAKE_CXX_FLAGS_RELEASE "-O1 -g1")
  add_compile_options("$<$<COMPILE_LANGUAGE:CXX>:-fsanitize=address,undefined>"
                      "$<$<COMPILE_LANGUAGE:CXX>:-fno-sanitize-recover=all>"
                      "$<$<COMPILE_LANGUAGE:CXX>:-fno-omit-frame-pointer>")
  add_compile_definitions("$<$<COMPILE_LANGUAGE:CXX>:_GLIBCXX_ASSERTIONS>")
  add_link_options(-fsanitize=address,undefined)
endif()

find_program(ANLAN_CCACHE ccache)
if(ANLAN_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env CCACHE_SLOPPINESS=pch_defines,time_macros "${ANLAN_CCACHE}")
endif()
find_program(ANLAN_MOLD mold)
if(ANLAN_MOLD)
  add_link_options(-fuse-ld=mold)
endif()
