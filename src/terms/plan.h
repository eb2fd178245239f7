// Plan: terms made ready for settling. Names become indices, absent caps a number that never binds,
// groups lists of sections; whether a section has cover at all is decided once.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include "terms/terms.h"

namespace anlan::terms {

// Stands for "no cap": above every sum that a settlement can form (kSectionsMax x 2 x kAmountMax).
inline constexpr std::int64_t kNoCap = 4'000'000'000'000'000'000;

struct PlanSection {
  std::int64_t deductible = 0;
  std::int64_t own_retention = 0;
  std::int64_t cap_occurrence = kNoCap;
  std::int64_t cap_year =
      kNoCap;  // the annual sublimit as written, before the insured's participation
  // What the annual sublimit leaves to the insurer: under a participation after the sublimit the
  // insured's share comes off the sublimit of the year too.
  std::int64_t cap_year_insurer = kNoCap;
  std::int32_t keep_bp = kBasisPoints;  // the insurer's share, 10,000 - participation
  bool participation_early = true;      // before the sublimit
  bool inside_aggregate = true;
  bool timed = false;
  // False: the section can never pay (a sublimit of its own, its group or its limits is 0, or the
  // insured keeps all). Such a section satisfies no retention and no franchise.
  bool has_cover = true;
  bool average = false;   // see Section
  bool provided = false;  // takes outages of one named provider only
};

struct PlanGroup {
  std::int64_t cap_occurrence = kNoCap;
  std::int64_t cap_year = kNoCap;
  std::vector<std::size_t> sections = {};  // in the policy's order
  std::uint64_t bits = 0;                  // the same, one bit per section
};

struct PlanService {
  std::int64_t cap_occurrence = kNoCap;
  std::int64_t cap_year = kNoCap;
  std::vector<std::size_t> sections = {};  // in the policy's order

  // What it can still render of one incident, when so much of the year is used.
  std::int64_t room(std::int64_t used) const {
    const std::int64_t year_left = cap_year == kNoCap ? kNoCap : cap_year - used;
    return std::max<std::int64_t>(0, std::min(cap_occurrence, year_left));
  }
};

// Values only; copied freely, read by any number of threads.
class Plan {
 public:
  const Terms& terms() const { return terms_; }
  std::size_t section_count() const { return sections_.size(); }
  // Index of a section's code, or -1. Linear: a policy has few sections.
  int section_index(std::string_view code) const;
  // The section has a time term: it takes an Outage and no lump sum.
  bool takes_outage(std::size_t section) const { return sections_[section].timed; }

  const std::vector<PlanSection>& sections() const { return sections_; }
  const std::vector<PlanGroup>& groups() const { return groups_; }
  const std::vector<PlanService>& services() const { return services_; }
  // The sections inside the aggregate, one bit per section.
  std::uint64_t inside() const { return inside_; }
  // Distinct own retentions, largest first, under RetentionRule::kSingleHighest; else empty.
  const std::vector<std::int64_t>& retention_tops() const { return retention_tops_; }
  std::int64_t aggregate_cap() const { return terms_.aggregate_limit.value_or(kNoCap); }
  std::int64_t occurrence_cap() const { return terms_.occurrence_limit.value_or(kNoCap); }
  // The cap of one incident whose limit is cut to limit_bp of 10,000: of the occurrence limit, or
  // of the aggregate limit where there is none; kNoCap where there is neither. Half-up. As the
  // wording has them: a limit that an exclusion sets binds beside it.
  std::int64_t reduced_cap(std::int32_t limit_bp) const;
  // The annual cap of mitigation cost; none when the terms state neither it nor an aggregate limit.
  std::optional<std::int64_t> mitigation_cap() const {
    return terms_.mitigation_cap ? terms_.mitigation_cap : terms_.aggregate_limit;
  }

 private:
  friend Plan compile(const Terms& terms);
  Terms terms_;
  std::vector<PlanSection> sections_ = {};
  std::vector<PlanGroup> groups_ = {};
  std::vector<PlanService> services_ = {};
  std::uint64_t inside_ = 0;
  std::vector<std::int64_t> retention_tops_ = {};
};

// `terms` as the readers of settle cases and wordings accept them: 1 to kSectionsMax sections of
// distinct codes, groups of existing sections, amounts within 0 and kAmountMax. Anything else is a
// bug. Services of existing sections without time terms, each in one.
Plan compile(const Terms& terms);

}  // namespace anlan::terms
