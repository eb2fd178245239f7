// Reaching: what of a stated interruption reaches the terms, after the gates. One code for claims
// and plays.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/money.h"
#include "domain/ids.h"
#include "domain/settlement.h"
#include "terms/occurrence.h"

namespace anlan::terms {

// Its stretches in the order of time, at least one; `gaps[i]` minutes lie between stretch i and the
// next.
struct StatedInterruption {
  std::vector<Outage> stretches = {};
  std::vector<std::int64_t> gaps = {};
};

struct ReachingOutage {
  std::optional<Outage> outage = {};                // none: a later wait took all of it
  std::optional<domain::SettlementStep> step = {};  // kWaitedAnew, where a stretch waited anew
};

// `admitted`: what the gates left of the sum of all hours, above zero. The stretches share it, and
// their hours (allot); of a parametric section the measured amount falls in the same proportion.
// The wording says how the clocks run.
ReachingOutage reaching_outage(const ReInterruption& rule, const Section& section,
                               StatedInterruption stated, Money admitted);

// Whose outage it was, as far as sections ask that name a provider: of another peril than
// provider_outage nobody's.
std::string counting_provider(const domain::PerilName& peril, const std::string& provider);

// The section names a provider, the incident is an outage of one, and nobody says of which: unknown
// is never another.
bool provider_unknown(const Section& section, const domain::PerilName& peril,
                      const std::string& provider);

}  // namespace anlan::terms
