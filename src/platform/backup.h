// Backups: one file with all of a house but its keys. docs/JOURNAL.md sections 1, 6 and 9.
#pragma once

#include <filesystem>

#include "platform/verify.h"

namespace anlan::platform {

// Copies the committed state of the house to a new file while its writer goes on, with a head
// signed now, the ciphertexts and the blobs; the copy is verified before it gets its name. The file
// is durable when it returns, and on a refusal there is none. Refuses kFileExists, kHouseMissing,
// kKeysMissing, kDiskFull, and what verify_journal refuses (a damaged house gives no backup).
Result<VerifyReport> backup(const std::filesystem::path& folder,
                            const std::filesystem::path& target, house::Clock& clock);

// Verifies a backup and lays out its house in a new folder, without keys: until the folder `keys`
// is put back it can be read but not written. Refuses kHouseExists, kDiskFull, and what
// verify_journal refuses.
Result<VerifyReport> restore(const std::filesystem::path& file, const std::filesystem::path& folder,
                             const VerifyOptions& options);

}  // namespace anlan::platform
