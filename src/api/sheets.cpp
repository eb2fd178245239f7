#include "api/sheets.h"

#include "api/refusals.h"
#include "formats/csv.h"
#include "formats/xlsx.h"
#include "formats/xlsx_reader.h"
#include "platform/xlsx_file.h"

namespace anlan::api {

Option sheet_option() {
  return named("sheet", "NAME", "工作表，缺省为第一个可见的",
               "the sheet; default: the first that is shown");
}

Result<formats::SheetTable> sheet_table(BytesView bytes, const std::string& path,
                                        const std::string& sheet) {
  if (path.ends_with(".csv")) return formats::csv_sheet(bytes, path);
  if (!path.ends_with(".xlsx")) {
    return Refusal{.code = refusals::kFileFormUnknown,
                   .path = "file",
                   .value = path,
                   .args = {{.name = "choices", .value = ".csv | .xlsx"}}};
  }
  ANLAN_TRY(std::vector<formats::SheetTable> book, formats::read_xlsx(bytes, path));
  ANLAN_TRY(const formats::SheetTable* table, formats::find_sheet(book, sheet, path));
  return *table;
}

Result<Bytes> sheet_file(const std::vector<std::vector<std::string>>& rows, std::string_view name,
                         const std::string& out, Date today) {
  if (out.ends_with(".xlsx")) {
    formats::Workbook book{.title = std::string(name), .date = to_text(today)};
    formats::Sheet& sheet = book.sheets.emplace_back();
    sheet.name = std::string(name);
    for (const std::vector<std::string>& row : rows) {
      auto& cells = sheet.rows.emplace_back();
      for (const std::string& text : row) cells.push_back(formats::text_cell(text));
    }
    for (formats::Cell& cell : sheet.rows.front()) cell.bold = true;
    return platform::xlsx_bytes(book);
  }
  const std::string text = "\xEF\xBB\xBF" + formats::write_csv(rows, {.guard_formulas = true});
  const BytesView view = bytes_of(text);
  return Bytes(view.begin(), view.end());
}

}  // namespace anlan::api
