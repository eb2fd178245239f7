#include "base/normal.h"

#include <array>
#include <cmath>
#include <limits>

#include "base/maths.h"

namespace anlan::maths {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kTwoOverSqrtPi = 1.1283791670955125739;
constexpr double kSqrtHalf = 0x1.6a09e667f3bcdp-1;
constexpr double kErfcUnderflow = 27.3;  // erfc above it rounds to 0

// Chebyshev coefficients of (1 + 2x) e^(x^2) erfc(x) in t = (x - 3.75)/(x + 3.75); the first one
// left out is 2.7e-20.
constexpr std::array<double, 27> kScaledErfc{
    1.1775789345674017,     -0.004590054580646478,   -0.08424913336651792,
    0.05920993999819189,    -0.026658668435305753,   0.009074997670705265,
    -0.002413163540417608,  0.0004907758365258086,   -6.916973302501207e-05,
    4.13902798607301e-06,   7.74038306619849e-07,    -2.1886401049234397e-07,
    1.076499946567091e-08,  4.521959811218287e-09,   -7.754400208831351e-10,
    -6.318088340886684e-11, 2.86879501093067e-11,    1.9455868545777347e-13,
    -9.65469674843344e-13,  3.25254814814874e-14,    3.3478119482868056e-14,
    -1.864562880419313e-15, -1.2507950530688648e-15, 7.418235256624044e-17,
    5.068148904796111e-17,  -2.2370566594359995e-18, -2.187342944303018e-18};

// e^(x^2) erfc(x), x >= 0.
double scaled_erfc(double x) {
  const double t = (x - 3.75) / (x + 3.75);
  // Clenshaw 1955.
  double next = 0.0;
  double after = 0.0;
  for (std::size_t i = kScaledErfc.size() - 1; i > 0; --i) {
    const double now = 2.0 * t * next - after + kScaledErfc[i];
    after = next;
    next = now;
  }
  return (t * next - after + kScaledErfc[0]) / (1.0 + 2.0 * x);
}

// e^(-square), square >= 0 as a pair.
double exp_minus(Pair square) { return exp_pair({-square.high, -square.low}); }

// erf for |x| <= 1/2: the first term left out is below 1e-18.
double erf_series(double x) {
  const double z = -x * x;
  double sum = 0.0;
  for (int n = 13; n > 0; --n) sum = (sum + 1.0 / (2 * n + 1)) * z / n;
  return kTwoOverSqrtPi * (x + x * sum);
}

// A rational function of degree 7, coefficients from the constant upwards.
struct Rational7 {
  std::array<double, 8> above;
  std::array<double, 8> below;
};

double value_of(const Rational7& f, double r) {
  double above = f.above[7];
  double below = f.below[7];
  for (std::size_t i = 7; i > 0; --i) {
    above = above * r + f.above[i - 1];
    below = below * r + f.below[i - 1];
  }
  return above / below;
}

// Wichura 1988, the constants of PPND16: the centre, the middle and the far tail.
constexpr Rational7 kCentre{
    {3.3871328727963666080e0, 1.3314166789178437745e+2, 1.9715909503065514427e+3,
     1.3731693765509461125e+4, 4.5921953931549871457e+4, 6.7265770927008700853e+4,
     3.3430575583588128105e+4, 2.5090809287301226727e+3},
    {1.0, 4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3,
     2.1213794301586595867e+4, 3.9307895800092710610e+4, 2.8729085735721942674e+4,
     5.2264952788528545610e+3}};
constexpr Rational7 kMiddle{
    {1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0,
     3.64784832476320460504e0, 1.27045825245236838258e0, 2.41780725177450611770e-1,
     2.27238449892691845833e-2, 7.74545014278341407640e-4},
    {1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
     1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
     1.05075007164441684324e-9}};
constexpr Rational7 kFar{
    {6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0,
     2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
     2.71155556874348757815e-5, 2.01033439929228813265e-7},
    {1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
     7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
     2.04426310338993978564e-15}};

}  // namespace

double erf(double x) {
  if (x != x) return x;
  if (std::fabs(x) <= 0.5) return erf_series(x);
  const double tail = erfc(std::fabs(x));
  return x > 0.0 ? 1.0 - tail : tail - 1.0;
}

double erfc(double x) {
  if (x != x) return x;
  if (x < -6.0) return 2.0;  // erfc(6) is below a quarter of an ulp of 2
  if (x < 0.5) return x < -0.5 ? 2.0 - erfc(-x) : 1.0 - erf_series(x);
  if (x > kErfcUnderflow) return 0.0;
  return exp_minus(two_product(x, x)) * scaled_erfc(x);
}

double erfc_scaled(double x) { return x < 0.0 ? kNan : scaled_erfc(x); }

double normal_cdf(double x) {
  if (x != x) return x;
  if (std::fabs(x) < 0.7) return 0.5 + 0.5 * erf_series(x * kSqrtHalf);
  const double distance = std::fabs(x);
  double tail = 0.0;
  if (distance < kErfcUnderflow / kSqrtHalf) {
    // The exponent is taken from x itself: x / sqrt 2 would be rounded, and its square magnifies
    // that.
    const Pair square = two_product(distance, distance);
    tail =
        0.5 * exp_minus({0.5 * square.high, 0.5 * square.low}) * scaled_erfc(distance * kSqrtHalf);
  }
  return x < 0.0 ? tail : 1.0 - tail;
}

double normal_quantile(double p) {
  if (p != p || p < 0.0 || p > 1.0) return kNan;
  if (p == 0.0) return -kInfinity;
  if (p == 1.0) return kInfinity;
  const double q = p - 0.5;
  if (std::fabs(q) <= 0.425) return q * value_of(kCentre, 0.180625 - q * q);
  const double r = sqrt(-log(q < 0.0 ? p : 1.0 - p));
  const double tail = r <= 5.0 ? value_of(kMiddle, r - 1.6) : value_of(kFar, r - 5.0);
  return q < 0.0 ? -tail : tail;
}

}  // namespace anlan::maths
