// Refusals of programs of this house that speak to a server that runs.
#pragma once

#include <array>

#include "base/result.h"

namespace anlan::api::refusals {

inline constexpr RefusalCode kServerAddress{9270, "server_address"};
inline constexpr RefusalCode kApiKeyNeeded{9271, "api_key_needed"};

inline constexpr std::array kDoors{kServerAddress, kApiKeyNeeded};

}  // namespace anlan::api::refusals
