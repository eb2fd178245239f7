// decide: what a command means for a house, as events, or the refusal that says why not. Pure: it
// reads the house, the time and the actor that it is given, and nothing else.
#pragma once

#include <vector>

#include "base/result.h"
#include "house/command.h"
#include "house/house.h"

namespace anlan::house {

struct DecideContext {
  Instant at;
  domain::ActorName actor;
  std::uint64_t next_seq = 1;  // the seq of the first event; ids of new things derive from it
};

// At least one event when it is accepted. Refuses with the codes of house/refusals.h and of the
// modules that it asks (underwriting, claims, protection, ledger).
Result<std::vector<domain::Event>> decide(const House& house, const DecideContext& context,
                                          const Command& command);

}  // namespace anlan::house
