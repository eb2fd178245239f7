#include "domain/incident_input.h"

#include <functional>

#include <doctest/doctest.h>

#include "base/refusals.h"
#include "domain/input_refusals.h"

namespace anlan::domain {
namespace {

Node table(std::vector<std::pair<std::string, Node>> members) {
  Node node = Node::table();
  for (auto& [key, value] : members) node.add(key, std::move(value));
  return node;
}
Node list(std::vector<Node> items) {
  Node node = Node::list();
  node.items = std::move(items);
  return node;
}
Node text(std::string_view value) { return Node::string(value); }
Node& member(Node& node, std::string_view key) {
  for (Member& found : node.members) {
    if (found.key == key) return found.value;
  }
  return node.add(key, Node::null());
}
Money yuan(std::int64_t minor) { return Money::from_minor(minor, Currency::kCny); }

Node line(std::string_view days, std::string_view hours, std::string_view amount) {
  return table({{"days", text(days)}, {"hours", text(hours)}, {"amount", text(amount)}});
}

Node incident_node() {
  return table(
      {{"peril", text("ransomware")},
       {"occurred", text("2026-05-11T08:00:00+08:00")},
       {"discovered", text("2026-05-11T08:20:00+08:00")},
       {"summary", text("勒索软件")},
       {"items", list({table({{"head", text("FP.EXT.RANSOM")},
                              {"amount", text("38000.00")},
                              {"note", text("赎金")}}),
                       table({{"head", text("FP.HW")},
                              {"amount", text("9000.00")},
                              {"betterment", text("1000.00")}})})},
       {"interruption", table({{"section", text("FP.BI")},
                               {"started", text("2026-05-11T08:00:00+08:00")},
                               {"restored", text("2026-05-17T08:00:00+08:00")},
                               {"stopped", text("80 %")},
                               {"profile", list({line("mon-sat", "08-18", "2200.00"),
                                                 line("mon-sat", "18-22", "550.00")})},
                               {"sales", list({table({{"from", text("2026-05-16T08:00:00+08:00")},
                                                      {"until", text("2026-05-16T18:00:00+08:00")},
                                                      {"gross_profit", text("15200.00")}})})}})},
       {"conditions",
        list({table({{"condition", text("police_report")}, {"reference", text("receipt 7")}})})}});
}

Node rate(std::string_view currency, std::string_view amount) {
  return table({{"currency", text(currency)},
                {"date", text("2026-05-11")},
                {"rate", text(amount)},
                {"source", text("PBC")}});
}

Node attribution(std::string_view state) {
  return table({{"source", text("court")},
                {"date", text("2026-06-01")},
                {"confidence", text("62.5 %")},
                {"state", text(state)},
                {"bystanding", Node::boolean(true)}});
}

TEST_CASE("incident input: place, attribution, first claim, rates, invoices and later stretches") {
  Node node = incident_node();
  node.add("location", text("CN"));
  node.add("first_claim", text("2026-06-11T08:00:00+08:00"));
  node.add("circumstances", text("2026-05-12T08:00:00+08:00"));
  node.add("attribution", attribution("XX"));
  node.add("rates", list({rate("USD", "7.10")}));
  Node& item = member(node, "items").items[0];
  item.add("currency", text("USD"));
  item.add("incurred", text("2026-05-13T08:00:00+08:00"));
  item.add("vendor", text("North CERT"));
  member(node, "interruption")
      .add("again", list({table({{"started", text("2026-05-18T08:00:00+08:00")},
                                 {"restored", text("2026-05-18T18:00:00+08:00")},
                                 {"stopped", text("50 %")}})}));
  const auto read = read_incident(node, "incident.toml", Currency::kCny);
  REQUIRE(read.ok());
  const Incident& incident = read->incident;
  CHECK(incident.location == "CN");
  CHECK(minutes_between(incident.occurred, *incident.first_claim) == 31 * 1440);
  CHECK(minutes_between(incident.occurred, *incident.circumstances) == 1440);
  CHECK(incident.attribution->source == AttributionSource::kCourt);
  CHECK(incident.attribution->confidence.ppm() == 625'000);
  CHECK(incident.attribution->state == "XX");
  CHECK(!incident.attribution->state_impaired);
  CHECK(incident.attribution->bystanding);
  CHECK(read->loss.rates.at(0).rate_ppm == 7'100'000);
  CHECK(read->loss.items[0].amount == Money::from_minor(3'800'000, Currency::kUsd));
  CHECK(minutes_between(incident.occurred, *read->loss.items[0].incurred) == 2 * 1440);
  CHECK(read->loss.items[0].vendor == "North CERT");
  CHECK(read->loss.interruption->again.at(0).stopped_ppm == 500'000);
}

TEST_CASE(
    "incident input: nobody blamed has no date, what was done to states is read all the same") {
  Node node = incident_node();
  node.add("attribution",
           table({{"source", text("none")}, {"state_impaired", Node::boolean(true)}}));
  member(node, "interruption").add("provider", text("cloud_one"));
  const auto read = read_incident(node, "incident.toml", Currency::kCny);
  REQUIRE(read.ok());
  CHECK(read->incident.attribution->source == AttributionSource::kNone);
  CHECK(read->incident.attribution->state_impaired);
  CHECK(read->loss.interruption->provider == "cloud_one");
  member(node, "attribution").add("state", text("XX"));
  CHECK_FALSE(read_incident(node, "incident.toml", Currency::kCny).ok());
}

TEST_CASE("incident input: an incident, its losses and its conditions are read") {
  const auto read = read_incident(incident_node(), "incident.toml", Currency::kCny);
  REQUIRE(read.ok());
  CHECK(read->incident.peril.text == "ransomware");
  CHECK(minutes_between(read->incident.occurred, read->incident.discovered) == 20);
  REQUIRE(read->loss.items.size() == 2);
  CHECK(read->loss.items[0].head.text == "FP.EXT.RANSOM");
  CHECK(read->loss.items[0].amount == yuan(3'800'000));
  CHECK(read->loss.items[1].betterment == yuan(100'000));
  CHECK(read->loss.mitigation == yuan(0));
  CHECK(read->conditions.at(0).condition == "police_report");
  const InterruptionStatement& stop = read->loss.interruption.value();
  CHECK(minutes_between(stop.started, stop.restored) == 6 * 24 * 60);
  CHECK(stop.stopped_ppm == 800'000);
  CHECK(stop.sales.at(0).gross_profit == yuan(1'520'000));
}

TEST_CASE("incident input: the weekly profile has an amount for each hour that is named") {
  const auto read = read_incident(incident_node(), "incident.toml", Currency::kCny);
  const std::vector<std::int64_t>& week = read->loss.interruption->weekly_profit;
  REQUIRE(week.size() == 168);
  std::int64_t sum = 0;
  for (const std::int64_t hour : week) sum += hour;
  CHECK(sum == 14'520'000);            // six days of 10 x 2,200.00 and 4 x 550.00: 145,200.00
  CHECK(week[7] == 0);                 // Monday 07-08
  CHECK(week[8] == 220'000);           // Monday 08-09
  CHECK(week[5 * 24 + 21] == 55'000);  // Saturday 21-22
  CHECK(week[5 * 24 + 22] == 0);
  CHECK(week[6 * 24 + 12] == 0);  // Sunday
}

TEST_CASE("incident input: days are a day, a range, or several with commas") {
  struct Row {
    std::string_view days;
    std::vector<int> hours;  // days of the week, Monday 0, that earn
  };
  const Row rows[] = {{"wed", {2}},
                      {"mon-sun", {0, 1, 2, 3, 4, 5, 6}},
                      {"mon,fri-sun", {0, 4, 5, 6}},
                      {"sun,mon", {0, 6}}};
  for (const Row& row : rows) {
    CAPTURE(row.days);
    Node node = incident_node();
    member(member(node, "interruption"), "profile") = list({line(row.days, "00-24", "1.00")});
    const auto read = read_incident(node, "incident.toml", Currency::kCny);
    REQUIRE(read.ok());
    const std::vector<std::int64_t>& week = read->loss.interruption->weekly_profit;
    for (int day = 0; day < 7; ++day) {
      CAPTURE(day);
      const bool earns = std::find(row.hours.begin(), row.hours.end(), day) != row.hours.end();
      for (int hour = 0; hour < 24; ++hour) {
        CHECK(week[static_cast<std::size_t>(day * 24 + hour)] == (earns ? 100 : 0));
      }
    }
  }
}

TEST_CASE("incident input: what no claim could be made of is refused with its path") {
  struct Row {
    RefusalCode code;
    std::function<void(Node&)> change;
    std::string_view path;
    std::vector<RefusalArg> args = {};
  };
  const auto profile = [](std::vector<Node> lines) {
    return [lines](Node& n) { member(member(n, "interruption"), "profile") = list(lines); };
  };
  const Row rows[] = {
      {kIncidentPerilUnknown,
       [](Node& n) { member(n, "peril") = text("ransomeware"); },
       "peril",
       {{.name = "nearest", .value = "ransomware"}}},
      {kDiscoveredBeforeIncident,
       [](Node& n) { member(n, "discovered") = text("2026-05-11T07:59:59+08:00"); }, "discovered"},
      {kIncidentHeadUnknown,
       [](Node& n) { member(member(n, "items").items[1], "head") = text("FP.HM"); },
       "items[1].head",
       {{.name = "nearest", .value = "FP.HW"}}},
      {kIncidentHeadUnknown,
       [](Node& n) { member(member(n, "interruption"), "section") = text("BI"); },
       "interruption.section"},
      {kWeekdaysMalformed, profile({line("sat-mon", "08-18", "1.00")}),
       "interruption.profile[0].days"},
      {kWeekdaysMalformed, profile({line("mon,", "08-18", "1.00")}),
       "interruption.profile[0].days"},
      {kWeekdaysMalformed, profile({line("Monday", "08-18", "1.00")}),
       "interruption.profile[0].days"},
      {kHoursMalformed, profile({line("mon", "8-18", "1.00")}), "interruption.profile[0].hours"},
      {kHoursMalformed, profile({line("mon", "18-08", "1.00")}), "interruption.profile[0].hours"},
      {kHoursMalformed, profile({line("mon", "08-25", "1.00")}), "interruption.profile[0].hours"},
      {kHourStatedTwice,
       profile({line("mon-sat", "08-18", "1.00"), line("wed", "17-20", "2.00")}),
       "interruption.profile[1].hours",
       {{.name = "day", .value = "wed"}, {.name = "hour", .value = "17"}}},
      {kPlaceMalformed, [](Node& n) { n.add("location", text("China")); }, "location"},
      {kPlaceMalformed, [](Node& n) { n.add("attribution", attribution("xx")); },
       "attribution.state"},
      {kRateMalformed, [](Node& n) { n.add("rates", list({rate("USD", "7,10")})); },
       "rates[0].rate"},
      {kRateMalformed, [](Node& n) { n.add("rates", list({rate("USD", "0.0000000")})); },
       "rates[0].rate"},
      {kRateMalformed,
       [](Node& n) { n.add("rates", list({rate("USD", "0")})); },
       "rates[0].rate",
       {{.name = "most", .value = "1000000"}}},
      {kRateTwice,
       [](Node& n) {
         n.add("rates", list({rate("USD", "7.1"), rate("USD", "7.2")}));
       },
       "rates[1].date"},
      {kRateNotStated,
       [](Node& n) {
         member(n, "items").items[0].add("currency", text("EUR"));
         n.add("rates", list({rate("USD", "7.1")}));
       },
       "items",
       {{.name = "currency", .value = "EUR"}}},
      {anlan::refusals::kMoneyCurrency,
       [](Node& n) { member(n, "items").items[0].add("currency", text("XYZ")); },
       "items[0].currency"},
      {anlan::refusals::kMoneyNegative,
       [](Node& n) { member(member(n, "items").items[0], "amount") = text("-1.00"); },
       "items[0].amount"},
      {anlan::refusals::kDigestMalformed,
       [](Node& n) { member(n, "items").items[0].add("evidence", text("abc")); },
       "items[0].evidence"},
      {anlan::refusals::kUnknownKey,
       [](Node& n) { member(n, "conditions").items[0].add("referense", text("x")); },
       "conditions[0].referense"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.path);
    CAPTURE(row.code.name);
    Node node = incident_node();
    row.change(node);
    const auto read = read_incident(node, "incident.toml", Currency::kCny);
    REQUIRE(!read.ok());
    CHECK(read.refusal().code.name == row.code.name);
    CHECK(read.refusal().path == row.path);
    for (const RefusalArg& arg : row.args) {
      const auto& args = read.refusal().args;
      CHECK(std::find(args.begin(), args.end(), arg) != args.end());
    }
  }
}

Node facts_node() {
  return table({{"note", text("report of the adjuster")},
                {"days_unpatched", Node::number_text("47")},
                {"provider", text("cloud_one")},
                {"location", text("HK")},
                {"causes", list({text("war")})},
                {"attribution", attribution("XX")},
                {"other_insurance", table({{"sum_insured", text("500000.00")}})},
                {"values", list({table({{"section", text("FP.BI")},
                                        {"declared", text("800000.00")},
                                        {"actual", text("1000000.00")}})})},
                {"lapses", list({table({{"control", text("END-01")},
                                        {"from", text("2026-03-28")},
                                        {"found_by", text("li.claims")},
                                        {"noticed_on", text("2026-04-11")},
                                        {"cure_by", text("2026-04-26")},
                                        {"cured_on", text("2026-04-20")},
                                        {"withdrawn", Node::boolean(true)}})})}});
}

TEST_CASE("incident facts input: every item of the file, and none that it leaves out") {
  const auto read = read_incident_facts(facts_node(), "facts.toml", Currency::kCny);
  REQUIRE(read.ok());
  const auto day = [](std::string_view date) { return parse_date(date, "day").value(); };
  IncidentFacts expected{
      .days_unpatched = 47,
      .values = {{.section = {"FP.BI"}, .declared = yuan(80'000'000), .actual = yuan(100'000'000)}},
      .other_insurance = OtherCover{.sum_insured = yuan(50'000'000), .paid = yuan(0)},
      .provider = "cloud_one",
      .location = "HK",
      .causes = std::vector<std::string>{"war"},
      .attribution = read->attribution,
      .note = "report of the adjuster"};
  expected.lapses = {{.control = {"END-01"},
                      .from = day("2026-03-28"),
                      .found_by = {"li.claims"},
                      .noticed_on = day("2026-04-11"),
                      .cure_by = day("2026-04-26"),
                      .cured_on = day("2026-04-20"),
                      .withdrawn = true}};
  CHECK(*read == expected);
  CHECK(read->attribution->state == "XX");
  const auto bare = read_incident_facts(table({{"note", text("n")}}), "facts.toml", Currency::kCny);
  REQUIRE(bare.ok());
  CHECK(*bare == IncidentFacts{.note = "n"});
  const auto none = read_incident_facts(table({{"note", text("n")}, {"causes", list({})}}),
                                        "facts.toml", Currency::kCny);
  REQUIRE(none.ok());
  CHECK(none->causes == std::vector<std::string>{});  // no cause, which is not the same
}

TEST_CASE("refusals of incident facts: what no record could be made of, with its place") {
  struct Row {
    RefusalCode code;
    std::function<void(Node&)> change;
    std::string_view path;
  };
  const std::vector<Row> rows{
      {anlan::refusals::kMissingKey,
       [](Node& n) { std::erase_if(n.members, [](const Member& m) { return m.key == "note"; }); },
       "note"},
      {anlan::refusals::kOutOfRange,
       [](Node& n) { member(n, "days_unpatched") = Node::number_text("-1"); }, "days_unpatched"},
      {kPlaceMalformed, [](Node& n) { member(n, "location") = text("China"); }, "location"},
      {kIncidentHeadUnknown,
       [](Node& n) { member(member(n, "values").items[0], "section") = text("FP.BIX"); },
       "values[0].section"},
      {anlan::refusals::kMoneyNegative,
       [](Node& n) { member(member(n, "other_insurance"), "sum_insured") = text("-1.00"); },
       "other_insurance.sum_insured"},
      {anlan::refusals::kDateInvalid,
       [](Node& n) { member(member(n, "lapses").items[0], "from") = text("2026-02-30"); },
       "lapses[0].from"},
      {anlan::refusals::kUnknownKey,
       [](Node& n) { member(n, "lapses").items[0].add("since", text("2026-02-28")); },
       "lapses[0].since"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.path);
    Node node = facts_node();
    row.change(node);
    const auto read = read_incident_facts(node, "facts.toml", Currency::kCny);
    REQUIRE(!read.ok());
    CHECK(read.refusal().code.name == row.code.name);
    CHECK(read.refusal().path == row.path);
  }
}

}  // namespace
}  // namespace anlan::domain
