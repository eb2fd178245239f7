// Refusals of programs of this house that speak to a server that runs, and of what such a server is
// asked to keep open.
#pragma once

#include <array>

#include "base/result.h"

namespace anlan::api::refusals {

inline constexpr RefusalCode kServerAddress{9270, "server_address"};
inline constexpr RefusalCode kApiKeyNeeded{9271, "api_key_needed"};

inline constexpr RefusalCode kServedByOther{9272, "served_by_other"};    // args user
inline constexpr RefusalCode kServerSilent{9273, "server_silent"};       // args reason
inline constexpr RefusalCode kTooManyStreams{9274, "too_many_streams"};  // args limit
inline constexpr RefusalCode kLastEventMalformed{9275, "last_event_malformed"};

inline constexpr std::array kDoors{kServerAddress, kApiKeyNeeded,   kServedByOther,
                                   kServerSilent,  kTooManyStreams, kLastEventMalformed};

}  // namespace anlan::api::refusals
