#include "api/http_body.h"

#include <algorithm>
#include <charconv>

#include "api/refusals.h"
#include "base/base64.h"
#include "base/money.h"
#include "formats/json.h"

namespace anlan::api {
namespace {

Refusal wrong(std::string_view option, std::string value, std::string_view wanted) {
  return Refusal{.code = refusals::kBodyValue,
                 .path = std::string(option),
                 .value = std::move(value),
                 .args = {{.name = "wanted", .value = std::string(wanted)}},
                 .at = {}};
}

class WordMaker {
 public:
  explicit WordMaker(const Route& route) : route_(route) {
    std::string_view name = route.operation->name;
    while (!name.empty()) {
      const std::size_t end = std::min(name.find(' '), name.size());
      out_.words.emplace_back(name.substr(0, end));
      name.remove_prefix(std::min(end + 1, name.size()));
    }
  }

  void text(std::string_view option, std::string_view value) {
    out_.words.push_back("--" + std::string(option) + "=" + std::string(value));
  }

  Result<Done> flag(std::string_view option, const std::string& value) {
    if (value == "true") {
      out_.words.push_back("--" + std::string(option));
      return Done{};
    }
    if (value == "false") return Done{};
    return wrong(option, value, "boolean");
  }

  // "upload.toml": what the file is called decides how it is read.
  void file(std::string_view option, std::string name, std::string contents) {
    while (out_.files.contains(name)) name.insert(0, "_");
    text(option, name);
    out_.files.emplace(std::move(name), std::move(contents));
  }

  // Null: none of that name. Refuses one that is for whoever sits at the machine, as if it were
  // none.
  Result<const Option*> known(std::string_view name) const {
    if (name.find('=') != std::string_view::npos) return unknown(name);
    for (const Option& option : route_.operation->options) {
      if (option.name != name) continue;
      if (!is_local(option)) return &option;
      return unknown(name);
    }
    return nullptr;
  }

  HttpWords take() { return std::move(out_); }

 private:
  static Refusal unknown(std::string_view name) {
    return {.code = refusals::kUnknownOption,
            .path = std::string(name),
            .value = std::string(name),
            .args = {{.name = "described", .value = "openapi"}}};
  }

  const Route& route_;
  HttpWords out_;
};

std::optional<std::string> amount_text(const Node& value) {
  const Node* amount = value.find("amount");
  const Node* currency = value.find("currency");
  if (value.members.size() != 2 || !amount || !currency) return std::nullopt;
  std::int64_t units = 0;
  const char* end = amount->text.data() + amount->text.size();
  if (std::from_chars(amount->text.data(), end, units).ptr != end) return std::nullopt;
  return currency->text + " " + to_decimal(Money::from_minor(units, Currency::kCny));
}

Result<Done> add_file(WordMaker& words, const Option& option, const Node& value) {
  constexpr std::size_t kNameMax = 200;
  if (value.kind == Node::Kind::kText) {
    if (value.text.starts_with("@")) {
      words.text(option.name, value.text);
    } else {
      words.file(option.name, std::string(option.name) + ".toml", value.text);
    }
    return Done{};
  }
  if (!value.is_table()) return wrong(option.name, value.text, "file");
  const Node* name = value.find("name");
  const Node* text = value.find("text");
  const Node* coded = value.find("base64");
  if (!name || value.members.size() != 2 || (!text && !coded)) {
    words.file(option.name, std::string(option.name) + ".json", formats::write_json(value, {}));
    return Done{};
  }
  const bool plain = !name->text.empty() && name->text.size() <= kNameMax &&
                     name->text.find_first_of("/@") == std::string::npos && name->text != "-";
  if (!plain) return wrong(option.name, name->text, "file_name");
  if (text) {
    words.file(option.name, name->text, text->text);
    return Done{};
  }
  std::optional<std::string> bytes = from_base64(coded->text);
  if (!bytes) return wrong(option.name, {}, "base64");
  words.file(option.name, name->text, std::move(*bytes));
  return Done{};
}

Result<Done> add_value(WordMaker& words, const Option& option, const Node& value) {
  switch (value.kind) {
    case Node::Kind::kNull:
      return Done{};  // as if it were not there
    case Node::Kind::kBoolean:
      return words.flag(option.name, value.text);
    case Node::Kind::kNumber:
    case Node::Kind::kText:
      if (option.kind == OptionKind::kFlag) return wrong(option.name, value.text, "boolean");
      words.text(option.name, value.text);
      return Done{};
    case Node::Kind::kList:
      break;
    case Node::Kind::kTable: {
      const std::optional<std::string> amount = amount_text(value);
      if (!amount) return wrong(option.name, {}, "text");
      words.text(option.name, *amount);
      return Done{};
    }
  }
  if (option.kind != OptionKind::kMany) return wrong(option.name, {}, "text");
  for (const Node& item : value.items) {
    if (item.is_list()) return wrong(option.name, {}, "text");
    ANLAN_REQUIRE(add_value(words, option, item));
  }
  return Done{};
}

}  // namespace

Result<HttpWords> words_of_query(const Route& route, const std::string& parameter,
                                 const std::vector<std::pair<std::string, std::string>>& query) {
  WordMaker words(route);
  if (!route.parameter.empty()) words.text(route.parameter, parameter);
  for (const auto& [name, value] : query) {
    ANLAN_TRY(const Option* option, words.known(name));
    if (option && option->kind == OptionKind::kFlag) {
      ANLAN_REQUIRE(words.flag(name, value));
    } else {
      words.text(name, value);
    }
  }
  return words.take();
}

Result<HttpWords> words_of_body(const Route& route, const std::string& parameter,
                                std::string_view body) {
  WordMaker words(route);
  if (!route.parameter.empty()) words.text(route.parameter, parameter);
  if (body.empty()) return words.take();
  ANLAN_TRY(const Node tree, formats::parse_json(body, "body"));
  if (!tree.is_table()) return wrong("body", {}, "object");
  for (const Member& member : tree.members) {
    ANLAN_TRY(const Option* option, words.known(member.key));
    if (!option) {
      words.text(member.key, member.value.text);
    } else if (takes_file(*option)) {
      ANLAN_REQUIRE(add_file(words, *option, member.value));
    } else {
      ANLAN_REQUIRE(add_value(words, *option, member.value));
    }
  }
  return words.take();
}

}  // namespace anlan::api
