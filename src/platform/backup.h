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
inline constexpr std::string_view kAccountsKeyPart = "accounts.db.key";

struct BackupOptions {
  std::optional<SealTo> seal = {};  // nothing: the backup is readable by whoever has the file
  std::filesystem::path accounts =
      {};  // of a server, put in beside the house; empty: none. Sealed only
  // With them, the key that seals their second factors; empty: it is to be kept elsewhere.
  std::filesystem::path accounts_key = {};
  SealCost cost = {};
};

// Copies the committed state of the house to a new file while its writer goes on, with a head
// signed now, the ciphertexts and the blobs; the copy is verified before it gets its name. The file
// is durable when it returns, and on a refusal there is none. Where it is sealed, what is not
// stands meanwhile in the folder of the house alone. Refuses kFileExists, kHouseMissing,
// kKeysMissing, kDiskFull, kAccountsUnsealed, and what seal_files and verify_journal refuse (a
// damaged house gives no backup), and of a key of the accounts what read_accounts_key refuses.
Result<VerifyReport> backup(const std::filesystem::path& folder,
                            const std::filesystem::path& target, house::Clock& clock,
                            const BackupOptions& options = {});

struct RestoreOptions {
  VerifyOptions verify = {};
  const OpenWith* with = nullptr;  // of a sealed backup
  std::filesystem::path accounts =
      {};  // where its accounts go, a new file; empty: they are left out. Their key goes beside
           // them, to the same name with .key, where the backup holds it
};

// Verifies a backup, sealed or not, to its last byte. What is sealed is opened in a folder of mode
// 0700 for temporary files, and removed; what a killed process left there goes with the next.
// Refuses kBackupSealed (and no `with`), kBackupNotSealed
// (and one), kAccountsNotThere, and what open_sealed and verify_journal refuse.
Result<VerifyReport> verify_backup(const std::filesystem::path& file,
                                   const RestoreOptions& options);

// Verifies a backup and lays out its house in a new folder, without keys: until the folder `keys`
// is put back it can be read but not written. Refuses kHouseExists, kDiskFull, kFileExists (the
// accounts, or their key), and what verify_backup refuses. Where it is refused, nothing of it is
// there.
Result<VerifyReport> restore(const std::filesystem::path& file, const std::filesystem::path& folder,
                             const RestoreOptions& options);

// Copies the accounts to a new file while their server goes on, and checks the copy. Refuses
// kFileMissing, kFileExists, kDatabaseFormat, kDatabaseDamaged, kDiskFull.
Result<Done> copy_accounts(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace anlan::platform
