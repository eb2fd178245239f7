#include "api/cover_standing.h"

#include <algorithm>

#include "domain/cover.h"
#include "terms/settle.h"

namespace anlan::api {
namespace {

// Caps at or above the limit of the year never bind.
void add_cap(const std::optional<std::int64_t>& cap, const terms::Terms& terms,
             std::optional<std::int64_t>& smallest) {
  if (!cap || (terms.aggregate_limit && *cap >= *terms.aggregate_limit)) return;
  smallest = std::min(smallest.value_or(*cap), *cap);
}

// The caps of the section itself and of its group.
void add_caps(const terms::Terms& terms, const terms::Section& section, Standing& out) {
  add_cap(section.sublimit_occ, terms, out.incident);
  add_cap(section.sublimit_agg, terms, out.year);
  for (const terms::Group& group : terms.groups) {
    const auto& codes = group.codes;
    if (std::find(codes.begin(), codes.end(), section.code) == codes.end()) continue;
    add_cap(group.sublimit_occ, terms, out.incident);
    add_cap(group.sublimit_agg, terms, out.year);
  }
}

}  // namespace

Standing standing_of(const terms::Wording& wording, std::string_view cover) {
  const terms::StatusOfCover status = terms::cover_status(wording, cover);
  Standing out{.word = status.status, .clauses = status.clauses};
  if (cover == terms::kMitigationSubject && out.word == CoverStanding::kNotMentioned) {
    return {.word = CoverStanding::kCovered, .clauses = {wording.terms.mitigation_clause}};
  }
  if (out.word == CoverStanding::kExcluded) return out;
  for (const terms::Section& section : wording.terms.sections) {
    if (section.code == cover) add_caps(wording.terms, section, out);
  }
  return out;
}

}  // namespace anlan::api
