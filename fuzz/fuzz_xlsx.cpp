// read_xlsx takes any bytes: tables whose rows and cells are in order, or a refusal with the file.
// Most random archives fail at a check sum, so that the bytes are also taken as the XML of a sheet.
#include <cstdint>

#include "base/check.h"
#include "formats/stored_zip_test.h"
#include "formats/xlsx_reader.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace anlan::formats;
  const std::string text(data, data + size);
  for (const std::string& bytes :
       {text, testing::stored_zip(testing::workbook_parts(text, "<si><t>a</t></si>"))}) {
    const auto book = read_xlsx(anlan::bytes_of(bytes), "f");
    if (!book.ok()) {
      ANLAN_CHECK(book.refusal().at.file == "f");
      continue;
    }
    for (const SheetTable& table : *book) {
      int before = 0;
      for (const SheetRow& row : table.rows) {
        ANLAN_CHECK(row.row > before && !row.cells.empty());
        before = row.row;
      }
    }
  }
  return 0;
}
