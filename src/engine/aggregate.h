// Aggregate: the total of a year's claims, as numbers with error bounds.
//
// Three methods, chosen by what frequency and severity are:
//   exact  the n-fold sum of the severity has a closed form (gamma, exponential, inverse Gaussian;
//          any severity when there is at most one claim): a sum over the count, relative accuracy
//          about 1e-11 in both tails;
//   lattice  claims are whole multiples of a step: Panjer's recursion without discretisation error;
//   grid  all else: mean-preserving masses on grids that put x and the kinks on grid points, the
//          step halved until Richardson's extrapolation settles (extrapolation.h).
// Large totals of a heavy tail on a grid: the year in which one claim alone exceeds 2 x is counted
// in closed form, the rest on the grid, so small probabilities keep relative accuracy.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "engine/estimate.h"
#include "engine/frequency.h"
#include "engine/lattice.h"
#include "engine/severity.h"

namespace anlan::engine {

enum class AggregateMethod : std::uint8_t { kExact = 1, kLattice = 2, kGrid = 3 };

struct AggregateMoments {
  Estimate mean;  // infinite where there is none, so the others
  Estimate sd;
  Estimate skew;
};
AggregateMoments aggregate_moments(const Frequency& frequency, const Severity& severity);

struct AggregatePoint {
  Estimate survival;  // P(S > x)
  Estimate limited;   // E[min(S, x)]
  Estimate excess;    // E[(S - x)+]; infinite where the mean is
  Estimate density;   // 0 on a lattice
};

class Aggregate {
 public:
  Aggregate(Frequency frequency, Severity severity);

  AggregateMethod method() const { return method_; }
  double mean() const { return mean_; }
  AggregatePoint at(double x);
  // P(S = x).
  Estimate mass_at(double x);
  // Value at risk: the smallest x with P(S <= x) >= level, 0 < level < 1.
  Estimate value_at_risk(double level);
  // The mean of the values at risk from the level upwards (C. Acerbi and D. Tasche 2002): VaR +
  // E[(S - VaR)+] / (1 - level). On a lattice it differs from E[S | S > VaR].
  Estimate tail_value_at_risk(double level);
  // P(the largest claim of the year > x).
  Estimate largest_claim_above(double x) const;

 private:
  struct Fold {
    double p;
    Severity sum;
  };
  struct GridPlan {
    double unit;        // grids are unit / 1, / 2, / 4, ...
    bool kinks_on_it;   // kinks of the total are whole multiples of the unit
    std::size_t start;  // first divisor
  };
  bool make_folds();
  bool make_lattice();
  AggregatePoint fold_at(double x) const;
  AggregatePoint lattice_at(double x);
  AggregatePoint grid_at(double x, bool left, std::size_t cells_max) const;
  GridPlan plan_for(double x) const;
  CurvePoint on_grid(double x, const GridPlan& plan, std::size_t divisor, bool left) const;
  std::optional<Estimate> far_survival(double x) const;
  AggregatePoint finished(double x, AggregatePoint point) const;
  void extend_lattice(std::size_t cell);
  Estimate find_quantile(double level);
  Estimate lattice_quantile(double level);
  Estimate grid_quantile(double level);
  bool has_many_claims() const;
  double rough_quantile(double level) const;

  Frequency frequency_;
  Severity severity_;
  AggregateMethod method_ = AggregateMethod::kGrid;
  double mean_ = 0.0;
  double none_ = 0.0;  // P(S = 0)
  std::size_t cells_max_ = 0;
  std::vector<double> kinks_;
  bool atoms_above_zero_ = false;
  std::vector<Fold> folds_;
  double fold_rest_ = 0.0;  // probability of the counts that are left out
  std::size_t atom_count_ = 1;
  std::vector<double> claim_;  // masses of a claim on the lattice
  LatticeTotal lattice_;
  std::vector<std::pair<double, Estimate>> known_;  // values at risk by level
  std::vector<double> above_;                       // P(S > k step) summed from the far end
};

}  // namespace anlan::engine
