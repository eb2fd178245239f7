#include "api/service.h"

#include <algorithm>
#include <chrono>
#include <optional>

#include "api/acting.h"
#include "api/caller.h"
#include "api/caller_check.h"
#include "api/carried.h"
#include "api/door.h"
#include "api/explorer.h"
#include "api/http_body.h"
#include "api/invocation.h"
#include "api/jobs.h"
#include "api/machine_words.h"
#include "api/mcp.h"
#include "api/open_views.h"
#include "api/openapi.h"
#include "api/operation.h"
#include "api/refusals.h"
#include "api/request_head.h"
#include "api/search.h"
#include "api/service_events.h"
#include "api/service_reply.h"
#include "api/service_webhooks.h"
#include "api/share_desk.h"
#include "api/version.h"
#include "api/visibility.h"
#include "api/warm.h"
#include "api/webhook_desk.h"
#include "base/base64.h"
#include "base/refusals.h"
#include "base/to_node.h"
#include "formats/json.h"
#include "house/access.h"
#include "house/journal_refusals.h"
#include "house/refusals.h"
#include "platform/environment.h"
#include "platform/files.h"
#include "platform/lending.h"
#include "platform/meter.h"
#include "platform/refusals.h"
#include "platform/stopwatch.h"
#include "platform/temporary_folder.h"

namespace anlan::api {
namespace {

using platform::HttpReply;
using platform::HttpRequest;

constexpr std::string_view kJobs = "/v1/job/";
constexpr std::chrono::milliseconds kSlowFault{2'000};  // until the reply goes out

// A session goes back without a hold on its house, whatever happened.
struct Closing {
  Session& session;
  explicit Closing(Session& of) : session(of) {}
  Closing(const Closing&) = delete;
  Closing& operator=(const Closing&) = delete;
  ~Closing() { session.close(); }
};

}  // namespace

struct Service::Impl {
  using Sessions = platform::Lending<Session>;

  Impl(Houses all, platform::Accounts& known, ServiceOptions given)
      : houses(std::move(all)),
        accounts(known),
        options(std::move(given)),
        door(accounts, houses, options.door),
        plain([this] { return std::make_unique<Session>(SessionOptions(), library()); }) {
    for (const auto& [name, house] : houses) {
      sessions.emplace(name, std::make_unique<Sessions>([this, served = house] {
                         return std::make_unique<Session>(SessionOptions(), library(), *served);
                       }));
    }
  }

  Library library() const { return Library(options.artefacts, tables); }

  // Whether the limits of the caller have counted the request: a message to /mcp counts once.
  enum class Count : std::uint8_t { kNow = 1, kDone = 2 };
  HttpReply answer(const HttpRequest& request, Count count);
  HttpReply respond(const HttpRequest& request, Count count, const std::string& id,
                    std::string& operation);
  Result<HttpReply> of_server(const HttpRequest& request);
  Result<std::string> description();
  Result<Caller> caller_of(const HttpRequest& request);
  // Who goes on looking: the same caller, or the refusal that ends it.
  AskAgain ask_again(const HttpRequest& request, const Caller& caller);
  Result<HttpReply> of_events(const HttpRequest& request);
  struct Asked {
    const HttpRequest& request;
    const RouteFound& found;
    const Caller& caller;
    const std::string& id;  // of the request
  };
  Result<HttpReply> run(const Asked& asked, Session& session);
  HttpReply run_alone(const Asked& asked, const Progress* progress);
  Result<HttpReply> begin_job(const Asked& asked);
  bool is_for_anybody(const Refusal& refusal, const RouteFound& found) const;
  Result<HttpReply> of_anybody(const HttpRequest& request, const RouteFound& found);
  Result<HttpReply> of_jobs(const HttpRequest& request);
  Result<Node> jobs_asked_for(const HttpRequest& request, const Caller& caller);
  Result<HttpReply> forced_fault(const Asked& asked);
  Result<HttpReply> carried(const HttpRequest& request, std::string& operation);
  Result<Reply> run_carried(Session& session, const std::vector<std::string>& words);
  Result<Done> check_reader(Session& session, const Route& route, const Caller& caller);
  bool may_call(const Operation& operation, const Caller& caller);
  Result<HttpReply> mcp(const HttpRequest& request);

  Houses houses;
  platform::Accounts& accounts;
  ServiceOptions options;
  const PageShelf pages{options.pages};
  std::shared_ptr<ScenarioTables> tables = std::make_shared<ScenarioTables>();
  Door door;
  Sessions plain;  // of no house: for what is refused before one is known
  std::map<std::string, std::unique_ptr<Sessions>, std::less<>> sessions;
  platform::HeldNames keys;  // of requests that are being worked on
  platform::Meter meter;
  platform::MadeOnce<std::string, std::string> described;  // the OpenAPI document
  platform::JobBoard jobs;  // the last but one: they end before what they use
  ServedEvents events{houses, accounts, options.events};  // looks at all of it
};

Service::Service(Houses houses, platform::Accounts& accounts, ServiceOptions options)
    : impl_(std::make_unique<Impl>(std::move(houses), accounts, std::move(options))) {}

Service::~Service() = default;

void Service::warm() {
  for (const auto& [name, sessions] : impl_->sessions) {
    const platform::Lending<Session>::Loan session = sessions->borrow();
    if (!warm_prices(*session).ok()) return;
  }
}

// ---- what needs no house

namespace {

HttpReply text_reply(std::string_view type, std::string body) {
  HttpReply reply{.status = 200, .headers = {}, .body = std::move(body), .events = {}};
  reply.headers.push_back({.name = "Content-Type", .value = std::string(type)});
  return reply;
}

}  // namespace

Result<std::string> Service::Impl::description() {
  std::optional<Refusal> refused;
  const std::shared_ptr<const std::string> text =
      described.get("", [&]() -> std::shared_ptr<const std::string> {
        Library files = library();
        Result<std::string> made = openapi_text(files);
        if (made.ok()) return std::make_shared<const std::string>(std::move(made).value());
        refused = made.refusal();
        return nullptr;
      });
  if (refused) return *refused;
  return *text;
}

Result<HttpReply> Service::Impl::of_server(const HttpRequest& request) {
  Node json = Node::table();
  if (request.path == "/health") {
    json.add("status", Node::string("ok"));
    json.add("version", Node::string(kVersion));
    return json_reply(200, json);
  }
  if (request.path == "/ready") {
    bool ready = true;
    for (const auto& [name, house] : houses) {
      const platform::ServedHouse::Hold hold = house->share();
      const bool writes = !house->broken() && !house->read_only();
      json.add(name, Node::string(writes ? "ready" : "read_only"));
      ready = ready && writes;
    }
    return json_reply(ready ? 200 : 503, json);
  }
  if (request.path == "/metrics")
    return text_reply("text/plain; version=0.0.4; charset=utf-8", meter.text() + door.metrics());
  if (request.path == "/openapi.json") {
    ANLAN_TRY(const std::string text, description());
    return text_reply("application/json; charset=utf-8", text);
  }
  if (request.path == "/mcp") return mcp(request);
  if (request.path.starts_with("/explorer")) return explorer(library(), request);
  if (std::optional<HttpReply> page = pages.answer(request)) return *std::move(page);
  return Refusal{.code = refusals::kNoSuchPath, .path = "path", .value = request.path};
}

// ---- who asks

Result<Caller> Service::Impl::caller_of(const HttpRequest& request) {
  ANLAN_TRY(const std::string token, door.token_of(request));
  if (token.empty()) return Refusal{.code = refusals::kSignInNeeded, .path = "authorization"};
  ANLAN_TRY(platform::Bearer bearer, accounts.bearer(token));
  return caller_by(accounts, houses, std::move(bearer), asked_to_act(request));
}

namespace {

// The page whose tag If-Match names: the path without the words behind its subject. Null: there is
// no subject to compare.
const Operation* page_of(const Route& route) {
  return route.parameter.empty() ? nullptr : find_operation(route.parameter + " show");
}

}  // namespace

AskAgain Service::Impl::ask_again(const HttpRequest& request, const Caller& caller) {
  const Result<std::string> token = door.token_of(request);
  return [this, token = token.ok() ? *token : std::string(), asked = asked_to_act(request),
          caller]() -> Result<Caller> {
    ANLAN_TRY(platform::Bearer bearer, accounts.watcher(token));
    ANLAN_TRY(Caller now, caller_by(accounts, houses, std::move(bearer), asked));
    if (now.house == caller.house && now.actor == caller.actor) return now;
    return Refusal{.code = platform::refusals::kCredentialUnknown, .path = "authorization"};
  };
}

// Whether a tag fits says what the page holds: who sends one must be let see that page, and do what
// is to be done.
Result<Done> Service::Impl::check_reader(Session& session, const Route& route,
                                         const Caller& caller) {
  ANLAN_TRY(const house::House* house, session.house());
  const std::string_view command = route.operation->command;
  if (!command.empty()) ANLAN_REQUIRE(house::may_command(*house, caller.actor, command));
  const Operation* show = page_of(route);
  return show ? check_caller(accounts, *house, *show, caller) : Done{};
}

// ---- tools

bool Service::Impl::may_call(const Operation& operation, const Caller& caller) {
  platform::Lending<Session>::Loan session = sessions.find(caller.house)->second->borrow();
  session->options() = SessionOptions();
  const Closing closing{*session};
  const Result<const house::House*> house = session->house();
  return house.ok() && may_use(accounts, **house, operation, caller);
}

Result<HttpReply> Service::Impl::mcp(const HttpRequest& request) {
  if (request.method != "POST") {
    return Refusal{.code = refusals::kOtherMethod,
                   .path = "method",
                   .value = request.method,
                   .args = {{.name = "allowed", .value = "POST"}},
                   .at = {}};
  }
  ANLAN_TRY(const Caller caller, caller_of(request));
  Passage passage = door.pass(caller.bearer);
  if (passage.refused) return *passage.refused;
  const Lang lang = language_of(request);
  HttpReply reply = answer_mcp(
      request, {.may_use = [&](const Operation& operation) { return may_call(operation, caller); },
                .answer = [this](const HttpRequest& inner) { return answer(inner, Count::kDone); },
                .refusal =
                    [&](const Refusal& refusal) {
                      platform::Lending<Session>::Loan session = plain.borrow();
                      session->options().lang = lang;
                      return session->refusal_node(refusal);
                    }});
  std::move(passage.headers.begin(), passage.headers.end(), std::back_inserter(reply.headers));
  return reply;
}

// ---- an operation

namespace {

// What somebody may not see is asked for under a number that no record will ever have, so that the
// answer is that of what is not there; `shown` says it of the id that was asked for.
struct Masked {
  std::vector<std::pair<std::string, std::string>> ids;  // asked for; put in its place

  Refusal shown(Refusal refusal) const {
    for (const auto& [asked, put] : ids) {
      if (refusal.value == put) refusal.value = asked;
      for (RefusalArg& arg : refusal.args) {
        if (arg.value == put) arg.value = asked;
      }
    }
    return refusal;
  }
};

Masked mask_unseen(const house::House& house, const Viewer& viewer,
                   std::vector<std::string>& words) {
  constexpr std::string_view kNever = "18446744073709551615";
  Masked masked;
  for (std::string unseen = first_unseen(house, viewer, words); !unseen.empty();
       unseen = first_unseen(house, viewer, words)) {
    const std::string asked = unseen.substr(unseen.find('=') + 1);
    const std::string put = asked.substr(0, asked.find('_') + 1) + std::string(kNever);
    *std::find(words.begin(), words.end(), unseen) = unseen.substr(0, unseen.find('=') + 1) + put;
    masked.ids.emplace_back(asked, put);
  }
  return masked;
}

// Files that an operation writes, as parts of its answer.
Result<Node> written_files(const std::string& folder, const std::vector<std::string>& names) {
  Node files = Node::list();
  for (const std::string& name : names) {
    ANLAN_TRY(const std::string bytes, platform::read_file(folder + "/" + name, kInputBytesMax));
    Node file = Node::table();
    file.add("name", Node::string(name));
    file.add("base64", Node::string(to_base64(bytes_of(bytes))));
    files.items.push_back(std::move(file));
  }
  return files;
}

// "--out=policy.pdf" is a file of that name in `folder`; an operation that must write one gets a
// name for it. Refuses kBodyValue for a name that is a path.
Result<std::vector<std::string>> take_outputs(const Operation& operation, const std::string& folder,
                                              std::vector<std::string>& words) {
  std::vector<std::string> names;
  for (const Option& option : operation.options) {
    if (!gives_file(option)) continue;
    const std::string head = "--" + std::string(option.name) + "=";
    auto word = std::find_if(words.begin(), words.end(),
                             [&](const std::string& each) { return each.starts_with(head); });
    if (word == words.end()) {
      if (!option.required) continue;
      word = words.insert(words.end(), head + "document.pdf");
    }
    const std::string name = word->substr(head.size());
    if (name.empty() || name.find('/') != std::string::npos || name.starts_with(".")) {
      return Refusal{.code = refusals::kBodyValue,
                     .path = std::string(option.name),
                     .value = name,
                     .args = {{.name = "wanted", .value = "file_name"}},
                     .at = {}};
    }
    names.push_back(name);
    *word = head + folder + "/" + name;
  }
  return names;
}

Result<Reply> run_with_files(Session& session, const Operation& operation,
                             std::vector<std::string> words) {
  const auto& options = operation.options;
  if (std::none_of(options.begin(), options.end(), gives_file))
    return run_operation(session, words);
  ANLAN_TRY(const platform::TemporaryFolder folder, platform::TemporaryFolder::create());
  ANLAN_TRY(const std::vector<std::string> outputs, take_outputs(operation, folder.path(), words));
  ANLAN_TRY(Reply reply, run_operation(session, words));
  if (outputs.empty()) return reply;
  ANLAN_TRY(Node files, written_files(folder.path(), outputs));
  reply.json.add("files", std::move(files));
  return reply;
}

Refusal not_rehearsed(const Operation& operation) {
  return Refusal{.code = refusals::kNotRehearsed,
                 .path = "dry-run",
                 .value = std::string(operation.name),
                 .args = {{.name = "operation", .value = std::string(operation.name)}},
                 .at = {}};
}

// The subject must still be what its page said. Nobody comes in between: the session has the house
// to itself until its command is recorded. Refuses kTagStale, also where there is no such page.
Result<Done> check_unchanged(Session& session, const Route& route, const Masked& masked,
                             const std::vector<std::string>& words, const std::string& tag) {
  const Refusal changed{.code = refusals::kTagStale, .path = "if-match", .value = tag};
  const Operation* show = page_of(route);
  const std::string head = "--" + route.parameter + "=";
  const auto subject = std::find_if(
      words.begin(), words.end(), [&](const std::string& word) { return word.starts_with(head); });
  if (!show || subject == words.end()) return changed;
  ANLAN_REQUIRE(session.open(platform::HouseMode::kWrite));
  const bool rehearse = std::exchange(session.options().rehearse, false);
  const Result<Reply> shown = run_operation(session, {route.parameter, "show", *subject});
  session.options().rehearse = rehearse;
  if (!shown.ok()) return masked.shown(shown.refusal());
  if (entity_tag(json_reply(200, shown->json).body) != tag) return changed;
  return Done{};
}

// As whom, and what the head of a request says of how it is run.
void take_head(const Caller& caller, const HttpRequest& request, bool sent, SessionOptions& given) {
  given.actor = caller.actor.text;
  given.key = sent ? header_or(request, "idempotency-key") : std::string();
  given.at.reset();
  if (const auto at = request.header("anlan-at")) given.at = std::string(*at);
}

// Whoever let himself in by asking does not move the clock of everybody else.
Result<Done> check_time(const SessionOptions& given, const Caller& caller) {
  if (!given.at || !caller.actor.text.starts_with(kAskedActor)) return Done{};
  return Refusal{.code = refusals::kClockNotSettable, .path = "at", .value = *given.at};
}

}  // namespace

Result<HttpReply> Service::Impl::run(const Asked& wanted, Session& session) {
  const HttpRequest& request = wanted.request;
  const RouteFound& found = wanted.found;
  const Caller& caller = wanted.caller;
  const Operation& operation = *found.route->operation;
  const bool sent = found.route->method == HttpMethod::kPost;
  const bool lists = is_listing(operation);
  ANLAN_TRY(HttpWords asked, sent ? words_of_body(*found.route, found.parameter, request.body)
                                  : words_of_query(*found.route, found.parameter,
                                                   query_without_page(request, lists)));
  SessionOptions& given = session.options();
  take_head(caller, request, sent, given);
  given.files = std::move(asked.files);
  if (header_or(request, "anlan-dry-run") == "true") try_out(asked.words, given);
  ANLAN_TRY(const house::House* seen, session.house());
  ANLAN_REQUIRE(check_caller(accounts, *seen, operation, caller));
  ANLAN_REQUIRE(check_time(given, caller));
  if (given.rehearse) given.key.clear();
  std::unique_ptr<platform::HeldNames::Held> held;
  if (!given.key.empty()) {
    held = keys.hold(caller.house + "\n" + given.actor + "\n" + given.key);
    if (!held)
      return Refusal{.code = refusals::kKeyInFlight, .path = "idempotency-key", .value = given.key};
  }
  const std::vector<domain::EnterpriseId> granted =
      accounts.companies_granted(caller.house, seen->actors.at(caller.actor).organisation);
  Masked masked = mask_unseen(*seen, {seen->actors.at(caller.actor), granted}, asked.words);
  const auto match = sent ? request.header("if-match") : std::nullopt;
  if (match) ANLAN_REQUIRE(check_reader(session, *found.route, caller));
  if (match)
    ANLAN_REQUIRE(check_unchanged(session, *found.route, masked, asked.words, std::string(*match)));
  const bool of_machine = looks_at_machine(operation);
  const bool long_view =
      given.progress && operation.lengthy && operation.command.empty() && !of_machine;
  if (long_view) ANLAN_REQUIRE(session.take_copy());
  if (of_machine)
    ANLAN_REQUIRE(add_machine_words(operation, options.machine,
                                    houses.find(caller.house)->second->paths().folder.string(),
                                    caller.house, asked.words));
  const bool of_webhooks = options.webhooks && is_webhook_operation(operation.name);
  const bool of_shares = options.door.shares && is_share_operation(operation.name);
  if ((of_webhooks || of_shares) && header_or(request, "anlan-dry-run") == "true")
    return not_rehearsed(operation);
  const auto run_it = [&]() -> Result<Reply> {
    if (operation.name == "search") return run_search(session, asked.words, granted);
    const platform::Membership by{.house = caller.house, .actor = caller.actor};
    if (of_shares)
      return run_share_words({*options.door.shares, by, given.key}, session, operation,
                             asked.words);
    if (!of_webhooks) return run_with_files(session, operation, asked.words);
    return options.webhooks->run(session, {operation, asked.words, by, caller.bearer.account});
  };
  ANLAN_TRY(const Page page, lists ? read_page(request) : Result<Page>(Page{}));
  ANLAN_TRY(const house::House* house, session.house());
  const auto rows = rows_seen(*house, operation, {house->actors.at(caller.actor), granted});
  RowWindow window(page.after, page.limit, rows);
  if (lists) given.window = &window;
  Result<Reply> ran = run_it();
  given.window = nullptr;
  if (!ran.ok()) return masked.shown(ran.refusal());
  Reply reply = std::move(ran).value();
  if (lists) {
    ANLAN_TRY(reply.json, paged(std::move(reply.json), page, rows));
  }
  HttpReply out = json_reply(200, reply.json);
  if (const Result<Instant> now = session.now(); now.ok())
    out.headers.push_back(
        {.name = "Anlan-Now", .value = to_text(*now, session.house_read()->offset())});
  if (!sent) give_tag(request, out);
  return out;
}

HttpReply Service::Impl::respond(const HttpRequest& request, Count count, const std::string& id,
                                 std::string& operation) {
  platform::Lending<Session>::Loan known = plain.borrow();
  known->options().lang = language_of(request);
  const auto refused = [&](const Refusal& refusal) {
    HttpReply reply = error_reply(*known, refusal, id);
    for (platform::HttpField& each : refusal_headers(refusal))
      reply.headers.push_back(std::move(each));
    return reply;
  };
  const auto answered = [&](const Result<HttpReply>& reply) {
    return reply.ok() ? *reply : refused(reply.refusal());
  };
  if (!request.own_socket.empty()) return answered(carried(request, operation));
  if (is_account_path(request.path)) {
    operation = "account";
    return answered(door.answer(request));
  }
  if (!request.path.starts_with("/v1/")) return answered(of_server(request));
  if (request.path == "/v1/events") {
    operation = "events";
    return answered(of_events(request));
  }
  if (request.path.starts_with(kJobs)) {
    operation = "job";
    return answered(of_jobs(request));
  }
  const std::string method = request.method == "HEAD" ? "GET" : request.method;
  const RouteFound found = find_route(method, request.path);
  if (!found.route && !found.other_method)
    return refused({.code = refusals::kNoSuchPath, .path = "path", .value = request.path});
  if (!found.route) {
    const std::string allowed = request.method == "GET" ? "POST" : "GET";
    return refused({.code = refusals::kOtherMethod,
                    .path = "method",
                    .value = request.method,
                    .args = {{.name = "allowed", .value = allowed}},
                    .at = {}});
  }
  operation = found.route->operation->name;
  const Result<Caller> caller = caller_of(request);
  if (!caller.ok() && is_for_anybody(caller.refusal(), found))
    return answered(of_anybody(request, found));
  if (!caller.ok()) return refused(caller.refusal());
  Passage passage;
  if (count == Count::kNow) passage = door.pass(caller->bearer);
  if (passage.refused) {
    HttpReply reply = error_reply(*known, *passage.refused, id);
    std::move(passage.headers.begin(), passage.headers.end(), std::back_inserter(reply.headers));
    return reply;
  }
  const Asked asked{request, found, *caller, id};
  const std::string wish = header_or(request, "prefer");
  const bool job = wish == "respond-async" || (found.route->operation->lengthy && wish != "wait");
  HttpReply out = request.header("anlan-fault") ? answered(forced_fault(asked))
                  : job                         ? answered(begin_job(asked))
                                                : run_alone(asked, nullptr);
  std::move(passage.headers.begin(), passage.headers.end(), std::back_inserter(out.headers));
  return out;
}

// ---- without an account

// Only of whoever brings nothing: a token that is spent is told so.
bool Service::Impl::is_for_anybody(const Refusal& refusal, const RouteFound& found) const {
  if (refusal.code != refusals::kSignInNeeded || options.open_house.empty()) return false;
  const Operation& operation = *found.route->operation;
  return found.route->method == HttpMethod::kGet ? is_open(operation) : is_open_request(operation);
}

// A price takes a processor for a while, and so does a paper that is drawn again: two of each at
// once, whoever asks.
Result<HttpReply> Service::Impl::of_anybody(const HttpRequest& request, const RouteFound& found) {
  ANLAN_REQUIRE(door.pass_peer(request));
  const std::string kind = "anybody " + std::string(found.route->operation->name);
  std::unique_ptr<platform::HeldNames::Held> turn = keys.hold(kind);
  if (!turn) turn = keys.hold(kind + " beside");
  if (!turn) return Refusal{.code = platform::refusals::kHouseLoaded, .path = "", .value = "2"};
  platform::Lending<Session>::Loan session = sessions.find(options.open_house)->second->borrow();
  session->options() = SessionOptions();
  session->options().lang = language_of(request);
  const Closing closing{*session};
  return found.route->method == HttpMethod::kGet ? open_view(*session, found, request)
                                                 : open_request(*session, found, request);
}

// In a session of its own, whatever becomes of it.
HttpReply Service::Impl::run_alone(const Asked& asked, const Progress* progress) {
  platform::Lending<Session>::Loan session = sessions.find(asked.caller.house)->second->borrow();
  session->options() = SessionOptions();
  session->options().lang = language_of(asked.request);
  session->options().progress = progress;
  const Closing closing{*session};
  const Result<HttpReply> reply = run(asked, *session);
  return reply.ok() ? *reply : error_reply(*session, reply.refusal(), asked.id);
}

// ---- events

Result<HttpReply> Service::Impl::of_events(const HttpRequest& request) {
  ANLAN_TRY(const Caller caller, caller_of(request));
  Passage passage = door.pass(caller.bearer);
  if (passage.refused) return *passage.refused;
  ANLAN_TRY(HttpReply reply, events.watch_house(request, caller, ask_again(request, caller)));
  std::move(passage.headers.begin(), passage.headers.end(), std::back_inserter(reply.headers));
  return reply;
}

// ---- command lines beside the folder

Result<Reply> Service::Impl::run_carried(Session& session, const std::vector<std::string>& words) {
  const Operation& operation = *operation_of(words).operation;
  const bool shares = options.door.shares && is_share_operation(operation.name);
  const bool webhooks = options.webhooks && is_webhook_operation(operation.name);
  if (!shares && !webhooks) return run_operation(session, words);
  if (session.options().rehearse) return not_rehearsed(operation);
  if (shares) return run_share_typed(*options.door.shares, session, words);
  return options.webhooks->run_typed(session, words, accounts);
}

Result<HttpReply> Service::Impl::carried(const HttpRequest& request, std::string& named) {
  const auto house = options.own_sockets.find(request.own_socket);
  if (house == options.own_sockets.end() || request.path != kCommandPath ||
      request.method != "POST")
    return Refusal{.code = refusals::kNoSuchPath, .path = "path", .value = request.path};
  ANLAN_TRY(CarriedRequest asked, read_carried_request(request.body));
  const Operation* operation = operation_of(asked.words).operation;
  if (!operation || !is_carried(*operation))
    return Refusal{.code = refusals::kNoSuchPath, .path = "words", .value = asked.words.front()};
  named = operation->name;
  std::unique_ptr<platform::HeldNames::Held> held;
  if (!asked.session.key.empty()) {
    held = keys.hold(house->second + "\n" + asked.session.actor + "\n" + asked.session.key);
    if (!held)
      return Refusal{.code = refusals::kKeyInFlight, .path = "key", .value = asked.session.key};
  }
  platform::Lending<Session>::Loan session = sessions.find(house->second)->second->borrow();
  session->options() = asked.session;
  const Closing closing{*session};
  ANLAN_TRY(
      const CarriedAnswer answer,
      answer_carried(*session, asked, [this](Session& of, const std::vector<std::string>& words) {
        return run_carried(of, words);
      }));
  HttpReply reply = text_reply("application/json; charset=utf-8", carried_text(answer.reply));
  if (!answer.refused.ok()) reply.status = status_of(answer.refused.refusal());
  return reply;
}

// ---- jobs

namespace {

HttpReply job_reply(int status, const Node& job) {
  HttpReply reply = json_reply(status, job);
  reply.headers.push_back({.name = "Location", .value = "/v1/job/" + job.find("id")->text});
  return reply;
}

}  // namespace

Result<HttpReply> Service::Impl::begin_job(const Asked& asked) {
  {
    const platform::Lending<Session>::Loan session =
        sessions.find(asked.caller.house)->second->borrow();
    const Closing closing{*session};
    session->options() = SessionOptions();
    ANLAN_TRY(const house::House* house, session->house());
    ANLAN_REQUIRE(check_caller(accounts, *house, *asked.found.route->operation, asked.caller));
  }
  const std::string owner = owner_of(asked.caller);
  // Asked again when its turn has come: what was withdrawn while it waited begins nothing.
  const auto work = [this, owner, request = asked.request, found = asked.found,
                     id = asked.id](const Progress& progress) {
    Result<Caller> now = caller_of(request);
    if (now.ok() && owner_of(*now) != owner)
      now = Refusal{.code = platform::refusals::kCredentialUnknown, .path = "authorization"};
    if (now.ok()) return run_alone({request, found, *now, id}, &progress);
    const platform::Lending<Session>::Loan known = plain.borrow();
    known->options().lang = language_of(request);
    return error_reply(*known, now.refusal(), id);
  };
  ANLAN_TRY(const Node job, start_job(jobs, owner, asked.found.route->operation->name, work));
  return job_reply(202, job);
}

// One's own, or where whoever runs the house asks "of=house", those of everybody.
Result<Node> Service::Impl::jobs_asked_for(const HttpRequest& request, const Caller& caller) {
  const auto of = std::find_if(request.query.begin(), request.query.end(),
                               [](const auto& each) { return each.name == "of"; });
  if (of == request.query.end() || of->value == "own") return job_list(jobs, owner_of(caller));
  if (of->value != "house")
    return Refusal{.code = anlan::refusals::kUnknownChoice,
                   .path = "of",
                   .value = of->value,
                   .args = {{.name = "choices", .value = "own | house"}},
                   .at = {}};
  ANLAN_TRY(const domain::Actor actor,
            actor_of(houses, {.house = caller.house, .actor = caller.actor}));
  if (may_view(actor, Audience::kOperator)) return job_list_of_house(jobs, caller.house);
  return Refusal{.code = house::refusals::kRoleMissing,
                 .path = "as",
                 .value = caller.actor.text,
                 .args = {{.name = "command", .value = "job list"},
                          {.name = "roles", .value = std::string(viewers_of(Audience::kOperator))}},
                 .at = {}};
}

Result<HttpReply> Service::Impl::of_jobs(const HttpRequest& request) {
  constexpr std::string_view kCancel = "/cancel";
  constexpr std::string_view kEvents = "/events";
  ANLAN_TRY(const Caller caller, caller_of(request));
  if (Passage passage = door.pass(caller.bearer); passage.refused) return *passage.refused;
  const std::string owner = owner_of(caller);
  if (request.path == "/v1/job/list" && request.method == "GET") {
    ANLAN_TRY(const Page page, read_page(request));
    ANLAN_TRY(Node seen, jobs_asked_for(request, caller));
    ANLAN_TRY(const Node listed, paged(std::move(seen), page));
    return json_reply(200, listed);
  }
  std::string_view id = std::string_view(request.path).substr(kJobs.size());
  if (request.method == "POST" && id.ends_with(kCancel)) {
    id.remove_suffix(kCancel.size());
    ANLAN_TRY(const Node job, cancel_job(jobs, owner, id));
    return json_reply(200, job);
  }
  if (request.method != "GET")
    return Refusal{.code = refusals::kNoSuchPath, .path = "path", .value = request.path};
  if (id.ends_with(kEvents)) {
    id.remove_suffix(kEvents.size());
    ANLAN_REQUIRE(job_progress(jobs, owner, id));
    return events.watch_job(
        caller, [this, owner, id = std::string(id)] { return job_progress(jobs, owner, id); },
        ask_again(request, caller));
  }
  ANLAN_TRY(const Node job, job_node(jobs, owner, id));
  return json_reply(200, job);
}

// ---- faults that a sandbox is asked for

namespace {

constexpr std::string_view kFaults = "unavailable | overloaded | disk_full | slow | cut";

}  // namespace

// So that whoever builds on the service sees what his program does when it goes wrong.
Result<HttpReply> Service::Impl::forced_fault(const Asked& asked) {
  const std::string fault = header_or(asked.request, "anlan-fault");
  {
    const platform::ServedHouse* house = houses.find(asked.caller.house)->second;
    const platform::ServedHouse::Hold hold = houses.find(asked.caller.house)->second->share();
    const bool sandbox = !house->broken() && house->house().opening->sandbox;
    if (!sandbox)
      return Refusal{.code = refusals::kFaultUnknown,
                     .path = "anlan-fault",
                     .value = fault,
                     .args = {{.name = "choices", .value = {}}},
                     .at = {}};
  }
  const Refusal forced{.code = refusals::kFaultForced, .path = "anlan-fault", .value = fault};
  if (fault == "unavailable" || fault == "overloaded") {
    const platform::Lending<Session>::Loan session = plain.borrow();
    HttpReply reply = error_reply(*session, forced, asked.id);
    reply.status = fault == "overloaded" ? 429 : 503;
    reply.headers.push_back({.name = "Retry-After", .value = "1"});
    return reply;
  }
  if (fault == "disk_full")
    return Refusal{.code = house::refusals::kDiskFull, .path = "anlan-fault", .value = fault};
  if (fault != "slow" && fault != "cut")
    return Refusal{.code = refusals::kFaultUnknown,
                   .path = "anlan-fault",
                   .value = fault,
                   .args = {{.name = "choices", .value = std::string(kFaults)}},
                   .at = {}};
  HttpReply reply = run_alone(asked, nullptr);
  if (fault == "slow") reply.after = kSlowFault;
  reply.cut = fault == "cut";
  return reply;
}

namespace {

std::string log_line(const HttpRequest& request, const std::string& id,
                     const std::string& operation, int status, std::int64_t microseconds) {
  Node line = Node::table();
  line.add("request", Node::string(id));
  line.add("method", Node::string(request.method));
  line.add("path", Node::string(request.path));
  line.add("operation", Node::string(operation));
  line.add("status", Node::number(status));
  line.add("microseconds", Node::number(microseconds));
  line.add("peer", Node::string(request.peer));
  return formats::write_json(line, {.indent = 0});
}

}  // namespace

HttpReply Service::Impl::answer(const HttpRequest& request, Count count) {
  const platform::Stopwatch watch;
  const std::string id = request_id(request);
  std::string operation = "other";
  HttpReply reply = respond(request, count, id, operation);
  reply.headers.push_back({.name = "X-Request-Id", .value = id});
  const std::int64_t took = watch.microseconds();
  meter.answered(operation, reply.status, took);
  if (options.log) options.log(log_line(request, id, operation, reply.status, took));
  return reply;
}

HttpReply Service::answer(const HttpRequest& request) {
  return impl_->answer(request, Impl::Count::kNow);
}

}  // namespace anlan::api
