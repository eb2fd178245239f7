// Increased limit factors, layer premiums and deductible credits of one severity.
//
// The factor of a limit is (E[min(X, limit)] + claim expense) / (the same at the basic limit). A
// table must rise, and rise ever more slowly per unit of limit: otherwise some layer would cost
// less than nothing, or more than a lower one of the same width (R. Miccolis 1977, PCAS 64, 27:
// consistency). D. Bahnemann 2015, "Distributions for Actuaries" (CAS Monograph 2), chapter 6.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "engine/severity.h"

namespace anlan::engine {

struct LimitTerms {
  std::vector<double> limits;  // rising
  double basic_limit = 0.0;
  double claim_expense = 0.0;     // per claim, whatever its size
  double count = 1.0;             // expected claims a year
  double variable_expense = 0.0;  // share of the premium, below 1
};

struct LimitRow {
  double limit = 0.0;
  double limited_mean = 0.0;
  double factor = 0.0;
  double premium = 0.0;
  double layer_premium = 0.0;  // premium less that of the row above
};
std::vector<LimitRow> increased_limits(const Severity& severity, const LimitTerms& terms);

// A filed table against the rule above. Refuses kFactorsNotRising and kFactorsNotConcave with path
// "<name>[i]". The first factor must be above 0.
Result<Done> check_factors(std::span<const double> limits, std::span<const double> factors,
                           const std::string& name);

struct DeductibleTerms {
  std::vector<double> deductibles;
  double basic_limit = 0.0;
  double expense_factor = 1.0;  // claim expense as a multiple of the loss
  double count = 1.0;
};

struct DeductibleRow {
  double deductible = 0.0;
  double eliminated = 0.0;    // P(X <= d)
  double limited_mean = 0.0;  // E[min(X, d)]
  double credit = 0.0;        // share of the basic-limit loss that the deductible removes
  double count = 0.0;         // expected claims above it
  double severity = 0.0;      // pure premium per such claim
  double pure_premium = 0.0;
};
std::vector<DeductibleRow> deductible_credits(const Severity& severity,
                                              const DeductibleTerms& terms);

}  // namespace anlan::engine
