#include "domain/enterprise_input.h"

#include <functional>

#include <doctest/doctest.h>

#include "base/refusals.h"
#include "domain/refusals.h"

namespace anlan::domain {
namespace {

Node table(std::vector<std::pair<std::string, Node>> members) {
  Node node = Node::table();
  for (auto& [key, value] : members) node.add(key, std::move(value));
  return node;
}
Node text(std::string_view value) { return Node::string(value); }
Node& member(Node& node, std::string_view key) {
  for (Member& found : node.members) {
    if (found.key == key) return found.value;
  }
  return node.add(key, Node::null());
}

Node enterprise_node() {
  return table({{"legal_name", text("宁波示例精密制造有限公司")},
                {"credit_code", text("91330206MA2EXAMP50")},
                {"assess_consent", Node::boolean(true)},
                {"stated_on", text("2026-02-20")},
                {"contact", table({{"name", text("王示例")}, {"phone", text("0574-00000000")}})},
                {"facts", table({{"employees", Node::number(48)},
                                 {"gross_margin", text("25 %")},
                                 {"revenue", text("30000000.00")},
                                 {"cii_operator", Node::boolean(false)},
                                 {"endpoints", table({{"value", text("30")},
                                                      {"source", text("scanned")},
                                                      {"observed_on", text("2026-02-18")}})}})}});
}

TEST_CASE("enterprise input: facts become canonical, in the order of the form") {
  const auto read = read_enterprise(enterprise_node(), "enterprise.toml");
  REQUIRE(read.ok());
  CHECK(read->credit_code == "91330206MA2EXAMP50");
  CHECK(read->assess_consent);
  CHECK(!read->monitor_consent);
  CHECK(read->contact == Contact{.name = "王示例", .phone = "0574-00000000", .email = ""});
  const Date stated = parse_date("2026-02-20", "").value();
  const auto declared = [&](std::string_view name, std::string_view value) {
    return Fact{.name = {std::string(name)},
                .value = std::string(value),
                .source = FactSource::kDeclared,
                .observed_on = stated};
  };
  CHECK(read->facts == std::vector<Fact>{declared("revenue", "3000000000"),
                                         declared("gross_margin", "250000"),
                                         declared("employees", "48"),
                                         {.name = {"endpoints"},
                                          .value = "30",
                                          .source = FactSource::kScanned,
                                          .observed_on = parse_date("2026-02-18", "").value()},
                                         declared("cii_operator", "no")});
}

TEST_CASE("enterprise input: bad facts and codes are refused with their path") {
  struct Row {
    RefusalCode code;
    std::function<void(Node&)> change;
    std::string_view path;
  };
  const auto fact = [](std::string_view name, Node value) {
    return [name, value](Node& n) { member(member(n, "facts"), name) = value; };
  };
  const Row rows[] = {
      {kCreditCodeCheckDigit,
       [](Node& n) { member(n, "credit_code") = text("91330206MA2EXAMP51"); }, "credit_code"},
      {kFactUnknown, fact("revenu", text("1.00")), "facts.revenu"},
      {anlan::refusals::kMoneyDecimals, fact("revenue", text("1.005")), "facts.revenue"},
      {anlan::refusals::kOutOfRange, fact("gross_margin", text("101 %")), "facts.gross_margin"},
      {kCountMalformed, fact("employees", text("about 48")), "facts.employees"},
      {anlan::refusals::kOutOfRange, fact("endpoints", table({{"value", text("99999999")}})),
       "facts.endpoints.value"},
      {anlan::refusals::kUnknownChoice,
       fact("endpoints", table({{"value", text("3")}, {"source", text("guessed")}})),
       "facts.endpoints.source"},
      {anlan::refusals::kDateInvalid, [](Node& n) { member(n, "stated_on") = text("2026-02-30"); },
       "stated_on"},
      {anlan::refusals::kUnknownKey, [](Node& n) { member(n, "contact").add("fax", text("1")); },
       "contact.fax"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.path);
    Node node = enterprise_node();
    row.change(node);
    const auto read = read_enterprise(node, "enterprise.toml");
    REQUIRE(!read.ok());
    CHECK(read.refusal().code.name == row.code.name);
    CHECK(read.refusal().path == row.path);
    CHECK(read.refusal().at.file == "enterprise.toml");
  }
  Node typo = enterprise_node();
  member(member(typo, "facts"), "revenu") = text("1.00");
  CHECK(read_enterprise(typo, "").refusal().args.at(0).value == "revenue");
}

TEST_CASE("answers input: scalars are declared, tables say more, and the order stays") {
  const std::string digest(64, 'a');
  Node node = table({{"stated_on", text("2026-02-20")},
                     {"answers", table({{"GOV-01", Node::boolean(true)},
                                        {"GOV-02", text("")},
                                        {"IAM-01", Node::number(80)},
                                        {"BKP-02", table({{"value", text("offsite")},
                                                          {"source", text("documented")},
                                                          {"evidence", text(digest)}})}})}});
  const auto read = read_answers(node, "answers.toml");
  REQUIRE(read.ok());
  const Date stated = parse_date("2026-02-20", "").value();
  CHECK(read.value() == std::vector<Answer>{{.control = {"GOV-01"},
                                             .value = "yes",
                                             .source = FactSource::kDeclared,
                                             .evidence = {},
                                             .answered_on = stated},
                                            {.control = {"IAM-01"},
                                             .value = "80",
                                             .source = FactSource::kDeclared,
                                             .evidence = {},
                                             .answered_on = stated},
                                            {.control = {"BKP-02"},
                                             .value = "offsite",
                                             .source = FactSource::kDocumented,
                                             .evidence = parse_digest(digest, "").value(),
                                             .answered_on = stated}});
  member(member(node, "answers"), "IAM 01") = Node::number(80);
  const auto refused = read_answers(node, "answers.toml");
  REQUIRE(!refused.ok());
  CHECK(refused.refusal().code.name == anlan::refusals::kNameMalformed.name);
  CHECK(refused.refusal().path == "answers.IAM 01");
}

TEST_CASE("answers input: an answer that is written wrong is refused with its path") {
  struct Row {
    RefusalCode code;
    Node value;
    std::string_view path;
  };
  const auto with = [](std::string_view key, Node value) {
    return table({{"value", text("80")}, {std::string(key), std::move(value)}});
  };
  const Row rows[] = {
      {anlan::refusals::kWrongType, Node::list(), "answers.END-01"},
      {anlan::refusals::kMissingKey, table({{"source", text("scanned")}}), "answers.END-01.value"},
      {anlan::refusals::kUnknownKey, with("sauce", text("scanned")), "answers.END-01.sauce"},
      {anlan::refusals::kUnknownChoice, with("source", text("guessed")), "answers.END-01.source"},
      {anlan::refusals::kDigestMalformed, with("evidence", text("abc")), "answers.END-01.evidence"},
      {anlan::refusals::kDateInvalid, with("observed_on", text("2026-02-30")),
       "answers.END-01.observed_on"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.path);
    const Node node =
        table({{"stated_on", text("2026-02-20")}, {"answers", table({{"END-01", row.value}})}});
    const auto read = read_answers(node, "answers.toml");
    REQUIRE(!read.ok());
    CHECK(read.refusal().code.name == row.code.name);
    CHECK(read.refusal().path == row.path);
  }
}

}  // namespace
}  // namespace anlan::domain
