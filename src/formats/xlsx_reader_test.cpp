// What libxlsxwriter writes is read back by platform/xlsx_file_test.cpp; packed archives, and one
// that unpacks without end, by tests/sheet_input.py.
#include "formats/xlsx_reader.h"

#include <random>

#include <doctest/doctest.h>

#include "formats/refusals.h"
#include "formats/stored_zip_test.h"
#include "formats/xml_events.h"

namespace anlan::formats {
namespace {

using testing::Parts;
using testing::stored_zip;
using testing::workbook_parts;

Result<std::vector<SheetTable>> read(const std::string& bytes) {
  return read_xlsx(bytes_of(bytes), "f.xlsx");
}

// The cells of one row as "kind text", kinds as digits.
std::string row_of(const std::string& cells, const std::string& texts = {}) {
  const auto book = read(
      stored_zip(workbook_parts("<sheetData><row r=\"7\">" + cells + "</row></sheetData>", texts)));
  REQUIRE(book.ok());
  std::string out;
  for (const SheetRow& row : book->front().rows) {
    CHECK(row.row == 7);
    for (const SheetCell& cell : row.cells)
      out +=
          (out.empty() ? "" : "|") + std::to_string(static_cast<int>(cell.kind)) + " " + cell.text;
  }
  for (const Refusal& fault : book->front().faults)
    out += " !" + std::string(fault.code.name) + " " + fault.path;
  return out;
}

TEST_CASE("xlsx reader: a cell is what a spreadsheet shows, in the text of the file") {
  struct Row {
    const char* cell;
    const char* read;
  };
  for (const Row& row : std::initializer_list<Row>{
           {"<c r=\"A7\"><v>30000000.50</v></c>", "2 30000000.50"},
           {"<c><v>-12</v></c>", "2 -12"},
           {"<c><v>3.0000000000000004E7</v></c>", "2 30000000.000000004"},
           {"<c><v>0.28999999999999998</v></c>", "2 0.29"},  // as Excel stores 0.29
           {"<c><v>1E3</v></c>", "2 1000"},
           {"<c s=\"2\"><v>0.25</v></c>", "2 25%"},
           {"<c s=\"5\"><v>0.28999999999999998</v></c>", "2 29%"},
           {"<c s=\"2\"><v>1</v></c>", "2 100%"},
           {"<c s=\"5\"><v>0.12345</v></c>", "2 12.345%"},
           {"<c s=\"2\"><v>-0.005</v></c>", "2 -0.5%"},
           // 46,082 days after 1899-12-30 is 2026-03-01.
           {"<c s=\"1\"><v>46082</v></c>", "3 2026-03-01"},
           {"<c s=\"3\"><v>46082.354166666664</v></c>", "3 2026-03-01T08:30:00"},
           {"<c s=\"4\"><v>46082</v></c>", "2 46082"},
           {"<c s=\"1\"><v>60</v></c>", "2 60"},  // 1900-02-29 never was
           {"<c s=\"1\"><v>61</v></c>", "3 1900-03-01"},
           {"<c t=\"b\"><v>1</v></c>", "4 true"},
           {"<c t=\"b\"><v>0</v></c>", "4 false"},
           {"<c t=\"d\"><v>2026-03-01</v></c>", "3 2026-03-01"},
           {"<c t=\"s\"><v>0</v></c>", "1 安澜"},
           {"<c t=\"s\"><v>1</v></c>", "1 ab"},
           {"<c t=\"inlineStr\"><is><t> x_x000A_y</t></is></c>", "1  x\ny"},
           {"<x:c t=\"inlineStr\" xmlns:x=\"y\"><x:is><x:t>p</x:t></x:is></x:c>", "1 p"},
           {"<c r=\"C7\"><v>1</v></c><c><v>2</v></c>", "0 |0 |2 1|2 2"},
           {"<c r=\"A7\" s=\"1\"/>", ""},
           {"<c><f>A1*2</f><v>4</v></c>", "5  !xlsx_formula Firms!A7"},
           {"<c r=\"B7\"><f t=\"shared\" si=\"0\"/></c>", "0 |5  !xlsx_formula Firms!B7"},
           {"<c r=\"AA7\" t=\"e\"><v>#REF!</v></c>", nullptr}}) {
    CAPTURE(row.cell);
    const std::string found = row_of(
        row.cell,
        "<si><t>安澜</t></si><si><r><t>a</t></r><r><t>b</t></r><rPh><t>aside</t></rPh></si>");
    if (row.read) {
      CHECK(found == row.read);
    } else {
      CHECK(found.ends_with("!xlsx_cell_error Firms!AA7"));
    }
  }
}

TEST_CASE("xlsx reader: days of the 1904 system") {
  Parts parts = workbook_parts("<sheetData><row><c s=\"1\"><v>44620</v></c></row></sheetData>");
  parts[2].second.insert(parts[2].second.find("<sheets>"), "<workbookPr date1904=\"1\"/>");
  const auto book = read(stored_zip(parts));
  REQUIRE(book.ok());
  CHECK(book->front().rows.at(0).cells.at(0).text == "2026-03-01");
}

TEST_CASE("xlsx reader: merged cells are a fault of the sheet, formulas and errors of their rows") {
  const auto book = read(stored_zip(workbook_parts(
      "<sheetData><row r=\"1\"><c><v>1</v></c></row><row r=\"3\"><c r=\"B3\"><f>1</f></c></row>"
      "</sheetData><mergeCells><mergeCell ref=\"A1:B2\"/></mergeCells>")));
  REQUIRE(book.ok());
  const SheetTable& table = book->front();
  REQUIRE(table_fault(table) != nullptr);
  CHECK(table_fault(table)->code == refusals::kXlsxMerged);
  CHECK(table_fault(table)->path == "Firms!A1:B2");
  CHECK(row_fault(table, 1) == nullptr);
  REQUIRE(row_fault(table, 3) != nullptr);
  CHECK(row_fault(table, 3)->code == refusals::kXlsxFormula);
  CHECK(row_fault(table, 3)->at.column == 2);
  CHECK(!check_clean(table).ok());
}

TEST_CASE("xlsx reader: the sheet that is asked for, else the first that is shown") {
  std::vector<SheetTable> book(3);
  book[0].name = "hidden";
  book[0].hidden = true;
  book[1].name = "first";
  book[2].name = "second";
  CHECK((*find_sheet(book, "", "f"))->name == "first");
  CHECK((*find_sheet(book, "hidden", "f"))->name == "hidden");
  const auto none = find_sheet(book, "third", "f");
  REQUIRE(!none.ok());
  CHECK(none.refusal().code == refusals::kXlsxSheetMissing);
  CHECK(none.refusal().args[0].value == "hidden, first, second");
}

TEST_CASE("xlsx reader: what is no spreadsheet of ours is refused with its reason") {
  struct Row {
    const char* what;
    std::string bytes;
    RefusalCode code;
  };
  const std::string good = stored_zip(workbook_parts("<sheetData/>"));
  Parts typed = workbook_parts("<sheetData/>");
  typed[2].second =
      "<!DOCTYPE w [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\">]><workbook>&b;</workbook>";
  Parts lost = workbook_parts("<sheetData/>");
  lost.erase(lost.begin() + 4);
  std::string flipped = good;
  flipped[good.find("<worksheet>") + 1] = 'W';
  std::string deep;
  for (int i = 0; i < 100; ++i) deep += "<a>";
  for (const Row& row : std::initializer_list<Row>{
           {"nothing", "", refusals::kXlsxBroken},
           {"a text", "name,revenue\n", refusals::kXlsxBroken},
           {"an .xls or a file with a password", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
            refusals::kXlsxOldFormat},
           {"cut short", good.substr(0, good.size() / 2), refusals::kXlsxBroken},
           {"a changed byte", flipped, refusals::kXlsxBroken},
           {"a locked part", stored_zip(workbook_parts(""), 1), refusals::kXlsxBroken},
           {"a document type with entities", stored_zip(typed), refusals::kXlsxBroken},
           {"a sheet without its part", stored_zip(lost), refusals::kXlsxBroken},
           {"elements without end", stored_zip(workbook_parts(deep)), refusals::kXlsxBroken},
           {"rows out of order",
            stored_zip(workbook_parts("<sheetData><row r=\"2\"/><row r=\"1\"/></sheetData>")),
            refusals::kXlsxBroken},
           {"cells out of order",
            stored_zip(workbook_parts("<sheetData><row r=\"1\"><c r=\"B1\"/><c r=\"A1\"/></row>"
                                      "</sheetData>")),
            refusals::kXlsxBroken},
           {"a column that no sheet has",
            stored_zip(workbook_parts("<row r=\"1\"><c r=\"XFE1\"><v>1</v></c></row>")),
            refusals::kXlsxBroken},
           {"a text that is not there",
            stored_zip(workbook_parts("<row r=\"1\"><c t=\"s\"><v>5</v></c></row>")),
            refusals::kXlsxBroken},
           {"another archive", stored_zip({{"a.txt", "b"}}), refusals::kXlsxBroken}}) {
    CAPTURE(row.what);
    const auto book = read(row.bytes);
    REQUIRE(!book.ok());
    CHECK(book.refusal().code.name == row.code.name);
    CHECK(book.refusal().at.file == "f.xlsx");
  }
}

TEST_CASE("xlsx reader: one far cell in many rows is too many values, not all of the memory") {
  std::string rows;
  for (int row = 1; row <= 130; ++row)
    rows += "<row><c r=\"XFD" + std::to_string(row) + "\"><v>1</v></c></row>";
  const auto book = read(stored_zip(workbook_parts("<sheetData>" + rows + "</sheetData>")));
  REQUIRE(!book.ok());
  CHECK(book.refusal().code == refusals::kTooManyValues);
}

// 4,000 damaged sheets and 4,000 damaged archives: an answer, or a refusal with the file.
TEST_CASE("xlsx reader: damaged files get an answer or a refusal") {
  std::mt19937_64 random(20'261'122);
  const std::string sheet =
      "<sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" s=\"1\"><v>46082</v></c>"
      "</row><row r=\"2\"><c t=\"inlineStr\"><is><t>x</t></is></c><c><f>A1</f><v>1E5</v></c></row>"
      "</sheetData><mergeCells><mergeCell ref=\"A1:B2\"/></mergeCells>";
  constexpr std::string_view kSigns = "<>/=\"&;:0123456789ABrcvtsE.-_x ";
  const auto damage = [&](std::string text) {
    for (std::uint64_t left = 1 + random() % 3; left > 0 && !text.empty(); --left) {
      const std::size_t at = random() % text.size();
      switch (random() % 4) {
        case 0:
          text[at] = static_cast<char>(random() % 256);
          break;
        case 1:
          text[at] = kSigns[random() % kSigns.size()];
          break;
        case 2:
          text.erase(at, 1 + random() % 9);
          break;
        case 3:
          text.insert(at, text.substr(at, 1 + random() % 9));
          break;
      }
    }
    return text;
  };
  int taken = 0;
  const std::string good = stored_zip(workbook_parts(sheet, "<si><t>a</t></si>"));
  for (int i = 0; i < 8'000; ++i) {
    Parts parts = workbook_parts(sheet, "<si><t>a</t></si>");
    std::string& part = parts[1 + random() % 6].second;
    if (i % 2 == 0) part = damage(part);
    const auto book = read(i % 2 == 0 ? stored_zip(parts) : damage(good));
    taken += book.ok() ? 1 : 0;
    if (!book.ok()) CHECK(book.refusal().at.file == "f.xlsx");
  }
  CHECK(taken > 200);
  CHECK(taken < 7'800);
}

TEST_CASE("xml events: names lose their prefix, a stop ends the reading") {
  std::string seen;
  XmlEvents* self = nullptr;
  XmlEvents xml({.open =
                     [&](std::string_view name, const XmlAttributes& attributes) {
                       seen += std::string(name) + std::string(xml_attribute(attributes, "id"));
                       if (name == "end") self->stop("enough");
                     },
                 .close = [&](std::string_view name) { seen += "/" + std::string(name); },
                 .text = [&](std::string_view text) { seen += std::string(text); }});
  self = &xml;
  CHECK(xml.feed("<a:b xmlns:a=\"u\" a:id=\"7\">te", false) == nullptr);
  CHECK(xml.feed("xt</a:b", false) == nullptr);
  CHECK(std::string(xml.feed("><end/>", false)) != "");
  CHECK(seen == "b7text/b");
}

}  // namespace
}  // namespace anlan::formats
