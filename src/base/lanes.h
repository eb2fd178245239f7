// Elementary functions of eight numbers at once, the same bits on every processor.
//
// Lanes are four pairs of doubles in the vectors that every processor of the platform has (two
// doubles wide); + - x / of IEEE lane by lane, so that a result depends neither on its neighbours
// nor on what the compiler makes of a loop. Reductions as in maths.h (P. T. P. Tang 1989 and 1990),
// the normal tail by the expansion of normal.h. lanes_test.cpp holds them to the functions for one
// number: relative error below 2e-15, normal_tail 4e-15.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

#include "base/exact_pair.h"

namespace anlan::maths {

using Two = double __attribute__((vector_size(16)));
using TwoBits = std::uint64_t __attribute__((vector_size(16)));

inline constexpr std::size_t kLanes = 8;

struct Lanes {
  Two a, b, c, d;

  static Lanes all(double x) { return {Two{x, x}, Two{x, x}, Two{x, x}, Two{x, x}}; }
  static Lanes from(const double* x) {
    return {Two{x[0], x[1]}, Two{x[2], x[3]}, Two{x[4], x[5]}, Two{x[6], x[7]}};
  }
  void to(double* x) const {
    x[0] = a[0], x[1] = a[1], x[2] = b[0], x[3] = b[1];
    x[4] = c[0], x[5] = c[1], x[6] = d[0], x[7] = d[1];
  }
};

// f of each pair of x, or of x and y.
template <class F>
inline Lanes each(const Lanes& x, const F& f) {
  return {f(x.a), f(x.b), f(x.c), f(x.d)};
}
template <class F>
inline Lanes each(const Lanes& x, const Lanes& y, const F& f) {
  return {f(x.a, y.a), f(x.b, y.b), f(x.c, y.c), f(x.d, y.d)};
}

inline Lanes operator+(const Lanes& x, const Lanes& y) {
  return {x.a + y.a, x.b + y.b, x.c + y.c, x.d + y.d};
}
inline Lanes operator-(const Lanes& x, const Lanes& y) {
  return {x.a - y.a, x.b - y.b, x.c - y.c, x.d - y.d};
}
inline Lanes operator*(const Lanes& x, const Lanes& y) {
  return {x.a * y.a, x.b * y.b, x.c * y.c, x.d * y.d};
}
inline Lanes operator/(const Lanes& x, const Lanes& y) {
  return {x.a / y.a, x.b / y.b, x.c / y.c, x.d / y.d};
}
inline Lanes operator+(const Lanes& x, double y) { return x + Lanes::all(y); }
inline Lanes operator-(const Lanes& x, double y) { return x - Lanes::all(y); }
inline Lanes operator*(const Lanes& x, double y) { return x * Lanes::all(y); }

inline Lanes magnitude(const Lanes& x) {
  constexpr std::uint64_t kNoSign = 0x7fff'ffff'ffff'ffff;
  return each(x, [](Two v) {
    return std::bit_cast<Two>(std::bit_cast<TwoBits>(v) & TwoBits{kNoSign, kNoSign});
  });
}

// Where x < 0 the first, else the second.
inline Lanes where_negative(const Lanes& x, const Lanes& yes, const Lanes& no) {
  const auto choose = [](Two v, Two y, Two n) {
    const auto mask = std::bit_cast<TwoBits>(v < Two{0.0, 0.0});
    return std::bit_cast<Two>((std::bit_cast<TwoBits>(y) & mask) |
                              (std::bit_cast<TwoBits>(n) & ~mask));
  };
  return {choose(x.a, yes.a, no.a), choose(x.b, yes.b, no.b), choose(x.c, yes.c, no.c),
          choose(x.d, yes.d, no.d)};
}

// The polynomial with these coefficients, the highest power first.
template <std::size_t N>
inline Lanes polynomial(const double (&coefficients)[N], const Lanes& x) {
  Lanes sum = Lanes::all(coefficients[0]);
  for (std::size_t i = 1; i < N; ++i) sum = sum * x + coefficients[i];
  return sum;
}

// ln(x + low), x a normal number above 0, |low| at most an ulp of x.
inline Lanes log_lanes(const Lanes& x, const Lanes& low) {
  constexpr double kSeries[] = {2.0 / 23.0, 2.0 / 21.0, 2.0 / 19.0, 2.0 / 17.0,
                                2.0 / 15.0, 2.0 / 13.0, 2.0 / 11.0, 2.0 / 9.0,
                                2.0 / 7.0,  2.0 / 5.0,  2.0 / 3.0};
  constexpr double kLn2High = 0x1.62e42fefa3800p-1;
  constexpr double kLn2Low = 0x1.ef35793c76730p-45;
  constexpr std::uint64_t kSqrtHalf = 0x3fe6'a09e'667f'3bcd;
  constexpr std::uint64_t kShift = 0x4000'0000'0000'0000;  // 1,024 exponents: nothing is negative
  constexpr std::uint64_t kFraction = 0x000f'ffff'ffff'ffff;
  constexpr std::uint64_t kTwo52 = 0x4330'0000'0000'0000;
  const auto shifted = [](Two v) {
    return std::bit_cast<TwoBits>(v) + TwoBits{kShift - kSqrtHalf, kShift - kSqrtHalf};
  };
  // x = 2^k (1 + f), 1 + f in [sqrt(1/2), sqrt 2); k + 1,024 is a whole number above 0.
  const Lanes k = each(x, [&](Two v) {
    const TwoBits whole = (shifted(v) >> TwoBits{52, 52}) | TwoBits{kTwo52, kTwo52};
    return std::bit_cast<Two>(whole) - Two{0x1p52 + 1024.0, 0x1p52 + 1024.0};
  });
  const Lanes f = each(x, [&](Two v) {
    const TwoBits mantissa =
        (shifted(v) & TwoBits{kFraction, kFraction}) + TwoBits{kSqrtHalf, kSqrtHalf};
    return std::bit_cast<Two>(mantissa) - Two{1.0, 1.0};
  });
  const Lanes s = f / (f + 2.0);
  const Lanes z = s * s;
  const Lanes half_square = f * f * 0.5;
  const Lanes inner = s * (half_square + polynomial(kSeries, z) * z);
  return k * kLn2High - ((half_square - (inner + (k * kLn2Low + low / x))) - f);
}

// ln(1 + x), x >= 0, without the loss of digits near 0.
inline Lanes log1p_lanes(const Lanes& x) {
  const Lanes one = Lanes::all(1.0);
  const Lanes sum = one + x;
  const Lanes x_part = sum - one;
  const Lanes low = (one - (sum - x_part)) + (x - x_part);
  return log_lanes(sum, low);
}

// e^x for x <= 0; 0 below -708.
inline Lanes exp_lanes(const Lanes& x) {
  constexpr double kSeries[] = {1.0 / 6227020800.0, 1.0 / 479001600.0, 1.0 / 39916800.0,
                                1.0 / 3628800.0,    1.0 / 362880.0,    1.0 / 40320.0,
                                1.0 / 5040.0,       1.0 / 720.0,       1.0 / 120.0,
                                1.0 / 24.0,         1.0 / 6.0,         0.5};
  constexpr double kLn2High = 0x1.62e42fefa3800p-1;
  constexpr double kLn2Low = 0x1.ef35793c76730p-45;
  constexpr double kInverseLn2 = 0x1.71547652b82fep+0;
  constexpr double kWhole = 6755399441055744.0;  // 1.5 x 2^52
  constexpr double kLowest = -708.0;
  const Lanes below = x - kLowest;  // negative where the result is 0
  const Lanes clamped = where_negative(below, Lanes::all(kLowest), x);
  const Lanes shifted = clamped * kInverseLn2 + kWhole;
  const Lanes k = shifted - kWhole;
  const Lanes high = clamped - k * kLn2High;  // exact
  const Lanes r = high - k * kLn2Low;
  const Lanes lost = (high - r) - k * kLn2Low;
  const Lanes tail = polynomial(kSeries, r) * r * r;
  const Lanes sum = r + (tail + lost);
  // 1 + sum, times 2^k: the whole number stands in the lowest bits of `shifted`.
  const Lanes power = each(shifted, [](Two v) {
    return std::bit_cast<Two>((std::bit_cast<TwoBits>(v) + TwoBits{1023, 1023}) << TwoBits{52, 52});
  });
  return where_negative(below, Lanes::all(0.0), power + power * sum);
}

// e^(x^2 / 2) P(Z > x) of the standard normal, x >= 0 and below 1e100: erfc_scaled(x / sqrt 2) / 2,
// its expansion written in powers of t = (x - 3.75 sqrt 2)/(x + 3.75 sqrt 2). The coefficients sum
// to less than three times the smallest value, so nothing is lost.
inline Lanes normal_tail_lanes(const Lanes& x) {
  constexpr double kSeries[] = {
      -3.66975250426477e-11,   -1.87657913897981e-11,  4.5110748501702955e-10,
      2.7285786523523443e-10,  -3.272780106240134e-09, -2.194642079993164e-09,
      2.0485611576351503e-08,  1.2144881462744353e-08, -1.3057351179950478e-07,
      -2.9131405394003888e-08, 8.767217125553167e-07,  -4.86424791105561e-07,
      -5.722524562915654e-06,  1.1191956018275339e-05, 2.5824703887731995e-05,
      -0.00014507698964493382, 0.00014685679740285369, 0.0008778129162108764,
      -0.004873289773809812,   0.0141811387107578,     -0.029346699295273806,
      0.04615216058009917,     -0.054401965070853736,  0.041138369245075516,
      0.0017927077427318482,   -0.07012029929277351,   0.6187563154189137};
  constexpr double kCentre = 5.303300858899107;  // 3.75 sqrt 2
  constexpr double kSqrt2 = 1.4142135623730951;
  const Lanes distance = x + kCentre;
  const Lanes growth = x * kSqrt2 + 1.0;
  const Lanes inverse = Lanes::all(1.0) / (distance * growth);  // one division for two
  const Lanes t = (x - kCentre) * growth * inverse;
  return polynomial(kSeries, t) * distance * inverse;
}

}  // namespace anlan::maths
