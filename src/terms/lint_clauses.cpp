// Clauses: exemptions that are not marked and so are never shown and explained (Insurance Law art
// 17; Supreme People's Court, Interpretation II, art 9), and clauses that nothing refers to.
#include <algorithm>
#include <array>

#include "terms/codes.h"
#include "terms/lint_book.h"

namespace anlan::terms {
namespace {

using namespace lint_codes;

struct Use {
  std::string path = {};
  std::string clause = {};
  bool relieves = false;  // the insurer, of what it would else owe
};

void uses_of_section(const Section& section, const std::string& path, std::vector<Use>& uses) {
  const TimeTerms& time = section.time;
  uses.push_back({path + ".clause", section.clause, false});
  uses.push_back({path + ".deductible_clause", section.deductible_clause, section.deductible != 0});
  uses.push_back(
      {path + ".retention_clause", section.retention_clause, section.own_retention != 0});
  uses.push_back({path + ".sublimit_clause", section.sublimit_clause, false});
  uses.push_back({path + ".participation_clause", section.participation_clause,
                  section.participation_bp != 0});
  uses.push_back({path + ".time.waiting_clause", time.waiting_clause, time.waiting_hours != 0});
  uses.push_back({path + ".time.monetary_clause", time.monetary_clause, time.monetary != 0});
  uses.push_back({path + ".time.indemnity_clause", time.indemnity_clause, false});
  uses.push_back({path + ".time.daily_clause", time.daily_clause, false});
  uses.push_back({path + ".time.parametric_clause", time.parametric_clause, false});
  uses.push_back({path + ".average_clause", section.average_clause, false});
}

void uses_of_policy(const Wording& wording, std::vector<Use>& uses) {
  const Terms& terms = wording.terms;
  const bool retention =
      terms.occurrence_retention != 0 || terms.retention_rule == RetentionRule::kSingleHighest;
  uses.push_back({"policy.aggregate_clause", terms.aggregate_clause, false});
  uses.push_back({"policy.occurrence_clause", terms.occurrence_clause, false});
  uses.push_back({"policy.mitigation_clause", terms.mitigation_clause, false});
  uses.push_back({"policy.retention_clause", terms.retention_clause, retention});
  uses.push_back({"policy.instalment_clause", terms.instalment_clause, true});
  for (std::size_t i = 0; i < terms.sections.size(); ++i)
    uses_of_section(terms.sections[i], path_of("policy.sections", i), uses);
  for (std::size_t i = 0; i < terms.groups.size(); ++i)
    uses.push_back({path_of("policy.groups", i, "clause"), terms.groups[i].clause, false});
  for (std::size_t i = 0; i < terms.services.size(); ++i)
    uses.push_back({path_of("policy.services", i, "clause"), terms.services[i].clause, false});
  if (terms.other_insurance)
    uses.push_back({"policy.other_insurance.clause", terms.other_insurance->clause, false});
}

// Entries with one clause each.
template <class Entry>
void uses_of_list(const std::vector<Entry>& entries, std::string_view list, bool relieves,
                  std::vector<Use>& uses) {
  for (std::size_t i = 0; i < entries.size(); ++i)
    uses.push_back({path_of(list, i, "clause"), entries[i].clause, relieves});
}

std::vector<Use> uses_of(const Wording& wording) {
  std::vector<Use> uses;
  uses.push_back({"perils.clause", wording.perils.clause, false});
  uses_of_policy(wording, uses);
  const Trigger& trigger = wording.trigger;
  uses.push_back({"trigger.clause", trigger.clause, false});
  uses.push_back({"trigger.retroactive_clause", trigger.retroactive_clause, false});
  uses.push_back({"trigger.reporting_clause", trigger.reporting_clause, false});
  uses.push_back({"trigger.circumstances_clause", trigger.circumstances_clause, false});
  uses_of_list(wording.obligations, "obligations", true, uses);
  uses_of_list(wording.scales, "scales", true, uses);
  uses_of_list(wording.conditions, "conditions", true, uses);
  uses_of_list(wording.exclusions, "exclusions", true, uses);
  for (const Exclusion& exclusion : wording.exclusions)
    uses.push_back({"", exclusion.limit_clause, false});
  uses_of_list(wording.expense_windows, "expense_windows", true, uses);
  uses_of_list(wording.statuses, "statuses", false, uses);
  if (wording.late_notice)
    uses.push_back({"late_notice.clause", wording.late_notice->clause, false});
  uses.push_back({"", wording.quantification.interruption_clause, false});
  uses.push_back({"", wording.quantification.betterment_clause, false});
  uses.push_back({"related.clause", wording.related.clause, false});
  uses.push_back({"re_interruption.clause", wording.re_interruption.clause, false});
  if (wording.territory) uses.push_back({"territory.clause", wording.territory->clause, false});
  uses.push_back({"currency_rules.clause", wording.currency_rules.clause, false});
  const Programme& programme = wording.programme;
  if (programme.certificates) uses.push_back({"", programme.certificates->clause, false});
  if (programme.excess) uses.push_back({"", programme.excess->clause, false});
  if (programme.difference_in) uses.push_back({"", programme.difference_in->clause, false});
  if (programme.beneficiary) uses.push_back({"", programme.beneficiary->clause, false});
  return uses;
}

// Words that only a clause which relieves the insurer needs.
constexpr std::array<std::string_view, 7> kReliefZh{
    "不负责赔偿", "不予赔偿", "不承担赔偿", "不承担保险责任", "免赔额", "免赔率", "责任免除"};
constexpr std::array<std::string_view, 7> kReliefEn{
    "no indemnity", "not indemnif", "not liable",   "is not covered for",
    "deductible",   "retention",    "shall not pay"};

template <std::size_t N>
std::string_view first_in(std::string_view text, const std::array<std::string_view, N>& words) {
  for (const std::string_view word : words) {
    if (holds(text, word)) return word;
  }
  return {};
}

void check_marks(LintBook& book, const std::vector<Use>& uses) {
  std::vector<std::string> told;
  for (const Use& use : uses) {
    const Clause* clause = find_clause(book.wording().clauses, use.clause);
    if (!use.relieves || !clause || clause->exemption || has_word(told, use.clause)) continue;
    told.push_back(use.clause);
    book.add(kExemptionNotMarked, use.path, use.clause);
  }
}

void check_clause(LintBook& book, std::size_t i, const std::vector<Use>& uses) {
  const Clause& clause = book.wording().clauses[i];
  const auto of_clause = [&](const Use& use) { return use.clause == clause.ref; };
  const bool used = std::any_of(uses.begin(), uses.end(), of_clause);
  const bool relieves = std::any_of(uses.begin(), uses.end(),
                                    [&](const Use& use) { return of_clause(use) && use.relieves; });
  const bool pays = clause.kind == ClauseKind::kInsuring || clause.kind == ClauseKind::kLimit;
  if (clause.exemption && !used)
    book.add(kExemptionByHand, path_of("clauses", i, "by_hand"), clause.ref);
  if (!used && !clause.exemption && pays) {
    book.add(kClauseUnused, path_of("clauses", i, "ref"), clause.ref,
             {{"kind", std::string(name_of(clause.kind))}});
  }
  // What is told of the use need not be told of the text; the late notice clause says what the law
  // says (art 21).
  const auto& late = book.wording().late_notice;
  if (clause.exemption || relieves || (late && late->clause == clause.ref)) return;
  const std::string_view zh = first_in(clause.zh, kReliefZh);
  const std::string_view en = first_in(clause.en, kReliefEn);
  if (zh.empty() && en.empty()) return;
  book.add(kExemptionInText, path_of("clauses", i, zh.empty() ? "en" : "zh"), clause.ref,
           {{"words", std::string(zh.empty() ? en : zh)}});
}

}  // namespace

void lint_clauses(LintBook& book) {
  const std::vector<Use> uses = uses_of(book.wording());
  check_marks(book, uses);
  for (std::size_t i = 0; i < book.wording().clauses.size(); ++i) check_clause(book, i, uses);
}

}  // namespace anlan::terms
