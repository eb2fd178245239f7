// A table of more columns than a line takes, as several tables below each other.
#pragma once

#include <vector>

#include "base/document.h"

namespace anlan::formats {

// Columns beside the repeated ones. assumption: what can still be read, on 80 signs and on A4.
inline constexpr std::size_t kTerminalColumns = 3;
inline constexpr std::size_t kPageColumns = 8;

// The parts from left to right, as equal as they can be, each of at most `most` (>= 1) columns
// behind the first table.repeated; the table itself where it has no more, or repeats none.
std::vector<Table> table_parts(const Table& table, std::size_t most);

}  // namespace anlan::formats
