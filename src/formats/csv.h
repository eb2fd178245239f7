// Comma-separated rows (RFC 4180) to Node and back. Files are UTF-8; lines end with LF or CRLF.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/node.h"
#include "base/result.h"

namespace anlan::formats {

inline constexpr std::size_t kCsvFieldBytesMax = std::size_t{1} << 20;

struct CsvRow {
  int line = 0;  // where the row starts, from 1; a quoted field may span lines
  std::vector<std::string> fields;
  bool operator==(const CsvRow&) const = default;
};

// All rows with the same number of fields as the first; lines with nothing on them are skipped. A
// byte order mark at the front is dropped. Refuses kCsvQuote (arg detail), kCsvRagged (args
// expected, found), kCsvFieldTooLong, kTooManyValues (fields of all rows) and kFileEmpty, each with
// its place.
Result<std::vector<CsvRow>> parse_csv(std::string_view text, std::string_view file);

// What the first row of a table must say.
struct CsvColumns {
  std::vector<std::string> required;
  std::vector<std::string> optional;
  std::vector<std::string> numbers;  // which of these hold numbers
};

// {"rows": [{column: value, ...}, ...]} for NodeReader, each value with its line. A cell is a text;
// in a number column it is a number if JSON would call it one. An empty cell of an optional column
// is left out. Beside the refusals of parse_csv: kCsvColumnMissing, kCsvColumnUnknown (arg
// nearest), kCsvColumnTwice.
Result<Node> csv_to_node(std::string_view text, std::string_view file, const CsvColumns& columns);

struct CsvStyle {
  // A field that a spreadsheet would run as a formula (it starts with = + - @ or a tab and is no
  // number) gets an apostrophe in front. Source: OWASP, "CSV Injection".
  bool guard_formulas = false;
};

// Lines end with CRLF. Fields with a comma, quote, line end or outer blanks are quoted.
std::string write_csv(const std::vector<std::vector<std::string>>& rows, CsvStyle style = {});

}  // namespace anlan::formats
