#include "platform/xlsx_file.h"

#include <algorithm>
#include <map>
#include <string>

#include <xlsxwriter.h>

#include "base/time.h"
#include "base/utf8.h"
#include "platform/files.h"
#include "platform/refusals.h"
#include "platform/temporary_folder.h"

namespace anlan::platform {
namespace {

using formats::Cell;
using formats::CellKind;

constexpr std::int64_t kDaySeconds = 86'400;
constexpr std::int64_t kFirstDay = 3'652;  // 1980-01-01: the archive inside knows no earlier day

Refusal not_written(const std::string& reason) {
  return Refusal{.code = refusals::kXlsxNotWritten,
                 .path = "file",
                 .value = "xlsx",
                 .args = {{.name = "reason", .value = reason}}};
}

// The word of the library's error, as the sentence of the refusal knows it.
std::string reason_of(lxw_error error) {
  switch (error) {
    case LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED:
      return "xlsx_long_text";
    case LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE:
      return "xlsx_many_rows";
    case LXW_ERROR_SHEETNAME_LENGTH_EXCEEDED:
    case LXW_ERROR_INVALID_SHEETNAME_CHARACTER:
    case LXW_ERROR_SHEETNAME_START_END_APOSTROPHE:
    case LXW_ERROR_SHEETNAME_ALREADY_USED:
      return "xlsx_sheet_name";
    case LXW_ERROR_MEMORY_MALLOC_FAILED:
      return "xlsx_memory";
    case LXW_ERROR_CREATING_XLSX_FILE:
    case LXW_ERROR_CREATING_TMPFILE:
    case LXW_ERROR_READING_TMPFILE:
    case LXW_ERROR_ZIP_FILE_OPERATION:
    case LXW_ERROR_ZIP_FILE_ADD:
    case LXW_ERROR_ZIP_CLOSE:
      return "xlsx_no_space";
    default:
      return "xlsx_library";
  }
}

// The library would say it on standard error, in its own words.
bool is_sheet_name(const std::string& name, const std::vector<formats::Sheet>& before) {
  constexpr std::size_t kNameMax = 31;
  const auto lower = [](std::string text) {
    for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return text;
  };
  const bool taken = std::any_of(before.begin(), before.end(), [&](const formats::Sheet& sheet) {
    return lower(sheet.name) == lower(name);
  });
  return !taken && !name.empty() && count_code_points(name) <= kNameMax && name.front() != '\'' &&
         name.back() != '\'' && name.find_first_of("[]:*?/\\") == std::string::npos;
}

// One lxw_format for each look that is used: the library owns them.
class Formats {
 public:
  explicit Formats(lxw_workbook* book) : book_(book) {}

  lxw_format* of(const Cell& cell) {
    std::string number = cell.kind == CellKind::kNumber ? cell.format : "";
    if (cell.guarded) number = "@";
    if (number.empty() && !cell.bold && !cell.wrap) return nullptr;
    const std::string look = number + (cell.bold ? "|b" : "|") + (cell.wrap ? "|w" : "|");
    lxw_format*& known = known_[look];
    if (known) return known;
    known = workbook_add_format(book_);
    if (!number.empty()) format_set_num_format(known, number.c_str());
    if (cell.bold) format_set_bold(known);
    if (cell.wrap) {
      format_set_text_wrap(known);
      format_set_align(known, LXW_ALIGN_VERTICAL_TOP);
    }
    return known;
  }

 private:
  lxw_workbook* book_;
  std::map<std::string, lxw_format*> known_ = {};
};

// A text "_x0041_" means "A" in this format: its underscore is written as one (ECMA-376 part 1,
// 22.9.2.19, ST_Xstring), so that it is read as it was.
std::string without_escapes(const std::string& text) {
  constexpr std::size_t kEscape = 7;
  const auto is_hex = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
  };
  std::string out;
  for (std::size_t n = 0; n < text.size(); ++n) {
    const std::string_view rest = std::string_view(text).substr(n, kEscape);
    const bool escape = rest.size() == kEscape && rest.starts_with("_x") && rest.back() == '_' &&
                        std::all_of(rest.begin() + 2, rest.end() - 1, is_hex);
    out += escape ? "_x005F_" : std::string(1, text[n]);
  }
  return out;
}

lxw_error write_cell(lxw_worksheet* sheet, std::size_t row, std::size_t column, const Cell& cell,
                     lxw_format* format) {
  const auto at_row = static_cast<lxw_row_t>(row);
  const auto at_column = static_cast<lxw_col_t>(column);
  switch (cell.kind) {
    case CellKind::kEmpty:
      return LXW_NO_ERROR;
    case CellKind::kText:
      return worksheet_write_string(sheet, at_row, at_column, without_escapes(cell.text).c_str(),
                                    format);
    case CellKind::kNumber:
      return worksheet_write_number(sheet, at_row, at_column, cell.number, format);
  }
  return LXW_ERROR_PARAMETER_VALIDATION;
}

lxw_error write_sheet(lxw_workbook* book, const formats::Sheet& from, Formats& looks) {
  lxw_worksheet* const sheet = workbook_add_worksheet(book, from.name.c_str());
  if (!sheet) return LXW_ERROR_SHEETNAME_ALREADY_USED;
  for (std::size_t i = 0; i < from.widths.size(); ++i) {
    const auto column = static_cast<lxw_col_t>(i);
    worksheet_set_column(sheet, column, column, from.widths[i], nullptr);
  }
  for (std::size_t row = 0; row < from.rows.size(); ++row) {
    for (std::size_t i = 0; i < from.rows[row].size(); ++i) {
      const Cell& cell = from.rows[row][i];
      const lxw_error error = write_cell(sheet, row, i, cell, looks.of(cell));
      if (error != LXW_NO_ERROR) return error;
    }
  }
  return LXW_NO_ERROR;
}

void set_properties(lxw_workbook* book, const formats::Workbook& workbook) {
  const auto day = parse_date(workbook.date, "date");
  const std::int64_t days = day.ok() && day->days() > kFirstDay ? day->days() : kFirstDay;
  lxw_doc_properties properties{};
  std::string title = workbook.title;
  constexpr std::size_t kTitleMax = 255;  // bytes, whole signs
  while (title.size() > kTitleMax || (!title.empty() && title.size() < workbook.title.size() &&
                                      (workbook.title[title.size()] & 0xC0) == 0x80)) {
    title.pop_back();
  }
  properties.title = title.data();
  properties.created = static_cast<time_t>(days * kDaySeconds);
  workbook_set_properties(book, &properties);
}

}  // namespace

Result<Bytes> xlsx_bytes(const formats::Workbook& workbook) {
  ANLAN_TRY(const TemporaryFolder folder, TemporaryFolder::create());
  const std::string file = folder.path() + "/answer.xlsx";
  std::string scratch = folder.path();
  lxw_workbook_options options{};
  options.tmpdir = scratch.data();
  lxw_workbook* const book = workbook_new_opt(file.c_str(), &options);
  if (!book) return not_written("xlsx_memory");
  set_properties(book, workbook);
  Formats looks(book);
  lxw_error error = LXW_NO_ERROR;
  std::vector<formats::Sheet> before;
  for (const formats::Sheet& sheet : workbook.sheets) {
    if (error != LXW_NO_ERROR) break;
    error = is_sheet_name(sheet.name, before) ? write_sheet(book, sheet, looks)
                                              : LXW_ERROR_INVALID_SHEETNAME_CHARACTER;
    before.push_back({.name = sheet.name});
  }
  const lxw_error closed = workbook_close(book);  // frees it in any case
  if (error == LXW_NO_ERROR) error = closed;
  if (error != LXW_NO_ERROR) return not_written(reason_of(error));
  ANLAN_TRY(const std::string bytes, read_file(file));
  return Bytes(bytes_of(bytes).begin(), bytes_of(bytes).end());
}

}  // namespace anlan::platform
