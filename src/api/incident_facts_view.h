// What is on record about an incident beside its report and its loss: each item with who said so,
// when, and on which evidence.
#pragma once

#include <string>
#include <vector>

#include "api/operation.h"
#include "api/session.h"
#include "house/incident_facts.h"

namespace anlan::api {

// "Other insurance: sums insured 500,000.00, pays 0.00": one item, without who said so. `day` is
// that of the incident, in the time zone of its policy.
std::string fact_words(Session& session, const house::ItemOnFile& item, Date day);

// The same with who recorded it and when, and whether a later record took its place.
std::string fact_line(Session& session, const house::House& house, const house::ItemOnFile& item,
                      Date day);

// A heading and a line for each item of the incident and its parts, those that no longer count
// included; nothing where there is none. JSON: "facts", every record, and "facts_counting".
void add_incident_facts(Session& session, const house::House& house,
                        const std::vector<const house::IncidentFile*>& parts, Reply& reply);

}  // namespace anlan::api
