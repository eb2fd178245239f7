// Sheets: lists that people send and get back, as CSV or XLSX.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/operation.h"
#include "base/bytes.h"
#include "base/result.h"
#include "base/time.h"
#include "formats/sheet.h"

namespace anlan::api {

// The table of a .csv or .xlsx file; of a book the sheet of this name, or the first that is shown.
// Refuses kFileFormUnknown and what the readers refuse.
Result<formats::SheetTable> sheet_table(BytesView bytes, const std::string& path,
                                        const std::string& sheet);

// "sheet": which sheet of the book.
Option sheet_option();

// The rows as the file whose name is `out`: .xlsx with the first row in bold, else CSV with a byte
// order mark, no field of which a spreadsheet runs as a formula.
Result<Bytes> sheet_file(const std::vector<std::vector<std::string>>& rows, std::string_view name,
                         const std::string& out, Date today);

}  // namespace anlan::api
