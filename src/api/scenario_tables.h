// Scenario tables that many prices share. A table depends on the hazard alone and takes longer to
// make than a price: a server makes each size once.
#pragma once

#include <memory>

#include "engine/scenario_table.h"
#include "platform/lending.h"

namespace anlan::api {

// Of one hazard, which whoever shares them must all have. Thread rule: any number of threads; those
// who want a table that is being made wait for it.
class ScenarioTables {
 public:
  // With this many points and the other options as they are by themselves.
  std::shared_ptr<const engine::ScenarioTable> table(const engine::Hazard& hazard,
                                                     std::size_t points, Executor& executor);

 private:
  platform::MadeOnce<std::size_t, engine::ScenarioTable> tables_;  // by points
};

}  // namespace anlan::api
