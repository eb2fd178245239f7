#include "underwriting/cancel.h"

#include <doctest/doctest.h>

#include "underwriting/fixture_test.h"
#include "underwriting/refusals.h"

namespace anlan::underwriting {
namespace {

using namespace samples;
using domain::Refund;
using domain::RefundRule;

CancelInput cancelled(std::string_view on) {
  return {.policy = policy(),
          .ended = false,
          .party = CancelParty::kInsured,
          .ground = CancelGround::kInsuredWish,
          .notified_on = day("2026-02-15"),
          .on = day(on),
          .customer_due = yuan(140'000),
          .government_due = yuan(140'000),
          .customer_paid = yuan(140'000),
          .government_paid = yuan(140'000),
          .claim_paid_on = {},
          .aggregate = yuan(40'000'000),
          .aggregate_left = yuan(40'000'000)};
}

RefundTerms pro_rata() { return product().refund; }
RefundTerms short_rate_terms() {
  RefundTerms terms = product().refund;
  terms.rule = RefundRule::kShortRate;
  return terms;
}

TEST_CASE("cancel: E21, day 100 of 365 gives 2,032.88 back, half to each payer") {
  const auto refund = cancel_refund(cancelled("2026-06-09"), pro_rata());
  REQUIRE(refund.ok());
  CHECK(refund.value() == Refund{.rule = RefundRule::kProRata,
                                 .days_on_risk = 100,
                                 .days_total = 365,
                                 .unearned_by_time = yuan(203'288),
                                 .unearned = yuan(203'288),
                                 .to_customer = yuan(101'644),
                                 .to_government = yuan(101'644),
                                 .customer_waived = yuan(0),
                                 .government_waived = yuan(0)});
}

TEST_CASE("cancel: E21, the short-rate table keeps 40 % after four started months") {
  const auto refund = cancel_refund(cancelled("2026-06-09"), short_rate_terms());
  REQUIRE(refund.ok());
  CHECK(refund->rule == RefundRule::kShortRate);
  CHECK(refund->unearned == yuan(168'000));
  CHECK(refund->to_customer == yuan(84'000));
  CHECK(refund->to_government == yuan(84'000));
}

TEST_CASE("cancel: a month counts when it has started, whatever its length") {
  struct Row {
    std::string_view from;
    std::string_view on;
    std::int32_t months;
  };
  const Row rows[] = {{"2026-03-01", "2026-03-02", 1},  {"2026-03-01", "2026-04-01", 1},
                      {"2026-03-01", "2026-04-02", 2},  {"2026-03-01", "2026-06-09", 4},
                      {"2026-01-31", "2026-02-28", 1},  {"2026-01-31", "2026-03-01", 2},
                      {"2026-03-01", "2027-02-28", 12}, {"2027-12-31", "2028-12-31", 12}};
  for (const Row& row : rows) {
    CAPTURE(row.from);
    CAPTURE(row.on);
    CHECK(months_started(day(row.from), day(row.on)) == row.months);
  }
}

TEST_CASE("cancel: before the start the insured pays the handling fee, the insurer does not") {
  CancelInput input = cancelled("2026-03-01");
  const auto wish = cancel_refund(input, short_rate_terms());
  REQUIRE(wish.ok());
  CHECK(wish->days_on_risk == 0);
  CHECK(wish->unearned == yuan(275'000));
  CHECK(wish->to_customer + wish->to_government == yuan(275'000));
  input.party = CancelParty::kInsurer;
  input.ground = CancelGround::kDangerIncreased;
  CHECK(cancel_refund(input, pro_rata())->unearned == yuan(280'000));
}

TEST_CASE("cancel: the insurer's grounds give back by day whatever the product's rule") {
  CancelInput input = cancelled("2026-06-09");
  input.party = CancelParty::kInsurer;
  for (const CancelGround ground :
       {CancelGround::kSecurityDutyBreached, CancelGround::kDangerIncreased}) {
    input.ground = ground;
    const auto refund = cancel_refund(input, short_rate_terms());
    REQUIRE(refund.ok());
    CHECK(refund->unearned == yuan(203'288));
  }
}

TEST_CASE("cancel: after an incident only the premium of the undamaged part goes back") {
  CancelInput input = cancelled("2026-06-09");
  input.ground = CancelGround::kAfterIncident;
  input.notified_on = day("2026-06-08");
  input.claim_paid_on = day("2026-05-20");
  input.aggregate_left = yuan(25'000'000);  // 150,000 of 400,000 was paid
  const auto refund = cancel_refund(input, short_rate_terms());
  REQUIRE(refund.ok());
  CHECK(refund->rule == RefundRule::kProRata);
  CHECK(refund->unearned == yuan(127'055));  // 2,032.88 x 25 / 40
  CHECK(refund->to_customer + refund->to_government == yuan(127'055));
  input.aggregate_left = yuan(0);
  CHECK(cancel_refund(input, pro_rata())->to_customer == yuan(0));
}

TEST_CASE(
    "cancel: by wish after claims, the part for the limit left goes back, as the product says") {
  CancelInput input = cancelled("2026-06-09");
  input.aggregate_left = yuan(25'000'000);  // 150,000 of 400,000 was paid
  const Refund by_day = cancel_refund(input, pro_rata()).value();
  CHECK(by_day.unearned_by_time == yuan(203'288));
  CHECK(by_day.unearned == yuan(127'055));  // 2,032.88 x 25 / 40
  const Refund short_rate = cancel_refund(input, short_rate_terms()).value();
  CHECK(short_rate.unearned_by_time == yuan(168'000));
  CHECK(short_rate.unearned == yuan(105'000));
  RefundTerms by_time = pro_rata();
  by_time.after_claims = RefundAfterClaims::kByTime;
  CHECK(cancel_refund(input, by_time)->unearned == yuan(203'288));
  input.ground = CancelGround::kAfterIncident;  // art 58(2) leaves the product no choice
  input.claim_paid_on = input.notified_on;
  CHECK(cancel_refund(input, by_time)->unearned == yuan(127'055));
  input.ground = CancelGround::kInsuredWish;
  input.aggregate_left = yuan(0);
  CHECK(cancel_refund(input, pro_rata())->unearned == yuan(0));
}

TEST_CASE("cancel: premium is earned by the day, from the first day of cover to the last") {
  const domain::Policy whole = policy();
  CHECK(earned_through(whole, day("2026-02-28")) == yuan(0));
  CHECK(earned_through(whole, day("2026-03-01")) == yuan(768));  // 2 x 140,000 / 365
  CHECK(earned_through(whole, day("2026-06-08")) == yuan(280'000 - 203'288));
  CHECK(earned_through(whole, day("2027-02-28")) == yuan(280'000));
  CHECK(earned_through(whole, day("2027-12-31")) == yuan(280'000));
}

TEST_CASE(
    "cancel: each payer gets back what it paid above its own earned part, whatever the other "
    "paid") {
  for (std::int64_t customer = 0; customer <= 140'000; customer += 3'331) {
    for (const std::int64_t government :
         {std::int64_t{0}, std::int64_t{70'000}, std::int64_t{140'000}}) {
      CAPTURE(customer);
      CAPTURE(government);
      CancelInput input = cancelled("2026-06-09");
      input.customer_paid = yuan(customer);
      input.government_paid = yuan(government);
      const Refund refund = cancel_refund(input, pro_rata()).value();
      CHECK(refund.unearned == yuan(203'288));  // 100 of 365 days; half of it is each payer's
      CHECK(refund.to_customer == yuan(std::max<std::int64_t>(customer - (140'000 - 101'644), 0)));
      CHECK(refund.to_government ==
            yuan(std::max<std::int64_t>(government - (140'000 - 101'644), 0)));
      CHECK(refund.to_customer <= input.customer_paid);
      CHECK(refund.to_government <= input.government_paid);
      // What each still owes is its earned part, unless it paid that.
      const Money owed_c = input.customer_due - refund.customer_waived - input.customer_paid;
      CHECK(owed_c == yuan(std::max<std::int64_t>(140'000 - 101'644 - customer, 0)));
      const Money owed_g = input.government_due - refund.government_waived - input.government_paid;
      CHECK(owed_g == yuan(std::max<std::int64_t>(140'000 - 101'644 - government, 0)));
      CHECK(refund.to_customer + refund.customer_waived + refund.to_government +
                refund.government_waived ==
            refund.unearned);
    }
  }
}

TEST_CASE("cancel: what the law or the calendar does not allow is refused, in this order") {
  struct Row {
    RefusalCode code;
    std::string_view what;
    CancelInput input;
  };
  std::vector<Row> rows;
  const auto add = [&](RefusalCode code, std::string_view what) -> CancelInput& {
    rows.push_back({code, what, cancelled("2026-06-09")});
    return rows.back().input;
  };
  add(refusals::kPolicyEnded, "twice").ended = true;
  add(refusals::kCancelOutsidePeriod, "after the end").on = day("2027-03-01");
  add(refusals::kCancelOutsidePeriod, "before the notice").notified_on = day("2026-06-10");
  add(refusals::kCancelOutsidePeriod, "on the day of the notice").notified_on = day("2026-06-09");
  add(refusals::kCancelGround, "the insurer has no wish").party = CancelParty::kInsurer;
  add(refusals::kCancelGround, "danger is the insurer's ground").ground =
      CancelGround::kDangerIncreased;
  add(refusals::kCancelGround, "no claim was paid").ground = CancelGround::kAfterIncident;
  CancelInput& late = add(refusals::kCancelGround, "31 days after the payment");
  late.ground = CancelGround::kAfterIncident;
  late.claim_paid_on = day("2026-05-01");
  late.notified_on = day("2026-06-01");
  CancelInput& hasty = add(refusals::kCancelNotice, "14 days' notice by the insurer");
  hasty.party = CancelParty::kInsurer;
  hasty.ground = CancelGround::kAfterIncident;
  hasty.claim_paid_on = day("2026-05-20");
  hasty.notified_on = day("2026-05-26");
  add(refusals::kIncidentsUndecided, "by wish, before the claims are decided").undecided = "inc_40";
  for (const Row& row : rows) {
    CAPTURE(row.what);
    const auto refund = cancel_refund(row.input, pro_rata());
    REQUIRE(!refund.ok());
    CHECK(refund.refusal().code.name == row.code.name);
  }
  CancelInput in_time = rows[rows.size() - 2].input;
  in_time.notified_on = day("2026-05-25");
  CHECK(cancel_refund(in_time, pro_rata()).ok());
}

}  // namespace
}  // namespace anlan::underwriting
