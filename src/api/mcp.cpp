#include "api/mcp.h"

#include <algorithm>
#include <array>

#include "api/service_reply.h"
#include "api/version.h"
#include "formats/json.h"

namespace anlan::api {
namespace {

using platform::HttpReply;
using platform::HttpRequest;

constexpr std::array<std::string_view, 3> kVersions{"2025-06-18", "2025-03-26", "2024-11-05"};
constexpr std::string_view kWording = "anlan://wording/";

Node text(std::string_view value) { return Node::string(value); }

std::string text_at(const Node* node, std::string_view key) {
  const Node* value = node ? node->find(key) : nullptr;
  return value && value->kind == Node::Kind::kText ? value->text : std::string();
}

struct Fault {
  int code = 0;
  std::string message;
};

// One message and whoever answers it.
class Conversation {
 public:
  Conversation(const HttpRequest& message, const McpDoor& door) : message_(message), door_(door) {}

  // The result, or fault() is set.
  Node result_of(const std::string& method, const Node* params);
  const Fault& fault() const { return fault_; }

 private:
  Node refuse(int code, std::string_view message) {
    fault_ = {.code = code, .message = std::string(message)};
    return Node::null();
  }
  Node initialize(const Node* params);
  Node tools(const Node* params);
  Node call(const Node* params);
  Node resources(const Node* params);
  Node read(const Node* params);
  // As whoever sent the message, in its language, under its request id.
  HttpReply ask(HttpRequest request) const;

  const HttpRequest& message_;
  const McpDoor& door_;
  Fault fault_;
};

HttpReply Conversation::ask(HttpRequest request) const {
  for (const std::string_view name :
       {"authorization", "accept-language", "anlan-house", "anlan-actor", "x-request-id"}) {
    if (const auto value = message_.header(name))
      request.headers.push_back({.name = std::string(name), .value = std::string(*value)});
  }
  request.peer = message_.peer;
  request.target = request.path;
  return door_.answer(request);
}

Node Conversation::initialize(const Node* params) {
  const std::string asked = text_at(params, "protocolVersion");
  if (asked.empty()) return refuse(kMcpInvalidParams, "protocolVersion is missing");
  const bool known = std::find(kVersions.begin(), kVersions.end(), asked) != kVersions.end();
  Node server = Node::table();
  server.add("name", text("anlan"));
  server.add("title", text("Anlan 安澜"));
  server.add("version", text(kVersion));
  Node listed = Node::table();
  listed.add("listChanged", Node::boolean(false));
  Node capabilities = Node::table();
  capabilities.add("tools", listed);
  capabilities.add("resources", listed);
  Node result = Node::table();
  result.add("protocolVersion", text(known ? std::string_view(asked) : kVersions[0]));
  result.add("capabilities", std::move(capabilities));
  result.add("serverInfo", std::move(server));
  result.add("instructions",
             text("网络安全保险系统：金额为最小货币单位的整数与币种。写入的工具请带 "
                  "idempotency-key，重试时用同一个。 / Cyber insurance: amounts are integers of "
                  "the minor unit with a currency. Give tools that write an idempotency-key, the "
                  "same one when you repeat a call."));
  return result;
}

Node Conversation::tools(const Node* params) {
  if (params && params->find("cursor")) return refuse(kMcpInvalidParams, "there is one page");
  Node result = Node::table();
  Node& list = result.add("tools", Node::list());
  for (const McpTool& tool : mcp_tools()) {
    if (door_.may_use(*tool.route->operation)) list.items.push_back(mcp_tool_node(tool));
  }
  return result;
}

Node content_of(std::string_view body) {
  Node part = Node::table();
  part.add("type", text("text"));
  part.add("text", text(body));
  Node list = Node::list();
  list.items.push_back(std::move(part));
  return list;
}

Node Conversation::call(const Node* params) {
  const McpTool* tool = find_mcp_tool(text_at(params, "name"));
  if (!tool) return refuse(kMcpInvalidParams, "unknown tool: " + text_at(params, "name"));
  Result<HttpRequest> request = request_of_call(*tool, params->find("arguments"));
  Node result = Node::table();
  if (!request.ok()) {
    Node error = door_.refusal(request.refusal());
    result.add("content", content_of(formats::write_json(error)));
    result.add("structuredContent", std::move(error));
    result.add("isError", Node::boolean(true));
    return result;
  }
  const HttpReply reply = ask(std::move(request).value());
  result.add("content", content_of(reply.body));
  Result<Node> body = formats::parse_json(reply.body, "body");
  if (body.ok() && body->is_table()) result.add("structuredContent", std::move(body).value());
  constexpr int kRefused = 400;
  result.add("isError", Node::boolean(reply.status >= kRefused));
  Node meta = Node::table();
  meta.add("anlan/status", Node::number(reply.status));
  result.add("_meta", std::move(meta));
  return result;
}

// Wordings: the texts that a model reads beside its tools.
Node Conversation::resources(const Node* params) {
  if (params && params->find("cursor")) return refuse(kMcpInvalidParams, "there is one page");
  Node result = Node::table();
  Node& list = result.add("resources", Node::list());
  HttpRequest all;
  all.method = "GET";
  all.path = "/v1/wording/list";
  all.query.push_back({.name = "limit", .value = std::to_string(kPageMax)});
  const Result<Node> wordings = formats::parse_json(ask(std::move(all)).body, "body");
  const Node* rows = wordings.ok() ? wordings->find("items") : nullptr;
  for (const Node& row : rows ? rows->items : std::vector<Node>()) {
    const std::string name = text_at(&row, "wording");
    if (name.empty()) continue;
    Node resource = Node::table();
    resource.add("uri", text(std::string(kWording) + name));
    resource.add("name", text(name));
    resource.add("title", text(text_at(&row, "title")));
    resource.add("mimeType", text("application/json"));
    list.items.push_back(std::move(resource));
  }
  return result;
}

Node Conversation::read(const Node* params) {
  const std::string uri = text_at(params, "uri");
  const std::string name = uri.starts_with(kWording) ? uri.substr(kWording.size()) : std::string();
  const bool plain = !name.empty() && name.find('/') == std::string::npos;
  HttpRequest one;
  one.method = "GET";
  one.path = "/v1/wording/" + name;
  one.query.push_back({.name = "clauses", .value = "true"});
  HttpReply reply{.status = 404, .headers = {}, .body = {}, .events = {}};
  if (plain) reply = ask(std::move(one));
  constexpr int kDone = 200;
  if (reply.status != kDone) return refuse(kMcpResourceUnknown, "no such resource: " + uri);
  Node part = Node::table();
  part.add("uri", text(uri));
  part.add("mimeType", text("application/json"));
  part.add("text", text(reply.body));
  Node result = Node::table();
  result.add("contents", Node::list()).items.push_back(std::move(part));
  return result;
}

Node Conversation::result_of(const std::string& method, const Node* params) {
  if (params && !params->is_table()) return refuse(kMcpInvalidParams, "params is no object");
  if (method == "initialize") return initialize(params);
  if (method == "ping") return Node::table();
  if (method == "tools/list") return tools(params);
  if (method == "tools/call") return call(params);
  if (method == "resources/list") return resources(params);
  if (method == "resources/read") return read(params);
  if (method == "resources/templates/list") {
    Node result = Node::table();
    result.add("resourceTemplates", Node::list());
    return result;
  }
  return refuse(kMcpUnknownMethod, "unknown method: " + method);
}

// A page of another site that a person has open sends its own origin.
bool of_another_site(const HttpRequest& message) {
  const auto origin = message.header("origin");
  if (!origin) return false;
  const std::string_view host = origin->substr(std::min(origin->find("//"), origin->size()));
  return host != "//" + std::string(message.header("host").value_or(""));
}

HttpReply refused(int status, const Node& id, int code, std::string_view message) {
  return json_reply(status, mcp_error(id, code, message));
}

}  // namespace

Node mcp_error(const Node& id, int code, std::string_view message) {
  Node error = Node::table();
  error.add("code", Node::number(code));
  error.add("message", text(message));
  Node node = Node::table();
  node.add("jsonrpc", text("2.0"));
  node.add("id", id);
  node.add("error", std::move(error));
  return node;
}

HttpReply answer_mcp(const HttpRequest& message, const McpDoor& door) {
  const Node nobody = Node::null();
  if (of_another_site(message)) return refused(403, nobody, kMcpInvalidRequest, "another origin");
  const auto spoken = message.header("mcp-protocol-version");
  if (spoken && std::find(kVersions.begin(), kVersions.end(), *spoken) == kVersions.end())
    return refused(400, nobody, kMcpInvalidRequest, "unknown MCP-Protocol-Version");
  const Result<Node> read = formats::parse_json(message.body, "message");
  if (!read.ok()) return refused(400, nobody, kMcpParseError, "no JSON");
  const Node* id = read->is_table() ? read->find("id") : nullptr;
  const bool named = id && (id->kind == Node::Kind::kText || id->kind == Node::Kind::kNumber);
  const std::string method = text_at(&*read, "method");
  if (text_at(&*read, "jsonrpc") != "2.0" || (id && !named))
    return refused(400, nobody, kMcpInvalidRequest, "no message of JSON-RPC 2.0");
  if (method.empty()) {
    // The answer to a question of the server, which asks none, or nothing at all.
    const bool answer = named && (read->find("result") || read->find("error"));
    if (answer) return {.status = 202, .headers = {}, .body = {}, .events = {}};
    return refused(400, id ? *id : nobody, kMcpInvalidRequest, "no method");
  }
  if (!id) return {.status = 202, .headers = {}, .body = {}, .events = {}};
  Conversation conversation(message, door);
  Node result = conversation.result_of(method, read->find("params"));
  if (conversation.fault().code != 0)
    return refused(200, *id, conversation.fault().code, conversation.fault().message);
  Node node = Node::table();
  node.add("jsonrpc", text("2.0"));
  node.add("id", *id);
  node.add("result", std::move(result));
  return json_reply(200, node);
}

}  // namespace anlan::api
