// Refusals of payments through a gateway.
#pragma once

#include <array>

#include "base/result.h"

namespace anlan::platform::refusals {

inline constexpr RefusalCode kPaymentMissing{8190, "payment_missing"};
inline constexpr RefusalCode kPaymentOther{8191, "payment_other"};

inline constexpr std::array kPayment{kPaymentMissing, kPaymentOther};

}  // namespace anlan::platform::refusals
