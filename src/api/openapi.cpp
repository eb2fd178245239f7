#include "api/openapi.h"

#include <algorithm>
#include <map>

#include "api/account_routes.h"
#include "api/http_route.h"
#include "api/service_reply.h"
#include "api/version.h"
#include "formats/json.h"
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

Node parameters(const Route& route) {
  Node list = Node::list();
  for (const Option& option : route.operation->options) {
    const bool in_path = option.name == route.parameter;
    if (is_local(option)) continue;
    if (!in_path && route.method == HttpMethod::kPost) continue;
    list.items.push_back(parameter(option.name, in_path ? "path" : "query",
                                   in_path || option.required, option_schema(option, false)));
  }
  if (is_listing(*route.operation)) {
    list.items.push_back(parameter_reference("Limit"));
    list.items.push_back(parameter_reference("After"));
  }
  if (route.method == HttpMethod::kPost) {
    for (const std::string_view name : {"IdempotencyKey", "DryRun"})
      list.items.push_back(parameter_reference(name));
    if (!route.parameter.empty()) list.items.push_back(parameter_reference("IfMatch"));
  }
  for (const std::string_view name : {"House", "Actor", "At", "Prefer", "Fault"})
    list.items.push_back(parameter_reference(name));
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
    if (option.name == route.parameter || is_local(option)) continue;
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

Node page_of(Node item) {
  Node items = typed("array");
  items.add("items", std::move(item));
  Node next = Node::table();
  next.add("type", texts({"string", "null"}));
  return object({{"items", std::move(items)}, {"next", std::move(next)}});
}

// A list comes in pages; beside files stands what the operation says.
Node reply_schema(const Operation& operation, const ReplyShapes& shapes) {
  const auto known = shapes.replies.find(operation.name);
  Node reply = known == shapes.replies.end() ? Node::table() : known->second;
  if (is_listing(operation)) {
    const Node* items = reply.find("items");
    return page_of(items ? *items : Node::table());
  }
  const bool files = std::any_of(operation.options.begin(), operation.options.end(), gives_file);
  for (Member& member : reply.members) {
    if (files && member.key == "properties") member.value.add("files", reference("Files"));
  }
  return reply;
}

Node answer(std::string_view description, Node schema) {
  Node node = Node::table();
  node.add("description", text(description));
  node.add("content", content(std::move(schema)));
  return node;
}

Node responses(const Operation& operation, const ReplyShapes& shapes) {
  Node done = answer("done", reply_schema(operation, shapes));
  Node refused = Node::table();
  refused.add("description", text("refused: see status_of in the documentation"));
  refused.add("content", content(reference("Error")));
  Node node = Node::table();
  node.add("200", std::move(done));
  node.add("202", answer("a job has begun: GET its Location", reference("Job")));
  node.add("default", std::move(refused));
  return node;
}

Node operation_node(const Route& route, const ReplyShapes& shapes) {
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
  node.add("responses", responses(operation, shapes));
  Node& roles = node.add("x-roles", Node::list());
  for (const domain::Role role : house::roles_of_command(operation.command))
    roles.items.push_back(text(name_of(role)));
  return node;
}

// ---- accounts

Node account_field_schema(const AccountField& field) {
  Node node = Node::table();
  switch (field.kind) {
    case AccountFieldKind::kText:
      node = typed("string");
      break;
    case AccountFieldKind::kFlag:
      node = typed("boolean");
      break;
    case AccountFieldKind::kWhole:
      node = typed("integer");
      break;
    case AccountFieldKind::kTexts:
      node = typed("array");
      node.add("items", typed("string"));
      break;
  }
  node.add("description", text(both(field.zh, field.en)));
  return node;
}

Node account_body(const AccountRoute& route) {
  Node schema = typed("object");
  schema.add("additionalProperties", Node::boolean(false));
  Node properties = Node::table();
  Node required = Node::list();
  for (const AccountField& field : route.fields) {
    properties.add(field.name, account_field_schema(field));
    if (field.required) required.items.push_back(text(field.name));
  }
  schema.add("properties", std::move(properties));
  const bool needed = !required.items.empty();
  if (needed) schema.add("required", std::move(required));
  Node body = Node::table();
  body.add("required", Node::boolean(needed));
  body.add("content", content(std::move(schema)));
  return body;
}

// "/v1/account/key/{key}/rotate" is "account_key_rotate".
std::string account_operation_id(std::string_view path) {
  std::string id;
  path.remove_prefix(std::string_view("/v1/").size());
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    const std::string_view part = path.substr(0, end);
    if (!part.starts_with('{')) id += (id.empty() ? "" : "_") + std::string(part);
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  std::replace(id.begin(), id.end(), '-', '_');
  return id;
}

Node account_operation(const AccountRoute& route) {
  const std::size_t open = route.path.find('{');
  Node node = Node::table();
  node.add("operationId", text(account_operation_id(route.path) +
                               (route.path == "/v1/account/{account}/invite" ? "_again" : "")));
  node.add("summary", text(route.en));
  node.add("description", text(route.zh));
  node.add("tags", texts({"accounts"}));
  Node& given = node.add("parameters", Node::list());
  if (open != std::string_view::npos) {
    const std::string_view name = route.path.substr(open + 1, route.path.find('}') - open - 1);
    given.items.push_back(parameter(name, "path", true, typed("string")));
  }
  if (route.method == HttpMethod::kPost) node.add("requestBody", account_body(route));
  Node done = Node::table();
  done.add("description", text("done"));
  done.add("content", content(typed("object")));
  Node refused = Node::table();
  refused.add("description", text("refused: see status_of in the documentation"));
  refused.add("content", content(reference("Error")));
  Node& replies = node.add("responses", Node::table());
  replies.add("200", std::move(done));
  replies.add("default", std::move(refused));
  if (route.caller == AccountCaller::kAnybody) node.add("security", Node::list());
  return node;
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

Node job_schema() {
  Node none = Node::table();
  none.add("type", texts({"integer", "null"}));
  Node ended = Node::table();
  ended.add("type", texts({"string", "null"}));
  Node states = typed("string");
  states.add("enum", texts({"waiting", "running", "done", "refused", "cancelled"}));
  return object({{"id", typed("string")},
                 {"operation", typed("string")},
                 {"by", typed("string")},
                 {"state", std::move(states)},
                 {"done", typed("integer")},
                 {"of", typed("integer")},
                 {"asked", typed("string")},
                 {"ended", std::move(ended)},
                 {"status", std::move(none)},
                 {"reply", Node::table()}});
}

Node schemas(const ReplyShapes& shapes) {
  Node node = Node::table();
  node.add("Money", object({{"amount", typed("integer")}, {"currency", typed("string")}}));
  node.add("FileSent", file_schema());
  Node files = typed("array");
  files.add("items", object({{"name", typed("string")}, {"base64", typed("string")}}));
  node.add("Files", std::move(files));
  node.add("Job", job_schema());
  node.add("Event", object({{"id", typed("string")},
                            {"type", typed("string")},
                            {"house", typed("string")},
                            {"sandbox", typed("boolean")},
                            {"occurred_at", typed("string")},
                            {"data", typed("object")}}));
  Node yes = typed("boolean");
  yes.add("const", Node::boolean(true));
  Node events = typed("array");
  events.add("items", typed("object"));
  node.add("DryRun", object({{"dry_run", std::move(yes)}, {"events", std::move(events)}}));
  for (const auto& [name, schema] : shapes.shared) node.add(name, schema);
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
  node.add("Actor", parameter("Anlan-Actor", "header", false, typed("string")));
  node.add("At", parameter("Anlan-At", "header", false, typed("string")));
  node.add("Prefer", parameter("Prefer", "header", false, typed("string")));
  Node dry = parameter("Anlan-Dry-Run", "header", false, typed("string"));
  dry.add("description", text("true: decided and not recorded; the reply is then a DryRun"));
  node.add("DryRun", std::move(dry));
  node.add("IfMatch", parameter("If-Match", "header", false, typed("string")));
  node.add("Fault", parameter("Anlan-Fault", "header", false, typed("string")));
  return node;
}

Node components(const ReplyShapes& shapes) {
  Node bearer = Node::table();
  bearer.add("type", text("http"));
  bearer.add("scheme", text("bearer"));
  Node cookie = Node::table();
  cookie.add("type", text("apiKey"));
  cookie.add("in", text("cookie"));
  cookie.add("name", text("anlan_session"));
  cookie.add("description",
             text("of a browser that signed in; under TLS it is called __Host-anlan_session. What "
                  "changes something needs the header Anlan-Request, or a page of this service"));
  Node schemes = Node::table();
  schemes.add("bearer", std::move(bearer));
  schemes.add("cookie", std::move(cookie));
  Node node = Node::table();
  node.add("schemas", schemas(shapes));
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

// What answers beside the operations of the table.
Node plain_operation(std::string_view id, std::string_view summary, Node schema, bool by_id,
                     Node list = Node::list()) {
  Node node = Node::table();
  node.add("operationId", text(id));
  node.add("summary", text(summary));
  node.add("tags", texts({"job"}));
  if (by_id) list.items.push_back(parameter("job", "path", true, typed("string")));
  node.add("parameters", std::move(list));
  Node all = Node::table();
  all.add("200", answer("done", std::move(schema)));
  all.add("default", answer("refused", reference("Error")));
  node.add("responses", std::move(all));
  return node;
}

// A stream: each event is a line of JSON.
Node stream_operation(std::string_view id, std::string_view summary, Node given, Node event) {
  Node node = Node::table();
  node.add("operationId", text(id));
  node.add("summary", text(summary));
  node.add("tags", texts({"event"}));
  node.add("parameters", std::move(given));
  Node stream = Node::table();
  stream.add("schema", typed("string"));
  stream.add("x-event-data", std::move(event));
  Node done = Node::table();
  done.add("description", text("server-sent events, until either side ends it"));
  done.add("content", Node::table()).add("text/event-stream", std::move(stream));
  Node all = Node::table();
  all.add("200", std::move(done));
  all.add("default", answer("refused", reference("Error")));
  node.add("responses", std::move(all));
  return node;
}

Node house_stream() {
  Node given = Node::list();
  Node kinds = parameter("kinds", "query", false, typed("string"));
  kinds.add("description", text("of these kinds only, separated by commas"));
  given.items.push_back(std::move(kinds));
  Node after = parameter("after", "query", false, typed("string"));
  after.add("description", text("from behind this event on; else from now on"));
  given.items.push_back(std::move(after));
  given.items.push_back(parameter("Last-Event-ID", "header", false, typed("string")));
  for (const std::string_view name : {"House", "Actor"})
    given.items.push_back(parameter_reference(name));
  return stream_operation("events", "what happens in the house, as the caller is told of it",
                          std::move(given), reference("Event"));
}

Node job_stream() {
  Node given = Node::list();
  given.items.push_back(parameter("job", "path", true, typed("string")));
  return stream_operation("job_events", "how far a job is, without its reply, until it ends",
                          std::move(given), reference("Job"));
}

std::map<std::string, Node> job_paths() {
  std::map<std::string, Node> paths;
  const auto add = [&](const std::string& path, std::string_view method, Node operation) {
    paths.try_emplace(path, Node::table()).first->second.add(method, std::move(operation));
  };
  Node of = typed("string");
  of.add("enum", texts({"own", "house"}));
  Node given = Node::list();
  given.items.push_back(parameter("of", "query", false, std::move(of)));
  add("/v1/job/list", "get",
      plain_operation(
          "job_list",
          "the jobs of the caller; of=house: those of everybody, without their replies, "
          "for whoever runs the house",
          page_of(reference("Job")), false, std::move(given)));
  add("/v1/job/{job}", "get",
      plain_operation("job_show", "how far a job is, and its reply", reference("Job"), true));
  add("/v1/job/{job}/cancel", "post",
      plain_operation("job_cancel", "ask a job to end", reference("Job"), true));
  add("/v1/job/{job}/events", "get", job_stream());
  add("/v1/events", "get", house_stream());
  return paths;
}

}  // namespace

Node openapi(const ReplyShapes& shapes) {
  std::map<std::string, Node> by_path;
  for (auto& [path, node] : job_paths()) by_path.emplace(path, std::move(node));
  for (const Route& route : routes()) {
    const auto [entry, added] = by_path.emplace(route.path, Node::table());
    entry->second.add(route.method == HttpMethod::kGet ? "get" : "post",
                      operation_node(route, shapes));
  }
  for (const AccountRoute& route : account_routes()) {
    const auto [entry, added] = by_path.emplace(std::string(route.path), Node::table());
    entry->second.add(route.method == HttpMethod::kGet ? "get" : "post", account_operation(route));
  }
  Node paths = Node::table();
  for (auto& [path, node] : by_path) paths.add(path, std::move(node));
  Node security = Node::list();
  for (const std::string_view scheme : {"bearer", "cookie"}) {
    Node needed = Node::table();
    needed.add(scheme, Node::list());
    security.items.push_back(std::move(needed));
  }
  Node root = Node::table();
  root.add("openapi", text("3.1.0"));
  root.add("info", info());
  root.add("security", std::move(security));
  root.add("paths", std::move(paths));
  root.add("components", components(shapes));
  return root;
}

Result<std::string> openapi_text(Library& files) {
  ANLAN_TRY(const Node tree, files.toml("api/replies.toml"));
  ANLAN_TRY(const ReplyShapes shapes, read_reply_shapes(tree));
  return formats::write_json(openapi(shapes)) + "\n";
}

}  // namespace anlan::api
