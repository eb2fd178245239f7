// Digests of what a calculation started from, so that decide can see whether it still holds.
#pragma once

#include "base/sha256.h"
#include "house/house.h"

namespace anlan::house {

// Facts, answers, orders, observations and incidents of an enterprise: what a price looks at.
Digest pricing_inputs(const House& house, domain::EnterpriseId enterprise);

// Incident, loss, conditions, recorded facts, the policy's explanations, payments, state and
// earlier claims: what an adjudication looks at.
Digest adjudication_inputs(const House& house, domain::IncidentId incident);

}  // namespace anlan::house
