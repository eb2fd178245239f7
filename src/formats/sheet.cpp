#include "formats/sheet.h"

#include <algorithm>

#include "formats/csv.h"
#include "formats/text.h"

namespace anlan::formats {

std::string column_name(std::size_t column) {
  std::string name;
  for (std::size_t left = column + 1; left > 0; left = (left - 1) / 26)
    name.insert(name.begin(), static_cast<char>('A' + (left - 1) % 26));
  return name;
}

const Refusal* row_fault(const SheetTable& table, int row) {
  const auto found = std::find_if(table.faults.begin(), table.faults.end(),
                                  [&](const Refusal& fault) { return fault.at.line == row; });
  return found == table.faults.end() ? nullptr : &*found;
}

const Refusal* table_fault(const SheetTable& table) { return row_fault(table, 0); }

Result<Done> check_clean(const SheetTable& table) {
  if (const Refusal* fault = table_fault(table)) return *fault;
  if (!table.faults.empty()) return table.faults.front();
  return Done{};
}

Result<SheetTable> csv_sheet(BytesView bytes, std::string_view file) {
  ANLAN_TRY(const std::string text, decode_text(bytes, file));
  ANLAN_TRY(std::vector<CsvRow> rows, parse_csv(text, file));
  SheetTable table;
  table.name = std::string(file);
  for (CsvRow& row : rows) {
    SheetRow& out = table.rows.emplace_back();
    out.row = row.line;
    for (std::string& field : row.fields) {
      const SheetValue kind = field.empty() ? SheetValue::kEmpty : SheetValue::kText;
      out.cells.push_back({.kind = kind, .text = std::move(field)});
    }
  }
  return table;
}

}  // namespace anlan::formats
