// An aggregate case: the exchange format of the stand-alone actuarial calculator.
//
// {"frequency": {...}, "severity": {...}, "layers": [...], "ask": {...}, "increased_limits": {...},
// "deductibles": {...}, "credibility": {...}}. Amounts are decimal numbers in one unit.
//
// frequency   poisson mean; negbin r beta, or mean variance_to_mean; binomial m q; geometric mean;
//             pmf p[]; poisson_poisson mean1 mean2; any with zero_modified. Left out: one claim.
// severity    the kinds of severity_reader.h; any with trend, deductible, limit (of the payment) or
//             loss_limit (of the loss), coinsurance (the share paid), applied per claim in that
//             order.
// layers      attach, limit, share, annual_deductible, annual_limit, reinstatements[], corridor[2].
// ask         mean, sd, skew (true); lists: pmf, cdf, sf, density, stop_loss, lev, oep at amounts,
//             var, tvar at levels inside (0, 1).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/node.h"
#include "base/result.h"
#include "engine/annual_layer.h"
#include "engine/credibility.h"
#include "engine/frequency.h"
#include "engine/increased_limits.h"
#include "engine/severity.h"

namespace anlan::engine {

struct Ask {
  bool mean = false;
  bool sd = false;
  bool skew = false;
  std::vector<double> pmf;
  std::vector<double> cdf;
  std::vector<double> sf;
  std::vector<double> density;
  std::vector<double> stop_loss;
  std::vector<double> lev;
  std::vector<double> oep;
  std::vector<double> var;
  std::vector<double> tvar;
};

struct CredibilityCase {
  GammaPrior prior;
  double claims = 0.0;
  double years = 0.0;
};

struct AggregateCase {
  std::string file;
  Frequency frequency;
  std::optional<Severity> severity;
  std::vector<LayerTerms> layers;
  Ask ask;
  std::optional<LimitTerms> limits;
  std::optional<DeductibleTerms> deductibles;
  std::optional<CredibilityCase> credibility;
};

// Refuses what the readers of its parts refuse, and kLimitNeeded, kReversed, kFactorsNotRising,
// kFactorsNotConcave, kInfiniteMoment (a mean, deviation or expectation that does not exist).
Result<AggregateCase> read_aggregate_case(const Node& tree, const std::string& file);

// {"ground_up": {...}, "layers": [...], "method": ..., "error": {...}} and the tables asked for.
// "error" mirrors "ground_up": a bound on |value - exact| for every number. Every number is finite.
Result<Node> aggregate_reply(const AggregateCase& given);

}  // namespace anlan::engine
