// How much of the spread of an outcome one fact explains, from one sample of both ("given data"):
// no outcome is calculated again with the fact held.
//
// The share is the first-order sensitivity index Var(E[y | fact]) / Var(y) of y = ln outcome
// (I. M. Sobol 1993), estimated over classes of the fact (E. Plischke 2010, Reliability Engineering
// and System Safety 95(4)) with the correction for their number of T. L. Kelley 1935 (PNAS 21(9)),
// so that a fact that explains nothing has 0 on average and may come out a little below it. For
// facts that hang on each other it is the share that knowing this one alone takes away. The
// logarithm, because a few outcomes of a long tail would otherwise decide. What is
// known of each member and hangs on no fact (its model parameters) is taken out as a control
// variate, with the slope of least squares (S. S. Lavenberg and P. D. Welch 1981, Management
// Science 27(3)); the variance that is shared out stays the whole one. Errors by the
// delete-a-group jackknife (P. S. Kott 2001, Journal of Official Statistics 17(4)): the member m is
// of group m mod kJackknifeGroups.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace anlan::engine {

// Odd, so that the middle class lies round the median; the outer ones lie round 4.5 % and 95.5 %.
inline constexpr std::size_t kFactClasses = 11;
inline constexpr std::size_t kJackknifeGroups = 32;
// Where the ends of a spread lie.
inline constexpr double kSpreadTail = 0.05;

struct Estimate {
  double value = 0.0;
  std::array<double, kJackknifeGroups> without{};  // the same without one group each
  double error() const;                            // standard error
};

// Standard error of a.value - b.value, of one sample.
double difference_error(const Estimate& a, const Estimate& b);

// Members ordered by what they have of the fact, in classes of about equal numbers; equal values
// stay together, so that there may be fewer classes.
struct FactClasses {
  std::vector<std::uint32_t> of;  // of each member, from 0
  std::vector<double> largest;    // of each class, rising
  // The class that holds this value, or the nearest.
  std::size_t find(double value) const;
};
FactClasses fact_classes(std::span<const double> fact);

struct Explained {
  Estimate share;
  // From 5 % to 95 % of the outcomes of a class, the mean over the classes: the width that is
  // expected to be left once the fact is known.
  Estimate width;
};

// `outcomes` are above 0, one for each member; at least 2 x kJackknifeGroups of them and two in
// each class whichever group is left out. `known`: the control variate of each member, about in
// proportion to ln outcome; empty: none.
Explained explained_share(std::span<const double> outcomes, const FactClasses& classes,
                          std::span<const double> known = {});

// The outcomes of one class, rising.
std::vector<double> outcomes_of(std::span<const double> outcomes, const FactClasses& classes,
                                std::size_t which);

// A difference of shares that is worth an order (assumption): 2 % of the variance.
inline constexpr double kShareThatMatters = 0.02;

// Ranks from 1 of shares that fall: one shares the rank of another above it unless it is surely
// below it by kShareThatMatters, by two standard errors of their difference.
std::vector<std::size_t> ranks_within_error(std::span<const Estimate> falling);

}  // namespace anlan::engine
