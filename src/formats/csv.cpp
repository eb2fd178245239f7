#include "formats/csv.h"

#include <algorithm>

#include "base/node_reader.h"
#include "base/utf8.h"
#include "formats/json_grammar.h"
#include "formats/refusals.h"
#include "formats/text.h"

namespace anlan::formats {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Each step returns false after the first fault, which stands in fault_.
class Reader {
 public:
  Reader(std::string_view text, std::string_view file) : text_(text), file_(file) {}

  Result<std::vector<CsvRow>> read() {
    while (at_ < text_.size()) {
      const std::size_t start = at_;
      CsvRow row;
      row.line = line_;
      if (!read_row(row)) return fault_;
      const bool blank = row.fields.size() == 1 && row.fields[0].empty() && text_[start] != '"';
      if (blank) continue;
      if (!rows_.empty() && row.fields.size() != rows_[0].fields.size()) return ragged(row);
      rows_.push_back(std::move(row));
    }
    if (rows_.empty())
      return Refusal{
          .code = refusals::kFileEmpty, .path = "", .value = "", .args = {}, .at = here()};
    return std::move(rows_);
  }

 private:
  // A column is not known before it is asked for: rows are counted as they are read, columns when
  // refused.
  Place here() const { return place_at(text_, at_, file_); }

  bool fail(RefusalCode code, std::vector<RefusalArg> args) {
    fault_ = Refusal{.code = code,
                     .path = "",
                     .value = offending_text(text_, at_),
                     .args = std::move(args),
                     .at = here()};
    return false;
  }
  bool fail_quote(std::string_view detail) {
    return fail(refusals::kCsvQuote, {{.name = "detail", .value = std::string(detail)}});
  }

  Refusal ragged(const CsvRow& row) const {
    return Refusal{.code = refusals::kCsvRagged,
                   .path = "",
                   .value = shortened(row.fields[0], 80),
                   .args = {{.name = "expected", .value = std::to_string(rows_[0].fields.size())},
                            {.name = "found", .value = std::to_string(row.fields.size())}},
                   .at = {.file = std::string(file_), .line = row.line, .column = 1}};
  }

  // The length of the line end at `at_`: 2 for CRLF, 1 for LF, 0 for none.
  std::size_t line_end() const {
    if (text_[at_] == '\n') return 1;
    return text_.substr(at_).starts_with("\r\n") ? 2 : 0;
  }

  bool read_row(CsvRow& row) {
    while (true) {
      if (++values_ > kValuesMax) {
        return fail(refusals::kTooManyValues,
                    {{.name = "max", .value = std::to_string(kValuesMax)}});
      }
      std::string& field = row.fields.emplace_back();
      const bool quoted = at_ < text_.size() && text_[at_] == '"';
      if (!(quoted ? read_quoted(field) : read_plain(field))) return false;
      if (at_ >= text_.size()) return true;
      if (text_[at_] == ',') {
        ++at_;
        continue;
      }
      const std::size_t ending = line_end();
      if (ending == 0)
        return fail_quote("a comma or the end of the line is expected after a closing quote");
      at_ += ending;
      ++line_;
      return true;
    }
  }

  bool append(std::string& field, std::size_t count) {
    if (field.size() + count > kCsvFieldBytesMax) {
      return fail(refusals::kCsvFieldTooLong,
                  {{.name = "max", .value = std::to_string(kCsvFieldBytesMax >> 10)}});
    }
    field.append(text_.substr(at_, count));
    at_ += count;
    return true;
  }

  bool read_plain(std::string& field) {
    std::size_t end = at_;
    while (end < text_.size() && text_[end] != ',' && text_[end] != '\n' && text_[end] != '"')
      ++end;
    const bool at_quote = end < text_.size() && text_[end] == '"';
    const bool at_newline = end < text_.size() && text_[end] == '\n';
    if (at_quote) {
      at_ = end;
      return fail_quote("a quote inside a field needs quotes around the field and a second quote");
    }
    if (at_newline && end > at_ && text_[end - 1] == '\r') --end;
    return append(field, end - at_);
  }

  bool read_quoted(std::string& field) {
    const std::size_t opened = at_;
    ++at_;
    while (true) {
      const std::size_t quote = text_.find('"', at_);
      if (quote == std::string_view::npos) {
        at_ = opened;
        return fail_quote("the quote is not closed");
      }
      const bool doubled = quote + 1 < text_.size() && text_[quote + 1] == '"';
      const std::string_view part = text_.substr(at_, quote - at_);
      line_ += static_cast<int>(std::count(part.begin(), part.end(), '\n'));
      if (!append(field, part.size() + (doubled ? 1 : 0))) return false;
      ++at_;
      if (!doubled) return true;
    }
  }

  std::string_view text_;
  std::string_view file_;
  std::size_t at_ = 0;
  int line_ = 1;
  std::size_t values_ = 0;
  std::vector<CsvRow> rows_;
  Refusal fault_;
};

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

Result<Done> check_columns(const CsvRow& head, std::string_view file, const CsvColumns& columns) {
  std::vector<std::string> known = columns.required;
  known.insert(known.end(), columns.optional.begin(), columns.optional.end());
  const auto refuse = [&](RefusalCode code, const std::string& name) {
    return Refusal{.code = code,
                   .path = shortened(name, 80),
                   .value = shortened(name, 80),
                   .args = {{.name = "nearest", .value = nearest(name, known)}},
                   .at = {.file = std::string(file), .line = head.line, .column = 0}};
  };
  for (std::size_t i = 0; i < head.fields.size(); ++i) {
    const std::string& name = head.fields[i];
    if (!contains(known, name)) return refuse(refusals::kCsvColumnUnknown, name);
    if (std::find(head.fields.begin(), head.fields.begin() + static_cast<std::ptrdiff_t>(i),
                  name) != head.fields.begin() + static_cast<std::ptrdiff_t>(i)) {
      return refuse(refusals::kCsvColumnTwice, name);
    }
  }
  for (const std::string& name : columns.required) {
    if (!contains(head.fields, name)) return refuse(refusals::kCsvColumnMissing, name);
  }
  return Done{};
}

bool is_formula(const std::string& field) {
  constexpr std::string_view kStarters = "=+-@\t";
  return !field.empty() && kStarters.find(field[0]) != std::string_view::npos &&
         !is_json_number(field);
}

void write_field(std::string& out, const std::string& field) {
  const bool outer_blank = !field.empty() && (field.front() == ' ' || field.back() == ' ');
  // At the front of a file a bare mark would be taken for the file's own.
  const bool marked = field.starts_with(kByteOrderMark);
  if (!outer_blank && !marked && field.find_first_of(",\"\r\n") == std::string::npos) {
    out += field;
    return;
  }
  out += '"';
  for (const char c : field) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

}  // namespace

Result<std::vector<CsvRow>> parse_csv(std::string_view text, std::string_view file) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(3);
  return Reader(text, file).read();
}

Result<Node> csv_to_node(std::string_view text, std::string_view file, const CsvColumns& columns) {
  ANLAN_TRY(const std::vector<CsvRow> rows, parse_csv(text, file));
  const CsvRow& head = rows[0];
  ANLAN_REQUIRE(check_columns(head, file, columns));
  std::vector<bool> is_optional;
  std::vector<bool> is_number;
  for (const std::string& name : head.fields) {
    is_optional.push_back(contains(columns.optional, name));
    is_number.push_back(contains(columns.numbers, name));
  }
  Node root = Node::table();
  Node& list = root.add("rows", Node::list());
  for (std::size_t r = 1; r < rows.size(); ++r) {
    Node row = Node::table();
    row.line = rows[r].line;
    for (std::size_t i = 0; i < head.fields.size(); ++i) {
      const std::string& cell = rows[r].fields[i];
      if (cell.empty() && is_optional[i]) continue;
      Node value =
          is_number[i] && is_json_number(cell) ? Node::number_text(cell) : Node::string(cell);
      value.line = rows[r].line;
      row.add(head.fields[i], std::move(value));
    }
    list.items.push_back(std::move(row));
  }
  return root;
}

std::string write_csv(const std::vector<std::vector<std::string>>& rows, CsvStyle style) {
  std::string out;
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) out += ',';
      write_field(out, style.guard_formulas && is_formula(row[i]) ? "'" + row[i] : row[i]);
    }
    // A lone empty field would be a line with nothing on it, which readers skip.
    if (row.size() == 1 && row[0].empty()) out += "\"\"";
    out += "\r\n";
  }
  return out;
}

}  // namespace anlan::formats
