// Pairs of doubles whose sum is exact: the error-free transformations behind base/maths.
//
// Knuth 1969 (The Art of Computer Programming 2, 4.2.2 theorem B) for sums, Dekker 1971 (Numerische
// Mathematik 18, section 5) for products. Only IEEE + - *, so the same bits on every machine;
// products need operands below 2^995, because the splitting multiplies by 2^27 + 1.
#pragma once

namespace anlan::maths {

// The unevaluated sum high + low, |low| <= half an ulp of high.
struct Pair {
  double high = 0.0;
  double low = 0.0;
};

// a + b exactly, any order of magnitude.
constexpr Pair two_sum(double a, double b) {
  const double sum = a + b;
  const double b_part = sum - a;
  return {sum, (a - (sum - b_part)) + (b - b_part)};
}

// a + b exactly when |a| >= |b| or a = 0.
constexpr Pair quick_two_sum(double a, double b) {
  const double sum = a + b;
  return {sum, b - (sum - a)};
}

// The upper 26 bits and the rest.
constexpr Pair split(double a) {
  const double scaled = 134217729.0 * a;  // 2^27 + 1
  const double high = scaled - (scaled - a);
  return {high, a - high};
}

// a x b exactly.
constexpr Pair two_product(double a, double b) {
  const double product = a * b;
  const Pair x = split(a);
  const Pair y = split(b);
  return {product, ((x.high * y.high - product) + x.high * y.low + x.low * y.high) + x.low * y.low};
}

// Relative error below 2^-102 for both.
constexpr Pair plus(Pair a, Pair b) {
  const Pair high = two_sum(a.high, b.high);
  const Pair low = two_sum(a.low, b.low);
  const Pair first = quick_two_sum(high.high, high.low + low.high);
  return quick_two_sum(first.high, first.low + low.low);
}

constexpr Pair times(Pair a, Pair b) {
  const Pair product = two_product(a.high, b.high);
  return quick_two_sum(product.high, product.low + (a.high * b.low + a.low * b.high));
}

constexpr Pair times(Pair a, double b) {
  const Pair product = two_product(a.high, b);
  return quick_two_sum(product.high, product.low + a.low * b);
}

}  // namespace anlan::maths
