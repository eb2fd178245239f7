#include "api/request.h"

#include <algorithm>

#include "api/refusals.h"
#include "base/node_reader.h"

namespace anlan::api {
namespace {

Refusal refuse(RefusalCode code, std::string_view path, std::string_view value = {},
               std::vector<RefusalArg> args = {}) {
  return Refusal{.code = code,
                 .path = std::string(path),
                 .value = std::string(value),
                 .args = std::move(args),
                 .at = {}};
}

const Option* find_option(const std::vector<Option>& known, std::string_view name) {
  for (const Option& option : known) {
    if (option.name == name) return &option;
  }
  return nullptr;
}

Refusal unknown_option(const std::vector<Option>& known, std::string_view name) {
  std::vector<std::string> names;
  for (const Option& option : known) names.emplace_back(option.name);
  return refuse(refusals::kUnknownOption, name, name,
                {{.name = "nearest", .value = nearest(name, names)},
                 {.name = "help", .value = "anlan help"}});
}

// The first positional option that has no value yet, or one that takes many.
const Option* next_positional(const std::vector<Option>& known, const Node& taken) {
  for (const Option& option : known) {
    if (option.positional && (option.kind == OptionKind::kMany || !taken.find(option.name)))
      return &option;
  }
  return nullptr;
}

Result<Done> take(Node& taken, const Option& option, std::string_view value) {
  Node* present = nullptr;
  for (Member& member : taken.members) {
    if (member.key == option.name) present = &member.value;
  }
  switch (option.kind) {
    case OptionKind::kMany:
      if (!present) present = &taken.add(option.name, Node::list());
      present->items.push_back(Node::string(value));
      return Done{};
    case OptionKind::kFlag:
      if (!present) taken.add(option.name, Node::boolean(true));
      return Done{};
    case OptionKind::kText:
      if (present) return refuse(refusals::kOptionTwice, option.name, value);
      taken.add(option.name, Node::string(value));
      return Done{};
  }
  return Done{};
}

// How an option is typed: "POLICY", "--payer customer|government".
std::string typed(const Option& option) {
  const std::string value(option.value);
  return option.positional ? value : "--" + std::string(option.name) + " " + value;
}

struct Split {
  std::string_view name;
  std::string_view value;
  bool has_value = false;
};

Split split_option(std::string_view word) {
  const std::size_t equals = word.find('=');
  if (equals == std::string_view::npos)
    return {.name = word.substr(2), .value = {}, .has_value = false};
  return {.name = word.substr(2, equals - 2), .value = word.substr(equals + 1), .has_value = true};
}

}  // namespace

Result<Node> parse_options(const std::vector<std::string>& words,
                           const std::vector<Option>& known) {
  Node taken = Node::table();
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i];
    if (!word.starts_with("--")) {
      const Option* option = next_positional(known, taken);
      if (!option) return refuse(refusals::kTooManyArguments, word, word);
      ANLAN_REQUIRE(take(taken, *option, word));
      continue;
    }
    Split split = split_option(word);
    const Option* option = find_option(known, split.name);
    if (!option) return unknown_option(known, split.name);
    if (option->kind != OptionKind::kFlag && !split.has_value) {
      if (i + 1 >= words.size()) return refuse(refusals::kOptionWithoutValue, option->name, word);
      split.value = words[++i];
    }
    // Somebody's variable was empty: that is no answer to what the option asks.
    if (option->kind != OptionKind::kFlag && split.value.empty()) {
      return refuse(refusals::kOptionWithoutValue, option->name, word);
    }
    ANLAN_REQUIRE(take(taken, *option, split.value));
  }
  // All that is missing at once; the first of it is the place.
  std::string first;
  std::string missing;
  for (const Option& option : known) {
    if (!option.required || taken.find(option.name)) continue;
    if (first.empty()) first = option.name;
    missing += (missing.empty() ? "" : ", ") + typed(option);
  }
  if (first.empty()) return taken;
  return refuse(refusals::kMissingOption, first, {}, {{.name = "what", .value = missing}});
}

}  // namespace anlan::api
