# Every library that the project links. Each has a page in docs/decisions; tools/packages.sh installs the same list.
find_package(PkgConfig REQUIRED)
pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(PANGOCAIRO REQUIRED IMPORTED_TARGET pangocairo cairo-pdf)
# Its -pthread defines _REENTRANT, for which the precompiled header would have to be built once more; nothing here
# starts a thread.
set_target_properties(PkgConfig::PANGOCAIRO PROPERTIES INTERFACE_COMPILE_OPTIONS "")
pkg_check_modules(XLSXWRITER REQUIRED IMPORTED_TARGET xlsxwriter)
pkg_check_modules(MINIZIP REQUIRED IMPORTED_TARGET minizip)
pkg_check_modules(EXPAT REQUIRED IMPORTED_TARGET expat)
pkg_check_modules(QRENCODE REQUIRED IMPORTED_TARGET libqrencode)
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)
find_package(fmt REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(simdjson REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(ZLIB REQUIRED)
find_package(TBB REQUIRED)

# Asio and Beast are headers. Asio is compiled once, in src/platform/http_asio.cpp; no library of Boost is linked.
find_package(Boost 1.81 REQUIRED)
add_library(anlan_asio INTERFACE)
target_link_libraries(anlan_asio INTERFACE Boost::headers OpenSSL::SSL)
target_compile_definitions(anlan_asio INTERFACE BOOST_ASIO_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED)

if(ANLAN_TESTS)
  find_package(doctest REQUIRED)
  find_package(rapidcheck REQUIRED)
  pkg_check_modules(MPFR REQUIRED IMPORTED_TARGET mpfr)
  find_package(benchmark QUIET)
endif()
