// A tower of layers at once, for pricing a market: the expected annual loss of each layer with an
// error bound, in a few hundred nanoseconds a layer.
//
// The grid lies on the layer (step = limit / points), the masses keep the mean, the recursion runs
// up to the annual amounts only, and three nested grids (points, points/2, points/4) that share one
// evaluation of the severity give Richardson's value and its bound: how far the last extrapolation
// moved, and at least 1 / (12 points^2) of what the grids themselves moved, so that two columns
// which happen to agree are not taken for two that have settled. What aggregate.h refines until it
// settles for one number, this does for many layers; tower_price_test.cpp holds both together.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "engine/estimate.h"
#include "engine/frequency.h"
#include "engine/loss_curve.h"
#include "engine/severity.h"

namespace anlan::engine {

struct TowerLayer {
  double attach = 0.0;
  double limit = 0.0;              // per claim, finite
  double annual_deductible = 0.0;  // a whole multiple of limit / 64, or 0
  double annual_limit = 0.0;       // likewise, or infinite
};

// How fine the grids are.
struct TowerGrids {
  double relative_error = 1e-6;  // a layer's grids are halved until its bound is at most this share
  std::size_t points_min = 4;    // of its value, or until they have the most; powers of 2, from 4
  std::size_t points_max = 512;
};

// p(n) = (a + b / n) p(n - 1), see panjer.h.
struct TowerRecursion {
  double a = 0.0;
  double b = 0.0;
};

// Keeps its memory from one company to the next; not for two threads at once.
class TowerPricer {
 public:
  explicit TowerPricer(const TowerGrids& grids);
  // One estimate a layer, until the next call. A kink of the severity inside a layer (the threshold
  // of a splice) costs accuracy, and the bound says so; layers that end at the threshold, or have
  // it on a quarter of their grid, do not suffer. Cost: points + 1 evaluations of the severity a
  // layer and about points^2 annual_limit / limit multiplications.
  std::span<const Estimate> price(const Frequency& frequency, const Severity& severity,
                                  std::span<const TowerLayer> layers);

 private:
  struct Work {
    bool done = false;
    bool has_grids = false;
    bool has_fourth = false;   // grid[0] is one
    std::size_t coarsest = 1;  // cells of a layer that the annual amounts need
    std::size_t from = 0;      // annual amounts in those cells
    std::size_t to = 0;
    bool open = false;  // without annual limit
    double limit = 0.0;
    std::size_t points = 0;
    std::vector<LossPoint> curve;  // of one claim, at attach + j limit / points
    std::array<double, 4> grid{};  // coarse to fine
  };
  struct Richardson {
    double best = 0.0;
    double moved = 0.0;  // from the column before it
  };
  static Richardson richardson(double coarse, double middle, double fine);
  struct Unseen {
    double mean = 0.0;
    double most = 0.0;
  };
  void begin(std::size_t layer, const TowerLayer& terms);
  void evaluate(std::span<const TowerLayer> layers);
  void estimate(std::size_t layer, const Frequency& frequency, const TowerLayer& terms);
  bool has_kink_off_grid(const TowerLayer& terms, std::size_t points) const;
  void nested_grids(Work& work, const Frequency& frequency);
  Unseen unseen(std::size_t stride) const;
  double smooth_bound(const Work& work, const Richardson& last, double at_stake) const;
  double on_grid(const Work& work, const Frequency& frequency, std::size_t points);

  TowerGrids grids_;
  double mean_count_ = 0.0;
  std::optional<TowerRecursion> recursion_;
  double others_ = 0.0;  // expected claims of a year beside one of them
  LossCurve severity_;
  std::vector<double> kinks_;
  std::vector<Work> work_;
  std::vector<double> amounts_;
  std::vector<LossPoint> points_;
  std::vector<double> curve_;  // E[min(X, x)] - E[min(X, attach)]
  std::vector<double> claim_;
  std::vector<double> total_;
  std::vector<Estimate> out_;
};

// Once, with a grid of so many points on every layer: a power of 2, at least 4.
std::vector<Estimate> tower_price(const Frequency& frequency, const Severity& severity,
                                  std::span<const TowerLayer> layers, std::size_t points);

}  // namespace anlan::engine
