#include "api/may.h"

#include "house/access.h"

namespace anlan::api {

Result<Done> check_may(Session& session, std::initializer_list<std::string_view> commands) {
  ANLAN_TRY(const domain::ActorName actor,
            parse_name<domain::ActorTag>(session.options().actor, "as"));
  ANLAN_TRY(const house::House* house, session.house());
  for (const std::string_view command : commands)
    ANLAN_REQUIRE(house::may_command(*house, actor, command));
  return Done{};
}

}  // namespace anlan::api
