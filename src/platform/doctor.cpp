#include "platform/doctor.h"

#include <algorithm>

#include "platform/doctor_checks.h"

namespace anlan::platform {

Examined examine_all(const Installation& installation) {
  Examined examined;
  std::vector<Finding>& found = examined.findings;
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
  for (const ExaminedHouse& house : houses) {
    if (std::optional<HouseFacts> facts = facts_of(installation, house))
      examined.houses.push_back(*std::move(facts));
  }
  examined.certificate = certificate_facts(installation);
  return examined;
}

std::vector<Finding> examine(const Installation& installation) {
  return examine_all(installation).findings;
}

}  // namespace anlan::platform
