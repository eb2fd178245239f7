#include "underwriting/lapse.h"

#include "underwriting/refusals.h"

namespace anlan::underwriting {

Date premium_due(const Product& product, Date bound_on) {
  return plus_days(bound_on, product.payment_days);
}

Result<Money> lapse_amount(const LapseInput& input) {
  if (input.customer_paid >= input.customer_due) {
    return Refusal{.code = refusals::kPremiumReceived,
                   .path = "policy",
                   .value = to_grouped(input.customer_paid),
                   .args = {},
                   .at = {}};
  }
  if (input.today <= input.due) {
    return Refusal{.code = refusals::kPremiumNotOverdue,
                   .path = "policy",
                   .value = to_text(input.today),
                   .args = {{.name = "due", .value = to_text(input.due)}},
                   .at = {}};
  }
  return input.customer_due - input.customer_paid;
}

}  // namespace anlan::underwriting
