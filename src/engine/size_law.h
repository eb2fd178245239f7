// Size laws: how a frequency or an amount grows with the size of the company, and where the laws
// end.
#pragma once

#include <vector>

#include "engine/hazard.h"
#include "engine/risk_input.h"

namespace anlan::engine {

// assumption: the size laws were guessed for small and medium companies. A factor ends at these
// values, and every command that prices a company says so (beyond_size_laws).
inline constexpr double kSizeFactorMin = 0.05;
inline constexpr double kSizeFactorMax = 20.0;

// (company / reference)^exponent, at most kSizeFactorMax and at least kSizeFactorMin.
double size_factor(const Hazard& hazard, const RiskInput& company, const SizeRule& rule);

// A size at which some law of the hazard ends.
struct BeyondSize {
  SizeBy by = SizeBy::kEmployees;
  bool above = true;   // larger than the laws reach: the loss is stated too low
  double value = 0.0;  // of the company: people, minor units, records
  double limit = 0.0;  // the largest (smallest) value that every law still follows
};

// In the order of SizeBy; empty for a company whose size every law reaches.
std::vector<BeyondSize> beyond_size_laws(const Hazard& hazard, const RiskInput& company);

}  // namespace anlan::engine
