#include "underwriting/rules.h"

#include <functional>

#include <doctest/doctest.h>

#include "base/refusals.h"
#include "underwriting/fixture_test.h"
#include "underwriting/quote.h"
#include "underwriting/refusals.h"

namespace anlan::underwriting {
namespace {

using namespace samples;
using domain::Quote;
using domain::QuoteDecision;
using domain::RuleOutcome;

Node check(std::string_view test, std::string_view compare, Node value, std::string_view of = "") {
  Node out = table({{"test", text(test)}});
  if (!of.empty()) out.add("of", text(of));
  out.add(compare, std::move(value));
  return out;
}

Node rule(std::string_view code, std::vector<Node> when, std::string_view then = "refer") {
  return table({{"code", text(code)},
                {"when", list(std::move(when))},
                {"then", text(then)},
                {"zh", text("一句话")},
                {"en", text("A sentence")}});
}

Node condition() {
  return table({{"owner", text("policyholder")},
                {"days", number(30)},
                {"clears", text("control_proven")},
                {"subject", text("NET-01")},
                {"effect", text("bind_blocker")}});
}

Node matrix_row() {
  return table({{"authority_from", text("0.00")},
                {"limit_alone", text("500000.00")},
                {"limit_two", text("900000.00")},
                {"cii", Node::boolean(true)}});
}

Node file(std::vector<Node> rules) {
  Node out = table({{"name", text("t")}, {"zh", text("测试")}, {"en", text("Test")}});
  out.add("rules", list(std::move(rules)));
  out.add("authority", list({matrix_row()}));
  return out;
}

// The pilot company as it was quoted.
Quote risk() {
  Quote quote;
  quote.filed_premium = quote.premium = yuan(280'000);
  quote.filed_low = yuan(196'000);
  quote.filed_high = yuan(364'000);
  quote.aggregate_limit = yuan(40'000'000);
  quote.parts.expected_loss = yuan(69'700);
  quote.parts.technical_gross = yuan(560'000);
  const std::vector<domain::ControlState> controls{
      {.control = {"BKP-02"}, .gap = Share::from_percent(60)},
      {.control = {"NET-01"}, .gap = Share::from_percent(0)}};
  quote.controls = controls;
  quote.judged =
      domain::JudgedRisk{.sector = "C34",
                         .region = "330206",
                         .revenue = yuan(3'000'000'000),
                         .employees = 48,
                         .incidents = 1,
                         .cii_operator = false,
                         .score = control_score(controls),
                         .proven = {{"NET-01"}},
                         .conflicts = {{"IAM-02"}},
                         .facts = {{.name = {"records"}, .value = "8000"},
                                   {.name = {"sector"}, .value = "C34"},
                                   {.name = {"other_cyber_sum_insured"}, .value = "100"}}};
  return quote;
}

bool applies(Node test) {
  const auto set = read_rules(file({rule("r", {std::move(test)})}), "rules.toml");
  REQUIRE(set.ok());
  return judge(*set, risk()).size() == 1;
}

TEST_CASE("rules: every test holds on one side of its figure and not on the other") {
  struct Row {
    std::string_view test;
    std::string_view of;
    std::string_view compare;
    Node holds;
    Node fails;
  };
  const auto words = [](std::string_view word) { return list({text(word)}); };
  const Row rows[] = {
      {"fact", "records", "above", text("7999"), text("8000")},
      {"fact", "records", "at_least", text("8000"), text("8001")},
      {"fact", "sector", "is", text("c34"), text("C35")},
      {"fact", "sector", "not_in", words("C35"), words("C34")},
      {"fact", "other_cyber_sum_insured", "below", text("1.01"), text("1.00")},
      {"control_gap", "BKP-02", "above", text("59.9 %"), text("60 %")},
      {"control_gap", "LOG-01", "at_least", text("100 %"), text("100 %")},
      {"control_proven", "NET-01", "is", Node::boolean(true), Node::boolean(false)},
      {"control_proven", "BKP-02", "is", Node::boolean(false), Node::boolean(true)},
      {"sector", "", "in", words("C"), words("D")},
      {"sector", "", "not_in", words("C35"), words("C3")},
      {"region", "", "in", words("3302"), words("3301")},
      {"revenue", "", "above", text("29999999.99"), text("30000000.00")},
      {"revenue", "", "at_most", text("30000000.00"), text("29999999.99")},
      {"employees", "", "at_least", number(48), number(49)},
      {"employees", "", "below", number(49), number(48)},
      {"incidents", "", "at_least", number(1), number(2)},
      {"loss_ratio", "", "above", number(24), number(25)},
      {"technical_price", "", "at_least", number(200), number(201)},
      {"aggregate", "", "above", text("399999.99"), text("400000.00")},
      {"cii", "", "is", Node::boolean(false), Node::boolean(true)},
      {"score", "", "below", text("70.1 %"), text("70 %")},
      {"evidence_conflicts", "", "at_least", number(1), number(2)},
  };
  for (const Row& row : rows) {
    CAPTURE(row.test);
    CAPTURE(row.compare);
    CHECK(applies(check(row.test, row.compare, row.holds, row.of)));
    // An unknown control counts as absent: there is no figure above that.
    if (row.of != "LOG-01") CHECK_FALSE(applies(check(row.test, row.compare, row.fails, row.of)));
  }
  CHECK_FALSE(applies(check("fact", "at_least", text("0"), "servers")));  // nobody stated it
}

TEST_CASE("rules: a rule applies when all its tests hold, and says what it saw") {
  const Node both = rule("both", {check("employees", "at_least", number(48)),
                                  check("control_gap", "above", text("50 %"), "BKP-02")});
  const Node one = rule(
      "one", {check("employees", "at_least", number(48)), check("cii", "is", Node::boolean(true))});
  const auto set = read_rules(file({both, one}), "rules.toml");
  REQUIRE(set.ok());
  const auto found = judge(*set, risk());
  REQUIRE(found.size() == 1);
  CHECK(found[0].code == "both");
  CHECK(found[0].inputs ==
        std::vector<domain::RuleInput>{{"employees", "48", "at_least 48"},
                                       {"control_gap BKP-02", "60.0 %", "above 50.0 %"}});
  CHECK(found[0].zh == "一句话");
}

TEST_CASE("rules: the gravest decides, a condition and a factor do not") {
  const Node always = check("employees", "at_least", number(1));
  Node asks = rule("asks", {always}, "condition");
  asks.add("condition", condition());
  Node factor = rule("loading", {always}, "factor");
  factor.add("factor_percent", number(115));
  const auto decision = [](std::vector<Node> rules) {
    const auto set = read_rules(file(std::move(rules)), "rules.toml");
    REQUIRE(set.ok());
    return gravest({}, judge(*set, risk()));
  };
  const Node accept = rule("fine", {always}, "accept");
  const Node refer = rule("look", {always}, "refer");
  const Node decline = rule("no", {always}, "decline");
  CHECK(decision({accept, asks, factor}) == QuoteDecision::kBindable);
  CHECK(decision({accept, refer, asks}) == QuoteDecision::kReferred);
  CHECK(decision({decline, refer, accept}) == QuoteDecision::kDeclined);
  const domain::TriageFinding declined{.reason = domain::TriageReason::kSectorExcluded,
                                       .consequence = QuoteDecision::kDeclined};
  CHECK(gravest({declined}, {}) == QuoteDecision::kDeclined);
}

TEST_CASE("rules: factors multiply the filed premium and are rounded half-up once") {
  const auto factor = [](std::uint32_t ppm) {
    return domain::RuleFinding{.outcome = RuleOutcome::kFactor, .factor_ppm = ppm};
  };
  CHECK(premium_by({}, yuan(280'000)) == yuan(280'000));
  CHECK(premium_by({factor(1'100'000)}, yuan(280'000)) == yuan(308'000));
  CHECK(premium_by({factor(1'100'000), factor(950'000)}, yuan(280'000)) == yuan(292'600));
  CHECK(premium_by({factor(500'000)}, yuan(1)) == yuan(1));  // half a fen is a fen
  // Rounded once, not at every factor: 1.07^4 = 1.31079601.
  const std::vector<domain::RuleFinding> four(4, factor(1'070'000));
  CHECK(premium_by(four, yuan(10'000'000'000'000)) == yuan(13'107'960'100'000));
  // As many as a file may have, each as large as it may be: no product leaves 128 bits.
  const std::vector<domain::RuleFinding> most(kFactorRulesMax, factor(10'000'000));
  CHECK(premium_by(most, yuan(kAmountMax)) == yuan(kAmountMax));
}

TEST_CASE("rules: the score of a company is the mean state of its controls") {
  CHECK(control_score({}) == Share::from_percent(100));
  CHECK(risk().judged.get().score == Share::from_percent(70));
}

struct Wrong {
  RefusalCode code;
  std::string path;
  std::function<void(Node&)> change;  // of a file with one good rule that asks for a condition
};

TEST_CASE("refusals 4091 to 4096: a rule file that contradicts itself, at its place") {
  namespace base = anlan::refusals;
  const auto rule_of = [](Node& root) -> Node& { return member(root, "rules").items[0]; };
  const auto when_of = [&](Node& root) -> Node& { return member(rule_of(root), "when").items[0]; };
  const Wrong rows[] = {
      {refusals::kRuleComparison, "rules[0].when[0].at_least",
       [&](Node& root) { when_of(root).add("below", number(9)); }},
      {refusals::kRuleComparison, "rules[0].when[0].is",
       [&](Node& root) { when_of(root) = check("employees", "is", number(9)); }},
      {refusals::kRuleComparison, "rules[0].when[0].test",
       [&](Node& root) {
         when_of(root) = table({{"test", text("cii")}});
       }},
      {refusals::kRuleSubject, "rules[0].when[0].of",
       [&](Node& root) { when_of(root) = check("fact", "above", text("1"), "revenues"); }},
      {refusals::kRuleSubject, "rules[0].when[0].of",
       [&](Node& root) { when_of(root) = check("employees", "above", number(1), "BKP-02"); }},
      {refusals::kRuleSubject, "rules[0].condition.subject",
       [&](Node& root) { member(member(rule_of(root), "condition"), "clears") = text("person"); }},
      {refusals::kRuleCodeTwice, "rules[1].code",
       [&](Node& root) { member(root, "rules").items.push_back(rule_of(root)); }},
      {refusals::kRulePart, "rules[0].condition",
       [&](Node& root) { member(rule_of(root), "then") = text("refer"); }},
      {refusals::kRulePart, "rules[0].then",
       [&](Node& root) {
         member(rule_of(root), "then") = text("factor");
         std::erase_if(rule_of(root).members,
                       [](const Member& each) { return each.key == "condition"; });
       }},
      {refusals::kAuthorityBand, "authority[0].limit_two",
       [&](Node& root) {
         member(member(root, "authority").items[0], "limit_two") = text("499999.99");
       }},
      {refusals::kAuthorityTwice, "authority[1].authority_from",
       [&](Node& root) { member(root, "authority").items.push_back(matrix_row()); }},
      {base::kMissingKey, "authority",
       [&](Node& root) {
         std::erase_if(root.members, [](const Member& each) { return each.key == "authority"; });
       }},
      {base::kUnknownChoice, "rules[0].when[0].test",
       [&](Node& root) { when_of(root) = check("system_call", "is", text("rm")); }},
  };
  for (const Wrong& row : rows) {
    Node asks = rule("asks", {check("employees", "at_least", number(1))}, "condition");
    asks.add("condition", condition());
    Node root = file({asks});
    REQUIRE(read_rules(root, "rules.toml").ok());
    row.change(root);
    const auto read = read_rules(root, "rules.toml");
    CAPTURE(row.path);
    REQUIRE(!read.ok());
    CHECK(read.refusal().code.name == row.code.name);
    CHECK(read.refusal().path == row.path);
  }
}

TEST_CASE("rules: all errors of a file are found at once, none of them twice") {
  Node bad =
      rule("a", {check("employees", "is", number(1)), check("fact", "is", text("1"), "reve")},
           "condition");
  Node root = file({bad, rule("a", {}, "explode")});
  ReadReport report("rules.toml", ReadReport::Keeping::kAll);
  read_rules(root, report);
  std::vector<std::string> paths;
  for (const Refusal& refusal : report.refusals()) paths.push_back(refusal.path);
  CHECK(paths == std::vector<std::string>{"rules[0].when[0].is", "rules[0].when[1].of",
                                          "rules[0].then", "rules[1].code", "rules[1].when",
                                          "rules[1].then"});
}

// ---- in a quote

Result<Quote> quote_under(const RuleSet& rules) {
  static const Product kProduct = product();
  static const terms::Wording kWording = wording();
  static const PriceLoads kLoads = loads();
  static const SubsidyScheme kScheme = scheme();
  static const Profile kProfile = profile();
  static const std::vector<domain::ControlState> kControls = {{.control = {"BKP-02"}},
                                                              {.control = {"NET-01"}}};
  static const domain::LossResult kLoss = loss();
  return make_quote({.enterprise = {12},
                     .product = kProduct,
                     .wording = kWording,
                     .loads = kLoads,
                     .scheme = &kScheme,
                     .profile = kProfile,
                     .controls = kControls,
                     .loss = kLoss,
                     .digests = {},
                     .authority = yuan(50'000'000),
                     .today = day("2026-02-20"),
                     .from = day("2026-03-01"),
                     .renewal_of = {},
                     .rules = &rules,
                     .rules_version = 3});
}

RuleSet loading(std::int64_t percent) {
  Node factor = rule("loading", {check("employees", "at_least", number(1))}, "factor");
  factor.add("factor_percent", number(percent));
  return read_rules(file({factor}), "rules.toml").value();
}

TEST_CASE("rules: a factor moves premium, subsidy, customer's part and walk together") {
  const auto quote = quote_under(loading(110));
  REQUIRE(quote.ok());
  CHECK(quote->premium == yuan(308'000));
  CHECK(quote->filed_premium == yuan(280'000));
  CHECK(quote->subsidy + quote->customer_pays == quote->premium);
  CHECK(quote->subsidy == yuan(154'000));
  CHECK(quote->parts.filed_gross == quote->premium);
  CHECK(quote->walk.get().back().cumulative == quote->premium);
  CHECK(quote->rules_version == 3);
  CHECK(quote->applied.size() == 1);
  CHECK(quote->registration == "NB-1");
  CHECK(quote->judged.get().employees == 48);
  CHECK(judge(loading(110), *quote) == quote->applied);  // judged again from its own record
}

TEST_CASE("refusal 4098 too_many_factor_rules: a file has few rules that move the premium") {
  std::vector<Node> rules;
  for (std::size_t i = 0; i < kFactorRulesMax; ++i) {
    rules.push_back(rule("loading_" + std::to_string(i),
                         {check("employees", "at_least", number(1))}, "factor"));
    rules.back().add("factor_percent", number(101));
  }
  CHECK(read_rules(file(rules), "rules.toml").ok());
  rules.push_back(rule("one_more", {check("employees", "at_least", number(1))}, "factor"));
  rules.back().add("factor_percent", number(101));
  const auto refused = read_rules(file(rules), "rules.toml");
  REQUIRE(!refused.ok());
  CHECK(refused.refusal().code.name == refusals::kTooManyFactorRules.name);
  CHECK(refused.refusal().args[0].value == "7");
}

TEST_CASE("refusal 4097 factor_outside_filed_range: never clamped, nothing is quoted") {
  CHECK(quote_under(loading(130)).ok());  // 3,640.00, the end of the range
  for (const std::int64_t percent : {69, 131}) {
    const auto quote = quote_under(loading(percent));
    REQUIRE(!quote.ok());
    CHECK(quote.refusal().code.name == refusals::kFactorOutsideFiledRange.name);
    CHECK(quote.refusal().args[2].value == "loading");
  }
}

}  // namespace
}  // namespace anlan::underwriting
