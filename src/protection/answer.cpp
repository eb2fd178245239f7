#include "protection/answer.h"

#include <algorithm>
#include <charconv>

#include "base/money.h"
#include "base/node_reader.h"
#include "base/refusals.h"
#include "base/utf8.h"
#include "protection/refusals.h"

namespace anlan::protection {
namespace {

constexpr std::size_t kTextMax = 1000;  // code points of a text part
constexpr std::size_t kShownMax = 80;

// One part of an answer on its way to canonical form.
struct PartText {
  const AnswerPart& part;
  std::string_view text;
  Date on;
  std::string_view path;
};

Refusal refuse(const PartText& given, RefusalCode code, std::vector<RefusalArg> args) {
  if (!given.part.name.empty()) args.push_back({.name = "part", .value = given.part.name});
  return Refusal{.code = code,
                 .path = std::string(given.path),
                 .value = shortened(given.text, kShownMax),
                 .args = std::move(args),
                 .at = {}};
}

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

bool has_word(const AnswerPart& part, std::string_view word) {
  return std::find(part.words.begin(), part.words.end(), word) != part.words.end();
}

// The alternatives as a person may type them: "none | 0-72".
std::string choices_of(const AnswerPart& part) {
  std::string listed;
  const auto add = [&](std::string_view choice) {
    if (!listed.empty()) listed += " | ";
    listed += choice;
  };
  for (const std::string& word : part.words) add(word);
  if (part.number) add(std::to_string(part.minimum) + "-" + std::to_string(part.maximum));
  if (part.date) add("2026-01-31");
  return listed;
}

Refusal not_a_choice(const PartText& given, std::string_view word) {
  return refuse(given, kAnswerNotAChoice,
                {{.name = "choices", .value = choices_of(given.part)},
                 {.name = "nearest", .value = nearest(word, given.part.words)}});
}

Result<std::string> canonical_words(const PartText& given) {
  std::vector<std::string> chosen;
  for (std::string_view rest = given.text; !rest.empty();) {
    const std::size_t end = std::min(rest.find_first_of("+,"), rest.size());
    const std::string_view word = trimmed(rest.substr(0, end));
    if (!has_word(given.part, word)) return not_a_choice(given, word);
    chosen.emplace_back(word);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  const bool says_none = std::find(chosen.begin(), chosen.end(), "none") != chosen.end();
  if (says_none && chosen.size() > 1) return not_a_choice(given, "none");
  std::string canonical;
  for (const std::string& word : given.part.words) {
    if (std::find(chosen.begin(), chosen.end(), word) == chosen.end()) continue;
    if (!canonical.empty()) canonical += '+';
    canonical += word;
  }
  return canonical;
}

bool are_digits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Result<std::string> canonical_number(const PartText& given, std::string_view digits) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error == std::errc() && number >= given.part.minimum && number <= given.part.maximum) {
    return std::to_string(number);
  }
  return refuse(given, kAnswerOutOfRange,
                {{.name = "min", .value = std::to_string(given.part.minimum)},
                 {.name = "max", .value = std::to_string(given.part.maximum)}});
}

Result<std::string> canonical_date(const PartText& given) {
  const auto date = parse_date(given.text, given.path);
  if (!date.ok()) return refuse(given, kAnswerMalformed, {{.name = "expected", .value = "date"}});
  if (date.value() > given.on) {
    return refuse(given, kAnswerInFuture, {{.name = "on", .value = to_text(given.on)}});
  }
  return to_text(date.value());
}

Result<std::string> canonical_text(const PartText& given) {
  bool is_line = count_code_points(given.text) <= kTextMax;
  for (std::string_view rest = given.text; !rest.empty() && is_line;) {
    const CodePoint next = first_code_point(rest);
    is_line = next.valid && next.value >= U' ' && next.value != U'\u007F';
    rest.remove_prefix(next.bytes);
  }
  if (is_line) return std::string(given.text);
  return refuse(given, kAnswerMalformed, {{.name = "expected", .value = "text"}});
}

Result<std::string> canonical_part(const PartText& given, AnswerType type) {
  const AnswerPart& part = given.part;
  if (part.text) return canonical_text(given);
  if (part.any_of) return canonical_words(given);
  if (has_word(part, given.text)) return std::string(given.text);
  if (has_word(part, "yes") && given.text == "是") return std::string("yes");
  if (has_word(part, "no") && given.text == "否") return std::string("no");
  if (part.money) {
    ANLAN_TRY(const Money amount, parse_money(given.text, Currency::kCny, given.path));
    return std::to_string(amount.minor());
  }
  std::string_view digits = given.text;
  if (type == AnswerType::kPercent && part.name.empty() && digits.ends_with('%')) {
    digits = trimmed(digits.substr(0, digits.size() - 1));
  }
  if (part.number && are_digits(digits)) return canonical_number(given, digits);
  const bool begins_with_digit = !digits.empty() && are_digits(digits.substr(0, 1));
  if (!part.words.empty() && !begins_with_digit) return not_a_choice(given, given.text);
  if (part.date) return canonical_date(given);
  if (!part.words.empty()) return not_a_choice(given, given.text);
  return refuse(given, kAnswerMalformed, {{.name = "expected", .value = "whole number"}});
}

// The raw parts of an answer; a text part takes all that is left.
std::vector<std::string_view> raw_parts(const Question& question, std::string_view text) {
  std::vector<std::string_view> raw;
  for (std::size_t i = 0;; ++i) {
    const bool takes_rest = i < question.parts.size() && question.parts[i].text;
    const std::size_t end = takes_rest ? text.size() : std::min(text.find(';'), text.size());
    raw.push_back(trimmed(text.substr(0, end)));
    if (end == text.size()) return raw;
    text.remove_prefix(end + 1);
  }
}

Result<domain::Answer> checked(const Questionnaire& questionnaire, const domain::Answer& answer) {
  const std::string path = "answers." + answer.control.text;
  const Question* const question = questionnaire.find(answer.control.text);
  if (question == nullptr) {
    std::vector<std::string> known;
    for (const Question& each : questionnaire.questions) known.push_back(each.control.text);
    return Refusal{.code = kControlUnknown,
                   .path = path,
                   .value = shortened(answer.control.text, kShownMax),
                   .args = {{.name = "control", .value = shortened(answer.control.text, kShownMax)},
                            {.name = "nearest", .value = nearest(answer.control.text, known)}},
                   .at = {}};
  }
  domain::Answer canonical = answer;
  ANLAN_TRY(canonical.value, check_answer(*question, answer.value, answer.answered_on, path));
  return canonical;
}

}  // namespace

Result<std::string> check_answer(const Question& question, std::string_view text, Date on,
                                 std::string_view path) {
  const std::vector<std::string_view> raw = raw_parts(question, text);
  std::string canonical;
  std::string separators;
  for (std::size_t i = 0; i < std::max(raw.size(), question.parts.size()); ++i) {
    const std::string_view part_text = i < raw.size() ? raw[i] : std::string_view();
    if (i >= question.parts.size()) {
      return Refusal{.code = kAnswerPartUnknown,
                     .path = std::string(path),
                     .value = shortened(part_text, kShownMax),
                     .args = {{.name = "max", .value = std::to_string(question.parts.size())}},
                     .at = {}};
    }
    const PartText given{.part = question.parts[i], .text = part_text, .on = on, .path = path};
    if (i > 0) separators += ';';
    if (part_text.empty() && given.part.optional) continue;
    if (part_text.empty()) return refuse(given, kAnswerPartMissing, {});
    ANLAN_TRY(const std::string part, canonical_part(given, question.type));
    canonical += separators + part;
    separators.clear();
  }
  return canonical;
}

std::vector<std::string> answer_parts(const Question& question, std::string_view canonical) {
  std::vector<std::string> parts;
  for (const std::string_view part : raw_parts(question, canonical)) parts.emplace_back(part);
  parts.resize(question.parts.size());
  return parts;
}

Result<std::vector<domain::Answer>> check_answers(const Questionnaire& questionnaire,
                                                  std::span<const domain::Answer> answers) {
  std::vector<domain::Answer> canonical;
  for (const domain::Answer& answer : answers) {
    ANLAN_TRY(domain::Answer one, checked(questionnaire, answer));
    const bool is_twice =
        std::any_of(canonical.begin(), canonical.end(),
                    [&](const domain::Answer& known) { return known.control == one.control; });
    if (is_twice) {
      return Refusal{.code = kAnswerTwice,
                     .path = "answers." + one.control.text,
                     .value = one.value,
                     .args = {},
                     .at = {}};
    }
    canonical.push_back(std::move(one));
  }
  const auto place = [&](const domain::Answer& answer) {
    return questionnaire.find(answer.control.text) - questionnaire.questions.data();
  };
  std::sort(canonical.begin(), canonical.end(),
            [&](const auto& a, const auto& b) { return place(a) < place(b); });
  return canonical;
}

}  // namespace anlan::protection
