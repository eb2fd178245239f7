#include "underwriting/triage.h"

#include <functional>

#include <doctest/doctest.h>

#include "underwriting/fixture_test.h"
#include "underwriting/price.h"

namespace anlan::underwriting {
namespace {

using namespace samples;
using domain::QuoteDecision;
using domain::TriageReason;

struct Risk {
  Product product = samples::product();
  Profile profile = samples::profile();
  domain::LossResult loss = samples::loss();
  std::vector<domain::ControlState> controls = {
      {.control = {"BKP-02"}, .gap = Share::from_percent(90)},
      {.control = {"NET-01"}, .gap = Share::from_percent(0)}};
  Money authority = yuan(40'000'000);
  std::vector<engine::BeyondSize> beyond_size;
};

Triage triage_of(const Risk& risk) {
  const domain::PriceParts parts = price_parts(risk.loss, loads(), risk.product.premium);
  return triage({.product = risk.product,
                 .profile = risk.profile,
                 .parts = parts,
                 .controls = risk.controls,
                 .aggregate = yuan(40'000'000),
                 .authority = risk.authority,
                 .beyond_size = risk.beyond_size});
}

TEST_CASE("triage: the pilot company is bindable without a finding") {
  const Triage result = triage_of({});
  CHECK(result.decision == QuoteDecision::kBindable);
  CHECK(result.findings.empty());
}

TEST_CASE(
    "triage: each reason is found at its first figure beyond the rule, with value and limit") {
  struct Row {
    TriageReason reason;
    QuoteDecision decision;
    std::function<void(Risk&)> change;
    std::string_view value;
    std::string_view limit;
  };
  const auto declined = QuoteDecision::kDeclined;
  const auto referred = QuoteDecision::kReferred;
  const Row rows[] = {
      {TriageReason::kRevenueAboveProduct, declined,
       [](Risk& r) { r.profile.revenue = yuan(10'000'000'001); }, "100,000,000.01",
       "100,000,000.00"},
      {TriageReason::kEmployeesAboveProduct, declined, [](Risk& r) { r.profile.employees = 301; },
       "301", "300"},
      {TriageReason::kRegionNotEligible, declined, [](Risk& r) { r.profile.region = "330100"; },
       "330100", "3302"},
      {TriageReason::kSectorExcluded, declined, [](Risk& r) { r.profile.sector = "J66"; }, "J66",
       "J, S"},
      {TriageReason::kTooManyIncidents, declined, [](Risk& r) { r.profile.incidents_36m = 3; }, "3",
       "2"},
      {TriageReason::kMinimumControlMissing, referred,
       [](Risk& r) { r.controls[0].gap = Share::from_ppm(900'001); }, "BKP-02 10.0 %", "10.0 %"},
      {TriageReason::kMinimumControlMissing, declined, [](Risk& r) { r.controls.pop_back(); },
       "NET-01 0.0 %", "10.0 %"},
      {TriageReason::kCriticalInfrastructure, referred,
       [](Risk& r) { r.profile.cii_operator = true; }, "yes", "no"},
      {TriageReason::kLossRatioAboveTarget, referred,
       [](Risk& r) {
         r.loss.insured = yuan(168'001);
         r.product.filed_high = yuan(1'000'000);
       },
       "60.0 %", "60.0 %"},
      {TriageReason::kAboveAuthority, referred, [](Risk& r) { r.authority = yuan(39'999'999); },
       "400,000.00", "399,999.99"},
      {TriageReason::kBeyondSizeLaws, referred,
       [](Risk& r) {
         r.beyond_size = {{.by = engine::SizeBy::kRecords, .value = 1e9, .limit = 412'000.7}};
       },
       "records 1000000000", "records 412000"},
      {TriageReason::kBeyondSizeLaws, QuoteDecision::kBindable,
       [](Risk& r) {
         r.beyond_size = {
             {.by = engine::SizeBy::kRevenue, .above = false, .value = 100, .limit = 7'500'000}};
       },
       "revenue 1.00", "revenue 75,000.00"},
      {TriageReason::kOutsideFiledRange, referred,
       [](Risk& r) { r.product.filed_high = yuan(226'514); }, "2,265.15", "2,265.14"},
  };
  for (const Row& row : rows) {
    CAPTURE(name_of(row.reason));
    Risk risk;
    row.change(risk);
    const Triage result = triage_of(risk);
    REQUIRE(result.findings.size() == 1);
    CHECK(result.decision == row.decision);
    CHECK(result.findings[0].reason == row.reason);
    CHECK(result.findings[0].consequence == row.decision);
    CHECK(result.findings[0].value == row.value);
    CHECK(result.findings[0].limit == row.limit);
  }
}

TEST_CASE("triage: the loss ratio is that of the premium that is offered") {
  Risk risk;
  risk.loss.insured = yuan(160'000);  // 57.1 % of 280,000, 63.5 % of 252,000
  risk.product.filed_high = yuan(1'000'000);
  const auto found = [&](Money premium) {
    const domain::PriceParts parts = price_parts(risk.loss, loads(), premium);
    return triage({.product = risk.product,
                   .profile = risk.profile,
                   .parts = parts,
                   .controls = risk.controls,
                   .aggregate = yuan(40'000'000),
                   .authority = risk.authority})
        .findings;
  };
  CHECK(found(risk.product.premium).empty());
  REQUIRE(found(yuan(252'000)).size() == 1);
  CHECK(found(yuan(252'000))[0].value == "63.5 %");
}

TEST_CASE("triage: whoever binds nothing is above no authority") {
  Risk risk;
  const domain::PriceParts parts = price_parts(risk.loss, loads(), risk.product.premium);
  CHECK(triage({.product = risk.product,
                .profile = risk.profile,
                .parts = parts,
                .controls = risk.controls,
                .aggregate = yuan(40'000'000),
                .authority = std::nullopt})
            .findings.empty());
}

TEST_CASE("triage: what is known before a price is found without one, the rest is not") {
  Risk risk;
  risk.profile.employees = 301;
  risk.profile.cii_operator = true;
  risk.authority = yuan(0);
  risk.controls[0].gap = Share::from_percent(100);
  risk.controls[1].gap = Share::from_percent(100);
  const Triage whole = triage_of(risk);
  const Triage early = eligibility(risk.product, risk.profile, risk.controls, risk.beyond_size);
  CHECK(early.decision == QuoteDecision::kDeclined);
  REQUIRE(early.findings.size() + 1 == whole.findings.size());
  CHECK(whole.findings.back().reason == TriageReason::kAboveAuthority);
  for (std::size_t i = 0; i < early.findings.size(); ++i) {
    CHECK(early.findings[i] == whole.findings[i]);
  }
}

TEST_CASE("triage: the gravest consequence decides, and all findings stay") {
  Risk risk;
  risk.profile.cii_operator = true;
  risk.profile.incidents_36m = 5;
  const Triage result = triage_of(risk);
  CHECK(result.decision == QuoteDecision::kDeclined);
  REQUIRE(result.findings.size() == 2);
  CHECK(result.findings[0].reason == TriageReason::kTooManyIncidents);
  CHECK(result.findings[1].reason == TriageReason::kCriticalInfrastructure);
}

}  // namespace
}  // namespace anlan::underwriting
