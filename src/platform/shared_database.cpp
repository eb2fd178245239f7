#include "platform/shared_database.h"

#include <system_error>

#include "platform/environment.h"
#include "platform/files.h"
#include "platform/refusals.h"

namespace anlan::platform {
namespace {

Result<Done> fill(const std::filesystem::path& file, const SharedTables& tables) {
  ANLAN_TRY(Database database, Database::open(file, DatabaseMode::kCreate));
  ANLAN_REQUIRE(database.write_durably());
  {
    ANLAN_TRY(WriteTransaction transaction, WriteTransaction::start(database));
    ANLAN_REQUIRE(database.set_identity(tables.application_id, tables.format));
    for (const std::string_view statement : tables.schema)
      ANLAN_REQUIRE(database.run(std::string(statement)));
    ANLAN_REQUIRE(transaction.commit());
  }
  return database.empty_log();
}

// Beside its place; where somebody else was first, his stays.
Result<Done> make(const std::filesystem::path& file, const SharedTables& tables) {
  const std::filesystem::path beside = file.string() + ".new-" + random_command_key();
  Result<Done> made = fill(beside, tables);
  if (made.ok()) made = rename_new(beside, file);
  if (made.ok()) return sync_folder(file.parent_path());
  std::error_code ignored;
  std::filesystem::remove(beside, ignored);
  if (made.refusal().code == refusals::kFileExists) return Done{};
  return made;
}

}  // namespace

Result<Database> open_shared(const std::filesystem::path& file, const SharedTables& tables) {
  std::error_code error;
  if (!std::filesystem::exists(file, error)) ANLAN_REQUIRE(make(file, tables));
  ANLAN_TRY(Database database, Database::open(file, DatabaseMode::kReadWrite));
  ANLAN_REQUIRE(database.check_identity(tables.application_id, tables.format));
  ANLAN_REQUIRE(database.check_schema(tables.schema));
  ANLAN_REQUIRE(database.write_durably());
  return database;
}

}  // namespace anlan::platform
