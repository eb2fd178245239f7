#include "terms/territory.h"

#include "terms/codes.h"
#include "terms/refusals.h"

namespace anlan::terms {
namespace {

void check_acts(NodeReader& reader, const Territory& territory) {
  const bool world = has_word(territory.covered, "*");
  if (world && territory.covered.size() > 1) {
    return reader.refuse("covered", refusals::kTerritoryVoid, {{"country", "*"}});
  }
  for (const std::string& country : territory.except) {
    const bool held = world || has_word(territory.covered, country);
    const bool all = !world && territory.except.size() >= territory.covered.size();
    if (!held || all) {
      return reader.refuse("except", refusals::kTerritoryVoid, {{"country", country}});
    }
  }
}

}  // namespace

bool is_inside(const std::optional<Territory>& territory, const std::string& location) {
  if (!territory || location.empty()) return true;
  if (has_word(territory->except, location)) return false;
  return has_word(territory->covered, "*") || has_word(territory->covered, location);
}

std::optional<Territory> read_territory(NodeReader& root, ClauseBook& book) {
  if (!root.has("territory")) return std::nullopt;
  NodeReader reader = root.table("territory");
  Territory territory{.covered = reader.texts("covered"),
                      .except = reader.texts_or_empty("except"),
                      .clause = book.reference(reader, "clause", true)};
  reader.finish();
  check_countries(reader, "covered", territory.covered, true);
  check_countries(reader, "except", territory.except);
  check_acts(reader, territory);
  return territory;
}

}  // namespace anlan::terms
