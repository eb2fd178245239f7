#include "terms/cover_status.h"

#include <algorithm>

#include "domain/cover.h"
#include "terms/codes.h"
#include "terms/refusals.h"
#include "terms/settle.h"
#include "terms/wording.h"

namespace anlan::terms {
namespace {

const Section* section_for(const Terms& terms, std::string_view code) {
  const std::string_view section = domain::section_of_head(code);
  for (const Section& candidate : terms.sections) {
    if (candidate.code == section) return &candidate;
  }
  return nullptr;
}

// Whether some head below the code, not the code itself, is one of the codes.
bool names_part(const std::vector<std::string>& codes, std::string_view code) {
  return std::any_of(codes.begin(), codes.end(), [&](const std::string& other) {
    return other != code && domain::belongs_to(other, code);
  });
}

class Finder {
 public:
  Finder(const Wording& wording, std::string_view code) : wording_(wording), code_(code) {}

  StatusOfCover run() {
    stated();
    if (code_ == kMitigationSubject) {
      mitigation();
    } else if (const Section* section = section_for(wording_.terms, code_)) {
      note(CoverStatus::kCovered, section->clause);
      limits_of(*section);
      exclusions();
      conditions();
    }
    return std::move(out_);
  }

 private:
  // The order of strength; the rest only says something of a cover that is not mentioned.
  static int strength(CoverStatus status) {
    switch (status) {
      case CoverStatus::kNotMentioned:
        return 0;
      case CoverStatus::kCovered:
        return 1;
      case CoverStatus::kLimited:
        return 2;
      case CoverStatus::kConditional:
        return 3;
      case CoverStatus::kNominalOnly:
        return 4;
      case CoverStatus::kExcluded:
        return 5;
    }
    return 0;
  }

  void note(CoverStatus status, const std::string& clause) {
    if (strength(status) < strength(out_.status)) return;
    if (status != out_.status) out_.clauses.clear();
    out_.status = status;
    if (!clause.empty()) add_word_once(out_.clauses, clause);
  }

  void stated() {
    for (const StatedStatus& status : wording_.statuses) {
      if (domain::belongs_to(code_, status.cover)) {
        note(status.status, status.clause);
      } else if (domain::belongs_to(status.cover, code_)) {
        note(CoverStatus::kLimited, status.clause);
      }
    }
  }

  // Cost of mitigation is owed by law up to the sum insured (art 57).
  void mitigation() {
    const Terms& terms = wording_.terms;
    note(CoverStatus::kCovered, terms.mitigation_clause);
    const bool lower = terms.mitigation_cap && terms.aggregate_limit &&
                       *terms.mitigation_cap < *terms.aggregate_limit;
    if (lower) note(CoverStatus::kLimited, terms.mitigation_clause);
  }

  bool is_limit(const std::optional<std::int64_t>& sublimit) const {
    const std::optional<std::int64_t>& aggregate = wording_.terms.aggregate_limit;
    return sublimit && (!aggregate || *sublimit < *aggregate);
  }

  void sublimit(const std::optional<std::int64_t>& amount, const std::string& clause) {
    if (amount && *amount == 0) {
      note(CoverStatus::kExcluded, clause);
    } else if (is_limit(amount)) {
      note(CoverStatus::kLimited, clause);
    }
  }

  void limits_of(const Section& section) {
    sublimit(section.sublimit_occ, section.sublimit_clause);
    sublimit(section.sublimit_agg, section.sublimit_clause);
    if (section.participation_bp == kBasisPoints) {
      note(CoverStatus::kExcluded, section.participation_clause);
    } else if (section.participation_bp != 0) {
      note(CoverStatus::kLimited, section.participation_clause);
    }
    for (const Group& group : wording_.terms.groups) {
      if (!has_word(group.codes, section.code)) continue;
      sublimit(group.sublimit_occ, group.clause);
      sublimit(group.sublimit_agg, group.clause);
    }
  }

  void exclusions() {
    for (const Exclusion& exclusion : wording_.exclusions) {
      if (!exclusion.always()) continue;
      if (takes_head(exclusion, std::string(code_))) {
        const bool back = names_part(exclusion.except_heads, code_);
        note(back ? CoverStatus::kLimited : CoverStatus::kExcluded, exclusion.clause);
      } else if (names_part(exclusion.heads, code_)) {
        note(CoverStatus::kLimited, exclusion.clause);
      }
    }
  }

  void conditions() {
    for (const Condition& condition : wording_.conditions) {
      if (names_head(condition.heads, code_)) {
        note(CoverStatus::kConditional, condition.clause);
      } else if (names_part(condition.heads, code_)) {
        note(CoverStatus::kLimited, condition.clause);
      }
    }
  }

  const Wording& wording_;
  std::string_view code_;
  StatusOfCover out_;
};

}  // namespace

StatusOfCover cover_status(const Wording& wording, std::string_view code) {
  return Finder(wording, code).run();
}

StatedStatus read_status(NodeReader& reader, ClauseBook& book, const Terms& terms) {
  StatedStatus out{.cover = reader.text("cover"),
                   .status = reader.choice<CoverStatus>("status"),
                   .clause = book.reference(reader, "clause", true)};
  reader.finish();
  if (!check_head(reader, "cover", out.cover)) return out;
  const bool insured = section_for(terms, out.cover) != nullptr;
  const bool acts = out.status == CoverStatus::kExcluded
                        ? !insured
                        : insured && (out.status == CoverStatus::kConditional ||
                                      out.status == CoverStatus::kNominalOnly);
  if (!acts) {
    reader.refuse("status", refusals::kStatusVoid,
                  {{"cover", out.cover}, {"status", std::string(name_of(out.status))}});
  }
  return out;
}

}  // namespace anlan::terms
