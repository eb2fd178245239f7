#include "underwriting/lapse.h"

#include <doctest/doctest.h>

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

}  // namespace
}  // namespace anlan::underwriting
