#include "base/sobol.h"

#include <cmath>
#include <set>
#include <vector>

#include <doctest/doctest.h>

namespace anlan {
namespace {

TEST_CASE("sobol: the first points of the first three dimensions are those of the literature") {
  // Bratley and Fox 1988 (Algorithm 659), in natural order; eighths.
  const std::uint32_t first[] = {0, 4, 2, 6, 1, 5, 3, 7};
  const std::uint32_t second[] = {0, 4, 6, 2, 5, 1, 3, 7};
  const std::uint32_t third[] = {0, 4, 6, 2, 3, 7, 5, 1};
  for (std::uint64_t i = 0; i < 8; ++i) {
    CHECK((sobol_fraction(i, 0) >> 29) == first[i]);
    CHECK((sobol_fraction(i, 1) >> 29) == second[i]);
    CHECK((sobol_fraction(i, 2) >> 29) == third[i]);
  }
}

TEST_CASE("sobol: 1,024 shifted points put one into each of 1,024 intervals of every dimension") {
  for (std::uint64_t replicate = 0; replicate < 4; ++replicate) {
    const SobolPoints points(kSobolDimensionsMax, {.seed = 1, .subject = replicate});
    for (std::size_t d = 0; d < kSobolDimensionsMax; ++d) {
      std::set<int> intervals;
      for (std::uint64_t i = 0; i < 1024; ++i) {
        const double u = points.at(i, d);
        CHECK(u > 0.0);
        intervals.insert(static_cast<int>(1024.0 * u));
      }
      CHECK(intervals.size() == 1024);
    }
  }
}

TEST_CASE(
    "sobol: each pair of the first two dimensions fills the 32 x 32 boxes once with 1,024 points") {
  const SobolPoints points(2, {.seed = 5});
  std::set<int> boxes;
  for (std::uint64_t i = 0; i < 1024; ++i) {
    boxes.insert(32 * static_cast<int>(32.0 * points.at(i, 0)) +
                 static_cast<int>(32.0 * points.at(i, 1)));
  }
  CHECK(boxes.size() == 1024);
}

TEST_CASE("sobol: replicate means of a smooth integral scatter as their standard error says") {
  // The product over 6 dimensions of (1 + (u - 1/2)) integrates to 1.
  constexpr int kReplicates = 64;
  double sum = 0.0;
  double squares = 0.0;
  for (std::uint64_t r = 0; r < kReplicates; ++r) {
    const SobolPoints points(6, {.seed = 9, .subject = r});
    double mean = 0.0;
    for (std::uint64_t i = 0; i < 1024; ++i) {
      double product = 1.0;
      for (std::size_t d = 0; d < 6; ++d) product *= 0.5 + points.at(i, d);
      mean += product / 1024.0;
    }
    sum += mean;
    squares += (mean - 1.0) * (mean - 1.0);
  }
  const double scatter = std::sqrt(squares / kReplicates);
  CHECK(scatter < 0.01 / 5.0);  // plain Monte Carlo: 0.0255
  CHECK(std::fabs(sum / kReplicates - 1.0) < 4.0 * scatter / std::sqrt(kReplicates));
}

}  // namespace
}  // namespace anlan
