#include "claims/policy_year.h"

#include <algorithm>

#include "claims/refusals.h"

namespace anlan::claims {
namespace {

using domain::SectionPaid;
using domain::Settlement;
using domain::SettlementStep;

void add_used(std::int64_t& used, std::int64_t amount) {
  used = std::min(terms::kNoCap, used + amount);
}

void add_section(const terms::Plan& plan, std::size_t section, std::int64_t eroded,
                 terms::YearState& year) {
  add_used(year.used_by_section[section], eroded);
  if (plan.sections()[section].inside_aggregate) add_used(year.used_aggregate, eroded);
  for (std::size_t g = 0; g < plan.groups().size(); ++g) {
    const std::vector<std::size_t>& members = plan.groups()[g].sections;
    if (std::find(members.begin(), members.end(), section) != members.end()) {
      add_used(year.used_by_group[g], eroded);
    }
  }
}

}  // namespace

Result<terms::YearState> year_after(const terms::Plan& plan, std::span<const Settlement> earlier) {
  terms::YearState year = terms::fresh_year(plan);
  for (std::size_t n = 0; n < earlier.size(); ++n) {
    for (const SectionPaid& paid : earlier[n].sections) {
      const int section = plan.section_index(paid.section.text);
      if (section < 0 || paid.eroded.currency() != plan.terms().currency) {
        return Refusal{.code = refusals::kPriorMismatch,
                       .path = "earlier[" + std::to_string(n) + "]",
                       .value = paid.section.text,
                       .args = {{.name = "section", .value = paid.section.text}},
                       .at = {}};
      }
      add_section(plan, static_cast<std::size_t>(section), paid.eroded.minor(), year);
    }
    for (const SettlementStep& step : earlier[n].steps) {
      if (step.stage == domain::SettleStage::kOutsideLimits &&
          step.subject == terms::kMitigationSubject) {
        year.mitigation_used += step.after.minor();
      }
    }
  }
  return year;
}

}  // namespace anlan::claims
