#include "platform/temporary_folder.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/refusals.h"

namespace anlan::platform {
namespace {

namespace fs = std::filesystem;

Refusal not_made(const std::string& pattern) {
  return Refusal{.code = refusals::kFileNotWritten,
                 .path = "folder",
                 .value = pattern,
                 .args = {{.name = "reason", .value = std::strerror(errno)}},
                 .at = {}};
}

// A handle of this folder with its lock, if it is ours and nobody holds it; else -1.
int lock_of(const std::string& folder) {
  const int handle = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (handle < 0) return -1;
  struct stat held {};
  struct stat named {};
  // Whoever sweeps may have removed it between its making and its lock.
  const bool ours = ::flock(handle, LOCK_EX | LOCK_NB) == 0 && ::fstat(handle, &held) == 0 &&
                    held.st_uid == ::geteuid() && ::lstat(folder.c_str(), &named) == 0 &&
                    named.st_ino == held.st_ino && named.st_dev == held.st_dev;
  if (ours) return handle;
  ::close(handle);
  return -1;
}

void remove_left(const fs::path& base, const std::string& prefix) {
  std::error_code error;
  std::vector<std::string> found;
  for (fs::directory_iterator entry(base, error), last; !error && entry != last;
       entry.increment(error)) {
    if (entry->path().filename().string().starts_with(prefix))
      found.push_back(entry->path().string());
  }
  for (const std::string& folder : found) {
    const int handle = lock_of(folder);
    if (handle < 0) continue;
    fs::remove_all(folder, error);
    ::close(handle);
  }
}

}  // namespace

Result<TemporaryFolder> TemporaryFolder::create() {
  std::error_code error;
  const fs::path base = fs::temp_directory_path(error);
  std::string pattern = (base / "anlan-XXXXXX").string();
  if (!error && ::mkdtemp(pattern.data()) != nullptr) return TemporaryFolder(pattern);
  return not_made(pattern);
}

Result<TemporaryFolder> TemporaryFolder::create_for(std::string_view purpose) {
  constexpr int kTriesMax = 10;
  std::error_code error;
  const fs::path base = fs::temp_directory_path(error);
  const std::string prefix = "anlan-" + std::string(purpose) + "-";
  if (!error) remove_left(base, prefix);
  std::string pattern;
  for (int tries = 0; tries < kTriesMax && !error; ++tries) {
    pattern = (base / (prefix + "XXXXXX")).string();
    if (::mkdtemp(pattern.data()) == nullptr) break;
    const int lock = lock_of(pattern);
    if (lock >= 0) return TemporaryFolder(pattern, lock);
    fs::remove_all(pattern, error);
  }
  return not_made(pattern);
}

TemporaryFolder::TemporaryFolder(TemporaryFolder&& other) noexcept
    : path_(std::exchange(other.path_, {})), lock_(std::exchange(other.lock_, -1)) {}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;  // a folder that stays behind harms nobody
  if (!path_.empty()) fs::remove_all(path_, ignored);
  if (lock_ >= 0) ::close(lock_);
}

}  // namespace anlan::platform
