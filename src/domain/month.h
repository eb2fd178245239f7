// The end of a month: what stood in the books of each product when it was closed.
#pragma once

#include <vector>

#include "base/fields.h"
#include "base/money.h"
#include "base/sha256.h"
#include "base/time.h"
#include "domain/charges.h"
#include "domain/ids.h"

namespace anlan::domain {

struct ChargeTotal {
  ChargeKind kind = ChargeKind::kVat;
  Money written;  // of the premium that is kept, earned or not
  Money earned;
  bool operator==(const ChargeTotal&) const = default;
  template <class E = ChargeTotal>
  static constexpr auto fields() {
    return std::tuple{field("kind", &E::kind), field("written", &E::written),
                      field("earned", &E::earned)};
  }
};

// Of one product. Amounts and days count from the opening of the house up to the end of the month,
// so that a month is the difference of two closings: what is corrected later counts in the month in
// which it became known.
struct MonthLine {
  ProductName product;
  std::int64_t policies = 0;       // with cover on at least one day of the month
  std::int64_t exposure_days = 0;  // days of cover up to the last of the month
  Money written_customer;          // less what was refunded and waived
  Money written_government;
  Money earned_customer;
  Money earned_government;
  Money unearned;
  std::vector<ChargeTotal> charges;
  bool operator==(const MonthLine&) const = default;
  template <class L = MonthLine>
  static constexpr auto fields() {
    return std::tuple{field("product", &L::product),
                      field("policies", &L::policies),
                      field("exposure_days", &L::exposure_days),
                      field("written_customer", &L::written_customer),
                      field("written_government", &L::written_government),
                      field("earned_customer", &L::earned_customer),
                      field("earned_government", &L::earned_government),
                      field("unearned", &L::unearned),
                      field("charges", &L::charges)};
  }
};

// Closed for good: what is recorded later belongs to a later month.
struct MonthClosed {
  static constexpr std::uint16_t kKind = 113;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "month_closed";
  Date month;            // its first day
  Digest trial_balance;  // of every balance of the ledger
  std::vector<MonthLine> lines;
  bool operator==(const MonthClosed&) const = default;
  template <class E = MonthClosed>
  static constexpr auto fields() {
    return std::tuple{field("month", &E::month), field("trial_balance", &E::trial_balance),
                      field("lines", &E::lines)};
  }
};

}  // namespace anlan::domain
