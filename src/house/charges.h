// Charges: what of a premium is tax, commission, levy and ceded, by policy and in the books.
//
// Each charge is a function of a gross amount, so that what is owed follows the premium that is
// kept, and what is counted follows the premium that is earned, through receipts, refunds and
// changes of every kind. The postings of the premium itself stay gross.
#pragma once

#include <optional>
#include <vector>

#include "domain/event.h"
#include "house/house.h"
#include "ledger/postings.h"

namespace anlan::house {

// The rates under which a policy of this quote would be bound: those of its product, else those of
// all; no commission where no broker issued the quote; with a facultative cession of this quote in
// front of the quota share. None where the house has none.
std::optional<domain::ChargeTerms> charge_terms(const House& house, domain::QuoteId quote);

// Of a gross premium, each half-up to the minor unit: VAT gross x rate / (1 + rate); commission,
// levy and cession their rate of what is left; ceding commission its rate of the cession. Zero of
// an amount below zero.
Money charge_on(const domain::ChargeTerms& terms, domain::ChargeKind kind, Money gross);

// The premium of a policy as the ledger holds it: kept, whether earned or not, and earned.
struct PremiumHeld {
  Money kept;
  Money earned;
};
PremiumHeld premium_held(const House& house, domain::PolicyId policy);

// What is kept of the premium of each payer: written, less what goes back or was waived at an early
// end. Their sum is that of the ledger.
struct KeptByPayer {
  Money customer;
  Money government;
};
KeptByPayer kept_by_payer(const PolicyFile& file);
// What is earned of each payer's premium; their sum is that of the ledger.
KeptByPayer earned_by_payer(const PolicyFile& file);

// All charges of a policy, in the order of the enum; zeros where it was bound without.
std::vector<domain::ChargeTotal> charges_of(const House& house, const PolicyFile& file);

// The postings that follow those of the premium. `house` is the house before the event. Cost: with
// the number of postings.
ledger::Postings charge_postings(const House& house, const domain::Event& event,
                                 const ledger::Postings& premium);

}  // namespace anlan::house
