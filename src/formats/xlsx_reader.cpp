#include "formats/xlsx_reader.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>

#include "base/time.h"
#include "base/utf8.h"
#include "formats/refusals.h"
#include "formats/text.h"
#include "formats/xlsx_archive.h"
#include "formats/xml_events.h"

namespace anlan::formats {
namespace {

constexpr int kRowsMax = 1'048'576;          // ISO/IEC 29500-1, 18.3.1.73
constexpr std::size_t kColumnsMax = 16'384;  // 18.3.1.13

enum class NumberLook : unsigned char { kPlain, kDay, kPercent };

// A format code (18.8.31): what stands in quotes, brackets or behind a backslash is only shown.
NumberLook look_of_code(std::string_view code) {
  bool day = false;
  bool percent = false;
  for (std::size_t i = 0; i < code.size() && code[i] != ';'; ++i) {
    const char c = code[i];
    if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else if (c == '"') {
      i = std::min(code.find('"', i + 1), code.size());
    } else if (c == '[') {
      i = std::min(code.find(']', i + 1), code.size());
    } else {
      day = day || c == 'y' || c == 'Y' || c == 'd' || c == 'D';
      percent = percent || c == '%';
    }
  }
  if (day) return NumberLook::kDay;
  return percent ? NumberLook::kPercent : NumberLook::kPlain;
}

// Formats without a code in the file (18.8.30), those of Chinese and Japanese included.
NumberLook look_of_builtin(int id) {
  const bool day = (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 ||
                   (id >= 50 && id <= 54) || id == 57 || id == 58;
  if (day) return NumberLook::kDay;
  return id == 9 || id == 10 ? NumberLook::kPercent : NumberLook::kPlain;
}

std::optional<int> whole(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0) return std::nullopt;
  return value;
}

// Digits, a point, a minus: at most 15 digits, as a spreadsheet keeps them.
bool is_plain_number(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  std::size_t digits = 0;
  std::size_t points = 0;
  for (const char c : text) {
    if (c == '.') {
      ++points;
    } else if (c >= '0' && c <= '9') {
      ++digits;
    } else {
      return false;
    }
  }
  return digits >= 1 && digits <= 15 && points <= 1 && text.front() != '.' && text.back() != '.';
}

std::string shortest(double value) {
  std::array<char, 512> text{};
  const auto [end, error] =
      std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  return error == std::errc() ? std::string(text.data(), end) : std::string();
}

// 0.25 -> 25: the point moves, no digit is calculated.
std::string hundredfold(std::string_view text) {
  const bool minus = text.starts_with('-');
  if (minus) text.remove_prefix(1);
  const std::size_t point = std::min(text.find('.'), text.size());
  std::string digits(text.substr(0, point));
  std::string decimals(text.substr(std::min(point + 1, text.size())));
  while (decimals.size() < 2) decimals += '0';
  digits += decimals.substr(0, 2);
  decimals.erase(0, 2);
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
  while (decimals.ends_with('0')) decimals.pop_back();
  return (minus ? "-" : "") + digits + (decimals.empty() ? "" : "." + decimals);
}

// The day of a serial number, with the time where there is one. 1900 system: 25,569 is 1970-01-01,
// and before 1900-03-01 it counts a day that never was.
std::optional<std::string> day_text(double serial, bool from_1904) {
  constexpr double kFirst = 61;
  constexpr double kAfterLast = 2'958'466;  // 10000-01-01
  const double shown = from_1904 ? serial + 1'462 : serial;
  if (!(shown >= kFirst && shown < kAfterLast)) return std::nullopt;
  constexpr std::int64_t kDaySeconds = 86'400;
  const auto seconds = static_cast<std::int64_t>(shown * static_cast<double>(kDaySeconds) + 0.5);
  const std::int64_t day = seconds / kDaySeconds - 25'569;
  const std::int64_t rest = seconds % kDaySeconds;
  std::string text = to_text(Date::from_days(static_cast<std::int32_t>(day)));
  if (rest == 0) return text;
  const auto two = [](std::int64_t number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
  };
  return text + "T" + two(rest / 3'600) + ":" + two(rest / 60 % 60) + ":" + two(rest % 60);
}

// "_x000D_" stands for a sign that XML cannot hold (22.9.2.19).
std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    unsigned code = 0;
    const bool escape = text.size() - i >= 7 && text[i] == '_' && text[i + 1] == 'x' &&
                        text[i + 6] == '_' &&
                        std::from_chars(text.data() + i + 2, text.data() + i + 6, code, 16).ptr ==
                            text.data() + i + 6;
    if (escape && code < 0x80 && code != 0) {
      out += static_cast<char>(code);
      i += 7;
    } else {
      out += text[i++];
    }
  }
  return out;
}

// "B7" -> column 1, row 7.
struct CellPlace {
  std::size_t column = 0;
  int row = 0;
};
std::optional<CellPlace> place_of(std::string_view reference) {
  CellPlace place;
  std::size_t i = 0;
  for (; i < reference.size() && reference[i] >= 'A' && reference[i] <= 'Z'; ++i) {
    place.column = place.column * 26 + static_cast<std::size_t>(reference[i] - 'A' + 1);
    if (place.column > kColumnsMax) return std::nullopt;
  }
  const auto row = whole(reference.substr(i));
  if (place.column == 0 || !row || *row < 1 || *row > kRowsMax) return std::nullopt;
  --place.column;
  place.row = *row;
  return place;
}

struct SheetEntry {
  std::string name;
  std::string relation;
  bool hidden = false;
};

struct Relation {
  std::string type;  // the last word of its address: "worksheet"
  std::string part;
};

// "xl/workbook.xml" and "worksheets/sheet1.xml" -> "xl/worksheets/sheet1.xml".
std::string resolved(const std::string& from, std::string_view target) {
  if (target.starts_with('/')) return std::string(target.substr(1));
  std::string folder = from.substr(0, from.rfind('/') == std::string::npos ? 0 : from.rfind('/'));
  while (target.starts_with("../")) {
    target.remove_prefix(3);
    folder.erase(folder.rfind('/') == std::string::npos ? 0 : folder.rfind('/'));
  }
  return folder.empty() ? std::string(target) : folder + "/" + std::string(target);
}

std::string relations_of(const std::string& part) {
  const std::size_t slash = part.rfind('/');
  const std::size_t at = slash == std::string::npos ? 0 : slash + 1;
  return part.substr(0, at) + "_rels/" + part.substr(at) + ".rels";
}

class Reader {
 public:
  Reader(XlsxArchive& archive, std::string_view file) : archive_(archive), file_(file) {}

  Result<std::vector<SheetTable>> read();

 private:
  Result<Done> parse(const std::string& part, XmlEvents& xml);
  Result<std::map<std::string, Relation>> read_relations(const std::string& part);
  Result<Done> read_workbook(const std::string& part);
  Result<Done> read_texts(const std::string& part);
  Result<Done> read_styles(const std::string& part);
  Result<SheetTable> read_sheet(const SheetEntry& entry, const std::string& part);
  friend class SheetParser;

  XlsxArchive& archive_;
  std::string_view file_;
  std::vector<SheetEntry> entries_;
  std::vector<std::string> texts_;
  std::vector<NumberLook> looks_;
  bool from_1904_ = false;
  std::size_t cells_ = 0;
  std::size_t text_bytes_ = 0;
};

Refusal broken(std::string_view file, std::string path, std::string detail) {
  return Refusal{.code = refusals::kXlsxBroken,
                 .path = std::move(path),
                 .value = {},
                 .args = {{.name = "detail", .value = std::move(detail)}},
                 .at = {.file = std::string(file)}};
}

Result<Done> Reader::parse(const std::string& part, XmlEvents& xml) {
  return archive_.unpack(part, [&](std::string_view piece, bool last) -> Result<Done> {
    const char* why = xml.feed(piece, last);
    if (why) return broken(file_, part, why);
    return Done{};
  });
}

Result<std::map<std::string, Relation>> Reader::read_relations(const std::string& part) {
  std::map<std::string, Relation> relations;
  XmlEvents xml({.open =
                     [&](std::string_view name, const XmlAttributes& attributes) {
                       if (name != "Relationship") return;
                       const std::string_view type = xml_attribute(attributes, "Type");
                       relations[std::string(xml_attribute(attributes, "Id"))] = {
                           .type = std::string(type.substr(type.rfind('/') + 1)),
                           .part = resolved(part, xml_attribute(attributes, "Target"))};
                     },
                 .close = [](std::string_view) {},
                 .text = [](std::string_view) {}});
  ANLAN_REQUIRE(parse(relations_of(part), xml));
  return relations;
}

Result<Done> Reader::read_workbook(const std::string& part) {
  XmlEvents xml({.open =
                     [&](std::string_view name, const XmlAttributes& attributes) {
                       if (name == "workbookPr") {
                         const std::string_view date = xml_attribute(attributes, "date1904");
                         from_1904_ = date == "1" || date == "true";
                       }
                       if (name != "sheet") return;
                       const std::string_view state = xml_attribute(attributes, "state");
                       entries_.push_back({.name = std::string(xml_attribute(attributes, "name")),
                                           .relation = std::string(xml_attribute(attributes, "id")),
                                           .hidden = !state.empty() && state != "visible"});
                     },
                 .close = [](std::string_view) {},
                 .text = [](std::string_view) {}});
  return parse(part, xml);
}

// A text is one run or several; the reading aids of Chinese and Japanese stand beside it.
Result<Done> Reader::read_texts(const std::string& part) {
  std::string text;
  bool inside = false;
  int aside = 0;
  std::optional<XmlEvents> xml;
  xml.emplace(XmlEvents::Handlers{
      .open =
          [&](std::string_view name, const XmlAttributes&) {
            if (name == "si") text.clear();
            if (name == "rPh") ++aside;
            inside = name == "t" && aside == 0;
          },
      .close =
          [&](std::string_view name) {
            inside = false;
            if (name == "rPh") --aside;
            if (name != "si") return;
            texts_.push_back(unescaped(text));
            if (texts_.size() > kValuesMax) xml->stop("too many texts");
          },
      .text = [&](std::string_view piece) { text += inside ? piece : std::string_view(); }});
  return parse(part, *xml);
}

Result<Done> Reader::read_styles(const std::string& part) {
  std::map<int, NumberLook> codes;
  bool inside = false;
  XmlEvents xml({.open =
                     [&](std::string_view name, const XmlAttributes& attributes) {
                       const auto id = whole(xml_attribute(attributes, "numFmtId"));
                       if (name == "numFmt" && id)
                         codes[*id] = look_of_code(xml_attribute(attributes, "formatCode"));
                       if (name == "cellXfs") inside = true;
                       if (name != "xf" || !inside) return;
                       const auto known = id ? codes.find(*id) : codes.end();
                       looks_.push_back(known != codes.end() ? known->second
                                                             : look_of_builtin(id.value_or(0)));
                     },
                 .close = [&](std::string_view name) { inside = inside && name != "cellXfs"; },
                 .text = [](std::string_view) {}});
  return parse(part, xml);
}

// One sheet: rows and cells as they come by.
class SheetParser {
 public:
  SheetParser(Reader& reader, const SheetEntry& entry) : reader_(reader) {
    table_.name = entry.name;
    table_.hidden = entry.hidden;
    xml_.emplace(XmlEvents::Handlers{
        .open = [this](std::string_view name, const XmlAttributes& a) { open(name, a); },
        .close = [this](std::string_view name) { close(name); },
        .text = [this](std::string_view text) { value_ += inside_ ? text : std::string_view(); }});
  }
  XmlEvents& xml() { return *xml_; }
  bool too_many() const { return too_many_; }
  SheetTable take() { return std::move(table_); }

 private:
  void open(std::string_view name, const XmlAttributes& attributes) {
    if (name == "row") return open_row(xml_attribute(attributes, "r"));
    if (name == "c") return open_cell(attributes);
    if (name == "f") formula_ = true;
    if (name == "rPh") ++aside_;
    inside_ = name == "v" || (name == "t" && aside_ == 0);
    if (name == "mergeCell") {
      const std::string range(xml_attribute(attributes, "ref"));
      table_.faults.push_back(fault(refusals::kXlsxMerged, range, {}));
      table_.faults.back().args = {{.name = "range", .value = range}};
    }
  }
  void open_row(std::string_view number) {
    const int next = number.empty() ? row_ + 1 : whole(number).value_or(0);
    if (next <= row_ || next > kRowsMax) return xml_->stop("rows out of order");
    row_ = next;
    column_ = 0;
  }
  void open_cell(const XmlAttributes& attributes) {
    const std::string_view reference = xml_attribute(attributes, "r");
    if (!reference.empty()) {
      const auto place = place_of(reference);
      if (!place || place->row != row_ || place->column < column_)
        return xml_->stop("cells out of order");
      column_ = place->column;
    }
    if (row_ == 0 || column_ >= kColumnsMax) return xml_->stop("a cell outside of the sheet");
    type_ = std::string(xml_attribute(attributes, "t"));
    const auto style = whole(xml_attribute(attributes, "s"));
    look_ = style && static_cast<std::size_t>(*style) < reader_.looks_.size()
                ? reader_.looks_[static_cast<std::size_t>(*style)]
                : NumberLook::kPlain;
    value_.clear();
    formula_ = false;
    aside_ = 0;
  }
  void close(std::string_view name) {
    inside_ = false;
    if (name == "rPh") --aside_;
    if (name == "c") close_cell();
  }
  void close_cell() {
    const SheetCell cell = finished();
    if (cell.kind != SheetValue::kEmpty) keep(cell);
    ++column_;
  }
  void keep(const SheetCell& cell) {
    if (table_.rows.empty() || table_.rows.back().row != row_)
      table_.rows.push_back({.row = row_, .cells = {}});
    std::vector<SheetCell>& cells = table_.rows.back().cells;
    reader_.cells_ += column_ + 1 - cells.size();
    reader_.text_bytes_ += cell.text.size();
    if (reader_.cells_ > kValuesMax || reader_.text_bytes_ > kXlsxTextMax) {
      too_many_ = true;
      return xml_->stop("too many values");
    }
    cells.resize(column_);
    cells.push_back(cell);
  }
  SheetCell unusable(RefusalCode code) {
    table_.faults.push_back(fault(code, here(), value_));
    table_.faults.back().at.line = row_;
    table_.faults.back().at.column = static_cast<int>(column_) + 1;
    return {.kind = SheetValue::kUnusable};
  }
  SheetCell finished() {
    if (formula_) return unusable(refusals::kXlsxFormula);
    if (type_ == "e") return unusable(refusals::kXlsxCellError);
    if (type_ == "s") {
      const auto index = whole(value_);
      if (!index || static_cast<std::size_t>(*index) >= reader_.texts_.size()) {
        xml_->stop("a text that is not there");
        return {};
      }
      return text_cell(reader_.texts_[static_cast<std::size_t>(*index)]);
    }
    if (type_ == "inlineStr" || type_ == "str") return text_cell(unescaped(value_));
    if (value_.empty()) return {};
    if (type_ == "b") return {.kind = SheetValue::kFlag, .text = value_ == "1" ? "true" : "false"};
    if (type_ == "d") return {.kind = SheetValue::kDate, .text = value_};
    return number();
  }
  static SheetCell text_cell(const std::string& text) {
    if (text.empty()) return {};
    return {.kind = SheetValue::kText, .text = text};
  }
  SheetCell number() {
    double value = 0.0;
    const char* const end = value_.data() + value_.size();
    const auto [at, error] = std::from_chars(value_.data(), end, value);
    if (error != std::errc() || at != end || value != value) {
      xml_->stop("a number that is none");
      return {};
    }
    if (look_ == NumberLook::kDay) {
      if (const auto day = day_text(value, reader_.from_1904_))
        return {.kind = SheetValue::kDate, .text = *day};
    }
    std::string text = is_plain_number(value_) ? value_ : shortest(value);
    if (look_ == NumberLook::kPercent) text = hundredfold(text) + "%";
    return {.kind = SheetValue::kNumber, .text = std::move(text)};
  }
  std::string here() const { return column_name(column_) + std::to_string(row_); }
  Refusal fault(RefusalCode code, const std::string& place, const std::string& value) const {
    return Refusal{.code = code,
                   .path = table_.name + "!" + place,
                   .value = value,
                   .at = {.file = std::string(reader_.file_)}};
  }

  Reader& reader_;
  SheetTable table_;
  std::optional<XmlEvents> xml_;
  int row_ = 0;
  std::size_t column_ = 0;
  std::string type_;
  NumberLook look_ = NumberLook::kPlain;
  std::string value_;
  bool inside_ = false;
  bool formula_ = false;
  bool too_many_ = false;
  int aside_ = 0;
};

Result<SheetTable> Reader::read_sheet(const SheetEntry& entry, const std::string& part) {
  SheetParser parser(*this, entry);
  const Result<Done> parsed = parse(part, parser.xml());
  if (parser.too_many()) {
    return Refusal{.code = refusals::kTooManyValues,
                   .path = entry.name,
                   .args = {{.name = "max", .value = std::to_string(kValuesMax)}},
                   .at = {.file = std::string(file_)}};
  }
  ANLAN_REQUIRE(parsed);
  return parser.take();
}

Result<std::vector<SheetTable>> Reader::read() {
  ANLAN_TRY(const auto roots, read_relations(""));
  const auto book = std::find_if(roots.begin(), roots.end(), [](const auto& relation) {
    return relation.second.type == "officeDocument";
  });
  if (book == roots.end()) return broken(file_, "file", "no workbook");
  const std::string& part = book->second.part;
  ANLAN_REQUIRE(read_workbook(part));
  ANLAN_TRY(const auto relations, read_relations(part));
  for (const auto& [id, relation] : relations) {
    if (relation.type == "sharedStrings") ANLAN_REQUIRE(read_texts(relation.part));
    if (relation.type == "styles") ANLAN_REQUIRE(read_styles(relation.part));
  }
  std::vector<SheetTable> tables;
  for (const SheetEntry& entry : entries_) {
    const auto relation = relations.find(entry.relation);
    if (relation == relations.end()) return broken(file_, entry.name, "a sheet without its part");
    if (relation->second.type != "worksheet") continue;  // a sheet of one chart holds no cells
    ANLAN_TRY(SheetTable table, read_sheet(entry, relation->second.part));
    tables.push_back(std::move(table));
  }
  if (tables.empty()) return broken(file_, "file", "no sheet");
  return tables;
}

}  // namespace

Result<std::vector<SheetTable>> read_xlsx(BytesView bytes, std::string_view file) {
  ANLAN_TRY(XlsxArchive archive, XlsxArchive::open(bytes, file));
  return Reader(archive, file).read();
}

Result<const SheetTable*> find_sheet(const std::vector<SheetTable>& book, std::string_view name,
                                     std::string_view file) {
  std::string choices;
  for (const SheetTable& table : book) {
    if (name.empty() ? !table.hidden : table.name == name) return &table;
    choices += (choices.empty() ? "" : ", ") + table.name;
  }
  return Refusal{.code = refusals::kXlsxSheetMissing,
                 .path = "sheet",
                 .value = std::string(name),
                 .args = {{.name = "choices", .value = choices}},
                 .at = {.file = std::string(file)}};
}

}  // namespace anlan::formats
