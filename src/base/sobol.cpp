#include "base/sobol.h"

#include <array>

#include "base/check.h"

namespace anlan {
namespace {

constexpr int kBits = 32;

// Degree of the primitive polynomial, its inner coefficients as bits, and the first direction
// numbers.
struct Polynomial {
  int degree;
  std::uint32_t coefficients;
  std::array<std::uint32_t, 6> initial;
};

// Joe and Kuo 2008, rows d = 2 to 16.
constexpr std::array<Polynomial, kSobolDimensionsMax - 1> kPolynomials{{
    {1, 0, {1}},
    {2, 1, {1, 3}},
    {3, 1, {1, 3, 1}},
    {3, 2, {1, 1, 1}},
    {4, 1, {1, 1, 3, 3}},
    {4, 4, {1, 3, 5, 13}},
    {5, 2, {1, 1, 5, 5, 17}},
    {5, 4, {1, 1, 5, 5, 5}},
    {5, 7, {1, 1, 7, 11, 19}},
    {5, 11, {1, 1, 5, 1, 1}},
    {5, 13, {1, 1, 1, 3, 11}},
    {5, 14, {1, 3, 5, 5, 31}},
    {6, 1, {1, 3, 3, 9, 7, 49}},
    {6, 13, {1, 1, 1, 15, 21, 21}},
    {6, 16, {1, 3, 1, 13, 27, 49}},
}};

using Directions = std::array<std::uint32_t, kBits>;

constexpr Directions directions_of(std::size_t dimension) {
  Directions v{};
  if (dimension == 0) {
    for (int i = 0; i < kBits; ++i) v[i] = 1U << (kBits - 1 - i);
    return v;
  }
  const Polynomial& p = kPolynomials[dimension - 1];
  for (int i = 0; i < p.degree; ++i) v[i] = p.initial[i] << (kBits - 1 - i);
  for (int i = p.degree; i < kBits; ++i) {
    v[i] = v[i - p.degree] ^ (v[i - p.degree] >> p.degree);
    for (int k = 1; k < p.degree; ++k) {
      if ((p.coefficients >> (p.degree - 1 - k)) & 1U) v[i] ^= v[i - k];
    }
  }
  return v;
}

constexpr std::array<Directions, kSobolDimensionsMax> all_directions() {
  std::array<Directions, kSobolDimensionsMax> all{};
  for (std::size_t d = 0; d < kSobolDimensionsMax; ++d) all[d] = directions_of(d);
  return all;
}

constexpr auto kDirections = all_directions();

}  // namespace

std::uint32_t sobol_fraction(std::uint64_t index, std::size_t dimension) {
  ANLAN_CHECK(dimension < kSobolDimensionsMax);
  ANLAN_CHECK(index < kSobolPointsMax);
  std::uint32_t fraction = 0;
  for (int bit = 0; index != 0; index >>= 1, ++bit) {
    if (index & 1) fraction ^= kDirections[dimension][bit];
  }
  return fraction;
}

SobolPoints::SobolPoints(std::size_t dimensions, const RandomKey& key) {
  ANLAN_CHECK(dimensions >= 1);
  ANLAN_CHECK(dimensions <= kSobolDimensionsMax);
  const RandomStream stream(key);
  for (std::size_t d = 0; d < dimensions; ++d) shifts_.push_back(stream.bits(d) >> 12);
}

double SobolPoints::at(std::uint64_t index, std::size_t dimension) const {
  const std::uint64_t fraction = std::uint64_t{sobol_fraction(index, dimension)} << 20;
  return static_cast<double>((fraction ^ shifts_[dimension]) * 2 + 1) * 0x1p-53;
}

}  // namespace anlan
