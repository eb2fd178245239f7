#include "api/caller.h"

#include <algorithm>

#include "api/refusals.h"

namespace anlan::api {

using platform::Membership;

ActingAs asked_to_act(const platform::HttpRequest& request) {
  return {.house = std::string(request.header("anlan-house").value_or("")),
          .actor = std::string(request.header("anlan-actor").value_or(""))};
}

Result<Caller> caller_by(const platform::Accounts& accounts, const ServedHouses& houses,
                         platform::Bearer bearer, const ActingAs& asked) {
  std::vector<Membership> memberships;
  if (bearer.acts_as) {
    memberships.push_back(*bearer.acts_as);
  } else {
    ANLAN_TRY(const platform::Account account, accounts.account(bearer.account));
    memberships = account.memberships;
  }
  std::string choices;
  std::vector<const Membership*> of_house;
  std::vector<const Membership*> fitting;
  for (const Membership& each : memberships) {
    choices += (choices.empty() ? "" : ", ") + each.house + "/" + each.actor.text;
    if (!asked.house.empty() && each.house != asked.house) continue;
    of_house.push_back(&each);
    if (asked.actor.empty() || each.actor.text == asked.actor) fitting.push_back(&each);
  }
  if (fitting.size() == 1 && houses.contains(fitting[0]->house))
    return Caller{
        .bearer = std::move(bearer), .house = fitting[0]->house, .actor = fitting[0]->actor};
  // What there is more than one of, or what nothing fits.
  const bool house_is_clear =
      !of_house.empty() && houses.contains(of_house[0]->house) &&
      std::all_of(of_house.begin(), of_house.end(),
                  [&](const Membership* each) { return each->house == of_house[0]->house; });
  return Refusal{.code = refusals::kHouseNotNamed,
                 .path = house_is_clear ? "anlan-actor" : "anlan-house",
                 .value = house_is_clear ? asked.actor : asked.house,
                 .args = {{.name = "choices", .value = choices}, {.name = "headers", .value = "1"}},
                 .at = {}};
}

}  // namespace anlan::api
