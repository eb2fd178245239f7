#include "terms/take_step.h"

#include <algorithm>

#include "base/int128.h"

namespace anlan::terms {

std::int64_t loss_of(const Incident& incident) {
  Int128 loss = 0;
  for (const std::int64_t lump : incident.losses) loss += lump;
  for (const auto& outage : incident.outages) {
    if (!outage) continue;
    for (const std::int64_t hour : outage->hourly) loss += hour;
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
