// Low-discrepancy points: the Sobol sequence with a random digital shift.
//
// Direction numbers of S. Joe and F. Y. Kuo 2008 (SIAM J. Sci. Comput. 30, 2635; table
// new-joe-kuo-6.21201, its first 15 rows). The first 2^k points of a dimension fall one into each
// interval of length 2^-k; a digital shift (P. L'Ecuyer and C. Lemieux 2002, section 3) keeps that
// and makes each point uniform, so that independent shifts give an unbiased mean and an honest
// standard error.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/random.h"

namespace anlan {

inline constexpr std::size_t kSobolDimensionsMax = 16;
inline constexpr std::size_t kSobolPointsMax = std::size_t{1} << 32;

class SobolPoints {
 public:
  // The replicate is named by `key`: another subject, another shift. dimensions 1 to 16.
  SobolPoints(std::size_t dimensions, const RandomKey& key);

  std::size_t dimensions() const { return shifts_.size(); }
  // Coordinate of point `index` (below 2^32) in `dimension`, an odd multiple of 2^-53 in (0, 1).
  double at(std::uint64_t index, std::size_t dimension) const;

 private:
  std::vector<std::uint64_t> shifts_;  // 52 bits each
};

// The unshifted coordinate as a 32-bit fraction, in the natural (not the Gray code) order.
std::uint32_t sobol_fraction(std::uint64_t index, std::size_t dimension);

}  // namespace anlan
