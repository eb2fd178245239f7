#include "formats/sheet.h"

#include <doctest/doctest.h>

#include "formats/refusals.h"

namespace anlan::formats {
namespace {

TEST_CASE("sheet: columns are named as a spreadsheet names them") {
  CHECK(column_name(0) == "A");
  CHECK(column_name(25) == "Z");
  CHECK(column_name(26) == "AA");
  CHECK(column_name(701) == "ZZ");
  CHECK(column_name(702) == "AAA");
  CHECK(column_name(16'383) == "XFD");
}

TEST_CASE("sheet: a CSV file with or without a byte order mark, with quotes, is the same table") {
  for (const char* start : {"", "\xEF\xBB\xBF"}) {
    const auto table =
        csv_sheet(bytes_of(std::string(start) + "名称,备注\r\n\"安,澜\",\"a\nb\"\r\n,x\r\n"), "f");
    REQUIRE(table.ok());
    REQUIRE(table->rows.size() == 3);
    CHECK(table->rows[0].text(0) == "名称");
    CHECK(table->rows[1].text(0) == "安,澜");
    CHECK(table->rows[2].row == 4);
    CHECK(table->rows[2].cells[0].kind == SheetValue::kEmpty);
    CHECK(table->rows[2].text(9).empty());
    CHECK(check_clean(*table).ok());
  }
}

TEST_CASE("sheet: a CSV file in GBK is refused by name") {
  // "名称" in GB 18030.
  const auto table = csv_sheet(bytes_of("\xC3\xFB\xB3\xC6,a\n\xB0\xB2\xC0\xBD,b\n"), "f");
  REQUIRE(!table.ok());
  CHECK(table.refusal().code == refusals::kLooksLikeGbk);
}

}  // namespace
}  // namespace anlan::formats
