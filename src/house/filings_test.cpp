#include "house/filings.h"

#include <doctest/doctest.h>

#include "base/refusals.h"
#include "house/endorse_desk_test.h"
#include "house/refusals.h"

namespace anlan::house {
namespace {

using namespace desk;

// What is filed for the product of the desk's quotes.
Filing filed(const Desk& desk, EnterpriseId enterprise, std::string_view from = "2026-02-01") {
  Filing filing = filing_of(desk.quote(enterprise));
  const ChosenOption a8 = option_a8();
  filing.options = {{.id = a8.id,
                     .wording = a8.wording,
                     .wording_artefact = a8.wording_artefact,
                     .rate = {.premium = a8.filed, .low = a8.low, .high = a8.high}}};
  const ChosenFactor protection = factor_at("protection", 900'000);
  filing.factors = {
      {.id = "protection", .low_ppm = protection.low_ppm, .high_ppm = protection.high_ppm}};
  filing.from = day(from);
  filing.evidence = sha256(bytes_of("receipt"));
  return filing;
}

template <class Change>
std::string_view quoted(Desk& desk, EnterpriseId enterprise, Change change) {
  Quote quote = desk.quote(enterprise);
  change(quote);
  return desk.refused("broker", IssueQuote{.quote = quote});
}

template <class Change>
std::string_view recorded(Desk& desk, const Filing& filing, Change change) {
  Filing other = filing;
  change(other);
  return desk.refused("finance", RecordFiling{.filing = other});
}

TEST_CASE("filings: the first quote under a number fixes its wording and its rate") {
  Desk desk;
  desk.open();
  const EnterpriseId enterprise = desk.enterprise();
  const QuoteId first = desk.issue(enterprise);
  const Quote sold = find_quote(desk.house, first)->quote;
  const FilingOnFile* fixed = filing_under(desk.house, sold.product, sold.registration);
  REQUIRE(fixed);
  CHECK_FALSE(fixed->recorded);
  CHECK(fixed->filing.rate.high == sold.filed_high);
  CHECK(filing_on(desk.house, sold.product, day("2026-03-01")) == nullptr);
  CHECK(quoted(desk, enterprise, [](Quote&) {}) == "accepted");
  CHECK(quoted(desk, enterprise, [](Quote& q) { q.filed_high += yuan(1); }) ==
        refusals::kOtherFiling.name);
  CHECK(quoted(desk, enterprise, [](Quote& q) { q.filed_low -= yuan(1); }) ==
        refusals::kOtherFiling.name);
  CHECK(quoted(desk, enterprise, [](Quote& q) { q.filed_premium += yuan(1); }) ==
        refusals::kOtherFiling.name);
  CHECK(quoted(desk, enterprise, [](Quote& q) { q.wording_artefact = sha256(bytes_of("x")); }) ==
        refusals::kOtherFiling.name);
  // Another number is another content; nobody recorded that there is only one.
  CHECK(quoted(desk, enterprise, [](Quote& q) {
          q.registration = "NO-2";
          q.filed_high += yuan(1);
        }) == "accepted");
}

TEST_CASE("filings: once one is on record, only what is on record is quoted and bound") {
  Desk desk;
  desk.open();
  const EnterpriseId enterprise = desk.enterprise();
  const QuoteId before = desk.issue(enterprise);
  desk.must("broker", desk.explanation(before));
  Filing filing = filed(desk, enterprise);
  CHECK(desk.refused("uw", RecordFiling{.filing = filing}) == refusals::kRoleMissing.name);
  desk.must("finance", RecordFiling{.filing = filing});
  CHECK(filing_under(desk.house, filing.product, filing.registration)->recorded);
  CHECK(quoted(desk, enterprise, [](Quote& q) { q.registration = "NO-2"; }) ==
        refusals::kOtherFiling.name);
  CHECK(quoted(desk, enterprise, [](Quote&) {}) == "accepted");
  // The next number takes effect between quote and bind: the old quote is not sold any more.
  filing.registration = "NO-2";
  filing.from = plus_days(day("2026-02-01"), 1);
  filing.rate.high += yuan(100);
  desk.must("finance", RecordFiling{.filing = filing});
  CHECK(desk.refused("uw", BindPolicy{before}) == refusals::kOtherFiling.name);
  CHECK(quoted(desk, enterprise, [](Quote&) {}) == refusals::kOtherFiling.name);
  CHECK(quoted(desk, enterprise, [&](Quote& q) {
          q.registration = "NO-2";
          q.filed_high += yuan(100);
        }) == "accepted");
}

TEST_CASE("filings: none in force yet, none is quoted") {
  Desk desk;
  desk.open();
  const EnterpriseId enterprise = desk.enterprise();
  desk.must("finance", RecordFiling{.filing = filed(desk, enterprise, "2031-01-01")});
  CHECK(quoted(desk, enterprise, [](Quote&) {}) == refusals::kNoFiling.name);
}

TEST_CASE("filings: what a record must hold to") {
  Desk desk;
  desk.open();
  const EnterpriseId enterprise = desk.enterprise();
  const Filing filing = filed(desk, enterprise);
  const auto shape = refusals::kFilingShape.name;
  CHECK(recorded(desk, filing, [](Filing& f) { f.registration.clear(); }) == shape);
  CHECK(recorded(desk, filing, [](Filing& f) { f.evidence = {}; }) == shape);
  CHECK(recorded(desk, filing, [](Filing& f) { f.wording_artefact = {}; }) == shape);
  CHECK(recorded(desk, filing, [](Filing& f) { f.rate.low = f.rate.high + yuan(1); }) == shape);
  CHECK(recorded(desk, filing, [](Filing& f) { f.rate.premium = f.rate.high + yuan(1); }) == shape);
  CHECK(recorded(desk, filing,
                 [](Filing& f) { f.rate.low = Money::from_minor(1, Currency::kUsd); }) == shape);
  CHECK(recorded(desk, filing, [](Filing& f) { f.options.push_back(f.options.front()); }) == shape);
  CHECK(recorded(desk, filing, [](Filing& f) { f.options.front().wording_artefact = {}; }) ==
        shape);
  CHECK(recorded(desk, filing, [](Filing& f) { f.factors.front().low_ppm = 2'000'000; }) == shape);
  desk.must("finance", RecordFiling{.filing = filing});
  CHECK(recorded(desk, filing, [](Filing&) {}) == refusals::kAlreadyDone.name);
  CHECK(recorded(desk, filing, [](Filing& f) { f.registration = "NO-2"; }) ==
        refusals::kFilingDay.name);
}

TEST_CASE("filings: an option and a factor of an endorsement are those of the filing") {
  Desk desk;
  desk.open();
  const EnterpriseId enterprise = desk.enterprise();
  desk.must("finance", RecordFiling{.filing = filed(desk, enterprise)});
  const PolicyId policy = desk.bind(enterprise);
  const Date from = day("2026-06-01");
  const auto endorsed = [&](Endorsement endorsement) {
    return desk.refused("uw", EndorsePolicy{.policy = policy, .endorsement = endorsement});
  };
  Endorsement other = terms_change(from);
  other.option->high += yuan(1);
  CHECK(endorsed(other) == refusals::kOtherFiling.name);
  other = terms_change(from);
  other.option->wording_artefact = sha256(bytes_of("another text"));
  CHECK(endorsed(other) == refusals::kOtherFiling.name);
  other = terms_change(from);
  other.option->id = "unheard";
  CHECK(endorsed(other) == refusals::kOtherFiling.name);
  Endorsement factor = factor_change(from, 900'000);
  factor.factor->low_ppm -= 1;
  CHECK(endorsed(factor) == refusals::kOtherFiling.name);
  CHECK(endorsed(factor_change(from, 900'000, "danger")) == refusals::kOtherFiling.name);
  CHECK(endorsed(factor_change(from, 900'000)) == "accepted");
  CHECK(endorsed(terms_change(from)) == "accepted");
}

}  // namespace
}  // namespace anlan::house
