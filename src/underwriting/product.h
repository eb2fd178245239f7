// Product: what one insurer has filed and sells, as data: a wording, its filed price and range, who
// may buy it, how much it can cost the insurer, how its premium is refunded, which subsidy and
// which service come with it (data/products/*.toml).
//
// Filed wordings and rates may only be used as filed (Insurance Law art 135), so the price is not
// computed: the filed premium is data, and the model's cost stands beside it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"
#include "base/lang.h"
#include "base/money.h"
#include "base/node.h"
#include "base/result.h"
#include "base/share.h"
#include "domain/ids.h"
#include "domain/policy.h"
#include "domain/quote.h"
#include "terms/terms.h"

namespace anlan::underwriting {

// A control that must not be missing: a gap above gap_max refers or declines the risk.
struct MinimumControl {
  domain::ControlName control;
  Share gap_max;
  domain::QuoteDecision consequence = domain::QuoteDecision::kReferred;
  bool operator==(const MinimumControl&) const = default;
};

struct Eligibility {
  std::vector<std::string> regions;           // GB/T 2260 prefixes: "3302"; empty: everywhere
  std::vector<std::string> sectors_excluded;  // GB/T 4754 prefixes: "J", "K70"
  Money revenue_max;                          // a year
  std::int64_t employees_max = 0;
  std::int64_t incidents_max = 0;  // in the last 36 months
  Share loss_ratio_max;  // expected loss of the filed premium; above it a risk is referred
  std::vector<MinimumControl> minimum_controls;
  bool operator==(const Eligibility&) const = default;
};

// What the insured gets back of its unearned premium when claims have used a part of the year's
// limit.
enum class RefundAfterClaims : std::uint8_t {
  kLimitLeft = 1,  // the part for the limit that is left
  kByTime = 2,     // all of it
};
constexpr auto enum_names(RefundAfterClaims*) {
  using R = RefundAfterClaims;
  return std::array{EnumName<R>{R::kLimitLeft, "limit_left"}, EnumName<R>{R::kByTime, "by_time"}};
}

// Insurance Law art 54. The short-rate table says which share of the premium is earned when the
// n-th month has started (n from 1), a started month counting as a month; it never falls, and the
// twelfth month earns all.
struct RefundTerms {
  domain::RefundRule rule = domain::RefundRule::kProRata;
  std::array<Share, 12> earned_by_month{};  // acts under kShortRate only
  Money handling_fee;                       // kept when cover never began
  // assumption: as art 58(2) does for the ground after_incident; a product that does not say it
  // says limit_left.
  RefundAfterClaims after_claims = RefundAfterClaims::kLimitLeft;
  bool operator==(const RefundTerms&) const = default;
};

// A set of terms that may be chosen by endorsement, with its own filed price.
struct FiledOption {
  std::string id;
  std::string zh;
  std::string en;
  domain::WordingName wording;
  Money premium;  // base, a year
  Money low;      // filed range of the annual premium with its factors
  Money high;
  Money incident_maximum;
  bool operator==(const FiledOption&) const = default;
};

// A filed adjustment: the annual premium is the base x the product of the chosen factors.
struct FiledFactor {
  std::string id;
  std::string zh;
  std::string en;
  std::int64_t low_ppm = 0;  // of the base; low <= 1,000,000 <= high
  std::int64_t high_ppm = 0;
  std::string basis;  // what it is measured by
  bool operator==(const FiledFactor&) const = default;
};

// What a member of a park costs a year, where the wording has certificates.
struct FiledCertificates {
  Money premium;  // where a list of members says nothing else
  Money low;
  Money high;
  bool operator==(const FiledCertificates&) const = default;
};

// Cover runs for one year from its first day: the only period that is filed.
struct Product {
  domain::ProductName id;
  std::string zh;
  std::string en;
  domain::WordingName wording;
  std::string registration;  // number under which wording and rate are filed
  Currency currency = Currency::kCny;
  Money premium;  // filed gross, a year, all taxes in
  Money filed_low;
  Money filed_high;
  std::vector<FiledOption> options;  // beside the product's own wording; empty: none
  std::vector<FiledFactor> factors;
  std::optional<FiledCertificates> certificates = {};
  Eligibility eligibility;
  RefundTerms refund;
  Money incident_maximum;  // the most that one incident may pay, as filed; the wording must keep it
  domain::SchemeName scheme;    // empty: no subsidy
  domain::PackageName package;  // the security package offered with it, a contract of its own
  std::vector<std::string> services_zh;  // loss-prevention services written in the policy
  std::vector<std::string> services_en;
  std::int32_t quote_days = 0;    // a quote may be bound on its day and this many days after
  std::int32_t payment_days = 0;  // the customer's premium is due this many days after binding
  std::vector<std::string> assumptions;  // which of the values above have no source
  bool operator==(const Product&) const = default;

  const std::string& name(Lang lang) const { return lang == Lang::kZh ? zh : en; }
  const std::vector<std::string>& services(Lang lang) const {
    return lang == Lang::kZh ? services_zh : services_en;
  }
};

// Reads one file of data/products. Refuses kFiledRangeReversed, kPremiumOutsideFiledRange,
// kShortRateTable, kFactorRangeReversed, kTooManyFactors, and what NodeReader refuses.
Result<Product> read_product(const Node& root, std::string_view file);

// nullptr: not filed.
const FiledOption* find_option(const Product& product, std::string_view id);
const FiledFactor* find_factor(const Product& product, std::string_view id);

// The most that one incident can pay under `terms`, in minor units: every section and group at its
// smallest cap, and no more than the limits of the occurrence and of the year. kNoCap
// (terms/plan.h) where nothing bounds it. Mitigation cost, which is outside the limits, is not in
// it.
std::int64_t incident_maximum(const terms::Terms& terms);

// Their amounts can be compared: refuses kProductCurrency (value the product's, args currency the
// wording's).
Result<Done> check_currency(const Product& product, const terms::Terms& terms);

// The wording is the product's, and can pay no more for one incident than was filed: refuses
// kProductWording, kProductIncidentMaximum, and as check_currency.
Result<Done> check_product(const Product& product, const domain::WordingName& wording,
                           const terms::Terms& terms);

}  // namespace anlan::underwriting
