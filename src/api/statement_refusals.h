// Refusals of a bank's statement. Their sentences are in data/locales.
#pragma once

#include <array>

#include "base/result.h"

namespace anlan::api::refusals {

inline constexpr RefusalCode kSerialUnusable{9300, "serial_unusable"};

inline constexpr std::array kStatement{kSerialUnusable};

}  // namespace anlan::api::refusals
