// The operations as tools of the Model Context Protocol: name, words, the JSON schema of what each
// takes, all read from the description of the service (openapi.h), so that a tool is never wider
// than its route.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "api/http_route.h"
#include "base/node.h"
#include "base/result.h"
#include "platform/http.h"

namespace anlan::api {

struct McpTool {
  const Route* route = nullptr;
  std::string name;     // "policy_bind": the operationId
  Node schema;          // of its arguments; references point into its own $defs
  std::string headers;  // names of headers that are arguments, each with a comma behind it
};

// One for each route, in the order of the table.
std::span<const McpTool> mcp_tools();
const McpTool* find_mcp_tool(std::string_view name);

// As tools/list shows it: name, title and description in both languages, inputSchema, annotations.
Node mcp_tool_node(const McpTool& tool);

// The request over HTTP that a call of the tool stands for, without who asks: headers that are
// arguments, path, query or body. Refuses kBodyValue (path: the argument) where the subject of the
// path is missing or no id, and where `arguments` is no object.
Result<platform::HttpRequest> request_of_call(const McpTool& tool, const Node* arguments);

}  // namespace anlan::api
