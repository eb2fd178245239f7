#include "formats/xlsx.h"

#include <algorithm>
#include <charconv>
#include <variant>

#include "base/money.h"
#include "base/utf8.h"
#include "formats/display_width.h"
#include "formats/harmless_text.h"
#include "formats/terminal.h"

namespace anlan::formats {
namespace {

constexpr std::size_t kNameMax = 31;
constexpr std::size_t kDigitsMax = 15;
constexpr double kWidthMin = 9.0;
constexpr double kWidthMax = 48.0;
constexpr std::size_t kWidthOfText = 90;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// A figure taken apart; `digits` without commas.
struct Figure {
  std::string currency = {};  // "CNY"; empty: none stands before it
  bool negative = false;
  std::string whole = {};
  std::string decimals = {};
  bool grouped = false;
  bool percent = false;
};

// "1,234" has groups of three behind the first; "1234" has none; "12,34" is no figure.
bool take_whole(std::string_view& rest, Figure& out) {
  std::size_t since = 0;
  while (!rest.empty() && (is_digit(rest.front()) || rest.front() == ',')) {
    if (rest.front() == ',') {
      if (out.whole.empty() || (out.grouped ? since != 3 : since > 3)) return false;
      out.grouped = true;
      since = 0;
    } else {
      out.whole += rest.front();
      ++since;
    }
    rest.remove_prefix(1);
  }
  return !out.whole.empty() && (!out.grouped || since == 3);
}

// "CNY 5.00": the code of a currency that we keep, and a blank.
void take_currency(std::string_view& rest, Figure& out) {
  constexpr std::size_t kCode = 3;
  Currency known{};
  if (rest.size() < kCode + 2 || rest[kCode] != ' ') return;
  if (!parse_currency_code(rest.substr(0, kCode), known)) return;
  out.currency = rest.substr(0, kCode);
  rest.remove_prefix(kCode + 1);
}

bool take_figure(std::string_view rest, Figure& out) {
  take_currency(rest, out);
  if (rest.starts_with('-')) {
    out.negative = true;
    rest.remove_prefix(1);
  }
  if (!take_whole(rest, out)) return false;
  if (rest.starts_with('.')) {
    rest.remove_prefix(1);
    while (!rest.empty() && is_digit(rest.front())) {
      out.decimals += rest.front();
      rest.remove_prefix(1);
    }
    if (out.decimals.empty()) return false;
  }
  if (out.currency.empty() && (rest == " %" || rest == "%")) {
    out.percent = true;
    rest = {};
  }
  return rest.empty() && out.whole.size() + out.decimals.size() <= kDigitsMax;
}

bool begins_as_formula(std::string_view text) {
  return !text.empty() &&
         std::string_view("=+-@\t\r\n").find(text.front()) != std::string_view::npos;
}

// ---- sheets

std::string lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

// No blank or apostrophe at either end.
std::string trimmed(std::string_view text) {
  constexpr std::string_view kOuter = " '";
  const std::size_t from = std::min(text.find_first_not_of(kOuter), text.size());
  return std::string(text.substr(from, text.find_last_not_of(kOuter) + 1 - from));
}

// The first whole signs of at most `most` units of UTF-16, in which a spreadsheet counts; what ends
// there is trimmed again.
std::string first_units(const std::string& text, std::size_t most) {
  std::size_t units = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    const CodePoint next = first_code_point(std::string_view(text).substr(at));
    units += next.value > 0xFFFF ? 2 : 1;
    if (units > most) break;
    at += next.bytes;
  }
  return trimmed(std::string_view(text).substr(0, at));
}

std::string sheet_name(const std::string& heading, const std::vector<Sheet>& sheets) {
  std::string name;
  for (const char c : harmless_text(heading)) {
    name += std::string_view("[]:*?/\\\n").find(c) != std::string_view::npos ? ' ' : c;
  }
  name = trimmed(name);
  if (name.empty()) name = "Sheet";
  const auto taken = [&](const std::string& wanted) {
    return std::any_of(sheets.begin(), sheets.end(),
                       [&](const Sheet& sheet) { return lower(sheet.name) == lower(wanted); });
  };
  std::string wanted = first_units(name, kNameMax);
  for (int n = 2; taken(wanted); ++n) {
    const std::string suffix = " " + std::to_string(n);
    wanted = first_units(name, kNameMax - suffix.size()) + suffix;
  }
  return wanted;
}

class Builder {
 public:
  explicit Builder(const WorkbookOptions& options) : options_(options) {}

  Workbook run(const Document& document) {
    out_.date = document.date;
    for (const Block& block : document.blocks) {
      std::visit([this](const auto& one) { add(one); }, block);
    }
    if (out_.sheets.empty()) open(options_.title);
    if (out_.title.empty()) out_.title = options_.title;
    return std::move(out_);
  }

 private:
  void open(const std::string& heading) {
    out_.sheets.push_back({.name = sheet_name(heading, out_.sheets)});
    if (heading.empty()) return;
    row({bold(heading)});
    if (out_.sheets.size() == 1 && !options_.issued.empty()) row({text_cell(options_.issued)});
    row({});
  }
  Sheet& sheet() {
    if (out_.sheets.empty()) open(options_.title);
    return out_.sheets.back();
  }
  void row(std::vector<Cell> cells) { sheet().rows.push_back(std::move(cells)); }
  static Cell bold(const std::string& text) {
    Cell cell = text_cell(text);
    cell.bold = true;
    return cell;
  }
  // A long line takes part in no width: it stands over the empty cells beside it.
  void widen(std::size_t column, const Cell& cell) {
    std::vector<double>& widths = sheet().widths;
    if (widths.size() <= column) widths.resize(column + 1, kWidthMin);
    const auto needed = static_cast<double>(display_width(cell.text)) + 2.0;
    widths[column] = std::max(widths[column], std::min(kWidthMax, needed));
  }

  void add(const Heading& heading) {
    if (heading.level == 1) {
      if (out_.title.empty()) out_.title = heading.text;
      if (out_.sheets.empty()) return open(heading.text);
    }
    if (heading.level == 2) return open(heading.text);
    row({bold(heading.text)});
  }
  void add(const Paragraph& paragraph) {
    for (const std::string& line : wrap_text(harmless_text(paragraph.text), kWidthOfText)) {
      row({text_cell(line)});
    }
    row({});
  }
  void add(const Bullet& bullet) {
    std::vector<std::string> lines = wrap_text(harmless_text(bullet.text), kWidthOfText);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      row({text_cell((i == 0 ? bullet.mark + " " : "  ") + lines[i])});
    }
  }
  void add(const Table& table) {
    std::vector<Cell> head;
    bool titled = false;
    for (const Column& column : table.columns) {
      titled = titled || !column.title.empty();
      head.push_back(bold(column.title));
      head.back().wrap = true;
      widen(head.size() - 1, head.back());
    }
    if (titled) row(std::move(head));
    for (std::size_t n = 0; n < table.rows.size(); ++n) {
      std::vector<Cell> cells;
      for (std::size_t i = 0; i < table.rows[n].size(); ++i) {
        const bool figure = table.columns[i].align == Align::kRight;
        Cell cell = figure ? figure_cell(table.rows[n][i]) : text_cell(table.rows[n][i]);
        cell.wrap = cell.kind == CellKind::kText;
        cell.bold = table.total && n + 1 == table.rows.size();
        widen(i, cell);
        cells.push_back(std::move(cell));
      }
      row(std::move(cells));
    }
    row({});
  }
  void add(const Chart& chart) {
    std::vector<Cell> head{text_cell(""), bold(chart.whole)};
    if (!chart.part.empty()) head.push_back(bold(chart.part));
    for (Cell& cell : head) cell.wrap = true;
    row(std::move(head));
    const auto number = [](double value) {
      return Cell{.kind = CellKind::kNumber, .number = value, .format = "#,##0.00"};
    };
    for (const ChartRow& one : chart.rows) {
      std::vector<Cell> cells{text_cell(one.label), number(one.whole)};
      if (!chart.part.empty()) cells.push_back(number(one.part));
      widen(0, cells[0]);
      row(std::move(cells));
    }
    row({});
  }

  const WorkbookOptions& options_;
  Workbook out_;
};

}  // namespace

Cell text_cell(std::string_view text) {
  if (text.empty()) return {};
  std::string shown = harmless_text(text);
  const bool guarded = begins_as_formula(text);
  return {.kind = CellKind::kText, .text = std::move(shown), .guarded = guarded};
}

Cell figure_cell(std::string_view text) {
  Figure figure;
  if (!take_figure(text, figure)) return text_cell(text);
  const std::string digits = figure.whole + "." + figure.decimals + "0";
  double value = 0.0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  Cell out{.kind = CellKind::kNumber, .text = std::string(text)};
  out.number = (figure.negative ? -value : value) / (figure.percent ? 100.0 : 1.0);
  out.format = figure.grouped || figure.whole.size() > 3 ? "#,##0" : "0";
  // A year or a count without commas stays without them.
  if (!figure.grouped && !figure.percent && figure.decimals.empty()) out.format = "0";
  if (!figure.decimals.empty()) out.format += "." + std::string(figure.decimals.size(), '0');
  if (figure.percent) out.format += "%";
  if (!figure.currency.empty()) out.format = "\"" + figure.currency + " \"" + out.format;
  return out;
}

Workbook to_workbook(const Document& document, const WorkbookOptions& options) {
  return Builder(options).run(document);
}

}  // namespace anlan::formats
