#include "formats/pdf.h"

#include <algorithm>
#include <ctime>

#include <doctest/doctest.h>
#include <fmt/core.h>
#include <rapidcheck.h>

#include "formats/pdf_canvas.h"
#include "formats/pdf_style.h"
#include "formats/pdf_table.h"
#include "formats/refusals.h"

#if defined(__SANITIZE_ADDRESS__)
// The libraries keep some 2 kB at the end of the program; what we allocate is still watched.
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libfontconfig\nleak:libcairo\n";
}
#endif

namespace anlan::formats {
namespace {

std::string text_of(const Bytes& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::size_t count_of(const std::string& text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

Table amounts(std::size_t rows) {
  Table table{.columns = {{"险种"}, {"保险责任"}, {"赔款", Align::kRight}}};
  for (std::size_t i = 0; i < rows; ++i) {
    table.rows.push_back({fmt::format("第 {} 项", i + 1), "营业中断 business interruption",
                          fmt::format("{},{:03}.00", 1 + i / 1000, i % 1000)});
  }
  return table;
}

Document letter() {
  Document document;
  document.heading(1, "理赔决定通知书").paragraph("您的索赔予以部分赔付，赔款 150,000.00。");
  document.heading(2, "赔付").table(amounts(8)).bullet("第 2.2 条").bullet("No consent.", "!");
  document.chart({.kind = ChartKind::kCurve,
                  .whole = "保险之前",
                  .part = "自己承担",
                  .rows = {{.label = "10 年一遇", .place = 1.0, .whole = 0.0, .text = "0"},
                           {.label = "100 年一遇", .place = 2.0, .whole = 2e5, .part = 1e5},
                           {.label = "1000 年一遇", .place = 3.0, .whole = 2e6, .part = 1.9e6}}});
  document.chart({.whole = "Loss", .rows = {{.label = "a", .whole = 3.0, .text = "3"}}});
  return document;
}

TEST_CASE("pdf: one file of whole pages, the same bytes each time, dated by the document alone") {
  const PdfOptions options{.date = "2026-03-08"};
  const auto first = to_pdf(letter(), options);
  REQUIRE(first.ok());
  const std::string text = text_of(first->bytes);
  CHECK(text.starts_with("%PDF-1.5\n"));
  CHECK(text.ends_with("%%EOF\n"));
  CHECK(first->pages == 1);
  CHECK(count_of(text, "/Type /Page %") == first->pages);
  CHECK(count_of(text, "/CreationDate (20260308000000") == 1);
  CHECK(count_of(text, "/FontFile3") > 0);  // the fonts are in the file
  CHECK(to_pdf(letter(), options)->bytes == first->bytes);

  const auto undated = to_pdf(letter());
  REQUIRE(undated.ok());
  CHECK(count_of(text_of(undated->bytes), "/CreationDate") == 0);
  CHECK(to_pdf(Document())->pages == 1);
}

TEST_CASE("pdf: a table of 10,000 rows goes over pages; each page is used up") {
  Document document;
  document.heading(1, "10,000").table(amounts(10'000));
  const auto pdf = to_pdf(document);
  REQUIRE(pdf.ok());
  // A row is 8.5 x 1.42 + 5 = 17.07 points high and a page 714.29, less the head: 40 rows.
  CHECK(pdf->pages == 251);
  CHECK(count_of(text_of(pdf->bytes), "/Type /Page %") == pdf->pages);
}

TEST_CASE("pdf: white is given up where a last page would hold a few lines only") {
  const auto pages = [](std::size_t lines) {
    Document document;
    document.heading(1, "T");
    for (std::size_t i = 0; i < lines; ++i) document.paragraph("x");
    const auto pdf = to_pdf(document, {.lang = Lang::kEn});
    REQUIRE(pdf.ok());
    return pdf->pages;
  };
  // The text below the title takes 30 lines of its own white.
  CHECK(pages(30) == 1);
  CHECK(pages(32) == 1);
  CHECK(pages(40) == 2);
}

TEST_CASE("pdf: twelve pages of text and tables take less than half a second") {
  Document document;
  document.heading(1, "十二页");
  for (int i = 0; i < 12; ++i) {
    document.heading(2, fmt::format("第 {} 节", i + 1));
    std::string text;
    for (int k = 0; k < 30; ++k) text += "保险人按照本合同约定负责赔偿 the loss of gross profit, ";
    document.paragraph(text).paragraph(text).table(amounts(9));
  }
  std::clock_t best = std::numeric_limits<std::clock_t>::max();
  std::size_t pages = 0;
  for (int i = 0; i < 3;
       ++i) {  // the best of three; time of the processor, because other programs share it
    const std::clock_t start = std::clock();
    pages = to_pdf(document)->pages;
    best = std::min(best, std::clock() - start);
  }
  CHECK(pages == 12);
  const auto took = 1000 * best / CLOCKS_PER_SEC;
  MESSAGE("12 pages in ", took, " ms");
#if !defined(__SANITIZE_ADDRESS__)
  CHECK(took < 500);
#endif
}

TEST_CASE("pdf: a Chinese sign that no font can draw refuses the file; any other one is replaced") {
  struct Row {
    std::string text;
    std::string_view sign;  // what is refused; empty: nothing
    std::string_view code;
  };
  // U+323AF is the last ideograph of Unicode 15 (extension H); no font of Debian 12 has it.
  const Row rows[] = {{"某\U000323AF有限公司", "\U000323AF", "U+323AF"},
                      {"\uE123 private use, \U0001F9FF an amulet, \U000E0041 a tag", "", ""}};
  for (const Row& row : rows) {
    const auto pdf = to_pdf(Document().paragraph(row.text));
    CHECK(pdf.ok() == row.sign.empty());
    if (pdf.ok()) continue;
    CHECK(pdf.refusal().code == refusals::kPdfFontMissing);
    CHECK(pdf.refusal().value == row.sign);
    CHECK(pdf.refusal().args[0].value == row.code);
  }
  CHECK(check_pdf_fonts().ok());
}

TEST_CASE("canvas: lines are no wider than asked for, lose nothing, and keep a number with its %") {
  PdfCanvas canvas(Lang::kZh);
  const TextStyle style{.size = 9.5};
  const std::string said =
      "每次事故的赔偿限额为 400,000.00 元，免赔率 10 %。In at most 10 % of the years it is more.";
  for (const double width : {60.0, 83.0, 111.0, 150.0, 301.0}) {
    std::string joined;
    for (const std::string& line : canvas.wrap(said, style, width)) {
      CHECK(canvas.width(line, style) <= width + 0.1);
      CHECK_FALSE(line.starts_with("%"));
      CHECK_FALSE(line.starts_with("，"));
      for (const char sign : line) {
        if (sign != ' ') joined += sign;
      }
    }
    std::string whole = said;
    whole.erase(std::remove(whole.begin(), whole.end(), ' '), whole.end());
    CHECK(joined == whole);
  }
  // A long paragraph is measured in parts; no line shows where they meet.
  std::string clause;
  for (int i = 0; i < 400; ++i) clause += "保险人负责赔偿";
  const auto lines = canvas.wrap(clause, style, 200);
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) CHECK(lines[i].size() == lines[0].size());
  CHECK(canvas.wrap("", style, 100) == std::vector<std::string>{""});
  CHECK(canvas.wrap("a\n\nb", style, 100) == std::vector<std::string>{"a", "", "b"});
  CHECK(canvas.width("1,111,111.11", style) ==
        doctest::Approx(canvas.width("8,888,888.88", style)));
}

TEST_CASE(
    "table on paper: within the text, figures unbroken, words wrapped, type smaller at need") {
  PdfCanvas canvas(Lang::kEn);
  std::string words;
  for (int i = 0; i < 40; ++i) words += "indemnity ";
  Table table{.columns = {{"Cover"}, {"Why"}, {"Paid", Align::kRight}},
              .rows = {{"Business interruption", words, "1,234,567.00"}, {"a", "b", "1.00"}}};
  const pdf::TableLayout wrapped = pdf::lay_out(canvas, table);
  CHECK(wrapped.width <= pdf::kTextWidth + 0.01);
  CHECK(wrapped.rows[0].cells[2] == pdf::Lines{"1,234,567.00"});
  CHECK(wrapped.rows[0].cells[0] == pdf::Lines{"Business interruption"});
  CHECK(wrapped.rows[0].height > 3);
  CHECK(wrapped.rows[1].height == 1);

  Table wide;
  wide.rows.emplace_back();
  for (int i = 0; i < 10; ++i) {
    wide.columns.push_back({"Amount", Align::kRight});
    wide.rows[0].push_back("10,234,567.00");
  }
  const pdf::TableLayout small = pdf::lay_out(canvas, wide);
  CHECK(small.style.size < 8.5);
  CHECK(small.width <= pdf::kTextWidth + 0.01);
  for (const pdf::Lines& cell : small.rows[0].cells) CHECK(cell == pdf::Lines{"10,234,567.00"});
}

// Texts that reports do not hold, and people send.
std::string odd_text() {
  static const std::vector<std::string> kOdd{"",
                                             "\n",
                                             " ",
                                             std::string("a\0b", 3),
                                             "\x1b[31mred\x7f",
                                             "\xff\xfe\x80",
                                             "\u202Eevil\u202C\u2066x",
                                             "שלום עולם",
                                             "مرحبا بالعالم 123",
                                             "\U0001F600\U0001F468\u200D\U0001F469\u200D\U0001F467",
                                             "e\u0301\u0301\u0301\u0301\u0301\u0301",
                                             "\u2028\u2029\u0085\u00A0\u00AD\u200B",
                                             "नमस्ते ไทย 한국어",
                                             std::string(9000, 'W'),
                                             std::string(9000, '%'),
                                             "<b>&amp;</b> %s {} \\",
                                             "１２３，４５６．００"};
  const int pick = *rc::gen::inRange(0, static_cast<int>(kOdd.size()) + 3);
  if (pick < static_cast<int>(kOdd.size())) return kOdd[static_cast<std::size_t>(pick)];
  return *rc::gen::container<std::string>(rc::gen::arbitrary<char>());
}

double odd_figure() {
  return *rc::gen::element(0.0, 1.0, -1.0, 3e15, 1e300, 1e-300,
                           std::numeric_limits<double>::infinity(),
                           std::numeric_limits<double>::quiet_NaN());
}

Document odd_document() {
  Document document;
  const int blocks = *rc::gen::inRange(0, 7);
  for (int i = 0; i < blocks; ++i) {
    switch (*rc::gen::inRange(0, 5)) {
      case 0:
        document.heading(*rc::gen::inRange(0, 4), odd_text());
        break;
      case 1:
        document.paragraph(odd_text());
        break;
      case 2:
        document.bullet(odd_text(), odd_text());
        break;
      case 3: {
        Table table{.total = *rc::gen::arbitrary<bool>()};
        const auto columns = *rc::gen::inRange<std::size_t>(0, 9);
        for (std::size_t c = 0; c < columns; ++c) {
          table.columns.push_back(
              {odd_text(), *rc::gen::arbitrary<bool>() ? Align::kLeft : Align::kRight});
        }
        table.rows.resize(*rc::gen::inRange<std::size_t>(0, 4));
        for (auto& row : table.rows) {
          for (std::size_t c = 0; c < columns; ++c) row.push_back(odd_text());
        }
        document.table(std::move(table));
        break;
      }
      default: {
        Chart chart{.kind = *rc::gen::arbitrary<bool>() ? ChartKind::kBars : ChartKind::kCurve,
                    .whole = odd_text(),
                    .part = odd_text()};
        chart.rows.resize(*rc::gen::inRange<std::size_t>(0, 5));
        for (ChartRow& row : chart.rows) {
          row = {.label = odd_text(),
                 .place = odd_figure(),
                 .whole = odd_figure(),
                 .part = odd_figure(),
                 .text = odd_text()};
        }
        document.chart(std::move(chart));
      }
    }
  }
  return document;
}

TEST_CASE("pdf: no text and no figure stops it: pages or a refusal, the same twice") {
  const bool holds = rc::check("odd documents", [] {
    const Document document = odd_document();
    const PdfOptions options{.title = odd_text(), .issued = odd_text(), .date = "2026-03-08"};
    const auto pdf = to_pdf(document, options);
    const auto again = to_pdf(document, options);
    RC_ASSERT(pdf.ok() == again.ok());
    if (!pdf.ok()) {
      RC_ASSERT(pdf.refusal().code == refusals::kPdfFontMissing);
      return;
    }
    RC_ASSERT(pdf->bytes == again->bytes);
    RC_ASSERT(pdf->pages >= 1U);
  });
  CHECK(holds);
}

}  // namespace
}  // namespace anlan::formats
