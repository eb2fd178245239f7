#include "underwriting/percent.h"

#include <fmt/core.h>

namespace anlan::underwriting {

std::string percent_text(std::uint64_t ppm) {
  const std::uint64_t tenths = (ppm + 500) / 1'000;
  return fmt::format("{}.{} %", tenths / 10, tenths % 10);
}

std::string rate_text(std::uint64_t ppm) {
  const std::uint64_t hundredths = (ppm + 50) / 100;
  return fmt::format("{}.{:02} %", hundredths / 100, hundredths % 100);
}

}  // namespace anlan::underwriting
