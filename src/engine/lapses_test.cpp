#include "engine/lapses.h"

#include <cmath>
#include <functional>

#include <doctest/doctest.h>

#include "engine/annual_losses.h"
#include "engine/event_losses.h"
#include "engine/fixture_test.h"
#include "engine/incidents.h"
#include "terms/settle.h"
#include "terms/take_step.h"

namespace anlan::engine {
namespace {

// Two perils, a control that bears on the first only, and a frequency at which a year has several
// incidents.
struct Market {
  Market()
      : hazard(hazard_of()),
        plan(terms::compile(terms_of())),
        model(make_loss_model(hazard, reference_company(hazard), ControlUse::kOwn)),
        table(hazard, {.points = 256, .replicates = 16, .seed = 5}, executor) {}
  static Hazard hazard_of() {
    Hazard hazard = fixture::plain_hazard();
    hazard.perils = {
        fixture::peril("wiper", 0.3,
                       {fixture::lump(10'000, 0.8, "FP.DATA"), fixture::lump(5'000, 0.5, "FP.IR")}),
        fixture::peril("insider", 0.2, {fixture::lump(20'000, 0.8, "FP.DATA")})};
    hazard.lapse = ControlLapse{.per_year = {.value = 2.0}, .mean_days = {.value = 60.0}};
    ControlPrior prior{.control = {"EPP-01"}, .log_risk = 0.0};
    prior.relevance[peril_index("wiper")] = 0.5;
    hazard.controls.rows = {prior};
    return hazard;
  }
  static terms::Terms terms_of() {
    terms::Terms terms = fixture::plain_terms({"FP.DATA", "FP.IR"});
    terms.sections[0].deductible = 500;
    terms.occurrence_retention = 1'000;
    terms.aggregate_limit = 60'000;
    return terms;
  }
  YearLoss year(const std::vector<terms::Obligation>& obligations) {
    const InsuredCover cover{
        .plan = &plan, .perils = {{"wiper"}, {"insider"}}, .obligations = &obligations};
    return year_loss({.hazard = &hazard, .table = &table, .cover = &cover, .points = 256}, model,
                     executor)
        .value();
  }
  SerialExecutor executor;
  Hazard hazard;
  terms::Plan plan;
  LossModel model;
  ScenarioTable table;
};

using Ladder = std::vector<terms::LadderStep>;

std::vector<terms::Obligation> ladder(Ladder steps) {
  return {{.control = {"EPP-01"}, .clause = "5.1", .steps = std::move(steps)}};
}

TEST_CASE(
    "lapses: the probability at a random instant is the time of a simulated renewal process") {
  const ControlLapse lapse{.per_year = {.value = 2.0}, .mean_days = {.value = 60.0}};
  const RandomStream random({.seed = 3, .subject = 0, .stream = 903});
  // Running times so that the rate of lapses per calendar year is 2: a cycle of 182.5 days.
  double time = 0.0;
  double beyond = 0.0;
  for (std::uint64_t i = 0; i < 400'000; ++i) {
    const double runs = -122.5 * std::log(random.unit(2 * i));
    const double lapsed = -60.0 * std::log(random.unit(2 * i + 1));
    time += runs + lapsed;
    beyond += std::max(0.0, lapsed - 30.0);
  }
  CHECK(lapse_probability(lapse, 30.0) == doctest::Approx(beyond / time).epsilon(0.01));
  CHECK(lapse_probability(lapse, 0.0) == doctest::Approx(120.0 / 365.0));
}

TEST_CASE("lapses: a ladder that takes nothing, or is of no control here, changes no bit") {
  Market market;
  const YearLoss plain = market.year({});
  const YearLoss zero = market.year(ladder({{.lapse_days = 10}}));
  CHECK(zero.insured == plain.insured);
  CHECK(zero.insured_by_replicate == plain.insured_by_replicate);
  std::vector<terms::Obligation> other = ladder({{.lapse_days = 10, .amount = 5'000}});
  other[0].control = {"BKP-02"};
  CHECK(market.year(other).insured == plain.insured);
}

TEST_CASE("lapses: each tougher step of a ladder pays less, and only where the control bears") {
  Market market;
  const YearLoss plain = market.year({});
  const std::vector<Ladder> tougher = {
      {{.lapse_days = 30, .amount = 2'000}},
      {{.lapse_days = 10, .amount = 2'000}},
      {{.lapse_days = 10, .amount = 4'000}},
      {{.lapse_days = 10, .amount = 4'000}, {.lapse_days = 60, .amount = 6'000}},
      {{.lapse_days = 10, .amount = 4'000},
       {.lapse_days = 60, .amount = 6'000, .loss_bp = 2'000, .loss_most = 3'000}},
      {{.lapse_days = 10, .amount = 4'000}, {.lapse_days = 60, .amount = 6'000, .loss_bp = 2'000}}};
  double before = plain.insured_by_peril[0];
  for (const Ladder& steps : tougher) {
    const YearLoss year = market.year(ladder(steps));
    CHECK(year.insured_by_peril[0] < before);
    before = year.insured_by_peril[0];
    CHECK(year.perils[1].paid == plain.perils[1].paid);
    CHECK(year.ground_up == plain.ground_up);
  }
}

TEST_CASE("lapses: the single incident is the row form with each state of the control weighed") {
  Market market;
  const auto obligations = ladder(
      {{.lapse_days = 10, .amount = 4'000}, {.lapse_days = 60, .amount = 5'000, .loss_bp = 2'000}});
  const YearLoss year = market.year(obligations);
  const SectionMap sections(market.hazard, market.plan);
  EventColumns events(market.table, market.model, sections);
  events.append({.peril = 0, .to = market.table.rows()});
  const terms::ColumnIncidents& all = events.incidents();
  const double first = lapse_probability(*market.hazard.lapse, 10.0);
  const double second = lapse_probability(*market.hazard.lapse, 60.0);
  std::vector<std::int64_t> paid(2);
  double sum = 0.0;
  for (std::size_t row = 0; row < all.rows; ++row) {
    terms::Incident incident;
    std::int64_t loss = 0;
    for (std::size_t s = 0; s < 2; ++s) {
      incident.losses.push_back(static_cast<std::int64_t>(all.losses[s][row]));
      loss += incident.losses.back();
    }
    const auto with = [&](std::int64_t extra) {
      incident.extra_retention = extra;
      terms::YearState state = terms::fresh_year(market.plan);
      return static_cast<double>(terms::settle_amounts(market.plan, incident, state, paid).total);
    };
    sum += (1.0 - first) * with(0) + (first - second) * with(4'000) +
           second * with(terms::extra_retention(obligations[0].steps[1], loss, 0));
  }
  const double want = sum / static_cast<double>(all.rows);
  // 4,096 rows, each with a drawn state: the scatter of the draw is left.
  CHECK(year.perils[0].paid == doctest::Approx(want).epsilon(0.02));
  CHECK(year.perils[0].paid < market.year({}).perils[0].paid * 0.95);
}

TEST_CASE("lapses: two hundred thousand years played in row form agree within four errors") {
  Market market;
  const auto obligations = ladder(
      {{.lapse_days = 10, .amount = 4'000}, {.lapse_days = 60, .amount = 5'000, .loss_bp = 2'000}});
  const YearLoss want = market.year(obligations);
  const SectionMap sections(market.hazard, market.plan);
  std::vector<std::vector<terms::Incident>> events(2);
  for (std::size_t p = 0; p < 2; ++p) {
    EventColumns columns(market.table, market.model, sections);
    columns.append({.peril = p, .to = market.table.rows()});
    const terms::ColumnIncidents& all = columns.incidents();
    for (std::size_t row = 0; row < all.rows; ++row) {
      terms::Incident& incident = events[p].emplace_back();
      for (std::size_t s = 0; s < 2; ++s) {
        const double amount = all.losses[s].empty() ? 0.0 : all.losses[s][row];
        incident.losses.push_back(static_cast<std::int64_t>(amount));
      }
    }
  }
  const RandomStream random({.seed = 11, .subject = 2, .stream = 904});
  std::uint64_t draw = 0;
  const double first = market.model.perils[0].frequency;
  const double rate = first + market.model.perils[1].frequency;
  const std::vector<double> counts = incident_counts(rate, market.model.history.shape);
  const double lapsed = lapse_probability(*market.hazard.lapse, 0.0);
  std::vector<std::int64_t> by_section(2);
  double sum = 0.0;
  double squares = 0.0;
  constexpr std::size_t kYears = 200'000;
  for (std::size_t year = 0; year < kYears; ++year) {
    double u = random.unit(draw++);
    std::size_t incidents = 0;
    while (incidents + 1 < counts.size() && u >= counts[incidents]) u -= counts[incidents++];
    terms::YearState state = terms::fresh_year(market.plan);
    double paid = 0.0;
    for (std::size_t k = 0; k < incidents; ++k) {
      const std::size_t peril = random.unit(draw) * rate < first ? 0 : 1;
      const auto& of = events[peril];
      terms::Incident incident =
          of[static_cast<std::size_t>(random.unit(draw + 1) * static_cast<double>(of.size()))];
      // In a lapse at all, and then of an exponential age.
      const bool in_lapse = peril == 0 && random.unit(draw + 2) < lapsed;
      const double age = in_lapse ? -60.0 * std::log(random.unit(draw + 3)) : -1.0;
      draw += 4;
      const auto* const step =
          terms::ladder_step(obligations[0].steps, static_cast<std::int64_t>(std::floor(age)));
      const std::int64_t loss = incident.losses[0] + incident.losses[1];
      if (step) incident.extra_retention = terms::extra_retention(*step, loss, 0);
      paid += static_cast<double>(
          terms::settle_amounts(market.plan, incident, state, by_section).total);
    }
    sum += paid;
    squares += paid * paid;
  }
  const double mean = sum / kYears;
  const double error = std::sqrt((squares / kYears - mean * mean) / kYears);
  INFO("played ", mean, " +/- ", error, ", year ", want.insured, " +/- ", want.standard_error);
  CHECK(std::fabs(mean - want.insured) < 4.0 * std::hypot(error, want.standard_error));
  CHECK(want.insured < 0.97 * market.year({}).insured);
}

// One incident of the first peril, each row of the table with one tightening: mean payment,
// services counted.
double mean_paid(Market& market, const terms::Plan& plan,
                 const std::function<terms::Tightening(std::int64_t)>& with) {
  const SectionMap sections(market.hazard, plan);
  EventColumns events(market.table, market.model, sections);
  events.append({.peril = 0, .to = market.table.rows()});
  const terms::ColumnIncidents& all = events.incidents();
  std::vector<std::int64_t> paid(2);
  double sum = 0.0;
  for (std::size_t row = 0; row < all.rows; ++row) {
    terms::Incident incident;
    std::int64_t loss = 0;
    for (std::size_t s = 0; s < 2; ++s) {
      incident.losses.push_back(static_cast<std::int64_t>(all.losses[s][row]));
      loss += incident.losses.back();
    }
    const terms::Tightening taken = with(loss);
    incident.extra_retention = taken.extra_retention;
    incident.extra_participation_bp = taken.participation_bp;
    incident.limit_bp = taken.limit_bp;
    terms::YearState state = terms::fresh_year(plan);
    const terms::PaidAmounts amounts = terms::settle_amounts(plan, incident, state, paid);
    sum += static_cast<double>(amounts.total + amounts.services);
  }
  return sum / static_cast<double>(all.rows);
}

TEST_CASE(
    "lapses: a ladder's share of the retention, participation and limit are priced as drawn") {
  Market market;
  const auto none = [](std::int64_t) { return terms::Tightening{}; };
  const double plain = mean_paid(market, market.plan, none);
  const double lapsed = lapse_probability(*market.hazard.lapse, 10.0);
  for (const terms::LadderStep& step :
       {terms::LadderStep{.lapse_days = 10, .retention_bp = 30'000},
        terms::LadderStep{.lapse_days = 10, .participation_bp = 4'000},
        terms::LadderStep{.lapse_days = 10, .limit_bp = 1'000}}) {
    const auto with = [&](std::int64_t loss) {
      terms::Tightening taken;
      terms::tighten(taken, step, loss, 1'000);
      return taken;
    };
    const double tight = mean_paid(market, market.plan, with);
    const double want = (1.0 - lapsed) * plain + lapsed * tight;
    CHECK(tight < 0.9 * plain);
    CHECK(market.year(ladder({step})).perils[0].paid == doctest::Approx(want).epsilon(0.02));
  }
}

TEST_CASE("scales: the drawn days are exponential, and only the perils of the scale meet them") {
  const Patching patching{.known_share = {.value = 0.4}, .mean_days = {.value = 60.0}};
  CHECK(unpatched_probability(patching, 0.0) == doctest::Approx(0.4));
  CHECK(unpatched_probability(patching, 60.0) == doctest::Approx(0.4 * std::exp(-1.0)));
  Market market;
  const std::vector<terms::Scale> scales = {
      {.name = "unpatched_vulnerability",
       .perils = {"wiper"},
       .clause = "5.2",
       .steps = {{.lapse_days = 46, .participation_bp = 1'000, .limit_bp = 5'000},
                 {.lapse_days = 91, .participation_bp = 5'000, .limit_bp = 1'000}}}};
  const auto year = [&] {
    const InsuredCover cover{
        .plan = &market.plan, .perils = {{"wiper"}, {"insider"}}, .scales = &scales};
    return year_loss(
               {.hazard = &market.hazard, .table = &market.table, .cover = &cover, .points = 256},
               market.model, market.executor)
        .value();
  };
  const YearLoss before = year();  // this hazard knows no patching
  market.hazard.patching = patching;
  const YearLoss after = year();
  const auto at = [&](std::size_t step) {
    return mean_paid(market, market.plan, [&](std::int64_t loss) {
      terms::Tightening taken;
      if (step > 0) terms::tighten(taken, scales[0].steps[step - 1], loss, 1'000);
      return taken;
    });
  };
  const double first = unpatched_probability(patching, 46.0);
  const double second = unpatched_probability(patching, 91.0);
  const double want = (1.0 - first) * at(0) + (first - second) * at(1) + second * at(2);
  CHECK(after.perils[0].paid == doctest::Approx(want).epsilon(0.02));
  CHECK(after.perils[0].paid < before.perils[0].paid);
  CHECK(after.perils[1].paid == before.perils[1].paid);
}

TEST_CASE("services: the expected payment counts what is rendered in kind, and its annual limit") {
  Market market;
  const auto year = [&](const terms::Terms& terms) {
    const terms::Plan plan = terms::compile(terms);
    const InsuredCover cover{.plan = &plan, .perils = {{"wiper"}, {"insider"}}};
    const YearLoss out =
        year_loss(
            {.hazard = &market.hazard, .table = &market.table, .cover = &cover, .points = 256},
            market.model, market.executor)
            .value();
    const auto none = [](std::int64_t) { return terms::Tightening{}; };
    CHECK(out.perils[0].paid == doctest::Approx(mean_paid(market, plan, none)).epsilon(1e-12));
    double sections = 0.0;
    for (const double section : out.insured_by_section) sections += section;
    CHECK(sections == doctest::Approx(out.insured));
    return out;
  };
  terms::Terms terms = Market::terms_of();
  const YearLoss cash = year(terms);
  terms.services = {{.code = "FP.SERVICE", .serves = {"FP.IR"}, .limit_occ = 100'000}};
  const YearLoss served = year(terms);
  CHECK(served.insured > 1.01 * cash.insured);
  terms.services[0].limit_agg = 5'000;
  const YearLoss capped = year(terms);
  CHECK(capped.insured < served.insured);
  CHECK(capped.insured > cash.insured);
}

TEST_CASE(
    "lapses: the loss of a row is that of the row form: measured hours, less what is in kind") {
  terms::Terms terms = fixture::plain_terms({"FP.CBI", "FP.IR", "FP.DATA"});
  terms.sections[0].time.parametric_hourly = 1'000;
  terms.services = {
      {.code = "FP.SERVICE", .serves = {"FP.IR"}, .limit_occ = 400, .limit_agg = 500}};
  const terms::Plan plan = terms::compile(terms);
  const std::vector<double> minutes{150.0, 0.0};
  const std::vector<double> gross{7.0, 0.0};
  const std::vector<double> served{300.0, 600.0};
  const std::vector<double> data{50.0, 60.0};
  terms::ColumnIncidents columns{.rows = 2};
  columns.losses = {{}, served, data};
  columns.outages = {{.minutes = minutes, .gross = gross}, {}, {}};
  terms::ColumnYear year = terms::fresh_column_year(plan, 2);
  REQUIRE(!year.used_by_service[0].empty());
  year.used_by_service[0] = {250.0, 50.0};
  for (std::size_t row = 0; row < 2; ++row) {
    terms::Incident incident{
        .losses = {0, static_cast<std::int64_t>(served[row]), static_cast<std::int64_t>(data[row])},
        .outages = {{}, {}, {}}};
    if (row == 0) incident.outages[0] = terms::Outage{.minutes = 150, .hourly = {3, 3, 1}};
    terms::YearState state = terms::fresh_year(plan);
    CHECK(loss_of_row(plan, columns, row, nullptr) ==
          static_cast<double>(terms::loss_of(plan, incident, state)));
    state.used_by_service[0] = static_cast<std::int64_t>(year.used_by_service[0][row]);
    CHECK(loss_of_row(plan, columns, row, &year) ==
          static_cast<double>(terms::loss_of(plan, incident, state)));
  }
  CHECK(loss_of_row(plan, columns, 0, nullptr) == 2'050.0);
  CHECK(loss_of_row(plan, columns, 0, &year) == 2'100.0);
  CHECK(loss_of_row(plan, columns, 1, &year) == 260.0);
}

TEST_CASE("lapses: the annual view meets the same lapses as the year") {
  Market market;
  const auto obligations = ladder({{.lapse_days = 10, .amount = 6'000}});
  const InsuredCover cover{
      .plan = &market.plan, .perils = {{"wiper"}, {"insider"}}, .obligations = &obligations};
  const YearSetting setting{.hazard = &market.hazard, .table = &market.table, .cover = &cover};
  const Sampled paid = AnnualLosses::sample(setting, market.model, 256, market.executor)
                           .value()
                           .mean(LossView::kPaid);
  const YearLoss year = market.year(obligations);
  CHECK(std::fabs(paid.value - year.insured) <
        4.0 * std::hypot(paid.error, year.standard_error) + 2e-3 * year.insured);
}

}  // namespace
}  // namespace anlan::engine
