// Refusals of the journal port: every implementation of Journal gives the same ones.
#pragma once

#include <array>

#include "base/result.h"

namespace anlan::house::refusals {

// After each of them nothing of the records was stored.
inline constexpr RefusalCode kDiskFull{7901, "disk_full"};
inline constexpr RefusalCode kNotAfterHead{7902, "not_after_head"};   // args head, found
inline constexpr RefusalCode kStorageFailed{7903, "storage_failed"};  // args reason

inline constexpr std::array kJournal{kDiskFull, kNotAfterHead, kStorageFailed};

}  // namespace anlan::house::refusals
