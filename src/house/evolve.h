// evolve: the house after one more event. Pure and total: an event is never refused here; what must
// hold was checked by decide or, of a journal that is read, by consistency. A breach is a bug that
// stops the process.
#pragma once

#include "domain/event.h"
#include "house/house.h"

namespace anlan::house {

struct EventContext {
  std::uint64_t seq = 0;
  Instant at;
  domain::ActorName actor;
};

void evolve(House& house, const EventContext& context, const domain::Event& event);

}  // namespace anlan::house
