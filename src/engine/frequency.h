// Frequency: the distribution of the number of claims in a year, as a value.
//
// The (a, b, 0) class (Poisson, negative binomial with the geometric, binomial), a table of
// probabilities, the Neyman type A (a Poisson number of clusters, each with a Poisson number of
// claims), and any of them with its probability of no claim replaced (zero-modified, the (a, b, 1)
// class among them). S. Klugman, H. Panjer and G. Willmot 2012, "Loss Models", chapters 6 and 7.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "base/gamma.h"

namespace anlan::engine {

struct Poisson {
  double mean = 0.0;
};
// Mean r beta, variance r beta (1 + beta). r = 1 is the geometric.
struct NegativeBinomial {
  double r = 1.0;
  double beta = 0.0;
};
struct Binomial {
  std::int64_t m = 1;
  double q = 0.0;
};
struct CountTable {
  std::vector<double> p;  // of 0, 1, 2, ...; sums to 1
};
struct NeymanA {
  double clusters = 0.0;
  double per_cluster = 0.0;
};

struct Frequency {
  std::variant<Poisson, NegativeBinomial, Binomial, CountTable, NeymanA> form;
  // The probability of no claim that replaces the form's own; the others are scaled to fit.
  std::optional<double> zero_modified;
};

struct CountMoments {
  double mean = 0.0;
  double variance = 0.0;
  double third = 0.0;  // central
};

CountMoments moments(const Frequency& f);
double probability_of_none(const Frequency& f);
// E[z^N], 0 <= z <= 1.
double pgf(const Frequency& f, double z);
// 1 - E[(1 - s)^N] with the digits of a small s: the probability of at least one claim of a kind
// that each claim is with probability s.
double pgf_complement(const Frequency& f, double s);
// P(N = 0) .. P(N = count - 1).
std::vector<double> count_masses(const Frequency& f, std::size_t count);
// Enough masses that what is left out is below 1e-18; at most `most`.
std::vector<double> all_count_masses(const Frequency& f, std::size_t most);
// The largest possible number of claims, if there is one.
std::optional<std::size_t> count_max(const Frequency& f);
// The smallest n with P(N <= n) >= p.
std::size_t count_quantile(const Frequency& f, double p);
// The number of claims that pass a filter each passes with probability v, independently.
Frequency thinned(const Frequency& f, double v);

// The total of a frequency of claims on a lattice: masses of the totals 0 .. count - 1, each with
// its relative accuracy. f may be defective (see panjer.h).
std::vector<double> compound(const Frequency& frequency, std::span<const double> f,
                             std::size_t count);

}  // namespace anlan::engine
