// Backups: one file with all of a house but its keys. docs/JOURNAL.md sections 1, 6 and 9.
#pragma once

#include <filesystem>
#include <optional>

#include "platform/sealed_file.h"
#include "platform/verify.h"

namespace anlan::platform {

// Names of the parts of a sealed backup.
inline constexpr std::string_view kHousePart = "house.backup";
inline constexpr std::string_view kAccountsPart = "accounts.db";

struct BackupOptions {
  std::optional<SealTo> seal = {};  // nothing: the backup is readable by whoever has the file
  std::filesystem::path accounts =
      {};  // of a server, put in beside the house; empty: none. Sealed only
  SealCost cost = {};
};

// Copies the committed state of the house to a new file while its writer goes on, with a head
// signed now, the ciphertexts and the blobs; the copy is verified before it gets its name. The file
// is durable when it returns, and on a refusal there is none. Where it is sealed, what is not
// stands meanwhile in the folder of the house alone. Refuses kFileExists, kHouseMissing,
// kKeysMissing, kDiskFull, kAccountsUnsealed, and what seal_files and verify_journal refuse (a
// damaged house gives no backup).
Result<VerifyReport> backup(const std::filesystem::path& folder,
                            const std::filesystem::path& target, house::Clock& clock,
                            const BackupOptions& options = {});

struct RestoreOptions {
  VerifyOptions verify = {};
  const OpenWith* with = nullptr;  // of a sealed backup
  std::filesystem::path accounts =
      {};  // where its accounts go, a new file; empty: they are left out
};

// Verifies a backup, sealed or not, to its last byte. What is sealed is opened in a folder of mode
// 0700 for temporary files, and removed. Refuses kBackupSealed (and no `with`), kBackupNotSealed
// (and one), kAccountsNotThere, and what open_sealed and verify_journal refuse.
Result<VerifyReport> verify_backup(const std::filesystem::path& file,
                                   const RestoreOptions& options);

// Verifies a backup and lays out its house in a new folder, without keys: until the folder `keys`
// is put back it can be read but not written. Refuses kHouseExists, kDiskFull, kFileExists (the
// accounts), and what verify_backup refuses. The house comes first: where the accounts cannot be
// written after it, the house is there and the refusal says so of the accounts.
Result<VerifyReport> restore(const std::filesystem::path& file, const std::filesystem::path& folder,
                             const RestoreOptions& options);

// Copies the accounts to a new file while their server goes on, and checks the copy. Refuses
// kFileMissing, kFileExists, kDatabaseFormat, kDatabaseDamaged, kDiskFull.
Result<Done> copy_accounts(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace anlan::platform
