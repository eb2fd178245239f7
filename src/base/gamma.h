// The gamma function and the gamma distribution, the same bits everywhere (see maths.h).
#pragma once

namespace anlan::maths {

// Both sides of a distribution function: the small one keeps its digits.
struct Tails {
  double lower = 0.0;  // P(X <= x)
  double upper = 0.0;  // P(X > x)
};

// ln Gamma(x), x > 0 (NaN otherwise). Relative error below 2e-15 against MPFR, also beside the
// zeros at 1 and 2. Stirling's series with eight terms from 10 upwards (Abramowitz &
// Stegun 6.1.41), the recurrence below, and around 2 the series of zeta(n) - 1 (6.1.33).
double lgamma(double x);

// ln Gamma(x + 1) - ((x + 1/2) ln x - x + ln(2 pi)/2), x > 0: the error of Stirling's formula
// (C. Loader 2000, "Fast and accurate computation of binomial probabilities", section 2).
double stirling_error(double x);

// value - mean - mean ln(value / mean): half the deviance of a Poisson count (Loader 2000, section
// 3). `difference` is value - mean, which the caller may know with more digits than the subtraction
// gives.
struct Deviation {
  double mean = 1.0;
  double value = 1.0;
  double difference = 0.0;
};
double deviance(const Deviation& from);

// Gamma distribution of the given shape and scale 1. The errors are measured for shapes from 1/64
// to 1,024; larger ones need O(sqrt(shape)) terms.
class GammaDistribution {
 public:
  explicit GammaDistribution(double shape);

  // Regularised incomplete gamma functions P and Q at x >= 0, relative error below 1e-12 of each
  // tail that is above 1e-290. Series (A&S 6.5.29) below shape + 1, Legendre's continued fraction
  // (A&S 6.5.31) by the modified Lentz method (W. J. Lentz 1976; I. J. Thompson and A. R. Barnett
  // 1986) above.
  Tails at(double x) const;
  // The x with at(x).lower = p, p in [0, 1]: relative error below 1e-12.
  double quantile(double p) const;

 private:
  double density_times_x(double x) const;  // x^shape e^-x / Gamma(shape)
  double start(double p) const;            // ln x of a first guess

  double shape_;
  double log_scale_;  // ln of sqrt(shape / 2 pi) e^(-stirling_error)
};

}  // namespace anlan::maths
