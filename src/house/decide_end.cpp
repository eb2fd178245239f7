// The early end of a policy: cancellation, lapse, and what goes back.
#include "house/access.h"
#include "house/decision.h"
#include "house/instalments.h"
#include "house/life.h"
#include "house/views.h"
#include "underwriting/cancel.h"
#include "underwriting/lapse.h"
#include "underwriting/refusals.h"

namespace anlan::house {

using namespace domain;

// Cover never ends backwards: what happened today is covered, whatever is decided later in the
// day. The first day without cover is tomorrow at the earliest.
Result<Done> check_end(const Decision& decision, const PolicyFile& file, Date on) {
  const Date earliest = plus_days(decision.today(), 1);
  const bool within = start_of_day(on, file.policy.offset) < file.policy.until;
  if (on >= earliest && within) return Done{};
  return refuse(
      anlan::refusals::kOutOfRange, "on", to_text(on),
      {{.name = "min", .value = to_text(earliest)},
       {.name = "max", .value = to_text(date_of(file.policy.until, file.policy.offset))}});
}

namespace {

// By wish alone a policy ends only once its claims are decided: what they take of the year's limit
// is part of the refund (clause 5.5 of the Ningbo wordings).
Result<Done> check_claims_decided(const House& house, const PolicyFile& file) {
  const std::string open = undecided_incidents(house, file);
  if (open.empty()) return Done{};
  return refuse(underwriting::refusals::kIncidentsUndecided, "policy", to_text(file.policy.id),
                {{.name = "incidents", .value = open}});
}

// A policyholder leaves because it wishes to; all other grounds are the insurer's to find.
Result<Done> check_who_leaves(const Decision& decision, const CancelPolicy& command) {
  if (has_role(decision.actor(), Role::kUnderwriter)) return Done{};
  if (command.reason == name_of(underwriting::CancelGround::kInsuredWish)) return Done{};
  return refuse(
      underwriting::refusals::kCancelGround, "ground", command.reason,
      {{.name = "party", .value = std::string(name_of(underwriting::CancelParty::kInsured))}});
}

underwriting::PayersStanding standing_of(const PolicyFile& file, RefundRule rule, Date on) {
  const auto segments = underwriting::premium_segments(timeline_of(file));
  return {.due = {.customer = file.customer_due, .government = file.government_due},
          .paid = {.customer = net_paid(file, Payer::kCustomer),
                   .government = net_paid(file, Payer::kGovernment)},
          .weights = underwriting::unearned_weights(segments, rule, on)};
}

// The command states how the premium ends, from the product's terms. That its days are those of the
// policy and its split is that of what was paid, the house checks by splitting again.
Result<Done> check_refund(const House& house, const PolicyFile& file, Date on,
                          const Refund& refund) {
  for (const auto& [path, amount] :
       {std::pair{"refund.unearned_by_time", refund.unearned_by_time},
        std::pair{"refund.unearned", refund.unearned},
        std::pair{"refund.to_customer", refund.to_customer},
        std::pair{"refund.to_government", refund.to_government},
        std::pair{"refund.customer_waived", refund.customer_waived},
        std::pair{"refund.government_waived", refund.government_waived}}) {
    ANLAN_REQUIRE(check_amount(house, amount, path));
  }
  const underwriting::PayersStanding payers = standing_of(file, refund.rule, on);
  const Money at_most = payers.weights.customer + payers.weights.government;
  const bool within =
      refund.unearned <= refund.unearned_by_time && refund.unearned_by_time <= at_most;
  if (within) {
    Refund again = underwriting::days_of_cover(file.policy, on);
    again.rule = refund.rule;
    again.unearned_by_time = refund.unearned_by_time;
    again.unearned = refund.unearned;
    underwriting::split_by_payer(again, payers);
    if (again == refund) return Done{};
  }
  return refuse(refusals::kRefundChanged, "refund", to_decimal(refund.unearned));
}

// Money that is due only after `today` is no default: what an endorsement added is due as many days
// after its record as the first premium was after binding.
underwriting::LapseInput lapse_input(const Decision& decision, const PolicyFile& file, Date due) {
  const std::int32_t days = payment_days(file, due);
  const Money paid = net_paid(file, Payer::kCustomer);
  const Instant today = start_of_day(plus_days(decision.today(), 1), file.policy.offset);
  const Money overdue = customer_owed(file, plus_minutes(today, -1), days);
  underwriting::LapseInput input{.due = unpaid_since(file, due),
                                 .today = decision.today(),
                                 .customer_due = file.customer_due,
                                 .customer_paid = paid};
  if (paid >= overdue && paid < file.customer_due && file.life.history.size() > 1) {
    input.due = plus_days(date_of(file.life.history.back().at, file.policy.offset), days);
  }
  return input;
}

}  // namespace

Refund rewrite_refund(const PolicyFile& file, Date on) {
  const underwriting::PayersStanding payers = standing_of(file, RefundRule::kProRata, on);
  Refund refund = underwriting::days_of_cover(file.policy, on);
  refund.unearned_by_time = refund.unearned = payers.weights.customer + payers.weights.government;
  underwriting::split_by_payer(refund, payers);
  return refund;
}

Result<Done> decide_end(Decision& decision, const CancelPolicy& command) {
  ANLAN_TRY(const PolicyFile* file, need_live_policy(decision, command.policy));
  ANLAN_REQUIRE(check_who_leaves(decision, command));
  ANLAN_REQUIRE(check_end(decision, *file, command.on));
  if (command.reason == name_of(underwriting::CancelGround::kInsuredWish))
    ANLAN_REQUIRE(check_claims_decided(decision.house(), *file));
  ANLAN_REQUIRE(check_refund(decision.house(), *file, command.on, command.refund));
  return decision.book(PolicyCancelled{.policy = command.policy,
                                       .on = command.on,
                                       .refund = command.refund,
                                       .reason = command.reason});
}

Result<Done> decide_end(Decision& decision, const LapsePolicy& command) {
  ANLAN_TRY(const PolicyFile* file, need_live_policy(decision, command.policy));
  if (decision.context().at >=
      file->policy.until) {  // all is earned: it is collected or written off
    return refuse(refusals::kWrongState, "policy", to_text(command.policy),
                  {{.name = "state", .value = std::string(name_of(PolicyState::kExpired))},
                   {.name = "needed", .value = std::string(name_of(PolicyState::kInForce))}});
  }
  if (file->premium_frozen)
    return refuse(refusals::kPremiumFrozen, "policy", to_text(command.policy));
  const Date today = decision.today();
  ANLAN_TRY(const Money unpaid,
            underwriting::lapse_amount(lapse_input(decision, *file, command.due)));
  const Date on = plus_days(today, 1);
  ANLAN_REQUIRE(check_refund(decision.house(), *file, on, command.refund));
  return decision.book(
      PolicyLapsed{.policy = command.policy, .on = on, .unpaid = unpaid, .refund = command.refund});
}

Result<Done> decide_end(Decision& decision, const PayRefund& command) {
  ANLAN_TRY(const PolicyFile* file, need_policy(decision, command.policy));
  const Money customer = owed_to(*file, Payer::kCustomer);
  const Money government = owed_to(*file, Payer::kGovernment);
  if (customer.is_zero() && government.is_zero()) {
    const std::string_view state = !file->life.changes->refunds.empty() ? "refund_paid"
                                   : refund_of(*file) == nullptr        ? "not_ended"
                                                                        : "nothing_to_refund";
    return refuse(refusals::kWrongState, "policy", to_text(command.policy),
                  {{.name = "state", .value = std::string(state)},
                   {.name = "needed", .value = "refund_due"}});
  }
  return decision.book(
      RefundPaid{.policy = command.policy, .to_customer = customer, .to_government = government});
}

}  // namespace anlan::house
