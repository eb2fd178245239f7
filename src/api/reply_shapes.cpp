#include "api/reply_shapes.h"

#include <algorithm>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "api/refusals.h"

namespace anlan::api {
namespace {

Node text(std::string_view value) { return Node::string(value); }

// What one place may hold.
struct Shape {
  std::vector<std::string> types;
  std::vector<std::pair<std::string, std::unique_ptr<Shape>>> fields;
  std::set<std::string> optional;
  std::unique_ptr<Shape> item;   // of a list
  std::unique_ptr<Shape> value;  // of an object whose names are data

  Shape& field(const std::string& name) {
    for (auto& [known, shape] : fields) {
      if (known == name) return *shape;
    }
    fields.emplace_back(name, std::make_unique<Shape>());
    return *fields.back().second;
  }
  static Shape& grown(std::unique_ptr<Shape>& place) {
    if (!place) place = std::make_unique<Shape>();
    return *place;
  }
};

// One word of a path: a name, "?" where it may be absent, then any number of "[]" and "{}".
Shape& step(Shape& from, std::string_view word) {
  const std::size_t end = std::min(word.find_first_of("?[{"), word.size());
  Shape* at = &from;
  if (end > 0) {
    const std::string name(word.substr(0, end));
    word.remove_prefix(end);
    if (word.starts_with("?")) {
      from.optional.insert(name);
      word.remove_prefix(1);
    }
    at = &from.field(name);
  }
  for (; word.size() >= 2; word.remove_prefix(2))
    at = &Shape::grown(word.starts_with("[]") ? at->item : at->value);
  return *at;
}

template <class Take>
void split(std::string_view text_of_many, char separator, Take take) {
  while (!text_of_many.empty()) {
    const std::size_t end = std::min(text_of_many.find(separator), text_of_many.size());
    take(text_of_many.substr(0, end));
    text_of_many.remove_prefix(std::min(end + 1, text_of_many.size()));
  }
}

Result<Shape> read_shape(const std::string& where, std::string_view lines) {
  Shape root;
  std::string wrong;
  split(lines, '\n', [&](std::string_view line) {
    if (line.empty()) return;
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos || space + 1 == line.size()) {
      wrong = std::string(line);
      return;
    }
    Shape* at = &root;
    const std::string_view path = line.substr(0, space);
    if (path != ".") split(path, '.', [&](std::string_view word) { at = &step(*at, word); });
    split(line.substr(space + 1), '|',
          [&](std::string_view type) { at->types.emplace_back(type); });
  });
  if (wrong.empty()) return root;
  return Refusal{.code = refusals::kReplyShape, .path = where, .value = wrong};
}

// ---- as JSON Schema

Node typed(std::string_view type) {
  Node node = Node::table();
  node.add("type", text(type));
  return node;
}

Node patterned(std::string_view pattern) {
  Node node = typed("string");
  node.add("pattern", text(pattern));
  return node;
}

std::string shared_name(std::string_view name) { return "Shape_" + std::string(name); }

Node reference(std::string_view name) {
  Node node = Node::table();
  node.add("$ref", text("#/components/schemas/" + std::string(name)));
  return node;
}

Node scalar(const std::string& type) {
  if (type == "text") return typed("string");
  if (type == "integer" || type == "number" || type == "boolean" || type == "null")
    return typed(type);
  if (type == "money") return reference("Money");
  if (type == "any") return Node::table();
  if (type == "date") return patterned("^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
  if (type == "instant")
    return patterned(
        "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2}"
        ")"
        "$");
  if (type == "digest") return patterned("^[0-9a-f]{64}$");
  if (type.starts_with("@")) return reference(shared_name(type.substr(1)));
  return patterned("^" + type + "_[0-9]+$");
}

Node schema_of(const Shape& shape);

Node object_schema(const Shape& shape) {
  Node node = typed("object");
  Node properties = Node::table();
  Node required = Node::list();
  for (const auto& [name, field] : shape.fields) {
    properties.add(name, schema_of(*field));
    if (!shape.optional.contains(name)) required.items.push_back(text(name));
  }
  node.add("properties", std::move(properties));
  if (!required.items.empty()) node.add("required", std::move(required));
  node.add("additionalProperties", Node::boolean(false));
  return node;
}

Node schema_of(const Shape& shape) {
  std::vector<Node> choices;
  for (const std::string& type : shape.types) choices.push_back(scalar(type));
  if (!shape.fields.empty()) choices.push_back(object_schema(shape));
  if (shape.item) {
    Node list = typed("array");
    list.add("items", schema_of(*shape.item));
    choices.push_back(std::move(list));
  }
  if (shape.value) {
    Node map = typed("object");
    map.add("additionalProperties", schema_of(*shape.value));
    choices.push_back(std::move(map));
  }
  if (choices.size() == 1) return std::move(choices[0]);
  Node node = Node::table();
  if (choices.empty()) return node;
  Node& any = node.add("anyOf", Node::list());
  any.items = std::move(choices);
  return node;
}

Result<Done> check_shared(const std::string& where, const Shape& shape,
                          const std::map<std::string, Shape>& shared) {
  for (const std::string& type : shape.types) {
    if (type.starts_with("@") && !shared.contains(type.substr(1)))
      return Refusal{.code = refusals::kReplyShape, .path = where, .value = type};
  }
  for (const auto& [name, field] : shape.fields) ANLAN_REQUIRE(check_shared(where, *field, shared));
  if (shape.item) ANLAN_REQUIRE(check_shared(where, *shape.item, shared));
  if (shape.value) ANLAN_REQUIRE(check_shared(where, *shape.value, shared));
  return Done{};
}

Result<std::map<std::string, Shape>> shapes_of(const Node& tree, std::string_view table) {
  std::map<std::string, Shape> out;
  const Node* all = tree.find(table);
  if (!all) return out;
  for (const Member& member : all->members) {
    ANLAN_TRY(Shape shape, read_shape(member.key, member.value.text));
    out.emplace(member.key, std::move(shape));
  }
  return out;
}

}  // namespace

Result<ReplyShapes> read_reply_shapes(const Node& tree) {
  ANLAN_TRY(const auto shared, shapes_of(tree, "shape"));
  ANLAN_TRY(const auto replies, shapes_of(tree, "reply"));
  ReplyShapes out;
  for (const auto& [name, shape] : shared) {
    ANLAN_REQUIRE(check_shared(name, shape, shared));
    out.shared.emplace(shared_name(name), schema_of(shape));
  }
  for (const auto& [name, shape] : replies) {
    ANLAN_REQUIRE(check_shared(name, shape, shared));
    out.replies.emplace(name, schema_of(shape));
  }
  return out;
}

}  // namespace anlan::api
