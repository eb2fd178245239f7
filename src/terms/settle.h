// settle: what a policy pays for one incident. The only code that knows; pricing, comparing,
// adjudicating, accumulating and ceding call it, here in row form (whole minor units, 128-bit
// intermediates) or in column form (settle_columns.h), which run the same stages in the same order:
//
//   services in kind -> time terms -> underinsurance average -> section deductible -> occurrence
//   retention (if before the sublimits) -> participation and sublimit of the section -> shared
//   sublimits -> occurrence retention (if after) -> occurrence and aggregate limit -> other
//   insurance -> instalment proportion -> mitigation, outside the limits     (REFERENCE.md 3.4)
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

// Of a section with average: what was declared and what it was worth, 0 to kAmountMax. actual 0:
// not stated, no average.
struct DeclaredValue {
  std::int64_t declared = 0;
  std::int64_t actual = 0;
  bool operator==(const DeclaredValue&) const = default;
};

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
  std::string peril_clause = {};           // named when the peril is not covered
  std::vector<DeclaredValue> values = {};  // by section; empty: none stated
  // Of other policies that cover the loss: their sums insured (under pro_rata), and what they pay
  // (under excess); 0 to kAmountMax.
  std::int64_t other_sum_insured = 0;
  std::int64_t other_paid = 0;
  // Of obligations not kept and of scales: a further share of the loss that the insured keeps (of
  // every section, before its sublimit), and what stays of the limit of this incident; 0 to 10,000.
  std::int32_t extra_participation_bp = 0;
  std::int32_t limit_bp = kBasisPoints;
  std::string extra_participation_clause = {};
  std::string reduced_limit_clause = {};
  std::string provider = {};  // whose outage it was; empty: nobody's that a section names
  bool operator==(const Incident&) const = default;
};

// What earlier incidents of the policy year have used. Amounts before the instalment proportion.
// Where no annual limit reads it, a sum stops growing at kNoCap.
struct YearState {
  std::int64_t used_aggregate = 0;  // of sections inside the aggregate
  std::vector<std::int64_t> used_by_section = {};
  std::vector<std::int64_t> used_by_group = {};
  std::int64_t mitigation_used = 0;
  std::vector<std::int64_t> used_by_service = {};
  bool operator==(const YearState&) const = default;
};

YearState fresh_year(const Plan& plan);

// Settles with reasons. `steps`: one per section and clause that changed an amount, in the order of
// the stages. The steps of a section form a chain: the first starts at the claimed loss (lump sum
// plus whole hourly curve), each starts where the one before ended, the last ends at what is paid
// in money. Only kMeasuredHours may rise.
// Under single-highest only the steps of the outcome that was chosen are reported; a section whose
// claim would lower the payment ends with kSingleHighest. A claimed mitigation cost always has one
// step, subject kMitigationSubject, from the cost to what is payable of it (equal:
// kMitigationOutside). Preconditions are checked as bugs; whoever reads incidents from outside
// refuses before.
domain::Settlement settle(const Plan& plan, const Incident& incident, YearState& year);

struct PaidAmounts {
  std::int64_t total = 0;  // without mitigation
  std::int64_t mitigation = 0;
  std::int64_t services = 0;  // rendered in kind
  bool operator==(const PaidAmounts&) const = default;
};

// The same code path without steps: `paid_by_section` (section_count() long) receives what each
// section pays. Allocates nothing; about 0.2 us for three sections.
PaidAmounts settle_amounts(const Plan& plan, const Incident& incident, YearState& year,
                           std::span<std::int64_t> paid_by_section);

}  // namespace anlan::terms
