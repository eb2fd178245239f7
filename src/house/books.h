// Books: which postings an event moves. The one place that says it: decide writes these, and a
// journal that is read must hold these and no others.
#pragma once

#include "domain/event.h"
#include "house/evolve.h"
#include "house/house.h"
#include "ledger/postings.h"

namespace anlan::house {

// The postings beside this event, in order, with their numbers (from context.seq + 1 on) and the
// event as their business; empty where nothing moves. `house` is the house before the event, and
// the event follows in it (house/consistency.h). Cost: that of the postings, a few look-ups.
ledger::Postings postings_of(const House& house, const EventContext& context,
                             const domain::Event& event);

}  // namespace anlan::house
