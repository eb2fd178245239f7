// Texts: the sentences of one language by key, filled with values. They live in data/locales; code
// names keys only.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace anlan {

using TextArgs = std::vector<std::pair<std::string_view, std::string>>;

// "{name}" stands for the value of that argument; "{?name:text}" stands for `text`, filled, when
// the argument is there and not empty, else for nothing. A name without an argument stays as it
// is written.
std::string fill_text(std::string_view pattern, const TextArgs& args);

struct Texts {
  std::map<std::string, std::string, std::less<>> by_key;

  // The filled sentence; the key itself in brackets when the language has none, so that it is seen.
  std::string say(std::string_view key, const TextArgs& args = {}) const;
  bool has(std::string_view key) const { return by_key.contains(key); }
};

}  // namespace anlan
