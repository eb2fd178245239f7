// One claim at many amounts at once: what lies below and above each, for grids of layers.
//
// For a lognormal, and a lognormal spliced with a generalised Pareto tail, eight amounts at a time
// (base/lanes.h). With z = (ln x - mu)/sigma, w = z - sigma and h(t) = e^(t^2/2) P(Z > t), one
// exponential serves both terms of S. Klugman, H. Panjer and G. Willmot 2012, appendix A.4.1.1,
// because e^(mu + sigma^2/2) phi(w) = x phi(z):
//   x P(X > x) = x e^(-z^2/2) h(z),   E[X; X > x] = x e^(-z^2/2) h(w)   for z, w >= 0,
// and below 0 one and the mean, less the same with -z, -w. Every other severity is asked amount by
// amount. Either way relative errors are below 1e-13 of the larger of the two terms; the bits do
// not depend on how many amounts are asked for together.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "engine/severity.h"

namespace anlan::engine {

struct LossPoint {
  double limited = 0.0;  // E[min(X, x)]
  double excess = 0.0;   // E[(X - x)+]; infinite where the mean is
};

class LossCurve {
 public:
  // Another severity, which must outlive the calls of at().
  void reset(const Severity& severity);
  // At each x >= 0, finite; out as long as x.
  void at(std::span<const double> x, std::span<LossPoint> out);

 private:
  struct Body {  // of the lognormal alone, and where it is cut
    double upper = 0.0;
    double above = 0.0;
    double below = 0.0;
  };
  bool find_form();
  void bodies(std::span<const double> x, std::vector<Body>& out) const;
  LossPoint of_body(double x, const Body& body) const;
  void tails_at(std::span<const std::size_t> places, std::span<const double> x,
                std::span<LossPoint> out) const;

  const Severity* severity_ = nullptr;
  bool in_lanes_ = false;
  Lognormal lognormal_;
  double lognormal_mean_ = 0.0;
  const Spliced* splice_ = nullptr;  // nothing where the lognormal is not cut
  ParetoTail tail_;
  double body_factor_ = 1.0;
  double tail_factor_ = 0.0;
  Body at_threshold_;
  double limited_at_threshold_ = 0.0;
  std::vector<double> amounts_;  // reused from call to call
  std::vector<Body> bodies_;
  std::vector<std::size_t> below_;
  std::vector<std::size_t> above_;
};

}  // namespace anlan::engine
