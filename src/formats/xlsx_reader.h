// Spreadsheet files (Office Open XML, ISO/IEC 29500, transitional and strict) to tables of texts.
#pragma once

#include <string_view>
#include <vector>

#include "formats/sheet.h"

namespace anlan::formats {

// Characters of all cells together, shared texts counted each time: bounds the memory of the
// tables.
inline constexpr std::size_t kXlsxTextMax = std::size_t{256} << 20;

// Every sheet in the order of the book. A number keeps the text of the file where a spreadsheet
// wrote at most 15 digits without an exponent, else it is the shortest text of the same number. A
// day is one where the cell's format shows a day (1900 and 1904 systems).
// Faults, not refusals: kXlsxMerged (args range; of the table), kXlsxFormula (its value was
// computed elsewhere and may be old), kXlsxCellError (a value such as #REF!).
// Refuses what XlsxArchive refuses, kXlsxBroken (args detail) and kTooManyValues.
// Cost: O(n); a tenth of a second for 100,000 cells.
Result<std::vector<SheetTable>> read_xlsx(BytesView bytes, std::string_view file);

// The sheet of this name, or the first that is not hidden. Refuses kXlsxSheetMissing (args
// choices).
Result<const SheetTable*> find_sheet(const std::vector<SheetTable>& book, std::string_view name,
                                     std::string_view file);

}  // namespace anlan::formats
