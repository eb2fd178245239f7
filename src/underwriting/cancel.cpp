#include "underwriting/cancel.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "base/allot.h"
#include "base/check.h"
#include "underwriting/refusals.h"

namespace anlan::underwriting {
namespace {

using domain::PremiumParts;
using domain::Refund;
using domain::RefundRule;

struct Period {
  Date from;
  Date until;
};

Period period_of(const domain::Policy& policy) {
  return {date_of(policy.from, policy.offset), date_of(policy.until, policy.offset)};
}

std::vector<PremiumSegment> segments_of(const CancelInput& input) {
  if (!input.segments.empty()) return input.segments;
  return one_segment(input.policy,
                     {.customer = input.customer_due, .government = input.government_due});
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
  const Money premium = input.customer_due + input.government_due;
  if (input.party == CancelParty::kInsurer) return premium;
  return premium - std::min(premium, terms.handling_fee);
}

Money left_by_day(const CancelInput& input) {
  const PremiumParts left = unearned_weights(segments_of(input), RefundRule::kProRata, input.on);
  return left.customer + left.government;
}

Money unearned_after_start(const CancelInput& input, const RefundTerms& terms, Refund& refund,
                           const Period& period) {
  const Money premium = input.customer_due + input.government_due;
  if (input.ground == CancelGround::kInsuredWish && terms.rule == RefundRule::kShortRate) {
    refund.rule = RefundRule::kShortRate;
    const std::int32_t months = months_started(period.from, input.on);
    const std::size_t row = static_cast<std::size_t>(std::min(months, 12)) - 1;
    return premium.times_ratio(terms.earned_by_month[row].rest().ppm(), Share::kWhole);
  }
  return left_by_day(input);
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

void split(Refund& refund, const CancelInput& input) {
  split_by_payer(refund,
                 {.due = {.customer = input.customer_due, .government = input.government_due},
                  .paid = {.customer = input.customer_paid, .government = input.government_paid},
                  .weights = unearned_weights(segments_of(input), refund.rule, input.on)});
}

}  // namespace

Refund days_of_cover(const domain::Policy& policy, Date on) {
  const Period period = period_of(policy);
  const std::int32_t total = days_between(period.from, period.until);
  return {.days_on_risk = std::clamp(days_between(period.from, on), 0, total), .days_total = total};
}

Money earned_through(const domain::Policy& policy, Date through) {
  const PremiumParts earned = premium_before(
      one_segment(policy, {.customer = policy.customer_part, .government = policy.subsidy_part}),
      plus_days(through, 1));
  return earned.customer + earned.government;
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

PremiumParts unearned_weights(std::span<const PremiumSegment> segments, RefundRule rule, Date on) {
  const PremiumParts written = premium_written(segments);
  if (rule == RefundRule::kShortRate) return written;
  const PremiumParts before = premium_before(segments, on);
  return {.customer = written.customer - before.customer,
          .government = written.government - before.government};
}

void split_by_payer(Refund& refund, const PayersStanding& payers) {
  const std::array<std::int64_t, 2> weights = {payers.weights.customer.minor(),
                                               payers.weights.government.minor()};
  const std::vector<Money> unearned = allot(refund.unearned, weights);
  const Money none = Money::zero(refund.unearned.currency());
  const auto back = [&](Money due, Money paid, Money of) {
    return std::clamp(paid - (due - of), none, of);
  };
  refund.to_customer = back(payers.due.customer, payers.paid.customer, unearned[0]);
  refund.to_government = back(payers.due.government, payers.paid.government, unearned[1]);
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
  split(refund, input);
  return refund;
}

Refund lapse_refund(const CancelInput& input, const RefundTerms& terms) {
  Refund refund = days_of_cover(input.policy, input.on);
  refund.unearned_by_time = left_by_day(input);
  refund.unearned = terms.after_claims == RefundAfterClaims::kLimitLeft
                        ? for_limit_left(input, refund.unearned_by_time)
                        : refund.unearned_by_time;
  split(refund, input);
  return refund;
}

}  // namespace anlan::underwriting
