// The sender of webhooks: one thread that follows the journals, and calls the endpoints.
//
// It holds up nobody: it reads what is committed, and the endpoints of one actor, slow or gone,
// take a share of the calls that are under way, never all of them. What a killed process had not
// heard the end of is sent again: at least once, under the same delivery.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "platform/http_client.h"
#include "platform/webhooks.h"

namespace anlan::platform {

// What the sender asks of whoever knows the houses. Both are called on its thread.
struct WebhookSource {
  // What of the records behind webhook.seen it is to get; at most `count` records are looked at.
  // Nothing: there are no new ones, or its owner may get none now.
  std::function<Result<std::optional<Webhooks::Found>>(const Webhook&, std::size_t count)> look;
  // The body of a delivery as its owner sees the event now; nothing: no longer at all.
  std::function<Result<std::optional<std::string>>(const Webhook&, const Delivery&)> body;
  // Whether it may be called now; deliveries wait while it may not.
  std::function<bool(const Webhook&)> may_call;
};

struct WebhookSenderOptions {
  HttpClientOptions client;
  std::string user_agent;
  HttpLog log;  // a JSON line for each attempt and each fault; no secrets, no bodies
  house::Clock* clock = nullptr;              // of the signature; nullptr: the machine's
  std::chrono::milliseconds look_every{250};  // for what is new and what is due
  std::size_t calls_max = 32;                 // under way
  std::size_t calls_of_one_max = 4;           // of one endpoint
  std::size_t calls_of_actor_max = 8;         // of all endpoints of one actor of one house
};

class WebhookSender {
 public:
  // `webhooks` outlives it. Refuses as HttpClient::start.
  static Result<std::unique_ptr<WebhookSender>> start(Webhooks& webhooks, WebhookSource source,
                                                      WebhookSenderOptions options);
  WebhookSender(const WebhookSender&) = delete;
  WebhookSender& operator=(const WebhookSender&) = delete;
  ~WebhookSender();  // stops: calls that are under way are cut, and made again at the next start

 private:
  class Impl;
  explicit WebhookSender(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace anlan::platform
