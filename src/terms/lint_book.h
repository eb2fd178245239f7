// What the parts of lint share: the wording, and where a finding is put down.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "terms/lint.h"

namespace anlan::terms {

class LintBook {
 public:
  explicit LintBook(const Wording& wording) : wording_(wording) {}

  const Wording& wording() const { return wording_; }
  void add(const LintCode& code, std::string path, std::string clause,
           std::vector<RefusalArg> args = {}) {
    findings_.push_back({.code = code,
                         .path = std::move(path),
                         .clause = std::move(clause),
                         .args = std::move(args)});
  }
  std::vector<Finding> take() { return std::move(findings_); }

 private:
  const Wording& wording_;
  std::vector<Finding> findings_;
};

// Whether the words stand in the text. Looked for by their last byte: nearly every character of
// Chinese begins with one of six bytes, and ends with one of sixty-four.
inline bool holds(std::string_view text, std::string_view words) {
  if (words.empty()) return true;
  const std::size_t before = words.size() - 1;
  for (std::size_t at = text.find(words.back(), before); at != std::string_view::npos;
       at = text.find(words.back(), at + 1)) {
    if (text[at - before / 2] != words[before - before / 2]) continue;
    if (text.substr(at - before, words.size()) == words) return true;
  }
  return false;
}

// "policy.sections[2]" + ".deductible": the path of a member of the i-th entry.
std::string path_of(std::string_view list, std::size_t i, std::string_view key = {});
// "150,000.00 CNY".
std::string amount_text(std::int64_t minor, Currency currency);

// One term that a clause states.
struct StatedTerm {
  enum class Unit : std::uint8_t { kMoney, kHours, kDays, kShare };
  std::string path = {};
  std::string clause = {};
  Unit unit = Unit::kMoney;
  std::int64_t value = 0;  // minor units, hours, days or basis points
  // The clause may state the rest to the whole as well: 10 % kept is 90 % paid.
  bool or_rest = false;
};

// Every amount, time and share of the wording with its clause, in the order of the file's parts.
std::vector<StatedTerm> stated_terms(const Wording& wording);

void lint_contradictions(LintBook& book);  // lint.cpp
void lint_limits(LintBook& book);          // lint_limits.cpp
void lint_gaps(LintBook& book);            // lint_gaps.cpp
void lint_clauses(LintBook& book);         // lint_clauses.cpp
void lint_phrases(LintBook& book);         // lint_phrases.cpp
void lint_translation(LintBook& book);     // lint_numbers.cpp
void lint_numbers(LintBook& book);         // lint_numbers.cpp
void lint_law(LintBook& book);             // lint_phrases.cpp
void lint_tougher(LintBook& book);         // lint_limits.cpp

}  // namespace anlan::terms
