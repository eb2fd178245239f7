#include "formats/terminal.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "formats/json.h"

namespace anlan::formats {
namespace {

using Lines = std::vector<std::string>;

TEST_CASE("display width: East Asian wide signs are two columns, marks none, the rest one") {
  struct Row {
    std::string_view text;
    std::size_t width;
  };
  constexpr Row kRows[] = {{"", 0},
                           {"abc", 3},
                           {"安澜", 4},
                           {"¥2,800.00", 9},
                           {"A·B", 3},
                           {"，。（）「」", 12},
                           {"ＡＢ１", 6},
                           {"カナ", 4},
                           {"한글", 4},
                           {"e\u0301", 1},
                           {"…—", 2},
                           {"\u200B", 0},
                           {"\u3000", 2},
                           {"ｶﾅ", 2},
                           {"㍻㊣", 4},
                           {"𠀀", 2},
                           {"\xF0\x9F\x98\x80", 2},
                           {"é×±", 3},
                           {"→≥", 2},
                           {"\u115F\u1160", 3},
                           {"\uFF60\uFF61", 3},
                           {"a\xFF", 2}};
  for (const Row& row : kRows) {
    CAPTURE(row.text);
    CHECK(display_width(row.text) == row.width);
  }
}

TEST_CASE("wrap: lines break at blanks and beside Chinese, never in a word or number") {
  struct Row {
    std::string_view text;
    std::size_t width;
    Lines lines;
  };
  const std::vector<Row> rows = {
      {"", 10, {""}},
      {"the clause that prices is the clause that pays",
       16,
       {"the clause that", "prices is the", "clause that pays"}},
      {"  two  blanks ", 20, {"two blanks"}},
      {"赔付 1,400,000.00 元", 10, {"赔付", "1,400,000.00", "元"}},
      {"网络安全保险保单条款", 8, {"网络安全", "保险保单", "条款"}},
      {"每次事故，累计", 8, {"每次事", "故，累计"}},  // the comma does not start a line
      {"依据（一）款", 6, {"依据", "（一）", "款"}},  // nor does the bracket end one
      {"他说「赔」了", 6, {"他说", "「赔」", "了"}},
      {"共50 %的损失", 6, {"共50 %", "的损失"}},
      {"a\nb\n\nc", 10, {"a", "b", "", "c"}},
      {"营业中断BI险", 8, {"营业中断", "BI险"}},
      {"sha256:abcdefabcdef x", 8, {"sha256:abcdefabcdef", "x"}},
      {"word, word", 5, {"word,", "word"}},
      {"损失……合计", 6, {"损失……", "合计"}},
      {"tab\there", 20, {"tab here"}},
      {"a\x1b[31mb\u202Ec\x7F", 40, {"a\uFFFD[31mb\uFFFDc\uFFFD"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(wrap_text(row.text, row.width) == row.lines);
  }
}

TEST_CASE("wrap: nothing is lost and no line is too wide unless it is one word") {
  const auto piece = rc::gen::element<std::string>("赔", "付，", "「一", "BI", "1,400.00", " ",
                                                   "(a", "b)", "元。", "-5 %");
  CHECK(rc::check("wrapped text", [&] {
    std::string text;
    for (const std::string& part : *rc::gen::container<Lines>(piece)) text += part;
    const auto width = *rc::gen::inRange<std::size_t>(1, 30);
    const auto squeezed = [](std::string_view from) {
      std::string out;
      for (const char c : from) {
        if (c != ' ') out += c;
      }
      return out;
    };
    std::string joined;
    for (const std::string& line : wrap_text(text, width)) {
      joined += squeezed(line);
      const bool trimmed = line.empty() || (line.front() != ' ' && line.back() != ' ');
      RC_ASSERT(trimmed);
      if (display_width(line) > width) RC_ASSERT(wrap_text(line, width).size() == 1U);
    }
    RC_ASSERT(joined == squeezed(text));
  }));
}

TEST_CASE(
    "hanging: what a line continues on stands deeper, within the width, and the lead is kept") {
  CHECK(hanging_text("amount: one two three", 12) == "amount: one\n  two three");
  CHECK(hanging_text("金额：应付保险费与所付不符。", 12) == "金额：应付保\n  险费与所付\n  不符。");
  CHECK(hanging_text("all:\n  A-1  first question\n  A-2", 14) ==
        "all:\n  A-1 first\n    question\n  A-2");
  CHECK(hanging_text("", 10).empty());
  CHECK(hanging_text("x\x1b[2J", 10) == "x\uFFFD[2J");
}

Document sample() {
  Document document;
  document.heading(1, "宁波网络安全保险").paragraph("保费 2,800.00 元。").heading(2, "Cover");
  document.paragraph("Limits:");
  document.table(Table{.columns = {{"条款", Align::kLeft}, {"Amount", Align::kRight}},
                       .rows = {{"营业中断", "100,000.00"}, {"BI", "5.00"}}});
  document.bullet("one").bullet("two", "!").paragraph("End.");
  return document;
}

TEST_CASE("terminal: headings, paragraphs, tables and bullets stand as lines") {
  CHECK(to_terminal(sample()) ==
        "宁波网络安全保险\n"
        "================\n"
        "保费 2,800.00 元。\n"
        "\n"
        "Cover\n"
        "-----\n"
        "Limits:\n"
        "条款          Amount\n"
        "--------  ----------\n"
        "营业中断  100,000.00\n"
        "BI              5.00\n"
        "  - one\n"
        "  ! two\n"
        "\n"
        "End.\n");
  CHECK(to_terminal(Document{}).empty());
}

TEST_CASE("terminal: a chart is a bar for each row, the part full and the rest light") {
  Chart chart{.whole = "all",
              .part = "left to you",
              .rows = {{.label = "1 in 10", .whole = 10.0, .part = 0.0, .text = "10"},
                       {.label = "百年一遇", .whole = 40.0, .part = 20.0, .text = "40"},
                       {.label = "none", .whole = 0.0, .part = 0.0, .text = "0"}}};
  CHECK(to_terminal(Document().chart(chart), {.width = 24}) ==
        "1 in 10   ░░░         10\n"
        "百年一遇  █████░░░░░  40\n"
        "none                   0\n"
        "█ left to you · █░ all\n");
  chart.part.clear();
  CHECK(to_terminal(Document().chart(chart), {.width = 24}).ends_with("0\n█ all\n"));
  chart.rows.resize(1);
  CHECK(
      write_json(document_to_node(Document().chart(chart))) ==
      R"({"blocks":[{"kind":"chart","form":"bars","whole":"all","part":"","rows":[{"label":"1 in 10",)"
      R"("place":0.000000,"whole":10.000000,"part":0.000000,"text":"10"}]}]})");
}

TEST_CASE("terminal: bold takes the place of underlines") {
  Document document;
  document.heading(1, "T").table(
      Table{.columns = {{"a", Align::kLeft}, {"", Align::kRight}}, .rows = {{"x", "1"}}});
  CHECK(to_terminal(document, {.bold = true}) == "\x1b[1mT\x1b[0m\n\x1b[1ma\x1b[0m\nx  1\n");
}

TEST_CASE("terminal: a table without titles has no head") {
  Document document;
  document.table(
      Table{.columns = {{"", Align::kLeft}, {"", Align::kLeft}}, .rows = {{"a", ""}, {"", "b"}}});
  CHECK(to_terminal(document) == "a\n   b\n");
}

TEST_CASE(
    "terminal: too wide a table wraps its widest left column, then the next; numbers stay whole") {
  Document document;
  document.table(
      Table{.columns = {{"Clause", Align::kLeft}, {"Why", Align::kLeft}, {"Paid", Align::kRight}},
            .rows = {{"2.1 extortion", "the ransom was paid without consent", "30,000.00"},
                     {"2.2", "restoration", "1,020,000.00"}}});
  CHECK(to_terminal(document, {.width = 48}) ==
        "Clause         Why                          Paid\n"
        "-------------  -------------------  ------------\n"
        "2.1 extortion  the ransom was paid     30,000.00\n"
        "               without consent\n"
        "2.2            restoration          1,020,000.00\n");
  CHECK(to_terminal(document, {.width = 36}) ==
        "Clause     Why                  Paid\n"
        "---------  -----------  ------------\n"
        "2.1        the ransom      30,000.00\n"
        "extortion  was paid\n"
        "           without\n"
        "           consent\n"
        "2.2        restoration  1,020,000.00\n");
}

TEST_CASE("terminal: width goes to the column that wraps; no column is wider than its cells") {
  Document document;
  document.table(
      Table{.columns = {{"Who", Align::kLeft}, {"What", Align::kLeft}, {"By", Align::kLeft}},
            .rows = {{"IT", "isolate what is affected and keep it running", "practice"},
                     {"IT", "start the hourly log of outage and sales", "practice"},
                     {"IT", "tell persons", "Personal Information Law art 57"}}});
  CHECK(to_terminal(document, {.width = 60}) ==
        "Who  What                      By\n"
        "---  ------------------------  ----------------------------\n"
        "IT   isolate what is affected  practice\n"
        "     and keep it running\n"
        "IT   start the hourly log of   practice\n"
        "     outage and sales\n"
        "IT   tell persons              Personal Information Law art\n"
        "                               57\n");
}

TEST_CASE("terminal: of a column of figures the title wraps, the figures do not") {
  Document document;
  document.table(Table{.columns = {{"Measure", Align::kLeft},
                                   {"Left to you", Align::kRight},
                                   {"Policy pays", Align::kRight}},
                       .rows = {{"encryption", "-1,222", "-118"}}});
  CHECK(to_terminal(document, {.width = 26}) ==
        "Measure       Left  Policy\n"
        "            to you    pays\n"
        "----------  ------  ------\n"
        "encryption  -1,222    -118\n");
}

TEST_CASE("terminal: long bullets hang under their text") {
  Document document;
  document.bullet("没有事先同意，赎金不予赔付 (clause 2.1)");
  CHECK(to_terminal(document, {.width = 24}) ==
        "  - 没有事先同意，赎金不\n"
        "    予赔付 (clause 2.1)\n");
}

TEST_CASE("terminal: random documents keep within 80 columns and end no line with a blank") {
  const auto word = rc::gen::element<std::string>("保险", "loss", "1,400.00", "，", " ",
                                                  "FP.EXT.RANSOM", "（注）");
  const auto text = rc::gen::map(rc::gen::container<Lines>(word), [](const Lines& parts) {
    std::string out;
    for (const std::string& part : parts) out += part + " ";
    return out;
  });
  CHECK(rc::check("80 columns", [&] {
    Document document;
    document.heading(1, *text).paragraph(*text).bullet(*text);
    Table table{.columns = {{*text, Align::kLeft}, {"n", Align::kRight}, {*text, Align::kLeft}},
                .rows = {}};
    for (int i = 0; i < 3; ++i) table.rows.push_back({*text, "1,234,567.00", *text});
    document.table(table);
    const std::string shown = to_terminal(document);
    std::size_t start = 0;
    while (start < shown.size()) {
      const std::size_t end = shown.find('\n', start);
      const std::string line = shown.substr(start, end - start);
      const bool trimmed = line.empty() || line.back() != ' ';
      RC_ASSERT(trimmed);
      RC_ASSERT(display_width(line) <= 80U);
      start = end + 1;
    }
  }));
}

TEST_CASE("document: the JSON view keeps every block") {
  CHECK(
      write_json(document_to_node(sample())) ==
      R"({"blocks":[{"kind":"heading","level":1,"text":"宁波网络安全保险"},{"kind":"paragraph","text":"保费 2,800.00 元。"},)"
      R"({"kind":"heading","level":2,"text":"Cover"},{"kind":"paragraph","text":"Limits:"},)"
      R"({"kind":"table","columns":[{"title":"条款","align":"left"},{"title":"Amount","align":"right"}],)"
      R"("rows":[["营业中断","100,000.00"],["BI","5.00"]],"total":false},{"kind":"bullet","mark":"-","text":"one"},)"
      R"({"kind":"bullet","mark":"!","text":"two"},{"kind":"paragraph","text":"End."}]})");
}

}  // namespace
}  // namespace anlan::formats
