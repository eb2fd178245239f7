#include "api/openapi.h"

#include <map>

#include "api/http_route.h"
#include "api/service_reply.h"
#include "api/version.h"
#include "house/access.h"

namespace anlan::api {
namespace {

Node text(std::string_view value) { return Node::string(value); }

Node texts(std::initializer_list<std::string_view> values) {
  Node list = Node::list();
  for (const std::string_view value : values) list.items.push_back(text(value));
  return list;
}

Node reference(std::string_view name) {
  Node node = Node::table();
  node.add("$ref", text("#/components/schemas/" + std::string(name)));
  return node;
}

Node typed(std::string_view type) {
  Node node = Node::table();
  node.add("type", text(type));
  return node;
}

std::string both(std::string_view zh, std::string_view en) {
  return std::string(zh) + " / " + std::string(en);
}

// A text; a number stands for its digits, an object for an amount.
Node value_schema() {
  Node node = Node::table();
  Node& any = node.add("anyOf", Node::list());
  any.items.push_back(typed("string"));
  any.items.push_back(typed("number"));
  any.items.push_back(reference("Money"));
  return node;
}

Node option_schema(const Option& option, bool in_body) {
  Node node = Node::table();
  switch (option.kind) {
    case OptionKind::kFlag:
      node = typed("boolean");
      break;
    case OptionKind::kMany: {
      node = typed("array");
      node.add("items", in_body ? value_schema() : typed("string"));
      break;
    }
    case OptionKind::kText:
      node = takes_file(option)               ? reference("FileSent")
             : in_body && !gives_file(option) ? value_schema()
                                              : typed("string");
      break;
  }
  node.add("description", text(both(option.zh, option.en)));
  return node;
}

Node parameter(std::string_view name, std::string_view where, bool required, Node schema) {
  Node node = Node::table();
  node.add("name", text(name));
  node.add("in", text(where));
  node.add("required", Node::boolean(required));
  node.add("schema", std::move(schema));
  return node;
}

Node parameter_reference(std::string_view name) {
  Node node = Node::table();
  node.add("$ref", text("#/components/parameters/" + std::string(name)));
  return node;
}

bool is_listing(const Operation& operation) { return operation.name.ends_with(" list"); }

Node parameters(const Route& route) {
  Node list = Node::list();
  for (const Option& option : route.operation->options) {
    const bool in_path = option.name == route.parameter;
    if (!in_path && route.method == HttpMethod::kPost) continue;
    list.items.push_back(parameter(option.name, in_path ? "path" : "query",
                                   in_path || option.required, option_schema(option, false)));
  }
  if (is_listing(*route.operation)) {
    list.items.push_back(parameter_reference("Limit"));
    list.items.push_back(parameter_reference("After"));
  }
  if (route.method == HttpMethod::kPost)
    list.items.push_back(parameter_reference("IdempotencyKey"));
  list.items.push_back(parameter_reference("House"));
  list.items.push_back(parameter_reference("At"));
  return list;
}

Node content(Node schema) {
  Node json = Node::table();
  json.add("schema", std::move(schema));
  Node out = Node::table();
  out.add("application/json", std::move(json));
  return out;
}

Node request_body(const Route& route) {
  Node schema = typed("object");
  schema.add("additionalProperties", Node::boolean(false));
  Node properties = Node::table();
  Node required = Node::list();
  for (const Option& option : route.operation->options) {
    if (option.name == route.parameter) continue;
    properties.add(option.name, option_schema(option, true));
    if (option.required && !gives_file(option)) required.items.push_back(text(option.name));
  }
  schema.add("properties", std::move(properties));
  const bool needed = !required.items.empty();
  if (needed) schema.add("required", std::move(required));
  Node body = Node::table();
  body.add("required", Node::boolean(needed));
  body.add("content", content(std::move(schema)));
  return body;
}

Node responses(const Operation& operation) {
  Node done = Node::table();
  done.add("description", text("done"));
  done.add("content", content(is_listing(operation) ? reference("Page") : typed("object")));
  Node refused = Node::table();
  refused.add("description", text("refused: see status_of in the documentation"));
  refused.add("content", content(reference("Error")));
  Node node = Node::table();
  node.add("200", std::move(done));
  node.add("default", std::move(refused));
  return node;
}

Node operation_node(const Route& route) {
  const Operation& operation = *route.operation;
  std::string id(operation.name);
  for (char& c : id) {
    if (c == ' ' || c == '-') c = '_';
  }
  Node node = Node::table();
  node.add("operationId", text(id));
  node.add("summary", text(operation.en));
  node.add("description", text(operation.zh));
  node.add("tags", texts({operation.name.substr(0, operation.name.find(' '))}));
  node.add("parameters", parameters(route));
  if (route.method == HttpMethod::kPost) node.add("requestBody", request_body(route));
  node.add("responses", responses(operation));
  Node& roles = node.add("x-roles", Node::list());
  for (const domain::Role role : house::roles_of_command(operation.command))
    roles.items.push_back(text(name_of(role)));
  return node;
}

Node object(std::initializer_list<std::pair<std::string_view, Node>> properties) {
  Node schema = typed("object");
  Node all = Node::table();
  Node required = Node::list();
  for (const auto& [name, type] : properties) {
    all.add(name, type);
    required.items.push_back(text(name));
  }
  schema.add("properties", std::move(all));
  schema.add("required", std::move(required));
  schema.add("additionalProperties", Node::boolean(false));
  return schema;
}

Node file_schema() {
  Node node = Node::table();
  node.add("description",
           text("the text of a file (TOML), a file by name, a JSON file as an object, or "
                "\"@demo/...\", one that ships"));
  Node& any = node.add("anyOf", Node::list());
  any.items.push_back(typed("string"));
  any.items.push_back(object({{"name", typed("string")}, {"text", typed("string")}}));
  any.items.push_back(object({{"name", typed("string")}, {"base64", typed("string")}}));
  any.items.push_back(typed("object"));
  return node;
}

Node schemas() {
  Node node = Node::table();
  node.add("Money", object({{"amount", typed("integer")}, {"currency", typed("string")}}));
  node.add("FileSent", file_schema());
  Node page = typed("object");
  Node items = typed("array");
  items.add("items", typed("object"));
  Node next = Node::table();
  next.add("type", texts({"string", "null"}));
  node.add("Page", object({{"items", std::move(items)}, {"next", std::move(next)}}));
  const Node error = object({{"code", typed("string")},
                             {"path", typed("string")},
                             {"value", typed("string")},
                             {"rule", typed("string")},
                             {"fix", typed("string")},
                             {"zh", typed("string")},
                             {"en", typed("string")}});
  node.add("Error", object({{"error", error}, {"request", typed("string")}}));
  return node;
}

Node shared_parameters() {
  Node limit = typed("integer");
  limit.add("minimum", Node::number(1));
  limit.add("maximum", Node::number(static_cast<std::int64_t>(kPageMax)));
  Node node = Node::table();
  node.add("Limit", parameter("limit", "query", false, std::move(limit)));
  node.add("After", parameter("after", "query", false, typed("string")));
  node.add("IdempotencyKey", parameter("Idempotency-Key", "header", false, typed("string")));
  node.add("House", parameter("Anlan-House", "header", false, typed("string")));
  node.add("At", parameter("Anlan-At", "header", false, typed("string")));
  return node;
}

Node components() {
  Node bearer = Node::table();
  bearer.add("type", text("http"));
  bearer.add("scheme", text("bearer"));
  Node schemes = Node::table();
  schemes.add("bearer", std::move(bearer));
  Node node = Node::table();
  node.add("schemas", schemas());
  node.add("parameters", shared_parameters());
  node.add("securitySchemes", std::move(schemes));
  return node;
}

Node info() {
  Node node = Node::table();
  node.add("title", text("Anlan 安澜"));
  node.add("version", text(kVersion));
  return node;
}

}  // namespace

Node openapi() {
  std::map<std::string, Node> by_path;
  for (const Route& route : routes()) {
    const auto [entry, added] = by_path.emplace(route.path, Node::table());
    entry->second.add(route.method == HttpMethod::kGet ? "get" : "post", operation_node(route));
  }
  Node paths = Node::table();
  for (auto& [path, node] : by_path) paths.add(path, std::move(node));
  Node needed = Node::table();
  needed.add("bearer", Node::list());
  Node security = Node::list();
  security.items.push_back(std::move(needed));
  Node root = Node::table();
  root.add("openapi", text("3.1.0"));
  root.add("info", info());
  root.add("security", std::move(security));
  root.add("paths", std::move(paths));
  root.add("components", components());
  return root;
}

}  // namespace anlan::api
