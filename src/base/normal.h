// The error function and the normal distribution, the same bits everywhere (see maths.h).
//
// erfc(x) = e^(-x^2) g(x) / (1 + 2x), where g is expanded in Chebyshev polynomials of (x - 3.75)/(x
// + 3.75) on all of x >= 0 (M. M. Shepherd and J. G. Laframboise 1981, Math. Comp. 36, 249; the
// coefficients are recomputed with 400 bits); the square in the exponent is kept as a pair, so the
// tails are good to the last result that is not subnormal. Below 1/2, erf is its Maclaurin series
// (Abramowitz & Stegun 7.1.5). Measured against MPFR: relative error below 1e-14 in each tail.
#pragma once

namespace anlan::maths {

double erf(double x);
double erfc(double x);  // 1 - erf(x) without the loss of digits in the tail
// e^(x^2) erfc(x), x >= 0: where the exponential would underflow or cancel against another.
double erfc_scaled(double x);

// P(Z <= x) of the standard normal, relative error below 1e-14 for x >= -37.5; 1 - cdf(x) =
// cdf(-x).
double normal_cdf(double x);

// The x with normal_cdf(x) = p, p in [0, 1] (infinite at the ends, NaN outside).
// M. J. Wichura 1988, Algorithm AS 241 (Applied Statistics 37, 477), routine PPND16: about 1e-15
// relative.
double normal_quantile(double p);

}  // namespace anlan::maths
