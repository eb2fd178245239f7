// Territory: where an incident must happen to be insured.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/node_reader.h"
#include "terms/clause.h"

namespace anlan::terms {

struct Territory {
  std::vector<std::string> covered = {};  // ISO 3166-1 alpha-2, or "*" alone: the world
  std::vector<std::string> except = {};   // taken out of it
  std::string clause = {};
  bool operator==(const Territory&) const = default;
};

// An incident whose place is not stated ("") is inside. No territory: the world.
bool is_inside(const std::optional<Territory>& territory, const std::string& location);

// [territory] of the wording. Refuses kCountryMalformed and kTerritoryVoid (args country): "*"
// beside other places, an exception that the territory does not hold, one that leaves nothing.
std::optional<Territory> read_territory(NodeReader& root, ClauseBook& book);

}  // namespace anlan::terms
