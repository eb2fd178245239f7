#include "engine/increased_limits.h"

#include <fmt/core.h>

#include "engine/refusals.h"

namespace anlan::engine {

std::vector<LimitRow> increased_limits(const Severity& severity, const LimitTerms& terms) {
  const double basic = limited_expected(severity, terms.basic_limit) + terms.claim_expense;
  std::vector<LimitRow> rows;
  double last = 0.0;
  for (const double limit : terms.limits) {
    LimitRow row{.limit = limit, .limited_mean = limited_expected(severity, limit)};
    const double cost = row.limited_mean + terms.claim_expense;
    row.factor = cost / basic;
    row.premium = terms.count * cost / (1.0 - terms.variable_expense);
    row.layer_premium = row.premium - last;
    last = row.premium;
    rows.push_back(row);
  }
  return rows;
}

Result<Done> check_factors(std::span<const double> limits, std::span<const double> factors,
                           const std::string& name) {
  constexpr double kRounded = 1e-12;  // a table may be rounded to the digits of a double
  const auto refusal = [&](RefusalCode code, std::size_t i) {
    return Refusal{.code = code,
                   .path = fmt::format("{}[{}]", name, i),
                   .value = fmt::format("{}", factors[i]),
                   .args = {{.name = "before", .value = fmt::format("{}", factors[i - 1])},
                            {.name = "limit", .value = fmt::format("{}", limits[i])}}};
  };
  double slope_before = 0.0;
  for (std::size_t i = 1; i < factors.size(); ++i) {
    const double slope = (factors[i] - factors[i - 1]) / (limits[i] - limits[i - 1]);
    if (slope < 0.0) return refusal(refusals::kFactorsNotRising, i);
    if (i > 1 && slope > slope_before * (1.0 + kRounded)) {
      return refusal(refusals::kFactorsNotConcave, i);
    }
    slope_before = slope;
  }
  return Done{};
}

std::vector<DeductibleRow> deductible_credits(const Severity& severity,
                                              const DeductibleTerms& terms) {
  const double basic = limited_expected(severity, terms.basic_limit);
  std::vector<DeductibleRow> rows;
  for (const double d : terms.deductibles) {
    const Tails at = tails(severity, d);
    const Tails open = d == 0.0 ? Tails{0.0, 1.0} : at;
    DeductibleRow row{.deductible = d, .eliminated = open.lower};
    row.limited_mean = limited_expected(severity, d);
    row.credit = row.limited_mean / basic;
    row.count = terms.count * open.upper;
    row.pure_premium =
        terms.count * terms.expense_factor * layer_mean(severity, d, terms.basic_limit - d);
    row.severity = row.count > 0.0 ? row.pure_premium / row.count : 0.0;
    rows.push_back(row);
  }
  return rows;
}

}  // namespace anlan::engine
