// Sheet: the rows of a spreadsheet or of a CSV file as texts with their places, and what in them
// cannot be taken at its word.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace anlan::formats {

enum class SheetValue : unsigned char { kEmpty, kText, kNumber, kDate, kFlag, kUnusable };

struct SheetCell {
  SheetValue kind = SheetValue::kEmpty;
  // kNumber: decimal digits, at most one point, a minus in front; a cell that shows per cent has a
  // "%" behind ("25%"). kDate: "2026-03-01" or "2026-03-01T08:30:00". kFlag: "true" or "false".
  // kUnusable: nothing, and there is a fault.
  std::string text = {};
  bool operator==(const SheetCell&) const = default;
};

struct SheetRow {
  int row = 0;                   // as the file counts, from 1; of a CSV file the line
  std::vector<SheetCell> cells;  // from the first column on
  std::string text(std::size_t column) const {
    return column < cells.size() ? cells[column].text : std::string();
  }
};

struct SheetTable {
  std::string name;
  bool hidden = false;
  std::vector<SheetRow> rows;   // those with something in them, in order
  std::vector<Refusal> faults;  // place: row and column; in the order in which they stand
};

// "A", "Z", "AA": the name of a column counted from 0.
std::string column_name(std::size_t column);

// The first fault, of the table or of one row; nothing when there is none. A fault of the table
// (merged cells) has line 0.
const Refusal* table_fault(const SheetTable& table);
const Refusal* row_fault(const SheetTable& table, int row);
// The rows, or the first fault of any kind.
Result<Done> check_clean(const SheetTable& table);

// The rows of a CSV file as a table without faults. UTF-8 with or without a byte order mark; what
// decode_text (text.h) refuses, GBK among it, and parse_csv.
Result<SheetTable> csv_sheet(BytesView bytes, std::string_view file);

}  // namespace anlan::formats
