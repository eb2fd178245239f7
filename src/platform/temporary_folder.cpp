#include "platform/temporary_folder.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "platform/refusals.h"

namespace anlan::platform {

Result<TemporaryFolder> TemporaryFolder::create() {
  std::error_code error;
  const std::filesystem::path base = std::filesystem::temp_directory_path(error);
  std::string pattern = (base / "anlan-XXXXXX").string();
  if (!error && ::mkdtemp(pattern.data()) != nullptr) return TemporaryFolder(pattern);
  return Refusal{.code = refusals::kFileNotWritten,
                 .path = "folder",
                 .value = pattern,
                 .args = {{.name = "reason", .value = std::strerror(errno)}}};
}

TemporaryFolder::~TemporaryFolder() {
  if (path_.empty()) return;
  std::error_code ignored;  // a folder that stays behind harms nobody
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace anlan::platform
