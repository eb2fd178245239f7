// What stands inside the file is read back by tests/spreadsheet.py, without this program.
#include "platform/xlsx_file.h"

#include <doctest/doctest.h>

#include "platform/refusals.h"

using namespace anlan;
using namespace anlan::platform;

namespace {

formats::Workbook one_cell(const std::string& text) {
  formats::Workbook book{.title = "标题", .date = "2026-03-08"};
  book.sheets.push_back({.name = "表", .rows = {{formats::text_cell(text)}}, .widths = {12.0}});
  return book;
}

}  // namespace

TEST_CASE("xlsx file: an archive, the same bytes for the same workbook, other bytes for another") {
  const auto first = xlsx_bytes(one_cell("=1+1"));
  REQUIRE(first.ok());
  REQUIRE(first->size() > 4);
  CHECK((*first)[0] == static_cast<Bytes::value_type>('P'));
  CHECK((*first)[1] == static_cast<Bytes::value_type>('K'));
  CHECK(*xlsx_bytes(one_cell("=1+1")) == *first);
  CHECK(*xlsx_bytes(one_cell("=1+2")) != *first);
  formats::Workbook later = one_cell("=1+1");
  later.date = "2026-03-09";
  CHECK(*xlsx_bytes(later) != *first);
}

TEST_CASE("xlsx file: what the format cannot hold is refused, not cut") {
  CHECK(xlsx_bytes(one_cell(std::string(32'767, 'x'))).ok());
  const auto long_text = xlsx_bytes(one_cell(std::string(32'768, 'x')));
  REQUIRE(!long_text.ok());
  CHECK(long_text.refusal().code == platform::refusals::kXlsxNotWritten);
  CHECK(long_text.refusal().args.at(0).value == "xlsx_long_text");
  formats::Workbook twice = one_cell("a");
  twice.sheets.push_back(twice.sheets.front());
  CHECK(xlsx_bytes(twice).refusal().code == platform::refusals::kXlsxNotWritten);
  for (const char* name : {"", "'a", "a'", "a/b", "12345678901234567890123456789012"}) {
    formats::Workbook book = one_cell("a");
    book.sheets[0].name = name;
    const auto refused = xlsx_bytes(book);
    REQUIRE(!refused.ok());
    CHECK(refused.refusal().args.at(0).value == "xlsx_sheet_name");
  }
}

TEST_CASE("xlsx file: a title longer than the format keeps is cut between signs") {
  formats::Workbook book = one_cell("a");
  book.title.clear();
  for (int i = 0; i < 200; ++i) book.title += "题";
  CHECK(xlsx_bytes(book).ok());
}
