#include "underwriting/cancel.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "base/allot.h"
#include "base/check.h"
#include "underwriting/refusals.h"

namespace anlan::underwriting {
namespace {

using domain::Refund;
using domain::RefundRule;

struct Period {
  Date from;
  Date until;
};

Period period_of(const domain::Policy& policy) {
  return {date_of(policy.from, policy.offset), date_of(policy.until, policy.offset)};
}

Refusal refuse(RefusalCode code, std::string_view field, std::string value,
               std::vector<RefusalArg> args = {}) {
  return Refusal{.code = code,
                 .path = std::string(field),
                 .value = std::move(value),
                 .args = std::move(args),
                 .at = {}};
}

bool ground_serves(const CancelInput& input) {
  switch (input.ground) {
    case CancelGround::kInsuredWish:
      return input.party == CancelParty::kInsured;
    case CancelGround::kAfterIncident:
      return input.claim_paid_on && *input.claim_paid_on <= input.notified_on &&
             days_between(*input.claim_paid_on, input.notified_on) <= kTerminationDays;
    case CancelGround::kSecurityDutyBreached:
    case CancelGround::kDangerIncreased:
      return input.party == CancelParty::kInsurer;
  }
  check_failed("a ground of cancellation", __FILE__, __LINE__);
}

bool notice_is_short(const CancelInput& input) {
  return input.ground == CancelGround::kAfterIncident && input.party == CancelParty::kInsurer &&
         days_between(input.notified_on, input.on) < kInsurerNoticeDays;
}

Result<Done> check_cancel(const CancelInput& input, const Period& period) {
  if (input.ended) return refuse(refusals::kPolicyEnded, "policy", input.policy.number);
  if (input.on >= period.until || input.on <= input.notified_on) {
    return refuse(refusals::kCancelOutsidePeriod, "on", to_text(input.on),
                  {{.name = "from", .value = to_text(plus_days(input.notified_on, 1))},
                   {.name = "until", .value = to_text(period.until)}});
  }
  if (!ground_serves(input)) {
    return refuse(refusals::kCancelGround, "ground", std::string(name_of(input.ground)),
                  {{.name = "party", .value = std::string(name_of(input.party))}});
  }
  if (notice_is_short(input)) {
    return refuse(refusals::kCancelNotice, "on", to_text(input.on),
                  {{.name = "days", .value = std::to_string(kInsurerNoticeDays)}});
  }
  if (input.ground == CancelGround::kInsuredWish && !input.undecided.empty()) {
    return refuse(refusals::kIncidentsUndecided, "policy", input.policy.number,
                  {{.name = "incidents", .value = input.undecided}});
  }
  return Done{};
}

Money unearned_before_start(const CancelInput& input, const RefundTerms& terms) {
  const Money premium = input.policy.premium;
  if (input.party == CancelParty::kInsurer) return premium;
  return premium - std::min(premium, terms.handling_fee);
}

Money unearned_after_start(const CancelInput& input, const RefundTerms& terms, Refund& refund,
                           const Period& period) {
  const Money premium = input.policy.premium;
  if (input.ground == CancelGround::kInsuredWish && terms.rule == RefundRule::kShortRate) {
    refund.rule = RefundRule::kShortRate;
    const std::int32_t months = months_started(period.from, input.on);
    const std::size_t row = static_cast<std::size_t>(std::min(months, 12)) - 1;
    return premium.times_ratio(terms.earned_by_month[row].rest().ppm(), Share::kWhole);
  }
  return unearned_by_day(premium, refund.days_on_risk, refund.days_total);
}

Money for_limit_left(const CancelInput& input, Money unearned) {
  if (input.aggregate.is_zero()) return unearned;
  return unearned.times_ratio(input.aggregate_left.minor(), input.aggregate.minor());
}

bool limit_left_counts(const CancelInput& input, const RefundTerms& terms) {
  switch (input.ground) {
    case CancelGround::kInsuredWish:
      return terms.after_claims == RefundAfterClaims::kLimitLeft;
    case CancelGround::kAfterIncident:
      return true;
    case CancelGround::kSecurityDutyBreached:
    case CancelGround::kDangerIncreased:
      return false;
  }
  check_failed("a ground of cancellation", __FILE__, __LINE__);
}

PremiumByPayer due_of(const CancelInput& input) {
  return {.customer = input.customer_due, .government = input.government_due};
}
PremiumByPayer paid_of(const CancelInput& input) {
  return {.customer = input.customer_paid, .government = input.government_paid};
}

}  // namespace

Refund days_of_cover(const domain::Policy& policy, Date on) {
  const Period period = period_of(policy);
  const std::int32_t total = days_between(period.from, period.until);
  return {.days_on_risk = std::clamp(days_between(period.from, on), 0, total), .days_total = total};
}

Money earned_through(const domain::Policy& policy, Date through) {
  const Refund days = days_of_cover(policy, plus_days(through, 1));
  return policy.premium - unearned_by_day(policy.premium, days.days_on_risk, days.days_total);
}

Money unearned_by_day(Money premium, std::int32_t days_on_risk, std::int32_t days_total) {
  ANLAN_CHECK(days_on_risk >= 0);
  ANLAN_CHECK(days_on_risk <= days_total);
  ANLAN_CHECK(days_total > 0);
  return premium.times_ratio(days_total - days_on_risk, days_total);
}

std::int32_t months_started(Date from, Date on) {
  const std::chrono::year_month_day first = from.calendar();
  for (std::int32_t months = 0;; ++months) {
    std::chrono::year_month_day next = first + std::chrono::months{months};
    if (!next.ok()) next = next.year() / next.month() / std::chrono::last;
    const auto days = std::chrono::sys_days{next}.time_since_epoch().count();
    if (days >= on.days()) return months;
  }
}

void split_by_payer(Refund& refund, const PremiumByPayer& due, const PremiumByPayer& paid) {
  const std::array<std::int64_t, 2> weights = {due.customer.minor(), due.government.minor()};
  const std::vector<Money> unearned = allot(refund.unearned, weights);
  const Money none = Money::zero(refund.unearned.currency());
  // Each payer gets back what it paid above its own share of the earned premium.
  refund.to_customer = std::max(paid.customer - (due.customer - unearned[0]), none);
  refund.to_government = std::max(paid.government - (due.government - unearned[1]), none);
  refund.customer_waived = unearned[0] - refund.to_customer;
  refund.government_waived = unearned[1] - refund.to_government;
}

Result<Refund> cancel_refund(const CancelInput& input, const RefundTerms& terms) {
  const Period period = period_of(input.policy);
  ANLAN_REQUIRE(check_cancel(input, period));
  Refund refund = days_of_cover(input.policy, input.on);
  refund.unearned_by_time = refund.days_on_risk == 0
                                ? unearned_before_start(input, terms)
                                : unearned_after_start(input, terms, refund, period);
  refund.unearned = limit_left_counts(input, terms) ? for_limit_left(input, refund.unearned_by_time)
                                                    : refund.unearned_by_time;
  split_by_payer(refund, due_of(input), paid_of(input));
  return refund;
}

Refund lapse_refund(const CancelInput& input, const RefundTerms& terms) {
  Refund refund = days_of_cover(input.policy, input.on);
  refund.unearned_by_time =
      unearned_by_day(input.policy.premium, refund.days_on_risk, refund.days_total);
  refund.unearned = terms.after_claims == RefundAfterClaims::kLimitLeft
                        ? for_limit_left(input, refund.unearned_by_time)
                        : refund.unearned_by_time;
  split_by_payer(refund, due_of(input), paid_of(input));
  return refund;
}

}  // namespace anlan::underwriting
