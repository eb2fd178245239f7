// Share: a part of a whole in parts per million, 0 to 1,000,000. Unit conversions are named.
#pragma once

#include <compare>
#include <cstdint>

#include "base/check.h"

namespace anlan {

class Share {
 public:
  static constexpr std::uint32_t kWhole = 1'000'000;
  constexpr Share() = default;
  static constexpr Share from_ppm(std::uint32_t ppm) {
    ANLAN_CHECK(ppm <= kWhole);
    return Share(ppm);
  }
  static constexpr Share from_bp(std::uint32_t bp) { return from_ppm(bp * 100); }
  static constexpr Share from_percent(std::uint32_t percent) { return from_ppm(percent * 10'000); }
  constexpr std::uint32_t ppm() const { return ppm_; }
  constexpr Share rest() const { return Share(kWhole - ppm_); }
  auto operator<=>(const Share&) const = default;

 private:
  explicit constexpr Share(std::uint32_t ppm) : ppm_(ppm) {}
  std::uint32_t ppm_ = 0;
};

}  // namespace anlan
