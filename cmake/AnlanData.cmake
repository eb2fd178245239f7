# Embeds every file under data/ into the library anlan_data. The assembler reads the bytes (.incbin), so a change of
# contents rebuilds one object; the list of files is generated into the build folder and changes only with the list.
function(anlan_embed_data folder)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS RELATIVE "${folder}" "${folder}/*")
  list(SORT files COMPARE STRING)

  set(assembly "")
  set(declarations "")
  set(rows "")
  set(depends "")
  set(index 0)
  foreach(path IN LISTS files)
    string(APPEND assembly ".balign 16\n.globl anlan_data_${index}\nanlan_data_${index}:\n.incbin \"${folder}/${path}\"\n"
                           ".globl anlan_data_${index}_end\nanlan_data_${index}_end:\n.byte 0\n")
    string(APPEND declarations "extern const std::byte anlan_data_${index}[];\n"
                               "extern const std::byte anlan_data_${index}_end[];\n")
    string(APPEND rows "      {\"${path}\", {anlan_data_${index}, anlan_data_${index}_end}},\n")
    list(APPEND depends "${folder}/${path}")
    math(EXPR index "${index} + 1")
  endforeach()

  set(out "${CMAKE_BINARY_DIR}/embedded")
  file(CONFIGURE OUTPUT "${out}/data.S" @ONLY
       CONTENT "  .section .rodata\n${assembly}  .section .note.GNU-stack,\"\",%progbits\n")
  if(files)
    set(body "  static const EmbeddedFile kFiles[] = {\n${rows}  };\n  return kFiles;\n")
  else()
    set(body "  return {};\n")
  endif()
  file(CONFIGURE OUTPUT "${out}/data.cpp" @ONLY
       CONTENT "#include \"platform/embedded_data.h\"\n\nextern \"C\" {\n${declarations}}\n
namespace anlan::platform {\n\nstd::span<const EmbeddedFile> embedded_files() {\n${body}}\n\n}  // namespace anlan::platform\n")
  set_source_files_properties("${out}/data.S" PROPERTIES OBJECT_DEPENDS "${depends}")
  add_library(anlan_data STATIC "${out}/data.S" "${out}/data.cpp")
  target_include_directories(anlan_data PRIVATE "${CMAKE_SOURCE_DIR}/src")
endfunction()

anlan_embed_data("${CMAKE_SOURCE_DIR}/data")
