// Lapse: a policy whose premium the customer did not pay in time ends.
//
// Insurance Law art 14 lets the contract say when the premium is due; the product says how many
// days after binding (Product::payment_days). Only the customer's own part counts: a decided
// subsidy is a receivable from the government, never the customer's default (REFERENCE.md 3.5 E22).
//
// The Ningbo wordings have no clause on lapse. What follows is an assumption that keeps to what
// they and the law say of other early ends (cancel.h, lapse_refund): the days on risk were covered
// and are earned, paid or not, so that the debt for them stays and can be collected or written off;
// the rest is unearned by day as in clause 5.5, never by a short-rate table, which is the price of
// the insured's own cancellation (art 54); after claims it counts for the limit that is left, as in
// a cancellation, unless the product says otherwise; and each payer gets back what it paid above
// its part of what was earned.
#pragma once

#include "base/money.h"
#include "base/result.h"
#include "base/time.h"
#include "underwriting/product.h"

namespace anlan::underwriting {

// The last day on which the customer's premium is in time.
Date premium_due(const Product& product, Date bound_on);

struct LapseInput {
  Date due;
  Date today;
  Money customer_due;
  Money customer_paid;
};

// What is unpaid when the policy may lapse today. Refuses kPremiumReceived (nothing is unpaid),
// then kPremiumNotOverdue (today is not after `due`).
Result<Money> lapse_amount(const LapseInput& input);

}  // namespace anlan::underwriting
