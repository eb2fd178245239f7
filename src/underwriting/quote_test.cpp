#include "underwriting/quote.h"

#include <functional>

#include <doctest/doctest.h>

#include "underwriting/fixture_test.h"
#include "underwriting/price.h"
#include "underwriting/refusals.h"

namespace anlan::underwriting {
namespace {

using namespace samples;
using domain::Quote;
using domain::QuoteDecision;

Digest digest(std::string_view of) { return sha256(bytes_of(of)); }

// What a quote input refers to, so that a test can change it.
struct Case {
  Product product = samples::product();
  terms::Wording wording = samples::wording();
  PriceLoads loads = samples::loads();
  SubsidyScheme scheme = samples::scheme();
  bool with_scheme = true;
  Profile profile = samples::profile();
  std::vector<domain::ControlState> controls = {{.control = {"BKP-02"}}, {.control = {"NET-01"}}};
  domain::LossResult loss = samples::loss();
  Money authority = yuan(50'000'000);
  Date from = day("2026-03-01");
  std::uint32_t policy_year = 1;
};

Result<Quote> quote_of(const Case& c) {
  return make_quote({.enterprise = {12},
                     .product = c.product,
                     .wording = c.wording,
                     .loads = c.loads,
                     .scheme = c.with_scheme ? &c.scheme : nullptr,
                     .profile = c.profile,
                     .controls = c.controls,
                     .loss = c.loss,
                     .digests = {.inputs = digest("inputs"),
                                 .product = digest("product"),
                                 .wording = digest("wording"),
                                 .pricing = digest("pricing")},
                     .authority = c.authority,
                     .today = day("2026-02-20"),
                     .from = c.from,
                     .policy_year = c.policy_year,
                     .renewal_of = {}});
}

TEST_CASE("quote: the pilot company pays 1,400 of 2,800 in the first year") {
  const auto made = quote_of({});
  REQUIRE(made.ok());
  const Quote& quote = made.value();
  CHECK(!quote.id.exists());
  CHECK(quote.enterprise == domain::EnterpriseId{12});
  CHECK(quote.premium == yuan(280'000));
  CHECK(quote.subsidy == yuan(140'000));
  CHECK(quote.customer_pays == yuan(140'000));
  CHECK(quote.scheme.text == "ningbo-premium-subsidy");
  CHECK(quote.aggregate_limit == yuan(40'000'000));
  CHECK(quote.incident_maximum == yuan(15'000'000));
  CHECK(quote.until == day("2027-03-01"));
  CHECK(quote.valid_until == day("2026-03-22"));
  CHECK(quote.to_explain.get() == std::vector<std::string>{"3.1", "4.2"});
  CHECK(quote.decision == QuoteDecision::kBindable);
  CHECK(quote.inputs == digest("inputs"));
  CHECK(quote.pricing_artefact == digest("pricing"));
  CHECK(quote.parts == price_parts(loss(), loads(), yuan(280'000)));
  CHECK(quote.assumed == Share::from_percent(100));
  CHECK(quote.walk.get().back().cumulative == quote.premium);
  CHECK(quote.loss.get() == loss());
}

TEST_CASE("quote: without a subsidy the customer pays the premium") {
  Case second_year;
  second_year.policy_year = 2;
  Case no_scheme;
  no_scheme.with_scheme = false;
  Case elsewhere;
  elsewhere.scheme.regions = {"3301"};
  using O = domain::SubsidyObstacle;
  CHECK(quote_of({})->no_subsidy.empty());
  const std::pair<Case, O> rows[] = {
      {second_year, O::kPolicyYear}, {no_scheme, O::kNoScheme}, {elsewhere, O::kRegion}};
  for (const auto& [c, why] : rows) {
    const Quote quote = quote_of(c).value();
    CHECK(quote.subsidy == yuan(0));
    CHECK(quote.no_subsidy == std::vector<O>{why});
    CHECK(quote.customer_pays == yuan(280'000));
    CHECK(!quote.scheme.exists());
  }
}

TEST_CASE("quote: a declined and a referred risk are quotes with findings") {
  Case many;
  many.profile.incidents_36m = 5;
  CHECK(quote_of(many)->decision == QuoteDecision::kDeclined);
  Case junior;
  junior.authority = yuan(39'999'999);
  const Quote referred = quote_of(junior).value();
  CHECK(referred.decision == QuoteDecision::kReferred);
  CHECK(referred.findings.at(0).reason == domain::TriageReason::kAboveAuthority);
}

TEST_CASE("quote: cover in the past and a wording of another product are refused") {
  struct Row {
    RefusalCode code;
    std::function<void(Case&)> change;
  };
  const Row rows[] = {
      {refusals::kCoverInPast, [](Case& c) { c.from = day("2026-02-19"); }},
      {refusals::kProductWording, [](Case& c) { c.wording.id = {"ningbo-2023-b"}; }},
      {refusals::kProductIncidentMaximum,
       [](Case& c) { c.wording.terms.sections[0].sublimit_occ.reset(); }},
  };
  for (const Row& row : rows) {
    CAPTURE(row.code.name);
    Case changed;
    row.change(changed);
    const auto made = quote_of(changed);
    REQUIRE(!made.ok());
    CHECK(made.refusal().code.name == row.code.name);
  }
  Case today;
  today.from = day("2026-02-20");
  CHECK(quote_of(today).ok());
}

TEST_CASE("quote: a wording without a limit of the year is above everybody's authority") {
  Case open;
  open.wording.terms.aggregate_limit.reset();
  open.authority = yuan(kAmountMax - 1);
  const Quote quote = quote_of(open).value();
  CHECK(quote.aggregate_limit == yuan(kAmountMax));
  CHECK(quote.decision == QuoteDecision::kReferred);
}

TEST_CASE("quote: the engine reads the profile, the online share as a share of the revenue") {
  Profile company = profile();
  company.online_revenue = yuan(600'000'000);
  const std::vector<domain::ControlState> controls = {{.control = {"BKP-02"}}};
  const engine::RiskInput risk = risk_input(company, controls);
  CHECK(risk.revenue == company.revenue);
  CHECK(risk.online_share == Share::from_percent(20));
  CHECK(risk.employees == 48);
  CHECK(risk.records == 8'000);
  CHECK(risk.sector == "C34");
  CHECK(risk.ot_lines == 2);
  CHECK(risk.controls == controls);
  company.online_revenue = company.revenue + company.revenue;
  CHECK(risk_input(company, controls).online_share == Share::from_percent(100));
}

TEST_CASE("quote: one digest stands for all pricing files") {
  const PricingFiles files{.loads = digest("a"), .inference = digest("b"), .scheme = digest("c")};
  PricingFiles swapped = files;
  std::swap(swapped.loads, swapped.inference);
  CHECK(pricing_artefact(files) == pricing_artefact(files));
  CHECK(pricing_artefact(files) != pricing_artefact(swapped));
}

}  // namespace
}  // namespace anlan::underwriting
