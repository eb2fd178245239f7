// Terms that never act, covers that never pay, and terms where a tougher value can pay more.
#include <algorithm>

#include "domain/cover.h"
#include "terms/codes.h"
#include "terms/lint_book.h"

namespace anlan::terms {
namespace {

using namespace lint_codes;
using Cap = std::optional<std::int64_t>;

std::string amount(const LintBook& book, std::int64_t minor) {
  return amount_text(minor, book.wording().terms.currency);
}

const Group* group_of(const Terms& terms, const std::string& code) {
  for (const Group& group : terms.groups) {
    if (has_word(group.codes, code)) return &group;
  }
  return nullptr;
}

// `inner` is written as a limit, but `outer` binds first: it never acts.
void check_above(LintBook& book, const LintCode& code, const StatedTerm& inner, const Cap& outer,
                 const std::string& other) {
  if (!outer || inner.value <= *outer) return;
  book.add(
      code, inner.path, inner.clause,
      {{"amount", amount(book, inner.value)}, {"limit", amount(book, *outer)}, {"other", other}});
}

void check_sublimits(LintBook& book, const std::string& path, const Cap& occurrence,
                     const Cap& year, const std::string& clause) {
  const Terms& terms = book.wording().terms;
  for (const bool of_year : {false, true}) {
    const Cap& cap = of_year ? year : occurrence;
    if (!cap) continue;
    const StatedTerm term{.path = path + (of_year ? ".sublimit_agg" : ".sublimit_occ"),
                          .clause = clause,
                          .value = *cap};
    check_above(book, kSublimitAboveAggregate, term, terms.aggregate_limit, terms.aggregate_clause);
    if (!of_year) {
      check_above(book, kSublimitAboveYear, term, year, clause);
      const bool between = terms.occurrence_limit && terms.aggregate_limit &&
                           *terms.occurrence_limit < *terms.aggregate_limit;
      if (between && *cap <= *terms.aggregate_limit)
        check_above(book, kSublimitAboveAggregate, term, terms.occurrence_limit,
                    terms.occurrence_clause);
    }
  }
}

void check_group_members(LintBook& book, std::size_t i) {
  const Terms& terms = book.wording().terms;
  const Section& section = terms.sections[i];
  const Group* group = group_of(terms, section.code);
  if (!group) return;
  const std::string path = path_of("policy.sections", i);
  if (section.sublimit_occ) {
    check_above(book, kSublimitAboveGroup,
                {.path = path + ".sublimit_occ",
                 .clause = section.sublimit_clause,
                 .value = *section.sublimit_occ},
                group->sublimit_occ, group->clause);
  }
  if (section.sublimit_agg) {
    check_above(book, kSublimitAboveGroup,
                {.path = path + ".sublimit_agg",
                 .clause = section.sublimit_clause,
                 .value = *section.sublimit_agg},
                group->sublimit_agg, group->clause);
  }
}

// The key of the term because of which the section never pays, or "".
std::string_view term_of_nothing(const Terms& terms, const Section& section) {
  const auto none = [](const Cap& cap) { return cap && *cap == 0; };
  if (none(section.sublimit_occ)) return "sublimit_occ";
  if (none(section.sublimit_agg)) return "sublimit_agg";
  if (section.participation_bp == kBasisPoints) return "coins_bp";
  const TimeTerms& time = section.time;
  if (none(time.indemnity_hours)) return "time.indemnity_hours";
  if (none(time.daily_amount)) return "time.daily_amount";
  const bool inside_wait = time.mode == TimeMode::kDeductHours && time.indemnity_hours &&
                           time.indemnity_start == IndemnityStart::kOutageStart &&
                           *time.indemnity_hours <= time.waiting_hours;
  if (inside_wait) return "time.indemnity_hours";
  const Group* group = group_of(terms, section.code);
  if (group && (none(group->sublimit_occ) || none(group->sublimit_agg))) return "code";
  const bool no_limit = none(terms.aggregate_limit) || none(terms.occurrence_limit);
  return section.inside_aggregate && no_limit ? "inside_aggregate" : "";
}

// Path of a key that need not be in the file: that of its section where the default stands.
std::string section_path(std::size_t i, std::string_view key) {
  return path_of("policy.sections", i, key == "inside_aggregate" ? "code" : key);
}

void check_never_pays(LintBook& book, std::size_t i) {
  const Terms& terms = book.wording().terms;
  const Section& section = terms.sections[i];
  const std::string_view key = term_of_nothing(terms, section);
  if (!key.empty()) {
    return book.add(kCoverPaysNothing, section_path(i, key), section.clause,
                    {{"cover", section.code}, {"term", std::string(key)}});
  }
  Cap most = section.sublimit_occ;
  if (section.sublimit_agg) most = std::min(most.value_or(kAmountMax), *section.sublimit_agg);
  const bool after = terms.retention_position == RetentionPosition::kAfterSublimits &&
                     terms.retention_kind == RetentionKind::kStraight;
  const std::int64_t retention = terms.retention_rule == RetentionRule::kOccurrence
                                     ? terms.occurrence_retention
                                     : section.own_retention;
  if (!after || !most || retention == 0 || retention < *most) return;
  book.add(kRetentionReachesLimit,
           section_path(i, section.sublimit_occ ? "sublimit_occ" : "sublimit_agg"),
           section.sublimit_clause,
           {{"cover", section.code},
            {"amount", amount(book, retention)},
            {"limit", amount(book, *most)}});
}

void check_exclusion_limits(LintBook& book) {
  const Wording& wording = book.wording();
  for (std::size_t i = 0; i < wording.exclusions.size(); ++i) {
    const Exclusion& exclusion = wording.exclusions[i];
    if (!exclusion.limit) continue;
    check_above(book, kSublimitAboveAggregate,
                {.path = path_of("exclusions", i, "limit"),
                 .clause = exclusion.limit_clause,
                 .value = *exclusion.limit},
                wording.terms.aggregate_limit, wording.terms.aggregate_clause);
  }
}

// All heads of the section: the head itself, or each of its sub-heads.
bool takes_all(const Exclusion& exclusion, const std::string& code) {
  const auto written_back = [&](const std::string& head) { return domain::belongs_to(head, code); };
  if (std::any_of(exclusion.except_heads.begin(), exclusion.except_heads.end(), written_back))
    return false;
  if (takes_head(exclusion, code)) return true;
  bool any = false;
  for (const domain::CoverKind& kind : domain::sub_heads()) {
    if (!domain::belongs_to(kind.code, code)) continue;
    any = true;
    if (!takes_head(exclusion, std::string(kind.code))) return false;
  }
  return any;
}

// Nothing but the peril decides: no attribution, no impairment, nothing written back.
bool unconditional(const Exclusion& exclusion) {
  return exclusion.attribution == AttributionRule::kNone &&
         exclusion.impairment == ImpairmentRule::kAny &&
         exclusion.bystanding == BystandingRule::kExcluded && exclusion.except_causes.empty() &&
         !exclusion.limit;
}

void check_exclusions(LintBook& book) {
  const Wording& wording = book.wording();
  for (std::size_t i = 0; i < wording.exclusions.size(); ++i) {
    const Exclusion& exclusion = wording.exclusions[i];
    if (!unconditional(exclusion)) continue;
    const bool every_peril =
        std::all_of(wording.perils.codes.begin(), wording.perils.codes.end(),
                    [&](const std::string& peril) { return has_word(exclusion.perils, peril); });
    for (const Section& section : wording.terms.sections) {
      const bool heads = exclusion.of_heads() && takes_all(exclusion, section.code);
      if (!heads || !(exclusion.always() || every_peril)) continue;
      book.add(kExclusionSwallowsCover, path_of("exclusions", i, "heads"), exclusion.clause,
               {{"cover", section.code}, {"exclusion", exclusion.name}, {"other", section.clause}});
    }
    if (exclusion.of_heads() || !exclusion.except_heads.empty()) continue;
    for (const std::string& peril : exclusion.perils) {
      if (!covers_peril(wording, peril)) continue;
      book.add(kExclusionSwallowsPeril, path_of("exclusions", i, "perils"), exclusion.clause,
               {{"peril", peril}, {"exclusion", exclusion.name}, {"other", wording.perils.clause}});
    }
  }
}

}  // namespace

void lint_limits(LintBook& book) {
  const Terms& terms = book.wording().terms;
  check_exclusions(book);
  if (terms.occurrence_limit) {
    check_above(book, kSublimitAboveAggregate,
                {.path = "policy.occurrence_limit",
                 .clause = terms.occurrence_clause,
                 .value = *terms.occurrence_limit},
                terms.aggregate_limit, terms.aggregate_clause);
  }
  for (std::size_t i = 0; i < terms.sections.size(); ++i) {
    const Section& section = terms.sections[i];
    if (section.inside_aggregate) {
      check_sublimits(book, path_of("policy.sections", i), section.sublimit_occ,
                      section.sublimit_agg, section.sublimit_clause);
    }
    check_group_members(book, i);
    check_never_pays(book, i);
  }
  for (std::size_t i = 0; i < terms.groups.size(); ++i) {
    const Group& group = terms.groups[i];
    check_sublimits(book, path_of("policy.groups", i), group.sublimit_occ, group.sublimit_agg,
                    group.clause);
  }
  check_exclusion_limits(book);
}

// SETTLE_CASE.md: payments fall with tougher terms only for one incident under a straight
// retention without single-highest and groups, all sections inside the aggregate.
void lint_tougher(LintBook& book) {
  const Terms& terms = book.wording().terms;
  const auto add = [&](std::string path, const std::string& clause, std::string_view form) {
    book.add(kTougherPaysMore, std::move(path), clause, {{"form", std::string(form)}});
  };
  if (terms.retention_kind == RetentionKind::kFranchise)
    add("policy.retention_kind", terms.retention_clause, "franchise");
  if (terms.retention_rule == RetentionRule::kSingleHighest)
    add("policy.retention_rule", terms.retention_clause, "single_highest");
  for (std::size_t i = 0; i < terms.groups.size(); ++i)
    add(path_of("policy.groups", i, "id"), terms.groups[i].clause, "groups");
  for (std::size_t i = 0; i < terms.sections.size(); ++i) {
    const Section& section = terms.sections[i];
    if (section.sublimit_agg)
      add(path_of("policy.sections", i, "sublimit_agg"), section.sublimit_clause, "sublimit_agg");
    if (!section.inside_aggregate)
      add(path_of("policy.sections", i, "inside_aggregate"), section.clause, "inside_aggregate");
  }
}

}  // namespace anlan::terms
