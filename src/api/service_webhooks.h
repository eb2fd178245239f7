// Webhooks of a server: the desk for those who manage theirs over HTTP, and the sender that calls
// them in the background.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "api/operation.h"
#include "api/service.h"
#include "platform/webhook_sender.h"

namespace anlan::api {

struct ServedWebhooksOptions {
  std::string accounts_file;  // theirs stands beside it
  bool to_private = false;    // --webhooks-to-private
  std::string ca_file;        // --webhooks-ca
  platform::HttpLog log;
};

// Thread rule: any thread.
class ServedWebhooks {
 public:
  // Opens the file, or makes it, and begins to send. The houses and the accounts outlive it.
  // Refuses as Webhooks::open and WebhookSender::start.
  static Result<std::unique_ptr<ServedWebhooks>> start(const Service::Houses& houses,
                                                       const platform::Accounts& accounts,
                                                       ServedWebhooksOptions options);

  // One of webhook_operations() as a request: `words` of the operation and its options, those of
  // the machine not among them. Refuses as parse_options and run_webhook.
  struct Asked {
    const Operation& operation;
    const std::vector<std::string>& words;
    platform::Membership by;
    platform::AccountId account;
  };
  Result<Reply> run(Session& session, const Asked& asked);
  // The same of a command line, whose actor is believed and whose --login is the account; which
  // file of accounts it names does not matter. Refuses kMissingOption, kUnknownActor and as run().
  Result<Reply> run_typed(Session& session, const std::vector<std::string>& words,
                          const platform::Accounts& accounts);

 private:
  ServedWebhooks(std::unique_ptr<platform::Webhooks> webhooks, bool to_private)
      : webhooks_(std::move(webhooks)), to_private_(to_private) {}
  std::unique_ptr<platform::Webhooks> webhooks_;
  bool to_private_;
  std::unique_ptr<platform::WebhookSender> sender_;  // last: it uses the others
};

}  // namespace anlan::api
