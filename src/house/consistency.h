// Consistency: whether an event can follow in this house. evolve takes what decide has checked; a
// journal from outside may say anything, with a chain that holds.
#pragma once

#include "base/result.h"
#include "domain/event.h"
#include "house/evolve.h"
#include "house/house.h"

namespace anlan::house {

// Refuses kContradiction (path: the field, value: what it says; args event) when the event names
// what is not there, gives a number that is not its own, repeats what happens once, or carries an
// amount that the books cannot take; and when a posting is not the one that the event before it
// moves (house/books.h), or such a posting is missing. It does not decide anew: that a premium was
// the right one is not checked, nor who was allowed to act. After it evolve stops on nothing. Cost:
// a few look-ups, and one pass over the event's amounts.
Result<Done> check_follows(const House& house, const EventContext& context,
                           const domain::Event& event);

// At the end of a command: refuses kContradiction when a posting of it is missing.
Result<Done> check_booked(const House& house, const domain::Event& last);

}  // namespace anlan::house
