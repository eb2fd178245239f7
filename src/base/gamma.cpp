#include "base/gamma.h"

#include <array>
#include <cmath>
#include <limits>

#include "base/log_newton.h"
#include "base/maths.h"
#include "base/normal.h"

namespace anlan::maths {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kHalfLog2Pi = 0x1.d67f1c864beb5p-1;
constexpr double kOneMinusEuler = 0.422784335098467139393;
constexpr double kTwoPi = 6.283185307179586476925;
constexpr double kStirlingFrom = 10.0;
constexpr int kTermsMax = 100000;  // both expansions need O(sqrt(shape)) terms

// (-1)^n (zeta(n) - 1) / n for n = 2, 3, ...; Abramowitz & Stegun 6.1.33, values with 400 bits.
constexpr std::array<double, 29> kZeta{
    0.3224670334241132,     -0.0673523010531981,     0.020580808427784546,
    -0.007385551028673986,  0.0028905103307415234,   -0.001192753911703261,
    0.0005096695247430425,  -0.00022315475845357939, 9.945751278180853e-05,
    -4.492623673813314e-05, 2.050721277567069e-05,   -9.439488275268397e-06,
    4.374866789907488e-06,  -2.039215753801366e-06,  9.55141213040742e-07,
    -4.492469198764566e-07, 2.1207184805554665e-07,  -1.0043224823968099e-07,
    4.7698101693639804e-08, -2.2711094608943164e-08, 1.0838659214896955e-08,
    -5.183475041970047e-09, 2.4836745438024785e-09,  -1.1921401405860912e-09,
    5.731367241678862e-10,  -2.7595228851242334e-10, 1.330476437424449e-10,
    -6.4229645638381e-11,   3.1044247747322276e-11};

// ln Gamma(2 + y), |y| <= 1/2; the first term left out is below 2^-64 of the sum.
double lgamma_beside_two(double y) {
  double sum = 0.0;
  for (std::size_t i = kZeta.size(); i > 0; --i) sum = sum * y + kZeta[i - 1];
  return y * (kOneMinusEuler + y * sum);
}

// Bernoulli terms B(2n) / (2n (2n - 1) x^(2n-1)), n = 1 to 8; Abramowitz & Stegun 6.1.41.
double stirling_series(double x) {
  const double z = 1.0 / (x * x);
  double sum = -3617.0 / 122400.0;
  sum = sum * z + 1.0 / 156.0;
  sum = sum * z - 691.0 / 360360.0;
  sum = sum * z + 1.0 / 1188.0;
  sum = sum * z - 1.0 / 1680.0;
  sum = sum * z + 1.0 / 1260.0;
  sum = sum * z - 1.0 / 360.0;
  sum = sum * z + 1.0 / 12.0;
  return sum / x;
}

// u - ln(1 + u) for u near 0: with s = u/(2+u), u - 2s = u s and ln(1+u) - 2s = 2 (s^3/3 + s^5/5 +
// ...).
double minus_log1p(double u) {
  const double s = u / (2.0 + u);
  const double z = s * s;
  double sum = 0.0;
  for (int n = 33; n >= 3; n -= 2) sum = (sum + 1.0 / n) * z;
  return s * (u - 2.0 * sum);
}

// Q(shape, x) Gamma(shape) e^x / x^shape, x >= shape + 1 or so.
double upper_fraction(double shape, double x) {
  constexpr double kTiny = 1e-300;
  double b = x + 1.0 - shape;
  double c = 1.0 / kTiny;
  double d = 1.0 / b;
  double product = d;
  for (int n = 1; n < kTermsMax; ++n) {
    const double a = -n * (n - shape);
    b += 2.0;
    d = a * d + b;
    if (d == 0.0) d = kTiny;
    c = b + a / c;
    if (c == 0.0) c = kTiny;
    d = 1.0 / d;
    const double factor = c * d;
    product *= factor;
    if (std::fabs(factor - 1.0) < 1e-16) break;
  }
  return product;
}

// P(shape, x) Gamma(shape) e^x / x^shape.
double lower_series(double shape, double x) {
  double term = 1.0 / shape;
  double sum = term;
  for (int n = 1; n < kTermsMax; ++n) {
    term *= x / (shape + n);
    sum += term;
    if (term < 1e-17 * sum) break;
  }
  return sum;
}

}  // namespace

double lgamma(double x) {
  if (!(x > 0.0)) return kNan;
  if (x == kInfinity) return x;
  if (x >= kStirlingFrom) return (x - 0.5) * log(x) - x + kHalfLog2Pi + stirling_series(x);
  if (x < 0.5) return lgamma_beside_two(x) - log1p(x) - log(x);
  if (x < 1.5) return lgamma_beside_two(x - 1.0) - log1p(x - 1.0);
  double product = 1.0;
  while (x > 2.5) {
    x -= 1.0;
    product *= x;
  }
  return log(product) + lgamma_beside_two(x - 2.0);
}

double stirling_error(double x) {
  if (x >= kStirlingFrom) return stirling_series(x);
  return lgamma(x) - ((x - 0.5) * log(x) - x + kHalfLog2Pi);
}

double deviance(const Deviation& from) {
  const double u = from.difference / from.mean;
  if (u > -0.4 && u < 0.6) return from.mean * minus_log1p(u);
  return from.difference - from.mean * log(from.value / from.mean);
}

GammaDistribution::GammaDistribution(double shape)
    : shape_(shape), log_scale_(0.5 * log(shape / kTwoPi) - stirling_error(shape)) {}

double GammaDistribution::density_times_x(double x) const {
  return exp(log_scale_ - deviance({.mean = shape_, .value = x, .difference = x - shape_}));
}

Tails GammaDistribution::at(double x) const {
  if (x != x) return {kNan, kNan};
  if (x <= 0.0) return {0.0, 1.0};
  if (x == kInfinity) return {1.0, 0.0};
  const double density = density_times_x(x);
  if (x < shape_ + 1.0) {
    const double lower = density * lower_series(shape_, x);
    return {lower, 1.0 - lower};
  }
  const double upper = density * upper_fraction(shape_, x);
  return {1.0 - upper, upper};
}

double GammaDistribution::start(double p) const {
  // E. B. Wilson and M. M. Hilferty 1931: the cube root of a gamma variable is nearly normal.
  const double ninth = 1.0 / (9.0 * shape_);
  const double root = 1.0 - ninth + normal_quantile(p) * sqrt(ninth);
  if (shape_ >= 0.5 && root > 0.2) return log(shape_) + 3.0 * log(root);
  return (log(p) + lgamma(shape_ + 1.0)) / shape_;  // the first term of the series for P
}

double GammaDistribution::quantile(double p) const {
  if (p != p || p < 0.0 || p > 1.0) return kNan;
  if (p == 0.0) return 0.0;
  if (p == 1.0) return kInfinity;
  const Sought sought{.lower = p, .upper = 1.0 - p, .t_start = start(p)};
  return exp(solve_log(sought, [this](double t) {
    const double x = exp(t);
    return TailPoint{at(x), density_times_x(x)};
  }));
}

}  // namespace anlan::maths
