#include "base/random.h"

namespace anlan {
namespace {

// The multipliers and Weyl increments of the paper, section 3.3 and its appendix.
constexpr std::uint32_t kMultiplier0 = 0xD2511F53;
constexpr std::uint32_t kMultiplier1 = 0xCD9E8D57;
constexpr std::uint32_t kWeyl0 = 0x9E3779B9;
constexpr std::uint32_t kWeyl1 = 0xBB67AE85;
constexpr int kRounds = 10;

constexpr std::uint32_t high_word(std::uint64_t x) { return static_cast<std::uint32_t>(x >> 32); }
constexpr std::uint32_t low_word(std::uint64_t x) { return static_cast<std::uint32_t>(x); }

}  // namespace

PhiloxCounter philox(PhiloxCounter counter, PhiloxKey key) {
  for (int round = 0; round < kRounds; ++round) {
    const std::uint64_t a = std::uint64_t{kMultiplier0} * counter[0];
    const std::uint64_t b = std::uint64_t{kMultiplier1} * counter[2];
    counter = {high_word(b) ^ counter[1] ^ key[0], low_word(b), high_word(a) ^ counter[3] ^ key[1],
               low_word(a)};
    key[0] += kWeyl0;
    key[1] += kWeyl1;
  }
  return counter;
}

RandomStream::RandomStream(const RandomKey& key) {
  const PhiloxCounter mixed =
      philox({low_word(key.subject), high_word(key.subject), key.year, key.stream},
             {low_word(key.seed), high_word(key.seed)});
  key_ = {mixed[0], mixed[1]};
  high_[0] = mixed[2];
  high_[1] = mixed[3];
}

std::uint64_t RandomStream::bits(std::uint64_t draw) const {
  const std::uint64_t block = draw / 2;
  const PhiloxCounter out = philox({low_word(block), high_word(block), high_[0], high_[1]}, key_);
  const std::size_t half = 2 * (draw % 2);
  return std::uint64_t{out[half + 1]} << 32 | out[half];
}

double RandomStream::unit(std::uint64_t draw) const {
  const std::uint64_t odd = (bits(draw) >> 12) * 2 + 1;  // below 2^53: exact as a double
  return static_cast<double>(odd) * 0x1p-53;
}

double unit(const RandomKey& key, std::uint64_t draw) { return RandomStream(key).unit(draw); }

}  // namespace anlan
