// Triage: whether a risk can be bound as quoted, needs a second person, or is declined, with every
// reason and the figure behind it.
#pragma once

#include <optional>
#include <vector>

#include "base/money.h"
#include "domain/control.h"
#include "domain/quote.h"
#include "engine/size_law.h"
#include "underwriting/product.h"
#include "underwriting/profile.h"

namespace anlan::underwriting {

struct TriageInput {
  const Product& product;
  const Profile& profile;
  const domain::PriceParts& parts;
  const std::vector<domain::ControlState>& controls;
  Money aggregate;                 // the most that the year can take
  std::optional<Money> authority;  // of the underwriter who quotes; none: who quotes binds nothing
  std::vector<engine::BeyondSize> beyond_size = {};  // of the company, beyond_size_laws
};

struct Triage {
  domain::QuoteDecision decision = domain::QuoteDecision::kBindable;  // the gravest consequence
  std::vector<domain::TriageFinding> findings;  // in the order of TriageReason
};

// One for each size: referred where it is larger than the laws reach, told where it is smaller.
std::vector<domain::TriageFinding> size_findings(const std::vector<engine::BeyondSize>& sizes);

// What is known before any price: the company against the product's rules, its controls, its size.
// The rest of triage needs the price and whoever quotes.
Triage eligibility(const Product& product, const Profile& profile,
                   const std::vector<domain::ControlState>& controls,
                   const std::vector<engine::BeyondSize>& beyond_size);

// Declined: revenue, staff, region, sector or incidents outside the product; a minimum control
// missing, where the product says so. Referred: a minimum control missing, an operator of critical
// information infrastructure, an expected loss above the product's target share of the premium that
// is offered, more at stake than the underwriter's authority, a technical price above the filed
// range, a company larger than the model's size laws reach. One that is smaller is only told so:
// its loss is stated too high. A control without a state counts as absent.
Triage triage(const TriageInput& input);

}  // namespace anlan::underwriting
