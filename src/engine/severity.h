// Severity: the distribution of one claim, as a value that is put together from parts.
//
// A severity is a family (severity_families.h), a splice of two, a mixture, or another severity
// with the terms of a claim applied to it. All of them answer the same questions with the same
// accuracy; none is an object with virtual functions.
#pragma once

#include <span>
#include <variant>
#include <vector>

#include "engine/severity_families.h"

namespace anlan::engine {

struct Severity;

// Below the threshold the body, cut there; above it the tail, given that it is above. The tail's
// weight is the probability of a loss above the threshold, in (0, 1).
// Made by spliced(), which fills in what depends on the threshold alone.
struct Spliced {
  std::vector<Severity> parts;  // body, tail
  double threshold = 0.0;
  double tail_weight = 0.0;
  Tails body_cut;            // of the body at the threshold
  double tail_upper = 1.0;   // P(tail > threshold)
  double tail_excess = 0.0;  // E[(tail - threshold)+]
};

struct Mixture {
  std::vector<Severity> parts;
  std::vector<double> weights;  // sum 1, each above 0
};

// The payment for a loss X: coinsurance x min(max(trend X - deductible, 0), limit). A loss below
// the deductible counts as a payment of 0.
struct ClaimTerms {
  double trend = 1.0;
  double deductible = 0.0;
  double limit = 0.0;        // of the payment before coinsurance; infinite where there is none
  double coinsurance = 1.0;  // the share that is paid
};

struct Modified {
  std::vector<Severity> loss;  // one
  ClaimTerms terms;
};

struct Severity {
  std::variant<Exponential, GammaLoss, Weibull, Lognormal, ParetoTail, Burr, InverseGaussian,
               Uniform, Pert, Discrete, Spliced, Mixture, Modified>
      form;
};

// P(X <= x) and P(X > x), each with its own digits.
Tails tails(const Severity& s, double x);
double survival(const Severity& s, double x);
// E[min(X, d)^k], k = 1, 2, 3; d may be infinite, then the raw moment, infinite where there is
// none.
double limited_moment(const Severity& s, int k, double d);
double limited_expected(const Severity& s, double d);
double mean_of(const Severity& s);
// Both tails at d and E[X; X <= d] in one evaluation, for loops over many points.
struct Partial {
  Tails tails;
  double below = 0.0;
};
Partial partial(const Severity& s, double d);
// E[(X - d)+], with digits of its own far in the tail; infinite where the mean is.
double excess(const Severity& s, double d);
// E[X - d | X > d].
double mean_excess(const Severity& s, double d);
// E[min(max(X - attach, 0), limit)], from whichever side keeps the digits; limit may be infinite.
double layer_mean(const Severity& s, double attach, double limit);
// The smallest x with P(X <= x) >= level.lower.
double quantile(const Severity& s, Tails level);
// Of the layer (attach, limit): E[Y^k], Y = min(max(X - attach, 0), limit).
double layer_moment(const Severity& s, int k, double attach, double limit);

struct Atom {
  double x = 0.0;
  double p = 0.0;
};
// Point masses in rising order.
std::vector<Atom> atoms(const Severity& s);
// The mass of the atoms is all there is (up to rounding).
bool is_discrete(const Severity& s);
// The smallest number no loss exceeds, or infinity.
double largest(const Severity& s);
// Places above 0, below infinity, where the survival function is not smooth, in rising order.
std::vector<double> kinks(const Severity& s);

// Both parts must have probability on their side of the threshold.
Severity spliced(Severity body, Severity tail, double threshold, double tail_weight);
// X given terms; trend and share of a scale family are folded into its parameters.
Severity with_terms(Severity loss, const ClaimTerms& terms);

}  // namespace anlan::engine
