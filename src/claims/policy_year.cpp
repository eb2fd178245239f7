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

int service_index(const terms::Plan& plan, std::string_view code) {
  const std::vector<terms::Service>& services = plan.terms().services;
  for (std::size_t k = 0; k < services.size(); ++k) {
    if (services[k].code == code) return static_cast<int>(k);
  }
  return -1;
}

Refusal mismatch(std::size_t settlement, const std::string& section) {
  return Refusal{.code = refusals::kPriorMismatch,
                 .path = "earlier[" + std::to_string(settlement) + "]",
                 .value = section,
                 .args = {{.name = "section", .value = section}},
                 .at = {}};
}

}  // namespace

Result<terms::YearState> year_after(const terms::Plan& plan, std::span<const Settlement> earlier) {
  terms::YearState year = terms::fresh_year(plan);
  for (std::size_t n = 0; n < earlier.size(); ++n) {
    for (const SectionPaid& paid : earlier[n].sections) {
      const int section = plan.section_index(paid.section.text);
      if (section < 0 || paid.eroded.currency() != plan.terms().currency) {
        return mismatch(n, paid.section.text);
      }
      add_section(plan, static_cast<std::size_t>(section), paid.eroded.minor(), year);
    }
    for (const domain::ServicePaid& paid : earlier[n].services_paid) {
      const int service = service_index(plan, paid.service.text);
      if (service < 0 || paid.rendered.currency() != plan.terms().currency) {
        return mismatch(n, paid.service.text);
      }
      add_used(year.used_by_service[static_cast<std::size_t>(service)], paid.rendered.minor());
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
