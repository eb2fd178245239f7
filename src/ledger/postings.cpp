#include "ledger/postings.h"

namespace anlan::ledger {

using domain::Account;
using domain::AccountKind;
using domain::Payer;
using domain::Posting;
using domain::PostingKind;

namespace {

struct Sides {
  Account debit;
  Account credit;
};

void add(Postings& postings, const Sides& sides, Money amount) {
  ANLAN_CHECK(!amount.is_negative());
  if (amount.is_zero()) return;
  Posting posting;
  posting.debit = sides.debit;
  posting.credit = sides.credit;
  posting.amount = amount;
  postings.push_back(posting);
}

Postings one(const Sides& sides, Money amount) {
  Postings postings;
  add(postings, sides, amount);
  return postings;
}

Account cash() { return {.kind = AccountKind::kCash, .owner = 0}; }

template <class Tag>
Account of(AccountKind kind, Id<Tag> owner) {
  ANLAN_CHECK(owner.exists());
  return {.kind = kind, .owner = owner.number};
}

AccountKind receivable_from(Payer payer) {
  switch (payer) {
    case Payer::kCustomer:
      return AccountKind::kCustomerReceivable;
    case Payer::kGovernment:
      return AccountKind::kGovernmentReceivable;
  }
  check_failed("a known payer", __FILE__, __LINE__);
}

AccountKind payable_to(Payer payer) {
  switch (payer) {
    case Payer::kCustomer:
      return AccountKind::kCustomerPayable;
    case Payer::kGovernment:
      return AccountKind::kGovernmentPayable;
  }
  check_failed("a known payer", __FILE__, __LINE__);
}

// Where a charge is owed, deferred and, at last, counted.
struct ChargeAccounts {
  AccountKind payable;
  AccountKind deferred;
  AccountKind result;
};

ChargeAccounts accounts_of(domain::ChargeKind kind) {
  using A = AccountKind;
  switch (kind) {
    case domain::ChargeKind::kVat:
      return {A::kVatPayable, A::kVatDeferred, A::kVatOfPremium};
    case domain::ChargeKind::kCommission:
      return {A::kCommissionPayable, A::kCommissionDeferred, A::kCommissionExpense};
    case domain::ChargeKind::kLevy:
      return {A::kLevyPayable, A::kLevyDeferred, A::kLevyExpense};
    case domain::ChargeKind::kCession:
      return {A::kReinsurerPayable, A::kCessionDeferred, A::kCededPremium};
    case domain::ChargeKind::kCedingCommission:
      return {A::kReinsurerPayable, A::kCedingCommissionDeferred, A::kCedingCommission};
  }
  check_failed("a known charge", __FILE__, __LINE__);
}

// The ceding commission is income: what is debited for the others is credited for it.
Postings change_of(domain::ChargeKind kind, const Sides& sides, Money change) {
  const bool as_cost = (kind != domain::ChargeKind::kCedingCommission) != change.is_negative();
  return one(as_cost ? sides : Sides{sides.credit, sides.debit},
             change.is_negative() ? -change : change);
}

}  // namespace

Postings charge_written(domain::PolicyId policy, domain::ChargeKind kind, Money change) {
  const ChargeAccounts accounts = accounts_of(kind);
  return change_of(
      kind, {.debit = {.kind = accounts.deferred}, .credit = of(accounts.payable, policy)}, change);
}

Postings charge_earned(domain::ChargeKind kind, Money change) {
  const ChargeAccounts accounts = accounts_of(kind);
  return change_of(
      kind, {.debit = {.kind = accounts.result}, .credit = {.kind = accounts.deferred}}, change);
}

Postings premium_written(domain::PolicyId policy, Money customer_part, Money government_part) {
  const Account unearned = of(AccountKind::kUnearnedPremium, policy);
  Postings postings;
  add(postings, {of(AccountKind::kCustomerReceivable, policy), unearned}, customer_part);
  add(postings, {of(AccountKind::kGovernmentReceivable, policy), unearned}, government_part);
  return postings;
}

Postings subsidy_refused(domain::PolicyId policy, Money part) {
  return one({of(AccountKind::kCustomerReceivable, policy),
              of(AccountKind::kGovernmentReceivable, policy)},
             part);
}

Postings premium_received(domain::PolicyId policy, Payer payer, Money amount) {
  return one({cash(), of(receivable_from(payer), policy)}, amount);
}

Postings premium_earned(domain::PolicyId policy, Money amount) {
  return one({of(AccountKind::kUnearnedPremium, policy), of(AccountKind::kEarnedPremium, policy)},
             amount);
}

Postings premium_unearned(domain::PolicyId policy, Money amount) {
  return one({of(AccountKind::kEarnedPremium, policy), of(AccountKind::kUnearnedPremium, policy)},
             amount);
}

Postings premium_waived(domain::PolicyId policy, Payer payer, Money amount) {
  return one({of(AccountKind::kUnearnedPremium, policy), of(receivable_from(payer), policy)},
             amount);
}

Postings refund_due(domain::PolicyId policy, const domain::Refund& refund) {
  const Account unearned = of(AccountKind::kUnearnedPremium, policy);
  Postings postings;
  add(postings, {unearned, of(AccountKind::kCustomerPayable, policy)}, refund.to_customer);
  add(postings, {unearned, of(AccountKind::kGovernmentPayable, policy)}, refund.to_government);
  return postings;
}

Postings refund_paid(domain::PolicyId policy, const domain::Refund& refund) {
  Postings postings;
  add(postings, {of(AccountKind::kCustomerPayable, policy), cash()}, refund.to_customer);
  add(postings, {of(AccountKind::kGovernmentPayable, policy), cash()}, refund.to_government);
  return postings;
}

Postings premium_due(domain::PolicyId policy, Payer payer, Money amount) {
  return one({of(receivable_from(payer), policy), of(AccountKind::kUnearnedPremium, policy)},
             amount);
}

Postings premium_kept(domain::PolicyId policy, Payer payer, Money amount) {
  return one({of(payable_to(payer), policy), of(AccountKind::kUnearnedPremium, policy)}, amount);
}

Postings premium_owed_back(domain::PolicyId policy, Payer payer, Money amount) {
  return one({of(AccountKind::kUnearnedPremium, policy), of(payable_to(payer), policy)}, amount);
}

Postings premium_set_off(domain::PolicyId policy, Payer payer, Money amount) {
  return one({of(payable_to(payer), policy), of(receivable_from(payer), policy)}, amount);
}

Postings premium_written_off(domain::PolicyId policy, Payer payer, Money amount) {
  return one({of(AccountKind::kPremiumWrittenOff, policy), of(receivable_from(payer), policy)},
             amount);
}

Postings claim_reserved(domain::PolicyId policy, domain::ClaimId claim, Money amount) {
  Postings postings = one(
      {of(AccountKind::kClaimsIncurred, policy), of(AccountKind::kClaimsPayable, claim)}, amount);
  for (Posting& posting : postings) posting.kind = PostingKind::kReserve;
  return postings;
}

Postings claim_paid(const Posting& reserve, Money amount) {
  ANLAN_CHECK(reserve.kind == PostingKind::kReserve);
  Postings postings = one({reserve.debit, reserve.credit}, amount);
  if (postings.empty()) return postings;
  postings.front().kind = PostingKind::kPayReserve;
  postings.front().reserve = reserve.id;
  add(postings, {reserve.credit, cash()}, amount);
  return postings;
}

Postings claim_reserve_released(const Posting& reserve) {
  ANLAN_CHECK(reserve.kind == PostingKind::kReserve);
  Postings postings = one({reserve.debit, reserve.credit}, reserve.amount);
  ANLAN_CHECK(postings.size() == 1);
  postings.front().kind = PostingKind::kRelease;
  postings.front().reserve = reserve.id;
  return postings;
}

Postings claim_overpaid(domain::PolicyId policy, domain::ClaimId claim, Money amount) {
  return one({of(AccountKind::kClaimRecoverable, claim), of(AccountKind::kClaimsIncurred, policy)},
             amount);
}

Postings claim_overpaid_less(domain::PolicyId policy, domain::ClaimId claim, Money owed,
                             Money written_off) {
  const Account incurred = of(AccountKind::kClaimsIncurred, policy);
  Postings postings;
  add(postings, {incurred, of(AccountKind::kClaimRecoverable, claim)}, owed);
  add(postings, {incurred, of(AccountKind::kClaimWrittenOff, claim)}, written_off);
  return postings;
}

Postings claim_recovered(domain::ClaimId claim, Money amount) {
  return one({cash(), of(AccountKind::kClaimRecoverable, claim)}, amount);
}

Postings claim_written_off(domain::ClaimId claim, Money amount) {
  return one({of(AccountKind::kClaimWrittenOff, claim), of(AccountKind::kClaimRecoverable, claim)},
             amount);
}

Postings subsidy_budget_granted(std::uint64_t scheme, Money amount) {
  return one({{.kind = AccountKind::kSubsidyBudget, .owner = scheme},
              {.kind = AccountKind::kSubsidyGranted, .owner = scheme}},
             amount);
}

Postings subsidy_used(std::uint64_t scheme, Money amount) {
  return one({{.kind = AccountKind::kSubsidyGranted, .owner = scheme},
              {.kind = AccountKind::kSubsidyBudget, .owner = scheme}},
             amount);
}

Postings subsidy_returned(std::uint64_t scheme, Money amount) {
  return subsidy_budget_granted(scheme, amount);
}

Postings capital_paid_in(Money amount) {
  return one({cash(), {.kind = AccountKind::kPaidInCapital}}, amount);
}

Postings order_placed(domain::OrderId order, Money price) {
  return one({of(AccountKind::kOrderReceivable, order), of(AccountKind::kVendorPayable, order)},
             price);
}

Postings order_paid(domain::OrderId order, Money amount) {
  return one({of(AccountKind::kVendorPayable, order), of(AccountKind::kOrderReceivable, order)},
             amount);
}

}  // namespace anlan::ledger
