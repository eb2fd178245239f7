#include "formats/xlsx.h"

#include <doctest/doctest.h>

using namespace anlan;
using namespace anlan::formats;

namespace {

const Cell* find(const Sheet& sheet, std::string_view text) {
  for (const auto& row : sheet.rows) {
    for (const Cell& cell : row) {
      if (cell.text == text) return &cell;
    }
  }
  return nullptr;
}

}  // namespace

TEST_CASE("xlsx: a figure becomes a number with its format, anything else stays text") {
  struct Row {
    const char* text;
    CellKind kind;
    double number;
    const char* format;
  };
  const Row rows[] = {
      {"1,234.50", CellKind::kNumber, 1234.5, "#,##0.00"},
      {"-12.30", CellKind::kNumber, -12.3, "0.00"},
      {"2018", CellKind::kNumber, 2018.0, "0"},
      {"1,000,000", CellKind::kNumber, 1e6, "#,##0"},
      {"12.5 %", CellKind::kNumber, 0.125, "0.0%"},
      {"0", CellKind::kNumber, 0.0, "0"},
      {"12,34", CellKind::kText, 0.0, ""},
      {"1234,567", CellKind::kText, 0.0, ""},
      {"1,234,5", CellKind::kText, 0.0, ""},
      {",123", CellKind::kText, 0.0, ""},
      {"1.", CellKind::kText, 0.0, ""},
      {"–", CellKind::kText, 0.0, ""},
      {"< 0.01 %", CellKind::kText, 0.0, ""},
      {"1e5", CellKind::kText, 0.0, ""},
      {"1234567890123456", CellKind::kText, 0.0, ""},  // 16 digits: a sheet keeps 15
      {"CNY 5", CellKind::kNumber, 5.0, "\"CNY \"0"},
      {"USD 1,234.50", CellKind::kNumber, 1234.5, "\"USD \"#,##0.00"},
      {"CNY -0.50", CellKind::kNumber, -0.5, "\"CNY \"0.00"},
      {"ABC 5", CellKind::kText, 0.0, ""},
      {"CNY", CellKind::kText, 0.0, ""},
      {"CNY 5 %", CellKind::kText, 0.0, ""},
      {"", CellKind::kEmpty, 0.0, ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const Cell cell = figure_cell(row.text);
    CHECK(cell.kind == row.kind);
    CHECK(cell.number == doctest::Approx(row.number).epsilon(1e-15));
    CHECK(cell.format == row.format);
  }
}

TEST_CASE("xlsx: a text that a spreadsheet would take for a formula is guarded, and no other") {
  for (const char* text : {"=1+1", "+49", "-abc", "@SUM(A1)", "\t=1"}) {
    CAPTURE(text);
    CHECK(text_cell(text).guarded);
    CHECK(figure_cell(text).kind == CellKind::kText);
  }
  CHECK(!text_cell("a=1").guarded);
  CHECK(!figure_cell("-5.00").guarded);
}

TEST_CASE("xlsx: one sheet for each heading, with names that the format allows") {
  Document document;
  document.heading(1, "Title: a/b").paragraph("Said.");
  document.heading(2, "Same").bullet("one");
  document.heading(2, "same");
  document.heading(2, "[]:*?/\\");
  document.heading(2, "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五");
  document.table({.columns = {{"What"}, {"CNY", Align::kRight}},
                  .rows = {{"=cmd", "1,000.00"}, {"all", "1,000.00"}},
                  .total = true});
  document.chart({.kind = ChartKind::kBars,
                  .whole = "loss",
                  .part = "left",
                  .rows = {{.label = "x", .whole = 2.0, .part = 0.5}}});
  const Workbook book = to_workbook(document, {.title = "t", .issued = "today"});
  REQUIRE(book.sheets.size() == 5);
  CHECK(book.title == "Title: a/b");
  CHECK(book.sheets[0].name == "Title  a b");
  CHECK(book.sheets[1].name == "Same");
  CHECK(book.sheets[2].name == "same 2");
  CHECK(book.sheets[3].name == "Sheet");
  CHECK(book.sheets[4].name == "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一");
  CHECK(find(book.sheets[0], "today") != nullptr);
  CHECK(find(book.sheets[1], "- one")->guarded);
  const Sheet& last = book.sheets[4];
  CHECK(find(last, "=cmd")->guarded);
  CHECK(find(last, "What")->bold);
  REQUIRE(find(last, "1,000.00") != nullptr);
  CHECK(find(last, "1,000.00")->number == 1000.0);
  int numbers = 0;
  for (const auto& row : last.rows) {
    for (const Cell& cell : row) numbers += cell.kind == CellKind::kNumber ? 1 : 0;
  }
  CHECK(numbers == 4);
}

TEST_CASE(
    "xlsx: the name of a sheet is cut first, by what a spreadsheet counts, and then trimmed") {
  struct Row {
    std::string heading;
    std::string name;
  };
  const std::string thirty(30, 'a');
  const std::string fifteen_faces = [] {
    std::string text;
    for (int i = 0; i < 15; ++i) text += "\U0001F600";
    return text;
  }();
  const Row rows[] = {
      {thirty + "'b", thirty},                        // the cut leaves an apostrophe behind
      {thirty + " b", thirty},                        // or a blank
      {"'" + thirty + "' '", thirty},                 // both ends
      {fifteen_faces + "ab", fifteen_faces + "a"},    // a face takes two units
      {fifteen_faces + "\U0001F600", fifteen_faces},  // and is not cut in two
      {"''"
       "'",
       "Sheet"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.heading);
    Document document;
    document.heading(2, row.heading).heading(2, row.heading);
    const Workbook book = to_workbook(document);
    REQUIRE(book.sheets.size() == 2);
    CHECK(book.sheets[0].name == row.name);
    CHECK(book.sheets[1].name != row.name);
    CHECK(book.sheets[1].name.ends_with(" 2"));
  }
}
