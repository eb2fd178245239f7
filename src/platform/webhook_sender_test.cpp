#include "platform/webhook_sender.h"

#include <atomic>
#include <map>
#include <mutex>

#include <doctest/doctest.h>

#include "platform/http_testing.h"
#include "platform/testing.h"
#include "platform/webhook_signature.h"

namespace anlan::platform {
namespace {

using namespace testing;

struct Got {
  std::string delivery;
  std::string body;
  std::string signature;
};

// Endpoints that answer as told, and what they got.
class Receiver {
 public:
  Receiver()
      : server_(loopback_options(), [this](const HttpRequest& request) { return take(request); }) {}
  std::string url(std::string_view path = "/") const {
    return "http://127.0.0.1:" + std::to_string(server_.port) + std::string(path);
  }
  // From now on its replies are longer in coming than a call may take.
  void slow_down(std::string path) {
    const std::lock_guard lock(mutex_);
    slow_ = std::move(path);
  }
  void answer(std::string path, int status) {
    const std::lock_guard lock(mutex_);
    answers_[std::move(path)] = status;
  }
  std::vector<Got> got(const std::string& path = "/") const {
    const std::lock_guard lock(mutex_);
    const auto found = got_.find(path);
    return found == got_.end() ? std::vector<Got>() : found->second;
  }

 private:
  HttpReply take(const HttpRequest& request) {
    const std::lock_guard lock(mutex_);
    got_[request.path].push_back(
        {.delivery = std::string(request.header("anlan-delivery").value_or("")),
         .body = request.body,
         .signature = std::string(request.header("anlan-signature").value_or(""))});
    HttpReply reply;
    reply.status = answers_.contains(request.path) ? answers_.at(request.path) : 200;
    if (request.path == slow_) reply.after = std::chrono::seconds(60);
    return reply;
  }
  mutable std::mutex mutex_;
  std::string slow_;
  std::map<std::string, int> answers_;
  std::map<std::string, std::vector<Got>> got_;
  TestServer server_;  // last: its workers use the others
};

// A journal of `head` records, told as their numbers.
struct Told {
  std::atomic<std::uint64_t> head{0};
  std::atomic<bool> allowed{true};
  std::atomic<bool> seen{true};
  WebhookSource source() {
    return {.look = [this](const Webhook& webhook,
                           std::size_t count) -> Result<std::optional<Webhooks::Found>> {
              const std::uint64_t last = head;
              if (last <= webhook.seen) return std::optional<Webhooks::Found>();
              Webhooks::Found found{.after = webhook.seen, .seen = webhook.seen, .wanted = {}};
              while (found.seen < last && found.wanted.size() < count)
                found.wanted.push_back(++found.seen);
              return std::optional(found);
            },
            .body = [this](const Webhook&,
                           const Delivery& delivery) -> Result<std::optional<std::string>> {
              if (!seen) return std::optional<std::string>();
              return std::optional("event " + std::to_string(delivery.seq));
            },
            .may_call = [this](const Webhook&) { return allowed.load(); }};
  }
};

struct Sending {
  TempFolder folder;
  Receiver receiver;
  Told told;
  std::unique_ptr<Webhooks> webhooks;
  std::unique_ptr<WebhookSender> sender;

  Sending() { webhooks = std::move(Webhooks::open(folder / "webhooks")).value(); }
  ~Sending() { sender.reset(); }
  void start(bool to_private = true) {
    sender = std::move(WebhookSender::start(*webhooks, told.source(),
                                            {.client = {.to_private = to_private},
                                             .user_agent = "test",
                                             .look_every = std::chrono::milliseconds(10)}))
                 .value();
  }
  void start_again() {
    sender.reset();
    webhooks.reset();
    webhooks = std::move(Webhooks::open(folder / "webhooks")).value();
    start();
  }
  WebhookId add(std::string_view path = "/", const std::string& actor = "li.broker") {
    return webhooks
        ->add({.account = {1},
               .owner = {.house = "ningbo", .actor = {actor}},
               .url = receiver.url(path)},
              {})
        .value()
        .webhook;
  }
};

TEST_CASE("sender: every event arrives, each under its own delivery, signed by the secret") {
  Sending sending;
  const WebhookId id = sending.add();
  sending.told.head = 25;
  sending.start();
  REQUIRE(soon([&] { return sending.receiver.got().size() >= 25; }));
  sending.told.head = 27;
  REQUIRE(soon([&] { return sending.receiver.got().size() >= 27; }));
  std::map<std::string, std::string> bodies;
  const std::string secret = sending.webhooks->secrets(id)->newest;
  for (const Got& got : sending.receiver.got()) {
    CHECK(bodies.emplace(got.delivery, got.body).second);
    const std::int64_t now = SystemClock().now().micros() / 1'000'000;
    CHECK(check_webhook_signature({.header = got.signature, .body = got.body}, {{secret}}, now) ==
          SignatureState::kRight);
  }
  CHECK(bodies.size() == 27);
  REQUIRE(soon([&] { return *sending.webhooks->pending(id) == 0; }));
  const std::vector<Delivery> all = sending.webhooks->deliveries(id).value();
  for (const Delivery& each : all) CHECK(each.state == DeliveryState::kDelivered);
}

TEST_CASE("sender: a failure comes again under the same delivery") {
  Sending sending;
  const WebhookId id = sending.add();
  sending.receiver.answer("/", 500);
  sending.told.head = 1;
  sending.start();
  REQUIRE(soon([&] {
    const std::vector<Delivery> all = sending.webhooks->deliveries(id).value();
    return all.size() == 1 && all[0].attempts == 1;
  }));
  sending.receiver.answer("/", 200);
  REQUIRE(soon([&] {  // after 2.5 to 5 seconds
    return sending.webhooks->deliveries(id)->front().state == DeliveryState::kDelivered;
  }));
  const std::vector<Got> got = sending.receiver.got();
  REQUIRE(got.size() == 2);
  CHECK(got[0].delivery == got[1].delivery);
  CHECK(got[0].body == got[1].body);
}

TEST_CASE("sender: one that is gone holds up no other") {
  Sending sending;
  const WebhookId gone = sending.add("/gone");
  const WebhookId fine = sending.add("/fine");
  sending.receiver.answer("/gone", 410);
  sending.told.head = 200;
  sending.start();
  REQUIRE(soon([&] { return sending.receiver.got("/fine").size() >= 200; }));
  REQUIRE(soon([&] { return sending.webhooks->find(gone)->state == WebhookState::kDisabled; }));
  CHECK(sending.receiver.got("/gone").size() <= 4);  // those that were under way together
  CHECK(sending.webhooks->find(fine)->state == WebhookState::kActive);
}

TEST_CASE("sender: what was not heard of is sent after the next start, nothing is lost") {
  Sending sending;
  const WebhookId id = sending.add();
  sending.told.head = 300;
  for (int n = 0; n < 5; ++n) {
    sending.start_again();
    const std::size_t before = sending.receiver.got().size();
    REQUIRE(soon(
        [&] { return sending.receiver.got().size() >= std::min<std::size_t>(before + 20, 300); }));
  }
  REQUIRE(soon([&] {
    return sending.webhooks->find(id)->seen == 300 && *sending.webhooks->pending(id) == 0;
  }));
  std::map<std::string, int> bodies;
  for (const Got& got : sending.receiver.got()) ++bodies[got.body];
  CHECK(bodies.size() == 300);
}

TEST_CASE("sender: however many endpoints of one actor are slow, another is told") {
  Sending sending;
  sending.receiver.slow_down("/slow");
  for (int n = 0; n < 12; ++n) sending.add("/slow", "wang.broker");
  sending.add("/fine", "song.broker");
  sending.told.head = 20;
  sending.start();
  REQUIRE(soon([&] { return sending.receiver.got("/fine").size() >= 20; }));
  CHECK(sending.receiver.got("/slow").size() <= 8);
}

TEST_CASE("sender: nothing while its account may not, and what is no longer seen is withdrawn") {
  Sending sending;
  const WebhookId id = sending.add();
  sending.told.allowed = false;
  sending.told.head = 3;
  sending.start();
  const WebhookId other = sending.add("/other");
  CHECK(sending.webhooks->find(other)->seen == 0);
  CHECK(sending.receiver.got().empty());
  sending.told.seen = false;
  sending.told.allowed = true;
  REQUIRE(soon([&] {
    const std::vector<Delivery> all = sending.webhooks->deliveries(id).value();
    return all.size() == 3 && all[0].state == DeliveryState::kDropped &&
           all[1].state == DeliveryState::kDropped && all[2].state == DeliveryState::kDropped;
  }));
  CHECK(sending.receiver.got().empty());
}

TEST_CASE("sender: a private target is refused unless it is allowed, http as well") {
  Sending sending;
  const WebhookId id = sending.add();
  sending.told.head = 1;
  sending.start(false);
  REQUIRE(soon([&] {
    const std::vector<Delivery> all = sending.webhooks->deliveries(id).value();
    return all.size() == 1 && all[0].attempts == 1;
  }));
  CHECK(sending.webhooks->deliveries(id)->front().failure == HttpFailure::kAddressRefused);
  CHECK(sending.receiver.got().empty());
}

}  // namespace
}  // namespace anlan::platform
