#include "platform/doctor.h"

#include <algorithm>

#include "platform/doctor_checks.h"

namespace anlan::platform {

std::vector<Finding> examine(const Installation& installation) {
  std::vector<Finding> found;
  std::vector<ExaminedHouse> houses;
  for (const std::filesystem::path& folder : installation.houses) {
    ExaminedHouse house = examine_house(installation, folder, found);
    const bool twice = !house.name.empty() &&
                       std::any_of(houses.begin(), houses.end(), [&](const ExaminedHouse& other) {
                         return other.name == house.name;
                       });
    if (twice) {
      found.push_back({.kind = findings::kHouseTwice,
                       .subject = folder.string(),
                       .args = {{.name = "name", .value = house.name}}});
    }
    houses.push_back(std::move(house));
  }
  bool runs = std::any_of(houses.begin(), houses.end(),
                          [](const ExaminedHouse& house) { return house.in_use; });
  if (!installation.accounts.empty()) runs = examine_accounts(installation, houses, found) || runs;
  if (installation.http) examine_server(installation, runs, found);
  return found;
}

}  // namespace anlan::platform
