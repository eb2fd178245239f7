#include "platform/webhooks.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "house/refusals.h"
#include "platform/accounts_testing.h"
#include "platform/refusals.h"

namespace anlan::platform {
namespace {

using namespace testing;

struct Store {
  TempFolder folder;
  house::FixedClock clock{kStart};
  std::unique_ptr<Webhooks> webhooks;

  Store() { open_again(); }
  fs::path file() const { return folder / "accounts.db.webhooks"; }
  void open_again() {
    webhooks.reset();
    webhooks = std::move(Webhooks::open(file(), &clock)).value();
  }
  Webhooks* operator->() { return webhooks.get(); }
  void pass(std::int64_t seconds) {
    clock.set(Instant::from_micros(clock.now().micros() + seconds * 1'000'000));
  }
  WebhookId add(std::uint64_t seen = 10) {
    return webhooks->add(wanted("li.broker", seen), request()).value().webhook;
  }
  static NewWebhook wanted(const std::string& actor = "li.broker", std::uint64_t seen = 10) {
    return {.account = {1},
            .owner = {.house = "ningbo", .actor = {actor}},
            .url = "https://hooks.example.com/a",
            .events = {"policy_bound", "claim_paid"},
            .seen = seen};
  }
  static WebhookRequest request(std::string key = {}, std::string_view input = "a") {
    return {.by = {.house = "ningbo", .actor = {"li.broker"}},
            .key = std::move(key),
            .input = sha256(bytes_of(input))};
  }
  Delivery newest(WebhookId id) { return webhooks->deliveries(id).value().front(); }
  void queue(WebhookId id, std::vector<std::uint64_t> wanted_seqs) {
    const std::uint64_t seen = webhooks->find(id)->seen;
    REQUIRE(webhooks->queue(id, {.after = seen, .seen = seen + 10, .wanted = wanted_seqs}).ok());
  }
  void finish(DeliveryId id, int status, HttpFailure failure = HttpFailure::kNone) {
    const Attempt attempt{.delivery = id, .outcome = {.status = status, .failure = failure}};
    REQUIRE(webhooks->finish({&attempt, 1}).ok());
  }
};

TEST_CASE("webhooks: one that was added is there when the file is opened again, of mode 0600") {
  Store store;
  const WebhookOutcome made = store->add(Store::wanted(), Store::request()).value();
  const Webhook before = store->find(made.webhook).value();
  CHECK(before.url == "https://hooks.example.com/a");
  CHECK(before.events == std::vector<std::string>{"policy_bound", "claim_paid"});
  CHECK(before.state == WebhookState::kActive);
  store.open_again();
  CHECK(store->find(made.webhook).value() == before);
  CHECK(store->secrets(made.webhook).value().newest == made.secret);
  CHECK(store->list("ningbo").size() == 1);
  CHECK(store->list("other").empty());
  struct stat info {};
  REQUIRE(::stat(store.file().c_str(), &info) == 0);
  CHECK((info.st_mode & 0777) == 0600);
}

TEST_CASE("webhooks: what is queued and how far was looked are one; both outlive the process") {
  Store store;
  const WebhookId id = store.add(10);
  store.queue(id, {12, 15});
  store.open_again();
  CHECK(store->find(id)->seen == 20);
  const std::vector<Delivery> due = store->due(id, 10).value();
  REQUIRE(due.size() == 2);
  CHECK(due[0].seq == 12);
  CHECK(due[1].seq == 15);
  // A look that began before another had ended changes nothing.
  REQUIRE(store->queue(id, {.after = 10, .seen = 20, .wanted = {12, 15}}).ok());
  CHECK(store->due(id, 10)->size() == 2);
  CHECK(store->find(id)->seen == 20);
}

TEST_CASE("webhooks: a failure is due again later under its own id, a success is not") {
  Store store;
  const WebhookId id = store.add();
  store.queue(id, {12});
  const DeliveryId delivery = store.newest(id).id;
  store.finish(delivery, 500);
  Delivery now = store.newest(id);
  CHECK(now.id == delivery);
  CHECK(now.attempts == 1);
  CHECK(now.status == 500);
  CHECK(now.next.micros() - kStart.micros() == 2'500'000);  // no jitter: the fixed half of 5 s
  CHECK(store->due(id, 10)->empty());
  store.pass(3);
  CHECK(store->due(id, 10)->size() == 1);
  store.finish(delivery, 0, HttpFailure::kTimedOut);
  CHECK(store.newest(id).failure == HttpFailure::kTimedOut);
  store.pass(60);
  store.finish(delivery, 204);
  now = store.newest(id);
  CHECK(now.state == DeliveryState::kDelivered);
  CHECK(now.attempts == 3);
  CHECK(store->due(id, 10)->empty());
}

TEST_CASE("webhooks: a call that a stop has cut was no attempt") {
  Store store;
  const WebhookId id = store.add();
  store.queue(id, {12});
  const Delivery before = store.newest(id);
  store.finish(before.id, 0, HttpFailure::kStopped);
  CHECK(store.newest(id) == before);
}

TEST_CASE("webhooks: after three days it is failed, kept, and may be replayed") {
  Store store;
  const WebhookId id = store.add();
  store.queue(id, {12});
  const DeliveryId delivery = store.newest(id).id;
  int attempts = 0;
  while (store.newest(id).state == DeliveryState::kPending) {
    const Instant next = store.newest(id).next;
    if (next > store.clock.now()) store.clock.set(next);
    store.finish(delivery, 503);
    REQUIRE(++attempts < 100);
  }
  CHECK(store.newest(id).state == DeliveryState::kFailed);
  CHECK(store.clock.now().micros() - kStart.micros() <= std::int64_t{3} * 86'400 * 1'000'000);
  CHECK(attempts > 20);
  store.pass(std::int64_t{60} * 86'400);
  REQUIRE(store->prune().ok());
  store.open_again();
  CHECK(store.newest(id).state == DeliveryState::kFailed);
  REQUIRE(store->replay(id, delivery, Store::request()).ok());
  CHECK(store->due(id, 10)->front().id == delivery);
  CHECK(store->due(id, 10)->front().attempts == 0);
}

TEST_CASE("webhooks: what was delivered is forgotten after thirty days, its number is not") {
  Store store;
  const WebhookId id = store.add();
  store.queue(id, {12, 13});
  const std::vector<Delivery> both = store->deliveries(id).value();
  for (const Delivery& each : both) store.finish(each.id, 200);
  const DeliveryId last = store.newest(id).id;
  store.pass(std::int64_t{31} * 86'400);
  REQUIRE(store->prune().ok());
  CHECK(store->deliveries(id)->size() == 1);
  store.open_again();
  store.queue(id, {21});
  CHECK(store.newest(id).id.number == last.number + 1);
}

TEST_CASE("webhooks: replay from a record goes back, never forward") {
  Store store;
  const WebhookId id = store.add(10);
  REQUIRE(store->replay_from(id, 4, Store::request()).ok());
  CHECK(store->find(id)->seen == 3);
  REQUIRE(store->replay_from(id, 400, Store::request()).ok());
  CHECK(store->find(id)->seen == 3);
}

TEST_CASE("webhooks: a rotated secret goes on signing for a day") {
  Store store;
  const WebhookOutcome made = store->add(Store::wanted(), Store::request()).value();
  const WebhookOutcome turned = store->rotate(made.webhook, Store::request()).value();
  CHECK(turned.secret != made.secret);
  CHECK(store->secrets(made.webhook)->newest == turned.secret);
  CHECK(store->secrets(made.webhook)->before == made.secret);
  store.pass(std::int64_t{24} * 3'600 - 1);
  store.open_again();
  CHECK(store->secrets(made.webhook)->before == made.secret);
  store.pass(1);
  CHECK(store->secrets(made.webhook)->before.empty());
}

TEST_CASE("webhooks: the same request under a key gets the first answer, once it is stored") {
  Store store;
  const WebhookOutcome made = store->add(Store::wanted(), Store::request("k", "a")).value();
  store.open_again();
  const WebhookOutcome again = store->add(Store::wanted(), Store::request("k", "a")).value();
  CHECK(again.repeated);
  CHECK(again.webhook == made.webhook);
  CHECK(again.secret == made.secret);
  CHECK(store->list("ningbo").size() == 1);
  CHECK(said(store->add(Store::wanted(), Store::request("k", "b"))) == "key_reused");
  const WebhookOutcome turned = store->rotate(made.webhook, Store::request("r")).value();
  CHECK(store->rotate(made.webhook, Store::request("r"))->secret == turned.secret);
  store.pass(std::int64_t{25} * 3'600);
  CHECK(store->rotate(made.webhook, Store::request("r"))->secret != turned.secret);
}

TEST_CASE("webhooks: a removed one is gone, its number is never given again") {
  Store store;
  const WebhookId id = store.add();
  store.queue(id, {12});
  const DeliveryId delivery = store.newest(id).id;
  const std::string secret = store->secrets(id)->newest;
  REQUIRE(store->remove(id, Store::request("k")).ok());
  CHECK(store->remove(id, Store::request("k"))->repeated);
  store.finish(delivery, 410);  // heard too late
  CHECK(said(store->find(id)) == "webhook_missing");
  CHECK(store->list("ningbo").empty());
  CHECK(store->active().empty());
  CHECK(store->due(id, 10)->empty());
  store.open_again();
  CHECK(store.add().number == id.number + 1);
}

// ---- refusals

TEST_CASE("refusals 8101 to 8103: what may be called") {
  CHECK(said(check_webhook_url("not a url", true)) == "webhook_url_malformed");
  CHECK(said(check_webhook_url("http://hooks.example.com/", false)) == "webhook_url_plain");
  CHECK(check_webhook_url("http://hooks.example.com/", true).ok());
  for (const char* const url :
       {"https://127.0.0.1/", "https://[::1]:8443/", "https://10.0.0.7/",
        "https://169.254.169.254/latest", "https://[::ffff:192.168.0.1]/"}) {
    CAPTURE(url);
    CHECK(said(check_webhook_url(url, false)) == "webhook_target_private");
    CHECK(check_webhook_url(url, true).ok());
  }
  CHECK(check_webhook_url("https://8.8.8.8/", false).ok());
  CHECK(check_webhook_url("https://hooks.example.com/", false).ok());
}

TEST_CASE("refusal 8104 webhook_missing") {
  Store store;
  CHECK(said(store->find({7})) == "webhook_missing");
  CHECK(said(store->rotate({7}, Store::request())) == "webhook_missing");
  CHECK(said(store->secrets({7})) == "webhook_missing");
}

TEST_CASE("refusal 8105 webhook_limit: twenty of one actor") {
  Store store;
  for (std::size_t n = 0; n < kWebhooksOfActorMax; ++n) store.add();
  CHECK(said(store->add(Store::wanted(), Store::request())) == "webhook_limit");
  CHECK(store->add(Store::wanted("other.broker"), Store::request()).ok());
  REQUIRE(store->remove({1}, Store::request()).ok());
  CHECK(store->add(Store::wanted(), Store::request()).ok());
}

TEST_CASE("refusal 8106 webhook_disabled: 410 disables until it is enabled") {
  Store store;
  const WebhookId id = store.add();
  store.queue(id, {12, 13});
  const std::vector<Delivery> both = store->due(id, 10).value();
  store.finish(both[0].id, 410);
  store.open_again();
  CHECK(store->find(id)->state == WebhookState::kDisabled);
  CHECK(store->active().empty());
  CHECK(said(store->test(id, Store::request())) == "webhook_disabled");
  CHECK(said(store->replay_from(id, 1, Store::request())) == "webhook_disabled");
  CHECK(said(store->replay(id, both[0].id, Store::request())) == "webhook_disabled");
  const std::uint64_t seen = store->find(id)->seen;
  REQUIRE(store->queue(id, {.after = seen, .seen = seen + 1, .wanted = {seen + 1}}).ok());
  CHECK(store->find(id)->seen == seen);
  REQUIRE(store->enable(id, Store::request()).ok());
  CHECK(store->due(id, 10)->size() == 1);  // what waited; what was gone may be replayed
  CHECK(store->due(id, 10)->front().id == both[1].id);
}

TEST_CASE("refusal 8107 delivery_missing: of another endpoint too") {
  Store store;
  const WebhookId one = store.add();
  const WebhookId other = store.add();
  const std::uint64_t made = store->test(one, Store::request())->number;
  CHECK(said(store->replay(other, {made}, Store::request())) == "delivery_missing");
  CHECK(said(store->replay(one, {made + 1}, Store::request())) == "delivery_missing");
  CHECK(store->replay(one, {made}, Store::request()).ok());
}

TEST_CASE("refusal 8108 deliveries_wait: tests and replays have an end") {
  Store store;
  const WebhookId id = store.add();
  store.queue(id, {12});
  const DeliveryId first = store.newest(id).id;
  store.finish(first, 204);
  for (std::size_t n = 0; n < kPendingWhenAskedMax; ++n)
    REQUIRE(store->test(id, Store::request()).ok());
  CHECK(said(store->test(id, Store::request())) == "deliveries_wait");
  CHECK(said(store->replay_from(id, 1, Store::request())) == "deliveries_wait");
  CHECK(said(store->replay(id, first, Store::request())) == "deliveries_wait");
  // One that waits already does not wait twice.
  const DeliveryId waiting = store.newest(id).id;
  CHECK(store->replay(id, waiting, Store::request()).ok());
  store.finish(waiting, 204);
  CHECK(store->replay(id, first, Store::request()).ok());
  CHECK(*store->pending(id) == kPendingWhenAskedMax);
}

}  // namespace
}  // namespace anlan::platform
