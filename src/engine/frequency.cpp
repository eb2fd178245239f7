#include "engine/frequency.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "base/maths.h"
#include "engine/panjer.h"

namespace anlan::engine {
namespace {

// ---- moments of the forms ----

CountMoments moments_of(const Poisson& f) { return {f.mean, f.mean, f.mean}; }
CountMoments moments_of(const NegativeBinomial& f) {
  const double mean = f.r * f.beta;
  const double variance = mean * (1.0 + f.beta);
  return {mean, variance, variance * (1.0 + 2.0 * f.beta)};
}
CountMoments moments_of(const Binomial& f) {
  const double mean = static_cast<double>(f.m) * f.q;
  const double variance = mean * (1.0 - f.q);
  return {mean, variance, variance * (1.0 - 2.0 * f.q)};
}
CountMoments moments_of(const CountTable& f) {
  double mean = 0.0;
  for (std::size_t n = 0; n < f.p.size(); ++n) mean += static_cast<double>(n) * f.p[n];
  CountMoments out{.mean = mean};
  for (std::size_t n = 0; n < f.p.size(); ++n) {
    const double off = static_cast<double>(n) - mean;
    out.variance += f.p[n] * off * off;
    out.third += f.p[n] * off * off * off;
  }
  return out;
}
CountMoments moments_of(const NeymanA& f) {
  const double c = f.per_cluster;
  return {f.clusters * c, f.clusters * c * (1.0 + c), f.clusters * c * (1.0 + 3.0 * c + c * c)};
}

// ---- 1 - pgf(1 - s) and pgf ----

double complement_of(const Poisson& f, double s) { return -maths::expm1(-f.mean * s); }
double complement_of(const NegativeBinomial& f, double s) {
  return -maths::expm1(-f.r * maths::log1p(f.beta * s));
}
double complement_of(const Binomial& f, double s) {
  return -maths::expm1(static_cast<double>(f.m) * maths::log1p(-f.q * s));
}
double complement_of(const CountTable& f, double s) {
  const double log_rest = maths::log1p(-s);
  double sum = 0.0;
  for (std::size_t n = 1; n < f.p.size(); ++n) {
    sum -= f.p[n] * (s >= 1.0 ? -1.0 : maths::expm1(static_cast<double>(n) * log_rest));
  }
  return sum;
}
double complement_of(const NeymanA& f, double s) {
  return -maths::expm1(f.clusters * maths::expm1(-f.per_cluster * s));
}

double pgf_of(const Poisson& f, double z) { return maths::exp(f.mean * (z - 1.0)); }
double pgf_of(const NegativeBinomial& f, double z) {
  return maths::exp(-f.r * maths::log1p(f.beta * (1.0 - z)));
}
double pgf_of(const Binomial& f, double z) {
  return maths::pow(1.0 - f.q + f.q * z, static_cast<double>(f.m));
}
double pgf_of(const CountTable& f, double z) {
  double sum = 0.0;
  for (std::size_t n = f.p.size(); n > 0; --n) sum = sum * z + f.p[n - 1];
  return sum;
}
double pgf_of(const NeymanA& f, double z) {
  return maths::exp(f.clusters * maths::expm1(f.per_cluster * (z - 1.0)));
}

double own_pgf(const Frequency& f, double z) {
  return std::visit([&](const auto& form) { return pgf_of(form, z); }, f.form);
}
double own_complement(const Frequency& f, double s) {
  return std::visit([&](const auto& form) { return complement_of(form, s); }, f.form);
}

// By what the probabilities of 1, 2, ... are scaled; 1 where nothing is modified.
double zero_scale(const Frequency& f) {
  return f.zero_modified ? (1.0 - *f.zero_modified) / own_complement(f, 1.0) : 1.0;
}

// ---- thinning ----

Frequency thinned_form(const Poisson& f, double v) { return {Poisson{f.mean * v}, {}}; }
Frequency thinned_form(const NegativeBinomial& f, double v) {
  return {NegativeBinomial{f.r, f.beta * v}, {}};
}
Frequency thinned_form(const Binomial& f, double v) { return {Binomial{f.m, f.q * v}, {}}; }
Frequency thinned_form(const NeymanA& f, double v) {
  return {NeymanA{f.clusters, f.per_cluster * v}, {}};
}
Frequency thinned_form(const CountTable& f, double v) {
  const std::vector<double> each{1.0 - v, v};
  return {CountTable{compound({f, {}}, each, f.p.size())}, {}};
}

// ---- compound ----

std::vector<double> compound_of(const Poisson& f, std::span<const double> claim,
                                std::size_t count) {
  const double none = claim.empty() ? 0.0 : claim[0];
  return panjer({.a = 0.0, .b = f.mean, .log_start = f.mean * (none - 1.0)}, claim, count);
}
std::vector<double> compound_of(const NegativeBinomial& f, std::span<const double> claim,
                                std::size_t count) {
  const double none = claim.empty() ? 0.0 : claim[0];
  const double a = f.beta / (1.0 + f.beta);
  return panjer(
      {.a = a, .b = (f.r - 1.0) * a, .log_start = -f.r * maths::log1p(f.beta * (1.0 - none))},
      claim, count);
}
// By repeated squaring: the recursion would subtract (a < 0), this does not.
std::vector<double> compound_of(const Binomial& f, std::span<const double> claim,
                                std::size_t count) {
  std::vector<double> square(claim.begin(), claim.end());
  if (square.empty()) square.push_back(0.0);
  for (double& mass : square) mass *= f.q;
  square[0] += 1.0 - f.q;
  std::vector<double> total{1.0};
  for (std::int64_t left = f.m; left > 0; left /= 2) {
    if (left % 2 == 1) total = product_series(total, square, count);
    if (left > 1) square = product_series(square, square, count);
  }
  total.resize(count, 0.0);
  return total;
}
std::vector<double> compound_of(const CountTable& f, std::span<const double> claim,
                                std::size_t count) {
  std::vector<double> total{0.0};
  for (std::size_t n = f.p.size(); n > 0; --n) {
    total = product_series(total, claim, count);
    if (total.empty()) total.push_back(0.0);
    total[0] += f.p[n - 1];
  }
  total.resize(count, 0.0);
  return total;
}
std::vector<double> compound_of(const NeymanA& f, std::span<const double> claim,
                                std::size_t count) {
  std::vector<double> cluster = compound_of(Poisson{f.per_cluster}, claim, count);
  return compound_of(Poisson{f.clusters}, cluster, count);
}

}  // namespace

CountMoments moments(const Frequency& f) {
  const CountMoments own = std::visit([](const auto& form) { return moments_of(form); }, f.form);
  if (!f.zero_modified) return own;
  // Raw moments are scaled; the central ones follow.
  const double scale = zero_scale(f);
  const double second = scale * (own.variance + own.mean * own.mean);
  const double third =
      scale * (own.third + 3.0 * own.mean * own.variance + own.mean * own.mean * own.mean);
  const double mean = scale * own.mean;
  return {mean, second - mean * mean, third - 3.0 * mean * second + 2.0 * mean * mean * mean};
}

double probability_of_none(const Frequency& f) {
  return f.zero_modified ? *f.zero_modified : own_pgf(f, 0.0);
}

double pgf(const Frequency& f, double z) {
  if (!f.zero_modified) return own_pgf(f, z);
  return *f.zero_modified + zero_scale(f) * (own_pgf(f, z) - own_pgf(f, 0.0));
}

double pgf_complement(const Frequency& f, double s) { return zero_scale(f) * own_complement(f, s); }

std::vector<double> count_masses(const Frequency& f, std::size_t count) {
  const std::vector<double> one{0.0, 1.0};
  return compound(f, one, count);
}

std::vector<double> all_count_masses(const Frequency& f, std::size_t most) {
  if (const auto top = count_max(f)) return count_masses(f, std::min(*top + 1, most));
  constexpr double kNegligible = 1e-19;  // beside the largest mass
  const CountMoments m = moments(f);
  auto count = static_cast<std::size_t>(
      std::min(static_cast<double>(most), m.mean + 12.0 * maths::sqrt(m.variance) + 32.0));
  for (;;) {
    std::vector<double> masses = count_masses(f, count);
    const double peak = *std::max_element(masses.begin(), masses.end());
    if (masses.back() < kNegligible * peak || count >= most) return masses;
    count = std::min(most, 2 * count);
  }
}

std::optional<std::size_t> count_max(const Frequency& f) {
  if (const auto* form = std::get_if<Binomial>(&f.form)) return static_cast<std::size_t>(form->m);
  if (const auto* form = std::get_if<CountTable>(&f.form)) {
    std::size_t top = form->p.size();
    while (top > 1 && form->p[top - 1] == 0.0) --top;
    return top - 1;
  }
  return std::nullopt;
}

std::size_t count_quantile(const Frequency& f, double p) {
  constexpr std::size_t kMost = std::size_t{1} << 24;
  for (std::size_t count = 64;; count *= 4) {
    const std::vector<double> masses = count_masses(f, count);
    double below = 0.0;
    for (std::size_t n = 0; n < masses.size(); ++n) {
      below += masses[n];
      if (below >= p - 1e-13) return n;
    }
    if (count >= kMost) return count;
  }
}

Frequency thinned(const Frequency& f, double v) {
  Frequency out = std::visit([&](const auto& form) { return thinned_form(form, v); }, f.form);
  if (f.zero_modified) out.zero_modified = pgf(f, 1.0 - v);
  return out;
}

std::vector<double> compound(const Frequency& frequency, std::span<const double> f,
                             std::size_t count) {
  std::vector<double> g =
      std::visit([&](const auto& form) { return compound_of(form, f, count); }, frequency.form);
  if (!frequency.zero_modified || g.empty()) return g;
  const double scale = zero_scale(frequency);
  for (double& mass : g) mass *= scale;
  // Totals of 0: no claim at all with its stated probability, and claims that are all 0.
  g[0] = *frequency.zero_modified + (g[0] - scale * own_pgf(frequency, 0.0));
  return g;
}

}  // namespace anlan::engine
