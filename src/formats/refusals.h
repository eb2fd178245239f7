// Refusals of formats: why the bytes of a file are not a tree or a table of ours.
#pragma once

#include <array>

#include "base/result.h"

namespace anlan::formats::refusals {

// Text (text.h).
inline constexpr RefusalCode kFileEmpty{301, "file_empty"};
inline constexpr RefusalCode kFileTooLarge{302, "file_too_large"};  // arg max: MiB
inline constexpr RefusalCode kLineTooLong{303, "line_too_long"};    // arg max: MiB
inline constexpr RefusalCode kLooksLikeUtf16{304, "looks_like_utf16"};
inline constexpr RefusalCode kLooksLikeGbk{305, "looks_like_gbk"};
inline constexpr RefusalCode kNotUtf8{306, "not_utf8"};
inline constexpr RefusalCode kNulByte{307, "nul_byte"};
// Trees (json.h, toml.h).
inline constexpr RefusalCode kJsonSyntax{310, "json_syntax"};  // arg detail
inline constexpr RefusalCode kTomlSyntax{311, "toml_syntax"};  // arg detail
inline constexpr RefusalCode kNumberMalformed{312, "number_malformed"};
inline constexpr RefusalCode kLoneSurrogate{313, "lone_surrogate"};
inline constexpr RefusalCode kTooDeep{314, "too_deep"};               // arg max: levels
inline constexpr RefusalCode kTooManyValues{315, "too_many_values"};  // arg max
inline constexpr RefusalCode kTrailingContent{316, "trailing_content"};
// Tables of rows (csv.h).
inline constexpr RefusalCode kCsvQuote{320, "csv_quote"};                  // arg detail
inline constexpr RefusalCode kCsvRagged{321, "csv_ragged"};                // args expected, found
inline constexpr RefusalCode kCsvFieldTooLong{322, "csv_field_too_long"};  // arg max: KiB
inline constexpr RefusalCode kCsvColumnMissing{323, "csv_column_missing"};
inline constexpr RefusalCode kCsvColumnUnknown{324, "csv_column_unknown"};  // arg nearest
inline constexpr RefusalCode kCsvColumnTwice{325, "csv_column_twice"};

// Spreadsheets (xlsx_reader.h).
inline constexpr RefusalCode kXlsxBroken{340, "xlsx_broken"};  // arg detail
inline constexpr RefusalCode kXlsxOldFormat{341, "xlsx_old_format"};
inline constexpr RefusalCode kXlsxTooLarge{342, "xlsx_too_large"};  // arg max: MiB unpacked
inline constexpr RefusalCode kXlsxMerged{343, "xlsx_merged"};       // arg range
inline constexpr RefusalCode kXlsxFormula{344, "xlsx_formula"};
inline constexpr RefusalCode kXlsxCellError{345, "xlsx_cell_error"};
inline constexpr RefusalCode kXlsxSheetMissing{346, "xlsx_sheet_missing"};  // arg choices

// Pages (pdf.h).
inline constexpr RefusalCode kPdfFontMissing{330, "pdf_font_missing"};  // arg code

inline constexpr std::array kFormats{
    kFileEmpty,      kFileTooLarge,    kLineTooLong,      kLooksLikeUtf16,   kLooksLikeGbk,
    kNotUtf8,        kNulByte,         kJsonSyntax,       kTomlSyntax,       kNumberMalformed,
    kLoneSurrogate,  kTooDeep,         kTooManyValues,    kTrailingContent,  kCsvQuote,
    kCsvRagged,      kCsvFieldTooLong, kCsvColumnMissing, kCsvColumnUnknown, kCsvColumnTwice,
    kPdfFontMissing, kXlsxBroken,      kXlsxOldFormat,    kXlsxTooLarge,     kXlsxMerged,
    kXlsxFormula,    kXlsxCellError,   kXlsxSheetMissing};

}  // namespace anlan::formats::refusals
