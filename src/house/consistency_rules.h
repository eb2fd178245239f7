// What a record of a decision about rules, quotes and conditions must hold to when it is read: the
// same as the command that makes it. Part of house/consistency.h.
#pragma once

#include "base/result.h"
#include "domain/event.h"
#include "house/evolve.h"
#include "house/house.h"

namespace anlan::house {

// Each refuses kContradiction with the first field that no command could have written. The actor of
// the context is one of the house's; the quote and the condition that the record names are there,
// the quote unbound and the condition neither cleared nor waived.
Result<Done> decision_follows(const House& house, const EventContext& context,
                              const domain::RulesRolledBack& event);
Result<Done> decision_follows(const House& house, const EventContext& context,
                              const domain::QuoteOverridden& event);
Result<Done> decision_follows(const House& house, const EventContext& context,
                              const domain::ReferralDecided& event);
Result<Done> decision_follows(const House& house, const EventContext& context,
                              const domain::SubjectivityCleared& event);
Result<Done> decision_follows(const House& house, const EventContext& context,
                              const domain::SubjectivityWaived& event);

// Each refuses kContradiction, by the rules of its command that need no actor.
Result<Done> record_follows(const House& house, const domain::FilingRecorded& event);
Result<Done> record_follows(const House& house, const domain::LicenceRecorded& event);
Result<Done> record_follows(const House& house, const domain::ConsentChanged& event);
Result<Done> record_follows(const House& house, const domain::AdjusterAppointed& event);

}  // namespace anlan::house
