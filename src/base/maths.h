// Elementary functions with the same bits on every processor, compiler and optimisation level.
//
// The premium path may call nothing of libm: the C library chooses its code by processor (with and
// without FMA), and the answers differ in the last bits. These use only IEEE + - x / and square
// root. Reductions and series are written from the literature: P. T. P. Tang 1989 (ACM TOMS 15,
// 144: exp) and 1990 (ACM TOMS 16, 378: log), with the plain Taylor and inverse hyperbolic tangent
// series (Abramowitz & Stegun 1964, 4.2.1 and 4.1.27) long enough for the whole reduced range.
//
// Every function is total: a NaN gives a NaN, an argument outside the domain gives a NaN, a pole
// gives an infinity. maths_test.cpp measures the stated errors against MPFR over 200,000 points a
// function; results below 2^-1022 (subnormal) may be off by one more unit.
#pragma once

#include "base/exact_pair.h"

namespace anlan::maths {

// e^x. Below 0.7 ulp. Overflows to infinity above 709.78, underflows to 0 below -745.13.
double exp(double x);

// Natural logarithm, x >= 0; log(0) = -infinity. Below 0.9 ulp.
double log(double x);

// ln(1 + x), x >= -1, without the loss of digits near 0. Below 0.9 ulp.
double log1p(double x);

// e^x - 1 without the loss of digits near 0. Below 1.0 ulp.
double expm1(double x);

// x^y for x >= 0; pow(x, 0) = 1, pow(1, y) = 1, pow(0, y) = 0 or infinity. Below 0.8 ulp.
double pow(double x, double y);

// sqrt is exact IEEE everywhere.
double sqrt(double x);

// The nearest whole number, ties to even; |x| below 2^51. No library call, so loops over it
// vectorise.
constexpr double nearest_whole(double x) {
  constexpr double kShift = 6755399441055744.0;  // 1.5 x 2^52: the fraction falls off the end
  return (x + kShift) - kShift;
}

// ln x with a relative error below 2^-63 as a pair, for x > 0 finite: the inside of pow, and of
// others that multiply a logarithm by something large.
Pair log_pair(double x);

// e^(x.high + x.low). Same range as exp.
double exp_pair(Pair x);

}  // namespace anlan::maths
