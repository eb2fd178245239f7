// Refusals of calls to elsewhere, and of webhooks.
#pragma once

#include <array>

#include "base/result.h"

namespace anlan::platform::refusals {

inline constexpr RefusalCode kHttpAuthorityUnusable{8100,
                                                    "http_authority_unusable"};    // args reason
inline constexpr RefusalCode kWebhookUrlMalformed{8101, "webhook_url_malformed"};  // args max
inline constexpr RefusalCode kWebhookUrlPlain{8102, "webhook_url_plain"};
inline constexpr RefusalCode kWebhookTargetPrivate{8103, "webhook_target_private"};  // args kind
inline constexpr RefusalCode kWebhookMissing{8104, "webhook_missing"};
inline constexpr RefusalCode kWebhookLimit{8105, "webhook_limit"};  // args limit
inline constexpr RefusalCode kWebhookDisabled{8106, "webhook_disabled"};
inline constexpr RefusalCode kDeliveryMissing{8107, "delivery_missing"};
inline constexpr RefusalCode kDeliveriesWait{8108, "deliveries_wait"};  // args limit

inline constexpr std::array kWebhook{kHttpAuthorityUnusable, kWebhookUrlMalformed, kWebhookUrlPlain,
                                     kWebhookTargetPrivate,  kWebhookMissing,      kWebhookLimit,
                                     kWebhookDisabled,       kDeliveryMissing,     kDeliveriesWait};

}  // namespace anlan::platform::refusals
