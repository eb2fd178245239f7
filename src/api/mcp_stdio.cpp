#include "api/mcp_stdio.h"

#include "api/door_refusals.h"
#include "api/mcp.h"
#include "api/render.h"
#include "api/request.h"
#include "api/service.h"
#include "base/node_reader.h"
#include "formats/json.h"
#include "house/refusals.h"
#include "platform/accounts.h"
#include "platform/environment.h"
#include "platform/http_exchange.h"
#include "platform/line_input.h"
#include "platform/temporary_folder.h"

namespace anlan::api {
namespace {

using platform::HttpReply;
using platform::HttpRequest;
using Send = std::function<HttpReply(const HttpRequest&)>;

const std::vector<Option>& known_options() {
  static const std::vector<Option> known{
      named("server", "ADDRESS", "服务地址，如 https://anlan.example；密钥取自 ANLAN_API_KEY",
            "a server, e.g. https://anlan.example; the key is in ANLAN_API_KEY"),
      named("socket", "PATH", "服务的 Unix 套接字；密钥取自 ANLAN_API_KEY",
            "the Unix socket of a server; the key is in ANLAN_API_KEY"),
  };
  return known;
}

Refusal address_wrong(const std::string& address) {
  return Refusal{.code = refusals::kServerAddress, .path = "server", .value = address};
}

bool is_this_machine(const std::string& host) {
  return host == "localhost" || host == "::1" || host.starts_with("127.");
}

// A key goes over a network only where nobody reads it on the way.
Result<platform::HttpPlace> place_of(const std::string& address) {
  constexpr std::string_view kPlain = "http://";
  constexpr std::string_view kTls = "https://";
  platform::HttpPlace place;
  place.tls = address.starts_with(kTls);
  if (!place.tls && !address.starts_with(kPlain)) return address_wrong(address);
  std::string rest = address.substr(place.tls ? kTls.size() : kPlain.size());
  if (rest.ends_with("/")) rest.pop_back();
  const bool bracket = rest.starts_with("[");
  const std::size_t end = bracket ? rest.find(']') : rest.rfind(':');
  const std::size_t colon = bracket && end != std::string::npos ? end + 1 : end;
  place.host = bracket ? rest.substr(1, end == std::string::npos ? end : end - 1)
                       : rest.substr(0, std::min(end, rest.size()));
  place.port = place.tls ? "443" : "80";
  if (colon != std::string::npos && colon < rest.size()) place.port = rest.substr(colon + 1);
  const bool digits =
      !place.port.empty() && place.port.find_first_not_of("0123456789") == std::string::npos;
  if (place.host.empty() || place.host.find_first_of("/@ ?#") != std::string::npos || !digits)
    return address_wrong(address);
  if (!place.tls && !is_this_machine(place.host)) return address_wrong(address);
  return place;
}

// As one line. What the server refuses as a whole becomes the error of the message that met it.
std::string line_of(const HttpReply& reply, const std::string& message) {
  if (reply.body.empty()) return {};
  const Result<Node> body = formats::parse_json(reply.body, "reply");
  if (body.ok() && body->find("jsonrpc")) return formats::write_json(*body) + "\n";
  const Result<Node> asked = formats::parse_json(message, "message");
  const Node* id = asked.ok() && asked->is_table() ? asked->find("id") : nullptr;
  const Node* error = body.ok() ? body->find("error") : nullptr;
  const Node* rule = error ? error->find("rule") : nullptr;
  Node node = mcp_error(id ? *id : Node::null(), kMcpDoorClosed, rule ? rule->text : reply.body);
  for (Member& member : node.members) {
    if (member.key == "error" && error) member.value.add("data", *error);
  }
  return formats::write_json(node) + "\n";
}

Result<Done> converse(Session& session, const std::string& token, const Print& print,
                      const Send& send) {
  const std::string lang = session.options().lang == Lang::kEn ? "en" : "zh";
  while (const auto line = platform::read_input_line(kMcpMessageMax)) {
    if (line->too_long) {
      print(formats::write_json(
                mcp_error(Node::null(), kMcpInvalidRequest, "the message is too long")) +
            "\n");
      continue;
    }
    if (line->text.find_first_not_of(" \t\r") == std::string::npos) continue;
    HttpRequest request;
    request.method = "POST";
    request.path = "/mcp";
    request.target = request.path;
    request.headers = {{.name = "authorization", .value = "Bearer " + token},
                       {.name = "accept-language", .value = lang},
                       {.name = "content-type", .value = "application/json"},
                       {.name = "accept", .value = "application/json, text/event-stream"}};
    request.body = line->text;
    request.peer = "stdio";
    const std::string said = line_of(send(request), line->text);
    if (!said.empty()) print(said);
  }
  return Done{};
}

Result<Done> speak_to_server(Session& session, const platform::HttpPlace& place,
                             const Print& print) {
  const std::string token = platform::environment_text("ANLAN_API_KEY");
  if (token.empty() || token.find_first_of(" \r\n") != std::string::npos)
    return Refusal{.code = refusals::kApiKeyNeeded, .path = "ANLAN_API_KEY"};
  return converse(session, token, print, [&place](const HttpRequest& request) {
    platform::HttpExchange done = platform::send_http(place, request);
    if (!done.failure.empty()) {
      done.reply.status = 503;
      done.reply.body = "the server was not reached: " + done.failure;
    }
    return done.reply;
  });
}

// The house as a server keeps it, and one key for this actor that ends with the process: what the
// actor may do is decided where it is decided for everybody.
Result<Done> speak_for_actor(Session& session, const Print& print) {
  ANLAN_TRY(const domain::ActorName actor,
            parse_name<domain::ActorTag>(session.options().actor, "as"));
  ANLAN_TRY(const std::unique_ptr<platform::ServedHouse> house,
            platform::ServedHouse::open(session.options().folder));
  platform::Membership membership{.house = {}, .actor = actor};
  bool sandbox = false;
  {
    const platform::ServedHouse::Hold hold = house->whole();
    membership.house = house->folder().name();
    if (!house->house().actors.contains(actor))
      return Refusal{.code = house::refusals::kUnknownActor, .path = "as", .value = actor.text};
    sandbox = house->house().opening && house->house().opening->sandbox;
  }
  ANLAN_TRY(const platform::TemporaryFolder folder, platform::TemporaryFolder::create());
  const std::string file = folder.path() + "/accounts.db";
  ANLAN_REQUIRE(platform::Accounts::create(file));
  ANLAN_TRY(const std::unique_ptr<platform::Accounts> accounts, platform::Accounts::open(file));
  ANLAN_TRY(
      const platform::AccountId account,
      accounts->add(
          {.login = "mcp", .display_name = "mcp", .password = platform::random_command_key()}));
  ANLAN_REQUIRE(accounts->add_membership(account, membership));
  ANLAN_TRY(const platform::MadeApiKey made,
            accounts->add_api_key(account, {.name = "mcp",
                                            .kind = sandbox ? platform::CredentialKind::kTestKey
                                                            : platform::CredentialKind::kLiveKey,
                                            .scope = platform::KeyScope::kWrite,
                                            .acts_as = membership}));
  platform::Artefacts artefacts;
  if (!session.options().data_folder.empty()) {
    ANLAN_TRY(artefacts, platform::Artefacts::with_folder(session.options().data_folder));
  }
  Service service({{membership.house, house.get()}}, *accounts,
                  {.artefacts = std::move(artefacts), .log = {}});
  return converse(session, made.token, print,
                  [&service](const HttpRequest& request) { return service.answer(request); });
}

}  // namespace

Result<Done> run_mcp(Session& session, const std::vector<std::string>& words, const Print& print) {
  ANLAN_TRY(const Node options, parse_options({words.begin() + 1, words.end()}, known_options()));
  ReadReport report("");
  NodeReader reader(options, report, "options");
  const std::string server = reader.text_or("server", "");
  const std::string socket = reader.text_or("socket", "");
  if (report.refused()) return report.refusal();
  if (!socket.empty())
    return speak_to_server(session, {.unix_socket = socket, .host = {}, .port = {}, .tls = false},
                           print);
  if (server.empty()) return speak_for_actor(session, print);
  ANLAN_TRY(const platform::HttpPlace place, place_of(server));
  return speak_to_server(session, place, print);
}

}  // namespace anlan::api
