// The beta distribution, the same bits everywhere (see maths.h).
#pragma once

#include "base/gamma.h"

namespace anlan::maths {

// Density proportional to x^(a-1) (1-x)^(b-1). The errors below are measured for both from 1/64 to
// 256; larger ones need O(sqrt(max(a, b))) terms.
struct BetaShape {
  double a = 1.0;
  double b = 1.0;
  bool operator==(const BetaShape&) const = default;
};

class BetaDistribution {
 public:
  explicit BetaDistribution(BetaShape shape);

  // Regularised incomplete beta function at x in [0, 1], relative error below 1e-12 of each tail
  // that is above 1e-290: the continued fraction of DLMF 8.17.22 by the modified Lentz method, on
  // the side where it converges; the factor before it is Loader's binomial form (see gamma.h).
  Tails at(double x) const;
  // The x with at(x).lower = p, p in [0, 1]: relative error below 1e-12, of 1 - x likewise where x
  // > 1/2 down to the resolution of a double at 1. Cost about 1 us for small shapes.
  double quantile(double p) const;

 private:
  BetaDistribution() = default;
  BetaDistribution mirrored() const;     // of 1 - X
  double density_times(double x) const;  // x^a (1-x)^b / B(a, b)
  Tails tails_at(double x, double density) const;
  double start(double p) const;  // ln x of a first guess
  double solve(double lower, double upper) const;

  BetaShape shape_;
  double log_scale_ = 0.0;
  double log_beta_ = 0.0;  // ln B(a, b)
  double middle_ = 0.5;    // at(1/2).lower
};

}  // namespace anlan::maths
