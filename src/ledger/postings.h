// The standard postings: what each business event moves, by name. README.md holds them as a table.
//
// Each returns its postings in order, with id and business 0: the house fills both. Amounts are at
// least zero; a posting of zero is left out, so that the list may be empty. A negative amount or
// two currencies in one call are bugs.
#pragma once

#include <cstdint>
#include <vector>

#include "domain/charges.h"
#include "domain/policy.h"
#include "domain/posting.h"

namespace anlan::ledger {

using Postings = std::vector<domain::Posting>;

// ---- premium

// What the customer owes, and what the government is expected to pay (zero without a subsidy).
Postings premium_written(domain::PolicyId policy, Money customer_part, Money government_part);
// The government will not pay its part: the customer owes it.
Postings subsidy_refused(domain::PolicyId policy, Money part);
Postings premium_received(domain::PolicyId policy, domain::Payer payer, Money amount);
// Premium for time on risk: as the days run, up to a cancellation or a lapse.
Postings premium_earned(domain::PolicyId policy, Money amount);
// Premium that was earned by day and that the refund rule of an early end gives back.
Postings premium_unearned(domain::PolicyId policy, Money amount);
// Premium that was not paid and, after an early end, is not owed any more: for time without cover.
Postings premium_waived(domain::PolicyId policy, domain::Payer payer, Money amount);
// Unearned premium is owed back to those who paid it, as `refund` splits it.
Postings refund_due(domain::PolicyId policy, const domain::Refund& refund);
Postings refund_paid(domain::PolicyId policy, const domain::Refund& refund);
// A change of the policy: more is due from this payer, or less of what is owed to it stays owed.
Postings premium_due(domain::PolicyId policy, domain::Payer payer, Money amount);
Postings premium_kept(domain::PolicyId policy, domain::Payer payer, Money amount);
// What was paid above what a change leaves due is owed back to this payer.
Postings premium_owed_back(domain::PolicyId policy, domain::Payer payer, Money amount);
// What a payer owes, set off against what is owed to it.
Postings premium_set_off(domain::PolicyId policy, domain::Payer payer, Money amount);
// Premium that was earned and will not be paid: a loss against what was earned.
Postings premium_written_off(domain::PolicyId policy, domain::Payer payer, Money amount);

// ---- charges on premium. A change below zero takes back: the same sides, reversed.

// What is owed for the premium that is kept, spread over the cover: the ceding commission by the
// reinsurer, everything else by the house.
Postings charge_written(domain::PolicyId policy, domain::ChargeKind kind, Money change);
// Of all policies together, the part for days that have run.
Postings charge_earned(domain::ChargeKind kind, Money change);

// ---- claims

Postings claim_reserved(domain::PolicyId policy, domain::ClaimId claim, Money amount);
// Pays `amount` of the reserve (the posting that made it), at most all of it: first the reserve
// becomes a debt, what is left of it is released, then the debt is paid from cash.
Postings claim_paid(const domain::Posting& reserve, Money amount);
Postings claim_reserve_released(const domain::Posting& reserve);
// A later decision pays less than was paid: that much less is incurred, and owed to the house.
Postings claim_overpaid(domain::PolicyId policy, domain::ClaimId claim, Money amount);
// A decision after that pays more again: `owed` is no longer owed, `written_off` no longer lost.
Postings claim_overpaid_less(domain::PolicyId policy, domain::ClaimId claim, Money owed,
                             Money written_off);
Postings claim_recovered(domain::ClaimId claim, Money amount);
Postings claim_written_off(domain::ClaimId claim, Money amount);

// ---- subsidy budget: an allotment to the house that is counted, no money of the house. `scheme`
// is the number by which the house knows the scheme's account.

Postings subsidy_budget_granted(std::uint64_t scheme, Money amount);
Postings subsidy_used(std::uint64_t scheme, Money amount);      // a subsidy was granted to a policy
Postings subsidy_returned(std::uint64_t scheme, Money amount);  // taken back at a cancellation

// ---- capital

Postings capital_paid_in(Money amount);

// ---- security products: a contract of its own between customer and vendor

Postings order_placed(domain::OrderId order, Money price);
Postings order_paid(domain::OrderId order, Money amount);  // passed through: no cash of the house

}  // namespace anlan::ledger
