#include "engine/event_losses.h"

#include <cmath>

#include <doctest/doctest.h>

#include "engine/fixture_test.h"
#include "engine/mean_loss.h"

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

// The loss up to the end of each hour of the outage of one event, by policies that wait 1, 2, ...
// hours: what of the curve falls into the waiting hours.
std::vector<double> hour_by_hour(const Market& market, std::size_t row, int hours) {
  std::vector<double> out;
  for (int wait = 1; wait <= hours; ++wait) {
    terms::Terms terms = fixture::plain_terms({"FP.BI"});
    terms.sections[0].time.waiting_hours = wait;
    const terms::Plan plan = terms::compile(terms);
    const SectionMap sections(market.hazard, plan);
    EventColumns events(market.table, market.model, sections);
    events.append({.from = row, .to = row + 1});
    out.push_back(events.incidents().outages[0].waited[0]);
  }
  return out;
}

TEST_CASE("event losses: an outage of 5 hours is 2.5 full hours and 2.5 half hours, hour by hour") {
  Market market(with_outage(5.0));
  terms::Terms terms = fixture::plain_terms({"FP.BI", "FP.DATA"});
  terms.sections[0].time.waiting_hours = 1;
  const terms::Plan plan = terms::compile(terms);
  const SectionMap sections(market.hazard, plan);
  EventColumns events(market.table, market.model, sections);
  const std::size_t row = market.table.row(7, 1);
  events.append({.from = row, .to = row + 1});
  const double full = 10'000.0 * market.table.drivers(0, 1)[row];
  const terms::ColumnIncidents incidents = events.incidents();
  REQUIRE(incidents.rows == 1);
  CHECK(incidents.outages[0].minutes[0] == 300.0);
  CHECK(incidents.losses[0].empty());  // a section with time terms takes no lump sum
  CHECK(incidents.losses[1][0] == 1000.0);
  CHECK(incidents.outages[0].gross[0] == std::nearbyint(3.75 * full));
  CHECK(events.ground_up()[0] == incidents.outages[0].gross[0] + 1000.0);
  CHECK(events.in_sections()[0] == events.ground_up()[0]);
  const double until[] = {1.0, 2.0, 2.75, 3.25, 3.75};
  const std::vector<double> hours = hour_by_hour(market, row, 5);
  for (std::size_t hour = 0; hour < 5; ++hour) {
    CHECK(std::fabs(hours[hour] - full * until[hour]) <= 0.51);
  }
}

TEST_CASE("event losses: the last hour of 90 minutes counts half") {
  Market market(with_outage(1.5));
  const std::vector<double> hours = hour_by_hour(market, 0, 2);
  const double full = 10'000.0 * market.table.drivers(0, 1)[0];
  CHECK(std::fabs(hours[0] - full * (0.75 + 0.25 * 0.5)) <= 0.51);
  CHECK(std::fabs(hours[1] - full * (0.75 + 0.75 * 0.5)) <= 0.51);
}

TEST_CASE("event losses: an indemnity period cuts the curve in true hours") {
  Market market(with_outage(5.0));
  terms::Terms terms = fixture::plain_terms({"FP.BI"});
  terms.sections[0].time.waiting_hours = 1;
  terms.sections[0].time.indemnity_hours = 3;  // after the wait: until the end of the fourth hour
  const terms::Plan plan = terms::compile(terms);
  const SectionMap sections(market.hazard, plan);
  EventColumns events(market.table, market.model, sections);
  events.append({.to = 1});
  const double full = 10'000.0 * market.table.drivers(0, 1)[0];
  const terms::ColumnIncidents incidents = events.incidents();
  CHECK(std::fabs(incidents.outages[0].waited[0] - full) <= 0.51);
  CHECK(std::fabs(incidents.outages[0].in_period[0] - 3.25 * full) <= 0.51);
  CHECK(std::fabs(incidents.outages[0].gross[0] - 3.75 * full) <= 0.51);
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
  const auto start = static_cast<std::size_t>(market.table.drivers(0, 2)[3]);
  const double full = 10'000.0 * market.table.drivers(0, 1)[3];
  const std::vector<double> hours = hour_by_hour(market, 3, 168);
  double sum = 0.0;
  for (std::size_t hour = 0; hour < 168; ++hour) {
    sum += full * 2.0 * static_cast<double>((start + hour) % 168 + 1) / 169.0;
    CHECK(std::fabs(hours[hour] - sum) <= 0.51);
  }
  // A whole week is worth 168 average hours wherever it starts.
  CHECK(std::fabs(hours[167] - 168.0 * full) <= 0.51);
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
  events.append({.from = 0, .to = 1});
  events.append({.from = 1, .to = 2, .severity = 2.0});
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
  for (std::size_t i = 0; i < 64; ++i) {
    events.append({.from = market.table.row(i, 0), .to = market.table.row(i, 0) + 1});
  }
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

TEST_CASE("event losses: the closed form of the mean is what many events average to") {
  Hazard hazard = with_outage(20.0);
  hazard.perils[0].outage->sigma = 1.3;
  hazard.perils[0].outage->hours_max = 200.0;
  hazard.perils[0].outage->share = {.a = 2.0, .b = 3.0};
  hazard.perils[0].outage->gate = 0;
  hazard.perils[0].gates = {{.name = "hit", .probability = {.value = 0.3}, .driver = {}}};
  LossPart demand = fixture::lump(50'000, 1.1, "FP.EXT");
  demand.max = 120'000;
  demand.settled = maths::BetaShape{.a = 5.0, .b = 5.0};
  demand.gate = 0;
  hazard.perils[0].losses.push_back(demand);
  for (const double factor : {0.5, 1.7}) {
    SerialExecutor executor;
    const ScenarioTable table(hazard, {.points = 4096, .replicates = 16, .seed = 5}, executor);
    LossModel model = make_loss_model(hazard, company_of(hazard), ControlUse::kOwn);
    model.perils[0].share_factor = factor;
    const terms::Plan plan = terms::compile(fixture::plain_terms({"FP.BI", "FP.DATA"}));
    const SectionMap sections(hazard, plan);
    double ground_up = 0.0;
    double in_sections = 0.0;
    EventColumns events(table, model, sections);
    events.append({.to = table.rows()});
    for (std::size_t row = 0; row < events.rows(); ++row) {
      ground_up += events.ground_up()[row] / static_cast<double>(events.rows());
      in_sections += events.in_sections()[row] / static_cast<double>(events.rows());
    }
    const MeanLoss exact = mean_loss(model, 0, sections);
    CHECK(std::fabs(ground_up - exact.ground_up) < 1e-3 * exact.ground_up);
    CHECK(std::fabs(in_sections - exact.in_sections) < 1e-3 * exact.in_sections);
    CHECK(exact.in_sections < exact.ground_up);  // the demand has no section
  }
}

TEST_CASE("event losses: a limited lognormal mean runs from the cap to the whole mean") {
  CHECK(limited_lognormal(100.0, 0.0, 70.0) == 70.0);
  CHECK(limited_lognormal(100.0, 1.0, std::numeric_limits<double>::infinity()) ==
        doctest::Approx(100.0 * std::exp(0.5)));
  CHECK(limited_lognormal(100.0, 1.0, 1e-3) == doctest::Approx(1e-3));
  // 100 e^(1/2) Phi(ln 1.5 - 1) + 150 Phi(-ln 1.5), in Python with math.erfc
  CHECK(limited_lognormal(100.0, 1.0, 150.0) == doctest::Approx(96.90261079471298).epsilon(1e-13));
  CHECK(limited_lognormal(0.0, 1.0, 150.0) == 0.0);
}

}  // namespace
}  // namespace anlan::engine
