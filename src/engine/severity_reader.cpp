#include "engine/severity_reader.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>

#include <fmt/core.h>

#include "base/maths.h"
#include "base/normal.h"
#include "engine/refusals.h"

namespace anlan::engine {

// The names of the case format.
enum class FrequencyKind : std::uint8_t {
  kPoisson = 1,
  kNegbin,
  kBinomial,
  kGeometric,
  kPmf,
  kPoissonPoisson
};
constexpr auto enum_names(FrequencyKind*) {
  using Name = EnumName<FrequencyKind>;
  return std::array{Name{FrequencyKind::kPoisson, "poisson"},
                    Name{FrequencyKind::kNegbin, "negbin"},
                    Name{FrequencyKind::kBinomial, "binomial"},
                    Name{FrequencyKind::kGeometric, "geometric"},
                    Name{FrequencyKind::kPmf, "pmf"},
                    Name{FrequencyKind::kPoissonPoisson, "poisson_poisson"}};
}

enum class SeverityKind : std::uint8_t {
  kExponential = 1,
  kGamma,
  kWeibull,
  kLognormal,
  kLomax,
  kPareto,
  kBurr,
  kInverseGaussian,
  kGpd,
  kUniform,
  kPert,
  kDiscrete,
  kSpliced,
  kMixture
};
constexpr auto enum_names(SeverityKind*) {
  using Name = EnumName<SeverityKind>;
  return std::array{Name{SeverityKind::kExponential, "exponential"},
                    Name{SeverityKind::kGamma, "gamma"},
                    Name{SeverityKind::kWeibull, "weibull"},
                    Name{SeverityKind::kLognormal, "lognormal"},
                    Name{SeverityKind::kLomax, "lomax"},
                    Name{SeverityKind::kPareto, "pareto"},
                    Name{SeverityKind::kBurr, "burr"},
                    Name{SeverityKind::kInverseGaussian, "inverse_gaussian"},
                    Name{SeverityKind::kGpd, "gpd"},
                    Name{SeverityKind::kUniform, "uniform"},
                    Name{SeverityKind::kPert, "pert"},
                    Name{SeverityKind::kDiscrete, "discrete"},
                    Name{SeverityKind::kSpliced, "spliced"},
                    Name{SeverityKind::kMixture, "mixture"}};
}

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kShapeTop = 1e6;
constexpr double kCountTop = 1e9;
constexpr int kDepthMax = 8;

void refuse_both(NodeReader& r, std::string_view key, std::string_view other) {
  r.refuse(key, refusals::kKeysExclude, {{.name = "other", .value = std::string(other)}});
}

}  // namespace

std::string shown(double value) { return fmt::format("{:.10g}", value); }

double read_above(NodeReader& r, std::string_view key, double low, double high) {
  const double value = r.real(key, low, high);
  if (!r.refused() && !(value > low)) {
    r.refuse(key, refusals::kNotAbove, {{.name = "low", .value = shown(low)}});
  }
  return r.refused() ? low + 1.0 : value;
}

double read_positive(NodeReader& r, std::string_view key) {
  return read_above(r, key, 0.0, kAmountTop);
}

namespace {

// Strictly between two bounds.
double read_inside(NodeReader& r, std::string_view key, double low, double high) {
  const double value = r.real(key, low, high);
  if (!r.refused() && !(value > low && value < high)) {
    r.refuse(key, refusals::kNotInside,
             {{.name = "low", .value = shown(low)}, {.name = "high", .value = shown(high)}});
  }
  return r.refused() ? 0.5 * (low + high) : value;
}

}  // namespace

std::vector<double> read_numbers(NodeReader& r, std::string_view key, double low, double high) {
  std::vector<double> out;
  for (NodeReader& item : r.list(key)) out.push_back(item.as_real(low, high));
  return out;
}

std::vector<double> read_probabilities(NodeReader& r, std::string_view key) {
  constexpr double kOff = 1e-9;
  std::vector<double> p = read_numbers(r, key, 0.0, 1.0);
  double sum = 0.0;
  for (const double each : p) sum += each;
  if (!r.refused() && std::fabs(sum - 1.0) > kOff) {
    r.refuse(key, refusals::kProbabilitySum, {{.name = "sum", .value = shown(sum)}});
  }
  if (std::fabs(sum - 1.0) > 1e-15 && sum > 0.0) {
    for (double& each : p) each /= sum;
  }
  return p;
}

// ---- frequency ----
namespace {

Frequency read_negbin(NodeReader& r) {
  if (r.has("r") || r.has("beta")) {
    for (const std::string_view other : {"mean", "variance_to_mean"}) {
      if (r.has(other)) refuse_both(r, other, "r, beta");
    }
    const double size = read_above(r, "r", 0.0, kCountTop);
    return {NegativeBinomial{size, read_above(r, "beta", 0.0, kCountTop)}, {}};
  }
  const double mean = r.real("mean", 0.0, kCountTop);
  const double ratio = r.real("variance_to_mean", 1.0, kCountTop);
  if (ratio == 1.0) return {Poisson{mean}, {}};  // the limit of the family
  return {NegativeBinomial{mean / (ratio - 1.0), ratio - 1.0}, {}};
}

Frequency read_binomial(NodeReader& r) {
  const std::int64_t m = r.whole("m", 1, 1'000'000'000);
  return {Binomial{m, r.real("q", 0.0, 1.0)}, {}};
}

Frequency read_neyman(NodeReader& r) {
  const double clusters = r.real("mean1", 0.0, kCountTop);
  return {NeymanA{clusters, r.real("mean2", 0.0, 1e6)}, {}};
}

Frequency read_frequency_form(NodeReader& r, FrequencyKind kind) {
  switch (kind) {
    case FrequencyKind::kPoisson:
      return {Poisson{r.real("mean", 0.0, kCountTop)}, {}};
    case FrequencyKind::kNegbin:
      return read_negbin(r);
    case FrequencyKind::kBinomial:
      return read_binomial(r);
    case FrequencyKind::kGeometric:
      return {NegativeBinomial{1.0, r.real("mean", 0.0, kCountTop)}, {}};
    case FrequencyKind::kPmf:
      return {CountTable{read_probabilities(r, "p")}, {}};
    case FrequencyKind::kPoissonPoisson:
      return read_neyman(r);
  }
  return {};
}

}  // namespace

Frequency read_frequency(NodeReader& r) {
  const auto kind = r.choice<FrequencyKind>("kind");
  if (r.refused()) return {};
  Frequency f = read_frequency_form(r, kind);
  if (r.has("zero_modified")) {
    f.zero_modified = r.real("zero_modified", 0.0, 1.0);
    if (!r.refused() && !(pgf_complement({f.form, {}}, 1.0) > 0.0)) {
      r.refuse("zero_modified", refusals::kNeverAClaim);
    }
  }
  r.finish();
  return f;
}

// ---- severity ----
namespace {

Severity read_any(NodeReader& r, int depth, double excess_over);

// Median and spread, or the bounds of a central interval of the given probability.
Lognormal read_lognormal(NodeReader& r) {
  if (!r.has("low") && !r.has("high")) {
    const double mu = r.real("mu", -50.0, 50.0);
    return {mu, read_above(r, "sigma", 0.0, 20.0)};
  }
  for (const std::string_view other : {"mu", "sigma"}) {
    if (r.has(other)) refuse_both(r, other, "low, high");
  }
  const double low = read_positive(r, "low");
  const double high = read_above(r, "high", low, kAmountTop);
  const double confidence = r.has("confidence") ? read_inside(r, "confidence", 0.0, 1.0) : 0.9;
  if (r.refused()) return {};
  const double width = maths::log(high) - maths::log(low);
  const double z = maths::normal_quantile(0.5 + 0.5 * confidence);
  return {0.5 * (maths::log(high) + maths::log(low)), width / (2.0 * z)};
}

Uniform read_uniform(NodeReader& r) {
  const double low = r.real("low", 0.0, kAmountTop);
  return {low, read_above(r, "high", low, kAmountTop)};
}

Pert read_pert(NodeReader& r) {
  Pert out{.low = r.real("low", 0.0, kAmountTop)};
  out.high = read_above(r, "high", out.low, kAmountTop);
  out.mode = r.real("mode", out.low, out.high);
  out.weight = r.real_or("gamma", 0.0, 200.0, 4.0);
  return out;
}

Discrete read_discrete(NodeReader& r) {
  const std::vector<double> x = read_numbers(r, "x", 0.0, kAmountTop);
  const std::vector<double> p = read_probabilities(r, "p");
  if (!r.refused() && x.size() != p.size()) {
    r.refuse("p", refusals::kLengthsDiffer,
             {{.name = "other", .value = "x"},
              {.name = "count", .value = std::to_string(x.size())},
              {.name = "given", .value = std::to_string(p.size())}});
  }
  if (r.refused()) return {{0.0}, {1.0}};
  std::map<double, double> merged;
  for (std::size_t i = 0; i < x.size(); ++i) merged[x[i]] += p[i];
  Discrete out;
  for (const auto& [value, probability] : merged) {
    out.x.push_back(value);
    out.p.push_back(probability);
  }
  return out;
}

// A tail without a threshold of its own starts at the splice.
Severity read_spliced(NodeReader& r, int depth) {
  const double threshold = read_positive(r, "threshold");
  const double weight = read_inside(r, "tail_weight", 0.0, 1.0);
  NodeReader body = r.table("body");
  NodeReader tail = r.table("tail");
  if (r.refused()) return {};
  Severity below = read_any(body, depth + 1, 0.0);
  Severity above = read_any(tail, depth + 1, threshold);
  if (r.refused()) return {};
  if (!(tails(below, threshold).lower > 0.0)) {
    r.refuse("body", refusals::kNoMassThere, {{.name = "where", .value = "< " + shown(threshold)}});
  }
  if (!(survival(above, threshold) > 0.0)) {
    r.refuse("tail", refusals::kNoMassThere, {{.name = "where", .value = "> " + shown(threshold)}});
  }
  if (r.refused()) return {};
  return spliced(std::move(below), std::move(above), threshold, weight);
}

Severity read_mixture(NodeReader& r, int depth) {
  Mixture out{.parts = {}, .weights = read_probabilities(r, "weights")};
  for (NodeReader& part : r.list("parts")) {
    out.parts.push_back(read_any(part, depth + 1, 0.0));
    if (r.refused()) return {};
  }
  if (!r.refused() && out.parts.size() != out.weights.size()) {
    r.refuse("weights", refusals::kLengthsDiffer,
             {{.name = "other", .value = "parts"},
              {.name = "count", .value = std::to_string(out.parts.size())},
              {.name = "given", .value = std::to_string(out.weights.size())}});
  }
  return {std::move(out)};
}

ParetoTail read_gpd(NodeReader& r, double excess_over) {
  const double xi = r.real("xi", -10.0, 100.0);
  const double beta = read_positive(r, "beta");
  return {xi, beta, r.real_or("threshold", 0.0, kAmountTop, excess_over)};
}

// Both Pareto kinds: heavy beyond theta, from 0 or from theta on.
ParetoTail read_pareto(NodeReader& r, bool from_theta) {
  const double alpha = read_above(r, "alpha", 0.0, kShapeTop);
  const double theta = read_positive(r, "theta");
  return {1.0 / alpha, theta / alpha, from_theta ? theta : 0.0};
}

// Two parameters above 0: a shape and an amount.
template <class Family>
Family read_pair(NodeReader& r, std::string_view shape, std::string_view amount) {
  const double first = read_above(r, shape, 0.0, kShapeTop);
  return {first, read_positive(r, amount)};
}

Burr read_burr(NodeReader& r) {
  const double alpha = read_above(r, "alpha", 0.0, kShapeTop);
  const double gamma = read_above(r, "gamma", 0.0, kShapeTop);
  return {alpha, gamma, read_positive(r, "theta")};
}

InverseGaussian read_inverse_gaussian(NodeReader& r) {
  const double mean = read_positive(r, "mean");
  return {mean, read_positive(r, "shape")};
}

Severity read_form(NodeReader& r, SeverityKind kind, int depth, double excess_over) {
  switch (kind) {
    case SeverityKind::kExponential:
      return {Exponential{read_positive(r, "mean")}};
    case SeverityKind::kGamma:
      return {read_pair<GammaLoss>(r, "shape", "scale")};
    case SeverityKind::kWeibull:
      return {read_pair<Weibull>(r, "shape", "scale")};
    case SeverityKind::kLognormal:
      return {read_lognormal(r)};
    case SeverityKind::kLomax:
      return {read_pareto(r, false)};
    case SeverityKind::kPareto:
      return {read_pareto(r, true)};
    case SeverityKind::kBurr:
      return {read_burr(r)};
    case SeverityKind::kInverseGaussian:
      return {read_inverse_gaussian(r)};
    case SeverityKind::kGpd:
      return {read_gpd(r, excess_over)};
    case SeverityKind::kUniform:
      return {read_uniform(r)};
    case SeverityKind::kPert:
      return {read_pert(r)};
    case SeverityKind::kDiscrete:
      return {read_discrete(r)};
    case SeverityKind::kSpliced:
      return read_spliced(r, depth);
    case SeverityKind::kMixture:
      return read_mixture(r, depth);
  }
  return {};
}

// trend, deductible, then limit (of the payment) or loss_limit (of the loss), coinsurance.
ClaimTerms read_terms(NodeReader& r) {
  ClaimTerms t{.limit = kInfinity};
  if (r.has("trend")) t.trend = read_above(r, "trend", 0.0, 1e6);
  t.deductible = r.real_or("deductible", 0.0, kAmountTop, 0.0);
  if (r.has("limit")) t.limit = read_positive(r, "limit");
  if (r.has("loss_limit")) {
    if (r.has("limit")) refuse_both(r, "loss_limit", "limit");
    t.limit = read_above(r, "loss_limit", t.deductible, kAmountTop) - t.deductible;
  }
  if (r.has("coinsurance")) t.coinsurance = read_above(r, "coinsurance", 0.0, 1.0);
  return t;
}

Severity read_any(NodeReader& r, int depth, double excess_over) {
  if (depth > kDepthMax) {
    r.refuse("", refusals::kNestedTooDeep, {{.name = "most", .value = std::to_string(kDepthMax)}});
    return {};
  }
  const auto kind = r.choice<SeverityKind>("kind");
  if (r.refused()) return {};
  Severity loss = read_form(r, kind, depth, excess_over);
  const ClaimTerms terms = read_terms(r);
  r.finish();
  return r.refused() ? Severity{} : with_terms(std::move(loss), terms);
}

}  // namespace

Severity read_severity(NodeReader& r) { return read_any(r, 0, 0.0); }

}  // namespace anlan::engine
