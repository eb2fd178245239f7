#include "engine/loss_model.h"

#include <cmath>

#include <doctest/doctest.h>

#include "engine/fixture_test.h"

namespace anlan::engine {
namespace {

using fixture::lump;
using fixture::peril;
using fixture::plain_hazard;

bool near(double got, double want) { return std::fabs(got - want) <= 1e-12 * std::fabs(want); }

Hazard market() {
  Hazard hazard = plain_hazard();
  hazard.sector_frequencies = {{.sector = "Q", .factor = {.value = 1.4}},
                               {.sector = "C", .factor = {.value = 1.0}},
                               {.sector = "C36", .factor = {.value = 1.2}}};
  LossPart ransom = lump(0.06, 1.0, "FP.EXT.RANSOM");
  ransom.unit = AmountUnit::kOfRevenue;
  ransom.max = 0.5;
  ransom.max_unit = AmountUnit::kOfRevenue;
  LossPart records = lump(6'000'000, 1.0, "TP.PRIV");
  records.size = {.by = SizeBy::kRecords, .exponent = 0.5};
  PerilHazard ransomware = peril("ransomware", 0.01, {ransom, records});
  ransomware.frequency_size = {.by = SizeBy::kEmployees, .exponent = 0.5};
  ransomware.outage = fixture::fixed_outage(10.0);
  ransomware.gates = {{.name = "pays", .probability = {.value = 0.5}, .driver = Driver::kPayment}};
  PerilHazard lines = peril("ot_attack", 0.02, {lump(100, 1.0, "FP.HW")});
  lines.needs_ot_lines = true;
  hazard.perils = {ransomware, lines};
  ControlPrior backup{.control = {"BKP"}, .log_risk = 0.8, .typical = 0.5, .on_frequency = false};
  backup.drivers = {Driver::kDowntime, Driver::kPayment};
  backup.relevance[0] = 1.0;
  hazard.controls.rows = {backup};
  return hazard;
}

TEST_CASE("loss model: the reference company has the values of the file") {
  const Hazard hazard = market();
  const LossModel model = make_loss_model(hazard, reference_company(hazard), ControlUse::kOwn);
  CHECK(near(model.hourly, 3e9 * 0.25 / 8760.0));
  CHECK(model.perils[0].frequency == 0.01);
  CHECK(model.perils[0].median_hours == 10.0);
  CHECK(model.perils[0].probability[0] == 0.5);
  CHECK(near(model.perils[0].parts[0].median, 0.06 * 3e9));
  CHECK(near(model.perils[0].parts[0].max, 1.5e9));
  CHECK(model.perils[0].parts[1].median == 6e6);
  CHECK(std::isinf(model.perils[0].parts[1].max));
  CHECK(model.perils[1].frequency == 0.02);
}

TEST_CASE("loss model: sector and size move the rate, revenue and records the amounts") {
  const Hazard hazard = market();
  RiskInput company = reference_company(hazard);
  company.sector = "Q84";
  company.employees = 200;
  company.records = 32'000;
  company.revenue = Money::from_minor(6'000'000'000, Currency::kCny);
  company.it_dependence = Share::from_percent(50);
  company.ot_lines = 0;
  const LossModel model = make_loss_model(hazard, company, ControlUse::kOwn);
  CHECK(near(model.hourly, 6e9 * 0.25 / 8760.0 * 0.5));
  CHECK(near(model.perils[0].frequency, 0.01 * 1.4 * 2.0));
  CHECK(near(model.perils[0].parts[0].median, 0.06 * 6e9));
  CHECK(near(model.perils[0].parts[1].median, 6e6 * 2.0));
  CHECK(model.perils[1].frequency == 0.0);  // no production lines
}

TEST_CASE("loss model: a size law is not followed beyond a factor of 20") {
  const Hazard hazard = market();
  RiskInput company = reference_company(hazard);
  company.employees = 10'000'000;
  company.records = 0;
  const LossModel model = make_loss_model(hazard, company, ControlUse::kOwn);
  CHECK(near(model.perils[0].frequency, 0.01 * 20.0));
  CHECK(near(model.perils[0].parts[1].median, 6e6 * 0.05));
}

TEST_CASE("loss model: a company without records has none to lose") {
  Hazard hazard = market();
  hazard.perils[0].records = RecordsTaken{.share = {.a = 0.8, .b = 0.2}};
  RiskInput company = reference_company(hazard);
  CHECK(make_loss_model(hazard, company, ControlUse::kOwn).perils[0].parts[1].median == 6e6);
  company.records = 0;
  const LossModel model = make_loss_model(hazard, company, ControlUse::kOwn);
  CHECK(model.perils[0].parts[1].median == 0.0);
  CHECK(model.perils[0].parts[0].median > 0.0);
}

TEST_CASE("loss model: controls on the severity side scale drivers, never the rate") {
  const Hazard hazard = market();
  RiskInput company = reference_company(hazard);
  company.controls = {{.control = {"BKP"},
                       .gap = Share::from_percent(100),
                       .trust = {},
                       .source = domain::FactSource::kDeclared}};
  const LossModel own = make_loss_model(hazard, company, ControlUse::kOwn);
  const LossModel average = make_loss_model(hazard, company, ControlUse::kSectorAverage);
  CHECK(own.perils[0].frequency == average.perils[0].frequency);
  CHECK(own.perils[0].median_hours > 1.2 * average.perils[0].median_hours);
  CHECK(own.perils[0].probability[0] > 1.2 * average.perils[0].probability[0]);
  CHECK(own.perils[0].parts[0].median == average.perils[0].parts[0].median);
  CHECK(average.perils[0].median_hours == 10.0);
}

TEST_CASE("loss model: a profile of the company itself is scaled to a mean of one") {
  const Hazard hazard = market();
  RiskInput company = reference_company(hazard);
  WeekProfile profile{};
  profile[9] = 3.0;
  profile[10] = 1.0;
  company.profile = profile;
  const LossModel model = make_loss_model(hazard, company, ControlUse::kOwn);
  CHECK(near(model.activity.week()[9], 126.0));
  CHECK(near(model.activity.week()[10], 42.0));
  CHECK(model.activity.week()[11] == 0.0);
}

}  // namespace
}  // namespace anlan::engine
