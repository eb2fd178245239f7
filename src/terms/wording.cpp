#include "terms/wording.h"

#include <algorithm>

#include "base/node_reader.h"
#include "domain/peril.h"
#include "terms/codes.h"
#include "terms/refusals.h"
#include "terms/terms_reader.h"

namespace anlan::terms {
namespace {

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

// What stands between an incident and the terms: see terms/gates.h and claims/quantify.h.
void read_claim_rules(NodeReader& root, ClauseBook& book, Wording& wording) {
  wording.late_notice = read_late_notice(root, book);
  wording.quantification = read_quantification(root.table_or_empty("quantification"), book);
  wording.related = read_related(root, book);
  wording.re_interruption = read_re_interruption(root, book);
  wording.territory = read_territory(root, book);
  for (NodeReader& reader : root.list_or_empty("expense_windows")) {
    wording.expense_windows.push_back(read_expense_window(reader, book, wording.terms));
  }
  wording.currency_rules = read_currency_rules(root, book);
  for (NodeReader& reader : root.list_or_empty("statuses")) {
    StatedStatus status = read_status(reader, book, wording.terms);
    const bool twice =
        std::any_of(wording.statuses.begin(), wording.statuses.end(),
                    [&](const StatedStatus& other) { return other.cover == status.cover; });
    if (twice) reader.refuse_value("cover", anlan::refusals::kDuplicateValue);
    wording.statuses.push_back(std::move(status));
  }
}

Wording read_all(NodeReader& root) {
  Wording wording;
  wording.id = root.name<domain::WordingTag>("id");
  wording.version = root.text("version");
  const std::string code = root.text("currency");
  if (!code.empty() && !parse_currency_code(code, wording.terms.currency)) {
    root.refuse_value("currency", anlan::refusals::kMoneyCurrency, {{"expected", "CNY"}});
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
  read_claim_rules(root, book, wording);
  wording.programme = read_programme(root, book, wording.terms, wording.id);
  book.finish(root);
  root.finish();
  wording.clauses = book.clauses();
  return wording;
}

}  // namespace

Wording read_wording(const Node& root, ReadReport& report) {
  NodeReader reader(root, report, "wording");
  return read_all(reader);
}

Result<Wording> read_wording(const Node& root, const std::string& file) {
  ReadReport report(file);
  return report.result(read_wording(root, report));
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
  for (const Condition& condition : wording.conditions) add_word_once(names, condition.name);
  return names;
}

std::vector<std::string> cause_tags(const Wording& wording) {
  std::vector<std::string> tags;
  for (const Exclusion& exclusion : wording.exclusions) {
    for (const std::string& cause : exclusion.causes) add_word_once(tags, cause);
    for (const std::string& cause : exclusion.except_causes) add_word_once(tags, cause);
  }
  return tags;
}

}  // namespace anlan::terms
