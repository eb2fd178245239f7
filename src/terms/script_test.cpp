// A small script as a tree; the files of data/scenarios are read by the program's own tests.
#include "terms/script.h"

#include <functional>

#include <doctest/doctest.h>

#include "base/node_reader.h"
#include "terms/refusals.h"

using namespace anlan;
using namespace anlan::terms;

namespace {

using Pairs = std::vector<std::pair<std::string, Node>>;

Node table(const Pairs& members) {
  Node node = Node::table();
  for (const auto& [key, value] : members) node.add(key, value);
  return node;
}
Node text(std::string_view value) { return Node::string(value); }
Node list(const std::vector<Node>& items) {
  Node node = Node::list();
  node.items = items;
  return node;
}
Node& at(Node& node, std::string_view key) {
  for (Member& member : node.members) {
    if (member.key == key) return member.value;
  }
  return node.add(key, Node::null());
}

Node stretch(std::int64_t hours, std::string_view lost, std::int64_t gap) {
  Node out = table({{"hours", Node::number(hours)}, {"lost", text(lost)}});
  if (gap != 0) out.add("gap", Node::number(gap));
  return out;
}

Node loss(std::string_view head, std::string_view amount) {
  return table({{"head", text(head)}, {"amount", text(amount)}});
}

Node plain() {
  const Node both = table({{"zh", text("事件")}, {"en", text("Incident")}});
  return table(
      {{"id", text("a-case")},
       {"kind", text("everyday")},
       {"version", text("1.0")},
       {"title", both},
       {"story", both},
       {"assumptions", list({text("losses[0].amount"), text("outage")})},
       {"peril", text("ransomware")},
       {"causes", list({text("war")})},
       {"occurred", text("2026-03-09T08:00:00+08:00")},
       {"discovered", text("2026-03-09T09:00:00+08:00")},
       {"reported", text("2026-03-10T09:00:00+08:00")},
       {"location", text("CN")},
       {"records", Node::number(5)},
       {"parties", list({text("insured")})},
       {"currency", text("CNY")},
       {"company", table({{"sector", text("c34")},
                          {"revenue", text("1000000.00")},
                          {"employees", Node::number(10)}})},
       {"outage", table({{"section", text("FP.BI")},
                         {"profit_per_hour", text("100.01")},
                         {"stretches", list({stretch(2, "100 %", 0), stretch(1, "35 %", 4)})}})},
       {"losses", list({loss("FP.IR", "300.00")})},
       {"mitigation", text("7.00")},
       {"conditions_met", list({text("police_report")})},
       {"rates", list({table({{"currency", text("USD")},
                              {"date", text("2026-03-09")},
                              {"rate", text("7.10")},
                              {"source", text("test")}})})}});
}

struct Bad {
  const char* what;
  std::function<void(Node&)> spoil;
  RefusalCode code;
};

}  // namespace

TEST_CASE("script: hours follow the stretches, half-up, and a gap leaves no hour") {
  const auto read = read_script(plain(), "scenarios/a-case.toml");
  REQUIRE(read.ok());
  CHECK(read->company.sector == "C34");
  REQUIRE(read->outage);
  CHECK(read->outage->hourly == std::vector<std::int64_t>{10'001, 10'001, 3'500});  // 3500.35
  CHECK(read->outage->outage().minutes == 180);
  CHECK(read->outage->stretches[1].gap == 4);
  CHECK(in_script_currency(*read, Money::from_minor(5'000'000, Currency::kUsd)) ==
        Money::from_minor(35'500'000, Currency::kCny));  // 50,000 USD x 7.10
}

TEST_CASE("script: scaling multiplies amounts by the revenues and takes the own profit an hour") {
  const auto read = read_script(plain(), "a-case.toml");
  REQUIRE(read.ok());
  const Money twice = Money::from_minor(200'000'000, Currency::kCny);
  const Script out = scaled_to(*read, twice, Money::from_minor(1'000, Currency::kCny));
  CHECK(out.losses[0].amount.minor() == 60'000);
  CHECK(out.mitigation.minor() == 1'400);
  CHECK(out.outage->hourly == std::vector<std::int64_t>{1'000, 1'000, 350});
  const Script same = scaled_to(*read, read->company.revenue, *read->outage->profit_per_hour);
  CHECK(same.losses == read->losses);
  CHECK(same.outage->hourly == read->outage->hourly);
}

TEST_CASE("script: days without the fix run from the day on which it could be had") {
  Node node = plain();
  node.add("vulnerability", table({{"id", text("CVE-1")}, {"fix_available", text("2026-01-22")}}));
  const auto read = read_script(node, "a-case.toml");
  REQUIRE(read.ok());
  CHECK(read->days_unpatched() == 46);
  CHECK(!read_script(plain(), "a-case.toml")->days_unpatched());
}

TEST_CASE("script: every rule of the form is refused with its own code") {
  namespace r = terms::refusals;
  namespace b = anlan::refusals;
  const std::vector<Bad> table_of{
      {"another id", [](Node& n) { at(n, "id") = text("other"); }, r::kScriptName},
      {"unknown key", [](Node& n) { n.add("url", text("x")); }, b::kUnknownKey},
      {"no source", [](Node& n) { at(n, "kind") = text("public"); }, r::kScriptSource},
      {"peril", [](Node& n) { at(n, "peril") = text("ransom"); }, r::kPerilUnknown},
      {"cause", [](Node& n) { at(n, "causes") = list({text("wars")}); }, r::kCauseUnknown},
      {"found before", [](Node& n) { at(n, "discovered") = text("2026-03-09T07:00:00+08:00"); },
       r::kScriptTimes},
      {"told before", [](Node& n) { at(n, "reported") = text("2026-03-09T08:30:00+08:00"); },
       r::kScriptTimes},
      {"country", [](Node& n) { at(n, "location") = text("China"); }, r::kCountryMalformed},
      {"head", [](Node& n) { at(n, "losses") = list({loss("FP.XX", "1.00")}); }, r::kHeadUnknown},
      {"head of the outage", [](Node& n) { at(n, "losses") = list({loss("FP.BI", "1.00")}); },
       r::kScriptHead},
      {"mitigation as a loss", [](Node& n) { at(n, "losses") = list({loss("FP.MITIG", "1.00")}); },
       r::kScriptHead},
      {"two curves", [](Node& n) { at(n, "outage").add("hourly", list({text("1.00")})); },
       r::kScriptCurve},
      {"gap first",
       [](Node& n) { at(at(n, "outage"), "stretches") = list({stretch(2, "100 %", 1)}); },
       b::kOutOfRange},
      {"no rate",
       [](Node& n) {
         Node euro = loss("FP.IR", "1.00");
         euro.add("currency", text("EUR"));
         at(n, "losses") = list({euro});
       },
       r::kScriptRate},
      {"rate of nothing", [](Node& n) { at(at(n, "rates").items[0], "rate") = text("0.0"); },
       r::kScriptRate},
      {"betterment above",
       [](Node& n) { at(n, "losses").items[0].add("betterment", text("300.01")); }, b::kOutOfRange},
      {"paid before",
       [](Node& n) {
         at(n, "losses").items[0].add("after_hours", Node::number(5));
         at(n, "losses").items[0].add("paid_after_hours", Node::number(4));
       },
       r::kScriptTimes},
      {"nothing lost",
       [](Node& n) {
         std::erase_if(n.members, [](const Member& m) {
           return m.key == "outage" || m.key == "losses" || m.key == "mitigation";
         });
       },
       r::kScriptEmpty},
      {"assumption of nothing",
       [](Node& n) { at(n, "assumptions") = list({text("damage.amount")}); }, r::kScriptAssumption},
      {"sector", [](Node& n) { at(at(n, "company"), "sector") = text("9"); },
       RefusalCode{0, "sector_malformed"}},
  };
  for (const Bad& row : table_of) {
    CAPTURE(row.what);
    Node node = plain();
    row.spoil(node);
    const auto read = read_script(node, "a-case.toml");
    REQUIRE(!read.ok());
    CHECK(std::string(read.refusal().code.name) == std::string(row.code.name));
  }
}
