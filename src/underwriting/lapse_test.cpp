#include "underwriting/lapse.h"

#include <doctest/doctest.h>

#include "underwriting/cancel.h"
#include "underwriting/fixture_test.h"
#include "underwriting/refusals.h"

namespace anlan::underwriting {
namespace {

using namespace samples;

TEST_CASE("lapse: the customer's own part decides, from the day after it was due") {
  const Date due = premium_due(product(), day("2026-02-25"));
  CHECK(due == day("2026-03-12"));
  const LapseInput unpaid{.due = due,
                          .today = day("2026-03-13"),
                          .customer_due = yuan(140'000),
                          .customer_paid = yuan(40'000)};
  const auto amount = lapse_amount(unpaid);
  REQUIRE(amount.ok());
  CHECK(amount.value() == yuan(100'000));

  LapseInput paid = unpaid;
  paid.customer_paid = yuan(140'000);
  CHECK(lapse_amount(paid).refusal().code == refusals::kPremiumReceived);

  LapseInput in_time = unpaid;
  in_time.today = due;
  CHECK(lapse_amount(in_time).refusal().code == refusals::kPremiumNotOverdue);
  CHECK(lapse_amount(in_time).refusal().args.at(0).value == "2026-03-12");
}

TEST_CASE(
    "lapse: each payer gets back what it paid above the days on risk, and owes what is less") {
  RefundTerms terms = product().refund;
  terms.rule = domain::RefundRule::kShortRate;  // serves a cancellation, never a lapse
  CancelInput input{.policy = policy(),
                    .on = day("2026-03-26"),
                    .customer_due = yuan(140'000),
                    .government_due = yuan(140'000),
                    .customer_paid = yuan(40'000),
                    .government_paid = yuan(0),
                    .aggregate = yuan(40'000'000),
                    .aggregate_left = yuan(40'000'000)};
  // 25 of 365 days: 191.78 of 2,800.00 is earned, 95.89 of it each payer's.
  CHECK(lapse_refund(input, terms) == domain::Refund{.rule = domain::RefundRule::kProRata,
                                                     .days_on_risk = 25,
                                                     .days_total = 365,
                                                     .unearned_by_time = yuan(260'822),
                                                     .unearned = yuan(260'822),
                                                     .to_customer = yuan(30'411),
                                                     .to_government = yuan(0),
                                                     .customer_waived = yuan(100'000),
                                                     .government_waived = yuan(130'411)});
  input.aggregate_left = yuan(10'000'000);                     // claims used 300,000 of 400,000
  CHECK(lapse_refund(input, terms).unearned == yuan(65'206));  // 2,608.22 / 4, half-up
  terms.after_claims = RefundAfterClaims::kByTime;
  CHECK(lapse_refund(input, terms).unearned == yuan(260'822));
  input.on = day("2026-02-20");  // before the start nothing was covered: no fee either
  CHECK(lapse_refund(input, terms).unearned == yuan(280'000));
}

}  // namespace
}  // namespace anlan::underwriting
