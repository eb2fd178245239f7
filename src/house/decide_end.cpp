// The early end of a policy: cancellation, lapse, and what goes back.
#include "house/decision.h"
#include "house/instalments.h"
#include "house/views.h"
#include "underwriting/cancel.h"
#include "underwriting/lapse.h"
#include "underwriting/refusals.h"

namespace anlan::house {

using namespace domain;

namespace {

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

// By wish alone a policy ends only once its claims are decided: what they take of the year's limit
// is part of the refund (clause 5.5 of the Ningbo wordings).
Result<Done> check_claims_decided(const House& house, const PolicyFile& file) {
  const std::string open = undecided_incidents(house, file);
  if (open.empty()) return Done{};
  return refuse(underwriting::refusals::kIncidentsUndecided, "policy", to_text(file.policy.id),
                {{.name = "incidents", .value = open}});
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
  const bool within =
      refund.unearned <= refund.unearned_by_time && refund.unearned_by_time <= file.policy.premium;
  if (within) {
    Refund again = underwriting::days_of_cover(file.policy, on);
    again.rule = refund.rule;
    again.unearned_by_time = refund.unearned_by_time;
    again.unearned = refund.unearned;
    underwriting::split_by_payer(
        again, {.customer = file.customer_due, .government = file.government_due},
        {.customer = file.customer_paid, .government = file.government_paid});
    if (again == refund) return Done{};
  }
  return refuse(refusals::kRefundChanged, "refund", to_decimal(refund.unearned));
}

}  // namespace

Result<Done> decide_end(Decision& decision, const CancelPolicy& command) {
  ANLAN_TRY(const PolicyFile* file, need_live_policy(decision, command.policy));
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
  const Date today = decision.today();
  ANLAN_TRY(const Money unpaid, underwriting::lapse_amount({.due = unpaid_since(*file, command.due),
                                                            .today = today,
                                                            .customer_due = file->customer_due,
                                                            .customer_paid = file->customer_paid}));
  const Date on = plus_days(today, 1);
  ANLAN_REQUIRE(check_refund(decision.house(), *file, on, command.refund));
  return decision.book(
      PolicyLapsed{.policy = command.policy, .on = on, .unpaid = unpaid, .refund = command.refund});
}

Result<Done> decide_end(Decision& decision, const PayRefund& command) {
  ANLAN_TRY(const PolicyFile* file, need_policy(decision, command.policy));
  const Refund* refund = refund_of(*file);
  const bool nothing =
      refund != nullptr && refund->to_customer.is_zero() && refund->to_government.is_zero();
  if (refund == nullptr || file->refund_paid || nothing) {
    const std::string_view state = refund == nullptr   ? "not_ended"
                                   : file->refund_paid ? "refund_paid"
                                                       : "nothing_to_refund";
    return refuse(refusals::kWrongState, "policy", to_text(command.policy),
                  {{.name = "state", .value = std::string(state)},
                   {.name = "needed", .value = "refund_due"}});
  }
  return decision.book(RefundPaid{.policy = command.policy,
                                  .to_customer = refund->to_customer,
                                  .to_government = refund->to_government});
}

}  // namespace anlan::house
