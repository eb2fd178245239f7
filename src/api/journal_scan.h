// Journal scan: every event of the house in order, with its record.
#pragma once

#include <functional>
#include <vector>

#include "api/session.h"
#include "claims/running_clocks.h"
#include "domain/event.h"
#include "house/record.h"

namespace anlan::api {

using SeeEvent = std::function<void(const house::Record& record, const domain::Event& event)>;

// From the record `first` to the last: the events of a thing begin at its number. Refuses what the
// journal and the codec refuse.
Result<Done> scan_journal(Session& session, std::uint64_t first, const SeeEvent& see);

// The records of claims that their clocks start from and stop at, in the order of `ids`: journal
// days in the zone of the house. One pass over the journal.
Result<std::vector<claims::ClaimRecords>> claim_records(Session& session,
                                                        const std::vector<domain::ClaimId>& ids);

}  // namespace anlan::api
