#include "platform/paths.h"

#include <algorithm>
#include <filesystem>

namespace anlan::platform {

bool lies_in(const std::string& file, const std::string& folder) {
  std::error_code failed;
  const auto whole =
      std::filesystem::weakly_canonical(std::filesystem::absolute(folder, failed), failed);
  if (failed) return false;
  const auto target =
      std::filesystem::weakly_canonical(std::filesystem::absolute(file, failed), failed);
  if (failed) return false;
  return std::mismatch(whole.begin(), whole.end(), target.begin(), target.end()).first ==
         whole.end();
}

}  // namespace anlan::platform
