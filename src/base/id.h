// Identifiers: a bare integer or string never identifies.
//
// Id<Tag>: a record of a house; its number is the seq of the event that made it, its text the
// tag's prefix and that number: "pol_37". Name<Tag>: a name that people choose (an actor, a
// product).
#pragma once

#include <charconv>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/refusals.h"
#include "base/result.h"

namespace anlan {

template <class Tag>
struct Id {
  std::uint64_t number = 0;  // 0: none
  bool exists() const { return number != 0; }
  auto operator<=>(const Id&) const = default;
};

template <class Tag>
std::string to_text(Id<Tag> id) {
  return std::string(Tag::kPrefix) + "_" + std::to_string(id.number);
}

// Refuses kIdMalformed with args prefix.
template <class Tag>
Result<Id<Tag>> parse_id(std::string_view text, std::string_view path) {
  const std::string_view prefix = Tag::kPrefix;
  Id<Tag> id;
  if (text.size() > prefix.size() + 1 && text.starts_with(prefix) && text[prefix.size()] == '_' &&
      text[prefix.size() + 1] != '0') {
    const std::string_view digits = text.substr(prefix.size() + 1);
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), id.number);
    if (error == std::errc() && end == digits.data() + digits.size()) return id;
  }
  return Refusal{.code = refusals::kIdMalformed,
                 .path = std::string(path),
                 .value = std::string(text),
                 .args = {{.name = "prefix", .value = std::string(prefix)}},
                 .at = {}};
}

template <class Tag>
struct Name {
  std::string text;
  bool exists() const { return !text.empty(); }
  auto operator<=>(const Name&) const = default;
};

// 1 to 64 of A-Z a-z 0-9 . _ - ; refuses kNameMalformed.
Result<std::string> parse_name_text(std::string_view text, std::string_view path);

template <class Tag>
Result<Name<Tag>> parse_name(std::string_view text, std::string_view path) {
  ANLAN_TRY(std::string name, parse_name_text(text, path));
  return Name<Tag>{std::move(name)};
}

}  // namespace anlan
