// Refusals of payments through a gateway. Their sentences are in data/locales.
#pragma once

#include <array>

#include "base/result.h"

namespace anlan::api::refusals {

inline constexpr RefusalCode kGatewayNone{9310, "gateway_none"};
inline constexpr RefusalCode kPaymentHeld{9311, "payment_held"};  // args id
inline constexpr RefusalCode kNoticeForged{9312, "notice_forged"};
inline constexpr RefusalCode kNoticeAmount{9313, "notice_amount"};  // args amount
inline constexpr RefusalCode kPayeeAccount{9314, "payee_account"};  // args digits, max

inline constexpr std::array kPayment{kGatewayNone, kPaymentHeld, kNoticeForged, kNoticeAmount,
                                     kPayeeAccount};

}  // namespace anlan::api::refusals
