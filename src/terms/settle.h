// settle: what a policy pays for one incident. The only code that knows; pricing, comparing,
// adjudicating, accumulating and ceding call it, here in row form (whole minor units, 128-bit
// intermediates) or in column form (settle_columns.h), which run the same stages in the same order:
//
//   time terms -> section deductible -> occurrence retention (if before the sublimits) ->
//   participation and sublimit of the section -> shared sublimits -> occurrence retention (if
//   after) -> occurrence and aggregate limit -> instalment proportion -> mitigation, outside the
//   limits     (REFERENCE.md 3.4)
//
// Division rounds half-up; splits use the largest remainder, ties by the policy's order, and sum
// exactly. Incidents of a year are settled in order of time and erode the year.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "domain/settlement.h"
#include "terms/hours.h"
#include "terms/plan.h"

namespace anlan::terms {

struct Incident {
  // Lump sums by section, 0 to kAmountMax; empty: none. Zero where Plan::takes_outage.
  std::vector<std::int64_t> losses = {};
  std::vector<std::optional<Outage>> outages = {};  // by section; empty: none
  std::int64_t mitigation = 0;                      // cost to prevent or lessen the loss
  bool peril_covered = true;                        // false: nothing is paid and nothing is eroded
  std::int32_t premium_paid_bp =
      kBasisPoints;                  // 0 to 10,000: the part of the due premium that was received
  std::int64_t extra_retention = 0;  // on top, always straight, e.g. for an obligation not kept
  std::string extra_retention_clause = {};
  std::string peril_clause = {};  // named when the peril is not covered
  bool operator==(const Incident&) const = default;
};

// What earlier incidents of the policy year have used. Amounts before the instalment proportion.
// Where no annual limit reads it, a sum stops growing at kNoCap.
struct YearState {
  std::int64_t used_aggregate = 0;  // of sections inside the aggregate
  std::vector<std::int64_t> used_by_section = {};
  std::vector<std::int64_t> used_by_group = {};
  std::int64_t mitigation_used = 0;
  bool operator==(const YearState&) const = default;
};

YearState fresh_year(const Plan& plan);

// Settles with reasons. `steps`: one per section and clause that changed an amount, in the order of
// the stages. The steps of a section form a chain: the first starts at the claimed loss (lump sum
// plus whole hourly curve), each starts where the one before ended, the last ends at what is paid.
// Under single-highest only the steps of the outcome that was chosen are reported; a section whose
// claim would lower the payment ends with kSingleHighest. A claimed mitigation cost always has one
// step, subject kMitigationSubject, from the cost to what is payable of it (equal:
// kMitigationOutside). Preconditions are checked as bugs; whoever reads incidents from outside
// refuses before.
domain::Settlement settle(const Plan& plan, const Incident& incident, YearState& year);

inline constexpr std::string_view kMitigationSubject = "FP.MITIG";

struct PaidAmounts {
  std::int64_t total = 0;  // without mitigation
  std::int64_t mitigation = 0;
  bool operator==(const PaidAmounts&) const = default;
};

// The same code path without steps: `paid_by_section` (section_count() long) receives what each
// section pays. Allocates nothing; about 0.2 us for three sections.
PaidAmounts settle_amounts(const Plan& plan, const Incident& incident, YearState& year,
                           std::span<std::int64_t> paid_by_section);

}  // namespace anlan::terms
