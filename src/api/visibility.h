// Visibility: who sees which object of a house. The insurer's own people see all of it, an operator
// no business data; a broker or a policyholder sees the companies that its organisation brought
// in or was granted, and all that belongs to them (a policyholder of no organisation nothing); a
// vendor its orders; a subsidy office what it pays for. What somebody may not see answers as what
// is not there (REFERENCE.md 4.4).
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "api/operation.h"
#include "house/house.h"

namespace anlan::api {

enum class Audience : unsigned char {
  kAll = 1,          // tells nothing of the house's business: products, wordings, calculators
  kOwn = 2,          // about one object, or a list of them: whoever sees it
  kStaff = 3,        // of the house as a whole: its own people
  kOffice = 4,       // of the house as a whole and without business data: they and whoever runs it
  kOperator = 5,     // of the machine that it runs on: whoever runs it
  kPublicMoney = 6,  // of public money: the office that pays it and the house's own people
};

// Of an operation that only shows; of a command the house's table of roles decides, and the objects
// that it names are asked for as under kOwn. Every view has its line in visibility.cpp: a view
// without one is a fault of the program, which a test finds.
Audience audience_of(const Operation& operation);

// Who looks. `granted`: companies of others that its organisation may see all the same
// (Accounts::companies_granted), in order; a broker's and a policyholder's only.
struct Viewer {
  Viewer(const domain::Actor& who, std::span<const domain::EnterpriseId> may_see = {})
      : actor(who), granted(may_see) {}
  const domain::Actor& actor;
  std::span<const domain::EnterpriseId> granted;
};

// "pol_12", "ent_9": whether the viewer sees it. False where there is no such object.
bool sees(const house::House& house, const Viewer& viewer, std::string_view id);

// What of the rows of a list somebody sees, by their ids; none: all. The house and the viewer's
// actor and grants outlive it.
std::function<bool(std::string_view id)> rows_seen(const house::House& house,
                                                   const Operation& operation, Viewer viewer);

// The first "--option=id" of the words whose object is there and not seen; empty: all are seen.
std::string first_unseen(const house::House& house, const Viewer& viewer,
                         const std::vector<std::string>& words);

// Whether the actor may run a view at all.
bool may_view(const domain::Actor& actor, Audience audience);
// Some of the roles that may, as a refusal names them.
std::string_view viewers_of(Audience audience);

}  // namespace anlan::api
