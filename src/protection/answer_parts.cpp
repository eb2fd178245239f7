#include "protection/answer_parts.h"

#include <algorithm>
#include <charconv>

#include "protection/refusals.h"

namespace anlan::protection {
namespace {

constexpr std::string_view kPartSeparator = "; ";
constexpr std::string_view kAnyOf = "any_of ";

bool is_word(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

bool read_whole(std::string_view text, std::int64_t& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && text[0] != '-';
}

// "0-100"
bool read_range(std::string_view text, AnswerPart& part) {
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos || dash == 0 || dash + 1 == text.size()) return false;
  return read_whole(text.substr(0, dash), part.minimum) &&
         read_whole(text.substr(dash + 1), part.maximum) && part.minimum <= part.maximum;
}

bool read_alternative(std::string_view text, AnswerPart& part) {
  const bool has_value = part.number || part.date || part.money || part.text;
  if (text == "date") return part.date = true, !has_value;
  if (text == "money") return part.money = true, !has_value;
  if (text == "text") return part.text = true, !has_value;
  if (text.find('-') != std::string_view::npos) {
    part.number = true;
    return !has_value && read_range(text, part);
  }
  const bool is_new = std::find(part.words.begin(), part.words.end(), text) == part.words.end();
  part.words.emplace_back(text);
  return is_word(text) && is_new;
}

bool read_part(std::string_view text, AnswerPart& part) {
  if (text.ends_with('?')) {
    part.optional = true;
    text.remove_suffix(1);
  }
  const std::size_t colon = text.find(':');
  if (colon != std::string_view::npos) {
    part.name = text.substr(0, colon);
    if (!is_word(part.name)) return false;
    text.remove_prefix(colon + 1);
  }
  if (text.starts_with(kAnyOf)) {
    part.any_of = true;
    text.remove_prefix(kAnyOf.size());
  }
  for (;;) {
    const std::size_t end = std::min(text.find('|'), text.size());
    if (!read_alternative(text.substr(0, end), part)) return false;
    if (end == text.size()) break;
    text.remove_prefix(end + 1);
  }
  return !part.any_of || !(part.number || part.date || part.money || part.text);
}

bool is_yes_no(const std::vector<std::string>& words) {
  return words == std::vector<std::string>{"yes", "no"} ||
         words == std::vector<std::string>{"yes", "no", "na"};
}

bool only_words(const AnswerPart& part) {
  return !part.number && !part.date && !part.money && !part.text;
}

// What the main part must be for its answer type, or "" when it is.
std::string_view unfit(AnswerType type, const AnswerPart& main) {
  if (main.optional || !main.name.empty()) return "a main part without name and \"?\"";
  switch (type) {
    case AnswerType::kBool:
      return only_words(main) && is_yes_no(main.words) ? "" : "yes|no or yes|no|na";
    case AnswerType::kEnum:
      return only_words(main) && main.words.size() >= 2 ? "" : "at least two words";
    case AnswerType::kPercent:
      return main.number && main.maximum <= 100 ? "" : "a range within 0-100";
    case AnswerType::kCount:
    case AnswerType::kDays:
    case AnswerType::kHours:
      return main.number ? "" : "a range";
    case AnswerType::kDate:
      return main.date ? "" : "date";
  }
  check_failed("an answer type", __FILE__, __LINE__);
}

// The rules between the parts: names once, required before optional, a text last.
std::string_view disorder(const std::vector<AnswerPart>& parts) {
  for (std::size_t i = 1; i < parts.size(); ++i) {
    if (parts[i].name.empty()) return "a name for every part but the first";
    if (parts[i - 1].text) return "a text as the last part only";
    if (parts[i - 1].optional && !parts[i].optional) return "optional parts last";
    for (std::size_t j = 1; j < i; ++j) {
      if (parts[j].name == parts[i].name) return "each name once";
    }
  }
  return "";
}

}  // namespace

Result<std::vector<AnswerPart>> parse_answer_parts(AnswerType type, std::string_view options,
                                                   std::string_view path) {
  Refusal refusal{.code = kOptionsMalformed,
                  .path = std::string(path),
                  .value = std::string(options),
                  .args = {},
                  .at = {}};
  const auto refuse = [&](std::string_view expected) {
    refusal.args = {{.name = "expected", .value = std::string(expected)}};
    return refusal;
  };
  std::vector<AnswerPart> parts;
  for (std::string_view rest = options;;) {
    const std::size_t end = std::min(rest.find(kPartSeparator), rest.size());
    AnswerPart part;
    if (!read_part(rest.substr(0, end), part))
      return refuse("[name:]word|0-100|date|money|text[?]");
    parts.push_back(std::move(part));
    if (end == rest.size()) break;
    rest.remove_prefix(end + kPartSeparator.size());
  }
  if (const auto expected = unfit(type, parts.front()); !expected.empty()) return refuse(expected);
  if (const auto expected = disorder(parts); !expected.empty()) return refuse(expected);
  return parts;
}

}  // namespace anlan::protection
