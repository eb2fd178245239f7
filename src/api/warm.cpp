#include "api/warm.h"

#include "api/market.h"

namespace anlan::api {

Result<Done> warm_prices(Session& session) {
  Library& library = session.library();
  ANLAN_TRY(const engine::Hazard* hazard, library.hazard());
  ANLAN_REQUIRE(library.questionnaire());
  ANLAN_REQUIRE(library.answer_table());
  ANLAN_REQUIRE(library.inference());
  ANLAN_REQUIRE(library.loads());
  ANLAN_REQUIRE(library.catalogue());
  platform::TbbExecutor executor(0);
  library.tables().table(*hazard, kRiskPoints, executor);
  return Done{};
}

}  // namespace anlan::api
