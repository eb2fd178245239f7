// MCP (Model Context Protocol, 2025-06-18): the operations as tools of a language model, by
// JSON-RPC 2.0. One message in, one reply out; what a tool does is answered by the service, under
// the permissions of whoever sent the message.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "api/mcp_tools.h"
#include "base/result.h"
#include "platform/http.h"

namespace anlan::api {

// What stands behind the door for one caller.
struct McpDoor {
  std::function<bool(const Operation&)> may_use;
  // A request over HTTP as the service answers it; who asks is in the headers of the message.
  std::function<platform::HttpReply(const platform::HttpRequest&)> answer;
  // A refusal as {"error": {...}}.
  std::function<Node(const Refusal&)> refusal;
};

// Streamable HTTP without streams: the reply to a request is one JSON object; 202 and nothing to a
// notification; 400 with an error of JSON-RPC to what is no message; 403 where a page of another
// origin sends it. Refusals of an operation are results with isError, as over HTTP.
platform::HttpReply answer_mcp(const platform::HttpRequest& message, const McpDoor& door);

// {"jsonrpc": "2.0", "id": ..., "error": {"code", "message", "data"}}; `id` null: not known.
Node mcp_error(const Node& id, int code, std::string_view message);

// Of JSON-RPC and of the protocol.
inline constexpr int kMcpParseError = -32700;
inline constexpr int kMcpInvalidRequest = -32600;
inline constexpr int kMcpUnknownMethod = -32601;
inline constexpr int kMcpInvalidParams = -32602;
inline constexpr int kMcpResourceUnknown = -32002;
inline constexpr int kMcpDoorClosed = -32000;  // the server refused the message as a whole

}  // namespace anlan::api
