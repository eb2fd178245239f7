#include "api/service_events.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "api/acting.h"
#include "api/door_refusals.h"
#include "api/refusals.h"
#include "api/webhook_event.h"
#include "api/webhook_refusals.h"
#include "base/node_reader.h"
#include "formats/json.h"
#include "house/event_codec.h"
#include "platform/refusals.h"
#include "platform/stopwatch.h"

namespace anlan::api {
namespace {

using platform::FeedLook;
using platform::HttpReply;
using platform::HttpRequest;
using platform::ServedHouse;

constexpr std::size_t kRecordsPerLook = 256;
// Whoever hears of nothing is asked again after this.
constexpr std::int64_t kAskEveryMicroseconds = 1'000'000;
constexpr std::string_view kPrefix = "evt_";

struct Wish {
  std::uint64_t seen = 0;  // the last record that is not asked for
  std::vector<std::string> kinds;
  bool tell_place = true;  // the reader does not know where he begins
};

Refusal not_an_event(const std::string& value) {
  return Refusal{.code = refusals::kLastEventMalformed,
                 .path = "last-event-id",
                 .value = value,
                 .args = {},
                 .at = {}};
}

Result<std::uint64_t> seq_of(const std::string& text, std::uint64_t head) {
  std::uint64_t seq = 0;
  const char* const end = text.data() + text.size();
  if (!text.starts_with(kPrefix)) return not_an_event(text);
  const auto read = std::from_chars(text.data() + kPrefix.size(), end, seq);
  if (read.ec != std::errc() || read.ptr != end || seq > head) return not_an_event(text);
  return seq;
}

Result<std::vector<std::string>> kinds_of(std::string_view text) {
  const std::vector<std::string_view> known = webhook_event_kinds();
  std::vector<std::string> kinds;
  while (!text.empty()) {
    const std::string kind(text.substr(0, text.find(',')));
    text.remove_prefix(std::min(kind.size() + 1, text.size()));
    if (kind.empty()) continue;
    if (std::find(known.begin(), known.end(), kind) == known.end()) {
      return Refusal{
          .code = refusals::kEventKindUnknown,
          .path = "kinds",
          .value = kind,
          .args = {{.name = "nearest", .value = nearest(kind, {known.begin(), known.end()})}},
          .at = {}};
    }
    kinds.push_back(kind);
  }
  return kinds;
}

// What a browser says on coming back goes before what its page said at first.
Result<Wish> wish_of(const HttpRequest& request, std::uint64_t head) {
  Wish wish{.seen = head, .kinds = {}};
  std::string last(request.header("last-event-id").value_or(""));
  for (const platform::HttpField& pair : request.query) {
    if (pair.name == "kinds") {
      ANLAN_TRY(wish.kinds, kinds_of(pair.value));
    } else if (pair.name == "after") {
      if (last.empty()) last = pair.value;
    } else {
      return Refusal{.code = refusals::kUnknownOption,
                     .path = pair.name,
                     .value = pair.name,
                     .args = {{.name = "nearest", .value = nearest(pair.name, {"kinds", "after"})},
                              {.name = "described", .value = "openapi"}},
                     .at = {}};
    }
  }
  if (!last.empty()) {
    wish.tell_place = false;
    ANLAN_TRY(wish.seen, seq_of(last, head));
  }
  return wish;
}

// One reader's way through the journal of a house.
class Watch {
 public:
  Watch(ServedHouse& house, const platform::Accounts& accounts, AskAgain again, Wish wish)
      : house_(&house), accounts_(&accounts), again_(std::move(again)), wish_(std::move(wish)) {}

  FeedLook operator()() {
    if (std::exchange(wish_.tell_place, false)) return {.events = {place()}, .more = true};
    const std::uint64_t head = head_now();
    const bool news = head > wish_.seen;
    if (!news && asked_.microseconds() - asked_at_ < kAskEveryMicroseconds) return {};
    asked_at_ = asked_.microseconds();
    const Result<Caller> caller = again_();
    if (!caller.ok() || !may_go_on(*caller)) return {.events = {}, .more = false, .ended = true};
    if (!news) return {};
    Result<FeedLook> look = tell(*caller, head);
    // What cannot be read now ends it: whoever comes back begins where he stopped.
    return look.ok() ? std::move(look).value()
                     : FeedLook{.events = {}, .more = false, .ended = true};
  }

 private:
  // An id and no event: whoever is cut off comes back to here.
  platform::ServerEvent place() const { return event_of(wish_.seen, {}); }
  static platform::ServerEvent event_of(std::uint64_t seq, std::string data) {
    return {.name = {}, .data = std::move(data), .id = std::string(kPrefix) + std::to_string(seq)};
  }

  std::uint64_t head_now() const {
    const ServedHouse::Hold hold = house_->share();
    return house_->broken() ? 0 : house_->house().head.seq;
  }

  bool may_go_on(const Caller& caller) const {
    std::optional<domain::Actor> actor;
    {
      const ServedHouse::Hold hold = house_->share();
      if (house_->broken()) return false;
      const auto found = house_->house().actors.find(caller.actor);
      if (found != house_->house().actors.end()) actor = found->second;
    }
    return actor && may_act(*accounts_, caller.bearer.organisation, caller.house, *actor).ok();
  }

  // Read and decoded before the house is held, so that nobody waits for it.
  Result<FeedLook> tell(const Caller& caller, std::uint64_t head) {
    const std::size_t count = std::min<std::uint64_t>(kRecordsPerLook, head - wish_.seen);
    ANLAN_TRY(const std::vector<house::Record> records, house_->read(wish_.seen + 1, count));
    std::vector<std::pair<const house::Record*, domain::Event>> wanted;
    for (const house::Record& record : records) {
      ANLAN_TRY(domain::Event event, house::read_event(record.kind, record.version, record.body));
      if (wants(house::event_name(event))) wanted.emplace_back(&record, std::move(event));
    }
    FeedLook look;
    const ServedHouse::Hold hold = house_->share();
    if (house_->broken() || records.empty()) return look;
    const house::House& house = house_->house();
    const auto actor = house.actors.find(caller.actor);
    if (actor == house.actors.end()) return FeedLook{.events = {}, .more = false, .ended = true};
    const std::vector<domain::EnterpriseId> granted =
        accounts_->companies_granted(caller.house, actor->second.organisation);
    const Viewer viewer(actor->second, granted);
    for (const auto& [record, event] : wanted) {
      if (!is_told(house, viewer, event)) continue;
      look.events.push_back(event_of(record->seq, webhook_body(house, viewer, *record, event)));
    }
    wish_.seen = records.back().seq;
    // So that nobody reads again what is nothing to him.
    if (look.events.empty() && records.size() == kRecordsPerLook) look.events.push_back(place());
    look.more = wish_.seen < head;
    return look;
  }

  bool wants(std::string_view kind) const {
    const auto& kinds = wish_.kinds;
    return kinds.empty() || std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
  }

  ServedHouse* house_;
  const platform::Accounts* accounts_;
  AskAgain again_;
  Wish wish_;
  platform::Stopwatch asked_;
  std::int64_t asked_at_ = 0;
};

// The operation is not in the table: this is what check_caller asks of those that are.
Result<Done> check_watcher(const ServedHouses& houses, const platform::Accounts& accounts,
                           const Caller& caller) {
  if (!reaches(caller.bearer, kEventsOperation, false)) {
    return Refusal{.code = refusals::kScopeMissing,
                   .path = "authorization",
                   .value = {},
                   .args = {{.name = "operation", .value = std::string(kEventsOperation)}},
                   .at = {}};
  }
  ANLAN_TRY(const domain::Actor actor,
            actor_of(houses, {.house = caller.house, .actor = caller.actor}));
  ServedHouse* const served = houses.find(caller.house)->second;
  {
    const ServedHouse::Hold hold = served->share();
    if (served->broken())
      return Refusal{
          .code = platform::refusals::kHouseLoaded, .path = "house", .value = caller.house};
    const bool sandbox = served->house().opening->sandbox;
    if (caller.bearer.kind == platform::CredentialKind::kTestKey && !sandbox)
      return Refusal{.code = platform::refusals::kCredentialUnknown, .path = "authorization"};
  }
  return may_act(accounts, caller.bearer.organisation, caller.house, actor);
}

}  // namespace

ServedEvents::ServedEvents(const ServedHouses& houses, const platform::Accounts& accounts,
                           platform::EventFeedOptions options)
    : houses_(houses), accounts_(accounts), feed_(options) {}

Result<HttpReply> ServedEvents::watch_house(const HttpRequest& request, const Caller& caller,
                                            const AskAgain& again) {
  if (request.method != "GET") {
    return Refusal{.code = refusals::kOtherMethod,
                   .path = "method",
                   .value = request.method,
                   .args = {{.name = "allowed", .value = "GET"}},
                   .at = {}};
  }
  ANLAN_REQUIRE(check_watcher(houses_, accounts_, caller));
  ServedHouse* const served = houses_.find(caller.house)->second;
  std::uint64_t head = 0;
  {
    const ServedHouse::Hold hold = served->share();
    if (!served->broken()) head = served->house().head.seq;
  }
  ANLAN_TRY(Wish wish, wish_of(request, head));
  return opened(caller, Watch(*served, accounts_, again, std::move(wish)));
}

Result<HttpReply> ServedEvents::watch_job(const Caller& caller,
                                          const std::function<Result<Node>()>& look,
                                          const AskAgain& again) {
  return opened(caller, [look, again, last = std::string()]() mutable {
    const Result<Node> job = look();
    if (!job.ok() || !again().ok()) return FeedLook{.events = {}, .more = false, .ended = true};
    FeedLook found;
    const std::string text = formats::write_json(*job, {.indent = 0});
    if (text != last) found.events.push_back({.name = {}, .data = text, .id = {}});
    last = text;
    const std::string& state = job->find("state")->text;
    found.ended = state != "waiting" && state != "running";
    return found;
  });
}

Result<HttpReply> ServedEvents::opened(const Caller& caller, platform::EventFeed::Look look) {
  platform::EventFeed::Opened opened = feed_.open(to_text(caller.bearer.account), std::move(look));
  if (!opened.stream) {
    return Refusal{.code = refusals::kTooManyStreams,
                   .path = "events",
                   .value = {},
                   .args = {{.name = "limit", .value = std::to_string(opened.limit)}},
                   .at = {}};
  }
  HttpReply reply{.status = 200, .headers = {}, .body = {}, .events = std::move(opened.stream)};
  reply.headers.push_back({.name = "Cache-Control", .value = "no-store"});
  reply.headers.push_back({.name = "X-Content-Type-Options", .value = "nosniff"});
  // A proxy that gathers a reply before it hands it on would hold every event back.
  reply.headers.push_back({.name = "X-Accel-Buffering", .value = "no"});
  return reply;
}

}  // namespace anlan::api
