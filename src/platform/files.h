// Files of documents and keys: read whole within a limit, written whole or not at all.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "formats/text.h"

namespace anlan::platform {

inline constexpr unsigned kPrivateFile = 0600;  // for the owner alone
inline constexpr unsigned kSharedFile = 0644;

// The bytes of a regular file, or of standard input when `name` is "-". Refuses with path "file"
// and value `name`: kFileMissing, kFileUnreadable (args reason; also folders and devices),
// kFileTooLarge of formats (arg max: MiB). Reads little more than bytes_max.
Result<std::string> read_file(const std::string& name,
                              std::size_t bytes_max = formats::kFileBytesMax);

// Durable when they return: written beside the target, flushed, renamed, the folder flushed. On a
// refusal the target is as it was: kFileNotWritten (args reason), kDiskFull.
Result<Done> write_file(const std::filesystem::path& file, BytesView bytes,
                        unsigned mode = kSharedFile);
// The same, but refuses kFileExists instead of replacing.
Result<Done> write_new_file(const std::filesystem::path& file, BytesView bytes,
                            unsigned mode = kSharedFile);

// The same where nothing is there; a file of these bytes stays as it is, anything else there is
// refused (kFileExists).
Result<Done> write_once(const std::filesystem::path& file, BytesView bytes);

// A new file, written and flushed beside its target, which gets its name at the end: all that can
// fail before has failed. Gone with this value until then.
class StagedFile {
 public:
  static Result<StagedFile> create(const std::filesystem::path& target, BytesView bytes);
  StagedFile(StagedFile&& other) noexcept;
  StagedFile& operator=(StagedFile&&) = delete;
  ~StagedFile();
  Result<Done> place();  // refuses kFileExists, kFileNotWritten; once

 private:
  StagedFile(std::filesystem::path target, std::string beside)
      : target_(std::move(target)), beside_(std::move(beside)) {}
  std::filesystem::path target_;
  std::string beside_;  // empty: placed, or moved from
};

// Refuses kFileExists when something of this name is there; to be asked before work that a later
// write_new_file would waste.
Result<Done> check_absent(const std::filesystem::path& file);

// Makes the names in a folder, and a file's bytes, durable. Refuses kFileNotWritten.
Result<Done> sync_folder(const std::filesystem::path& folder);
Result<Done> sync_file(const std::filesystem::path& file);

// Gives a file or folder its final name, and refuses kFileExists when that is taken.
Result<Done> rename_new(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace anlan::platform
