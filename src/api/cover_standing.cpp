#include "api/cover_standing.h"

#include <algorithm>

#include "domain/cover.h"
#include "terms/plan.h"
#include "terms/settle.h"

namespace anlan::api {
namespace {

bool names(const std::vector<std::string>& heads, std::string_view cover) {
  return std::any_of(heads.begin(), heads.end(),
                     [&](const std::string& head) { return domain::belongs_to(cover, head); });
}

const terms::Exclusion* exclusion_of(const terms::Wording& wording, std::string_view cover) {
  for (const terms::Exclusion& each : wording.exclusions) {
    const bool always = each.causes.empty() && each.perils.empty();
    if (always && names(each.heads, cover)) return &each;
  }
  return nullptr;
}

void add_clause(Standing& out, const std::string& clause) {
  const auto same = std::find(out.clauses.begin(), out.clauses.end(), clause);
  if (!clause.empty() && same == out.clauses.end()) out.clauses.push_back(clause);
}

void add_cap(const std::optional<std::int64_t>& cap, const std::string& clause,
             std::optional<std::int64_t>& smallest, Standing& out) {
  if (!cap) return;
  smallest = std::min(smallest.value_or(*cap), *cap);
  add_clause(out, clause);
}

// The caps of the section itself and of its group.
void add_caps(const terms::Terms& terms, const terms::Section& section, Standing& out) {
  add_cap(section.sublimit_occ, section.sublimit_clause, out.incident, out);
  add_cap(section.sublimit_agg, section.sublimit_clause, out.year, out);
  for (const terms::Group& group : terms.groups) {
    const auto& codes = group.codes;
    if (std::find(codes.begin(), codes.end(), section.code) == codes.end()) continue;
    add_cap(group.sublimit_occ, group.clause, out.incident, out);
    add_cap(group.sublimit_agg, group.clause, out.year, out);
  }
}

Standing standing_of_section(const terms::Wording& wording, std::size_t index) {
  const terms::Section& section = wording.terms.sections[index];
  Standing out;
  for (const terms::Condition& condition : wording.conditions) {
    if (names(condition.heads, section.code)) add_clause(out, condition.clause);
  }
  const bool conditional = !out.clauses.empty();
  Standing caps;
  add_caps(wording.terms, section, caps);
  if (section.participation_bp != 0) add_clause(caps, section.participation_clause);
  const std::optional<std::int64_t>& aggregate = wording.terms.aggregate_limit;
  const auto below = [&](const std::optional<std::int64_t>& cap) {
    return cap && (!aggregate || *cap < *aggregate);
  };
  if (below(caps.incident)) out.incident = caps.incident;
  if (below(caps.year)) out.year = caps.year;
  const bool capped = out.incident || out.year;
  const bool limited = capped || section.participation_bp != 0;
  if (!terms::compile(wording.terms).sections()[index].has_cover) {
    out.word = CoverStanding::kNominalOnly;
    out.clauses = caps.clauses;
    return out;
  }
  out.word = conditional ? CoverStanding::kConditional
             : limited   ? CoverStanding::kLimited
                         : CoverStanding::kCovered;
  if (limited) {
    for (const std::string& clause : caps.clauses) add_clause(out, clause);
  } else if (!conditional) {
    add_clause(out, section.clause);
  }
  return out;
}

}  // namespace

Standing standing_of(const terms::Wording& wording, std::string_view cover) {
  if (const terms::Exclusion* exclusion = exclusion_of(wording, cover)) {
    return {.word = CoverStanding::kExcluded, .clauses = {exclusion->clause}};
  }
  for (std::size_t i = 0; i < wording.terms.sections.size(); ++i) {
    if (wording.terms.sections[i].code == cover) return standing_of_section(wording, i);
  }
  if (cover == terms::kMitigationSubject) {
    Standing out{.word = CoverStanding::kCovered};
    add_clause(out, wording.terms.mitigation_clause);
    return out;
  }
  return {};
}

}  // namespace anlan::api
