// From an explained quote to a policy, its money, and its end.
#include <algorithm>

#include "base/allot.h"
#include "house/decision.h"
#include "house/inputs.h"
#include "house/views.h"
#include "ledger/postings.h"
#include "underwriting/bind.h"
#include "underwriting/cancel.h"
#include "underwriting/lapse.h"

namespace anlan::house {

using namespace domain;

namespace {

Result<const PolicyFile*> need_policy(const Decision& decision, PolicyId id) {
  const PolicyFile* file = find_policy(decision.house(), id);
  if (file) return file;
  return refuse(refusals::kNotFound, "policy", to_text(id));
}

// Cancelled and lapsed policies take no further change.
Result<const PolicyFile*> need_live_policy(const Decision& decision, PolicyId id) {
  ANLAN_TRY(const PolicyFile* file, need_policy(decision, id));
  if (!file->cancelled && !file->lapsed) return file;
  const PolicyState state = file->cancelled ? PolicyState::kCancelled : PolicyState::kLapsed;
  return refuse(refusals::kWrongState, "policy", to_text(id),
                {{.name = "state", .value = std::string(name_of(state))},
                 {.name = "needed", .value = std::string(name_of(PolicyState::kInForce))}});
}

Result<Done> check_explained(const QuoteFile& file) {
  for (const std::string& clause : file.quote.to_explain) {
    const bool shown =
        std::any_of(file.explained.begin(), file.explained.end(),
                    [&](const ExplainedClause& evidence) { return evidence.clause == clause; });
    if (!shown) return refuse(refusals::kClauseUnexplained, "quote.clauses", clause);
  }
  return Done{};
}

// One company holds one policy of a product at a time.
Result<Done> check_overlap(const House& house, const Quote& quote) {
  const EnterpriseFile* company = find_enterprise(house, quote.enterprise);
  for (const PolicyId id : company->policies) {
    const PolicyFile* held = find_policy(house, id);
    if (held->policy.product != quote.product) continue;
    const UtcOffset offset = held->policy.offset;
    if (start_of_day(quote.from, offset) < cover_until(*held) &&
        held->policy.from < start_of_day(quote.until, offset)) {
      return refuse(refusals::kAlreadyDone, "quote", to_text(quote.id),
                    {{.name = "what", .value = to_text(id)}});
    }
  }
  return Done{};
}

Result<Done> check_bindable(const Decision& decision, const QuoteFile& file) {
  const House& house = decision.house();
  const Quote& quote = file.quote;
  if (house.opening->kind != HouseKind::kLicensedInsurer) {
    return refuse(refusals::kNotLicensed, "house", std::string(name_of(house.opening->kind)));
  }
  if (file.policy.exists()) {
    return refuse(refusals::kAlreadyDone, "quote", to_text(quote.id),
                  {{.name = "what", .value = to_text(file.policy)}});
  }
  if (quote.decision == QuoteDecision::kDeclined) {
    return refuse(refusals::kNotBindable, "quote", to_text(quote.id),
                  {{.name = "decision", .value = std::string(name_of(quote.decision))}});
  }
  if (decision.today() > quote.valid_until) {
    return refuse(refusals::kQuoteExpired, "quote", to_text(quote.id),
                  {{.name = "valid_until", .value = to_text(quote.valid_until)}});
  }
  if (decision.today() > quote.from) {  // cover would begin in the past
    return refuse(refusals::kOutsidePeriod, "from", to_text(quote.from));
  }
  if (quote.inputs != pricing_inputs(house, quote.enterprise))
    return refuse(refusals::kInputsChanged, "quote.inputs");
  if (decision.actor().authority < quote.aggregate_limit) {
    return refuse(refusals::kAboveAuthority, "as", decision.actor().name.text,
                  {{.name = "amount", .value = to_decimal(quote.aggregate_limit)},
                   {.name = "authority", .value = to_decimal(decision.actor().authority)}});
  }
  // A referred quote needs a second pair of eyes: whoever issued it may not bind it.
  if (quote.decision == QuoteDecision::kReferred && file.issued_by == decision.actor().name) {
    return refuse(refusals::kFourEyes, "as", decision.actor().name.text,
                  {{.name = "action", .value = "issue_quote"},
                   {.name = "other", .value = file.issued_by.text}});
  }
  ANLAN_REQUIRE(check_overlap(house, quote));
  return check_explained(file);
}

Result<Done> check_once_subsidised(const House& house, const PolicyFile& file) {
  for (const auto& [id, other] : house.policies) {
    const bool same = other.policy.enterprise == file.policy.enterprise &&
                      other.policy.scheme == file.policy.scheme;
    if (same && id != file.policy.id && subsidy_used(other)) {
      return refuse(refusals::kSubsidyTwice, "policy", to_text(file.policy.id),
                    {{.name = "other", .value = to_text(id)}});
    }
  }
  return Done{};
}

}  // namespace

Result<Done> decide_policy(Decision& decision, const BindPolicy& command) {
  const QuoteFile* file = find_quote(decision.house(), command.quote);
  if (!file) return refuse(refusals::kNotFound, "quote", to_text(command.quote));
  ANLAN_REQUIRE(check_bindable(decision, *file));
  Policy policy = underwriting::make_policy(file->quote, file->explained, decision.house().offset(),
                                            PolicyId{decision.next_seq()});
  const Policy bound = policy;
  const std::uint64_t business = decision.add(PolicyBound{.policy = std::move(policy)});
  return decision.post(ledger::premium_written(bound.id, bound.customer_part, bound.subsidy_part),
                       business);
}

Result<Done> decide_policy(Decision& decision, const GrantSubsidyBudget& command) {
  if (!command.scheme.exists()) return refuse(anlan::refusals::kEmptyText, "scheme");
  ANLAN_REQUIRE(check_amount(decision.house(), command.amount, "amount"));
  if (command.amount.is_zero()) {
    return refuse(
        anlan::refusals::kOutOfRange, "amount", to_decimal(command.amount),
        {{.name = "min", .value = "0.01"},
         {.name = "max",
          .value = to_decimal(Money::from_minor(kAmountMax, command.amount.currency()))}});
  }
  const auto known = decision.house().subsidy_accounts.find(command.scheme);
  const std::uint64_t business =
      decision.add(SubsidyBudgetGranted{.scheme = command.scheme, .amount = command.amount});
  const std::uint64_t owner =
      known == decision.house().subsidy_accounts.end() ? business : known->second;
  return decision.post(ledger::subsidy_budget_granted(owner, command.amount), business);
}

Result<Done> decide_policy(Decision& decision, const DecideSubsidy& command) {
  ANLAN_TRY(const PolicyFile* file, need_live_policy(decision, command.policy));
  const House& house = decision.house();
  if (!file->policy.scheme.exists()) {
    return refuse(refusals::kAmountNotDue, "policy", to_text(command.policy),
                  {{.name = "due", .value = "0.00"}});
  }
  if (file->subsidy) {
    return refuse(refusals::kAlreadyDone, "policy", to_text(command.policy),
                  {{.name = "what", .value = "subsidy_decided"}});
  }
  const Money amount = file->policy.subsidy_part;
  SubsidyDecided event{.policy = command.policy,
                       .scheme = file->policy.scheme,
                       .granted = command.grant,
                       .amount = command.grant ? amount : Money::zero(amount.currency()),
                       .reason = command.reason};
  if (!command.grant) {
    if (command.reason.empty()) return refuse(anlan::refusals::kEmptyText, "reason");
    const std::uint64_t business = decision.add(std::move(event));
    return decision.post(ledger::subsidy_refused(command.policy, amount), business);
  }
  ANLAN_REQUIRE(check_once_subsidised(house, *file));
  if (!house.subsidy_accounts.contains(file->policy.scheme)) {
    return refuse(
        refusals::kBudgetExhausted, "scheme", file->policy.scheme.text,
        {{.name = "left", .value = "0.00"}, {.name = "amount", .value = to_decimal(amount)}});
  }
  const std::uint64_t owner = house.subsidy_accounts.at(file->policy.scheme);
  const std::uint64_t business = decision.add(std::move(event));
  return decision.post(ledger::subsidy_used(owner, amount), business);
}

Result<Done> decide_policy(Decision& decision, const ReceivePremium& command) {
  ANLAN_TRY(const PolicyFile* file, need_live_policy(decision, command.policy));
  const bool customer = command.payer == Payer::kCustomer;
  if (!customer && !(file->subsidy && file->subsidy->granted)) {
    return refuse(refusals::kWrongState, "payer", std::string(name_of(command.payer)),
                  {{.name = "state", .value = "subsidy_undecided"},
                   {.name = "needed", .value = "subsidy_granted"}});
  }
  const Money due = customer ? file->customer_due - file->customer_paid
                             : file->government_due - file->government_paid;
  if (command.amount.currency() != due.currency()) {
    return refuse(refusals::kCurrencyOfHouse, "amount",
                  std::string(currency_code(command.amount.currency())),
                  {{.name = "currency", .value = std::string(currency_code(due.currency()))}});
  }
  if (command.amount.minor() <= 0 || command.amount > due) {
    return refuse(refusals::kAmountNotDue, "amount", to_decimal(command.amount),
                  {{.name = "due", .value = to_decimal(due)}});
  }
  const std::uint64_t business = decision.add(
      PremiumReceived{.policy = command.policy, .payer = command.payer, .amount = command.amount});
  return decision.post(ledger::premium_received(command.policy, command.payer, command.amount),
                       business);
}

namespace {

struct Waived {
  Money customer;
  Money government;
};

// What nobody paid of the unearned premium and nobody owes any more.
Waived waived_part(const PolicyFile& file, const Refund& refund) {
  const Money rest = refund.unearned - refund.to_customer - refund.to_government;
  const std::vector<std::int64_t> unpaid{(file.customer_due - file.customer_paid).minor(),
                                         (file.government_due - file.government_paid).minor()};
  const std::vector<Money> parts = allot(rest, unpaid);
  return {.customer = parts[0], .government = parts[1]};
}

// The premium was earned up to `on`, goes back to who paid the rest, and is no longer owed where
// nobody paid.
ledger::Postings end_of_premium(const PolicyFile& file, const Refund& refund,
                                const Waived& waived) {
  const PolicyId id = file.policy.id;
  ledger::Postings postings = ledger::premium_earned(id, file.policy.premium - refund.unearned);
  const auto append = [&](const ledger::Postings& more) {
    postings.insert(postings.end(), more.begin(), more.end());
  };
  append(ledger::refund_due(id, refund));
  append(ledger::premium_waived(id, Payer::kCustomer, waived.customer));
  append(ledger::premium_waived(id, Payer::kGovernment, waived.government));
  return postings;
}

// A subsidy that was granted and that the government pays no more, or gets back, can be granted
// again.
Result<Done> return_subsidy(Decision& decision, const PolicyFile& file, Money amount,
                            std::uint64_t business) {
  if (amount.is_zero() || !file.subsidy || !file.subsidy->granted) return Done{};
  const std::uint64_t owner = decision.house().subsidy_accounts.at(file.policy.scheme);
  return decision.post(ledger::subsidy_returned(owner, amount), business);
}

Result<Done> check_refund(const House& house, const PolicyFile& file, const Refund& refund) {
  ANLAN_REQUIRE(check_amount(house, refund.unearned, "refund.unearned"));
  ANLAN_REQUIRE(check_amount(house, refund.to_customer, "refund.to_customer"));
  ANLAN_REQUIRE(check_amount(house, refund.to_government, "refund.to_government"));
  const Money unpaid =
      file.customer_due + file.government_due - file.customer_paid - file.government_paid;
  const Money rest = refund.unearned - refund.to_customer - refund.to_government;
  const bool within = refund.to_customer <= file.customer_paid &&
                      refund.to_government <= file.government_paid && !rest.is_negative() &&
                      rest <= unpaid && refund.unearned <= file.policy.premium;
  if (within) return Done{};
  return refuse(refusals::kRefundChanged, "refund", to_decimal(refund.unearned));
}

}  // namespace

Result<Done> decide_policy(Decision& decision, const CancelPolicy& command) {
  ANLAN_TRY(const PolicyFile* file, need_live_policy(decision, command.policy));
  if (command.on < decision.today() ||
      start_of_day(command.on, file->policy.offset) >= file->policy.until) {
    return refuse(
        anlan::refusals::kOutOfRange, "on", to_text(command.on),
        {{.name = "min", .value = to_text(decision.today())},
         {.name = "max", .value = to_text(date_of(file->policy.until, file->policy.offset))}});
  }
  ANLAN_REQUIRE(check_refund(decision.house(), *file, command.refund));
  const std::uint64_t business = decision.add(PolicyCancelled{.policy = command.policy,
                                                              .on = command.on,
                                                              .refund = command.refund,
                                                              .reason = command.reason});
  const Waived waived = waived_part(*file, command.refund);
  ANLAN_REQUIRE(decision.post(end_of_premium(*file, command.refund, waived), business));
  return return_subsidy(decision, *file, command.refund.to_government + waived.government,
                        business);
}

Result<Done> decide_policy(Decision& decision, const PayRefund& command) {
  ANLAN_TRY(const PolicyFile* file, need_policy(decision, command.policy));
  if (!file->cancelled || file->refund_paid) {
    return refuse(refusals::kWrongState, "policy", to_text(command.policy),
                  {{.name = "state", .value = file->refund_paid ? "refund_paid" : "not_cancelled"},
                   {.name = "needed", .value = std::string(name_of(PolicyState::kCancelled))}});
  }
  const Refund& refund = file->cancelled->refund;
  const std::uint64_t business = decision.add(RefundPaid{.policy = command.policy,
                                                         .to_customer = refund.to_customer,
                                                         .to_government = refund.to_government});
  return decision.post(ledger::refund_paid(command.policy, refund), business);
}

Result<Done> decide_policy(Decision& decision, const LapsePolicy& command) {
  ANLAN_TRY(const PolicyFile* file, need_live_policy(decision, command.policy));
  const Date today = decision.today();
  ANLAN_TRY(const Money unpaid, underwriting::lapse_amount({.due = command.due,
                                                            .today = today,
                                                            .customer_due = file->customer_due,
                                                            .customer_paid = file->customer_paid}));
  // Time on risk was covered: that part of the premium is earned, and what of it was not paid is
  // lost.
  const Policy& policy = file->policy;
  const Date from = date_of(policy.from, policy.offset);
  const std::int32_t total = days_between(from, date_of(policy.until, policy.offset));
  const std::int32_t on_risk = std::clamp(days_between(from, today), 0, total);
  const std::uint64_t business =
      decision.add(PolicyLapsed{.policy = policy.id, .on = today, .unpaid = unpaid});
  const Money open = file->government_due - file->government_paid;
  const Money customer = underwriting::unearned_by_day(unpaid, on_risk, total);
  const Money government = underwriting::unearned_by_day(open, on_risk, total);
  ANLAN_REQUIRE(
      decision.post(ledger::premium_waived(policy.id, Payer::kCustomer, customer), business));
  ANLAN_REQUIRE(
      decision.post(ledger::premium_waived(policy.id, Payer::kGovernment, government), business));
  ANLAN_REQUIRE(decision.post(
      ledger::lapse_written_off(policy.id, unpaid - customer, open - government), business));
  ANLAN_REQUIRE(decision.post(
      ledger::premium_earned(policy.id, policy.premium - customer - government), business));
  return return_subsidy(decision, *file, open, business);
}

Result<Done> decide_policy(Decision& decision, const IssueDocument& command) {
  ANLAN_REQUIRE(need_live_policy(decision, command.document.policy));
  if (command.document.signature.size() != 64) {
    return refuse(anlan::refusals::kDigestMalformed, "signature",
                  std::to_string(command.document.signature.size()));
  }
  decision.add(command.document);
  return Done{};
}

}  // namespace anlan::house
