#include "formats/terminal.h"

#include <algorithm>
#include <optional>

#include <fmt/core.h>

#include "base/check.h"
#include "base/utf8.h"
#include "formats/harmless_text.h"
#include "formats/table_parts.h"

namespace anlan::formats {
namespace {

constexpr std::size_t kWidthMin = 20;
constexpr std::size_t kGap = 2;      // blanks between two columns of a table
constexpr std::size_t kIndent = 2;   // blanks before the mark of a bullet
constexpr std::size_t kBarMax = 40;  // signs of the longest bar of a chart
constexpr std::string_view kPartSign = "█";
constexpr std::string_view kRestSign = "░";
constexpr std::u32string_view kClosing = U"，。；：！？、）」』】》〉〕’”…—％%,.;:!?)]}'\"";
constexpr std::u32string_view kOpening = U"（「『【《〈〔‘“([{'\"";

bool contains(std::u32string_view signs, char32_t value) {
  return signs.find(value) != std::u32string_view::npos;
}

// A piece of a line that is never broken.
struct Atom {
  std::string_view text;
  std::size_t width = 0;
  bool after_blank = false;
};

bool may_break(char32_t before, char32_t after) {
  const bool beside_wide = display_width(before) == 2 || display_width(after) == 2;
  return beside_wide && !contains(kClosing, after) && !contains(kOpening, before);
}

std::vector<Atom> atoms_of(std::string_view line) {
  std::vector<Atom> atoms;
  std::size_t start = 0;
  std::size_t at = 0;
  char32_t before = 0;
  bool blank = false;
  const auto close = [&](std::size_t end) {
    if (end <= start) return;
    atoms.back().text = line.substr(start, end - start);
    atoms.back().width = display_width(atoms.back().text);
  };
  std::size_t end = 0;  // behind the last character that is not blank
  while (at < line.size()) {
    const CodePoint next = first_code_point(line.substr(at));
    if (next.value == U' ') {
      blank = true;
    } else {
      const bool starts = atoms.empty() ||
                          (blank ? !contains(kClosing, next.value) : may_break(before, next.value));
      if (starts) {
        close(end);
        start = at;
        atoms.push_back({.text = {}, .width = 0, .after_blank = blank});
      }
      blank = false;
      before = next.value;
      end = at + next.bytes;
    }
    at += next.bytes;
  }
  close(end);
  return atoms;
}

struct LineWidths {
  std::size_t first = 0;
  std::size_t others = 0;
};

void wrap_line(std::string_view line, const LineWidths& widths, std::vector<std::string>& out) {
  std::string current;
  std::size_t used = 0;
  std::size_t width = widths.first;
  for (const Atom& atom : atoms_of(line)) {
    const std::size_t gap = atom.after_blank && used > 0 ? 1 : 0;
    if (used > 0 && used + gap + atom.width > width) {
      out.push_back(std::move(current));
      current.clear();
      used = 0;
      width = widths.others;
    }
    if (used > 0 && gap > 0) current += ' ';
    used += (used > 0 ? gap : 0) + atom.width;
    current += atom.text;
  }
  out.push_back(std::move(current));
}

std::string padded(const std::string& cell, std::size_t width, Align align) {
  const std::string blanks(width - std::min(width, display_width(cell)), ' ');
  return align == Align::kRight ? blanks + cell : cell + blanks;
}

struct Extent {
  std::size_t widest = 0;  // of a line
  std::size_t floor = 0;   // narrower, the column would stick out
};

// Takes from the columns what the line does not have, one sign at a time, where the table grows
// least by it: what spare width there is stays with the column that wraps. At the same cost the
// widest column gives way. Cost: each width of a column wraps its cells once.
class Fitting {
 public:
  Fitting(const Table& table, std::vector<Extent> extents, std::size_t width)
      : table_(table), extents_(std::move(extents)), width_(width) {}

  std::vector<std::size_t> widths() {
    const std::size_t count = extents_.size();
    std::size_t total = count > 0 ? kGap * (count - 1) : 0;
    for (const Extent& extent : extents_) {
      // More than a line is never there.
      widths_.push_back(std::max(extent.floor, std::min(extent.widest, width_)));
      total += widths_.back();
    }
    if (total <= width_) return widths_;
    for (std::size_t i = 0; i < count; ++i) now_.push_back(cells(i, widths_[i]));
    next_.resize(count);
    while (total > width_ && narrow_one()) --total;
    for (std::size_t i = 0; i < count; ++i) widths_[i] = now_[i].widest;
    return widths_;
  }

 private:
  struct Cells {
    std::vector<std::size_t> heights;  // of the title and of each row
    std::size_t widest = 0;
  };

  Cells cells(std::size_t column, std::size_t width) const {
    Cells out;
    const auto add = [&](std::string_view text) {
      const std::vector<std::string> lines = wrap_text(text, std::max<std::size_t>(width, 1));
      for (const std::string& line : lines) out.widest = std::max(out.widest, display_width(line));
      out.heights.push_back(lines.size());
    };
    add(table_.columns[column].title);
    for (const auto& row : table_.rows) add(row[column]);
    return out;
  }

  // Of the table where this column stands in its next smaller width.
  std::size_t height_with(std::size_t narrowed) const {
    std::size_t sum = 0;
    for (std::size_t row = 0; row <= table_.rows.size(); ++row) {
      std::size_t most = 0;
      for (std::size_t i = 0; i < now_.size(); ++i) {
        most = std::max(most, (i == narrowed ? *next_[i] : now_[i]).heights[row]);
      }
      sum += most;
    }
    return sum;
  }

  bool narrow_one() {
    std::size_t chosen = extents_.size();
    std::size_t least = 0;
    for (std::size_t i = 0; i < extents_.size(); ++i) {
      if (widths_[i] <= extents_[i].floor) continue;
      if (!next_[i]) next_[i] = cells(i, widths_[i] - 1);
      const std::size_t height = height_with(i);
      const bool better = chosen == extents_.size() || height < least ||
                          (height == least && widths_[i] > widths_[chosen]);
      if (!better) continue;
      chosen = i;
      least = height;
    }
    if (chosen == extents_.size()) return false;
    --widths_[chosen];
    now_[chosen] = std::move(*next_[chosen]);
    next_[chosen].reset();
    return true;
  }

  const Table& table_;
  std::vector<Extent> extents_;
  std::size_t width_;
  std::vector<std::size_t> widths_;
  std::vector<Cells> now_;
  std::vector<std::optional<Cells>> next_;  // one sign narrower; none: not wrapped yet
};

class Printer {
 public:
  explicit Printer(const TerminalStyle& style)
      : width_(
            std::max<std::size_t>(kWidthMin, static_cast<std::size_t>(std::max(style.width, 0)))),
        bold_(style.bold) {}

  std::string print(const Document& document) {
    for (const Block& block : document.blocks) {
      if (needs_gap(block)) line("");
      std::visit([this](const auto& shown) { print(shown); }, block);
      before_ = &block;
    }
    return std::move(out_);
  }

 private:
  // Headings stand apart; what belongs together (a run of bullets, a paragraph and its table) does
  // not.
  bool needs_gap(const Block& block) const {
    if (before_ == nullptr || std::holds_alternative<Heading>(*before_)) return false;
    if (std::holds_alternative<Heading>(block)) return true;
    if (std::holds_alternative<Bullet>(block)) return false;
    return !std::holds_alternative<Table>(block) || !std::holds_alternative<Paragraph>(*before_);
  }

  void line(std::string text, bool bold = false) {
    const std::size_t last = text.find_last_not_of(' ');
    text.resize(last == std::string::npos ? 0 : last + 1);
    out_ += bold && !text.empty() ? "\x1b[1m" + text + "\x1b[0m" : text;
    out_ += '\n';
  }

  void print(const Heading& heading) {
    std::size_t widest = 0;
    for (const std::string& text : wrap_text(heading.text, width_)) {
      widest = std::max(widest, display_width(text));
      line(text, bold_);
    }
    if (!bold_) line(std::string(std::min(widest, width_), heading.level == 1 ? '=' : '-'));
  }

  void print(const Paragraph& paragraph) {
    for (const std::string& text : wrap_text(paragraph.text, width_)) line(text);
  }

  void print(const Bullet& bullet) {
    const std::string mark = harmless_text(bullet.mark);
    const std::size_t indent = kIndent + display_width(mark) + 1;
    std::string lead = std::string(kIndent, ' ') + mark + " ";
    for (const std::string& text : wrap_text(bullet.text, width_ - std::min(indent, width_ - 1))) {
      line(lead + text);
      lead = std::string(indent, ' ');
    }
  }

  void print(const Table& table) {
    bool first = true;
    for (const Table& part : table_parts(table, kTerminalColumns)) {
      if (!first) line("");
      first = false;
      print_part(part);
    }
  }

  void print_part(const Table& table) {
    const std::vector<std::size_t> widths = column_widths(table);
    std::vector<std::string> titles;
    std::vector<std::string> rules;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      titles.push_back(table.columns[i].title);
      rules.push_back(std::string(widths[i], '-'));
    }
    if (std::any_of(titles.begin(), titles.end(),
                    [](const std::string& title) { return !title.empty(); })) {
      print_row(table, titles, widths, bold_);
      if (!bold_) print_row(table, rules, widths, false);
    }
    for (const auto& row : table.rows) print_row(table, row, widths, false);
  }

  // Labels, bars and figures stand under each other; what is left of the width is the bars'.
  void print(const Chart& chart) {
    double most = 0.0;
    std::size_t labels = 0;
    std::size_t texts = 0;
    for (const ChartRow& row : chart.rows) {
      most = std::max(most, row.whole);
      labels = std::max(labels, display_width(harmless_text(row.label)));
      texts = std::max(texts, display_width(harmless_text(row.text)));
    }
    const std::size_t taken = labels + texts + 2 * kGap;
    const std::size_t bars = std::min(kBarMax, width_ > taken ? width_ - taken : 1);
    const auto signs = [&](double value) {
      if (!(most > 0.0) || !(value > 0.0)) return std::size_t{0};
      const double share = std::min(1.0, value / most) * static_cast<double>(bars);
      return static_cast<std::size_t>(share + 0.5);
    };
    for (const ChartRow& row : chart.rows) {
      const std::size_t whole = signs(row.whole);
      const std::size_t part = chart.part.empty() ? whole : std::min(whole, signs(row.part));
      std::string drawn;
      for (std::size_t i = 0; i < whole; ++i) drawn += i < part ? kPartSign : kRestSign;
      line(padded(harmless_text(row.label), labels, Align::kLeft) + std::string(kGap, ' ') +
           padded(drawn, bars, Align::kLeft) + std::string(kGap, ' ') +
           padded(harmless_text(row.text), texts, Align::kRight));
    }
    const std::string sign = std::string(kPartSign) + " ";
    const std::string legend = chart.part.empty() ? sign + chart.whole
                                                  : fmt::format("{}{} · {}{} {}", sign, chart.part,
                                                                kPartSign, kRestSign, chart.whole);
    for (const std::string& text : wrap_text(legend, width_)) line(text);
  }

  void print_row(const Table& table, const std::vector<std::string>& row,
                 const std::vector<std::size_t>& widths, bool bold) {
    ANLAN_CHECK(row.size() == table.columns.size());
    std::vector<std::vector<std::string>> cells;
    std::size_t height = 0;
    for (std::size_t i = 0; i < row.size(); ++i) {
      cells.push_back(wrap_text(row[i], std::max<std::size_t>(widths[i], 1)));
      height = std::max(height, cells.back().size());
    }
    for (std::size_t h = 0; h < height; ++h) {
      std::string text;
      for (std::size_t i = 0; i < row.size(); ++i) {
        if (i > 0) text.append(kGap, ' ');
        text += padded(h < cells[i].size() ? cells[i][h] : "", widths[i], table.columns[i].align);
      }
      line(std::move(text), bold);
    }
  }

  static void extend(Extent& extent, std::string_view cell) {
    for (const std::string& text : wrap_text(cell, SIZE_MAX)) {
      extent.widest = std::max(extent.widest, display_width(text));
      for (const Atom& atom : atoms_of(text)) extent.floor = std::max(extent.floor, atom.width);
    }
  }

  std::vector<std::size_t> column_widths(const Table& table) const {
    const std::size_t count = table.columns.size();
    std::vector<Extent> extents(count);
    for (const auto& row : table.rows) {
      ANLAN_CHECK(row.size() == count);
      for (std::size_t i = 0; i < count; ++i) extend(extents[i], row[i]);
    }
    for (std::size_t i = 0; i < count; ++i) {
      // Figures stay on one line; their title may wrap.
      if (table.columns[i].align == Align::kRight) extents[i].floor = extents[i].widest;
      extend(extents[i], table.columns[i].title);
    }
    // Short names at the start of a row are not broken where the rest has room.
    std::size_t floors = count > 0 ? kGap * (count - 1) : 0;
    for (const Extent& extent : extents) floors += extent.floor;
    if (count > 1 && extents[0].widest * 2 <= width_ &&
        floors + extents[0].widest <= width_ + extents[0].floor) {
      extents[0].floor = extents[0].widest;
    }
    return Fitting(table, std::move(extents), width_).widths();
  }

  std::size_t width_;
  bool bold_;
  const Block* before_ = nullptr;
  std::string out_;
};

Node block_node(std::string_view kind) {
  Node node = Node::table();
  node.add("kind", Node::string(kind));
  return node;
}

Node to_block(const Heading& heading) {
  Node node = block_node("heading");
  node.add("level", Node::number(heading.level));
  node.add("text", Node::string(heading.text));
  return node;
}

Node to_block(const Paragraph& paragraph) {
  Node node = block_node("paragraph");
  node.add("text", Node::string(paragraph.text));
  return node;
}

Node to_block(const Bullet& bullet) {
  Node node = block_node("bullet");
  node.add("mark", Node::string(bullet.mark));
  node.add("text", Node::string(bullet.text));
  if (bullet.strong) node.add("strong", Node::boolean(true));
  return node;
}

Node to_block(const Table& table) {
  Node node = block_node("table");
  Node columns = Node::list();
  for (const Column& column : table.columns) {
    Node shown = Node::table();
    shown.add("title", Node::string(column.title));
    shown.add("align", Node::string(column.align == Align::kRight ? "right" : "left"));
    columns.items.push_back(std::move(shown));
  }
  Node rows = Node::list();
  for (const auto& row : table.rows) {
    Node cells = Node::list();
    for (const std::string& cell : row) cells.items.push_back(Node::string(cell));
    rows.items.push_back(std::move(cells));
  }
  node.add("columns", std::move(columns));
  node.add("rows", std::move(rows));
  node.add("total", Node::boolean(table.total));
  if (table.repeated > 0) {
    node.add("repeated", Node::number(static_cast<std::int64_t>(table.repeated)));
  }
  return node;
}

Node to_block(const Chart& chart) {
  const auto figure = [](double value) { return Node::number_text(fmt::format("{:.6f}", value)); };
  Node node = block_node("chart");
  node.add("form", Node::string(chart.kind == ChartKind::kCurve ? "curve" : "bars"));
  node.add("whole", Node::string(chart.whole));
  node.add("part", Node::string(chart.part));
  Node rows = Node::list();
  for (const ChartRow& row : chart.rows) {
    Node shown = Node::table();
    shown.add("label", Node::string(row.label));
    shown.add("place", figure(row.place));
    shown.add("whole", figure(row.whole));
    shown.add("part", figure(row.part));
    shown.add("text", Node::string(row.text));
    rows.items.push_back(std::move(shown));
  }
  node.add("rows", std::move(rows));
  return node;
}

}  // namespace

std::vector<std::string> wrap_text(std::string_view text, std::size_t width) {
  ANLAN_CHECK(width >= 1);
  const std::string shown = harmless_text(text);
  std::vector<std::string> lines;
  std::size_t start = 0;
  while (true) {
    const std::size_t newline = std::min(shown.find('\n', start), shown.size());
    wrap_line(std::string_view(shown).substr(start, newline - start),
              {.first = width, .others = width}, lines);
    if (newline == shown.size()) return lines;
    start = newline + 1;
  }
}

std::string hanging_text(std::string_view text, std::size_t width) {
  const std::string shown = harmless_text(text);
  std::string out;
  for (std::string_view rest = shown;;) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    const std::size_t lead = std::min(line.find_first_not_of(' '), line.size());
    const auto room = [&](std::size_t indent) { return width - std::min(indent, width - 1); };
    std::vector<std::string> lines;
    wrap_line(line, {.first = room(lead), .others = room(lead + kIndent)}, lines);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      out += (i > 0 ? "\n" : "") + std::string(i > 0 ? lead + kIndent : lead, ' ') + lines[i];
    }
    if (end == rest.size()) return out;
    out += '\n';
    rest.remove_prefix(end + 1);
  }
}

std::string to_terminal(const Document& document, const TerminalStyle& style) {
  return Printer(style).print(document);
}

Node document_to_node(const Document& document) {
  Node node = Node::table();
  Node blocks = Node::list();
  for (const Block& block : document.blocks) {
    blocks.items.push_back(std::visit([](const auto& shown) { return to_block(shown); }, block));
  }
  node.add("blocks", std::move(blocks));
  return node;
}

}  // namespace anlan::formats
