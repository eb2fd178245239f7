// Records to Node, driven by fields(): the JSON view of events, replies and documents.
//
// whole numbers and bool: themselves; text: itself; enums: their name; Money: {"amount": minor
// units, "currency": "CNY"}; Share: ppm as a number; Date: "2026-03-01"; Instant: RFC 3339 at
// +08:00; UtcOffset: minutes as a number; Id: "pol_37", null where there is none; Name: its text;
// Digest and Bytes: lower-case hexadecimal; optional: null where empty; list: list; record: table
// in declared order.
#pragma once

#include <concepts>
#include <optional>
#include <string>
#include <vector>

#include "base/alike.h"
#include "base/bytes.h"
#include "base/fields.h"
#include "base/id.h"
#include "base/money.h"
#include "base/node.h"
#include "base/sha256.h"
#include "base/share.h"
#include "base/time.h"

namespace anlan {

inline Node to_node(bool value) { return Node::boolean(value); }
template <std::integral T>
Node to_node(T value) {
  return Node::number_text(std::to_string(value));
}
template <NamedEnum E>
Node to_node(E value) {
  return Node::string(name_of(value));
}
inline Node to_node(const std::string& value) { return Node::string(value); }
inline Node to_node(const Bytes& value) { return Node::string(to_hex(value)); }
inline Node to_node(Money value) {
  Node node = Node::table();
  node.add("amount", Node::number(value.minor()));
  node.add("currency", Node::string(currency_code(value.currency())));
  return node;
}
inline Node to_node(Share value) { return Node::number(value.ppm()); }
inline Node to_node(Date value) { return Node::string(to_text(value)); }
inline Node to_node(Instant value) { return Node::string(to_text(value)); }
inline Node to_node(UtcOffset value) { return Node::number(value.minutes()); }
inline Node to_node(const Digest& value) { return Node::string(to_hex(value)); }
template <class Tag>
Node to_node(Id<Tag> value) {
  return value.exists() ? Node::string(to_text(value)) : Node::null();
}
template <class Tag>
Node to_node(const Name<Tag>& value) {
  return Node::string(value.text);
}
template <HasFields T>
Node to_node(const T& record);
template <class T>
Node to_node(const std::optional<T>& value);
template <class T>
Node to_node(const std::vector<T>& list);
template <class T>
Node to_node(const Alike<T>& value) {
  return to_node(value.get());
}

template <HasFields T>
Node to_node(const T& record) {
  Node node = Node::table();
  for_each_field(
      record, [&](std::string_view name, const auto& member) { node.add(name, to_node(member)); });
  return node;
}
template <class T>
Node to_node(const std::optional<T>& value) {
  return value ? to_node(*value) : Node::null();
}
template <class T>
Node to_node(const std::vector<T>& list) {
  Node node = Node::list();
  node.items.reserve(list.size());
  for (const T& item : list) node.items.push_back(to_node(item));
  return node;
}

}  // namespace anlan
