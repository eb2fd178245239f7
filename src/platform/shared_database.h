// A small SQLite file that several threads and processes open, each for a moment, and that whoever
// comes first makes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>

#include "platform/sqlite.h"

namespace anlan::platform {

struct SharedTables {
  std::uint32_t application_id = 0;
  int format = 0;
  std::span<const std::string_view> schema;
};

// Opens the file to read and write; one that is not there is made with these tables, entirely or
// not at all, of mode 0600. Refuses as Database::open, kDatabaseFormat, kDatabaseDamaged.
Result<Database> open_shared(const std::filesystem::path& file, const SharedTables& tables);

}  // namespace anlan::platform
