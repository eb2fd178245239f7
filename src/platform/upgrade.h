// Files of an older format brought to the one of this program, and back while nothing was stored in
// the new one. An event of an older version needs none of this: it is upgraded while it is read
// (docs/JOURNAL.md).
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "house/ports.h"

namespace anlan::platform {

// From one format to the next, in one transaction.
struct FormatStep {
  int from = 1;
  std::span<const std::string_view> schema;      // of `from`, statement by statement
  std::span<const std::string_view> statements;  // that lead to from + 1
  std::span<const std::string_view> tables;      // of `from`: what a roll back must find unchanged
  std::span<const std::string_view> added;       // that came with from + 1: it must find them empty
};

struct FileKind {
  std::string_view name;  // "journal", "vault", "accounts"
  std::uint32_t application_id = 0;
  int format = 1;                            // of this program
  std::span<const std::string_view> schema;  // of `format`
  std::span<const FormatStep> steps;         // in order; each format before `format` has one
};

const FileKind& journal_kind();
const FileKind& vault_kind();
const FileKind& accounts_kind();

struct FilePlan {
  std::filesystem::path file;
  std::string kind;
  int found = 0;
  int known = 0;
  std::filesystem::path kept;  // what a roll back returns to; empty: there is none
  bool due() const { return found < known; }
};

// What is there, and what would be done. Nothing is written. Refuses kFileMissing, kFormatUnknown
// (of another program, newer, or without a way from there; args found, known), kDatabaseDamaged.
Result<FilePlan> plan_upgrade(const std::filesystem::path& file, const FileKind& kind);

// Copies the file to FILE.format-N, checks the copy, then takes the steps in one transaction, in
// which the table `upgrades` of the new format notes them. Killed at any moment the file is of one
// format or the other. Where nothing is due, nothing happens. The caller holds the lock of what the
// file belongs to. Refuses as plan_upgrade does, kFileExists (a copy of another upgrade is still
// there), kDiskFull.
Result<FilePlan> upgrade_file(const std::filesystem::path& file, const FileKind& kind, Instant now);

// Puts FILE.format-N back in the place of the file. Refuses kNothingKept, kChangedSince (args
// table: the first in which something was stored since).
Result<FilePlan> roll_back_file(const std::filesystem::path& file, const FileKind& kind);

}  // namespace anlan::platform
