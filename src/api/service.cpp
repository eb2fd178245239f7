#include "api/service.h"

#include <algorithm>

#include "api/http_body.h"
#include "api/openapi.h"
#include "api/operation.h"
#include "api/refusals.h"
#include "api/service_reply.h"
#include "api/version.h"
#include "api/visibility.h"
#include "base/base64.h"
#include "base/to_node.h"
#include "formats/json.h"
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

// Who asks, and in which house.
struct Caller {
  platform::Bearer bearer;
  std::string house;
  domain::ActorName actor;
};

std::string header_or(const HttpRequest& request, std::string_view name,
                      std::string_view otherwise = {}) {
  return std::string(request.header(name).value_or(otherwise));
}

Lang language_of(const HttpRequest& request) {
  return header_or(request, "accept-language").starts_with("en") ? Lang::kEn : Lang::kZh;
}

// The caller's own, where it is one that a log can hold.
std::string request_id(const HttpRequest& request) {
  constexpr std::size_t kLongest = 64;
  const std::string given = header_or(request, "x-request-id");
  const bool plain = !given.empty() && given.size() <= kLongest &&
                     std::all_of(given.begin(), given.end(), [](char c) {
                       return ('0' <= c && c <= '9') || ('a' <= c && c <= 'z') ||
                              ('A' <= c && c <= 'Z') || c == '-' || c == '_' || c == '.';
                     });
  return plain ? given : platform::random_command_key();
}

std::string token_of(const HttpRequest& request) {
  constexpr std::string_view kScheme = "Bearer ";
  const std::string authorization = header_or(request, "authorization");
  return authorization.starts_with(kScheme) ? authorization.substr(kScheme.size()) : std::string();
}

}  // namespace

struct Service::Impl {
  using Sessions = platform::Lending<Session>;

  Impl(Houses all, platform::Accounts& known, ServiceOptions given)
      : houses(std::move(all)),
        accounts(known),
        options(std::move(given)),
        plain([this] { return std::make_unique<Session>(SessionOptions(), library()); }) {
    for (const auto& [name, house] : houses) {
      sessions.emplace(name, std::make_unique<Sessions>([this, served = house] {
                         return std::make_unique<Session>(SessionOptions(), library(), *served);
                       }));
    }
  }

  Library library() const { return Library(options.artefacts); }

  HttpReply respond(const HttpRequest& request, const std::string& id, std::string& operation);
  Result<HttpReply> of_server(const HttpRequest& request);
  Result<HttpReply> sign_in(const HttpRequest& request);
  Result<HttpReply> sign_out(const HttpRequest& request);
  Result<Caller> caller_of(const HttpRequest& request);
  struct Asked {
    const HttpRequest& request;
    const RouteFound& found;
    const Caller& caller;
  };
  Result<HttpReply> run(const Asked& asked, Session& session);
  Result<Done> check_caller(Session& session, const Operation& operation, const Caller& caller);

  Houses houses;
  platform::Accounts& accounts;
  ServiceOptions options;
  Sessions plain;  // of no house: for what is refused before one is known
  std::map<std::string, std::unique_ptr<Sessions>, std::less<>> sessions;
  platform::HeldNames keys;  // of requests that are being worked on
  platform::Meter meter;
};

Service::Service(Houses houses, platform::Accounts& accounts, ServiceOptions options)
    : impl_(std::make_unique<Impl>(std::move(houses), accounts, std::move(options))) {}

Service::~Service() = default;

// ---- what needs no house

namespace {

HttpReply text_reply(std::string_view type, std::string body) {
  HttpReply reply{.status = 200, .headers = {}, .body = std::move(body), .events = {}};
  reply.headers.push_back({.name = "Content-Type", .value = std::string(type)});
  return reply;
}

}  // namespace

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
    return text_reply("text/plain; version=0.0.4; charset=utf-8", meter.text());
  if (request.path == "/openapi.json") return json_reply(200, openapi());
  return Refusal{.code = refusals::kNoSuchPath, .path = "path", .value = request.path};
}

namespace {

Result<std::string> text_of(const Node& body, std::string_view key) {
  const Node* value = body.find(key);
  if (value && value->kind == Node::Kind::kText) return value->text;
  return Refusal{.code = refusals::kBodyValue,
                 .path = std::string(key),
                 .value = {},
                 .args = {{.name = "wanted", .value = "text"}},
                 .at = {}};
}

}  // namespace

Result<HttpReply> Service::Impl::sign_in(const HttpRequest& request) {
  ANLAN_TRY(const Node body, formats::parse_json(request.body, "body"));
  ANLAN_TRY(const std::string login, text_of(body, "login"));
  ANLAN_TRY(const std::string password, text_of(body, "password"));
  const Node* code = body.find("code");
  ANLAN_TRY(const platform::SignedIn in,
            accounts.sign_in({.login = login,
                              .password = password,
                              .code = code ? code->text : std::string(),
                              .peer = request.peer}));
  Node json = Node::table();
  json.add("token", Node::string(in.token));
  json.add("ends", to_node(in.session.ends));
  HttpReply reply = json_reply(200, json);
  reply.headers.push_back(
      {.name = "Set-Cookie",
       .value = "anlan_session=" + in.token + "; Path=/; HttpOnly; Secure; SameSite=Strict"});
  return reply;
}

Result<HttpReply> Service::Impl::sign_out(const HttpRequest& request) {
  ANLAN_REQUIRE(accounts.sign_out(token_of(request)));
  return json_reply(200, Node::table());
}

// ---- who asks

Result<Caller> Service::Impl::caller_of(const HttpRequest& request) {
  const std::string token = token_of(request);
  if (token.empty()) return Refusal{.code = refusals::kSignInNeeded, .path = "authorization"};
  Caller caller;
  ANLAN_TRY(caller.bearer, accounts.bearer(token));
  std::vector<platform::Membership> memberships;
  if (caller.bearer.acts_as) {
    memberships.push_back(*caller.bearer.acts_as);
  } else {
    ANLAN_TRY(const platform::Account account, accounts.account(caller.bearer.account));
    memberships = account.memberships;
  }
  const std::string asked = header_or(request, "anlan-house");
  std::string choices;
  std::size_t fitting = 0;
  for (const platform::Membership& each : memberships) {
    choices += (choices.empty() ? "" : ", ") + each.house;
    if (!asked.empty() && each.house != asked) continue;
    caller.house = each.house;
    caller.actor = each.actor;
    ++fitting;
  }
  if (fitting == 1 && houses.contains(caller.house)) return caller;
  return Refusal{.code = refusals::kHouseNotNamed,
                 .path = "anlan-house",
                 .value = asked,
                 .args = {{.name = "choices", .value = choices}},
                 .at = {}};
}

namespace {

bool reaches(const platform::Bearer& bearer, std::string_view operation, bool writes) {
  if (writes && bearer.scope != platform::KeyScope::kWrite) return false;
  const auto& named = bearer.operations;
  return named.empty() || std::find(named.begin(), named.end(), operation) != named.end();
}

}  // namespace

Result<Done> Service::Impl::check_caller(Session& session, const Operation& operation,
                                         const Caller& caller) {
  const bool writes = !operation.command.empty() || operation.writes;
  if (!reaches(caller.bearer, operation.name, writes)) {
    return Refusal{.code = refusals::kScopeMissing,
                   .path = "authorization",
                   .value = {},
                   .args = {{.name = "operation", .value = std::string(operation.name)}},
                   .at = {}};
  }
  ANLAN_TRY(const house::House* house, session.house());
  if (caller.bearer.kind == platform::CredentialKind::kTestKey && !house->opening->sandbox)
    return Refusal{.code = platform::refusals::kCredentialUnknown, .path = "authorization"};
  const auto actor = house->actors.find(caller.actor);
  if (actor == house->actors.end())
    return Refusal{
        .code = house::refusals::kUnknownActor, .path = "as", .value = caller.actor.text};
  if (!may_view(actor->second, audience_of(operation))) {
    return Refusal{.code = house::refusals::kRoleMissing,
                   .path = "as",
                   .value = caller.actor.text,
                   .args = {{.name = "command", .value = std::string(operation.name)},
                            {.name = "roles", .value = "underwriter, auditor"}},
                   .at = {}};
  }
  return Done{};
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

Masked mask_unseen(const house::House& house, const domain::Actor& actor,
                   std::vector<std::string>& words) {
  constexpr std::string_view kNever = "18446744073709551615";
  Masked masked;
  for (std::string unseen = first_unseen(house, actor, words); !unseen.empty();
       unseen = first_unseen(house, actor, words)) {
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

// Only what lists its rows by id has pages.
bool is_listing(const Operation& operation) { return operation.name.ends_with(" list"); }

}  // namespace

Result<HttpReply> Service::Impl::run(const Asked& wanted, Session& session) {
  const auto& [request, found, caller] = wanted;
  const Operation& operation = *found.route->operation;
  const bool sent = found.route->method == HttpMethod::kPost;
  std::vector<std::pair<std::string, std::string>> query;
  for (const platform::HttpField& pair : request.query) {
    const bool of_page = is_listing(operation) && (pair.name == "limit" || pair.name == "after");
    if (!of_page) query.emplace_back(pair.name, pair.value);
  }
  ANLAN_TRY(HttpWords asked, sent ? words_of_body(*found.route, found.parameter, request.body)
                                  : words_of_query(*found.route, found.parameter, query));
  SessionOptions& given = session.options();
  given.actor = caller.actor.text;
  given.key = sent ? header_or(request, "idempotency-key") : std::string();
  given.at.reset();
  if (const auto at = request.header("anlan-at")) given.at = std::string(*at);
  given.files = std::move(asked.files);
  ANLAN_REQUIRE(check_caller(session, operation, caller));
  std::unique_ptr<platform::HeldNames::Held> held;
  if (!given.key.empty()) {
    held = keys.hold(caller.house + "\n" + given.actor + "\n" + given.key);
    if (!held)
      return Refusal{.code = refusals::kKeyInFlight, .path = "idempotency-key", .value = given.key};
  }
  ANLAN_TRY(const house::House* seen, session.house());
  Masked masked = mask_unseen(*seen, seen->actors.at(caller.actor), asked.words);
  Result<Reply> ran = run_with_files(session, operation, asked.words);
  if (!ran.ok()) return masked.shown(ran.refusal());
  Reply reply = std::move(ran).value();
  if (is_listing(operation)) {
    ANLAN_TRY(const house::House* house, session.house());
    const domain::Actor& actor = house->actors.at(caller.actor);
    std::erase_if(reply.json.items, [&](const Node& row) {
      const Node* id = row.find("id");
      return audience_of(operation) == Audience::kOwn && id && !sees(*house, actor, id->text);
    });
    ANLAN_TRY(const Page page, read_page(request));
    ANLAN_TRY(reply.json, paged(std::move(reply.json), page));
  }
  HttpReply out = json_reply(200, reply.json);
  if (!sent) {
    const std::string tag = entity_tag(out.body);
    out.headers.push_back({.name = "ETag", .value = tag});
    if (header_or(request, "if-none-match") == tag) {
      out.status = 304;
      out.body.clear();
    }
  }
  return out;
}

HttpReply Service::Impl::respond(const HttpRequest& request, const std::string& id,
                                 std::string& operation) {
  platform::Lending<Session>::Loan known = plain.borrow();
  known->options().lang = language_of(request);
  const auto refused = [&](const Refusal& refusal) { return error_reply(*known, refusal, id); };
  const auto answered = [&](const Result<HttpReply>& reply) {
    return reply.ok() ? *reply : refused(reply.refusal());
  };
  if (request.path == "/v1/session/sign-in" && request.method == "POST")
    return answered(sign_in(request));
  if (request.path == "/v1/session/sign-out" && request.method == "POST")
    return answered(sign_out(request));
  if (!request.path.starts_with("/v1/")) return answered(of_server(request));
  const std::string method = request.method == "HEAD" ? "GET" : request.method;
  const RouteFound found = find_route(method, request.path);
  if (!found.route && !found.other_method)
    return refused({.code = refusals::kNoSuchPath, .path = "path", .value = request.path});
  if (!found.route) {
    const std::string allowed = request.method == "GET" ? "POST" : "GET";
    HttpReply reply = refused({.code = refusals::kOtherMethod,
                               .path = "method",
                               .value = request.method,
                               .args = {{.name = "allowed", .value = allowed}},
                               .at = {}});
    reply.headers.push_back({.name = "Allow", .value = allowed});
    return reply;
  }
  operation = found.route->operation->name;
  const Result<Caller> caller = caller_of(request);
  if (!caller.ok()) {
    HttpReply reply = refused(caller.refusal());
    if (reply.status == 401)
      reply.headers.push_back({.name = "WWW-Authenticate", .value = "Bearer"});
    return reply;
  }
  platform::Lending<Session>::Loan session = sessions.find(caller->house)->second->borrow();
  session->options() = SessionOptions();
  session->options().lang = language_of(request);
  const Result<HttpReply> reply = run({request, found, *caller}, *session);
  HttpReply out = reply.ok() ? *reply : error_reply(*session, reply.refusal(), id);
  session->close();
  return out;
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

HttpReply Service::answer(const HttpRequest& request) {
  const platform::Stopwatch watch;
  const std::string id = request_id(request);
  std::string operation = "other";
  HttpReply reply = impl_->respond(request, id, operation);
  reply.headers.push_back({.name = "X-Request-Id", .value = id});
  const std::int64_t took = watch.microseconds();
  impl_->meter.answered(operation, reply.status, took);
  if (impl_->options.log) impl_->options.log(log_line(request, id, operation, reply.status, took));
  return reply;
}

HttpReply Service::transport_error(int status, std::string_view reason) {
  Node error = Node::table();
  error.add("code", Node::string("transport"));
  for (const std::string_view key : {"path", "value"}) error.add(key, Node::string(""));
  for (const std::string_view key : {"rule", "fix", "zh", "en"})
    error.add(key, Node::string(reason));
  Node json = Node::table();
  json.add("error", std::move(error));
  json.add("request", Node::string(""));
  HttpReply reply = json_reply(status, json);
  return reply;
}

}  // namespace anlan::api
