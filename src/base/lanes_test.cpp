#include "base/lanes.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <functional>

#include <doctest/doctest.h>

#include "base/maths.h"
#include "base/normal.h"
#include "base/random.h"

namespace anlan::maths {
namespace {

using Eight = std::array<double, kLanes>;

// Eight arguments, evenly in x or in log2 x.
Eight arguments(double lo, double hi, bool logarithmic, std::uint64_t row) {
  const RandomStream stream({.seed = 20261122, .subject = row, .stream = 3});
  Eight out{};
  for (std::size_t i = 0; i < kLanes; ++i) {
    const double place = lo + (hi - lo) * stream.unit(i);
    out[i] = logarithmic ? std::exp2(place) : place;
  }
  return out;
}

struct Function {
  const char* name;
  std::function<Lanes(const Lanes&)> lanes;
  std::function<double(double)> one;
  double lo;
  double hi;
  bool logarithmic;
  double allowed;  // relative
};

TEST_CASE("lanes: eight numbers at once give what one gives, over the whole range") {
  const auto ln = [](const Lanes& x) { return log_lanes(x, Lanes::all(0.0)); };
  const auto tail = [](double x) { return 0.5 * erfc_scaled(x / std::sqrt(2.0)); };
  const Function functions[] = {
      {"log", ln, log, -1020.0, 1020.0, true, 1e-15},
      {"log near 1", ln, log, 0.5, 2.0, false, 1e-15},
      {"log1p", log1p_lanes, log1p, -80.0, 200.0, true, 1e-15},
      {"exp", exp_lanes, exp, -707.9, 0.0, false, 1e-15},
      {"exp near 0", exp_lanes, [](double x) { return exp(x); }, -1e-3, 0.0, false, 1e-15},
      {"normal tail", normal_tail_lanes, tail, 0.0, 40.0, false, 4e-15},
      {"normal tail far out", normal_tail_lanes, tail, -60.0, 300.0, true, 4e-15}};
  for (const Function& f : functions) {
    double worst = 0.0;
    for (std::uint64_t row = 0; row < 5000; ++row) {
      const Eight x = arguments(f.lo, f.hi, f.logarithmic, row);
      Eight got{};
      f.lanes(Lanes::from(x.data())).to(got.data());
      for (std::size_t i = 0; i < kLanes; ++i) {
        const double want = f.one(x[i]);
        worst = std::max(worst, std::fabs(got[i] - want) / std::fabs(want));
      }
    }
    CAPTURE(f.name);
    CHECK(worst < f.allowed);
  }
}

TEST_CASE("lanes: a number has the same bits whatever stands beside it") {
  for (std::uint64_t row = 0; row < 200; ++row) {
    const Eight x = arguments(-30.0, 30.0, true, row);
    Eight mixed{};
    normal_tail_lanes(Lanes::from(x.data())).to(mixed.data());
    for (std::size_t i = 0; i < kLanes; ++i) {
      Eight alone{};
      normal_tail_lanes(Lanes::all(x[i])).to(alone.data());
      CHECK(std::bit_cast<std::uint64_t>(alone[7 - i]) == std::bit_cast<std::uint64_t>(mixed[i]));
    }
  }
}

TEST_CASE("lanes: an exponential below the smallest number is 0, and nothing is NaN") {
  Eight out{};
  const Eight low{-708.1, -745.0, -1e4, -1e300, -708.0, -1.0, -0.0, 0.0};
  exp_lanes(Lanes::from(low.data())).to(out.data());
  for (std::size_t i = 0; i < 4; ++i) CHECK(out[i] == 0.0);
  CHECK(out[4] > 0.0);
  CHECK(out[6] == 1.0);
  CHECK(out[7] == 1.0);
}

}  // namespace
}  // namespace anlan::maths
