# The web application of web/, built by npm and put into the program: anlan_pages defines built_pages() (src/api/pages.h).
# Types of the pages are made from the description of the service, which the program without pages prints
# (anlan help --openapi): so that program is linked first, and linked again with the pages.
# Where npm or its registry cannot be had the program is built without them, and says so at the build.
option(ANLAN_PAGES "Build the web application into the program (needs npm and its registry)" ON)

function(anlan_with_pages program)
  set(out "${CMAKE_BINARY_DIR}/pages")
  set(none "${out}/none.cpp")
  file(CONFIGURE OUTPUT "${none}" @ONLY
       CONTENT "#include \"api/pages.h\"\n\nnamespace anlan::api {\nstd::span<const PageFile> built_pages() { return {}; }\n}\n")
  add_library(anlan_no_pages STATIC "${none}")
  target_include_directories(anlan_no_pages PRIVATE "${CMAKE_SOURCE_DIR}/src")
  if(NOT ANLAN_PAGES)
    target_link_libraries(${program} PRIVATE anlan_no_pages)
    return()
  endif()

  add_executable(${program}_bare "${CMAKE_SOURCE_DIR}/app/cli/main.cpp")
  set_target_properties(${program}_bare PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${out}")
  target_link_libraries(${program}_bare PRIVATE anlan_cli anlan_no_pages)
  target_precompile_headers(${program}_bare REUSE_FROM anlan_state_pch)

  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/web/src/*" "${CMAKE_SOURCE_DIR}/web/public/*"
       "${CMAKE_SOURCE_DIR}/web/tools/*.py")
  list(FILTER sources EXCLUDE REGEX "/(operations|words_[a-z]+)[.]ts$|/__pycache__/")
  set(settings package.json package-lock.json index.html tsconfig.json vite.config.ts vitest.config.ts)
  list(TRANSFORM settings PREPEND "${CMAKE_SOURCE_DIR}/web/")
  file(GLOB words CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/data/locales/*.toml" "${CMAKE_SOURCE_DIR}/clients/*.py"
       "${CMAKE_SOURCE_DIR}/clients/typescript/*.py")
  # Unchanged when the description is: what depends on it is then not made again.
  add_custom_command(OUTPUT "${out}/openapi.json"
    COMMAND python3 "${CMAKE_SOURCE_DIR}/tools/pages.py" describe "$<TARGET_FILE:${program}_bare>" "${out}/openapi.json"
    DEPENDS ${program}_bare "${CMAKE_SOURCE_DIR}/tools/pages.py" VERBATIM)
  add_custom_command(OUTPUT "${out}/pages.S" "${out}/pages.cpp"
    COMMAND python3 "${CMAKE_SOURCE_DIR}/tools/pages.py" build "${CMAKE_SOURCE_DIR}" "${out}"
    DEPENDS "${out}/openapi.json" "${CMAKE_SOURCE_DIR}/tools/pages.py" ${sources} ${settings} ${words}
    COMMENT "Building the web application" VERBATIM)
  add_library(anlan_pages STATIC "${out}/pages.S" "${out}/pages.cpp")
  target_include_directories(anlan_pages PRIVATE "${CMAKE_SOURCE_DIR}/src")
  target_link_libraries(${program} PRIVATE anlan_pages)
endfunction()
