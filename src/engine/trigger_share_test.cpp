#include "engine/trigger_share.h"

#include <cmath>

#include <doctest/doctest.h>

#include "base/normal.h"
#include "base/random.h"
#include "engine/annual_losses.h"
#include "engine/fixture_test.h"
#include "engine/refusals.h"
#include "terms/gates.h"

namespace anlan::engine {
namespace {

constexpr double kMicrosPerDay = 86'400e6;

Instant at_day(double days) {
  return Instant::from_micros(static_cast<std::int64_t>(days * kMicrosPerDay));
}

// Incidents of thirty years before the year and of the year itself, each asked at the gate that a
// claim is asked at.
struct Counted {
  double share = 0.0;
  double error = 0.0;
};
Counted count(const terms::Trigger& trigger, const TriggerWindow& window, std::uint64_t draws) {
  constexpr double kSpan = 31.0 * 365.0;
  const double inception = 30.0 * 365.0;
  const RandomStream random({.seed = 7, .subject = 1, .stream = 902});
  double passed = 0.0;
  for (std::uint64_t i = 0; i < draws; ++i) {
    const double occurred = random.unit(2 * i) * kSpan;
    const double lag = window.lag_median *
                       std::exp(window.lag_sigma * maths::normal_quantile(random.unit(2 * i + 1)));
    const Instant made = at_day(occurred + lag);
    const bool out =
        terms::outside_trigger(trigger, {.occurred = at_day(occurred),
                                         .discovered = made,
                                         .first_made = made,
                                         .reported = at_day(occurred + lag + window.report),
                                         .from = at_day(inception),
                                         .until = at_day(inception + 365.0)})
            .has_value();
    passed += out ? 0.0 : 1.0;
  }
  const auto n = static_cast<double>(draws);
  const double part = passed / n;
  return {.share = part * kSpan / 365.0,
          .error = std::sqrt(part * (1.0 - part) / n) * kSpan / 365.0};
}

TEST_CASE("trigger share: the closed integral is what dates asked at the gate count") {
  using terms::Trigger;
  using terms::TriggerBasis;
  const Trigger rows[] = {
      {.basis = TriggerBasis::kClaimsMade},
      {.basis = TriggerBasis::kClaimsMade, .retroactive_days = 0},
      {.basis = TriggerBasis::kClaimsMade, .retroactive_days = 200},
      {.basis = TriggerBasis::kClaimsMade, .retroactive_days = 0, .extended_reporting_days = 60},
      {.basis = TriggerBasis::kClaimsMade, .extended_reporting_days = 365},
      {.basis = TriggerBasis::kClaimsMadeAndReported, .retroactive_days = 0},
      {.basis = TriggerBasis::kClaimsMadeAndReported, .extended_reporting_days = 90},
      {.basis = TriggerBasis::kDiscovery, .retroactive_days = 30},
  };
  for (const Trigger& trigger : rows) {
    TriggerWindow window{.lag_median = 90.0,
                         .lag_sigma = 1.2,
                         .extended = static_cast<double>(trigger.extended_reporting_days)};
    if (trigger.retroactive_days) window.back_to = static_cast<double>(*trigger.retroactive_days);
    if (trigger.basis == TriggerBasis::kClaimsMadeAndReported) window.report = 20.0;
    const Counted counted = count(trigger, window, 2'000'000);
    const double share = trigger_share(window);
    INFO("counted ", counted.share, " +/- ", counted.error, ", integral ", share);
    CHECK(std::fabs(counted.share - share) < 4.0 * counted.error);
  }
}

TEST_CASE("trigger share: a first year has less than one, a mature year one, extension adds") {
  const TriggerWindow mature{.lag_median = 120.0, .lag_sigma = 1.2};
  CHECK(trigger_share(mature) == 1.0);
  TriggerWindow first = mature;
  double before = 0.0;
  for (const double back : {0.0, 100.0, 365.0, 1000.0, 20'000.0}) {
    first.back_to = back;
    CHECK(trigger_share(first) > before);
    before = trigger_share(first);
  }
  CHECK(before < 1.0);
  CHECK(before == doctest::Approx(1.0).epsilon(1e-3));
  TriggerWindow longer = mature;
  longer.extended = 60.0;
  CHECK(trigger_share(longer) > 1.0);
  // Without a lag every trigger is the occurrence.
  CHECK(trigger_share({.back_to = 0.0}) == doctest::Approx(1.0));
}

TEST_CASE(
    "trigger share: it scales what is paid, of one peril, and not the loss before the policy") {
  Hazard hazard = fixture::plain_hazard();
  hazard.perils = {fixture::peril("wiper", 0.02, {fixture::lump(10'000, 0.5, "FP.DATA")}),
                   fixture::peril("data_breach", 0.03, {fixture::lump(10'000, 0.5, "TP.PRIV")})};
  hazard.perils[1].claim = Lag{.median_days = {.value = 120.0}, .sigma = 1.0};
  SerialExecutor executor;
  const ScenarioTable table(hazard, {.points = 256}, executor);
  terms::Wording wording;
  wording.terms = fixture::plain_terms({"FP.DATA", "TP.PRIV"});
  wording.perils.codes = {"wiper", "data_breach"};
  const terms::Plan plan = terms::compile(wording.terms);
  const Date inception = Date::from_days(20'000);
  const LossModel model = make_loss_model(hazard, reference_company(hazard), ControlUse::kOwn);
  const auto year_of = [&](const InsuredCover& cover) {
    return year_loss({.hazard = &hazard, .table = &table, .cover = &cover}, model, executor)
        .value();
  };
  const InsuredCover all = insured_cover(hazard, wording, plan, inception);
  CHECK(all.admitted.empty());
  const YearLoss occurrence = year_of(all);
  wording.trigger = {.basis = terms::TriggerBasis::kClaimsMade, .retroactive_days = 0};
  const InsuredCover first = insured_cover(hazard, wording, plan, inception);
  const YearLoss year = year_of(first);
  CHECK(first.admitted[0] == doctest::Approx(1.0));
  CHECK(first.admitted[1] < 0.8);
  // A loss of one's own counts as claimed when it is discovered, as at the gate.
  const terms::Plan own_only = terms::compile(fixture::plain_terms({"FP.DATA"}));
  CHECK(insured_cover(hazard, wording, own_only, inception).admitted[1] == doctest::Approx(1.0));
  CHECK(year.ground_up == occurrence.ground_up);
  CHECK(year.insured_by_peril[0] == doctest::Approx(occurrence.insured_by_peril[0]));
  CHECK(year.insured_by_peril[1] ==
        doctest::Approx(first.admitted[1] * occurrence.insured_by_peril[1]));
  const AnnualLosses losses =
      AnnualLosses::sample({.hazard = &hazard, .table = &table, .cover = &first}, model, 256,
                           executor)
          .value();
  const Sampled paid = losses.mean(LossView::kPaid);
  CHECK(std::fabs(paid.value - year.insured) <
        4.0 * std::hypot(paid.error, year.standard_error) + 2e-3 * year.insured);
  // A retroactive date that is the inception says the same.
  wording.trigger.retroactive_days = std::nullopt;
  wording.trigger.retroactive_date = inception;
  CHECK(insured_cover(hazard, wording, plan, inception).admitted == first.admitted);
}

TEST_CASE("insured cover: a territory that leaves out the company's place covers no peril") {
  Hazard hazard = fixture::plain_hazard();
  hazard.perils = {fixture::peril("data_breach", 0.1, {fixture::lump(1e6, 1.0, "FP.IR")})};
  terms::Wording wording;
  wording.terms = fixture::plain_terms({"FP.IR"});
  wording.perils.codes = {"data_breach"};
  const terms::Plan plan = terms::compile(wording.terms);
  struct Row {
    std::optional<terms::Territory> territory;
    bool covered;
  };
  const Row rows[] = {
      {std::nullopt, true},
      {terms::Territory{.covered = {"*"}}, true},
      {terms::Territory{.covered = {"CN", "HK"}}, true},
      {terms::Territory{.covered = {"*"}, .except = {"US"}}, true},
      {terms::Territory{.covered = {"DE", "FR"}}, false},
      {terms::Territory{.covered = {"*"}, .except = {"CN"}}, false},
  };
  for (const Row& row : rows) {
    wording.territory = row.territory;
    const InsuredCover cover = insured_cover(hazard, wording, plan, {});
    CHECK(check_currency(hazard, wording).ok());
    CHECK(covered_perils({.hazard = &hazard, .cover = &cover}) == std::vector<bool>{row.covered});
  }
}

TEST_CASE("insured cover: a wording in another currency than the hazard is refused with both") {
  Hazard hazard = fixture::plain_hazard();
  terms::Wording wording;
  wording.terms.currency = Currency::kUsd;
  const auto refused = check_currency(hazard, wording);
  REQUIRE(!refused.ok());
  CHECK(refused.refusal().code == refusals::kCurrencyMismatch);
  CHECK(refused.refusal().value == "USD");
  CHECK(refused.refusal().args.at(0).value == "CNY");
}

}  // namespace
}  // namespace anlan::engine
