// Replay: records to a house. The live writer and the start-up take the same path.
#pragma once

#include "base/result.h"
#include "house/house.h"
#include "house/ports.h"
#include "house/record.h"

namespace anlan::house {

// Decodes the event, evolves the house, notes the key and the head. The chain is not checked here.
Result<Done> accept_record(House& house, const Record& record);

// The whole journal, chain checked record by record. Refuses at the first record that does not
// follow or cannot be read.
Result<House> replay(Journal& journal);

}  // namespace anlan::house
