#include "terms/currency_rules.h"

#include "terms/refusals.h"

namespace anlan::terms {

CurrencyRules read_currency_rules(NodeReader& root, ClauseBook& book) {
  if (!root.has("currency_rules")) return {};
  NodeReader reader = root.table("currency_rules");
  CurrencyRules rules{.costs = reader.choice<RateDate>("costs"),
                      .interruption = reader.choice_or("interruption", RateDate::kLossDate),
                      .clause = book.reference(reader, "clause", true)};
  reader.finish();
  if (rules.interruption != RateDate::kLossDate) {
    reader.refuse("interruption", refusals::kInterruptionRateDate);
  }
  return rules;
}

}  // namespace anlan::terms
