// Shares as people read them.
#pragma once

#include <cstdint>
#include <string>

namespace anlan::underwriting {

// Percent with one decimal, half-up: 808,982 ppm is "80.9 %".
std::string percent_text(std::uint64_t ppm);

// Percent with two decimals, half-up, for rates on line: 7,000 ppm is "0.70 %".
std::string rate_text(std::uint64_t ppm);

}  // namespace anlan::underwriting
