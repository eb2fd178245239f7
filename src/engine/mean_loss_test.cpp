#include "engine/mean_loss.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <doctest/doctest.h>

#include "base/maths.h"
#include "engine/fixture_test.h"

namespace anlan::engine {
namespace {

constexpr double kNoCap = std::numeric_limits<double>::infinity();

TEST_CASE("mean loss: a cost of the records taken has its exact mean, with a cap and without") {
  struct Row {
    RecordsCost cost;
    double want;  // Python, mpmath with 30 digits: quad over the logit of the share
  };
  const Row rows[] = {
      {{100.0, 1.0, 0.76, kNoCap, {.a = 0.8, .b = 0.2}}, 136.737017321390010},
      {{100.0, 1.0, 0.76, 1e15, {.a = 0.5, .b = 1.0}}, 65.4254472500050852},
      {{100.0, 1.3, 0.5, kNoCap, {.a = 0.1, .b = 0.1}}, 128.880802841582167},
      {{100.0, 1.3, 0.5, kNoCap, {.a = 1000.0, .b = 300.0}}, 204.171271463493114},
      {{100.0, 1.0, 0.76, 150.0, {.a = 0.8, .b = 0.2}}, 85.1278623356558426},
      {{100.0, 1.0, 0.76, 20.0, {.a = 0.5, .b = 1.0}}, 14.9128158120269947},
      {{100.0, 0.3, 0.76, 90.0, {.a = 0.1, .b = 0.1}}, 45.5800431450364126},
      {{100.0, 2.0, 0.5, 1000.0, {.a = 5.0, .b = 2.0}}, 245.440130385501095},
      {{100.0, 1.0, 0.76, 60.0, {.a = 400.0, .b = 600.0}}, 42.6375648782357283},
      {{100.0, 1.0, 1.5, 1e-3, {.a = 0.1, .b = 30.0}}, 0.000357467506757489935},
      {{0.0, 1.0, 0.76, 60.0, {.a = 1.0, .b = 1.0}}, 0.0},
  };
  for (const Row& row : rows) {
    const double got = limited_records_mean(row.cost);
    INFO("a ", row.cost.share.a, ", b ", row.cost.share.b, ", cap ", row.cost.cap, ": ", got);
    CHECK(std::fabs(got - row.want) <= 1e-10 * row.want);
  }
}

TEST_CASE("mean loss: the integral over the share meets the closed form where the cap fades out") {
  RecordsCost cost{.median = 100.0, .sigma = 1.0, .exponent = 0.76, .share = {.a = 0.8, .b = 0.2}};
  cost.cap = kNoCap;
  const double whole = limited_records_mean(cost);
  double before = 0.0;
  for (const double cap : {10.0, 100.0, 1e3, 1e4, 1e5, 2e5, 4e5}) {
    cost.cap = cap;
    const double mean = limited_records_mean(cost);
    CHECK(mean >= before * (1.0 - 1e-12));
    CHECK(mean < cap);
    before = mean;
  }
  CHECK(std::fabs(before - whole) <= 1e-10 * whole);
}

// A breach that costs twice what the records taken cost once, and a response that does not depend
// on them; hours by points.
Hazard breach() {
  Hazard hazard = fixture::plain_hazard();
  const SizeRule by_records{.by = SizeBy::kRecords, .exponent = 0.76};
  LossPart once = fixture::lump(1'000'000, 0.0, "FP.NOTIFY");
  LossPart twice = fixture::lump(2'000'000, 0.0, "TP.PRIV");
  once.size = by_records;
  twice.size = by_records;
  PerilHazard peril =
      fixture::peril("data_breach", 0.01, {fixture::lump(500'000, 0.8, "FP.IR"), once, twice});
  peril.records = RecordsTaken{.share = {.a = 0.8, .b = 0.2}};
  hazard.perils = {peril};
  return hazard;
}

TEST_CASE("mean loss: the records taken are drawn once an event and are never more than are held") {
  const Hazard hazard = breach();
  SerialExecutor executor;
  const ScenarioTable table(hazard, {.points = 1024, .replicates = 2, .seed = 7}, executor);
  const DriverPlaces& at = table.places(0);
  CHECK(at.count == 4);
  const auto share = table.drivers(0, at.records);
  const auto response = table.drivers(0, at.parts[0]);
  const auto once = table.drivers(0, at.parts[1]);
  const auto twice = table.drivers(0, at.parts[2]);
  int nearly_all = 0;
  for (std::size_t i = 0; i < share.size(); ++i) {
    CHECK(share[i] > 0.0);
    CHECK(share[i] <= 1.0);
    CHECK(once[i] == maths::pow(share[i], 0.76));
    CHECK(twice[i] == once[i]);
    if (share[i] > 0.99) ++nearly_all;
  }
  CHECK(nearly_all > 500);  // mass near 1
  CHECK(*std::max_element(response.begin(), response.end()) > 5.0);
}

TEST_CASE("mean loss: what events cost in the mean is the closed form, also under a cap") {
  Hazard hazard = breach();
  hazard.perils[0].losses[2].sigma = 1.0;
  hazard.perils[0].losses[2].max = 1'500'000.0;
  PerilHazard outage = fixture::peril("provider_outage", 0.01, {});
  outage.outage = fixture::fixed_outage(0.0);
  outage.outage->points = {{0.25, 1.0}, {4.0, 0.5}, {24.0, 0.08}};
  outage.outage->hours_max = 100.0;
  outage.outage->median_hours.value = 4.0;
  hazard.perils.push_back(outage);
  SerialExecutor executor;
  const ScenarioTable table(hazard, {.points = 4096, .replicates = 16, .seed = 5}, executor);
  LossModel model = make_loss_model(hazard, reference_company(hazard), ControlUse::kOwn);
  const terms::Plan plan = terms::compile(fixture::plain_terms({"FP.BI", "TP.PRIV"}));
  const SectionMap sections(hazard, plan);
  for (const double longer : {1.0, 0.4, 3.0}) {  // controls scale the hours before the cut
    model.perils[1].median_hours = 4.0 * longer;
    for (std::size_t peril = 0; peril < 2; ++peril) {
      EventColumns events(table, model, sections);
      events.append({.peril = peril, .to = table.rows()});
      double mean = 0.0;
      for (const double loss : events.ground_up()) mean += loss / 65'536.0;
      const MeanLoss exact = mean_loss(model, peril, sections);
      INFO("peril ", peril, ": ", mean, " and ", exact.ground_up);
      CHECK(std::fabs(mean - exact.ground_up) < 1e-3 * exact.ground_up);
    }
  }
}

}  // namespace
}  // namespace anlan::engine
