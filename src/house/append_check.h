// What every Journal asks of records before it stores them.
#pragma once

#include <span>

#include "base/result.h"
#include "house/record.h"

namespace anlan::house {

// The head after `records`, each of which must follow the one ahead in seq and in chain; the first
// must follow `head`. Refuses kNotAfterHead (args head, found). Cost: one SHA-256 per record.
Result<Head> head_after(const Head& head, std::span<const Record> records);

}  // namespace anlan::house
