#include "api/webhook_listen.h"

#include <chrono>

#include "api/refusals.h"
#include "api/render.h"
#include "api/request.h"
#include "api/show.h"
#include "base/node_reader.h"
#include "formats/json.h"
#include "platform/clock_system.h"
#include "platform/http.h"
#include "platform/stop_signal.h"
#include "platform/webhook_signature.h"

namespace anlan::api {
namespace {

using platform::SignatureState;

constexpr std::int64_t kPortMax = 65'535;
constexpr std::int64_t kPortUsual = 8'421;
constexpr std::int64_t kSecond = 1'000'000;
constexpr std::chrono::seconds kGrace{5};

const std::vector<Option>& known_options() {
  static const std::vector<Option> known{
      named("port", "PORT", "端口，默认 8421；0 由系统选择", "else 8421; 0: the system chooses"),
      many("secret", "SECRET", "签名密钥，可有多个", "secrets that may have signed"),
  };
  return known;
}

struct Heard {
  SignatureState state = SignatureState::kMissing;
  bool checked = false;
  bool taken() const { return !checked || state == SignatureState::kRight; }
};

Heard judge(const platform::HttpRequest& request, const std::vector<std::string>& secrets) {
  if (secrets.empty()) return {};
  const std::int64_t now = platform::SystemClock().now().micros() / kSecond;
  const SignatureState state = platform::check_webhook_signature(
      {.header = request.header("anlan-signature").value_or(""), .body = request.body}, secrets,
      now);
  return {.state = state, .checked = true};
}

Node line_of(const platform::HttpRequest& request, const Heard& heard) {
  Node line = Node::table();
  line.add("delivery", Node::string(request.header("anlan-delivery").value_or("")));
  line.add("signature", Node::string(heard.checked ? name_of(heard.state) : "unchecked"));
  Result<Node> event = formats::parse_json(request.body, "body");
  line.add("event", event.ok() ? std::move(event).value() : Node::string(request.body));
  return line;
}

}  // namespace

Result<Done> run_webhook_listener(const std::vector<std::string>& words,
                                  const std::function<void(const std::string&)>& print) {
  platform::StopSignal stop;  // before any thread
  if (words.size() < 2 || words[1] != "listen") {
    return Refusal{.code = refusals::kUnknownOperation,
                   .path = "command",
                   .value = words.size() < 2 ? words[0] : words[0] + " " + words[1],
                   .args = {{.name = "nearest", .value = "webhooks listen"},
                            {.name = "group", .value = "webhook"}}};
  }
  ANLAN_TRY(const Node options, parse_options({words.begin() + 2, words.end()}, known_options()));
  ReadReport report("");
  NodeReader reader(options, report, "options");
  platform::HttpServerOptions http;
  http.address = "127.0.0.1";
  http.workers = 1;
  http.port = static_cast<std::uint16_t>(
      whole_option(reader, "port", {.lo = 0, .hi = kPortMax, .fallback = kPortUsual}));
  const std::vector<std::string> secrets = reader.texts_or_empty("secret");
  if (report.refused()) return report.refusal();
  platform::HttpServer server(http, [&](const platform::HttpRequest& request) {
    const Heard heard = judge(request, secrets);
    print(json_line(line_of(request, heard)));
    platform::HttpReply reply;
    reply.status = heard.taken() ? 200 : 400;
    return reply;
  });
  ANLAN_TRY(const std::uint16_t port, server.start());
  Node line = Node::table();
  line.add("listening", Node::string("http://127.0.0.1:" + std::to_string(port) + "/"));
  print(json_line(line));
  stop.wait();
  server.stop(kGrace);
  server.wait();
  return Done{};
}

}  // namespace anlan::api
