// Counter-based random numbers: the same key and draw give the same bits, whoever asks and in what
// order.
//
// Philox4x32-10 of J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw 2011 ("Parallel random
// numbers: as easy as 1, 2, 3", SC11, section 3.3): ten rounds of a keyed bijection of 128-bit
// counters. There is no state, so that a single year or policy can be computed alone.
#pragma once

#include <array>
#include <cstdint>

namespace anlan {

using PhiloxCounter = std::array<std::uint32_t, 4>;
using PhiloxKey = std::array<std::uint32_t, 2>;

// Ten rounds of Philox4x32. Cost about 20 ns.
PhiloxCounter philox(PhiloxCounter counter, PhiloxKey key);

// Which stream of numbers: every part is data of the run, none is a clock or a thread.
struct RandomKey {
  std::uint64_t seed = 0;     // of the run
  std::uint64_t subject = 0;  // whose draw: policy, peril, replicate
  std::uint32_t year = 0;
  std::uint32_t stream = 0;  // what for: each use of a module has its own constant
  bool operator==(const RandomKey&) const = default;
};

// The numbers of one key. The key is mixed into 128 bits once (two streams meet with probability
// 2^-64 a pair); each draw costs one philox.
class RandomStream {
 public:
  explicit RandomStream(const RandomKey& key);

  // Uniform on (0, 1): an odd multiple of 2^-53, never 0 or 1. Draws 2k and 2k + 1 share one block.
  double unit(std::uint64_t draw) const;
  // 64 uniform bits.
  std::uint64_t bits(std::uint64_t draw) const;

 private:
  PhiloxKey key_;
  std::uint32_t high_[2];
};

// One draw of one key.
double unit(const RandomKey& key, std::uint64_t draw);

}  // namespace anlan
