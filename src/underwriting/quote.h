// Quote: everything behind one price put together: product, wording, computed cost, walk, subsidy,
// triage, and the digest of what was priced.
//
// The engine has run before: make_quote is arithmetic over its result, and the same inputs give the
// same quote, bit for bit.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/money.h"
#include "base/result.h"
#include "base/sha256.h"
#include "base/time.h"
#include "domain/control.h"
#include "domain/enterprise.h"
#include "domain/loss_result.h"
#include "domain/quote.h"
#include "engine/risk_input.h"
#include "engine/size_law.h"
#include "terms/wording.h"
#include "underwriting/loads.h"
#include "underwriting/product.h"
#include "underwriting/profile.h"
#include "underwriting/rules.h"
#include "underwriting/subsidy.h"

namespace anlan::underwriting {

// What the engine reads of a company: its profile and the states of its controls.
engine::RiskInput risk_input(const Profile& profile,
                             const std::vector<domain::ControlState>& controls);

// One digest for the files of data/pricing and the subsidy scheme (zero: none).
struct PricingFiles {
  Digest loads;
  Digest inference;
  Digest scheme;
};
Digest pricing_artefact(const PricingFiles& files);

// What the price started from, for the record.
struct QuoteDigests {
  Digest inputs;  // facts, answers, orders, observations: the house checks them when it binds
  Digest product;
  Digest wording;
  Digest pricing;
  Digest rules = {};
};

struct QuoteInput {
  domain::EnterpriseId enterprise;
  const Product& product;
  const terms::Wording& wording;
  const PriceLoads& loads;
  const SubsidyScheme* scheme = nullptr;          // the product's; nullptr: it has none
  bool subsidy_claimed_before = false;            // for this customer and policy year
  std::optional<Money> subsidy_budget_left = {};  // of the scheme; none: nothing granted yet
  const Profile& profile;
  const std::vector<domain::ControlState>& controls;  // as priced
  const domain::LossResult& loss;                     // of risk_input(profile, controls), wording
  QuoteDigests digests;
  std::optional<Money> authority;  // of the underwriter who quotes; none: who quotes binds nothing
  Date today;
  Date from;  // first day of cover
  std::uint32_t policy_year = 1;
  domain::PolicyId renewal_of;                       // 0: new business
  std::vector<engine::BeyondSize> beyond_size = {};  // of risk_input, for the triage
  const RuleSet* rules = nullptr;                    // that judge it; nullptr: the triage alone
  std::uint32_t rules_version = 0;
  std::vector<domain::ControlName> proven = {};     // by products that run
  std::vector<domain::ControlName> conflicts = {};  // answers that say more than is seen
  std::vector<domain::Fact> facts = {};             // known to the house
};

// The id is left 0: the house gives it. Refuses kCoverInPast, kFactorOutsideFiledRange (args low,
// high, rules) and those of check_product. A declined or referred risk is a quote too, with its
// findings.
Result<domain::Quote> make_quote(const QuoteInput& input);

// The most that the year and one incident can take under the wording (incident_maximum of
// product.h); kAmountMax where nothing bounds it, so that nobody's authority reaches it.
struct QuotedLimits {
  Money aggregate;
  Money incident_maximum;
};
QuotedLimits quoted_limits(const terms::Wording& wording);

}  // namespace anlan::underwriting
