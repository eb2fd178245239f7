// Replay: records to a house. The live writer and the start-up take the same path.
#pragma once

#include "base/executor.h"
#include "base/result.h"
#include "house/house.h"
#include "house/ports.h"
#include "house/record.h"

namespace anlan::house {

// The event of a record. Refuses kUnknownEvent, kEventMalformed (args seq).
Result<domain::Event> read_event_of(const Record& record);

// Evolves the house by the record's event, notes the key and the head. The chain is not checked
// here. Refuses kContradiction (args seq, event; house/consistency.h) and then leaves the house as
// it was.
Result<Done> accept_event(House& house, const Record& record, const domain::Event& event);
// The two in one.
Result<Done> accept_record(House& house, const Record& record);

// The whole journal, chain checked record by record. Refuses at the first record that does not
// follow, cannot be read or contradicts what is ahead of it, and a last command that is cut short
// (kCommandTorn).
Result<House> replay(Journal& journal);
// The same with reading on one thread and taking in on another.
Result<House> replay(Journal& journal, Executor& executor);

}  // namespace anlan::house
