#include "api/mcp_tools.h"

#include <algorithm>
#include <array>

#include "api/openapi.h"
#include "api/refusals.h"
#include "formats/json.h"

namespace anlan::api {
namespace {

constexpr std::string_view kSchemas = "#/components/schemas/";
constexpr std::string_view kParameters = "#/components/parameters/";
// Who asks stands in the request that carries the call, for all of its calls.
constexpr std::array<std::string_view, 2> kOfTheDoor{"anlan-house", "anlan-actor"};

// What takes cover, money or personal data away from somebody, or undoes what was decided. All else
// that writes adds to the record. A client asks its person once more before one of these.
constexpr std::array<std::string_view, 20> kTakesAway{
    "personal erase",
    "policy cancel",
    "policy lapse",
    "policy refund",
    "policy rewrite",
    "policy void",
    "policy certificate end",
    "policy disclosure freeze",
    "policy disclosure rescind",
    "premium write-off",
    "claim pay",
    "claim return",
    "claim write-off",
    "instrument claw-back",
    "instrument pay",
    "quote withdraw",
    "submission withdraw",
    "rules publish",
    "rules roll-back",
    "month close",
};

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) {
    return 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return out;
}

std::string text_at(const Node& node, std::string_view key) {
  const Node* value = node.find(key);
  return value ? value->text : std::string();
}

// References into the document become references into the schema itself; `used`: names met.
void point_inside(Node& node, std::vector<std::string>& used) {
  for (Node& item : node.items) point_inside(item, used);
  for (Member& member : node.members) {
    if (member.key == "$ref" && member.value.text.starts_with(kSchemas)) {
      const std::string name = member.value.text.substr(kSchemas.size());
      member.value.text = "#/$defs/" + name;
      if (std::find(used.begin(), used.end(), name) == used.end()) used.push_back(name);
    } else {
      point_inside(member.value, used);
    }
  }
}

void add_definitions(Node& schema, const Node& schemas) {
  std::vector<std::string> used;
  point_inside(schema, used);
  Node definitions = Node::table();
  for (std::size_t n = 0; n < used.size(); ++n) {  // a definition may name others: `used` grows
    const Node* found = schemas.find(used[n]);
    if (!found) continue;
    Node copy = *found;
    point_inside(copy, used);
    definitions.add(used[n], std::move(copy));
  }
  if (!definitions.members.empty()) schema.add("$defs", std::move(definitions));
}

const Node* parameter_of(const Node& given, const Node& shared) {
  const std::string reference = text_at(given, "$ref");
  return reference.empty() ? &given : shared.find(reference.substr(kParameters.size()));
}

const Node* body_schema(const Node& operation) {
  const Node* node = operation.find("requestBody");
  for (const std::string_view key : {"content", "application/json", "schema"}) {
    node = node ? node->find(key) : nullptr;
  }
  return node;
}

McpTool tool_of(const Route& route, const Node& operation, const Node& components) {
  McpTool tool{.route = &route, .name = text_at(operation, "operationId"), .schema = {}};
  Node properties = Node::table();
  Node required = Node::list();
  for (const Node& given : operation.find("parameters")->items) {
    const Node* parameter = parameter_of(given, *components.find("parameters"));
    if (!parameter) continue;
    const bool header = text_at(*parameter, "in") == "header";
    const std::string name =
        header ? lower(text_at(*parameter, "name")) : text_at(*parameter, "name");
    if (std::find(kOfTheDoor.begin(), kOfTheDoor.end(), name) != kOfTheDoor.end()) continue;
    if (header) tool.headers += name + ",";
    properties.add(name, *parameter->find("schema"));
    if (text_at(*parameter, "required") == "true") required.items.push_back(Node::string(name));
  }
  if (const Node* body = body_schema(operation)) {
    for (const Member& member : body->find("properties")->members)
      properties.add(member.key, member.value);
    if (const Node* needed = body->find("required"))
      required.items.insert(required.items.end(), needed->items.begin(), needed->items.end());
  }
  tool.schema = Node::table();
  tool.schema.add("type", Node::string("object"));
  tool.schema.add("properties", std::move(properties));
  if (!required.items.empty()) tool.schema.add("required", std::move(required));
  tool.schema.add("additionalProperties", Node::boolean(false));
  add_definitions(tool.schema, *components.find("schemas"));
  return tool;
}

std::vector<McpTool> all_tools() {
  const Node document = openapi({});
  std::vector<McpTool> all;
  for (const Route& route : routes()) {
    const Node* path = document.find("paths")->find(route.path);
    const Node* operation = path ? path->find(lower(method_name(route.method))) : nullptr;
    if (operation) all.push_back(tool_of(route, *operation, *document.find("components")));
  }
  return all;
}

bool writes(const Operation& operation) { return !operation.command.empty() || operation.writes; }

Refusal wrong(std::string_view argument, std::string value, std::string_view wanted) {
  return Refusal{.code = refusals::kBodyValue,
                 .path = std::string(argument),
                 .value = std::move(value),
                 .args = {{.name = "wanted", .value = std::string(wanted)}},
                 .at = {}};
}

void add_query(platform::HttpRequest& request, const Member& argument) {
  if (argument.value.is_list()) {
    for (const Node& item : argument.value.items)
      request.query.push_back({.name = argument.key, .value = item.text});
  } else if (argument.value.kind != Node::Kind::kNull) {
    request.query.push_back({.name = argument.key, .value = argument.value.text});
  }
}

bool is_header(const McpTool& tool, std::string_view name) {
  return ("," + tool.headers).find("," + std::string(name) + ",") != std::string::npos;
}

}  // namespace

std::span<const McpTool> mcp_tools() {
  static const std::vector<McpTool> all = all_tools();
  return all;
}

const McpTool* find_mcp_tool(std::string_view name) {
  for (const McpTool& tool : mcp_tools()) {
    if (tool.name == name) return &tool;
  }
  return nullptr;
}

Node mcp_tool_node(const McpTool& tool) {
  const Operation& operation = *tool.route->operation;
  const bool takes_away =
      std::find(kTakesAway.begin(), kTakesAway.end(), operation.name) != kTakesAway.end();
  Node annotations = Node::table();
  annotations.add("readOnlyHint", Node::boolean(!writes(operation)));
  annotations.add("destructiveHint", Node::boolean(takes_away));
  annotations.add("idempotentHint", Node::boolean(!writes(operation)));
  annotations.add("openWorldHint", Node::boolean(false));
  Node node = Node::table();
  node.add("name", Node::string(tool.name));
  node.add("title", Node::string(operation.name));
  node.add("description",
           Node::string(std::string(operation.zh) + " / " + std::string(operation.en)));
  node.add("inputSchema", tool.schema);
  node.add("annotations", std::move(annotations));
  return node;
}

Result<platform::HttpRequest> request_of_call(const McpTool& tool, const Node* arguments) {
  const Route& route = *tool.route;
  if (arguments && !arguments->is_table()) return wrong("arguments", {}, "object");
  platform::HttpRequest request;
  request.method = method_name(route.method);
  request.path = route.path;
  std::string subject;
  Node body = Node::table();
  for (const Member& argument : arguments ? arguments->members : std::vector<Member>()) {
    if (argument.key == route.parameter) {
      subject = argument.value.text;
    } else if (is_header(tool, argument.key)) {
      request.headers.push_back({.name = argument.key, .value = argument.value.text});
    } else if (route.method == HttpMethod::kGet) {
      add_query(request, argument);
    } else {
      body.members.push_back(argument);
    }
  }
  if (!route.parameter.empty()) {
    // A name with a slash would be the path of another operation.
    if (subject.empty() || subject.find('/') != std::string::npos)
      return wrong(route.parameter, subject, "text");
    const std::string hole = "{" + route.parameter + "}";
    request.path.replace(request.path.find(hole), hole.size(), subject);
  }
  if (route.method == HttpMethod::kPost) request.body = formats::write_json(body);
  return request;
}

}  // namespace anlan::api
