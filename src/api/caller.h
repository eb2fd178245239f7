// Who asks over HTTP, and in which house.
#pragma once

#include <algorithm>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "domain/party.h"
#include "platform/accounts.h"

namespace anlan::api {

struct Caller {
  platform::Bearer bearer;
  std::string house;
  domain::ActorName actor;
};

// The same caller as he stands now, or why he may not go on.
using AskAgain = std::function<Result<Caller>()>;

// Whether the credential of a caller is good for this operation.
inline bool reaches(const platform::Bearer& bearer, std::string_view operation, bool writes) {
  if (writes && bearer.scope != platform::KeyScope::kWrite) return false;
  const auto& named = bearer.operations;
  return named.empty() || std::find(named.begin(), named.end(), operation) != named.end();
}

}  // namespace anlan::api
