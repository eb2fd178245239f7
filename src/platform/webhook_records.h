// Endpoints that are called when something happened in a house, and what was sent to them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "base/id.h"
#include "base/sha256.h"
#include "base/time.h"
#include "platform/account_records.h"
#include "platform/http_client.h"

namespace anlan::platform {

struct WebhookTag {
  static constexpr std::string_view kPrefix = "whk";
};
struct DeliveryTag {
  static constexpr std::string_view kPrefix = "dlv";
};
using WebhookId = Id<WebhookTag>;    // in the order of making, never given again
using DeliveryId = Id<DeliveryTag>;  // likewise; of every attempt to deliver one event

enum class WebhookState : std::uint8_t {
  kActive = 1,
  kDisabled = 2,  // it answered 410 Gone; what happens meanwhile is delivered once it is enabled
  kRemoved = 3,
};
constexpr auto enum_names(WebhookState*) {
  using S = WebhookState;
  return std::array{EnumName<S>{S::kActive, "active"}, EnumName<S>{S::kDisabled, "disabled"},
                    EnumName<S>{S::kRemoved, "removed"}};
}

struct Webhook {
  WebhookId id;
  AccountId account;                // on whose behalf; nothing is delivered while it is disabled
  Membership owner;                 // sees what this actor of this house sees
  std::string url;                  // as given
  std::vector<std::string> events;  // names of kinds; none: all
  WebhookState state = WebhookState::kActive;
  Instant created;
  std::uint64_t seen = 0;                      // records of the journal that were looked at
  std::optional<Instant> secret_before_until;  // until then the secret before signs as well
  bool operator==(const Webhook&) const = default;
};

struct WebhookSecrets {
  std::string newest;
  std::string before;  // empty: none was rotated out
};

enum class DeliveryState : std::uint8_t {
  kPending = 1,
  kDelivered = 2,
  kFailed = 3,   // given up; may be replayed
  kDropped = 4,  // its endpoint was removed, or its owner no longer sees what it speaks of
};
constexpr auto enum_names(DeliveryState*) {
  using S = DeliveryState;
  return std::array{EnumName<S>{S::kPending, "pending"}, EnumName<S>{S::kDelivered, "delivered"},
                    EnumName<S>{S::kFailed, "failed"}, EnumName<S>{S::kDropped, "dropped"}};
}

struct Delivery {
  DeliveryId id;
  WebhookId webhook;
  std::uint64_t seq = 0;  // of the event in the journal; 0: a test
  DeliveryState state = DeliveryState::kPending;
  std::uint32_t attempts = 0;
  Instant queued;
  Instant next;    // of the next attempt while pending, else when it ended
  int status = 0;  // of the last answer; 0: there was none
  HttpFailure failure = HttpFailure::kNone;  // of the last attempt
  bool operator==(const Delivery&) const = default;
};

}  // namespace anlan::platform
