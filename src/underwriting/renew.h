// Renewal: the offer for the next policy year, and what changes against this one.
//
// A subsidy that pays in the first year only doubles what the customer pays in the second: 1,400
// becomes 2,800 although the premium stays. The sheet says so first (REFERENCE.md 4.1, "renew").
#pragma once

#include <string>
#include <vector>

#include "base/document.h"
#include "base/fields.h"
#include "base/money.h"
#include "base/result.h"
#include "base/time.h"
#include "domain/policy.h"
#include "domain/quote.h"
#include "underwriting/document_parts.h"

namespace anlan::underwriting {

inline constexpr std::int32_t kRenewalDaysAhead = 90;  // T-90: the new assessment begins

// The renewal's first day: the day on which the running cover ends. Refuses, in this order:
// kPolicyEnded (cancelled or lapsed), kRenewalTooEarly (more than 90 days ahead), kRenewalTooLate
// (after the end: cover has a gap, so it is new business).
struct RenewalInput {
  const domain::Policy& policy;
  bool ended = false;  // cancelled or lapsed
  Date today;
};
Result<Date> renewal_start(const RenewalInput& input);

enum class RenewalItem : std::uint8_t {
  kCustomerPays = 1,
  kSubsidy = 2,
  kPremium = 3,
  kAggregateLimit = 4,
  kIncidentMaximum = 5,
  kControls = 6,      // mean state of the controls that were priced
  kExpectedLoss = 7,  // insured, a year
  kTechnicalPrice = 8,
};
constexpr auto enum_names(RenewalItem*) {
  using I = RenewalItem;
  return std::array{EnumName<I>{I::kCustomerPays, "customer_pays"},
                    EnumName<I>{I::kSubsidy, "subsidy"},
                    EnumName<I>{I::kPremium, "premium"},
                    EnumName<I>{I::kAggregateLimit, "aggregate_limit"},
                    EnumName<I>{I::kIncidentMaximum, "incident_maximum"},
                    EnumName<I>{I::kControls, "controls"},
                    EnumName<I>{I::kExpectedLoss, "expected_loss"},
                    EnumName<I>{I::kTechnicalPrice, "technical_price"}};
}

struct RenewalLine {
  RenewalItem item = RenewalItem::kPremium;
  std::string before;
  std::string after;
  bool operator==(const RenewalLine&) const = default;
  template <class E = RenewalLine>
  static constexpr auto fields() {
    return std::tuple{field("item", &E::item), field("before", &E::before),
                      field("after", &E::after)};
  }
};

// One line for each item, in the order of the enum, whether it changes or not.
struct RenewalChange {
  std::vector<RenewalLine> lines;
  Money customer_before;
  Money customer_after;
  Money subsidy_lost;  // subsidy of the year before less that of the new one; zero where it grows
  std::uint32_t policy_year = 2;
  Date from;
  Date until;
  bool operator==(const RenewalChange&) const = default;
  template <class R = RenewalChange>
  static constexpr auto fields() {
    return std::tuple{field("lines", &R::lines),
                      field("customer_before", &R::customer_before),
                      field("customer_after", &R::customer_after),
                      field("subsidy_lost", &R::subsidy_lost),
                      field("policy_year", &R::policy_year),
                      field("from", &R::from),
                      field("until", &R::until)};
  }
};

// `before` is the quote of the running policy, `after` that of the renewal; one currency.
RenewalChange renewal_change(const domain::Quote& before, const domain::Quote& after);

// The sheet that goes with the offer: what the customer pays first, then every line.
Document renewal_sheet(const RenewalChange& change, const Speech& speech);

}  // namespace anlan::underwriting
