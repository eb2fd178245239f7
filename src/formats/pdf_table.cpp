#include "formats/pdf_table.h"

#include <algorithm>
#include <numeric>

#include "base/check.h"
#include "base/utf8.h"
#include "formats/display_width.h"
#include "formats/pdf_style.h"

namespace anlan::formats::pdf {
namespace {

constexpr double kRowWhite = 5.0;  // above and below the lines of a row together
// Of a table of facts without a head, as shares of the text's width.
constexpr double kLabels = 0.28;           // labels beside words
constexpr double kLabelsOfFigures = 0.45;  // labels beside figures
constexpr double kFigures = 0.25;
constexpr double kSizes[] = {8.5, 7.5, 6.5, 5.6};
constexpr double kWordMax = 0.25 * kTextWidth;

// White left and right in a cell.
constexpr double padding(double size) { return 0.6 * size; }

// About the width of the longest word: what a column may not be narrower than. A letter is about
// half as wide as its size. A word may be broken behind a hyphen that stands before a letter.
double longest_word(std::string_view text, double size) {
  std::size_t most = 0;
  std::size_t run = 0;
  bool any_wide = false;
  bool hyphen = false;
  while (!text.empty()) {
    const CodePoint next = first_code_point(text);
    text.remove_prefix(next.bytes);
    const bool wide = display_width(next.value) == 2;
    const bool digit = next.value >= U'0' && next.value <= U'9';
    if (next.value == U' ' || next.value == U'\n' || wide) {
      run = 0;
    } else {
      run = hyphen && !digit ? 1 : run + 1;
    }
    hyphen = next.value == U'-';
    any_wide = any_wide || wide;
    most = std::max(most, run);
  }
  // Signs that may not begin a line stand beside a wide one.
  return std::max(0.58 * size * static_cast<double>(most), any_wide ? 2.0 * size : 0.0);
}

struct Extent {
  double wanted = 0.0;
  double floor = 0.0;
};

class Widths {
 public:
  Widths(PdfCanvas& canvas, const Table& table) : canvas_(canvas), table_(table) {}

  // The widths of the columns, padding included, and the size of type at which they were found.
  std::vector<double> found(TextStyle& style) {
    for (const double size : kSizes) {
      style.size = size;
      size_ = size;
      measure(style);
      if (shrink()) return spread();
    }
    const double total = std::accumulate(widths_.begin(), widths_.end(), 0.0);
    for (double& width : widths_) width *= kTextWidth / total;
    return widths_;
  }

 private:
  void measure(const TextStyle& style) {
    TextStyle bold = style;
    bold.bold = true;
    const std::size_t count = table_.columns.size();
    extents_.assign(count, {});
    for (std::size_t i = 0; i < count; ++i) {
      const std::string& title = table_.columns[i].title;
      // A title may wrap where its figures are narrow.
      const double word = std::min(kWordMax, longest_word(title, style.size * 1.06));
      const double whole = widest(title, bold);
      extents_[i].floor = std::min(whole, word);
      extents_[i].wanted = std::min(whole, std::max(word, 9.0 * style.size));
    }
    for (const auto& row : table_.rows) {
      ANLAN_CHECK(row.size() == count);
      const bool last = table_.total && &row == &table_.rows.back();
      for (std::size_t i = 0; i < count; ++i) {
        const double width = widest(row[i], last ? bold : style);
        extents_[i].wanted = std::max(extents_[i].wanted, width);
        const double word = std::min(kWordMax, longest_word(row[i], style.size));
        const bool figures = table_.columns[i].align == Align::kRight;
        extents_[i].floor = std::max(extents_[i].floor, figures ? width : std::min(width, word));
      }
    }
    widths_.clear();
    // A hair more than measured, so that what fits is not broken for a rounding.
    for (const Extent& extent : extents_) {
      widths_.push_back(extent.wanted + 2 * padding(size_) + 0.2);
    }
  }

  // Of a text of several lines, the widest one. What is far too long is not measured.
  double widest(std::string_view text, const TextStyle& style) {
    constexpr std::size_t kSurelyWide = 600;
    double most = 0.0;
    for (std::size_t start = 0; start <= text.size();) {
      const std::size_t newline = std::min(text.find('\n', start), text.size());
      const std::string_view line = text.substr(start, newline - start);
      start = newline + 1;
      if (line.size() > kSurelyWide) return kTextWidth;
      if (!line.empty()) most = std::max(most, canvas_.width(line, style));
    }
    return most;
  }

  double floor_of(std::size_t i) const { return extents_[i].floor + 2 * padding(size_) + 0.2; }

  // Takes from the widest columns what the page does not have. False: it was not enough.
  bool shrink() {
    double over = std::accumulate(widths_.begin(), widths_.end(), 0.0) - kTextWidth;
    while (over > 0.01) {
      double most = 0.0;
      double second = 0.0;
      std::vector<std::size_t> widest;
      for (std::size_t i = 0; i < widths_.size(); ++i) {
        if (widths_[i] <= floor_of(i) + 0.01) continue;
        if (widths_[i] > most + 0.01) {
          second = most;
          most = widths_[i];
          widest.assign(1, i);
        } else if (widths_[i] > most - 0.01) {
          widest.push_back(i);
        } else {
          second = std::max(second, widths_[i]);
        }
      }
      if (widest.empty()) return false;
      const double share = std::min(over / static_cast<double>(widest.size()), most - second);
      for (const std::size_t i : widest) {
        const double taken = std::min(share, widths_[i] - floor_of(i));
        widths_[i] -= taken;
        over -= taken;
      }
    }
    return true;
  }

  // A table with a head is as wide as the text. Without one, all tables of a document keep the same
  // place for what is said on the right.
  std::vector<double> spread() {
    const double spare = kTextWidth - std::accumulate(widths_.begin(), widths_.end(), 0.0);
    const std::size_t count = widths_.size();
    if (spare <= 0.0) return widths_;
    const bool has_head = std::any_of(table_.columns.begin(), table_.columns.end(),
                                      [](const Column& column) { return !column.title.empty(); });
    if (!has_head && count == 2) {
      const bool figures = table_.columns[1].align == Align::kRight;
      const double labels = (figures ? kLabelsOfFigures : kLabels) * kTextWidth;
      const double added = std::clamp(labels - widths_[0], 0.0, spare);
      widths_[0] += added;
      const double figure = std::max(0.0, kFigures * kTextWidth - widths_[1]);
      widths_[1] += figures ? std::min(figure, spare - added) : spare - added;
      return widths_;
    }
    for (double& width : widths_) width += spare / static_cast<double>(count);
    return widths_;
  }

  PdfCanvas& canvas_;
  const Table& table_;
  double size_ = kSizes[0];
  std::vector<Extent> extents_;
  std::vector<double> widths_;
};

TableRow broken(PdfCanvas& canvas, const TableLayout& table, const std::vector<std::string>& cells,
                RowKind kind) {
  TextStyle style = table.style;
  style.bold = kind != RowKind::kBody;
  TableRow row;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    row.cells.push_back(
        canvas.wrap(cells[i], style, table.columns[i].width - 2 * padding(style.size)));
    row.height = std::max(row.height, row.cells.back().size());
  }
  return row;
}

double line_height(const TableLayout& table) { return table.style.size * kCellLead; }

}  // namespace

TableLayout lay_out(PdfCanvas& canvas, const Table& table) {
  TableLayout out;
  out.style = kCellText;
  const std::vector<double> widths = Widths(canvas, table).found(out.style);
  std::vector<std::string> titles;
  for (std::size_t i = 0; i < widths.size(); ++i) {
    const Column& column = table.columns[i];
    out.columns.push_back({.left = out.width, .width = widths[i], .align = column.align});
    out.width += widths[i];
    out.has_head = out.has_head || !column.title.empty();
    titles.push_back(column.title);
  }
  if (out.has_head) out.head = broken(canvas, out, titles, RowKind::kHead);
  out.rows.reserve(table.rows.size());
  for (const auto& row : table.rows) {
    const bool last = table.total && &row == &table.rows.back();
    out.rows.push_back(broken(canvas, out, row, last ? RowKind::kTotal : RowKind::kBody));
  }
  return out;
}

double height_of(const TableLayout& table, const TableRow& row, const RowPart& part) {
  const double edges = (part.from == 0 ? 0.5 : 0.0) + (part.until == row.height ? 0.5 : 0.0);
  return static_cast<double>(part.until - part.from) * line_height(table) + kRowWhite * edges;
}

void draw(PdfCanvas& canvas, const TableLayout& table, const TableRow& row, const RowPart& part,
          double top) {
  const double height = height_of(table, row, part);
  const bool head = part.kind == RowKind::kHead;
  if (head) canvas.fill({kSide, top, table.width, height}, kPale);
  TextStyle style = table.style;
  style.bold = part.kind != RowKind::kBody;
  if (head) style.colour = kDeep;
  const double first = top + (part.from == 0 ? kRowWhite / 2 : 0.0);
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const TableColumn& column = table.columns[i];
    const bool right = column.align == Align::kRight;
    const double inside = padding(style.size);
    const double x = kSide + column.left + (right ? column.width - inside : inside);
    TextStyle cell = style;
    if (!table.has_head && i == 0 && table.columns.size() > 1) cell.colour = kMuted;
    // The titles of a head stand on its lowest line.
    const std::size_t lines = row.cells[i].size();
    const std::size_t skip = head ? row.height - lines : 0;
    for (std::size_t k = part.from; k < part.until; ++k) {
      if (k < skip || k - skip >= lines) continue;
      const double y = first + static_cast<double>(k - part.from) * line_height(table) +
                       base_line(cell.size, line_height(table));
      canvas.text({x, y}, row.cells[i][k - skip], cell, right ? Anchor::kRight : Anchor::kLeft);
    }
  }
  const auto rule = [&](double y, const Colour& colour, double thickness) {
    const Spot ends[] = {{kSide, y}, {kSide + table.width, y}};
    canvas.stroke(ends, colour, thickness);
  };
  if (part.kind == RowKind::kTotal && part.from == 0) rule(top, kDeep, 0.7);
  if (part.until == row.height) rule(top + height, head ? kDeep : kRule, head ? 0.7 : 0.4);
}

}  // namespace anlan::formats::pdf
