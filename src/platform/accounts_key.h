// The key that seals the second factors of accounts (accounts.h): a file of mode 0600 like those of
// a house (keys.h), wherever its owner wants it.
#pragma once

#include <filesystem>

#include "base/result.h"
#include "platform/keys.h"

namespace anlan::platform {

// Refuses kFileExists, kFileNotWritten.
Result<Done> create_accounts_key(const std::filesystem::path& file);
// Refuses kKeysMissing, kKeyFileOpen (readable by others, args mode), kKeyFileMalformed.
Result<SecretKey> read_accounts_key(const std::filesystem::path& file);

}  // namespace anlan::platform
