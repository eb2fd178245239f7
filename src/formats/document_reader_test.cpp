#include "formats/document_reader.h"

#include <doctest/doctest.h>

#include "base/refusals.h"
#include "formats/json.h"
#include "formats/terminal.h"

namespace anlan::formats {
namespace {

std::string written(const Document& document) { return write_json(document_to_node(document)); }

TEST_CASE("document reader: every block comes back as it was written") {
  Document document;
  document.heading(1, "标题").paragraph("").paragraph("b\nc").bullet("d", "!");
  document.blocks.emplace_back(Bullet{.mark = "★", .text = "e", .strong = true});
  document.table(
      {.columns = {{"x"}, {"", Align::kRight}}, .rows = {{"1", ""}}, .total = true, .repeated = 1});
  document.chart(
      {.kind = ChartKind::kCurve,
       .whole = "w",
       .part = "",
       .rows = {{.label = "l", .place = -1.5, .whole = 3.25, .part = 1.0, .text = "t"}}});
  document.chart({.whole = "w", .rows = {{.label = "l", .whole = 3.0}}});
  const std::string text = written(document);
  const auto tree = parse_json(text, "file");
  REQUIRE(tree.ok());
  ReadReport report("file");
  NodeReader root(*tree, report);
  const Document back = document_from_node(root);
  REQUIRE_FALSE(report.refused());
  CHECK(written(back) == text);
  CHECK(std::get<Bullet>(back.blocks[4]).strong);
  CHECK_FALSE(std::get<Bullet>(back.blocks[3]).strong);
}

TEST_CASE("document reader: what is no block is refused with its place") {
  struct Row {
    std::string_view block;
    RefusalCode code;
    std::string_view path;
  };
  const Row rows[] = {
      {R"({"kind":"verse","text":"a"})", refusals::kUnknownChoice, "blocks[0].kind"},
      {R"({"kind":"paragraph","text":"a","size":1})", refusals::kUnknownKey, "blocks[0].size"},
      {R"({"kind":"heading","level":10,"text":"a"})", refusals::kOutOfRange, "blocks[0].level"},
      {R"({"kind":"table","columns":[{"title":"a","align":"left"}],"rows":[["1","2"]]})",
       refusals::kOutOfRange, "blocks[0].rows[0]"},
      {R"({"kind":"table","columns":[{"title":"a","align":"left"}],"rows":[[1]]})",
       refusals::kWrongType, "blocks[0].rows[0]"},
      {R"({"kind":"chart","form":"pie"})", refusals::kUnknownChoice, "blocks[0].form"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.block);
    const auto tree = parse_json("{\"blocks\":[" + std::string(row.block) + "]}", "file");
    REQUIRE(tree.ok());
    ReadReport report("file");
    NodeReader root(*tree, report);
    document_from_node(root);
    REQUIRE(report.refused());
    CHECK(report.refusal().code == row.code);
    CHECK(report.refusal().path == row.path);
  }
}

}  // namespace
}  // namespace anlan::formats
