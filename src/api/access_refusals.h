// Refusals of access over HTTP: who may come in, and as whom. They stand apart from refusals.h,
// which every operation reads.
#pragma once

#include <array>

#include "base/result.h"

namespace anlan::api::refusals {

// Who asks over HTTP.
inline constexpr RefusalCode kCrossSite{9230, "cross_site"};
inline constexpr RefusalCode kSessionNeeded{9231, "session_needed"};
inline constexpr RefusalCode kAdministratorNeeded{9232, "administrator_needed"};
inline constexpr RefusalCode kHouseUnlicensed{9233, "house_unlicensed"};
inline constexpr RefusalCode kFactorNotFresh{9234, "factor_not_fresh"};       // args minutes
inline constexpr RefusalCode kRoleNotOfKind{9235, "role_not_of_kind"};        // args role, kind
inline constexpr RefusalCode kOtherOrganisation{9236, "other_organisation"};  // args organisation
inline constexpr RefusalCode kTooManyRequests{9237, "too_many_requests"};     // args seconds
inline constexpr RefusalCode kAskingClosed{9238, "asking_closed"};

inline constexpr std::array kAccess{kCrossSite,         kSessionNeeded,   kAdministratorNeeded,
                                    kHouseUnlicensed,   kFactorNotFresh,  kRoleNotOfKind,
                                    kOtherOrganisation, kTooManyRequests, kAskingClosed};

}  // namespace anlan::api::refusals
