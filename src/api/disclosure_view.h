// Disclosure view: one case of an untrue answer as document, JSON and line, for every operation
// that shows one.
#pragma once

#include "api/render.h"
#include "claims/disclosure_case.h"

namespace anlan::api {

// A reply whose JSON has the empty list "cases".
Reply disclosure_reply();
// Adds the case: facts, rules, clocks, proposal. Refuses what propose_disclosure refuses.
Result<Done> add_disclosure(Session& session, const claims::DisclosureFile& file, Reply& reply);
// A recorded case with the words of its question; `incident`: of the policy, or none.
Result<claims::DisclosureFile> recorded_case(Session& session, const house::NonDisclosureFile& file,
                                             domain::IncidentId incident);

}  // namespace anlan::api
