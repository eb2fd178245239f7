// Who asks over HTTP, and in which house.
#pragma once

#include <algorithm>
#include <functional>
#include <string>
#include <string_view>

#include "api/account_routes.h"
#include "base/result.h"
#include "domain/party.h"
#include "platform/accounts.h"
#include "platform/http.h"

namespace anlan::api {

struct Caller {
  platform::Bearer bearer;
  std::string house;
  domain::ActorName actor;
};

// In which house somebody asks to act, and as whom: the headers Anlan-House and Anlan-Actor.
struct ActingAs {
  std::string house;  // empty: the only one
  std::string actor;  // empty: the only one of that house
};
ActingAs asked_to_act(const platform::HttpRequest& request);

// The one membership that fits. Refuses kHouseNotNamed (args choices) where none does or several.
Result<Caller> caller_by(const platform::Accounts& accounts, const ServedHouses& houses,
                         platform::Bearer bearer, const ActingAs& asked);

// The same caller as he stands now, or why he may not go on.
using AskAgain = std::function<Result<Caller>()>;

// Whether the credential of a caller is good for this operation.
inline bool reaches(const platform::Bearer& bearer, std::string_view operation, bool writes) {
  if (writes && bearer.scope != platform::KeyScope::kWrite) return false;
  const auto& named = bearer.operations;
  return named.empty() || std::find(named.begin(), named.end(), operation) != named.end();
}

}  // namespace anlan::api
