#include "formats/csv.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "base/node_reader.h"
#include "formats/json.h"
#include "formats/refusals.h"
#include "formats/text.h"

namespace anlan::formats {
namespace {

using namespace refusals;
using Fields = std::vector<std::string>;

TEST_CASE("csv: quoted fields, doubled quotes, CRLF and line ends inside fields") {
  struct Row {
    std::string_view text;
    std::vector<CsvRow> rows;
  };
  const std::vector<Row> rows = {
      {"a,b\r\n1,2\r\n", {{1, {"a", "b"}}, {2, {"1", "2"}}}},
      {"a,b\n1,2", {{1, {"a", "b"}}, {2, {"1", "2"}}}},
      {"\xEF\xBB\xBF"
       "a\nb\n",
       {{1, {"a"}}, {2, {"b"}}}},
      {"\"a,1\",\"say \"\"hi\"\"\"\n,\n", {{1, {"a,1", "say \"hi\""}}, {2, {"", ""}}}},
      {"\"two\r\nlines\",x\n\ny,z\n", {{1, {"two\r\nlines", "x"}}, {4, {"y", "z"}}}},
      {"a,\n,b", {{1, {"a", ""}}, {2, {"", "b"}}}},
      {"\"\"\na\n", {{1, {""}}, {2, {"a"}}}},
      {"安,澜\n ' , x \n", {{1, {"安", "澜"}}, {2, {" ' ", " x "}}}},
      {"a\rb,c\n", {{1, {"a\rb", "c"}}}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const auto parsed = parse_csv(row.text, "f.csv");
    REQUIRE(parsed.ok());
    CHECK(*parsed == row.rows);
  }
}

TEST_CASE("csv: broken quotes, ragged rows and limits are refused with their place") {
  struct Row {
    std::string text;
    RefusalCode code;
    int line;
    int column;
    std::string_view value;
  };
  const std::vector<Row> rows = {
      {"", kFileEmpty, 1, 1, ""},
      {"\n\r\n", kFileEmpty, 3, 1, ""},
      {"a,b\n1,\"2", kCsvQuote, 2, 3, "\"2"},
      {"a,b\n1,\"2\"x\n", kCsvQuote, 2, 6, "x"},
      {"a,b\n1,2\"\n", kCsvQuote, 2, 4, "\""},
      {"a,b\n\"x\ny\",z\n1\n", kCsvRagged, 4, 1, "1"},
      {"a,b\n1,2,3\n", kCsvRagged, 2, 1, "1"},
      {"a\n" + std::string(kCsvFieldBytesMax + 1, 'x'), kCsvFieldTooLong, 2, 1, ""},
      {"a\n\"" + std::string(kCsvFieldBytesMax + 1, 'x') + "\"", kCsvFieldTooLong, 2, 2, ""},
      {std::string(kValuesMax, ','), kTooManyValues, 1, static_cast<int>(kValuesMax) + 1, ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text.substr(0, 100));
    const auto parsed = parse_csv(row.text, "f.csv");
    REQUIRE_FALSE(parsed.ok());
    CHECK(parsed.refusal().code.name == row.code.name);
    CHECK(parsed.refusal().at == Place{.file = "f.csv", .line = row.line, .column = row.column});
    if (!row.value.empty()) CHECK(parsed.refusal().value == row.value);
  }
  const auto ragged = parse_csv("a,b\n1,2,3\n", "f.csv");
  CHECK(ragged.refusal().args == std::vector<RefusalArg>{{.name = "expected", .value = "2"},
                                                         {.name = "found", .value = "3"}});
  CHECK(parse_csv("a\n" + std::string(kCsvFieldBytesMax, 'x'), "f.csv").ok());
}

TEST_CASE("csv: rows become tables by the names of the columns") {
  const CsvColumns columns{
      .required = {"id", "weight"}, .optional = {"note"}, .numbers = {"weight"}};
  const auto node =
      csv_to_node("weight,id,note\n1.50,007,\nx,b,\"n\nn\"\n3,,c\n", "f.csv", columns);
  REQUIRE(node.ok());
  CHECK(
      write_json(*node) ==
      R"({"rows":[{"weight":1.50,"id":"007"},{"weight":"x","id":"b","note":"n\nn"},{"weight":3,"id":"","note":"c"}]})");
  ReadReport report("f.csv");
  NodeReader reader(*node, report);
  auto rows = reader.list("rows");
  CHECK(rows.at(0).real("weight", 0, 2) == 1.5);
  rows.at(2).text("id");
  REQUIRE(report.refused());
  CHECK(report.refusal().path == "rows[2].id");
  CHECK(report.refusal().at.line == 5);
}

TEST_CASE("csv: missing, unknown and repeated columns are refused by name") {
  struct Row {
    std::string_view text;
    RefusalCode code;
    std::string_view path;
    std::string_view near;
  };
  const CsvColumns columns{.required = {"id", "weight"}, .optional = {"note"}, .numbers = {}};
  constexpr Row kRows[] = {{"id,note\n", kCsvColumnMissing, "weight", "weight"},
                           {"id,weigth\n", kCsvColumnUnknown, "weigth", "weight"},
                           {"id,weight,colour\n", kCsvColumnUnknown, "colour", ""},
                           {"id,weight,id\n", kCsvColumnTwice, "id", "id"}};
  for (const Row& row : kRows) {
    CAPTURE(row.text);
    const auto node = csv_to_node(row.text, "f.csv", columns);
    REQUIRE_FALSE(node.ok());
    CHECK(node.refusal().code.name == row.code.name);
    CHECK(node.refusal().path == row.path);
    CHECK(node.refusal().at.line == 1);
    CHECK(node.refusal().args ==
          std::vector<RefusalArg>{{.name = "nearest", .value = std::string(row.near)}});
  }
}

TEST_CASE("write_csv: what is written is read back") {
  CHECK(rc::check("parse_csv(write_csv(rows)) == rows", [] {
    const auto width = *rc::gen::inRange<std::size_t>(1, 5);
    const auto piece = rc::gen::element<std::string>("a", "\"", ",", "\n", "\r\n", " ", "", "安",
                                                     "=1", "\r", "\uFEFF");
    const auto cell = rc::gen::map(rc::gen::container<Fields>(piece), [](const Fields& parts) {
      std::string text;
      for (const std::string& part : parts) text += part;
      return text;
    });
    const auto rows = *rc::gen::nonEmpty(
        rc::gen::container<std::vector<Fields>>(rc::gen::container<Fields>(width, cell)));
    const auto parsed = parse_csv(write_csv(rows), "f.csv");
    RC_ASSERT(parsed.ok());
    RC_ASSERT(parsed->size() == rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) RC_ASSERT((*parsed)[i].fields == rows[i]);
  }));
}

TEST_CASE("write_csv: a field that a spreadsheet would run gets an apostrophe when asked") {
  const std::vector<Fields> rows{{"=SUM(A1)", "+1+1", "-5.00", "-x", "@a", "\tb", "a=b", "", "5"}};
  CHECK(write_csv(rows, {.guard_formulas = true}) ==
        "'=SUM(A1),'+1+1,-5.00,'-x,'@a,'\tb,a=b,,5\r\n");
  CHECK(write_csv(rows) == "=SUM(A1),+1+1,-5.00,-x,@a,\tb,a=b,,5\r\n");
  CHECK(write_csv({{"a,b", "c\"d", " e"}}) == "\"a,b\",\"c\"\"d\",\" e\"\r\n");
}

}  // namespace
}  // namespace anlan::formats
