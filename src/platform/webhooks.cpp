#include "platform/webhooks.h"

#include <algorithm>

#include "house/refusals.h"
#include "platform/http_url.h"
#include "platform/ip_address.h"
#include "platform/schema.h"
#include "platform/shared_database.h"
#include "platform/webhook_refusals.h"
#include "platform/webhook_schedule.h"
#include "platform/webhook_signature.h"

namespace anlan::platform {
namespace {

constexpr std::int64_t kHour = std::int64_t{3'600} * 1'000'000;
constexpr std::int64_t kDay = 24 * kHour;
constexpr int kGone = 410;

std::int64_t number_of(auto id) { return static_cast<std::int64_t>(id.number); }

Instant later(Instant at, std::int64_t micros) {
  return Instant::from_micros(at.micros() + micros);
}

Refusal refused(RefusalCode code, std::string_view path, std::string value,
                std::vector<RefusalArg> args = {}) {
  return Refusal{.code = code,
                 .path = std::string(path),
                 .value = std::move(value),
                 .args = std::move(args),
                 .at = {}};
}

Result<Done> check_limit(std::size_t count, std::size_t limit) {
  if (count < limit) return Done{};
  return refused(refusals::kWebhookLimit, "url", {},
                 {{.name = "limit", .value = std::to_string(limit)}});
}

}  // namespace

std::filesystem::path webhooks_file(const std::filesystem::path& accounts_file) {
  return accounts_file.string() + ".webhooks";
}

Result<Done> check_webhook_url(std::string_view text, bool to_private) {
  const std::optional<HttpUrl> url = read_http_url(text);
  if (!url) {
    return refused(refusals::kWebhookUrlMalformed, "url", std::string(text),
                   {{.name = "max", .value = std::to_string(kUrlBytesMax)}});
  }
  if (to_private) return Done{};
  if (!url->tls) return refused(refusals::kWebhookUrlPlain, "url", std::string(text));
  const std::optional<IpAddress> address = read_ip_address(url->host);
  if (!address || kind_of(*address) == AddressKind::kPublic) return Done{};
  return refused(refusals::kWebhookTargetPrivate, "url", std::string(text),
                 {{.name = "kind", .value = std::string(name_of(kind_of(*address)))}});
}

// ---- the file

Webhooks::Webhooks(Database database, house::Clock* clock)
    : clock_(clock ? clock : &system_clock_), database_(std::move(database)) {}

Result<std::unique_ptr<Webhooks>> Webhooks::open(const std::filesystem::path& file,
                                                 house::Clock* clock) {
  ANLAN_TRY(Database database, open_shared(file, {.application_id = schema::kWebhooksId,
                                                  .format = schema::kFormat,
                                                  .schema = schema::kWebhooks}));
  // A secret that was rotated out leaves no bytes behind.
  ANLAN_REQUIRE(database.run("PRAGMA secure_delete=ON"));
  std::unique_ptr<Webhooks> webhooks(new Webhooks(std::move(database), clock));
  ANLAN_REQUIRE(webhooks->load());
  return webhooks;
}

Result<Done> Webhooks::load() {
  ANLAN_TRY(std::vector<WebhookRow> rows, read_webhook_rows(database_));
  for (WebhookRow& row : rows) publish(std::move(row));
  ANLAN_TRY(const std::int64_t last, database_.whole_of("SELECT max(delivery) FROM deliveries"));
  last_delivery_ = static_cast<std::uint64_t>(last);
  return Done{};
}

// ---- what is there

std::vector<Webhook> Webhooks::list(std::string_view house) const {
  const std::lock_guard lock(mutex_);
  std::vector<Webhook> found;
  for (const auto& [id, row] : rows_) {
    const Webhook& webhook = row.webhook;
    if (webhook.owner.house == house && webhook.state != WebhookState::kRemoved)
      found.push_back(webhook);
  }
  return found;
}

std::vector<Webhook> Webhooks::active() const {
  const std::lock_guard lock(mutex_);
  std::vector<Webhook> found;
  for (const auto& [id, row] : rows_) {
    if (row.webhook.state == WebhookState::kActive) found.push_back(row.webhook);
  }
  return found;
}

Result<WebhookRow> Webhooks::row(WebhookId id) const {
  const auto found = rows_.find(id);
  if (found == rows_.end() || found->second.webhook.state == WebhookState::kRemoved)
    return refused(refusals::kWebhookMissing, "webhook", to_text(id));
  return found->second;
}

Result<WebhookRow> Webhooks::active_row(WebhookId id) const {
  ANLAN_TRY(WebhookRow found, row(id));
  if (found.webhook.state == WebhookState::kDisabled)
    return refused(refusals::kWebhookDisabled, "webhook", to_text(id));
  return found;
}

Result<Webhook> Webhooks::find(WebhookId id) const {
  const std::lock_guard lock(mutex_);
  ANLAN_TRY(const WebhookRow found, row(id));
  return found.webhook;
}

Result<WebhookSecrets> Webhooks::secrets(WebhookId id) const {
  const std::lock_guard lock(mutex_);
  ANLAN_TRY(WebhookRow found, row(id));
  const std::optional<Instant>& until = found.webhook.secret_before_until;
  if (!until || *until <= clock_->now()) found.secrets.before.clear();
  return found.secrets;
}

Result<std::vector<Delivery>> Webhooks::deliveries(WebhookId id) const {
  const std::lock_guard lock(mutex_);
  return read_deliveries(database_, "WHERE endpoint = ? ORDER BY delivery DESC LIMIT ?",
                         number_of(id), kDeliveriesShownMax);
}

// ---- what people and programs change

Result<std::optional<WebhookOutcome>> Webhooks::answered(const WebhookRequest& request) const {
  if (request.key.empty()) return std::optional<WebhookOutcome>();
  ANLAN_TRY(Statement find,
            database_.prepare("SELECT input, endpoint, number, secret FROM answers "
                              "WHERE house = ? AND actor = ? AND key = ? AND at > ?"));
  find.bind_text(0, request.by.house)
      .bind_text(1, request.by.actor.text)
      .bind_text(2, request.key)
      .bind(3, clock_->now().micros() - kAnswerHours * kHour);
  ANLAN_TRY(const bool known, find.step());
  if (!known) return std::optional<WebhookOutcome>();
  const BytesView input = find.blob(0);
  if (!std::equal(input.begin(), input.end(), request.input.bytes.begin(),
                  request.input.bytes.end()))
    return refused(house::refusals::kKeyReused, "key", request.key);
  return std::optional<WebhookOutcome>(
      WebhookOutcome{.webhook = {static_cast<std::uint64_t>(find.whole(1))},
                     .number = static_cast<std::uint64_t>(find.whole(2)),
                     .secret = std::string(find.text(3)),
                     .repeated = true});
}

Result<Done> Webhooks::keep_answer(const WebhookRequest& request, const WebhookOutcome& outcome,
                                   Instant now) {
  {
    ANLAN_TRY(Statement forget, database_.prepare("DELETE FROM answers WHERE at <= ?"));
    ANLAN_REQUIRE(forget.bind(0, now.micros() - kAnswerHours * kHour).run());
  }
  if (request.key.empty()) return Done{};
  ANLAN_TRY(Statement put, database_.prepare("INSERT INTO answers VALUES(?, ?, ?, ?, ?, ?, ?, ?)"));
  return put.bind_text(0, request.by.house)
      .bind_text(1, request.by.actor.text)
      .bind_text(2, request.key)
      .bind_blob(3, request.input.bytes)
      .bind(4, number_of(outcome.webhook))
      .bind(5, static_cast<std::int64_t>(outcome.number))
      .bind_text(6, outcome.secret)
      .bind(7, now.micros())
      .run();
}

Result<WebhookOutcome> Webhooks::once(const WebhookRequest& request, const Make& make) {
  const std::lock_guard lock(mutex_);
  ANLAN_TRY(const std::optional<WebhookOutcome> before, answered(request));
  if (before) return *before;
  const Instant now = clock_->now();
  const std::uint64_t last = last_delivery_;
  const auto change_in_transaction = [&]() -> Result<Change> {
    ANLAN_TRY(WriteTransaction transaction, WriteTransaction::start(database_));
    ANLAN_TRY(Change change, make(now));
    if (change.row) ANLAN_REQUIRE(write_row(database_, *change.row));
    ANLAN_REQUIRE(keep_answer(request, change.outcome, now));
    ANLAN_REQUIRE(transaction.commit());
    return change;
  };
  Result<Change> change = change_in_transaction();
  if (!change.ok()) {
    last_delivery_ = last;
    return change.refusal();
  }
  if (change->row) publish(*change->row);
  return change->outcome;
}

Result<WebhookOutcome> Webhooks::add(const NewWebhook& wanted, const WebhookRequest& request) {
  return once(request, [&](Instant now) -> Result<Change> {
    std::size_t all = 0;
    std::size_t own = 0;
    for (const auto& [id, row] : rows_) {
      if (row.webhook.state == WebhookState::kRemoved) continue;
      ++all;
      if (row.webhook.owner == wanted.owner) ++own;
    }
    ANLAN_REQUIRE(check_limit(all, kWebhooksMax));
    ANLAN_REQUIRE(check_limit(own, kWebhooksOfActorMax));
    WebhookRow row;
    row.webhook = {.id = {rows_.empty() ? 1 : rows_.rbegin()->first.number + 1},
                   .account = wanted.account,
                   .owner = wanted.owner,
                   .url = wanted.url,
                   .events = wanted.events,
                   .state = WebhookState::kActive,
                   .created = now,
                   .seen = wanted.seen};
    row.secrets.newest = new_webhook_secret();
    WebhookOutcome outcome{.webhook = row.webhook.id, .secret = row.secrets.newest};
    return Change{.row = std::move(row), .outcome = std::move(outcome)};
  });
}

Result<WebhookOutcome> Webhooks::rotate(WebhookId id, const WebhookRequest& request) {
  return once(request, [&](Instant now) -> Result<Change> {
    ANLAN_TRY(WebhookRow changed, row(id));
    changed.secrets = {.newest = new_webhook_secret(), .before = changed.secrets.newest};
    changed.webhook.secret_before_until = later(now, kSecretHours * kHour);
    WebhookOutcome outcome{.webhook = id, .secret = changed.secrets.newest};
    return Change{.row = std::move(changed), .outcome = std::move(outcome)};
  });
}

Result<WebhookOutcome> Webhooks::remove(WebhookId id, const WebhookRequest& request) {
  return once(request, [&](Instant now) -> Result<Change> {
    ANLAN_TRY(WebhookRow changed, row(id));
    changed.webhook.state = WebhookState::kRemoved;
    changed.webhook.url.clear();
    changed.webhook.secret_before_until.reset();
    changed.secrets = {};
    ANLAN_TRY(Statement drop, database_.prepare("UPDATE deliveries SET state = ?, next = ? "
                                                "WHERE endpoint = ? AND state = 1"));
    drop.bind(0, static_cast<std::int64_t>(DeliveryState::kDropped)).bind(1, now.micros());
    ANLAN_REQUIRE(drop.bind(2, number_of(id)).run());
    ANLAN_TRY(Statement forget, database_.prepare("DELETE FROM answers WHERE endpoint = ?"));
    ANLAN_REQUIRE(forget.bind(0, number_of(id)).run());
    return Change{.row = std::move(changed), .outcome = {.webhook = id}};
  });
}

Result<WebhookOutcome> Webhooks::enable(WebhookId id, const WebhookRequest& request) {
  return once(request, [&](Instant) -> Result<Change> {
    ANLAN_TRY(WebhookRow changed, row(id));
    changed.webhook.state = WebhookState::kActive;
    return Change{.row = std::move(changed), .outcome = {.webhook = id}};
  });
}

Result<std::size_t> Webhooks::count_pending(WebhookId id) const {
  ANLAN_TRY(const std::int64_t count,
            database_.whole_of("SELECT count(*) FROM deliveries WHERE state = 1 AND endpoint = " +
                               std::to_string(id.number)));
  return static_cast<std::size_t>(count);
}

Result<Done> Webhooks::check_waiting(WebhookId id) const {
  ANLAN_TRY(const std::size_t waiting, count_pending(id));
  if (waiting < kPendingWhenAskedMax) return Done{};
  return refused(refusals::kDeliveriesWait, "webhook", to_text(id),
                 {{.name = "limit", .value = std::to_string(kPendingWhenAskedMax)}});
}

Result<WebhookOutcome> Webhooks::replay_from(WebhookId id, std::uint64_t seq,
                                             const WebhookRequest& request) {
  return once(request, [&](Instant) -> Result<Change> {
    ANLAN_TRY(WebhookRow changed, active_row(id));
    ANLAN_REQUIRE(check_waiting(id));
    changed.webhook.seen = std::min(changed.webhook.seen, seq == 0 ? 0 : seq - 1);
    return Change{.row = std::move(changed), .outcome = {.webhook = id, .number = seq}};
  });
}

Result<WebhookOutcome> Webhooks::replay(WebhookId id, DeliveryId delivery_id,
                                        const WebhookRequest& request) {
  return once(request, [&](Instant now) -> Result<Change> {
    ANLAN_REQUIRE(active_row(id));
    ANLAN_TRY(std::optional<Delivery> found, delivery(delivery_id));
    if (!found || found->webhook != id)
      return refused(refusals::kDeliveryMissing, "delivery", to_text(delivery_id));
    if (found->state != DeliveryState::kPending) ANLAN_REQUIRE(check_waiting(id));
    found->state = DeliveryState::kPending;
    found->attempts = 0;
    found->queued = found->next = now;
    ANLAN_REQUIRE(write_row(database_, *found));
    return Change{.row = {}, .outcome = {.webhook = id, .number = delivery_id.number}};
  });
}

Result<WebhookOutcome> Webhooks::test(WebhookId id, const WebhookRequest& request) {
  return once(request, [&](Instant now) -> Result<Change> {
    ANLAN_REQUIRE(active_row(id));
    ANLAN_REQUIRE(check_waiting(id));
    ANLAN_TRY(const DeliveryId made, insert(id, 0, now));
    return Change{.row = {}, .outcome = {.webhook = id, .number = made.number}};
  });
}

// ---- what the sender changes

Result<DeliveryId> Webhooks::insert(WebhookId id, std::uint64_t seq, Instant now) {
  const Delivery made{
      .id = {++last_delivery_}, .webhook = id, .seq = seq, .queued = now, .next = now};
  ANLAN_REQUIRE(write_row(database_, made));
  return made.id;
}

Result<Done> Webhooks::queue(WebhookId id, const Found& found) {
  const std::lock_guard lock(mutex_);
  const auto known = rows_.find(id);
  if (known == rows_.end()) return Done{};
  WebhookRow changed = known->second;
  Webhook& webhook = changed.webhook;
  if (webhook.state != WebhookState::kActive || webhook.seen != found.after) return Done{};
  const std::uint64_t last = last_delivery_;
  const Instant now = clock_->now();
  const auto store = [&]() -> Result<Done> {
    ANLAN_TRY(WriteTransaction transaction, WriteTransaction::start(database_));
    for (const std::uint64_t seq : found.wanted) ANLAN_REQUIRE(insert(id, seq, now));
    webhook.seen = found.seen;
    ANLAN_REQUIRE(write_row(database_, changed));
    return transaction.commit();
  };
  const Result<Done> stored = store();
  if (stored.ok()) {
    publish(std::move(changed));
  } else {
    last_delivery_ = last;
  }
  return stored;
}

Result<std::size_t> Webhooks::pending(WebhookId id) const {
  const std::lock_guard lock(mutex_);
  return count_pending(id);
}

Result<std::vector<Delivery>> Webhooks::due(WebhookId id, std::size_t count) const {
  const std::lock_guard lock(mutex_);
  return read_deliveries(
      database_,
      "WHERE state = 1 AND endpoint = ? AND next <= ? ORDER BY next LIMIT " + std::to_string(count),
      number_of(id), clock_->now().micros());
}

Result<std::optional<Delivery>> Webhooks::delivery(DeliveryId id) const {
  ANLAN_TRY(std::vector<Delivery> found,
            read_deliveries(database_, "WHERE delivery = ? LIMIT ?", number_of(id), 1));
  if (found.empty()) return std::optional<Delivery>();
  return std::optional<Delivery>(found.front());
}

Result<Done> Webhooks::finish_one(const Attempt& attempt, Instant now,
                                  std::vector<WebhookRow>& gone) {
  const auto& [status, failure] = attempt.outcome;
  ANLAN_TRY(std::optional<Delivery> found, delivery(attempt.delivery));
  if (failure == HttpFailure::kStopped || !found || found->state != DeliveryState::kPending)
    return Done{};
  found->attempts += 1;
  found->status = status;
  found->failure = failure;
  const std::optional<Instant> again = next_attempt(
      {.queued = found->queued, .now = now, .attempts = found->attempts, .jitter = attempt.jitter});
  found->next = again.value_or(now);
  if (!again) found->state = DeliveryState::kFailed;
  if (200 <= status && status < 300) {
    found->state = DeliveryState::kDelivered;
    found->next = now;
  }
  if (status == kGone) {
    found->state = DeliveryState::kFailed;
    found->next = now;
    WebhookRow changed = rows_.at(found->webhook);
    changed.webhook.state = WebhookState::kDisabled;
    ANLAN_REQUIRE(write_row(database_, changed));
    gone.push_back(std::move(changed));
  }
  return write_row(database_, *found);
}

Result<Done> Webhooks::finish(std::span<const Attempt> attempts) {
  if (attempts.empty()) return Done{};
  const std::lock_guard lock(mutex_);
  std::vector<WebhookRow> gone;
  ANLAN_TRY(WriteTransaction transaction, WriteTransaction::start(database_));
  for (const Attempt& attempt : attempts) ANLAN_REQUIRE(finish_one(attempt, clock_->now(), gone));
  ANLAN_REQUIRE(transaction.commit());
  for (WebhookRow& row : gone) publish(std::move(row));
  return Done{};
}

Result<Done> Webhooks::drop(DeliveryId id) {
  const std::lock_guard lock(mutex_);
  ANLAN_TRY(WriteTransaction transaction, WriteTransaction::start(database_));
  ANLAN_TRY(std::optional<Delivery> found, delivery(id));
  if (!found || found->state != DeliveryState::kPending) return Done{};
  found->state = DeliveryState::kDropped;
  found->next = clock_->now();
  ANLAN_REQUIRE(write_row(database_, *found));
  return transaction.commit();
}

Result<Done> Webhooks::prune() {
  const std::lock_guard lock(mutex_);
  const std::int64_t before = clock_->now().micros() - kDeliveredDaysMax * kDay;
  ANLAN_TRY(WriteTransaction transaction, WriteTransaction::start(database_));
  {
    // The newest stays, so that its number is not given again.
    ANLAN_TRY(Statement forget,
              database_.prepare("DELETE FROM deliveries WHERE state <> 1 AND next < ? AND delivery "
                                "< ? AND (state <> 3 OR endpoint IN (SELECT endpoint FROM "
                                "endpoints WHERE state = 3))"));
    forget.bind(0, before).bind(1, static_cast<std::int64_t>(last_delivery_));
    ANLAN_REQUIRE(forget.run());
  }
  return transaction.commit();
}

}  // namespace anlan::platform
