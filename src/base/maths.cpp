#include "base/maths.h"

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

namespace anlan::maths {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

// ln 2 as a sum of three doubles. The first has 42 significant bits, so that its product with any
// exponent of a double (11 bits) is exact.
constexpr double kLn2High = 0x1.62e42fefa3800p-1;
constexpr double kLn2Low = 0x1.ef35793c76730p-45;
constexpr double kLn2Lowest = 0x1.f97b57a079a19p-103;
constexpr double kInverseLn2 = 0x1.71547652b82fep+0;

constexpr double kExpOverflow = 0x1.62e42fefa39efp+9;    // largest x with a finite e^x
constexpr double kExpUnderflow = -0x1.74910d52d3052p+9;  // below it e^x rounds to 0

constexpr std::uint64_t kFractionMask = 0x000f'ffff'ffff'ffff;
constexpr std::uint64_t kSqrtHalfBits = 0x3fe6'a09e'667f'3bcd;

// x 2^k for any k that a result can need; one rounding unless the result is subnormal.
double scale(double x, int k) {
  constexpr int kExponentMax = 1023;
  if (k > kExponentMax) {
    x *= 0x1p1023;
    k -= kExponentMax;
  } else if (k < -1021) {
    x *= 0x1p-969;
    k += 969;
  }
  return x * std::bit_cast<double>(static_cast<std::uint64_t>(k + kExponentMax) << 52);
}

// sum over n >= 2 of r^n / n!, |r| <= 0.3466: the first term left out is below 4e-18.
double exp_tail(double r) {
  double sum = 1.0 / 6227020800.0;
  sum = sum * r + 1.0 / 479001600.0;
  sum = sum * r + 1.0 / 39916800.0;
  sum = sum * r + 1.0 / 3628800.0;
  sum = sum * r + 1.0 / 362880.0;
  sum = sum * r + 1.0 / 40320.0;
  sum = sum * r + 1.0 / 5040.0;
  sum = sum * r + 1.0 / 720.0;
  sum = sum * r + 1.0 / 120.0;
  sum = sum * r + 1.0 / 24.0;
  sum = sum * r + 1.0 / 6.0;
  sum = sum * r + 0.5;
  return sum * r * r;
}

// x = k ln 2 + r, |r| <= 0.3466 + 2^-40.
struct Reduced {
  int k;
  Pair r;
};

Reduced reduce_exp(Pair x) {
  const double k = nearest_whole(x.high * kInverseLn2);
  const Pair high = two_sum(x.high - k * kLn2High, -k * kLn2Low);
  return {static_cast<int>(k), quick_two_sum(high.high, high.low + x.low)};
}

// 2 atanh(s) = s (2 + 2 z / 3 + rest(z)), z = s^2 <= 0.0295: the sum over n >= 2 of 2 z^n / (2n +
// 1).
double atanh_rest(double z) {
  double sum = 2.0 / 23.0;
  sum = sum * z + 2.0 / 21.0;
  sum = sum * z + 2.0 / 19.0;
  sum = sum * z + 2.0 / 17.0;
  sum = sum * z + 2.0 / 15.0;
  sum = sum * z + 2.0 / 13.0;
  sum = sum * z + 2.0 / 11.0;
  sum = sum * z + 2.0 / 9.0;
  sum = sum * z + 2.0 / 7.0;
  sum = sum * z + 2.0 / 5.0;
  return sum * z * z;
}

double atanh_tail(double z) { return 2.0 / 3.0 * z + atanh_rest(z); }

// x = 2^k (1 + f) with 1 + f in [sqrt(1/2), sqrt 2); f is exact. x > 0 finite.
struct Decomposed {
  int k;
  double f;
};

Decomposed decompose(double x) {
  int k = 0;
  if (x < 0x1p-1022) {
    x *= 0x1p54;
    k = -54;
  }
  const auto bits = std::bit_cast<std::uint64_t>(x) - kSqrtHalfBits;
  k += static_cast<int>(static_cast<std::int64_t>(bits) >> 52);
  const auto mantissa = std::bit_cast<double>((bits & kFractionMask) + kSqrtHalfBits);
  return {k, mantissa - 1.0};
}

// k ln 2 + ln(1 + f) + c, where |c| is a correction far below f. With s = f/(2 + f) and h = f^2/2,
// ln(1 + f) = f - (h - s (h + R(s^2))): only the small bracket is rounded more than once.
double log_of(Decomposed x, double correction) {
  const double s = x.f / (2.0 + x.f);
  const double half_square = 0.5 * x.f * x.f;
  const double inner = s * (half_square + atanh_tail(s * s));
  const double k = x.k;
  return k * kLn2High - ((half_square - (inner + (k * kLn2Low + correction))) - x.f);
}

}  // namespace

double sqrt(double x) { return std::sqrt(x); }

double exp(double x) { return exp_pair({x, 0.0}); }

double exp_pair(Pair x) {
  if (x.high != x.high) return x.high;
  if (x.high > kExpOverflow) return kInfinity;
  if (x.high < kExpUnderflow) return 0.0;
  const Reduced reduced = reduce_exp(x);
  const double r = reduced.r.high;
  const Pair sum = two_sum(1.0, r);
  const double low = reduced.r.low + reduced.r.low * r;
  return scale(sum.high + (sum.low + (low + exp_tail(r))), reduced.k);
}

double log(double x) {
  if (x != x || x < 0.0) return kNan;
  if (x == 0.0) return -kInfinity;
  if (x == kInfinity) return x;
  return log_of(decompose(x), 0.0);
}

double log1p(double x) {
  if (x != x || x < -1.0) return kNan;
  if (x == -1.0) return -kInfinity;
  if (x == kInfinity) return x;
  if (std::fabs(x) < 0x1p-54) return x;
  if (x > -0.2929 && x < 0.4142) return log_of({0, x}, 0.0);
  const Pair one_plus = two_sum(1.0, x);
  return log_of(decompose(one_plus.high), one_plus.low / one_plus.high);
}

double expm1(double x) {
  if (x != x) return x;
  if (x > kExpOverflow) return kInfinity;
  if (x < -40.0) return -1.0;  // e^-40 is below a quarter of an ulp of 1
  if (std::fabs(x) < 0x1p-54) return x;
  const Reduced reduced = reduce_exp({x, 0.0});
  const double r = reduced.r.high;
  const double tail = (reduced.r.low + reduced.r.low * r) + exp_tail(r);
  if (reduced.k == 0) return r + tail;
  if (reduced.k > 60) return exp(x);  // 1 is below half an ulp of e^x
  // 2^k (1 + r + tail) - 1 with the two large terms added exactly.
  const double power = scale(1.0, reduced.k);
  const Pair whole = two_sum(power, -1.0);
  const Pair sum = two_sum(whole.high, power * r);
  return sum.high + ((sum.low + whole.low) + power * tail);
}

Pair log_pair(double x) {
  const Decomposed d = decompose(x);
  const Pair denominator = two_sum(2.0, d.f);
  const double quotient = d.f / denominator.high;
  const Pair product = two_product(quotient, denominator.high);
  const double remainder = ((d.f - product.high) - product.low) - quotient * denominator.low;
  const Pair s = quick_two_sum(quotient, remainder / denominator.high);
  // 2 s + (2/3) s^3 as pairs; the rest, below 1.8e-4 of the sum, in double.
  const Pair square = times(s, s);
  const Pair cube = times(times(square, s), Pair{0x1.5555555555555p-1, 0x1.5555555555555p-55});
  const double rest = s.high * atanh_rest(square.high);
  const Pair series = plus({2.0 * s.high, 2.0 * s.low}, plus(cube, {rest, 0.0}));
  const double k = d.k;
  const Pair ln2 = plus({k * kLn2High, 0.0}, plus(two_product(k, kLn2Low), {k * kLn2Lowest, 0.0}));
  return plus(ln2, series);
}

double pow(double x, double y) {
  if (y == 0.0 || x == 1.0) return 1.0;
  if (x != x || y != y || x < 0.0) return kNan;
  if (x == 0.0) return y > 0.0 ? 0.0 : kInfinity;
  if (x == kInfinity) return y > 0.0 ? kInfinity : 0.0;
  const bool grows = (x > 1.0) == (y > 0.0);
  if (std::fabs(y) > 0x1p64) return grows ? kInfinity : 0.0;  // |ln x| >= 2^-53 for x != 1
  const Pair exponent = times(log_pair(x), y);
  return exp_pair(exponent);
}

}  // namespace anlan::maths
