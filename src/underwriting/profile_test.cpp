#include "underwriting/profile.h"

#include <algorithm>
#include <functional>

#include <doctest/doctest.h>

#include "base/refusals.h"
#include "domain/refusals.h"
#include "underwriting/fixture_test.h"
#include "underwriting/refusals.h"

namespace anlan::underwriting {
namespace {

using namespace samples;
using domain::Fact;

Fact fact(std::string_view name, std::string_view value) {
  return {.name = {std::string(name)}, .value = std::string(value)};
}

std::vector<Fact> stated() {
  return {fact("sector", "C34"),         fact("region", "330206"), fact("revenue", "3000000000"),
          fact("employees", "48"),       fact("endpoints", "30"),  fact("incidents_36m", "0"),
          fact("gross_margin", "250000")};
}

Node row(std::string_view fact, std::string_view value) {
  Node node = table({{"fact", text(fact)}, {"value", text(value)}, {"source", text("assumption")}});
  if (fact == "cii_operator") return node;
  node.add("low", text("0"));
  node.add("high", text(value));
  return node;
}
Node row_of_sector(std::string_view fact, std::string_view sector, std::string_view value) {
  Node node = row(fact, value);
  node.add("sector", text(sector));
  return node;
}

Node inference_node() {
  Node rows =
      list({row("gross_margin", "30 %"), row("it_dependence", "60 %"), row("online_revenue", "5 %"),
            row("servers", "1"), row("ot_lines", "0"), row("records", "5000"),
            row("sensitive_records", "200"), row("cii_operator", "no"),
            row("other_cyber_sum_insured", "0"), row_of_sector("records", "C", "8000"),
            row_of_sector("records", "C34", "7000"), row_of_sector("records", "F52", "50000")});
  member(rows.items[2], "by") = text("of_revenue");
  member(rows.items[2], "low") = text("0 %");
  member(rows.items[3], "by") = text("per_100_employees");
  member(rows.items[3], "value") = number(7);
  member(rows.items[3], "low") = number(2);
  member(rows.items[3], "high") = number(20);
  member(rows.items[10], "employees_max") = number(47);
  return table({{"infer", std::move(rows)}});
}

Inference inference() { return read_inference(inference_node(), "inference.toml").value(); }

TEST_CASE("profile: stated facts are taken, the rest inferred and named in the order of the form") {
  const auto made = make_profile(stated(), inference());
  REQUIRE(made.ok());
  CHECK(made->gross_margin == Share::from_percent(25));   // stated
  CHECK(made->it_dependence == Share::from_percent(60));  // a value
  CHECK(made->online_revenue == yuan(150'000'000));       // 5 % of the revenue
  CHECK(made->servers == 3);                              // 48 x 7 / 100, half-up
  CHECK(made->records == 8'000);  // "C34" is nearer but ends at 47 employees
  CHECK(!made->cii_operator);
  std::vector<std::string> names;
  for (const domain::FactName& name : made->inferred) names.push_back(name.text);
  CHECK(names == std::vector<std::string>{"it_dependence", "online_revenue", "servers", "ot_lines",
                                          "records", "sensitive_records", "cii_operator",
                                          "other_cyber_sum_insured"});
}

TEST_CASE("profile: stated facts that contradict each other are refused, both named") {
  struct Row {
    std::vector<Fact> more;
    std::string_view path, value, other, limit;
  };
  const Row rows[] = {
      {{fact("online_revenue", "3000000001")},
       "online_revenue",
       "3000000001",
       "revenue",
       "3000000000"},
      {{fact("records", "100"), fact("sensitive_records", "101")},
       "sensitive_records",
       "101",
       "records",
       "100"},
  };
  for (const Row& row : rows) {
    std::vector<Fact> facts = stated();
    facts.insert(facts.end(), row.more.begin(), row.more.end());
    const auto made = make_profile(facts, inference());
    REQUIRE(!made.ok());
    CHECK(made.refusal().code == refusals::kFactsContradict);
    CHECK(made.refusal().path == row.path);
    CHECK(made.refusal().value == row.value);
    CHECK(made.refusal().args.at(0).value == row.other);
    CHECK(made.refusal().args.at(1).value == row.limit);
    // Equal is no contradiction.
    facts.back().value = std::string(row.limit);
    CHECK(make_profile(facts, inference()).ok());
  }
}

TEST_CASE("profile: a revenue of nothing cannot be priced") {
  std::vector<Fact> facts = stated();
  facts[2].value = "0";
  const auto made = make_profile(facts, inference());
  REQUIRE(!made.ok());
  CHECK(made.refusal().code == refusals::kRevenueMustBePositive);
  CHECK(made.refusal().path == "revenue");
}

TEST_CASE("profile: an inferred fact gives way to a stated one and stays flagged") {
  std::vector<Fact> facts = stated();
  facts.push_back(fact("records", "50"));  // 200 sensitive ones are inferred
  const Profile few = make_profile(facts, inference()).value();
  CHECK(few.records == 50);
  CHECK(few.sensitive_records == 50);
  facts.back() = fact("sensitive_records", "9000");  // 8,000 records are inferred
  const Profile many = make_profile(facts, inference()).value();
  CHECK(many.records == 9'000);
  CHECK(many.sensitive_records == 9'000);
  CHECK(std::find(many.inferred.begin(), many.inferred.end(), domain::FactName{"records"}) !=
        many.inferred.end());
}

TEST_CASE("profile: the nearest sector and the smallest size that holds the company count") {
  struct Row {
    std::string_view sector;
    std::int64_t employees;
    std::string_view records;
  };
  const Row rows[] = {{"C34", 47, "7000"}, {"C3481", 10, "7000"}, {"C34", 48, "8000"},
                      {"C35", 10, "8000"}, {"F52", 10, "50000"},  {"F51", 10, "5000"}};
  for (const Row& row : rows) {
    CAPTURE(row.sector);
    CHECK(infer(inference(), *domain::find_fact_kind("records"),
                {.sector = std::string(row.sector), .employees = row.employees}) == row.records);
  }
}

TEST_CASE("inference: the plausible range scales as its value does") {
  const auto servers = infer_range(inference(), *domain::find_fact_kind("servers"),
                                   {.sector = "C34", .employees = 48});
  CHECK(servers.low == "1");  // 48 x 2 / 100, half-up
  CHECK(servers.value == "3");
  CHECK(servers.high == "10");
  const auto flag = infer_range(inference(), *domain::find_fact_kind("cii_operator"),
                                {.sector = "C34", .employees = 48});
  CHECK((flag.low == "no" && flag.high == "no"));
}

TEST_CASE("profile: all missing facts are asked for at once, with their questions") {
  std::vector<Fact> facts = stated();
  std::erase_if(facts, [](const Fact& each) {
    return each.name.text == "revenue" || each.name.text == "endpoints";
  });
  const auto missing = missing_facts(facts);
  REQUIRE(missing.size() == 2);
  CHECK(missing[0]->name == "revenue");
  CHECK(!missing[0]->zh.empty());
  CHECK(missing[1]->name == "endpoints");
  const auto made = make_profile(facts, inference());
  REQUIRE(!made.ok());
  CHECK(made.refusal().code == refusals::kFactsMissing);
  CHECK(made.refusal().args.at(0).value == "revenue, endpoints");
  CHECK(missing_facts(stated()).empty());
}

TEST_CASE(
    "inference: a table that cannot infer every fact, or infers what is asked for, is refused") {
  struct Row {
    std::string_view what;
    std::function<void(Node&)> change;
    RefusalCode code;
  };
  const Row rows[] = {
      {"no row for servers", [](Node& n) { n.items.erase(n.items.begin() + 3); },
       refusals::kInferenceMissing},
      {"only for small companies",
       [](Node& n) { member(n.items[0], "employees_max") = number(10); },
       refusals::kInferenceMissing},
      {"revenue is asked for", [](Node& n) { member(n.items[0], "fact") = text("revenue"); },
       domain::kFactUnknown},
      {"not a share", [](Node& n) { member(n.items[0], "value") = text("130 %"); },
       anlan::refusals::kOutOfRange},
      {"the low end above the value", [](Node& n) { member(n.items[0], "low") = text("31 %"); },
       refusals::kInferenceRange},
      {"the high end below the value", [](Node& n) { member(n.items[3], "high") = number(6); },
       refusals::kInferenceRange},
      {"no low end of a number",
       [](Node& n) {
         std::erase_if(n.items[5].members, [](const Member& m) { return m.key == "low"; });
       },
       anlan::refusals::kMissingKey},
      {"a flag with a range", [](Node& n) { n.items[7].add("low", text("no")); },
       anlan::refusals::kUnknownKey},
      {"no such sector", [](Node& n) { member(n.items[9], "sector") = text("Z"); },
       domain::kSectorUnknown},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    Node node = inference_node();
    row.change(member(node, "infer"));
    const auto read = read_inference(node, "inference.toml");
    REQUIRE(!read.ok());
    CHECK(read.refusal().code.name == row.code.name);
  }
}

}  // namespace
}  // namespace anlan::underwriting
