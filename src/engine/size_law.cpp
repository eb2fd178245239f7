#include "engine/size_law.h"

#include <algorithm>

#include "base/maths.h"

namespace anlan::engine {
namespace {

struct Sizes {
  double company = 0.0;
  double reference = 1.0;
};

Sizes sizes_of(const Hazard& hazard, const RiskInput& company, SizeBy by) {
  const Reference& reference = hazard.reference;
  switch (by) {
    case SizeBy::kEmployees:
      return {.company = static_cast<double>(company.employees),
              .reference = static_cast<double>(reference.employees)};
    case SizeBy::kRevenue:
      return {.company = static_cast<double>(company.revenue.minor()),
              .reference = static_cast<double>(reference.revenue.minor())};
    case SizeBy::kRecords:
      return {.company = static_cast<double>(company.records),
              .reference = static_cast<double>(reference.records)};
  }
  return {};
}

// The largest exponent with which the perils follow this size; 0: none does.
double steepest(const Hazard& hazard, SizeBy by) {
  double out = 0.0;
  const auto see = [&](const SizeRule& rule) {
    if (rule.by == by) out = std::max(out, rule.exponent);
  };
  for (const PerilHazard& peril : hazard.perils) {
    see(peril.frequency_size);
    for (const LossPart& part : peril.losses) see(part.size);
  }
  return out;
}

}  // namespace

double size_factor(const Hazard& hazard, const RiskInput& company, const SizeRule& rule) {
  if (rule.exponent == 0.0) return 1.0;
  const Sizes sizes = sizes_of(hazard, company, rule.by);
  const double ratio = sizes.company / sizes.reference;
  if (ratio == 1.0) return 1.0;
  return std::clamp(maths::pow(ratio, rule.exponent), kSizeFactorMin, kSizeFactorMax);
}

std::vector<BeyondSize> beyond_size_laws(const Hazard& hazard, const RiskInput& company) {
  std::vector<BeyondSize> out;
  for (const auto& entry : enum_names(static_cast<SizeBy*>(nullptr))) {
    const double exponent = steepest(hazard, entry.value);
    if (exponent == 0.0) continue;
    const Sizes sizes = sizes_of(hazard, company, entry.value);
    const double most = sizes.reference * maths::pow(kSizeFactorMax, 1.0 / exponent);
    const double least = sizes.reference * maths::pow(kSizeFactorMin, 1.0 / exponent);
    if (sizes.company > most) {
      out.push_back({.by = entry.value, .above = true, .value = sizes.company, .limit = most});
    } else if (sizes.company < least) {
      out.push_back({.by = entry.value, .above = false, .value = sizes.company, .limit = least});
    }
  }
  return out;
}

}  // namespace anlan::engine
