// carry() of carried.h: the side of the command line.
#include <algorithm>
#include <chrono>

#include "api/carried.h"
#include "api/door_refusals.h"
#include "api/http_route.h"
#include "api/paper.h"
#include "formats/json.h"
#include "platform/http_exchange.h"
#include "platform/refusals.h"
#include "platform/socket_path.h"

namespace anlan::api {
namespace {

constexpr std::chrono::hours kLongest{12};  // of one command; Ctrl-C ends the waiting
constexpr int kFilesMax = 256;              // that are sent because they were asked for

Refusal silent(std::string reason) {
  return Refusal{.code = refusals::kServerSilent,
                 .path = "house",
                 .value = {},
                 .args = {{.name = "reason", .value = std::move(reason)}},
                 .at = {}};
}

// Whether somebody serves this house for us.
Result<bool> is_served(const std::string& socket) {
  const std::optional<platform::SocketOwner> owner = platform::owner_of_socket(socket);
  if (!owner) return false;
  if (owner->own) return true;
  return Refusal{.code = refusals::kServedByOther,
                 .path = "house",
                 .value = socket,
                 .args = {{.name = "user", .value = owner->user}},
                 .at = {}};
}

std::string text_of(const Bytes& bytes) {
  std::string text;
  text.reserve(bytes.size());
  for (const std::byte each : bytes) text.push_back(static_cast<char>(each));
  return text;
}

// A file that is not there is missed by whoever wants it.
Result<Done> add_file(Session& session, const std::string& name, Attachments& files) {
  if (name.starts_with("@") || files.contains(name)) return Done{};
  const Result<Bytes> bytes = session.read_bytes(name);
  if (bytes.ok()) {
    files.emplace(name, text_of(*bytes));
  } else if (bytes.refusal().code != platform::refusals::kFileMissing) {
    return bytes.refusal();
  }
  return Done{};
}

const Option* find_option(const Operation& operation, std::string_view name) {
  const auto found = std::find_if(operation.options.begin(), operation.options.end(),
                                  [&](const Option& option) { return option.name == name; });
  return found == operation.options.end() ? nullptr : &*found;
}

std::vector<std::string> values_of(const Node& value) {
  std::vector<std::string> values;
  for (const Node& item : value.items) values.push_back(item.text);
  if (!value.is_list()) values.push_back(value.text);
  return values;
}

Result<Done> add_option(Session& session, const Option& option, const Node& value,
                        CarriedRequest& request) {
  const std::string head = "--" + std::string(option.name);
  if (option.kind == OptionKind::kFlag) {
    request.words.push_back(head);
    return Done{};
  }
  for (const std::string& text : values_of(value)) {
    request.words.push_back(head + "=" + text);
    if (takes_file(option)) ANLAN_REQUIRE(add_file(session, text, *request.session.files));
    if (!gives_file(option)) continue;
    if (text == "-") ANLAN_REQUIRE(check_page_file(session, text, option.name));
    ANLAN_TRY(platform::CarriedOutput output,
              platform::look_at_output(text, session.options().folder, kInputBytesMax));
    request.outputs.push_back(std::move(output));
  }
  return Done{};
}

Result<CarriedRequest> request_of(Session& session, const Invocation& invocation,
                                  const Operation& operation, const Node& options) {
  CarriedRequest request;
  request.session = session.options();
  request.session.files.emplace();
  request.json = invocation.json;
  request.pdf = invocation.pdf;
  request.xlsx = invocation.xlsx;
  std::string_view name = operation.name;
  while (!name.empty()) {
    const std::size_t end = std::min(name.find(' '), name.size());
    request.words.emplace_back(name.substr(0, end));
    name.remove_prefix(std::min(end + 1, name.size()));
  }
  for (const Member& member : options.members)
    ANLAN_REQUIRE(add_option(session, *find_option(operation, member.key), member.value, request));
  return request;
}

Result<CarriedReply> ask_server(const std::string& socket, const CarriedRequest& request) {
  platform::HttpRequest sent;
  sent.method = "POST";
  sent.target = std::string(kCommandPath);
  sent.headers.push_back({.name = "Content-Type", .value = "application/json"});
  sent.body = carried_text(request);
  const platform::HttpExchange done =
      platform::send_http({.unix_socket = socket, .host = {}, .port = {}}, sent, kLongest);
  if (!done.failure.empty()) return silent(done.failure);
  Result<CarriedReply> reply = read_carried_reply(done.reply.body);
  if (reply.ok()) return reply;
  // An error in the shape of all errors of the service.
  const Result<Node> json = formats::parse_json(done.reply.body, "reply");
  const Node* error = json.ok() ? json->find("error") : nullptr;
  const Node* said = error ? error->find(name_of(request.session.lang)) : nullptr;
  return silent(std::to_string(done.reply.status) + (said ? " " + said->text : std::string()));
}

Result<Done> place_files(const CarriedRequest& request, const CarriedReply& reply) {
  for (const WrittenFile& file : reply.files) {
    platform::CarriedOutput output{.name = file.name};
    for (const platform::CarriedOutput& each : request.outputs) {
      if (each.name == file.name) output = each;
    }
    ANLAN_REQUIRE(platform::place_output(output, file.bytes));
  }
  return Done{};
}

}  // namespace

Result<std::optional<Printed>> carry(Session& session, const Invocation& invocation) {
  std::optional<Printed> none;
  const NamedOperation named = operation_of(invocation.words);
  const bool own_data = !session.options().data_folder.empty();
  if (!named.operation || own_data || !is_carried(*named.operation)) return none;
  const std::vector<std::string> rest(
      invocation.words.begin() + static_cast<std::ptrdiff_t>(named.used), invocation.words.end());
  const Result<Node> options = parse_options(rest, named.operation->options);
  if (!options.ok()) return none;  // it is refused here in the same words
  const std::string socket = command_socket(session.options().folder);
  ANLAN_TRY(const bool served, is_served(socket));
  if (!served) return none;
  ANLAN_TRY(CarriedRequest request, request_of(session, invocation, *named.operation, *options));
  for (int turn = 0;; ++turn) {
    ANLAN_TRY(CarriedReply reply, ask_server(socket, request));
    if (!reply.missing.empty() && turn < kFilesMax) {
      Attachments& files = *request.session.files;
      const std::size_t before = files.size();
      ANLAN_REQUIRE(add_file(session, reply.missing, files));
      if (files.size() > before) continue;
    }
    ANLAN_REQUIRE(place_files(request, reply));
    return std::optional<Printed>(std::move(reply.printed));
  }
}

}  // namespace anlan::api
