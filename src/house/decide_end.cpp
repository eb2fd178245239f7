// The early end of a policy: cancellation, lapse, and what goes back.
#include "house/decision.h"
#include "house/views.h"
#include "ledger/postings.h"
#include "underwriting/cancel.h"
#include "underwriting/lapse.h"

namespace anlan::house {

using namespace domain;

namespace {

// The premium was earned up to the end, goes back to who paid the rest, and is no longer owed where
// nobody paid. What was earned as the days ran counts; where the rule of the refund earns less than
// the days did, the difference goes back too.
ledger::Postings end_of_premium(const House& house, const PolicyFile& file, const Refund& refund) {
  const PolicyId id = file.policy.id;
  const Money more = file.policy.premium - refund.unearned - earned_premium(house, file);
  ledger::Postings postings =
      more.is_negative() ? ledger::premium_unearned(id, -more) : ledger::premium_earned(id, more);
  const auto append = [&](const ledger::Postings& others) {
    postings.insert(postings.end(), others.begin(), others.end());
  };
  append(ledger::refund_due(id, refund));
  append(ledger::premium_waived(id, Payer::kCustomer, refund.customer_waived));
  append(ledger::premium_waived(id, Payer::kGovernment, refund.government_waived));
  return postings;
}

Result<Done> end_premium(Decision& decision, const PolicyFile& file, const Refund& refund,
                         std::uint64_t business) {
  ANLAN_REQUIRE(decision.post(end_of_premium(decision.house(), file, refund), business));
  return return_subsidy(decision, file, refund.to_government + refund.government_waived, business);
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
  if (command.on < decision.today() ||
      start_of_day(command.on, file->policy.offset) >= file->policy.until) {
    return refuse(
        anlan::refusals::kOutOfRange, "on", to_text(command.on),
        {{.name = "min", .value = to_text(decision.today())},
         {.name = "max", .value = to_text(date_of(file->policy.until, file->policy.offset))}});
  }
  ANLAN_REQUIRE(check_refund(decision.house(), *file, command.on, command.refund));
  const std::uint64_t business = decision.add(PolicyCancelled{.policy = command.policy,
                                                              .on = command.on,
                                                              .refund = command.refund,
                                                              .reason = command.reason});
  return end_premium(decision, *file, command.refund, business);
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
  ANLAN_TRY(const Money unpaid, underwriting::lapse_amount({.due = command.due,
                                                            .today = today,
                                                            .customer_due = file->customer_due,
                                                            .customer_paid = file->customer_paid}));
  ANLAN_REQUIRE(check_refund(decision.house(), *file, today, command.refund));
  const std::uint64_t business = decision.add(PolicyLapsed{
      .policy = command.policy, .on = today, .unpaid = unpaid, .refund = command.refund});
  return end_premium(decision, *file, command.refund, business);
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
  const std::uint64_t business = decision.add(RefundPaid{.policy = command.policy,
                                                         .to_customer = refund->to_customer,
                                                         .to_government = refund->to_government});
  return decision.post(ledger::refund_paid(command.policy, *refund), business);
}

}  // namespace anlan::house
