#include "base/random.h"

#include <cmath>
#include <set>

#include <doctest/doctest.h>

namespace anlan {
namespace {

TEST_CASE("philox: the known answers published with the paper") {
  struct Row {
    PhiloxCounter counter;
    PhiloxKey key;
    PhiloxCounter want;
  };
  // Random123 known-answer vectors, "philox4x32 10".
  const Row rows[] = {
      {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
      {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
       {0xffffffff, 0xffffffff},
       {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
      {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
       {0xa4093822, 0x299f31d0},
       {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
  };
  for (const Row& row : rows) CHECK(philox(row.counter, row.key) == row.want);
}

TEST_CASE("random: a draw depends on its key and number alone, not on what was drawn before") {
  const RandomKey key{.seed = 42, .subject = 7, .year = 3, .stream = 1};
  const RandomStream stream(key);
  const double tenth = stream.unit(10);
  for (int i = 0; i < 100; ++i) (void)stream.unit(static_cast<std::uint64_t>(i));
  CHECK(stream.unit(10) == tenth);
  CHECK(unit(key, 10) == tenth);
  CHECK(tenth == 0.27839245346466235);
}

TEST_CASE("random: every part of the key makes another stream") {
  const RandomKey keys[] = {{.seed = 1},
                            {.seed = 1ULL << 32},
                            {.subject = 1},
                            {.subject = 1ULL << 32},
                            {.year = 1},
                            {.stream = 1},
                            {},
                            {.seed = 1, .year = 1},
                            {.seed = 1, .stream = 1}};
  std::set<std::uint64_t> seen;
  for (const RandomKey& key : keys) {
    for (std::uint64_t draw = 0; draw < 100; ++draw) {
      CHECK(seen.insert(RandomStream(key).bits(draw)).second);
    }
  }
}

TEST_CASE(
    "random: uniform numbers stay inside (0, 1), have the right moments and fill 64 cells evenly") {
  const RandomStream stream({.seed = 2026});
  constexpr int kDraws = 1'000'000;
  constexpr int kCells = 64;
  double sum = 0.0;
  double squares = 0.0;
  int cells[kCells] = {};
  int outside = 0;
  for (int i = 0; i < kDraws; ++i) {
    const double u = stream.unit(static_cast<std::uint64_t>(i));
    if (!(u > 0.0 && u < 1.0)) ++outside;
    sum += u;
    squares += u * u;
    ++cells[static_cast<int>(kCells * u)];
  }
  CHECK(outside == 0);
  // Four standard errors.
  CHECK(std::fabs(sum / kDraws - 0.5) < 4.0 * std::sqrt(1.0 / 12.0 / kDraws));
  CHECK(std::fabs(squares / kDraws - 1.0 / 3.0) < 4.0 * std::sqrt(4.0 / 45.0 / kDraws));
  double chi_square = 0.0;
  for (const int count : cells) {
    const double expected = static_cast<double>(kDraws) / kCells;
    chi_square += (count - expected) * (count - expected) / expected;
  }
  CHECK(chi_square < 63.0 + 4.0 * std::sqrt(2.0 * 63.0));
}

}  // namespace
}  // namespace anlan
