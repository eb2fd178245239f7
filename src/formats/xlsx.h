// A Document as the sheets of a spreadsheet: texts stay texts, figures become numbers. The bytes of
// the file are platform's (xlsx_file.h); here is what stands in which cell.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/document.h"

namespace anlan::formats {

enum class CellKind : unsigned char { kEmpty, kText, kNumber };

struct Cell {
  CellKind kind = CellKind::kEmpty;
  std::string text = {};    // kText, harmless; kNumber: as the document wrote it
  double number = 0.0;      // kNumber; a share of 12.5 % is 0.125
  std::string format = {};  // kNumber: "#,##0.00", "0.00%", "\"CNY \"#,##0.00"
  // The text begins with = + - @ or a blank sign, which a spreadsheet would take for a formula once
  // somebody edits or re-imports the cell: it is given the format of text.
  bool guarded = false;
  bool bold = false;
  bool wrap = false;
  bool operator==(const Cell&) const = default;
};

struct Sheet {
  // 1 to 31 units of UTF-16, none of []:*?/\, no apostrophe at an end, no two alike whatever their
  // case.
  std::string name = {};
  std::vector<std::vector<Cell>> rows = {};
  std::vector<double> widths = {};  // of the columns, in signs
};

struct Workbook {
  std::vector<Sheet> sheets = {};  // at least one
  std::string title = {};
  std::string date = {};  // "2026-03-08"; empty: none
};

struct WorkbookOptions {
  std::string title;   // where the document has no heading of level 1
  std::string issued;  // below the title of the first sheet; empty: none
};

// One sheet for the head of the document and one for each heading of level 2, named after it. A
// cell of a table becomes a number when it stands in a column that is set to the right and is a
// figure: digits, with commas between groups of three, decimals, a minus before and a per cent sign
// behind, or the code of a currency before it; of at most 15 digits, which is what a spreadsheet
// keeps. A chart becomes a table of its figures.
Workbook to_workbook(const Document& document, const WorkbookOptions& options = {});

// The cell of a text, and of a figure where it is one.
Cell text_cell(std::string_view text);
Cell figure_cell(std::string_view text);

}  // namespace anlan::formats
