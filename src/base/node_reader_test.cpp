#include "base/node_reader.h"

#include <functional>

#include <doctest/doctest.h>

#include "base/utf8.h"

namespace anlan {
namespace {

struct PolicyTag {
  static constexpr std::string_view kPrefix = "pol";
};
struct ActorTag {};

enum class Position : std::uint8_t { kBefore = 1, kAfter = 2 };
constexpr auto enum_names(Position*) {
  return std::array{EnumName<Position>{Position::kBefore, "before"},
                    EnumName<Position>{Position::kAfter, "after"}};
}

Node number(std::string_view text) { return Node::number_text(std::string(text)); }

Node list(std::vector<Node> items) {
  Node node = Node::list();
  node.items = std::move(items);
  return node;
}

Node texts(std::initializer_list<std::string_view> words) {
  Node node = Node::list();
  for (const std::string_view word : words) node.items.push_back(Node::string(word));
  return node;
}

Node table(std::vector<std::pair<std::string, Node>> members) {
  Node node = Node::table();
  for (auto& [key, value] : members) node.add(key, std::move(value));
  return node;
}

using Read = std::function<void(NodeReader&)>;

// The refusal of reading `value` as the member "k" of a table at "policy.sections[2]"; no code:
// none.
Refusal refusal_of(Node value, const Read& read) {
  ReadReport report("case.json");
  value.line = 7;
  value.column = 11;
  Node root = table(
      {{"policy",
        table({{"sections", list({table({}), table({}), table({{"k", std::move(value)}})})}})}});
  NodeReader reader(root, report, "case");
  NodeReader policy = reader.table("policy");
  std::vector<NodeReader> sections = policy.list("sections");
  read(sections.at(2));
  sections.at(2).finish();
  return report.refused() ? report.refusal() : Refusal{};
}

struct Row {
  Node value;
  RefusalCode code;
  std::string_view shown;
  std::vector<RefusalArg> args = {};
};

void check_rows(const std::vector<Row>& rows, const Read& read) {
  for (const Row& row : rows) {
    CAPTURE(row.value.text);
    const Refusal refusal = refusal_of(row.value, read);
    CHECK(refusal.code.name == row.code.name);
    CHECK(refusal.path == "policy.sections[2].k");
    CHECK(refusal.value == row.shown);
    CHECK(refusal.at == Place{.file = "case.json", .line = 7, .column = 11});
    for (const RefusalArg& arg : row.args) {
      CAPTURE(arg.name);
      CHECK(std::find(refusal.args.begin(), refusal.args.end(), arg) != refusal.args.end());
    }
  }
}

using namespace refusals;

TEST_CASE("node reader: a whole number is digits within its bounds") {
  const Read read = [](NodeReader& r) { r.whole("k", 0, 10'000); };
  const std::vector<RefusalArg> bounds{{.name = "min", .value = "0"},
                                       {.name = "max", .value = "10000"}};
  const std::vector<RefusalArg> wants{{.name = "expected", .value = "whole number"}};
  check_rows(
      {{number("10001"), kOutOfRange, "10001", bounds},
       {number("-1"), kOutOfRange, "-1", bounds},
       {number("9223372036854775808"), kOutOfRange, "9223372036854775808", bounds},
       {number("-9223372036854775809"), kOutOfRange, "-9223372036854775809", bounds},
       {number("1" + std::string(90, '0')), kOutOfRange, "1" + std::string(78, '0') + "…", bounds},
       {number("1.0"), kWrongType, "1.0", wants},
       {number("1e3"), kWrongType, "1e3", wants},
       {number("-"), kWrongType, "-", wants},
       {Node::boolean(true), kWrongType, "true", wants},
       {Node::string("5"), kWrongType, "5", wants},
       {Node::null(), kWrongType, "null", wants},
       {Node::list(), kWrongType, "[...]", wants},
       {Node::table(), kWrongType, "{...}", wants}},
      read);
  for (const auto& [text, value] :
       std::vector<std::pair<std::string, std::int64_t>>{{"0", 0}, {"-0", 0}, {"10000", 10'000}}) {
    std::int64_t got = -1;
    CHECK(refusal_of(number(text), [&](NodeReader& r) {
            got = r.whole("k", 0, 10'000);
          }).code.number == 0);
    CHECK(got == value);
  }
  std::int64_t lowest = 0;
  CHECK(refusal_of(number("-9223372036854775808"), [&](NodeReader& r) {
          lowest = r.whole("k", INT64_MIN, 0);
        }).path.empty());
  CHECK(lowest == INT64_MIN);
}

TEST_CASE("node reader: minor units are whole, not negative, at most 10^15") {
  const Read read = [](NodeReader& r) { r.minor("k", 0); };
  check_rows({{number("-1"), kMoneyNegative, "-1"},
              {number("-99999999999999999999"), kMoneyNegative, "-99999999999999999999"},
              {number("1000000000000001"), kMoneyTooLarge, "1000000000000001"},
              {number("99999999999999999999"), kMoneyTooLarge, "99999999999999999999"},
              {number("1.5"), kWrongType, "1.5"},
              {number("1e3"), kWrongType, "1e3"},
              {Node::boolean(false), kWrongType, "false"},
              {Node::string("yes"), kWrongType, "yes"},
              {Node::null(), kWrongType, "null"}},
             read);
  check_rows({{number("-1"), kMoneyNegative, "-1"}}, [](NodeReader& r) { r.minor_or_null("k"); });
  for (const auto& [text, value] : std::vector<std::pair<std::string, std::int64_t>>{
           {"0", 0}, {"-0", 0}, {"1000000000000000", kAmountMax}}) {
    CAPTURE(text);
    std::optional<std::int64_t> got;
    CHECK(
        refusal_of(number(text), [&](NodeReader& r) { got = r.minor_or_null("k"); }).path.empty());
    CHECK(got == value);
  }
}

TEST_CASE("node reader: money is read as written, each rule with its own refusal") {
  const Read read = [](NodeReader& r) { r.money("k", Currency::kCny); };
  check_rows({{number("-5"), kMoneyNegative, "-5"},
              {Node::string("1.234"), kMoneyDecimals, "1.234"},
              {number("1e3"), kMoneyMalformed, "1e3"},
              {Node::string("USD 5.00"),
               kMoneyCurrency,
               "USD 5.00",
               {{.name = "currency", .value = "CNY"}}},
              {number("99999999999999999"), kMoneyTooLarge, "99999999999999999"},
              {Node::boolean(true), kWrongType, "true", {{.name = "expected", .value = "amount"}}}},
             read);
  check_rows({{number("-5"), kMoneyNegative, "-5"}, {Node::null(), kWrongType, "null"}},
             [](NodeReader& r) { r.money_or("k", Currency::kCny, Money()); });
  for (const Node& node :
       {number("2800.00"), Node::string("2800.00"), Node::string("CNY 2800"), number("2800")}) {
    std::optional<Money> got;
    CHECK(refusal_of(node, [&](NodeReader& r) {
            got = r.money_or_null("k", Currency::kCny);
          }).path.empty());
    CHECK(got == Money::from_minor(280'000, Currency::kCny));
  }
}

TEST_CASE("node reader: decimal numbers are finite and within their bounds") {
  const Read read = [](NodeReader& r) { r.real("k", 0.0, 0.5); };
  const std::vector<RefusalArg> bounds{{.name = "min", .value = "0"},
                                       {.name = "max", .value = "0.5"}};
  check_rows({{number("0.51"), kOutOfRange, "0.51", bounds},
              {number("-0.1"), kOutOfRange, "-0.1", bounds},
              {number("1e400"), kOutOfRange, "1e400", bounds},
              {number("nan"), kWrongType, "nan"},
              {number("inf"), kWrongType, "inf"},
              {number("-inf"), kOutOfRange, "-inf"},
              {number("0.1x"), kWrongType, "0.1x"},
              {Node::string("0.1"), kWrongType, "0.1"},
              {Node::boolean(true), kWrongType, "true"}},
             read);
  double got = 0;
  CHECK(refusal_of(number("2.5e-1"), [&](NodeReader& r) {
          got = r.real_or("k", 0.0, 0.5, 9.0);
        }).path.empty());
  CHECK(got == 0.25);
}

TEST_CASE("node reader: a share is percent, exact to four decimals") {
  const Read read = [](NodeReader& r) { r.percent("k"); };
  check_rows({{Node::string("50"), kShareMalformed, "50"},
              {Node::string("%"), kShareMalformed, "%"},
              {Node::string("50  %"), kShareMalformed, "50  %"},
              {Node::string("-1 %"), kShareMalformed, "-1 %"},
              {Node::string("1.23456 %"), kShareMalformed, "1.23456 %"},
              {Node::string("1. %"), kShareMalformed, "1. %"},
              {number("1e1"), kShareMalformed, "1e1"},
              {number("1234567890123"), kShareMalformed, "1234567890123"},
              {number("100.0001"), kOutOfRange, "100.0001", {{.name = "max", .value = "100 %"}}},
              {Node::boolean(true), kWrongType, "true"}},
             read);
  struct Good {
    Node node;
    std::uint32_t ppm;
  };
  for (const Good& good :
       {Good{Node::string("50 %"), 500'000}, Good{Node::string("12.5%"), 125'000},
        Good{number("0.0001"), 1}, Good{number("100"), 1'000'000}, Good{Node::string("0 %"), 0}}) {
    Share got;
    CHECK(refusal_of(good.node, [&](NodeReader& r) { got = r.percent("k"); }).path.empty());
    CHECK(got.ppm() == good.ppm);
  }
}

TEST_CASE("node reader: texts, flags, choices, dates, names and ids are refused at their path") {
  check_rows({{Node::string(""), kEmptyText, ""}, {number("5"), kWrongType, "5"}},
             [](NodeReader& r) { r.text("k"); });
  check_rows({{number("5"), kWrongType, "5"}}, [](NodeReader& r) { r.text_or("k", ""); });
  check_rows({{Node::string("false"), kWrongType, "false", {{.name = "found", .value = "text"}}},
              {Node::null(), kWrongType, "null"}},
             [](NodeReader& r) { r.flag("k", true); });
  check_rows(
      {{Node::string("aftr"),
        kUnknownChoice,
        "aftr",
        {{.name = "choices", .value = "before | after"}, {.name = "nearest", .value = "after"}}},
       {Node::null(), kUnknownChoice, "null"},
       {number("1"), kUnknownChoice, "1"}},
      [](NodeReader& r) { r.choice_or("k", Position::kAfter); });
  check_rows({{Node::string("2026-02-29"), kDateInvalid, "2026-02-29"},
              {number("2026"), kWrongType, "2026"}},
             [](NodeReader& r) { r.date("k"); });
  check_rows({{Node::string("2026-02-28T10:00:00"), kInstantInvalid, "2026-02-28T10:00:00"}},
             [](NodeReader& r) { r.instant("k"); });
  check_rows({{Node::string("a b"), kNameMalformed, "a b"}},
             [](NodeReader& r) { r.name<ActorTag>("k"); });
  check_rows({{Node::string("clm_1"), kIdMalformed, "clm_1", {{.name = "prefix", .value = "pol"}}}},
             [](NodeReader& r) { r.id<PolicyTag>("k"); });
}

TEST_CASE("node reader: a list of texts is refused at the path of the list") {
  check_rows({{Node::list(), kEmptyList, "[...]"},
              {Node::string("all"), kWrongType, "all"},
              {Node::null(), kWrongType, "null"}},
             [](NodeReader& r) { r.texts("k"); });
  struct Spoilt {
    Node node;
    RefusalCode code;
  };
  for (const Spoilt& row :
       {Spoilt{texts({"a", "a"}), kDuplicateValue}, Spoilt{texts({"a", ""}), kEmptyText},
        Spoilt{list({Node::string("a"), number("1")}), kWrongType}}) {
    for (const Read& read : {Read([](NodeReader& r) { r.texts("k"); }),
                             Read([](NodeReader& r) { r.texts_or_empty("k"); })}) {
      const Refusal refusal = refusal_of(row.node, read);
      CHECK(refusal.code.name == row.code.name);
      CHECK(refusal.path == "policy.sections[2].k");
    }
  }
  std::vector<std::string> got;
  CHECK(refusal_of(texts({"b", "a"}), [&](NodeReader& r) { got = r.texts("k"); }).path.empty());
  CHECK(got == std::vector<std::string>{"b", "a"});
  CHECK(refusal_of(Node::list(), [&](NodeReader& r) { got = r.texts_or_empty("k"); }).path.empty());
  CHECK(got.empty());
}

TEST_CASE("node reader: tables and lists are refused at their path") {
  const std::vector<Row> no_table{
      {number("5"), kWrongType, "5", {{.name = "expected", .value = "table"}}},
      {Node::null(), kWrongType, "null"},
      {Node::list(), kWrongType, "[...]"}};
  check_rows(no_table, [](NodeReader& r) { r.table("k").whole("x", 0, 1); });
  check_rows(no_table, [](NodeReader& r) { r.table_or_empty("k"); });
  const std::vector<Row> no_list{
      {Node::table(), kWrongType, "{...}", {{.name = "expected", .value = "list"}}},
      {Node::null(), kWrongType, "null"}};
  check_rows(no_list, [](NodeReader& r) { r.list("k"); });
  check_rows(no_list, [](NodeReader& r) { r.list_or_empty("k"); });
  check_rows(no_list, [](NodeReader& r) { r.list_required("k"); });
  check_rows({{Node::list(), kEmptyList, "[...]"}}, [](NodeReader& r) { r.list("k"); });
  CHECK(refusal_of(Node::list(), [](NodeReader& r) { r.list_required("k"); }).path.empty());
}

TEST_CASE("node reader: a missing key is named under the table that misses it") {
  const std::vector<Read> required{[](NodeReader& r) { r.text("m"); },
                                   [](NodeReader& r) { r.texts("m"); },
                                   [](NodeReader& r) { r.whole("m", 0, 1); },
                                   [](NodeReader& r) { r.money("m", Currency::kCny); },
                                   [](NodeReader& r) { r.real("m", 0, 1); },
                                   [](NodeReader& r) { r.percent("m"); },
                                   [](NodeReader& r) { r.date("m"); },
                                   [](NodeReader& r) { r.instant("m"); },
                                   [](NodeReader& r) { r.table("m"); },
                                   [](NodeReader& r) { r.list("m"); },
                                   [](NodeReader& r) { r.list_required("m"); },
                                   [](NodeReader& r) { r.choice<Position>("m"); },
                                   [](NodeReader& r) { r.name<ActorTag>("m"); },
                                   [](NodeReader& r) { r.id<PolicyTag>("m"); }};
  for (std::size_t i = 0; i < required.size(); ++i) {
    CAPTURE(i);
    const Refusal refusal = refusal_of(number("1"), [&](NodeReader& r) {
      r.whole("k", 0, 1);
      required[i](r);
    });
    CHECK(refusal.code.name == kMissingKey.name);
    CHECK(refusal.path == "policy.sections[2].m");
    CHECK(refusal.value.empty());
  }
  const Refusal none = refusal_of(number("1"), [](NodeReader& r) {
    r.whole("k", 0, 1);
    CHECK(r.text_or("m", "x") == "x");
    CHECK(r.texts_or_empty("m").empty());
    CHECK(r.flag("m", true));
    CHECK(r.whole_or("m", 0, 1, 7) == 7);
    CHECK_FALSE(r.whole_or_null("m", 0, 1).has_value());
    CHECK(r.minor("m", 9) == 9);
    CHECK_FALSE(r.minor_or_null("m").has_value());
    CHECK_FALSE(r.money_or_null("m", Currency::kCny).has_value());
    CHECK(r.money_or("m", Currency::kCny, Money::from_minor(3, Currency::kCny)).minor() == 3);
    CHECK(r.real_or("m", 0, 1, 2.5) == 2.5);
    CHECK(r.choice_or("m", Position::kAfter) == Position::kAfter);
    CHECK(r.list_or_empty("m").empty());
    CHECK(r.table_or_empty("m").whole_or("x", 0, 1, 5) == 5);
  });
  CHECK(none.path.empty());
}

TEST_CASE("node reader: null is a value that only the *_or_null readers take") {
  CHECK(refusal_of(Node::null(), [](NodeReader& r) {
          CHECK_FALSE(r.has("k"));
          CHECK_FALSE(r.whole_or_null("k", 0, 1).has_value());
          CHECK_FALSE(r.minor_or_null("k").has_value());
          CHECK_FALSE(r.money_or_null("k", Currency::kCny).has_value());
          CHECK(r.texts_or_empty("k").empty());
        }).path.empty());
  CHECK(refusal_of(Node::null(), [](NodeReader& r) { r.whole_or("k", 0, 1, 0); }).path ==
        "policy.sections[2].k");
}

TEST_CASE("node reader: an unknown key is refused where it stands, with the nearest known one") {
  const Refusal refusal = refusal_of(number("1"), [](NodeReader& r) {
    r.whole_or("key", 0, 1, 0);
    r.whole_or("sublimit", 0, 1, 0);
  });
  CHECK(refusal.code == kUnknownKey);
  CHECK(refusal.path == "policy.sections[2].k");
  CHECK(refusal.value == "k");

  ReadReport report("case.json");
  Node root = table({{"policy", table({})}, {"note", number("1")}});
  root.members[1].line = 3;
  root.members[1].column = 5;
  NodeReader reader(root, report, "case");
  reader.table("policy");
  reader.text_or("notes", "");
  reader.finish();
  REQUIRE(report.refused());
  CHECK(report.refusal() == Refusal{.code = kUnknownKey,
                                    .path = "note",
                                    .value = "note",
                                    .args = {{.name = "nearest", .value = "notes"}},
                                    .at = {.file = "case.json", .line = 3, .column = 5}});
}

TEST_CASE("node reader: a key given twice is refused at its second place") {
  ReadReport report("case.json");
  Node root = table({{"a", number("1")}, {"b", number("1")}, {"a", number("2")}});
  root.members[2].line = 9;
  root.members[2].column = 2;
  NodeReader reader(root, report);
  CHECK(reader.whole("a", 0, 9) == 1);
  reader.whole("b", 0, 9);
  reader.finish();
  REQUIRE(report.refused());
  CHECK(report.refusal().code == kDuplicateKey);
  CHECK(report.refusal().path == "a");
  CHECK(report.refusal().at == Place{.file = "case.json", .line = 9, .column = 2});

  ReadReport again("case.json");
  NodeReader entries(root, again);
  CHECK(entries.entries().size() == 3);
  REQUIRE(again.refused());
  CHECK(again.refusal().code == kDuplicateKey);
}

TEST_CASE("node reader: entries and items know their paths") {
  ReadReport report("case.json");
  const Node root = table(
      {{"incidents", list({table({{"losses", table({{"FP.NONE", number("-1")}})}})})},
       {"rows", list({number("1"), number("2.5"), Node::string("x"), Node::string("1.50")})}});
  NodeReader reader(root, report, "case");
  CHECK(reader.path().empty());
  auto rows = reader.list("rows");
  REQUIRE(rows.size() == 4);
  CHECK(rows[0].path() == "rows[0]");
  CHECK(rows[0].as_whole(0, 1) == 1);
  CHECK(rows[1].as_real(0, 3) == 2.5);
  CHECK(rows[2].as_text() == "x");
  CHECK(rows[3].as_money(Currency::kCny).minor() == 150);
  CHECK_FALSE(report.refused());
  auto incidents = reader.list("incidents");
  auto losses = incidents.at(0).table("losses").entries();
  REQUIRE(losses.size() == 1);
  CHECK(losses[0].key == "FP.NONE");
  losses[0].value.as_whole(0, 5);
  REQUIRE(report.refused());
  CHECK(report.refusal().path == "incidents[0].losses.FP.NONE");
  CHECK(report.refusal().code == kOutOfRange);
}

TEST_CASE("node reader: an item or a root that is no table is named itself") {
  for (const Node& root : {Node::list(), number("5"), Node::null(), Node::string("x")}) {
    ReadReport report("case.json");
    NodeReader reader(root, report, "case");
    reader.whole_or("k", 0, 1, 0);
    REQUIRE(report.refused());
    CHECK(report.refusal().code == kWrongType);
    CHECK(report.refusal().path == "case");
    ReadReport finished("case.json");
    NodeReader(root, finished, "case").finish();
    CHECK(finished.refused());
  }
  ReadReport report("case.json");
  const Node root = table({{"incidents", list({number("5")})}});
  NodeReader reader(root, report, "case");
  reader.list("incidents").at(0).flag("peril_covered", true);
  REQUIRE(report.refused());
  CHECK(report.refusal().path == "incidents[0]");
}

TEST_CASE("node reader: only the first refusal is kept") {
  ReadReport report("case.json");
  const Node root = table({{"a", number("-1")}, {"b", number("-1")}, {"c", number("1")}});
  NodeReader reader(root, report);
  reader.whole("b", 0, 1);
  reader.whole("a", 0, 1);
  reader.refuse("c", kEmptyText);
  reader.finish();
  CHECK(report.refusal().path == "b");
  const auto result = report.result(5);
  REQUIRE_FALSE(result.ok());
  CHECK(result.refusal() == report.refusal());
  CHECK(ReadReport("f").result(5).value() == 5);
}

TEST_CASE("node reader: a rule of the caller carries its own arguments") {
  const Refusal refusal = refusal_of(Node::string("GBK"), [](NodeReader& r) {
    r.text("k");
    r.refuse("k", kTextTooLong, {{.name = "max", .value = "2"}});
  });
  CHECK(refusal.code == kTextTooLong);
  CHECK(refusal.path == "policy.sections[2].k");
  CHECK(refusal.value == "GBK");
  CHECK(refusal.args == std::vector<RefusalArg>{{.name = "max", .value = "2"}});
  const Refusal whole = refusal_of(number("1"), [](NodeReader& r) { r.refuse("", kEmptyList); });
  CHECK(whole.path == "policy.sections[2]");
  CHECK(whole.value == "{...}");
}

TEST_CASE("node reader: endless keys stay short in paths") {
  ReadReport report("case.json");
  const std::string key(1'000'000, 'k');
  const Node root = table({{key, Node::null()}});
  NodeReader(root, report).finish();
  REQUIRE(report.refused());
  CHECK(report.refusal().path == shortened(key, 80));
  CHECK(report.refusal().value == shortened(key, 80));
  CHECK(report.refusal().args == std::vector<RefusalArg>{{.name = "nearest", .value = ""}});
}

TEST_CASE("nearest: the known word with the fewest changes, or none") {
  const std::vector<std::string> known{"deductible", "sublimit_occ", "sublimit_agg",
                                       "coins_bp",   "code",         "time"};
  struct Near {
    std::string_view word;
    std::string_view found;
  };
  constexpr Near kRows[] = {{"deductable", "deductible"},
                            {"Deductible", "deductible"},
                            {"deduct", ""},
                            {"sublimit_oc", "sublimit_occ"},
                            {"sublimit", ""},
                            {"sublimit_a", "sublimit_agg"},
                            {"coin_bp", "coins_bp"},
                            {"cod", "code"},
                            {"kode", "code"},
                            {"mode", "code"},
                            {"xyz", ""},
                            {"tm", ""},
                            {"", ""},
                            {"c", ""}};
  for (const Near& row : kRows) {
    CAPTURE(row.word);
    CHECK(nearest(row.word, known) == row.found);
  }
  CHECK(nearest("abc", {}).empty());
}

TEST_CASE("a required key that stands there misspelt is told as the misspelling") {
  Node root = Node::table();
  root.add("summry", Node::string("x"));
  root.add("other", Node::string("y"));
  ReadReport report("case.toml");
  NodeReader reader(root, report);
  reader.text("summary");
  reader.text("other");
  CHECK(report.refusal().code == refusals::kMissingKey);
  reader.finish();
  CHECK(report.refusal().code == refusals::kUnknownKey);
  CHECK(report.refusal().path == "summry");
  CHECK(report.refusal().args[0].value == "summary");

  ReadReport missing("case.toml");
  NodeReader second(root, missing);
  second.text("peril");
  second.text("other");
  second.text_or("summry", "");
  second.finish();
  CHECK(missing.refusal().code == refusals::kMissingKey);
  CHECK(missing.refusal().path == "peril");
}

// Two sections, each with two faults, and a rule that looks at one of the faults.
Node faulty_policy() {
  const auto at = [](Node node, int line, int column) {
    node.line = line;
    node.column = column;
    return node;
  };
  Node first = at(table({{"code", at(number("5"), 3, 8)}, {"wait", at(number("-1"), 4, 8)}}), 2, 1);
  Node second = at(table({{"coed", at(Node::string("B"), 7, 8)}}), 6, 1);
  second.members[0].line = 7;
  second.members[0].column = 1;
  Node sections = at(list({first, second}), 2, 1);
  return at(table({{"sections", sections}, {"limit", at(Node::string("x"), 1, 9)}}), 1, 1);
}

std::vector<Refusal> all_refusals(ReadReport& report) {
  Node root = faulty_policy();
  NodeReader reader(root, report, "policy");
  for (NodeReader& section : reader.list("sections")) {
    section.text("code");
    const std::int64_t wait = section.whole_or("wait", 0, 9, 0);
    section.finish();
    if (wait == 0) section.refuse("wait", kOutOfRange);
    section.refuse_value("code", kDuplicateValue);
  }
  NodeReader missing = reader.table("terms");
  missing.text("clause");
  missing.refuse("clause", kEmptyText);
  reader.whole("limit", 0, 9);
  reader.finish();
  return report.in_file_order();
}

TEST_CASE("read report: all refusals are kept in the order of the file, none that only follows") {
  ReadReport report("f.toml", ReadReport::Keeping::kAll);
  std::string listed;
  for (const Refusal& refusal : all_refusals(report)) {
    CHECK(refusal.at.file == "f.toml");
    listed += std::string(refusal.code.name) + " " + refusal.path + " " +
              std::to_string(refusal.at.line) + "\n";
  }
  CHECK(listed ==
        "missing_key terms 1\n"
        "wrong_type limit 1\n"
        "wrong_type sections[0].code 3\n"
        "out_of_range sections[0].wait 4\n"
        "unknown_key sections[1].coed 7\n");
}

TEST_CASE("read report: one who does not ask for all gets the first refusal alone") {
  ReadReport report("f.toml");
  const std::vector<Refusal> kept = all_refusals(report);
  REQUIRE(kept.size() == 1);
  CHECK(kept[0].path == "sections[0].code");
  CHECK(report.refusal() == kept[0]);
}

TEST_CASE("read report: no more refusals are kept than its bound") {
  ReadReport report("f.toml", ReadReport::Keeping::kAll);
  for (int i = 0; i < 1000; ++i) {
    report.refuse({.code = kEmptyText, .path = "a" + std::to_string(i)});
    report.refuse({.code = kEmptyText, .path = "a0.b"});
  }
  CHECK(report.refusals().size() == kRefusalsMax);
}

TEST_CASE("node reader: a path is found again in the tree, and what is within another is known") {
  const Node root = faulty_policy();
  REQUIRE(find_path(root, "sections[1].coed") != nullptr);
  CHECK(find_path(root, "sections[1].coed")->text == "B");
  CHECK(find_path(root, "") == &root);
  for (const char* path :
       {"sections[2]", "sections[-1]", "sections[x]", "sections[", "sections[1", "limit.a", "b"}) {
    CAPTURE(path);
    const Node* found = find_path(root, path);
    CHECK((found == nullptr || std::string_view(path) == "sections[1"));
  }
  CHECK(is_within("a.b", "a"));
  CHECK(is_within("a[0].b", "a"));
  CHECK(is_within("a", "a"));
  CHECK(!is_within("ab", "a"));
  CHECK(!is_within("a", "a.b"));
}

}  // namespace
}  // namespace anlan
