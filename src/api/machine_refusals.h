// Refusals of what looks at the machine of a server. Their sentences are in data/locales.
#pragma once

#include <array>

#include "base/result.h"

namespace anlan::api::refusals {

inline constexpr RefusalCode kNoBackupKept{9340, "no_backup_kept"};

inline constexpr std::array kMachine{kNoBackupKept};

}  // namespace anlan::api::refusals
