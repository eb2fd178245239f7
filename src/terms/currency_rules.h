// Currency rules: the date whose rate turns an amount in another currency into that of the policy
// (REFERENCE.md 3.4, stage 1).
#pragma once

#include <optional>
#include <string>

#include "base/fields.h"
#include "base/node_reader.h"
#include "terms/clause.h"

namespace anlan::terms {

enum class RateDate : std::uint8_t {
  kInvoiceDate = 1,  // the day on which the cost was incurred
  kLossDate = 2,     // the day of the incident
};
constexpr auto enum_names(RateDate*) {
  using D = RateDate;
  return std::array{EnumName<D>{D::kInvoiceDate, "invoice_date"},
                    EnumName<D>{D::kLossDate, "loss_date"}};
}

// The defaults are those of the reference; an interruption knows the date of the loss only.
struct CurrencyRules {
  RateDate costs = RateDate::kInvoiceDate;
  RateDate interruption = RateDate::kLossDate;
  std::string clause = {};  // empty: the wording says nothing
  bool operator==(const CurrencyRules&) const = default;
};

// [currency_rules] of the wording. Refuses kInterruptionRateDate: an interruption has no invoice.
CurrencyRules read_currency_rules(NodeReader& root, ClauseBook& book);

}  // namespace anlan::terms
