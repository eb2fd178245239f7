// Webhooks: which endpoints are called for which house, and what is still to be delivered. The
// events themselves are the records of the journal; this keeps how far each endpoint has come.
//
// One SQLite file beside that of the accounts, of mode 0600. Whoever opens it has the accounts open
// (accounts.h), whose lock is the lock of both. Every change is durable when its call returns.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/share.h"
#include "house/ports.h"
#include "platform/clock_system.h"
#include "platform/sqlite.h"
#include "platform/webhook_records.h"
#include "platform/webhook_rows.h"

namespace anlan::platform {

inline constexpr std::size_t kWebhooksMax = 1'000;      // of one file
inline constexpr std::size_t kWebhooksOfActorMax = 20;  // of one actor of one house
inline constexpr std::size_t kPendingMax = 10'000;      // of one endpoint: the journal keeps more
// Of one endpoint, when somebody asks for a test or for something once more.
inline constexpr std::size_t kPendingWhenAskedMax = 100;
inline constexpr std::size_t kDeliveriesShownMax = 200;  // the newest
inline constexpr int kDeliveredDaysMax = 30;             // then a delivery that ended is forgotten
inline constexpr int kAnswerHours = 24;                  // that a repeated request gets its answer
inline constexpr int kSecretHours = 24;                  // that a rotated secret goes on signing

// accounts.db and accounts.db.webhooks.
std::filesystem::path webhooks_file(const std::filesystem::path& accounts_file);

// Who asks for a change. With a key, the same request again changes nothing and gets the answer of
// the first; another one under the key is refused with house kKeyReused.
struct WebhookRequest {
  Membership by;
  std::string key;  // empty: none
  Digest input;     // of all that is asked for
};
struct WebhookOutcome {
  WebhookId webhook;
  std::uint64_t number = 0;  // of a delivery, where one was made or taken up again
  std::string secret = {};   // of an endpoint that was added or whose secret was rotated
  bool repeated = false;
};

struct NewWebhook {
  AccountId account;
  Membership owner;
  std::string url;
  std::vector<std::string> events;
  std::uint64_t seen = 0;  // it gets what is recorded from here on
};

struct Attempt {
  DeliveryId delivery;
  HttpOutcome outcome;
  Share jitter;  // next_attempt
};

// Any thread. Every call that stores may also refuse as Database does (sqlite.h), and every one
// with a WebhookId kWebhookMissing (never made, or removed).
class Webhooks {
 public:
  // Makes the file if it is not there. `clock` outlives it; nullptr: the machine's. Refuses as
  // Database::open, kDatabaseFormat, kDatabaseDamaged.
  static Result<std::unique_ptr<Webhooks>> open(const std::filesystem::path& file,
                                                house::Clock* clock = nullptr);

  std::vector<Webhook> list(std::string_view house) const;  // without removed ones, by id
  std::vector<Webhook> active() const;
  Result<Webhook> find(WebhookId id) const;
  Result<WebhookSecrets> secrets(WebhookId id) const;  // that sign now
  // The newest first, at most kDeliveriesShownMax.
  Result<std::vector<Delivery>> deliveries(WebhookId id) const;

  // Refuses kWebhookLimit. The url is checked by check_webhook_url.
  Result<WebhookOutcome> add(const NewWebhook& webhook, const WebhookRequest& request);
  // The secret before goes on signing for kSecretHours; one before that ends now.
  Result<WebhookOutcome> rotate(WebhookId id, const WebhookRequest& request);
  Result<WebhookOutcome> remove(WebhookId id, const WebhookRequest& request);
  Result<WebhookOutcome> enable(WebhookId id, const WebhookRequest& request);
  // Delivers again, as new deliveries, what was recorded from `seq` on. Refuses kWebhookDisabled;
  // this and the next two also kDeliveriesWait (args limit).
  Result<WebhookOutcome> replay_from(WebhookId id, std::uint64_t seq,
                                     const WebhookRequest& request);
  // Begins again with one that ended. Refuses kDeliveryMissing (of this endpoint),
  // kWebhookDisabled.
  Result<WebhookOutcome> replay(WebhookId id, DeliveryId delivery, const WebhookRequest& request);
  // A delivery of no event. Refuses kWebhookDisabled.
  Result<WebhookOutcome> test(WebhookId id, const WebhookRequest& request);

  // ---- the sender's

  // What of the records behind `after` up to `seen` is to be delivered. Nothing happens when the
  // endpoint no longer stands at `after`, or is not active.
  struct Found {
    std::uint64_t after = 0;
    std::uint64_t seen = 0;
    std::vector<std::uint64_t> wanted;
  };
  Result<Done> queue(WebhookId id, const Found& found);
  Result<std::size_t> pending(WebhookId id) const;
  // Deliveries whose time has come, the longest due first.
  Result<std::vector<Delivery>> due(WebhookId id, std::size_t count) const;
  // 2xx: delivered. 410: failed, and the endpoint is disabled. Else as next_attempt says. Those of
  // kStopped are as they were.
  Result<Done> finish(std::span<const Attempt> attempts);
  Result<Done> drop(DeliveryId delivery);
  // Forgets what ended kDeliveredDaysMax ago, except failures of endpoints that are there.
  Result<Done> prune();

 private:
  struct Change {
    std::optional<WebhookRow> row;
    WebhookOutcome outcome;
  };
  using Make = std::function<Result<Change>(Instant now)>;

  Webhooks(Database database, house::Clock* clock);
  Result<Done> load();
  Result<WebhookOutcome> once(const WebhookRequest& request, const Make& make);
  Result<std::optional<WebhookOutcome>> answered(const WebhookRequest& request) const;
  Result<Done> keep_answer(const WebhookRequest& request, const WebhookOutcome& outcome,
                           Instant now);
  Result<WebhookRow> row(WebhookId id) const;
  Result<WebhookRow> active_row(WebhookId id) const;
  Result<std::size_t> count_pending(WebhookId id) const;
  Result<Done> check_waiting(WebhookId id) const;
  Result<DeliveryId> insert(WebhookId id, std::uint64_t seq, Instant now);
  Result<Done> finish_one(const Attempt& attempt, Instant now, std::vector<WebhookRow>& gone);
  // Of this id, if there is one.
  Result<std::optional<Delivery>> delivery(DeliveryId id) const;
  void publish(WebhookRow row) { rows_.insert_or_assign(row.webhook.id, std::move(row)); }

  SystemClock system_clock_;
  house::Clock* clock_;
  mutable std::mutex mutex_;
  mutable Database database_;  // and all below: under the mutex
  std::map<WebhookId, WebhookRow> rows_;
  std::uint64_t last_delivery_ = 0;
};

// That a webhook may be sent there: https, or any address and http with `to_private`. An address
// that stands in the url itself is checked now, a name when it is called. Refuses
// kWebhookUrlMalformed (args max), kWebhookUrlPlain, kWebhookTargetPrivate (args kind).
Result<Done> check_webhook_url(std::string_view url, bool to_private);

}  // namespace anlan::platform
