#include "formats/pdf.h"

#include <algorithm>

#include <fmt/core.h>

#include "base/texts.h"
#include "base/utf8.h"
#include "formats/page_flow.h"
#include "formats/pdf_canvas.h"
#include "formats/pdf_chart.h"
#include "formats/pdf_style.h"
#include "formats/pdf_table.h"
#include "formats/qr.h"
#include "formats/refusals.h"
#include "formats/table_parts.h"

namespace anlan::formats {
namespace {

using namespace pdf;

constexpr double kTitleSpace = 12.0;  // from the rule below the title to the text
constexpr double kMarkIndent = 5.0;   // of the mark of a bullet
constexpr double kTextIndent = 15.0;  // of its text, where the mark is short
// A row of more lines is broken where the page ends; a shorter one stands on one page.
constexpr std::size_t kRowLinesWhole = 12;
// A table of at most so many rows is not broken.
constexpr std::size_t kTableRowsWhole = 6;
constexpr double kQrSide = 90.0;  // 32 mm: a module of the longest code is 0.45 mm
constexpr double kQrSpace =
    16.0;  // from the code to its lines: more than the four modules of white
constexpr std::size_t kHead = kNoStrip;
constexpr double kLinesOfLastPage = 5.0;  // with fewer, the text before is set closer
constexpr double kTightest = 0.95;        // of the height of a line
constexpr double kTightestGap = 0.75;     // of the white between blocks

// What is drawn on a strip.
struct TextPiece {
  std::string line;
  TextStyle style;
  double indent = 0.0;
  std::string mark = {};   // of a bullet, on its first line
  std::string entry = {};  // of the table of contents
};
struct TitleRule {};
struct RowPiece {
  std::size_t table = 0;
  std::size_t row = 0;  // kHead: the head
  RowPart part;
};
struct BarPiece {
  const Chart* chart = nullptr;
  const ChartRow* row = nullptr;
  BarLayout layout;
};
struct LegendPiece {
  const Chart* chart = nullptr;
};
struct CurvePiece {
  const Chart* chart = nullptr;
};
struct SealPiece {
  QrCode code;
  std::vector<std::pair<std::string, TextStyle>> lines;
};
using Piece =
    std::variant<TextPiece, TitleRule, RowPiece, BarPiece, LegendPiece, CurvePiece, SealPiece>;

// Makes every text of a document printable.
struct Cleaner {
  PdfCanvas& canvas;

  void clean(std::string& text) const { text = canvas.printable(text); }
  void operator()(Heading& block) const { clean(block.text); }
  void operator()(Paragraph& block) const { clean(block.text); }
  void operator()(Bullet& block) const {
    clean(block.mark);
    clean(block.text);
  }
  void operator()(Table& block) const {
    for (Column& column : block.columns) clean(column.title);
    for (auto& row : block.rows) {
      for (std::string& cell : row) clean(cell);
    }
  }
  void operator()(Chart& block) const {
    clean(block.whole);
    clean(block.part);
    for (ChartRow& row : block.rows) {
      clean(row.label);
      clean(row.text);
    }
  }
};

bool is_title(const Block& block) {
  const auto* const heading = std::get_if<Heading>(&block);
  return heading && heading->level == 1;
}

class Paper {
 public:
  Paper(PdfCanvas& canvas, const Document& document, const PdfOptions& options)
      : canvas_(canvas), document_(document), options_(options) {}

  Pdf printed();

 private:
  void add(Strip strip, Piece piece) {
    strips_.push_back(strip);
    pieces_.push_back(std::move(piece));
  }
  void add_lines(const Lines& lines, TextPiece piece, double height, double gap);
  double gap_before(const Block& block) const;
  void lay(const Heading& heading, double gap);
  void lay(const Paragraph& paragraph, double gap);
  void lay(const Bullet& bullet, double gap);
  void lay(const Table& table, double gap);
  void lay_part(const Table& table, double gap);
  void lay(const Chart& chart, double gap);
  void lay_row(std::size_t table, std::size_t row, RowKind kind, Strip strip);
  void lay_title(const std::string& text);
  void lay_seal(const PdfSeal& seal);
  std::vector<PlacedStrip> fitted();

  void draw(const TextPiece& piece, double top, double height);
  void draw(const TitleRule&, double top, double height);
  void draw(const RowPiece& piece, double top, double height);
  void draw(const BarPiece& piece, double top, double height);
  void draw(const LegendPiece& piece, double top, double height);
  void draw(const CurvePiece& piece, double top, double height);
  void draw(const SealPiece& piece, double top, double height);
  void draw_footer(std::size_t page, std::size_t pages);

  PdfCanvas& canvas_;
  const Document& document_;
  const PdfOptions& options_;
  std::string title_;
  const Block* before_ = nullptr;
  std::vector<TableLayout> tables_;
  std::vector<Strip> strips_;
  std::vector<Piece> pieces_;
};

// At least two lines of a text stand together at the end and at the top of a page.
void Paper::add_lines(const Lines& lines, TextPiece piece, double height, double gap) {
  const bool follows_on = !strips_.empty() && strips_.back().with_next;
  const std::size_t count = lines.size();
  for (std::size_t i = 0; i < count; ++i) {
    piece.line = lines[i];
    const bool keep = i + 1 < count && (i == 0 || i + 2 == count || (follows_on && i < 1));
    add({.height = height, .gap = i == 0 ? gap : 0.0, .with_next = keep}, piece);
    piece.mark.clear();
    piece.entry.clear();
  }
}

double Paper::gap_before(const Block& block) const {
  if (before_ == nullptr) return 0.0;
  if (is_title(*before_)) return 0.0;
  if (std::holds_alternative<Heading>(block)) return is_title(block) ? 26.0 : 17.0;
  if (std::holds_alternative<Heading>(*before_)) return 5.0;
  if (std::holds_alternative<Bullet>(block)) {
    if (std::holds_alternative<Table>(*before_)) return 10.0;
    return std::holds_alternative<Bullet>(*before_) ? 2.5 : 5.0;
  }
  if (std::holds_alternative<Chart>(block)) return 12.0;
  return std::holds_alternative<Table>(*before_) ? 9.0 : 7.0;
}

void Paper::lay_title(const std::string& text) {
  const double height = kTitleText.size * kHeadingLead;
  for (const std::string& line : canvas_.wrap(text, kTitleText, kTextWidth)) {
    add({.height = height, .gap = strips_.empty() ? 0.0 : 2.0, .with_next = true},
        TextPiece{.line = line, .style = kTitleText});
  }
  if (!options_.issued.empty()) {
    TextStyle style = kBodyText;
    style.colour = kMuted;
    for (const std::string& line :
         canvas_.wrap(canvas_.printable(options_.issued), style, kTextWidth)) {
      add({.height = style.size * kBodyLead, .gap = 1.0, .with_next = true},
          TextPiece{.line = line, .style = style});
    }
  }
  add({.height = kTitleSpace, .gap = 6.0, .with_next = true}, TitleRule{});
}

void Paper::lay(const Heading& heading, double gap) {
  const bool title = heading.level == 1;
  const TextStyle style = title ? kTitleText : kSectionText;
  bool first = true;
  for (const std::string& line : canvas_.wrap(heading.text, style, kTextWidth)) {
    add({.height = style.size * kHeadingLead, .gap = first ? gap : 0.0, .with_next = true},
        TextPiece{.line = line, .style = style, .entry = first ? heading.text : std::string()});
    first = false;
  }
}

void Paper::lay(const Paragraph& paragraph, double gap) {
  add_lines(canvas_.wrap(paragraph.text, kBodyText, kTextWidth), {.line = {}, .style = kBodyText},
            kBodyText.size * kBodyLead, gap);
}

void Paper::lay(const Bullet& bullet, double gap) {
  const std::string mark = bullet.mark == "-" ? "•" : bullet.mark;
  const double indent = std::min(
      kTextWidth / 3.0, std::max(kTextIndent, kMarkIndent + 6.0 + canvas_.width(mark, kBodyText)));
  const bool drawn = mark.find_first_not_of(' ') != std::string::npos;
  TextStyle style = kBodyText;
  style.bold = bullet.strong;
  add_lines(canvas_.wrap(bullet.text, style, kTextWidth - indent),
            {.line = {}, .style = style, .indent = indent, .mark = drawn ? mark : std::string()},
            style.size * kBodyLead, gap);
}

void Paper::lay_row(std::size_t table, std::size_t row, RowKind kind, Strip strip) {
  const TableLayout& layout = tables_[table];
  const TableRow& lines = row == kHead ? layout.head : layout.rows[row];
  const bool whole = lines.height <= kRowLinesWhole;
  const bool with_next = strip.with_next;
  const std::size_t step = whole ? lines.height : 1;
  for (std::size_t from = 0; from < lines.height; from += step) {
    const RowPart part{.kind = kind, .from = from, .until = from + step};
    strip.height = height_of(layout, lines, part);
    strip.with_next =
        part.until == lines.height ? with_next : part.from == 0 || part.until + 1 == lines.height;
    add(strip, RowPiece{.table = table, .row = row, .part = part});
    strip.gap = 0.0;
  }
}

void Paper::lay(const Table& table, double gap) {
  constexpr double kBetweenParts = 10.0;
  for (const Table& part : table_parts(table, kPageColumns)) {
    lay_part(part, gap);
    gap = kBetweenParts;
  }
}

void Paper::lay_part(const Table& table, double gap) {
  if (table.columns.empty()) return;
  tables_.push_back(lay_out(canvas_, table));
  const std::size_t index = tables_.size() - 1;
  const std::size_t count = tables_.back().rows.size();
  Strip strip{.gap = gap};
  if (tables_.back().has_head) {
    const bool repeats = tables_.back().head.height <= kRowLinesWhole;
    const std::size_t head = strips_.size();
    strip.with_next = count > 0;
    lay_row(index, kHead, RowKind::kHead, strip);
    strip = {.head = repeats ? head : kNoStrip};
  }
  for (std::size_t i = 0; i < count; ++i) {
    const bool last = i + 1 == count;
    strip.with_next = !last && (count <= kTableRowsWhole || i == 0 || i + 2 == count);
    lay_row(index, i, last && table.total ? RowKind::kTotal : RowKind::kBody, strip);
    strip.gap = 0.0;
  }
}

void Paper::lay(const Chart& chart, double gap) {
  if (chart.rows.empty()) return;
  add({.height = kLegendHeight, .gap = gap, .with_next = true}, LegendPiece{&chart});
  if (chart.kind == ChartKind::kCurve) {
    add({.height = kCurveHeight}, CurvePiece{&chart});
    return;
  }
  const BarLayout layout = lay_out_bars(canvas_, chart);
  const std::size_t count = chart.rows.size();
  constexpr std::size_t kBarsWhole = 24;  // half a page
  for (std::size_t i = 0; i < count; ++i) {
    const bool keep = i + 1 < count && (count <= kBarsWhole || i == 0 || i + 2 == count);
    add({.height = kBarRow, .with_next = keep},
        BarPiece{.chart = &chart, .row = &chart.rows[i], .layout = layout});
  }
}

void Paper::lay_seal(const PdfSeal& seal) {
  SealPiece piece{.code = qr_code(seal.code), .lines = {}};
  TextStyle style{.size = kSmallText.size, .bold = true, .colour = kDeep};
  for (const std::string& line : seal.lines) {
    for (std::string& part :
         canvas_.wrap(canvas_.printable(line), style, kTextWidth - kQrSide - kQrSpace)) {
      piece.lines.emplace_back(std::move(part), style);
    }
    style = {.size = kSmallText.size, .colour = kInk};
  }
  const double text = static_cast<double>(piece.lines.size()) * style.size * kBodyLead;
  add({.height = 10.0 + std::max(kQrSide, text), .gap = 20.0}, std::move(piece));
}

void Paper::draw(const TextPiece& piece, double top, double height) {
  const double y = top + base_line(piece.style.size, height);
  if (!piece.entry.empty()) canvas_.mark(piece.entry, top);
  if (!piece.mark.empty()) {
    TextStyle style = piece.style;
    style.colour = piece.mark == "!" ? kWarning : kDeep;
    style.bold = piece.mark == "!";
    canvas_.text({kSide + kMarkIndent, y}, piece.mark, style, Anchor::kLeft);
  }
  canvas_.text({kSide + piece.indent, y}, piece.line, piece.style, Anchor::kLeft);
}

void Paper::draw(const TitleRule&, double top, double) {
  canvas_.fill({kSide, top, kTextWidth, 1.2}, kDeep);
}

void Paper::draw(const RowPiece& piece, double top, double) {
  const TableLayout& table = tables_[piece.table];
  pdf::draw(canvas_, table, piece.row == kHead ? table.head : table.rows[piece.row], piece.part,
            top);
}

void Paper::draw(const BarPiece& piece, double top, double) {
  draw_bar(canvas_, *piece.chart, piece.layout, *piece.row, top);
}

void Paper::draw(const LegendPiece& piece, double top, double) {
  draw_legend(canvas_, *piece.chart, top);
}

void Paper::draw(const CurvePiece& piece, double top, double) {
  draw_curve(canvas_, *piece.chart, top);
}

void Paper::draw(const SealPiece& piece, double top, double) {
  const Spot rule[] = {{kSide, top}, {kSide + kTextWidth, top}};
  canvas_.stroke(rule, kRule, 0.5);
  top += 10.0;
  const double module = kQrSide / static_cast<double>(piece.code.side);
  std::vector<Box> boxes;  // runs of dark modules
  for (std::size_t row = 0; row < piece.code.side; ++row) {
    for (std::size_t from = 0; from < piece.code.side; ++from) {
      std::size_t until = from;
      while (until < piece.code.side && piece.code.is_dark(row, until)) ++until;
      if (until == from) continue;
      boxes.push_back({kSide + static_cast<double>(from) * module,
                       top + static_cast<double>(row) * module,
                       static_cast<double>(until - from) * module, module});
      from = until;
    }
  }
  canvas_.fill_boxes(boxes, {});
  double y = top;
  for (const auto& [line, style] : piece.lines) {
    const double height = style.size * kBodyLead;
    canvas_.text({kSide + kQrSide + kQrSpace, y + base_line(style.size, height)}, line, style,
                 Anchor::kLeft);
    y += height;
  }
}

void Paper::draw_footer(std::size_t page, std::size_t pages) {
  const double top = kPaperHeight - kBottom + 20.0;
  const Spot rule[] = {{kSide, top}, {kSide + kTextWidth, top}};
  canvas_.stroke(rule, kRule, 0.5);
  const double y = top + 14.0;
  const std::string place = fill_text(
      options_.page_text, {{"page", std::to_string(page)}, {"pages", std::to_string(pages)}});
  canvas_.text({kSide + kTextWidth, y}, place, kSmallText, Anchor::kRight);
  std::string date = canvas_.printable(options_.number);
  if (!options_.date.empty()) date += (date.empty() ? "" : "  ·  ") + options_.date;
  date = canvas_.printable(date);
  const double taken = canvas_.width(place, kSmallText) + canvas_.width(date, kSmallText) + 40.0;
  const Lines lines = canvas_.wrap(title_, kSmallText, kTextWidth - taken);
  std::string said = lines.size() > 1 ? lines.front() + "…" : lines.front();
  if (!date.empty()) said += (said.empty() ? "" : "  ·  ") + date;
  canvas_.text({kSide, y}, said, kSmallText, Anchor::kLeft);
}

// A last page of a few lines is taken back by white that nobody misses, where that is enough: gaps
// as much smaller as needed, lines of text closer by at most kTightest.
std::vector<PlacedStrip> Paper::fitted() {
  std::vector<PlacedStrip> placed = flow(strips_, kTextHeight);
  if (placed.empty() || placed.back().page == 0) return placed;
  const std::size_t pages = placed.back().page;
  const double used = placed.back().top + strips_[placed.back().strip].height;
  if (used >= kLinesOfLastPage * kBodyText.size * kBodyLead) return placed;
  std::vector<Strip> tight = strips_;
  for (std::size_t i = 0; i < tight.size(); ++i) {
    tight[i].gap *= kTightestGap;
    if (std::holds_alternative<TextPiece>(pieces_[i])) tight[i].height *= kTightest;
  }
  std::vector<PlacedStrip> closer = flow(tight, kTextHeight);
  if (closer.back().page >= pages) return placed;
  strips_ = std::move(tight);
  return closer;
}

Pdf Paper::printed() {
  const bool own_title = !document_.blocks.empty() && is_title(document_.blocks.front());
  title_ = own_title ? std::get<Heading>(document_.blocks.front()).text
                     : canvas_.printable(options_.title);
  lay_title(title_);
  for (std::size_t i = own_title ? 1 : 0; i < document_.blocks.size(); ++i) {
    const Block& block = document_.blocks[i];
    std::visit([&](const auto& shown) { lay(shown, gap_before(block)); }, block);
    before_ = &block;
    // What introduces a table or a chart stands on its page.
    const Block* const next = i + 1 < document_.blocks.size() ? &document_.blocks[i + 1] : nullptr;
    const bool introduced =
        next && (std::holds_alternative<Table>(*next) || std::holds_alternative<Chart>(*next));
    if (std::holds_alternative<Paragraph>(block) && introduced && !strips_.empty()) {
      strips_.back().with_next = true;
    }
  }
  if (options_.seal) lay_seal(*options_.seal);
  const std::vector<PlacedStrip> placed = fitted();
  const std::size_t pages = placed.empty() ? 1 : placed.back().page + 1;
  std::size_t at = 0;
  for (std::size_t page = 0; page < pages; ++page) {
    canvas_.begin_page();
    for (; at < placed.size() && placed[at].page == page; ++at) {
      const PlacedStrip& strip = placed[at];
      std::visit(
          [&](const auto& piece) { draw(piece, kTop + strip.top, strips_[strip.strip].height); },
          pieces_[strip.strip]);
    }
    draw_footer(page + 1, pages);
  }
  return {.bytes = canvas_.finish({.title = title_,
                                   .created = options_.date,
                                   .keywords = options_.seal ? options_.seal->code : ""}),
          .pages = pages};
}

Result<Done> all_drawn(const PdfCanvas& canvas) {
  const std::optional<char32_t> sign = canvas.missing();
  if (!sign) return Done{};
  std::string shown;
  append_code_point(shown, *sign);
  return Refusal{.code = refusals::kPdfFontMissing,
                 .path = "pdf",
                 .value = shown,
                 .args = {{.name = "code",
                           .value = fmt::format("U+{:04X}", static_cast<std::uint32_t>(*sign))}}};
}

}  // namespace

Result<Pdf> to_pdf(const Document& document, const PdfOptions& options) {
  PdfCanvas canvas(options.lang);
  Document shown = document;
  for (Block& block : shown.blocks) std::visit(Cleaner{canvas}, block);
  canvas.printable(options.title);
  canvas.printable(options.issued);
  canvas.printable(options.number);
  if (options.seal) {
    for (const std::string& line : options.seal->lines) canvas.printable(line);
  }
  ANLAN_REQUIRE(all_drawn(canvas));
  return Paper(canvas, shown, options).printed();
}

std::string pdf_hand() { return PdfCanvas(Lang::kZh).drawn_with(); }

Result<Done> check_pdf_fonts() {
  PdfCanvas canvas(Lang::kZh);
  canvas.printable("保险");
  return all_drawn(canvas);
}

}  // namespace anlan::formats
