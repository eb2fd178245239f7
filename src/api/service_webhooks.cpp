#include "api/service_webhooks.h"

#include <algorithm>

#include "api/acting.h"
#include "api/http_route.h"
#include "api/missing_option.h"
#include "api/version.h"
#include "api/webhook_desk.h"
#include "api/webhook_event.h"
#include "house/event_codec.h"
#include "house/refusals.h"
#include "platform/refusals.h"

namespace anlan::api {
namespace {

using platform::Delivery;
using platform::ServedHouse;
using platform::Webhook;
using platform::Webhooks;

// What is told to whom, from the journals of the houses that are served.
class Feed {
 public:
  Feed(const Service::Houses& houses, const platform::Accounts& accounts)
      : houses_(houses), accounts_(accounts) {}

  // While its account is disabled, or may no longer act as this actor, nothing is sent.
  bool may_call(const Webhook& webhook) const {
    const Result<platform::Account> account = accounts_.account(webhook.account);
    ServedHouse* const served = house_of(webhook);
    if (!account.ok() || account->disabled || !served) return false;
    const auto& known = account->memberships;
    if (std::find(known.begin(), known.end(), webhook.owner) == known.end()) return false;
    if (!account->organisation.exists()) return true;
    const ServedHouse::Hold hold = served->share();
    if (served->broken()) return false;
    const domain::Actor* const actor = actor_of(served->house(), webhook);
    return actor && may_act(accounts_, account->organisation, webhook.owner.house, *actor).ok();
  }

  Result<std::optional<Webhooks::Found>> look(const Webhook& webhook, std::size_t count) const {
    ServedHouse* const served = house_of(webhook);
    std::uint64_t head = 0;
    {
      const ServedHouse::Hold hold = served->share();
      if (served->broken()) return std::optional<Webhooks::Found>();
      head = served->house().head.seq;
    }
    if (head <= webhook.seen) return std::optional<Webhooks::Found>();
    const std::size_t most = std::min<std::uint64_t>(count, head - webhook.seen);
    // Read and decoded before the house is held, so that nobody waits for it.
    ANLAN_TRY(const std::vector<house::Record> records, served->read(webhook.seen + 1, most));
    if (records.empty()) return std::optional<Webhooks::Found>();
    Webhooks::Found found{.after = webhook.seen, .seen = records.back().seq, .wanted = {}};
    std::vector<std::pair<std::uint64_t, domain::Event>> events;
    for (const house::Record& record : records) {
      ANLAN_TRY(domain::Event event, house::read_event(record.kind, record.version, record.body));
      if (wants(webhook, house::event_name(event)))
        events.emplace_back(record.seq, std::move(event));
    }
    const ServedHouse::Hold hold = served->share();
    if (served->broken()) return std::optional<Webhooks::Found>();
    const domain::Actor* const actor = actor_of(served->house(), webhook);
    if (!actor) return std::optional<Webhooks::Found>(std::move(found));
    const std::vector<domain::EnterpriseId> granted = granted_to(*actor, webhook);
    for (const auto& [seq, event] : events) {
      if (is_told(served->house(), {*actor, granted}, event)) found.wanted.push_back(seq);
    }
    return std::optional<Webhooks::Found>(std::move(found));
  }

  Result<std::optional<std::string>> body(const Webhook& webhook, const Delivery& delivery) const {
    ServedHouse* const served = house_of(webhook);
    std::vector<house::Record> records;
    std::optional<domain::Event> event;
    if (delivery.seq > 0) {
      ANLAN_TRY(records, served->read(delivery.seq, 1));
      if (records.empty() || records.front().seq != delivery.seq)
        return std::optional<std::string>();
      const house::Record& record = records.front();
      ANLAN_TRY(event, house::read_event(record.kind, record.version, record.body));
    }
    const ServedHouse::Hold hold = served->share();
    if (served->broken())
      return Refusal{
          .code = platform::refusals::kHouseLoaded, .path = "house", .value = webhook.owner.house};
    const house::House& house = served->house();
    const domain::Actor* const actor = actor_of(house, webhook);
    if (!actor) return std::optional<std::string>();
    if (!event)
      return std::optional(ping_body(house, "ping_" + to_text(delivery.id), delivery.queued));
    const std::vector<domain::EnterpriseId> granted = granted_to(*actor, webhook);
    const Viewer viewer(*actor, granted);
    if (!is_told(house, viewer, *event)) return std::optional<std::string>();
    return std::optional(webhook_body(house, viewer, records.front(), *event));
  }

 private:
  ServedHouse* house_of(const Webhook& webhook) const {
    const auto found = houses_.find(webhook.owner.house);
    return found == houses_.end() ? nullptr : found->second;
  }
  static const domain::Actor* actor_of(const house::House& house, const Webhook& webhook) {
    const auto found = house.actors.find(webhook.owner.actor);
    return found == house.actors.end() ? nullptr : &found->second;
  }
  std::vector<domain::EnterpriseId> granted_to(const domain::Actor& actor,
                                               const Webhook& webhook) const {
    return accounts_.companies_granted(webhook.owner.house, actor.organisation);
  }
  static bool wants(const Webhook& webhook, std::string_view kind) {
    const auto& kinds = webhook.events;
    return kinds.empty() || std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
  }

  Service::Houses houses_;
  const platform::Accounts& accounts_;
};

}  // namespace

Result<std::unique_ptr<ServedWebhooks>> ServedWebhooks::start(const Service::Houses& houses,
                                                              const platform::Accounts& accounts,
                                                              ServedWebhooksOptions options) {
  ANLAN_TRY(std::unique_ptr<Webhooks> webhooks,
            Webhooks::open(platform::webhooks_file(options.accounts_file)));
  std::unique_ptr<ServedWebhooks> served(
      new ServedWebhooks(std::move(webhooks), options.to_private));
  const auto feed = std::make_shared<const Feed>(houses, accounts);
  const platform::WebhookSource source{
      .look = [feed](const Webhook& webhook,
                     std::size_t count) { return feed->look(webhook, count); },
      .body = [feed](const Webhook& webhook,
                     const Delivery& delivery) { return feed->body(webhook, delivery); },
      .may_call = [feed](const Webhook& webhook) { return feed->may_call(webhook); }};
  ANLAN_TRY(served->sender_,
            platform::WebhookSender::start(
                *served->webhooks_, source,
                {.client = {.to_private = options.to_private, .ca_file = options.ca_file},
                 .user_agent = "Anlan/" + std::string(kVersion),
                 .log = std::move(options.log)}));
  return served;
}

Result<Reply> ServedWebhooks::run(Session& session, const Asked& asked) {
  std::vector<Option> known = asked.operation.options;
  std::erase_if(known, [](const Option& option) { return is_local(option); });
  const NamedOperation named = operation_of(asked.words);
  const std::vector<std::string> rest(asked.words.begin() + static_cast<std::ptrdiff_t>(named.used),
                                      asked.words.end());
  Result<Node> parsed = parse_options(rest, known);
  if (!parsed.ok()) {
    Refusal refusal = parsed.refusal();
    refusal.args.push_back({.name = "command", .value = std::string(asked.operation.name)});
    return refusal;
  }
  const Node options = std::move(parsed).value();
  ReadReport report("");
  NodeReader reader(options, report, "options");
  Result<Reply> reply = run_webhook({.webhooks = *webhooks_,
                                     .by = asked.by,
                                     .account = asked.account,
                                     .key = session.options().key,
                                     .to_private = to_private_},
                                    session, asked.operation.name, reader);
  if (report.refused()) return report.refusal();
  return reply;
}

Result<Reply> ServedWebhooks::run_typed(Session& session, const std::vector<std::string>& words,
                                        const platform::Accounts& accounts) {
  constexpr std::string_view kLogin = "--login=";
  const Operation& operation = *operation_of(words).operation;
  if (session.options().actor.empty()) return missing_option("as", operation.name);
  ANLAN_TRY(const house::House* house, session.house());
  const platform::Membership by{.house = house->opening->name, .actor = {session.options().actor}};
  if (!house->actors.contains(by.actor))
    return Refusal{.code = house::refusals::kUnknownActor, .path = "as", .value = by.actor.text};
  platform::AccountId account;
  std::vector<std::string> rest;
  for (const std::string& word : words) {
    if (word.starts_with(kLogin)) {
      ANLAN_TRY(const platform::Account found, accounts.find(word.substr(kLogin.size())));
      account = found.id;
    } else if (!word.starts_with("--accounts=")) {
      rest.push_back(word);
    }
  }
  if (operation.name == "webhook add" && account == platform::AccountId{})
    return missing_option("login", operation.name);
  return run(session, {operation, rest, by, account});
}

}  // namespace anlan::api
