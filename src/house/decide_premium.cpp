// The money of a policy while it runs and after: subsidy, receipts, what is earned as the days run,
// what will not be paid; and the owners' money of the house.
#include <algorithm>

#include "house/decision.h"
#include "house/views.h"

namespace anlan::house {

using namespace domain;

namespace {

Result<Done> check_above_zero(const House& house, Money amount) {
  ANLAN_REQUIRE(check_amount(house, amount, "amount"));
  if (!amount.is_zero()) return Done{};
  return refuse(
      anlan::refusals::kOutOfRange, "amount", to_decimal(amount),
      {{.name = "min", .value = "0.01"},
       {.name = "max", .value = to_decimal(Money::from_minor(kAmountMax, amount.currency()))}});
}

Result<Done> check_once_subsidised(const House& house, const PolicyFile& file) {
  for (const PolicyId id : find_enterprise(house, file.policy.enterprise)->policies) {
    const PolicyFile& other = *find_policy(house, id);
    const bool same = other.policy.scheme == file.policy.scheme;
    if (same && id != file.policy.id && subsidy_used(other)) {
      return refuse(refusals::kSubsidyTwice, "policy", to_text(file.policy.id),
                    {{.name = "other", .value = to_text(id)}});
    }
  }
  return Done{};
}

// A policy whose quote promised no subsidy: the first reason is named.
Refusal no_subsidy(const House& house, const PolicyFile& file) {
  const auto& reasons = find_quote(house, file.policy.quote)->quote.no_subsidy;
  const SubsidyObstacle reason = reasons.empty() ? SubsidyObstacle::kNoScheme : reasons.front();
  return refuse(refusals::kNoSubsidy, "policy", to_text(file.policy.id),
                {{.name = "reason", .value = "subsidy." + std::string(name_of(reason))}});
}

// An undecided subsidy of a policy that has ended is decided for what it earned of it.
Result<Done> check_subsidy_open(const Decision& decision, const PolicyFile& file) {
  if (!file.policy.scheme.exists()) return no_subsidy(decision.house(), file);
  if (file.subsidy) {
    return refuse(refusals::kAlreadyDone, "policy", to_text(file.policy.id),
                  {{.name = "what", .value = "subsidy_decided"}});
  }
  if (file.government_due.is_zero()) ANLAN_REQUIRE(need_live_policy(decision, file.policy.id));
  return Done{};
}

Result<Done> check_payer(const PolicyFile& file, Payer payer) {
  if (payer == Payer::kCustomer || (file.subsidy && file.subsidy->granted)) return Done{};
  return refuse(refusals::kWrongState, "payer", std::string(name_of(payer)),
                {{.name = "state", .value = "subsidy_undecided"},
                 {.name = "needed", .value = "subsidy_granted"}});
}

// Premium is written off when its policy is over, never while the customer can still be made to
// choose between paying and losing cover.
Result<Done> check_over(const Decision& decision, const PolicyFile& file) {
  const PolicyState state = policy_state(file, decision.context().at);
  const bool running = state == PolicyState::kBound || state == PolicyState::kInForce ||
                       state == PolicyState::kSuspended;
  if (!running || refund_of(file) != nullptr) return Done{};
  return refuse(refusals::kWrongState, "policy", to_text(file.policy.id),
                {{.name = "state", .value = std::string(name_of(state))},
                 {.name = "needed", .value = std::string(name_of(PolicyState::kExpired))}});
}

}  // namespace

Result<Done> decide_premium(Decision& decision, const GrantSubsidyBudget& command) {
  if (!command.scheme.exists()) return refuse(anlan::refusals::kEmptyText, "scheme");
  ANLAN_REQUIRE(check_above_zero(decision.house(), command.amount));
  return decision.book(SubsidyBudgetGranted{.scheme = command.scheme, .amount = command.amount});
}

Result<Done> decide_premium(Decision& decision, const DecideSubsidy& command) {
  ANLAN_TRY(const PolicyFile* file, need_policy(decision, command.policy));
  const House& house = decision.house();
  ANLAN_REQUIRE(check_subsidy_open(decision, *file));
  const Money amount = file->government_due;
  SubsidyDecided event{.policy = command.policy,
                       .scheme = file->policy.scheme,
                       .granted = command.grant,
                       .amount = command.grant ? amount : Money::zero(amount.currency()),
                       .reason = command.reason};
  if (!command.grant) {
    if (command.reason.empty()) return refuse(anlan::refusals::kEmptyText, "reason");
    return decision.book(std::move(event));
  }
  ANLAN_REQUIRE(check_once_subsidised(house, *file));
  if (!house.subsidy_accounts.contains(file->policy.scheme)) {
    return refuse(
        refusals::kBudgetExhausted, "scheme", file->policy.scheme.text,
        {{.name = "left", .value = "0.00"}, {.name = "amount", .value = to_decimal(amount)}});
  }
  return decision.book(std::move(event));
}

// A policy that has ended takes what is still owed for the days that it covered. What is taken
// while a rescission is weighed would give up the right to it (Interpretation II 7).
Result<Done> decide_premium(Decision& decision, const ReceivePremium& command) {
  ANLAN_TRY(const PolicyFile* file, need_policy(decision, command.policy));
  if (file->premium_frozen)
    return refuse(refusals::kPremiumFrozen, "policy", to_text(command.policy));
  ANLAN_REQUIRE(check_payer(*file, command.payer));
  const Money due = owed_by(*file, command.payer);
  if (command.amount.currency() != due.currency()) {
    return refuse(refusals::kCurrencyOfHouse, "amount",
                  std::string(currency_code(command.amount.currency())),
                  {{.name = "currency", .value = std::string(currency_code(due.currency()))}});
  }
  if (command.amount.minor() <= 0 || command.amount > due) {
    return refuse(refusals::kAmountNotDue, "amount", to_decimal(command.amount),
                  {{.name = "due", .value = to_decimal(due)}});
  }
  return decision.book(
      PremiumReceived{.policy = command.policy, .payer = command.payer, .amount = command.amount});
}

Result<Done> decide_premium(Decision& decision, const WriteOffPremium& command) {
  ANLAN_TRY(const PolicyFile* file, need_policy(decision, command.policy));
  ANLAN_REQUIRE(check_over(decision, *file));
  ANLAN_REQUIRE(check_payer(*file, command.payer));
  if (command.reason.empty()) return refuse(anlan::refusals::kEmptyText, "reason");
  const Money owed = owed_by(*file, command.payer);
  if (owed.is_zero()) {
    return refuse(
        refusals::kWrongState, "policy", to_text(command.policy),
        {{.name = "state", .value = "nothing_owed"}, {.name = "needed", .value = "premium_owed"}});
  }
  return decision.book(PremiumWrittenOff{
      .policy = command.policy, .payer = command.payer, .amount = owed, .reason = command.reason});
}

// Only days that have ended are earned: a cancellation ends cover tomorrow at the earliest, so that
// no day is earned that was not covered.
Result<Done> decide_premium(Decision& decision, const EarnPremium& command) {
  const Date latest = plus_days(decision.today(), -1);
  if (command.through > latest) {
    return refuse(refusals::kDayNotOver, "through", to_text(command.through),
                  {{.name = "latest", .value = to_text(latest)}});
  }
  PremiumEarned event{.through = command.through,
                      .lines = premium_to_earn(decision.house(), command.through)};
  event.lines.resize(std::min(event.lines.size(), kEarnedPoliciesMax));
  if (event.lines.empty()) {
    return refuse(refusals::kAlreadyDone, "through", to_text(command.through),
                  {{.name = "what", .value = "premium_earned"}});
  }
  return decision.book(std::move(event));
}

Result<Done> decide_premium(Decision& decision, const PayInCapital& command) {
  ANLAN_REQUIRE(check_above_zero(decision.house(), command.amount));
  return decision.book(CapitalPaidIn{.amount = command.amount});
}

}  // namespace anlan::house
