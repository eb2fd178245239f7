// The desk for webhooks: what the operations `webhook ...` do, for a caller who is known. Over HTTP
// the server says who calls; on its machine, while it does not run, the command line does.
#pragma once

#include <string>
#include <string_view>

#include "api/operation.h"
#include "api/session.h"
#include "platform/webhooks.h"

namespace anlan::api {

struct WebhookDesk {
  platform::Webhooks& webhooks;
  platform::Membership by;      // whose webhooks these are; the operator sees those of all
  platform::AccountId account;  // on whose behalf a new one is called
  std::string key = {};         // idempotency key; empty: none
  bool to_private = false;      // whether a new one may be at a private address
};

// One of webhook_operations(), with its options. Refuses what Webhooks does, kWebhookMissing for
// one of somebody else, kEventKindUnknown (args nearest), kReplayWhat.
Result<Reply> run_webhook(const WebhookDesk& desk, Session& session, std::string_view operation,
                          NodeReader& options);

bool is_webhook_operation(std::string_view name);

}  // namespace anlan::api
