#include "base/texts.h"

namespace anlan {
namespace {

const std::string* value_of(std::string_view name, const TextArgs& args) {
  for (const auto& [known, value] : args) {
    if (known == name) return &value;
  }
  return nullptr;
}

// The closing brace that belongs to the opening one at `open`; npos when there is none.
std::size_t closing(std::string_view pattern, std::size_t open) {
  int depth = 0;
  for (std::size_t i = open; i < pattern.size(); ++i) {
    if (pattern[i] == '{') ++depth;
    if (pattern[i] == '}' && --depth == 0) return i;
  }
  return std::string_view::npos;
}

std::string fill_one(std::string_view inside, const TextArgs& args) {
  if (inside.starts_with('?')) {
    const std::size_t colon = inside.find(':');
    const std::string* value =
        colon == std::string_view::npos ? nullptr : value_of(inside.substr(1, colon - 1), args);
    return value && !value->empty() ? fill_text(inside.substr(colon + 1), args) : std::string();
  }
  const std::string* value = value_of(inside, args);
  return value ? *value : "{" + std::string(inside) + "}";
}

}  // namespace

std::string fill_text(std::string_view pattern, const TextArgs& args) {
  std::string out;
  std::size_t at = 0;
  while (at < pattern.size()) {
    const std::size_t open = pattern.find('{', at);
    const std::size_t close = open == std::string_view::npos ? open : closing(pattern, open);
    if (close == std::string_view::npos) break;
    out += pattern.substr(at, open - at);
    out += fill_one(pattern.substr(open + 1, close - open - 1), args);
    at = close + 1;
  }
  out += pattern.substr(at);
  return out;
}

std::string Texts::say(std::string_view key, const TextArgs& args) const {
  const auto found = by_key.find(key);
  if (found == by_key.end()) return "[" + std::string(key) + "]";
  return fill_text(found->second, args);
}

}  // namespace anlan
