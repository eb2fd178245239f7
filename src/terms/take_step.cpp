#include "terms/take_step.h"

#include <algorithm>

#include "base/int128.h"

namespace anlan::terms {

std::int64_t loss_of(const Plan& plan, const Incident& incident, const YearState& year) {
  Int128 loss = 0;
  for (const std::int64_t lump : incident.losses) loss += lump;
  for (std::size_t i = 0; i < incident.outages.size(); ++i) {
    const std::optional<Outage>& outage = incident.outages[i];
    const Section& section = plan.terms().sections[i];
    const bool elsewhere = plan.sections()[i].provided && section.provider != incident.provider;
    if (outage && !elsewhere) loss += time_loss(section.time, *outage).gross;
  }
  for (std::size_t k = 0; k < plan.services().size() && !incident.losses.empty(); ++k) {
    const PlanService& service = plan.services()[k];
    Int128 served = 0;
    for (const std::size_t i : service.sections) served += incident.losses[i];
    loss -= std::min<Int128>(served, service.room(year.used_by_service[k]));
  }
  return static_cast<std::int64_t>(std::min<Int128>(loss, kAmountMax));
}

void take_step(const LadderStep& step, const std::string& clause, std::int64_t loss,
               std::int64_t occurrence_retention, Incident& out) {
  Tightening all{.extra_retention = out.extra_retention,
                 .participation_bp = out.extra_participation_bp,
                 .limit_bp = out.limit_bp};
  tighten(all, step, loss, occurrence_retention);
  const auto name = [&](bool acts, std::string& place) {
    if (acts && place.empty()) place = clause;
  };
  name(all.extra_retention > out.extra_retention, out.extra_retention_clause);
  name(step.participation_bp > 0, out.extra_participation_clause);
  if (step.limit_bp < out.limit_bp) out.reduced_limit_clause = clause;
  out.extra_retention = all.extra_retention;
  out.extra_participation_bp = all.participation_bp;
  out.limit_bp = all.limit_bp;
}

}  // namespace anlan::terms
