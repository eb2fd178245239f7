// The program's version, as `anlan version` states it, and which calculation made a quote.
#pragma once

#include <string_view>

namespace anlan::api {

inline constexpr std::string_view kVersion = "0.1.0";

// Version and bits of the reference company's record (calibration_test): two programs of one
// version whose engine or data differ do not have the same. Every quote states it.
inline constexpr std::string_view kReferenceBits = "9e59ce325589";
inline constexpr std::string_view kPricer = "0.1.0/9e59ce325589";

}  // namespace anlan::api
