// Premium subsidy: what a government pays of a premium, for whom, in which policy year, and out of
// which budget (data/policy_instruments/*.toml).
//
// The pilot: "财政第一年补贴50%", so the customer pays 1,400 of 2,800 in the first year and the
// whole in the second (REFERENCE.md 1.1 N21). A subsidy never changes the premium: it changes who
// pays it.
#pragma once

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
#include "domain/quote.h"

namespace anlan::underwriting {

struct SubsidyScheme {
  domain::SchemeName id;
  std::string zh;
  std::string en;
  std::string grantor_zh;  // the authority that pays
  std::string grantor_en;
  Currency currency = Currency::kCny;
  Share share;                              // of the filed gross premium
  std::vector<std::uint32_t> policy_years;  // which years of a customer's policy: {1}
  std::vector<std::string> regions;         // GB/T 2260 prefixes; empty: everywhere
  std::int64_t employees_max = 0;
  Money revenue_max;
  Money policy_maximum;  // the most for one policy
  Money budget;          // of a year, as announced; a house is granted its part by an event
  std::vector<std::string> assumptions;
  bool operator==(const SubsidyScheme&) const = default;

  const std::string& name(Lang lang) const { return lang == Lang::kZh ? zh : en; }
  const std::string& grantor(Lang lang) const {
    return lang == Lang::kZh ? grantor_zh : grantor_en;
  }
};

// Reads one file of data/policy_instruments.
Result<SubsidyScheme> read_subsidy_scheme(const Node& root, std::string_view file);

// What a scheme asks about a customer.
struct SubsidyApplicant {
  std::string region;  // GB/T 2260, six digits
  std::int64_t employees = 0;
  Money revenue;
  std::uint32_t policy_year = 1;
  bool claimed_before = false;       // a subsidy for the same customer and year stands already
  std::optional<Money> budget_left;  // of the scheme in this house; none: nothing granted yet
};

// All obstacles of eligibility, in the order of the enum; empty: eligible.
std::vector<domain::SubsidyObstacle> subsidy_obstacles(const SubsidyScheme& scheme,
                                                       const SubsidyApplicant& applicant);

// share x premium, half-up to the minor unit, at most policy_maximum; zero for who is not eligible.
// `premium` is in the scheme's currency.
Money subsidy_for(const SubsidyScheme& scheme, Money premium, const SubsidyApplicant& applicant);

// What a quote may promise, or why nothing. `scheme` nullptr: the product has none. A budget that
// has been granted and does not suffice promises nothing; one that is yet to come is expected.
struct SubsidyOffer {
  Money amount;
  std::vector<domain::SubsidyObstacle> obstacles;  // empty exactly when the amount is not zero
};
SubsidyOffer subsidy_offer(const SubsidyScheme* scheme, Money premium,
                           const SubsidyApplicant& applicant);

}  // namespace anlan::underwriting
