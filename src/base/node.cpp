#include "base/node.h"

namespace anlan {

Node::Node() = default;
Node::Node(const Node& other) = default;
Node::Node(Node&& other) noexcept = default;
Node& Node::operator=(const Node& other) = default;
Node& Node::operator=(Node&& other) noexcept = default;
Node::~Node() = default;

Node Node::null() { return Node{}; }

Node Node::boolean(bool value) {
  Node node;
  node.kind = Kind::kBoolean;
  node.text = value ? "true" : "false";
  return node;
}

Node Node::number(std::int64_t value) { return number_text(std::to_string(value)); }

Node Node::number_text(std::string text) {
  Node node;
  node.kind = Kind::kNumber;
  node.text = std::move(text);
  return node;
}

Node Node::string(std::string_view value) {
  Node node;
  node.kind = Kind::kText;
  node.text = std::string(value);
  return node;
}

Node Node::list() {
  Node node;
  node.kind = Kind::kList;
  return node;
}

Node Node::table() {
  Node node;
  node.kind = Kind::kTable;
  return node;
}

Node& Node::add(std::string_view key, Node value) {
  members.push_back(
      Member{.key = std::string(key), .value = std::move(value), .line = 0, .column = 0});
  return members.back().value;
}

const Node* Node::find(std::string_view key) const {
  for (const Member& member : members) {
    if (member.key == key) return &member.value;
  }
  return nullptr;
}

}  // namespace anlan
