#include "terms/wording.h"

#include <algorithm>

#include "base/node_reader.h"
#include "domain/cover.h"
#include "domain/peril.h"
#include "terms/refusals.h"
#include "terms/terms_reader.h"

namespace anlan::terms {
namespace {

struct WordTag {};  // a word that conditions and causes share with claims

constexpr std::int64_t kNoticeHoursMax = 8'760;  // a year: a later notice is a matter of limitation
constexpr std::int64_t kTriggerDaysMax = 36'500;  // a century: longer is "without a date"

BilingualText read_text(NodeReader reader) {
  BilingualText text{.zh = reader.text("zh"), .en = reader.text("en")};
  reader.finish();
  return text;
}

Registration read_registration(NodeReader reader) {
  Registration registration{.number = reader.text("number"),
                            .assumption = reader.flag("assumption", false)};
  reader.finish();
  return registration;
}

void check_perils(NodeReader& reader, std::string_view key, const std::vector<std::string>& codes) {
  for (const std::string& code : codes) {
    if (domain::find_peril_kind(code)) continue;
    std::vector<std::string> known;
    for (const domain::PerilKind& kind : domain::peril_kinds()) known.emplace_back(kind.code);
    return reader.refuse(key, refusals::kPerilUnknown,
                         {{"peril", code}, {"nearest", nearest(code, known)}});
  }
}

// A head of the taxonomy, or the refusal that names the nearest one.
bool check_head(NodeReader& reader, std::string_view key, const std::string& head) {
  if (domain::find_head(head)) return true;
  std::vector<std::string> known;
  for (const domain::CoverKind& kind : domain::cover_kinds()) known.emplace_back(kind.code);
  for (const domain::CoverKind& kind : domain::sub_heads()) known.emplace_back(kind.code);
  reader.refuse(key, refusals::kHeadUnknown, {{"head", head}, {"nearest", nearest(head, known)}});
  return false;
}

// Heads that the policy insures: a rule about another could never act.
void check_heads(NodeReader& reader, const std::vector<std::string>& heads, const Terms& terms) {
  for (const std::string& head : heads) {
    if (!check_head(reader, "heads", head)) return;
    const std::string_view section = domain::section_of_head(head);
    const bool insured = std::any_of(terms.sections.begin(), terms.sections.end(),
                                     [&](const Section& s) { return s.code == section; });
    if (!insured) return reader.refuse("heads", refusals::kHeadNotInsured, {{"head", head}});
  }
}

CoveredPerils read_perils(NodeReader reader, ClauseBook& book) {
  CoveredPerils perils{.codes = reader.texts("covered"),
                       .clause = book.reference(reader, "clause", true)};
  reader.finish();
  check_perils(reader, "covered", perils.codes);
  return perils;
}

// A term that the basis never asks for would stand there for nothing.
void check_trigger(NodeReader& reader, const Trigger& trigger) {
  const bool by_occurrence = trigger.basis == TriggerBasis::kOccurrence;
  const bool by_claim = !by_occurrence && trigger.basis != TriggerBasis::kDiscovery;
  const auto needs = [&](bool stated, bool acts, std::string_view key) {
    if (stated && !acts) {
      reader.refuse(key, refusals::kTriggerTermVoid,
                    {{"term", std::string(key)}, {"basis", std::string(name_of(trigger.basis))}});
    }
  };
  needs(trigger.retroactive_date.has_value(), !by_occurrence, "retroactive_date");
  needs(trigger.retroactive_days.has_value(), !by_occurrence, "retroactive_days");
  needs(trigger.extended_reporting_days != 0, !by_occurrence, "extended_reporting_days");
  needs(trigger.notice_of_circumstances, by_claim, "notice_of_circumstances");
  if (trigger.retroactive_date && trigger.retroactive_days) {
    reader.refuse("retroactive_days", refusals::kRetroactiveTwice);
  }
}

Trigger read_trigger(NodeReader& root, ClauseBook& book) {
  if (!root.has("trigger")) return {};
  NodeReader reader = root.table("trigger");
  Trigger out{.basis = reader.choice<TriggerBasis>("basis")};
  if (reader.has("retroactive_date")) out.retroactive_date = reader.date("retroactive_date");
  out.retroactive_days = reader.whole_or_null("retroactive_days", 0, kTriggerDaysMax);
  out.extended_reporting_days = reader.whole_or("extended_reporting_days", 0, kTriggerDaysMax, 0);
  out.notice_of_circumstances = reader.flag("notice_of_circumstances", false);
  out.clause = book.reference(reader, "clause", true);
  out.retroactive_clause = book.reference(reader, "retroactive_clause",
                                          out.retroactive_date.has_value() || out.retroactive_days);
  out.reporting_clause =
      book.reference(reader, "reporting_clause", out.extended_reporting_days != 0);
  out.circumstances_clause =
      book.reference(reader, "circumstances_clause", out.notice_of_circumstances);
  reader.finish();
  check_trigger(reader, out);
  return out;
}

Condition read_condition(NodeReader& reader, ClauseBook& book, const Terms& terms) {
  Condition condition{.name = reader.name<WordTag>("name").text,
                      .heads = reader.texts("heads"),
                      .clause = book.reference(reader, "clause", true),
                      .before_payment = reader.flag("before_payment", false)};
  reader.finish();
  check_heads(reader, condition.heads, terms);
  return condition;
}

Exclusion read_exclusion(NodeReader& reader, ClauseBook& book, const Terms& terms) {
  Exclusion exclusion{.name = reader.name<WordTag>("name").text,
                      .causes = reader.texts_or_empty("causes"),
                      .perils = reader.texts_or_empty("perils"),
                      .heads = reader.texts_or_empty("heads"),
                      .clause = book.reference(reader, "clause", true)};
  reader.finish();
  check_perils(reader, "perils", exclusion.perils);
  check_heads(reader, exclusion.heads, terms);
  if (exclusion.causes.empty() && exclusion.perils.empty() && exclusion.heads.empty()) {
    reader.refuse("causes", refusals::kExclusionEmpty, {{"exclusion", exclusion.name}});
  }
  return exclusion;
}

std::optional<LateNotice> read_late_notice(NodeReader& root, ClauseBook& book) {
  if (!root.node().find("late_notice")) return std::nullopt;
  NodeReader reader = root.table("late_notice");
  LateNotice late{.hours = reader.whole("hours", 1, kNoticeHoursMax),
                  .clause = book.reference(reader, "clause", true)};
  reader.finish();
  return late;
}

Quantification read_quantification(NodeReader reader, ClauseBook& book) {
  Quantification quantification{
      .interruption_clause = book.reference(reader, "interruption_clause", false),
      .betterment_clause = book.reference(reader, "betterment_clause", false)};
  reader.finish();
  return quantification;
}

// The last of the scales: its name is its own, its perils are covered.
void check_scale(NodeReader& reader, const Wording& wording) {
  const Scale& scale = wording.scales.back();
  const auto same = [&](const Scale& other) { return other.name == scale.name; };
  if (std::count_if(wording.scales.begin(), wording.scales.end(), same) > 1) {
    reader.refuse("name", anlan::refusals::kDuplicateValue);
  }
  check_perils(reader, "perils", scale.perils);
  for (const std::string& peril : scale.perils) {
    if (!domain::find_peril_kind(peril) || covers_peril(wording, peril)) continue;
    return reader.refuse("perils", refusals::kScalePerilNotCovered, {{"peril", peril}});
  }
}

// What holds for a wording beyond a settle case.
void check_policy(NodeReader& policy, const Terms& terms) {
  for (const Section& section : terms.sections) {
    if (!check_head(policy, "sections", section.code)) return;
  }
  for (const Service& service : terms.services) {
    if (!check_head(policy, "services", service.code)) return;
  }
  // Mitigation cost is owed by law up to the sum insured (art 57), so a wording must say what that
  // is.
  if (!terms.mitigation_cap && !terms.aggregate_limit) {
    policy.refuse("mitigation_cap", refusals::kMitigationNeedsCap);
  }
  if (terms.mitigation_clause.empty()) {
    policy.refuse("mitigation_clause", anlan::refusals::kMissingKey);
  }
}

Wording read_all(NodeReader& root) {
  Wording wording;
  wording.id = root.name<domain::WordingTag>("id");
  wording.version = root.text("version");
  const std::string code = root.text("currency");
  if (!root.refused() && !parse_currency_code(code, wording.terms.currency)) {
    root.refuse("currency", anlan::refusals::kMoneyCurrency, {{"expected", "CNY"}});
  }
  const Currency currency = wording.terms.currency;
  wording.title = read_text(root.table("title"));
  wording.registration = read_registration(root.table("registration"));
  ClauseBook book(root);
  wording.perils = read_perils(root.table("perils"), book);
  wording.trigger = read_trigger(root, book);
  NodeReader policy = root.table("policy");
  wording.terms = read_terms(policy, TermsFormat{.written = currency, .clauses = &book});
  check_policy(policy, wording.terms);
  for (NodeReader& reader : root.list_or_empty("obligations")) {
    wording.obligations.push_back(read_obligation(reader, book, wording.terms));
  }
  for (NodeReader& reader : root.list_or_empty("scales")) {
    wording.scales.push_back(read_scale(reader, book, wording.terms));
    check_scale(reader, wording);
  }
  for (NodeReader& reader : root.list_or_empty("conditions")) {
    wording.conditions.push_back(read_condition(reader, book, wording.terms));
  }
  for (NodeReader& reader : root.list_or_empty("exclusions")) {
    wording.exclusions.push_back(read_exclusion(reader, book, wording.terms));
  }
  wording.late_notice = read_late_notice(root, book);
  wording.quantification = read_quantification(root.table_or_empty("quantification"), book);
  book.finish(root);
  root.finish();
  wording.clauses = book.clauses();
  return wording;
}

void add_once(std::vector<std::string>& words, const std::string& word) {
  if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
}

}  // namespace

Result<Wording> read_wording(const Node& root, const std::string& file) {
  ReadReport report(file);
  NodeReader reader(root, report, "wording");
  return report.result(read_all(reader));
}

bool covers_peril(const Wording& wording, std::string_view peril) {
  const std::vector<std::string>& codes = wording.perils.codes;
  return std::find(codes.begin(), codes.end(), peril) != codes.end();
}

std::vector<std::string> exemption_clauses(const Wording& wording) {
  std::vector<std::string> refs;
  for (const Clause& clause : wording.clauses) {
    if (clause.exemption) refs.push_back(clause.ref);
  }
  return refs;
}

std::vector<std::string> condition_names(const Wording& wording) {
  std::vector<std::string> names;
  for (const Condition& condition : wording.conditions) add_once(names, condition.name);
  return names;
}

std::vector<std::string> cause_tags(const Wording& wording) {
  std::vector<std::string> tags;
  for (const Exclusion& exclusion : wording.exclusions) {
    for (const std::string& cause : exclusion.causes) add_once(tags, cause);
  }
  return tags;
}

}  // namespace anlan::terms
