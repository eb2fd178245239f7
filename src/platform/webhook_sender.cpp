#include "platform/webhook_sender.h"

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include <sodium.h>

#include "base/to_node.h"
#include "formats/json.h"
#include "platform/webhook_signature.h"

namespace anlan::platform {
namespace {

constexpr std::size_t kRecordsPerLook = 256;  // of one endpoint, under one hold of its house
constexpr std::chrono::hours kPruneEvery{1};
constexpr std::int64_t kSecond = 1'000'000;

Share random_share() {
  constexpr std::uint32_t kWhole = 1'000'000;
  return Share::from_ppm(randombytes_uniform(kWhole + 1));
}

}  // namespace

class WebhookSender::Impl {
 public:
  Impl(Webhooks& webhooks, WebhookSource source, WebhookSenderOptions options,
       std::unique_ptr<HttpClient> client)
      : webhooks_(webhooks),
        source_(std::move(source)),
        options_(std::move(options)),
        clock_(options_.clock ? options_.clock : &system_clock_),
        client_(std::move(client)),
        thread_([this] { run(); }) {}

  ~Impl() {
    {
      const std::lock_guard lock(mutex_);
      ending_ = true;
    }
    changed_.notify_all();
    thread_.join();
    client_->stop();
    store_ends();  // what was heard of meanwhile
  }

 private:
  using Call = std::pair<WebhookId, DeliveryId>;
  void run();
  std::vector<Webhook> in_turn();
  void store_ends();
  void look(const Webhook& webhook);
  void send_due(const Webhook& webhook);
  Result<Done> send(const Webhook& webhook, const Delivery& delivery);
  void ended(const Webhook& webhook, const Delivery& delivery, const HttpOutcome& outcome);
  bool may_begin(const Webhook& webhook) const;
  void note(const Result<Done>& done, WebhookId id);

  Webhooks& webhooks_;
  WebhookSource source_;
  WebhookSenderOptions options_;
  SystemClock system_clock_;
  house::Clock* clock_;
  std::unique_ptr<HttpClient> client_;

  std::mutex mutex_;
  std::condition_variable changed_;
  bool ending_ = false;                              // under mutex_, with the three below
  std::map<Call, Membership> calls_;                 // under way, or ended and not stored
  std::vector<std::pair<WebhookId, Attempt>> ends_;  // not stored
  bool woken_ = false;                               // a call has ended
  WebhookId begun_with_;                             // of the thread: whose turn it was first
  std::thread thread_;                               // last: it uses all above
};

void WebhookSender::Impl::run() {
  auto prune_at = std::chrono::steady_clock::now();
  for (;;) {
    store_ends();
    for (const Webhook& webhook : in_turn()) {
      if (!source_.may_call(webhook)) continue;
      look(webhook);
      send_due(webhook);
    }
    if (std::chrono::steady_clock::now() >= prune_at) {
      note(webhooks_.prune(), {});
      prune_at = std::chrono::steady_clock::now() + kPruneEvery;
    }
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, options_.look_every, [this] { return ending_ || woken_; });
    woken_ = false;
    if (ending_) return;
  }
}

// Each round begins with another endpoint, so that none has the first of the free calls always.
std::vector<Webhook> WebhookSender::Impl::in_turn() {
  std::vector<Webhook> all = webhooks_.active();
  const auto next = std::find_if(all.begin(), all.end(),
                                 [&](const Webhook& each) { return each.id > begun_with_; });
  std::rotate(all.begin(), next, all.end());
  begun_with_ = all.empty() ? WebhookId{} : all.front().id;
  return all;
}

// What cannot be stored now, on a full disk, is stored later: until then nothing is sent twice.
void WebhookSender::Impl::store_ends() {
  std::vector<std::pair<WebhookId, Attempt>> ends;
  {
    const std::lock_guard lock(mutex_);
    ends = ends_;
  }
  std::vector<Attempt> attempts;
  for (const auto& [id, attempt] : ends) attempts.push_back(attempt);
  const Result<Done> stored = webhooks_.finish(attempts);
  note(stored, {});
  if (!stored.ok()) return;
  const std::lock_guard lock(mutex_);
  ends_.erase(ends_.begin(), ends_.begin() + static_cast<std::ptrdiff_t>(ends.size()));
  for (const auto& [id, attempt] : ends) calls_.erase({id, attempt.delivery});
}

void WebhookSender::Impl::look(const Webhook& webhook) {
  const auto store = [&]() -> Result<Done> {
    ANLAN_TRY(const std::optional<Webhooks::Found> found, source_.look(webhook, kRecordsPerLook));
    if (!found) return Done{};
    if (!found->wanted.empty()) {
      ANLAN_TRY(const std::size_t waiting, webhooks_.pending(webhook.id));
      if (waiting + found->wanted.size() > kPendingMax) return Done{};
    }
    return webhooks_.queue(webhook.id, *found);
  };
  note(store(), webhook.id);
}

// Under the mutex.
bool WebhookSender::Impl::may_begin(const Webhook& webhook) const {
  std::size_t of_one = 0;
  std::size_t of_actor = 0;
  for (const auto& [call, owner] : calls_) {
    of_one += call.first == webhook.id ? 1 : 0;
    of_actor += owner == webhook.owner ? 1 : 0;
  }
  return !ending_ && calls_.size() < options_.calls_max && of_one < options_.calls_of_one_max &&
         of_actor < options_.calls_of_actor_max;
}

void WebhookSender::Impl::send_due(const Webhook& webhook) {
  {
    const std::lock_guard lock(mutex_);
    if (!may_begin(webhook)) return;
  }
  // Those that are under way are still due.
  const Result<std::vector<Delivery>> due =
      webhooks_.due(webhook.id, 2 * options_.calls_of_one_max);
  if (!due.ok()) return note(due.refusal(), webhook.id);
  for (const Delivery& delivery : *due) {
    {
      const std::lock_guard lock(mutex_);
      if (!may_begin(webhook)) return;
      if (!calls_.insert({{webhook.id, delivery.id}, webhook.owner}).second) continue;
    }
    const Result<Done> sent = send(webhook, delivery);
    if (sent.ok()) continue;
    note(sent, webhook.id);
    const std::lock_guard lock(mutex_);
    calls_.erase({webhook.id, delivery.id});
  }
}

Result<Done> WebhookSender::Impl::send(const Webhook& webhook, const Delivery& delivery) {
  ANLAN_TRY(std::optional<std::string> body, source_.body(webhook, delivery));
  const std::optional<HttpUrl> url = read_http_url(webhook.url);
  if (!body || !url) {
    ANLAN_REQUIRE(webhooks_.drop(delivery.id));
    const std::lock_guard lock(mutex_);
    calls_.erase({webhook.id, delivery.id});
    return Done{};
  }
  ANLAN_TRY(const WebhookSecrets secrets, webhooks_.secrets(webhook.id));
  std::vector<std::string> signing{secrets.newest};
  if (!secrets.before.empty()) signing.push_back(secrets.before);
  const std::int64_t seconds = clock_->now().micros() / kSecond;
  HttpCall call{.url = *url, .headers = {}, .body = std::move(*body)};
  call.headers = {
      {.name = "Content-Type", .value = "application/json; charset=utf-8"},
      {.name = "User-Agent", .value = options_.user_agent},
      {.name = "Anlan-Delivery", .value = to_text(delivery.id)},
      {.name = "Anlan-Signature", .value = webhook_signature(signing, seconds, call.body)}};
  if (!url->tls && !options_.client.to_private) {
    ended(webhook, delivery, {.status = 0, .failure = HttpFailure::kAddressRefused});
    return Done{};
  }
  client_->post(std::move(call), [this, webhook, delivery](const HttpOutcome& outcome) {
    ended(webhook, delivery, outcome);
  });
  return Done{};
}

void WebhookSender::Impl::ended(const Webhook& webhook, const Delivery& delivery,
                                const HttpOutcome& outcome) {
  if (options_.log) {
    Node line = Node::table();
    line.add("webhook", to_node(webhook.id));
    line.add("delivery", to_node(delivery.id));
    line.add("house", Node::string(webhook.owner.house));
    line.add("attempt", Node::number(delivery.attempts + 1));
    line.add("status", Node::number(outcome.status));
    line.add("failure", to_node(outcome.failure));
    options_.log(formats::write_json(line, {.indent = 0}));
  }
  {
    const std::lock_guard lock(mutex_);
    ends_.emplace_back(
        webhook.id, Attempt{.delivery = delivery.id, .outcome = outcome, .jitter = random_share()});
    woken_ = true;
  }
  changed_.notify_all();
}

void WebhookSender::Impl::note(const Result<Done>& done, WebhookId id) {
  if (done.ok() || !options_.log) return;
  Node line = Node::table();
  line.add("webhook", to_node(id));
  line.add("refused", Node::string(done.refusal().code.name));
  line.add("value", Node::string(done.refusal().value));
  options_.log(formats::write_json(line, {.indent = 0}));
}

WebhookSender::WebhookSender(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
WebhookSender::~WebhookSender() = default;

Result<std::unique_ptr<WebhookSender>> WebhookSender::start(Webhooks& webhooks,
                                                            WebhookSource source,
                                                            WebhookSenderOptions options) {
  ANLAN_TRY(std::unique_ptr<HttpClient> client, HttpClient::start(options.client));
  return std::unique_ptr<WebhookSender>(new WebhookSender(
      std::make_unique<Impl>(webhooks, std::move(source), std::move(options), std::move(client))));
}

}  // namespace anlan::platform
