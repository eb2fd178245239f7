#include "engine/event_losses.h"

#include <cmath>

#include <doctest/doctest.h>

#include "engine/fixture_test.h"

namespace anlan::engine {
namespace {

// A company whose every hour is worth 8,760 x 100 / 8,760 = 100.00 yuan of gross profit.
RiskInput company_of(const Hazard& hazard) {
  RiskInput company = reference_company(hazard);
  company.revenue = Money::from_minor(8760LL * 10'000, Currency::kCny);
  company.gross_margin = Share::from_percent(100);
  return company;
}

struct Market {
  explicit Market(Hazard from) : hazard(std::move(from)) {}
  Hazard hazard;
  SerialExecutor executor;
  ScenarioTable table{hazard, {.points = 64, .replicates = 2, .seed = 1}, executor};
  LossModel model = make_loss_model(hazard, company_of(hazard), ControlUse::kOwn);
};

Hazard with_outage(double hours) {
  Hazard hazard = fixture::plain_hazard();
  PerilHazard failure =
      fixture::peril("system_failure", 0.01, {fixture::lump(1000, 0.0, "FP.DATA")});
  failure.outage = fixture::fixed_outage(hours);
  hazard.perils = {failure};
  return hazard;
}

TEST_CASE("event losses: an outage of 5 hours is 2.5 full hours and 2.5 half hours, hour by hour") {
  Market market(with_outage(5.0));
  terms::Terms terms = fixture::plain_terms({"FP.BI", "FP.DATA"});
  terms.sections[0].time.waiting_hours = 1;
  const terms::Plan plan = terms::compile(terms);
  const SectionMap sections(market.hazard, plan);
  EventColumns events(market.table, market.model, sections);
  events.append({.peril = 0, .replicate = 1, .point = 7});
  const double share = market.table.drivers(0, 1, 1)[7];
  const terms::ColumnIncidents incidents = events.incidents();
  REQUIRE(incidents.rows == 1);
  CHECK(incidents.outages[0].minutes[0] == 300.0);
  REQUIRE(incidents.outages[0].hourly.size() == 5);
  const double levels[] = {1.0, 1.0, 0.75, 0.5, 0.5};
  double sum = 0.0;
  for (int hour = 0; hour < 5; ++hour) {
    const double want = std::nearbyint(10'000.0 * share * levels[hour]);
    CHECK(std::fabs(incidents.outages[0].hourly[static_cast<std::size_t>(hour)] - want) <= 1.0);
    sum += incidents.outages[0].hourly[static_cast<std::size_t>(hour)];
  }
  CHECK(incidents.losses[0].empty());  // a section with time terms takes no lump sum
  CHECK(incidents.losses[1][0] == 1000.0);
  CHECK(events.ground_up()[0] == sum + 1000.0);
  CHECK(events.in_sections()[0] == sum + 1000.0);
}

TEST_CASE("event losses: the last hour of 90 minutes counts half") {
  Market market(with_outage(1.5));
  terms::Terms terms = fixture::plain_terms({"FP.BI"});
  terms.sections[0].time.waiting_hours = 1;
  const terms::Plan plan = terms::compile(terms);
  const SectionMap sections(market.hazard, plan);
  EventColumns events(market.table, market.model, sections);
  events.append({.peril = 0, .replicate = 0, .point = 0});
  const terms::ColumnIncidents incidents = events.incidents();
  REQUIRE(incidents.outages[0].hourly.size() == 2);
  const double full = 10'000.0 * market.table.drivers(0, 0, 1)[0];
  CHECK(std::fabs(incidents.outages[0].hourly[0] - full * (0.75 + 0.25 * 0.5)) <= 1.0);
  CHECK(std::fabs(incidents.outages[0].hourly[1] - full * 0.5 * 0.5) <= 1.0);
}

TEST_CASE(
    "event losses: hours follow the activity of the week from the drawn start, round the end of "
    "the week") {
  Hazard hazard = with_outage(168.0);
  for (std::size_t hour = 0; hour < kWeekHours; ++hour) {
    hazard.activities[0].profile[hour] = 2.0 * static_cast<double>(hour + 1) / 169.0;  // mean 1
  }
  hazard.perils[0].outage->curve = {{.until = 1.0, .level = 1.0}};
  Market market(hazard);
  terms::Terms terms = fixture::plain_terms({"FP.BI"});
  terms.sections[0].time.waiting_hours = 1;
  const terms::Plan plan = terms::compile(terms);
  const SectionMap sections(market.hazard, plan);
  EventColumns events(market.table, market.model, sections);
  events.append({.peril = 0, .replicate = 0, .point = 3});
  const auto start = static_cast<std::size_t>(market.table.drivers(0, 0, 2)[3]);
  const double full = 10'000.0 * market.table.drivers(0, 0, 1)[3];
  const auto hourly = events.incidents().outages[0].hourly;
  REQUIRE(hourly.size() == 168);
  for (std::size_t hour = 0; hour < 168; ++hour) {
    const double activity = 2.0 * static_cast<double>((start + hour) % 168 + 1) / 169.0;
    CHECK(std::fabs(hourly[hour] - full * activity) <= 0.51);
  }
  // A whole week is worth 168 average hours wherever it starts.
  CHECK(std::fabs(events.ground_up()[0] - 1000.0 - 168.0 * full) <= 84.0);
}

TEST_CASE(
    "event losses: a head without a section counts before the terms only, a sub-head under its "
    "section") {
  Hazard hazard = fixture::plain_hazard();
  LossPart mixed = fixture::lump(10'000, 0.0, "FP.EXT.RANSOM");
  mixed.heads = {{.head = "FP.EXT.RANSOM", .share = 0.6}, {.head = "TP.PRIV", .share = 0.4}};
  hazard.perils = {fixture::peril("ransomware", 0.01, {mixed})};
  Market market(hazard);
  const terms::Plan plan = terms::compile(fixture::plain_terms({"FP.EXT"}));
  const SectionMap sections(market.hazard, plan);
  EventColumns events(market.table, market.model, sections);
  events.append({.peril = 0, .replicate = 0, .point = 0});
  events.append({.peril = 0, .replicate = 0, .point = 1, .severity = 2.0});
  CHECK(events.incidents().losses[0][0] == 6000.0);
  CHECK(events.in_sections()[0] == 6000.0);
  CHECK(events.ground_up()[0] == 10'000.0);
  CHECK(events.ground_up()[1] == 20'000.0);
}

TEST_CASE("event losses: a gate opens in its share of the events and takes its losses along") {
  Hazard hazard = fixture::plain_hazard();
  LossPart part = fixture::lump(10'000, 0.0, "FP.DATA");
  part.gate = 0;
  hazard.perils = {fixture::peril("wiper", 0.01, {part})};
  hazard.perils[0].gates = {{.name = "hit", .probability = {.value = 0.25}, .driver = {}}};
  Market market(hazard);
  const terms::Plan plan = terms::compile(fixture::plain_terms({"FP.DATA"}));
  const SectionMap sections(market.hazard, plan);
  EventColumns events(market.table, market.model, sections);
  for (std::size_t i = 0; i < 64; ++i) events.append({.peril = 0, .replicate = 0, .point = i});
  double hit = 0.0;
  for (const double loss : events.ground_up()) hit += loss / 10'000.0;
  CHECK(hit == 16.0);  // one point of the sequence in each 64th of the unit interval
}

TEST_CASE("event losses: an outage goes to the first of its covers that the policy has") {
  Hazard hazard = with_outage(4.0);
  hazard.perils[0].outage->covers = {"FP.CBI", "FP.BI"};
  struct Row {
    std::vector<std::string> sections;
    int want;
  };
  for (const Row& row : {Row{{"FP.BI"}, 0}, Row{{"FP.BI", "FP.CBI"}, 1}, Row{{"FP.DATA"}, -1}}) {
    const terms::Plan plan = terms::compile(fixture::plain_terms(row.sections));
    CHECK(SectionMap(hazard, plan).outage(0) == row.want);
  }
}

}  // namespace
}  // namespace anlan::engine
