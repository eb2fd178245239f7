#include "api/webhook_desk.h"

#include <algorithm>
#include <array>

#include "api/render.h"
#include "api/webhook_event.h"
#include "api/webhook_refusals.h"
#include "base/sha256.h"
#include "base/to_node.h"
#include "house/access.h"
#include "platform/webhook_refusals.h"

namespace anlan::api {
namespace {

using platform::Webhook;
using platform::WebhookId;
using platform::WebhookOutcome;
using platform::WebhookRequest;

// Everything that is asked for, so that a key stands for one request.
Digest input_of(std::string_view operation, const std::vector<std::string>& values) {
  ByteWriter out;
  out.text(operation);
  for (const std::string& value : values) out.text(value);
  return sha256(out.bytes());
}

WebhookRequest request_of(const WebhookDesk& desk, std::string_view operation,
                          const std::vector<std::string>& values) {
  return {.by = desk.by, .key = desk.key, .input = input_of(operation, values)};
}

Result<bool> is_operator(const WebhookDesk& desk, Session& session) {
  ANLAN_TRY(const house::House* house, session.house());
  const auto actor = house->actors.find(desk.by.actor);
  return actor != house->actors.end() && house::has_role(actor->second, domain::Role::kOperator);
}

// One of the caller's; of the whole house for its operator.
Result<Webhook> reachable(const WebhookDesk& desk, Session& session, WebhookId id) {
  ANLAN_TRY(const bool all, is_operator(desk, session));
  Result<Webhook> found = desk.webhooks.find(id);
  const bool own = found.ok() && found->owner.house == desk.by.house &&
                   (all || found->owner.actor == desk.by.actor);
  if (own || !found.ok()) return found;
  return Refusal{.code = platform::refusals::kWebhookMissing,
                 .path = "webhook",
                 .value = to_text(id),
                 .args = {},
                 .at = {}};
}

Node webhook_node(const Webhook& webhook) {
  Node node = Node::table();
  node.add("id", to_node(webhook.id));
  node.add("url", Node::string(webhook.url));
  node.add("events", to_node(webhook.events));
  node.add("state", to_node(webhook.state));
  node.add("actor", to_node(webhook.owner.actor));
  node.add("created", to_node(webhook.created));
  node.add("seen", to_node(webhook.seen));
  node.add("secret_before_until", to_node(webhook.secret_before_until));
  return node;
}

Node delivery_node(const platform::Delivery& delivery) {
  Node node = Node::table();
  node.add("id", to_node(delivery.id));
  node.add("event", delivery.seq == 0 ? Node::string("ping")
                                      : Node::string("evt_" + std::to_string(delivery.seq)));
  node.add("state", to_node(delivery.state));
  node.add("attempts", to_node(delivery.attempts));
  node.add("queued", to_node(delivery.queued));
  const bool pending = delivery.state == platform::DeliveryState::kPending;
  node.add("next", pending ? to_node(delivery.next) : Node::null());
  node.add("ended", pending ? Node::null() : to_node(delivery.next));
  node.add("status", delivery.status == 0 ? Node::null() : Node::number(delivery.status));
  node.add("failure", to_node(delivery.failure));
  return node;
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

Result<Done> check_kinds(const std::vector<std::string>& kinds) {
  const std::vector<std::string_view> known = webhook_event_kinds();
  for (const std::string& kind : kinds) {
    if (std::find(known.begin(), known.end(), kind) != known.end()) continue;
    return Refusal{
        .code = refusals::kEventKindUnknown,
        .path = "events",
        .value = kind,
        .args = {{.name = "nearest", .value = nearest(kind, {known.begin(), known.end()})}},
        .at = {}};
  }
  return Done{};
}

// "policy_bound,claim_paid" and repeated options alike; each once.
std::vector<std::string> read_kinds(NodeReader& options) {
  std::vector<std::string> kinds;
  for (const std::string& text : options.texts_or_empty("events")) {
    std::string_view rest = text;
    while (!rest.empty()) {
      const std::string kind(rest.substr(0, rest.find(',')));
      rest.remove_prefix(std::min(kind.size() + 1, rest.size()));
      if (!kind.empty() && std::find(kinds.begin(), kinds.end(), kind) == kinds.end())
        kinds.push_back(kind);
    }
  }
  return kinds;
}

Result<Reply> add(const WebhookDesk& desk, Session& session, NodeReader& options) {
  platform::NewWebhook wanted{.account = desk.account,
                              .owner = desk.by,
                              .url = options.text("url"),
                              .events = read_kinds(options)};
  if (options.refused()) return options.report().refusal();
  ANLAN_REQUIRE(platform::check_webhook_url(wanted.url, desk.to_private));
  ANLAN_REQUIRE(check_kinds(wanted.events));
  ANLAN_TRY(const house::House* house, session.house());
  wanted.seen = house->head.seq;
  std::vector<std::string> asked{wanted.url};
  asked.insert(asked.end(), wanted.events.begin(), wanted.events.end());
  ANLAN_TRY(const WebhookOutcome made,
            desk.webhooks.add(wanted, request_of(desk, "webhook add", asked)));
  ANLAN_TRY(const Webhook webhook, desk.webhooks.find(made.webhook));
  Node json = webhook_node(webhook);
  json.add("secret", Node::string(made.secret));
  json.add("repeated", Node::boolean(made.repeated));
  return brief_reply(
      session.say("webhook.added", {{"id", to_text(webhook.id)}, {"secret", made.secret}}),
      std::move(json));
}

Result<Reply> list(const WebhookDesk& desk, Session& session, NodeReader& options) {
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const bool all, is_operator(desk, session));
  Reply reply;
  reply.json = Node::list();
  Table table;
  table.columns = {{.title = session.say("webhook.id")},
                   {.title = session.say("webhook.url")},
                   {.title = session.say("webhook.events")},
                   {.title = session.say("webhook.owner")},
                   {.title = session.say("webhook.state")}};
  for (const Webhook& webhook : desk.webhooks.list(desk.by.house)) {
    if (!all && webhook.owner.actor != desk.by.actor) continue;
    reply.json.items.push_back(webhook_node(webhook));
    const std::string kinds =
        webhook.events.empty() ? session.say("webhook.all") : joined(webhook.events);
    table.rows.push_back({to_text(webhook.id), webhook.url, kinds, webhook.owner.actor.text,
                          word(session, "webhook_state", webhook.state)});
  }
  reply.document.table(std::move(table));
  return reply;
}

Result<Reply> show(const WebhookDesk& desk, Session& session, NodeReader& options) {
  const auto id = options.id<platform::WebhookTag>("webhook");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const Webhook webhook, reachable(desk, session, id));
  ANLAN_TRY(const std::vector<platform::Delivery> deliveries, desk.webhooks.deliveries(id));
  Reply reply;
  reply.json = webhook_node(webhook);
  Node& rows = reply.json.add("deliveries", Node::list());
  FactTable facts;
  facts.row(session.say("webhook.url"), webhook.url);
  facts.row(session.say("webhook.events"),
            webhook.events.empty() ? session.say("webhook.all") : joined(webhook.events));
  facts.row(session.say("webhook.state"), word(session, "webhook_state", webhook.state));
  reply.document.heading(1, to_text(id));
  reply.document.table(facts.take());
  Table table;
  table.columns = {{.title = session.say("webhook.delivery")},
                   {.title = session.say("webhook.event")},
                   {.title = session.say("webhook.state")},
                   {.title = session.say("webhook.attempts"), .align = Align::kRight},
                   {.title = session.say("webhook.answer")}};
  for (const platform::Delivery& delivery : deliveries) {
    rows.items.push_back(delivery_node(delivery));
    const std::string answer = delivery.status > 0
                                   ? std::to_string(delivery.status)
                                   : word(session, "http_failure", delivery.failure);
    table.rows.push_back({to_text(delivery.id), rows.items.back().find("event")->text,
                          word(session, "delivery_state", delivery.state),
                          std::to_string(delivery.attempts), answer});
  }
  if (!table.rows.empty()) reply.document.table(std::move(table));
  return reply;
}

// What changes one endpoint and needs nothing but its id.
using ChangeOne = Result<WebhookOutcome> (platform::Webhooks::*)(WebhookId, const WebhookRequest&);

Result<WebhookOutcome> change_one(const WebhookDesk& desk, Session& session,
                                  std::string_view operation, NodeReader& options,
                                  ChangeOne change) {
  const auto id = options.id<platform::WebhookTag>("webhook");
  if (options.refused()) return options.report().refusal();
  const WebhookRequest request = request_of(desk, operation, {to_text(id)});
  const Result<Webhook> webhook = reachable(desk, session, id);
  // What was removed is not there, and its removal is answered again.
  const bool again =
      !desk.webhooks.find(id).ok() && operation == "webhook remove" && !desk.key.empty();
  if (!webhook.ok() && !again) return webhook.refusal();
  return (desk.webhooks.*change)(id, request);
}

Result<Reply> rotate(const WebhookDesk& desk, Session& session, NodeReader& options) {
  ANLAN_TRY(const WebhookOutcome made,
            change_one(desk, session, "webhook rotate", options, &platform::Webhooks::rotate));
  ANLAN_TRY(const Webhook webhook, desk.webhooks.find(made.webhook));
  Node json = webhook_node(webhook);
  json.add("secret", Node::string(made.secret));
  json.add("repeated", Node::boolean(made.repeated));
  return brief_reply(
      session.say("webhook.rotated", {{"id", to_text(made.webhook)},
                                      {"secret", made.secret},
                                      {"hours", std::to_string(platform::kSecretHours)}}),
      std::move(json));
}

Reply done_reply(Session& session, std::string_view key, const WebhookOutcome& outcome) {
  Node json = Node::table();
  json.add("id", to_node(outcome.webhook));
  json.add("repeated", Node::boolean(outcome.repeated));
  return brief_reply(session.say(key, {{"id", to_text(outcome.webhook)}}), std::move(json));
}

Result<Reply> remove(const WebhookDesk& desk, Session& session, NodeReader& options) {
  ANLAN_TRY(const WebhookOutcome done,
            change_one(desk, session, "webhook remove", options, &platform::Webhooks::remove));
  return done_reply(session, "webhook.removed", done);
}

Result<Reply> enable(const WebhookDesk& desk, Session& session, NodeReader& options) {
  ANLAN_TRY(const WebhookOutcome done,
            change_one(desk, session, "webhook enable", options, &platform::Webhooks::enable));
  return done_reply(session, "webhook.enabled", done);
}

Reply queued_reply(Session& session, const WebhookOutcome& outcome) {
  const std::string delivery = to_text(platform::DeliveryId{outcome.number});
  Node json = Node::table();
  json.add("id", to_node(outcome.webhook));
  json.add("delivery", Node::string(delivery));
  json.add("repeated", Node::boolean(outcome.repeated));
  return brief_reply(session.say("webhook.queued", {{"delivery", delivery}}), std::move(json));
}

Result<Reply> test(const WebhookDesk& desk, Session& session, NodeReader& options) {
  ANLAN_TRY(const WebhookOutcome made,
            change_one(desk, session, "webhook test", options, &platform::Webhooks::test));
  return queued_reply(session, made);
}

Result<Reply> replay(const WebhookDesk& desk, Session& session, NodeReader& options) {
  const auto id = options.id<platform::WebhookTag>("webhook");
  const bool by_seq = options.has("from");
  const bool by_delivery = options.has("delivery");
  constexpr std::int64_t kMost = std::int64_t{1} << 62;
  const std::int64_t from = whole_option(options, "from", {.lo = 1, .hi = kMost, .fallback = 1});
  const auto delivery =
      by_delivery ? options.id<platform::DeliveryTag>("delivery") : platform::DeliveryId{};
  if (options.refused()) return options.report().refusal();
  if (by_seq == by_delivery)
    return Refusal{.code = refusals::kReplayWhat, .path = "from", .value = {}};
  ANLAN_REQUIRE(reachable(desk, session, id));
  const WebhookRequest request = request_of(
      desk, "webhook replay", {to_text(id), by_seq ? std::to_string(from) : to_text(delivery)});
  if (by_delivery) {
    ANLAN_TRY(const WebhookOutcome again, desk.webhooks.replay(id, delivery, request));
    return queued_reply(session, again);
  }
  ANLAN_TRY(const WebhookOutcome again,
            desk.webhooks.replay_from(id, static_cast<std::uint64_t>(from), request));
  Node json = Node::table();
  json.add("id", to_node(again.webhook));
  json.add("from", to_node(again.number));
  json.add("repeated", Node::boolean(again.repeated));
  return brief_reply(session.say("webhook.replayed", {{"id", to_text(again.webhook)},
                                                      {"from", std::to_string(again.number)}}),
                     std::move(json));
}

struct Row {
  std::string_view name;
  Result<Reply> (*run)(const WebhookDesk&, Session&, NodeReader&);
};
constexpr std::array kRows{Row{"webhook add", add},       Row{"webhook list", list},
                           Row{"webhook show", show},     Row{"webhook rotate", rotate},
                           Row{"webhook remove", remove}, Row{"webhook enable", enable},
                           Row{"webhook replay", replay}, Row{"webhook test", test}};

}  // namespace

bool is_webhook_operation(std::string_view name) {
  return std::any_of(kRows.begin(), kRows.end(), [&](const Row& row) { return row.name == name; });
}

Result<Reply> run_webhook(const WebhookDesk& desk, Session& session, std::string_view operation,
                          NodeReader& options) {
  const auto row = std::find_if(kRows.begin(), kRows.end(),
                                [&](const Row& each) { return each.name == operation; });
  ANLAN_CHECK(row != kRows.end());
  return row->run(desk, session, options);
}

}  // namespace anlan::api
