// Dry runs: what a command, or one after the other, would record, decided and not recorded.
#pragma once

#include <vector>

#include "api/operation.h"
#include "api/session.h"
#include "base/document.h"

namespace anlan::api {

// The events as an answer; those of the books, which are the house's own, are counted alone.
Reply rehearsed_reply(Session& session, const std::vector<domain::Event>& events);

// A command that follows others of the same request is decided on what they would have left: a copy
// of the house, which is used up. Cost: one copy of the house.
class Rehearsal {
 public:
  static Result<Rehearsal> begin(Session& session);
  // Refuses as the command would be refused.
  Result<Done> submit(const house::Command& command);
  const std::vector<domain::Event>& events() const { return events_; }

 private:
  Rehearsal(const house::House& house, Instant at, domain::ActorName actor)
      : house_(house), at_(at), actor_(std::move(actor)) {}
  house::House house_;
  Instant at_;
  domain::ActorName actor_;
  std::vector<domain::Event> events_;
};

}  // namespace anlan::api
