// Node: a parsed tree as it stood in the file, whatever the format: ordered members, duplicate keys
// kept, the original text of numbers, the place of every value. formats/ makes it, NodeReader reads
// it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace anlan {

struct Member;

struct Node {
  enum class Kind : std::uint8_t { kNull, kBoolean, kNumber, kText, kList, kTable };

  Kind kind = Kind::kNull;
  std::string text;  // of a text its value, of a number its digits as written, of a boolean "true"
                     // or "false"
  std::vector<Node> items;      // kList
  std::vector<Member> members;  // kTable
  int line = 0;                 // from 1; 0 where the tree was not read from a file
  int column = 0;               // code points from 1

  // Compiled once (node.cpp): a tree is held, and so copied and destroyed, in most files.
  Node();
  Node(const Node& other);
  Node(Node&& other) noexcept;
  Node& operator=(const Node& other);
  Node& operator=(Node&& other) noexcept;
  ~Node();

  static Node null();
  static Node boolean(bool value);
  static Node number(std::int64_t value);
  static Node number_text(std::string text);  // a number as it shall be written, e.g. "0.25"
  static Node string(std::string_view value);
  static Node list();
  static Node table();
  // Appends a member and returns it; for building replies.
  Node& add(std::string_view key, Node value);

  bool is_table() const { return kind == Kind::kTable; }
  bool is_list() const { return kind == Kind::kList; }
  const Node* find(std::string_view key) const;  // the first member of that key, or nullptr
};

struct Member {
  std::string key;
  Node value;
  int line = 0;
  int column = 0;
};

}  // namespace anlan
