#include "api/scenario_tables.h"

namespace anlan::api {

std::shared_ptr<const engine::ScenarioTable> ScenarioTables::table(const engine::Hazard& hazard,
                                                                   std::size_t points,
                                                                   Executor& executor) {
  return tables_.get(points, [&] {
    return std::make_shared<const engine::ScenarioTable>(
        hazard, engine::ScenarioOptions{.points = points}, executor);
  });
}

}  // namespace anlan::api
