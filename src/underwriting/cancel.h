// Cancellation: who may end a policy early, and what goes back to whom.
//
// Insurance Law (2015): the policyholder may terminate, the insurer only where the law says so
// (art 15): a breach of agreed security duties (51(3)), a significant increase of danger (52),
// after a partial loss with 15 days' notice (58). Before the start the premium goes back less a
// handling fee, after it less what was earned (54, 52, 58(2)). Rescission for non-disclosure (16)
// is a case of its own and no cancellation.
//
// Days are counted half-open: cover runs from the first day until `on`, the first day without
// cover. "Cancelled on day 100" keeps 100 days on risk.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/fields.h"
#include "base/money.h"
#include "base/result.h"
#include "base/time.h"
#include "domain/policy.h"
#include "underwriting/product.h"
#include "underwriting/timeline.h"

namespace anlan::underwriting {

inline constexpr std::int32_t kTerminationDays = 30;  // after a claim payment, art 58(1)
inline constexpr std::int32_t kInsurerNoticeDays =
    15;  // before the insurer's termination, art 58(1)

enum class CancelParty : std::uint8_t { kInsured = 1, kInsurer = 2 };
constexpr auto enum_names(CancelParty*) {
  return std::array{EnumName<CancelParty>{CancelParty::kInsured, "insured"},
                    EnumName<CancelParty>{CancelParty::kInsurer, "insurer"}};
}

enum class CancelGround : std::uint8_t {
  kInsuredWish = 1,           // arts 15, 54; the insured only
  kAfterIncident = 2,         // art 58; either party
  kSecurityDutyBreached = 3,  // art 51(3); the insurer only
  kDangerIncreased = 4,       // art 52; the insurer only
};
constexpr auto enum_names(CancelGround*) {
  using G = CancelGround;
  return std::array{EnumName<G>{G::kInsuredWish, "insured_wish"},
                    EnumName<G>{G::kAfterIncident, "after_incident"},
                    EnumName<G>{G::kSecurityDutyBreached, "security_duty_breached"},
                    EnumName<G>{G::kDangerIncreased, "danger_increased"}};
}

struct CancelInput {
  domain::Policy policy;
  bool ended = false;  // cancelled or lapsed before
  CancelParty party = CancelParty::kInsured;
  CancelGround ground = CancelGround::kInsuredWish;
  Date notified_on;    // the day of the notice
  Date on;             // the first day without cover
  Money customer_due;  // what each owes of the premium; together the premium
  Money government_due;
  Money customer_paid;
  Money government_paid;
  std::optional<Date> claim_paid_on;  // the newest claim payment under the policy
  Money aggregate;                    // the limit of the year, and what claims left of it
  Money aggregate_left;
  std::string undecided = {};  // incidents that are not decided: "inc_40, inc_44"
  // The premium day by day; empty: what each owes, evenly over the period. *_paid are less what was
  // paid back.
  std::vector<PremiumSegment> segments = {};
};

// The refund, split by payer. Refuses, in this order: kPolicyEnded; kCancelOutsidePeriod (`on` on
// or after the end of cover, or on the day of the notice or before it: what happened that day stays
// covered); kCancelGround (a party that the ground does not serve, or art 58 without a payment in
// the last 30 days); kCancelNotice (the insurer's 15 days); kIncidentsUndecided (by wish, while
// claims are open that may use the limit which the refund counts).
//
// Unearned: before the start the premium less the handling fee (the insured's cancellation) or the
// whole; by the insured's wish as the product says, pro rata by day or by the short-rate table;
// else pro rata by day: of each payer what it owes of the days left, as the timeline says. After an
// incident art 58(2) gives back the premium of the undamaged part only: assumption: under one
// annual limit, that part is aggregate_left / aggregate. By the insured's wish the same, unless the
// product gives it back by time alone (RefundTerms::after_claims): else whoever used the limit
// would be better off without the ground.
Result<domain::Refund> cancel_refund(const CancelInput& input, const RefundTerms& terms);

// The days of cover before `on` and in all: what `rule`, days_on_risk and days_total of a refund
// say.
domain::Refund days_of_cover(const domain::Policy& policy, Date on);

// The premium for the days of cover up to `through`, that day included, of a policy as bound; by
// day and by payer, whatever rule of refund the product has.
Money earned_through(const domain::Policy& policy, Date through);

// Months of cover that have started before `on`: 100 days from 1 March are four.
std::int32_t months_started(Date from, Date on);

// The premium of a policy that lapses on `input.on`; days, dues, payments and limits of `input`
// count, its party and ground do not. See lapse.h for the rule.
domain::Refund lapse_refund(const CancelInput& input, const RefundTerms& terms);

// What the unearned premium of an end on this day falls on: by day what each owes of the days left,
// by the short-rate table what each owes of all.
domain::PremiumParts unearned_weights(std::span<const PremiumSegment> segments,
                                      domain::RefundRule rule, Date on);

struct PayersStanding {
  domain::PremiumParts due;      // of the whole period
  domain::PremiumParts paid;     // less what was paid back
  domain::PremiumParts weights;  // unearned_weights
};

// Fills in what goes back and what is waived: the unearned premium falls on the payers in
// proportion to the weights (allot, the customer first); each gets back what it paid above its own
// earned part, at most its unearned part, and no longer owes what of that it did not pay. What is
// left of its debt is earned: due - waived - paid, zero for whoever gets something back.
void split_by_payer(domain::Refund& refund, const PayersStanding& payers);

}  // namespace anlan::underwriting
