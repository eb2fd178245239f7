// Quantify: from the loss as stated to the loss as it stands up, head by head, before any term of
// the policy (REFERENCE.md 3.4, stage 1).
#pragma once

#include <optional>
#include <vector>

#include "base/result.h"
#include "claims/interruption.h"
#include "domain/claim.h"
#include "domain/incident.h"
#include "terms/admission.h"
#include "terms/wording.h"

namespace anlan::claims {

// What a wording says about the dates of exchange rates, and the date of the loss.
struct Conversion {
  terms::CurrencyRules rules = {};
  Instant occurred = {};
};

// An item as far as gates ask about it, in the policy's currency and net of betterment.
struct QuantifiedItem {
  domain::CoverCode head;
  terms::ClaimItem item;
  bool operator==(const QuantifiedItem&) const = default;
};

struct Quantification {
  // One entry a head: the items in the order of their first mention, then the interruption.
  // `admitted` is true; the gates judge that.
  std::vector<domain::QuantifiedHead> heads;
  std::vector<QuantifiedItem> items;  // in the order of the statement
  std::optional<InterruptionLoss> interruption;
  Money mitigation;
  // Stage quantify: kConverted for each amount in another currency; kCorrected for each head whose
  // amount changed, from stated to quantified; and kSalesBeyondLoss where sales records exceed the
  // loss of their hours, from what they state to what was taken off. The clause is the one by which
  // the wording measures the loss.
  std::vector<domain::SettlementStep> corrections;
  bool operator==(const Quantification&) const = default;
};

// Items are summed by head, each net of its betterment (improvement, recoverable tax, salvage); the
// interruption becomes a curve (interruption.h). `currency` and `offset` are the policy's,
// `clauses` the wording's.
//
// An amount in another currency is converted half-up with the rate that the statement has of it for
// the date that the wording names: of an item the date on which it was incurred (none: that of the
// loss), of an interruption the date of the loss, hour by hour. Dates are those of the policy's
// zone.
//
// Refuses, with the path in the statement (items[2].betterment):
//   kLossEntries            more than kLossEntriesMax items
//   kEmptyText              an item without a head
//   kMoneyNegative, kMoneyTooLarge, kMoneyCurrency   of an amount, or of the sum of a head
//   kBettermentAboveAmount  of an item (args amount)
//   kItemInInterruption     the head of the interruption has no items beside it
//   kItemIsMitigation       mitigation cost is stated as such, not as an item: no limit takes it
//   kRateMissing            no rate of this currency for this date (args currency, date)
// and what interruption_loss refuses.
Result<Quantification> quantify(const domain::LossStatement& statement, Currency currency,
                                UtcOffset offset, const terms::Quantification& clauses = {},
                                const Conversion& conversion = {});

}  // namespace anlan::claims
