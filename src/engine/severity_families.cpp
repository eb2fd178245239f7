#include "engine/severity_families.h"

#include <array>
#include <cmath>
#include <limits>

#include "base/beta.h"
#include "base/maths.h"
#include "base/normal.h"
#include "engine/severity_numeric.h"

namespace anlan::engine {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

constexpr std::array<std::array<double, 4>, 4> kBinomial{
    {{1.0, 0.0, 0.0, 0.0}, {1.0, 1.0, 0.0, 0.0}, {1.0, 2.0, 1.0, 0.0}, {1.0, 3.0, 3.0, 1.0}}};

double power(double x, int k) { return k == 0 ? 1.0 : k == 1 ? x : k == 2 ? x * x : x * x * x; }

// d^k P(X > d), 0 when d is infinite: the part of E[min(X, d)^k] that is cut off.
double capped_part(double d, int k, double upper) {
  return upper == 0.0 ? 0.0 : power(d, k) * upper;
}

}  // namespace

// ---- exponential ----

Tails tails_of(const Exponential& f, double x) {
  if (x < 0.0) return {0.0, 1.0};
  return {-maths::expm1(-x / f.mean), maths::exp(-x / f.mean)};
}

double limited_moment_of(const Exponential& f, int k, double d) {
  if (d <= 0.0) return 0.0;
  if (k == 1) return -f.mean * maths::expm1(-d / f.mean);
  return limited_moment_of(GammaLoss{.shape = 1.0, .scale = f.mean}, k, d);
}

double excess_of(const Exponential& f, double d) {
  return d <= 0.0 ? f.mean - d : f.mean * maths::exp(-d / f.mean);
}

double quantile_of(const Exponential& f, Tails level) {
  return level.lower < 0.5 ? -f.mean * maths::log1p(-level.lower)
                           : -f.mean * maths::log(level.upper);
}

// ---- gamma ----

Tails tails_of(const GammaLoss& f, double x) {
  return maths::GammaDistribution(f.shape).at(x / f.scale);
}

double limited_moment_of(const GammaLoss& f, int k, double d) {
  if (d <= 0.0) return 0.0;
  double moment = 1.0;
  for (int i = 0; i < k; ++i) moment *= f.scale * (f.shape + i);
  if (d == kInfinity) return moment;
  const double below = maths::GammaDistribution(f.shape + k).at(d / f.scale).lower;
  return moment * below + capped_part(d, k, tails_of(f, d).upper);
}

double excess_of(const GammaLoss& f, double d) {
  if (d <= 0.0) return f.shape * f.scale - d;
  if (d == kInfinity) return 0.0;
  const double above = maths::GammaDistribution(f.shape + 1.0).at(d / f.scale).upper;
  return f.shape * f.scale * above - d * tails_of(f, d).upper;
}

double quantile_of(const GammaLoss& f, Tails level) {
  if (level.upper >= 1e-3) return f.scale * maths::GammaDistribution(f.shape).quantile(level.lower);
  return bisect_quantile([&](double x) { return tails_of(f, x); }, level, 0.0, kInfinity);
}

// ---- Weibull ----

Tails tails_of(const Weibull& f, double x) {
  if (x <= 0.0) return {0.0, 1.0};
  const double v = maths::pow(x / f.scale, f.shape);
  return {-maths::expm1(-v), maths::exp(-v)};
}

double limited_moment_of(const Weibull& f, int k, double d) {
  if (d <= 0.0) return 0.0;
  const double shape = 1.0 + k / f.shape;
  const double moment = power(f.scale, k) * maths::exp(maths::lgamma(shape));
  if (d == kInfinity) return moment;
  const double v = maths::pow(d / f.scale, f.shape);
  return moment * maths::GammaDistribution(shape).at(v).lower + capped_part(d, k, maths::exp(-v));
}

double excess_of(const Weibull& f, double d) {
  const double mean = limited_moment_of(f, 1, kInfinity);
  if (d <= 0.0) return mean - d;
  if (d == kInfinity) return 0.0;
  const double v = maths::pow(d / f.scale, f.shape);
  const double above = maths::GammaDistribution(1.0 + 1.0 / f.shape).at(v).upper;
  return mean * above - d * maths::exp(-v);
}

double quantile_of(const Weibull& f, Tails level) {
  return f.scale * maths::pow(quantile_of(Exponential{}, level), 1.0 / f.shape);
}

// ---- lognormal ----

Tails tails_of(const Lognormal& f, double x) {
  if (x <= 0.0) return {0.0, 1.0};
  const double z = (maths::log(x) - f.mu) / f.sigma;
  return {maths::normal_cdf(z), maths::normal_cdf(-z)};
}

double limited_moment_of(const Lognormal& f, int k, double d) {
  if (d <= 0.0) return 0.0;
  const double moment = maths::exp(k * f.mu + 0.5 * k * k * f.sigma * f.sigma);
  if (d == kInfinity) return moment;
  const double z = (maths::log(d) - f.mu) / f.sigma;
  return moment * maths::normal_cdf(z - k * f.sigma) + capped_part(d, k, maths::normal_cdf(-z));
}

double excess_of(const Lognormal& f, double d) {
  const double mean = maths::exp(f.mu + 0.5 * f.sigma * f.sigma);
  if (d <= 0.0) return mean - d;
  if (d == kInfinity) return 0.0;
  const double z = (maths::log(d) - f.mu) / f.sigma;
  return mean * maths::normal_cdf(f.sigma - z) - d * maths::normal_cdf(-z);
}

double quantile_of(const Lognormal& f, Tails level) {
  const double z = level.lower <= level.upper ? maths::normal_quantile(level.lower)
                                              : -maths::normal_quantile(level.upper);
  return maths::exp(f.mu + f.sigma * z);
}

// ---- generalised Pareto ----
namespace {

// (1 - e^-u) / u.
double decay_mean(double u) { return u == 0.0 ? 1.0 : -maths::expm1(-u) / u; }

double upper_above(const ParetoTail& f, double y) {
  if (f.xi == 0.0) return maths::exp(-y / f.beta);
  if (f.xi < 0.0 && y >= -f.beta / f.xi) return 0.0;
  return maths::exp(-maths::log1p(f.xi * y / f.beta) / f.xi);
}

// E[min(Y, y)^k] of the excess Y over the threshold.
double limited_above(const ParetoTail& f, int k, double y) {
  const double top = f.xi < 0.0 ? -f.beta / f.xi : kInfinity;
  if (!(y < top)) y = top;
  if (y == kInfinity && f.xi >= 0.0) {
    if (k * f.xi >= 1.0) return kInfinity;
    double moment = 1.0;
    for (int i = 1; i <= k; ++i) moment *= i * f.beta / (1.0 - i * f.xi);
    return moment;
  }
  if (y == top) y = top * (1.0 - 1e-16);
  const double l = f.xi == 0.0 ? 0.0 : maths::log1p(f.xi * y / f.beta);
  if (k == 1) {
    if (f.xi == 0.0) return -f.beta * maths::expm1(-y / f.beta);
    return f.beta / f.xi * l * decay_mean((1.0 - f.xi) / f.xi * l);
  }
  if (std::fabs(f.xi) < 1e-3 || std::fabs(f.xi * y / f.beta) < 0.05) {
    return integrate_upper([&](double x) { return upper_above(f, x); }, k, y, f.beta);
  }
  // With w = 1 + xi x / beta, x = (w - 1) beta / xi; the integral of w^(p-1) from 1 is (w^p - 1)/p.
  const double a = 1.0 / f.xi;
  const auto grown = [&](double p) { return p == 0.0 ? l : maths::expm1(p * l) / p; };
  const double unit = f.beta / f.xi;
  if (k == 2) return 2.0 * unit * unit * (grown(2.0 - a) - grown(1.0 - a));
  return 3.0 * unit * unit * unit * (grown(3.0 - a) - 2.0 * grown(2.0 - a) + grown(1.0 - a));
}

}  // namespace

Tails tails_of(const ParetoTail& f, double x) {
  if (x <= f.threshold) return {0.0, 1.0};
  const double y = x - f.threshold;
  const double upper = upper_above(f, y);
  if (upper < 0.5) return {1.0 - upper, upper};
  const double rate = f.xi == 0.0 ? y / f.beta : maths::log1p(f.xi * y / f.beta) / f.xi;
  return {-maths::expm1(-rate), upper};
}

double limited_moment_of(const ParetoTail& f, int k, double d) {
  if (d <= 0.0) return 0.0;
  if (d <= f.threshold) return power(d, k);
  double sum = power(f.threshold, k);
  for (int j = 1; j <= k; ++j) {
    sum += kBinomial[static_cast<std::size_t>(k)][static_cast<std::size_t>(j)] *
           power(f.threshold, k - j) * limited_above(f, j, d - f.threshold);
  }
  return sum;
}

double excess_of(const ParetoTail& f, double d) {
  if (f.xi >= 1.0) return kInfinity;
  const double mean_above = f.beta / (1.0 - f.xi);
  if (d <= f.threshold) return f.threshold - d + mean_above;
  if (d == kInfinity) return 0.0;
  const double y = d - f.threshold;
  return (f.beta + f.xi * y) / (1.0 - f.xi) * upper_above(f, y);
}

double quantile_of(const ParetoTail& f, Tails level) {
  const double log_upper = level.lower < 0.5 ? maths::log1p(-level.lower) : maths::log(level.upper);
  if (f.xi == 0.0) return f.threshold - f.beta * log_upper;
  return f.threshold + f.beta / f.xi * maths::expm1(-f.xi * log_upper);
}

// ---- Burr ----

Tails tails_of(const Burr& f, double x) {
  if (x <= 0.0) return {0.0, 1.0};
  const double rate = f.alpha * maths::log1p(maths::pow(x / f.theta, f.gamma));
  return {-maths::expm1(-rate), maths::exp(-rate)};
}

double limited_moment_of(const Burr& f, int k, double d) {
  if (d <= 0.0) return 0.0;
  const double a = 1.0 + k / f.gamma;
  const double b = f.alpha - k / f.gamma;
  if (d == kInfinity && b <= 0.0) return kInfinity;
  const auto upper = [&](double x) { return tails_of(f, x).upper; };
  if (b < 1.0 / 64.0) return integrate_upper(upper, k, d, f.theta);
  const double moment =
      power(f.theta, k) * maths::exp(maths::lgamma(a) + maths::lgamma(b) - maths::lgamma(f.alpha));
  if (d == kInfinity) return moment;
  const double v = maths::pow(d / f.theta, f.gamma);
  const double below = v < 1.0 ? maths::BetaDistribution({a, b}).at(v / (1.0 + v)).lower
                               : maths::BetaDistribution({b, a}).at(1.0 / (1.0 + v)).upper;
  return moment * below + capped_part(d, k, upper(d));
}

double excess_of(const Burr& f, double d) {
  const double mean = limited_moment_of(f, 1, kInfinity);
  if (mean == kInfinity || d <= 0.0) return mean - d;
  if (d == kInfinity) return 0.0;
  const double v = maths::pow(d / f.theta, f.gamma);
  const double b = f.alpha - 1.0 / f.gamma;
  if (v < 1.0 || b < 1.0 / 64.0) return mean - limited_moment_of(f, 1, d);
  const double above = maths::BetaDistribution({b, 1.0 + 1.0 / f.gamma}).at(1.0 / (1.0 + v)).lower;
  return mean * above - d * tails_of(f, d).upper;
}

double quantile_of(const Burr& f, Tails level) {
  const double rate = quantile_of(Exponential{}, level) / f.alpha;
  return f.theta * maths::pow(maths::expm1(rate), 1.0 / f.gamma);
}

// ---- inverse Gaussian ----
namespace {

// The pieces of its closed forms: e^(-z^2 shape / 2x) / 2, z = (x - mean)/mean, y = (x +
// mean)/mean, and sqrt(shape / 2x).
struct InversePieces {
  double half_exp;
  double z;
  double y;
  double root;
};

InversePieces pieces(const InverseGaussian& f, double x) {
  const double z = (x - f.mean) / f.mean;
  return {.half_exp = 0.5 * maths::exp(-z * z * f.shape / (2.0 * x)),
          .z = z,
          .y = (x + f.mean) / f.mean,
          .root = maths::sqrt(f.shape / (2.0 * x))};
}

}  // namespace

Tails tails_of(const InverseGaussian& f, double x) {
  if (x <= 0.0) return {0.0, 1.0};
  if (x == kInfinity) return {1.0, 0.0};
  const InversePieces q = pieces(f, x);
  const double far = maths::erfc_scaled(q.y * q.root);
  if (q.z < 0.0) {
    const double lower = q.half_exp * (maths::erfc_scaled(-q.z * q.root) + far);
    return {lower, 1.0 - lower};
  }
  const double upper = q.half_exp * (maths::erfc_scaled(q.z * q.root) - far);
  return {1.0 - upper, upper};
}

double limited_moment_of(const InverseGaussian& f, int k, double d) {
  if (d <= 0.0) return 0.0;
  if (k == 1) return d == kInfinity ? f.mean : f.mean - excess_of(f, d);
  const double ratio = f.mean / f.shape;
  if (d == kInfinity) {
    const double second = f.mean * f.mean * (1.0 + ratio);
    return k == 2 ? second : f.mean * f.mean * f.mean * (1.0 + 3.0 * ratio + 3.0 * ratio * ratio);
  }
  return integrate_upper([&](double x) { return tails_of(f, x).upper; }, k, d, f.mean);
}

double excess_of(const InverseGaussian& f, double d) {
  if (d <= 0.0) return f.mean - d;
  if (d == kInfinity) return 0.0;
  const InversePieces q = pieces(f, d);
  const double far = q.y * maths::erfc_scaled(q.y * q.root);
  if (q.z >= 0.0) return f.mean * q.half_exp * (far - q.z * maths::erfc_scaled(q.z * q.root));
  const double below = q.half_exp * maths::erfc_scaled(-q.z * q.root);
  return f.mean * (q.half_exp * far - q.z * (1.0 - below));
}

double quantile_of(const InverseGaussian& f, Tails level) {
  return bisect_quantile([&](double x) { return tails_of(f, x); }, level, 0.0, kInfinity);
}

// ---- uniform ----

Tails tails_of(const Uniform& f, double x) {
  if (x <= f.low) return {0.0, 1.0};
  if (x >= f.high) return {1.0, 0.0};
  return {(x - f.low) / (f.high - f.low), (f.high - x) / (f.high - f.low)};
}

double limited_moment_of(const Uniform& f, int k, double d) {
  if (d <= 0.0) return 0.0;
  if (d <= f.low) return power(d, k);
  const double top = d < f.high ? d : f.high;
  const double width = f.high - f.low;
  const double below = (power(top, k) * top - power(f.low, k) * f.low) / ((k + 1) * width);
  return below + power(top, k) * (f.high - top) / width;
}

double excess_of(const Uniform& f, double d) {
  if (d <= f.low) return 0.5 * (f.low + f.high) - d;
  if (d >= f.high) return 0.0;
  return 0.5 * (f.high - d) * (f.high - d) / (f.high - f.low);
}

double quantile_of(const Uniform& f, Tails level) {
  return level.lower <= level.upper ? f.low + (f.high - f.low) * level.lower
                                    : f.high - (f.high - f.low) * level.upper;
}

// ---- modified PERT ----
namespace {

maths::BetaShape shape_of(const Pert& f) {
  const double width = f.high - f.low;
  return {.a = 1.0 + f.weight * (f.mode - f.low) / width,
          .b = 1.0 + f.weight * (f.high - f.mode) / width};
}

}  // namespace

Tails tails_of(const Pert& f, double x) {
  return maths::BetaDistribution(shape_of(f)).at((x - f.low) / (f.high - f.low));
}

double limited_moment_of(const Pert& f, int k, double d) {
  if (d <= 0.0) return 0.0;
  if (d <= f.low) return power(d, k);
  const maths::BetaShape s = shape_of(f);
  const double top = d < f.high ? d : f.high;
  const double place = (top - f.low) / (f.high - f.low);
  double sum = capped_part(top, k, tails_of(f, top).upper);
  double moment = 1.0;  // of the beta, of order j, times the width^j
  for (int j = 0; j <= k; ++j) {
    if (j > 0) moment *= (s.a + j - 1) / (s.a + s.b + j - 1) * (f.high - f.low);
    sum += kBinomial[static_cast<std::size_t>(k)][static_cast<std::size_t>(j)] *
           power(f.low, k - j) * moment * maths::BetaDistribution({s.a + j, s.b}).at(place).lower;
  }
  return sum;
}

double excess_of(const Pert& f, double d) {
  if (d >= f.high) return 0.0;
  const double mean = (f.low + f.weight * f.mode + f.high) / (f.weight + 2.0);
  if (d <= f.low) return mean - d;
  // Of the mirrored variable Z = high - X: E[(X - d)+] = E[(c - Z)+], c = high - d.
  const Pert mirrored{
      .low = 0.0, .mode = f.high - f.mode, .high = f.high - f.low, .weight = f.weight};
  const double c = f.high - d;
  const maths::BetaShape s = shape_of(mirrored);
  const double place = c / mirrored.high;
  const double mean_z = mirrored.high * s.a / (s.a + s.b);
  return c * maths::BetaDistribution(s).at(place).lower -
         mean_z * maths::BetaDistribution({s.a + 1.0, s.b}).at(place).lower;
}

double quantile_of(const Pert& f, Tails level) {
  return f.low + (f.high - f.low) * maths::BetaDistribution(shape_of(f)).quantile(level.lower);
}

// ---- discrete ----

Tails tails_of(const Discrete& f, double x) {
  Tails sum;
  for (std::size_t i = 0; i < f.x.size(); ++i) (f.x[i] <= x ? sum.lower : sum.upper) += f.p[i];
  return sum;
}

double limited_moment_of(const Discrete& f, int k, double d) {
  double sum = 0.0;
  for (std::size_t i = 0; i < f.x.size(); ++i) sum += f.p[i] * power(f.x[i] < d ? f.x[i] : d, k);
  return sum;
}

double excess_of(const Discrete& f, double d) {
  double sum = 0.0;
  for (std::size_t i = f.x.size(); i > 0 && f.x[i - 1] > d; --i)
    sum += f.p[i - 1] * (f.x[i - 1] - d);
  return sum;
}

double quantile_of(const Discrete& f, Tails level) {
  constexpr double kRounding = 1e-13;  // sums of stated probabilities fall short of a stated level
  double below = 0.0;
  for (std::size_t i = 0; i < f.x.size(); ++i) {
    below += f.p[i];
    if (below >= level.lower - kRounding) return f.x[i];
  }
  return f.x.back();
}

}  // namespace anlan::engine
