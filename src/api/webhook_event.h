// Events of a house as its webhooks tell them: what kind of thing happened, to which objects, with
// the amounts that are plain. Whoever wants more fetches the object, under its own rights.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/visibility.h"
#include "domain/event.h"
#include "domain/party.h"
#include "house/house.h"
#include "house/record.h"

namespace anlan::api {

// The names of all kinds, in the order of domain::Event: what an endpoint may choose among.
std::vector<std::string_view> webhook_event_kinds();

// Whether this viewer is told of it: the insurer's own people of everything; everybody else of what
// happened to an object that it sees (visibility.h), and never of what is the house's own business,
// such as its books, its rules, and what it weighs about a policyholder.
bool is_told(const house::House& house, const Viewer& viewer, const domain::Event& event);

// {"id": "evt_57", "type": "policy_bound", "house", "sandbox", "occurred_at", "data": {"policy":
// "pol_57", ..., "premium": {"amount", "currency"}}}. Ids that the viewer does not see are left
// out; no personal data and no texts are ever in it.
std::string webhook_body(const house::House& house, const Viewer& viewer,
                         const house::Record& record, const domain::Event& event);

// Of a test: type "ping", no data.
std::string ping_body(const house::House& house, std::string_view id, Instant at);

}  // namespace anlan::api
