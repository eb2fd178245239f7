// A folder of mode 0700 under the system's folder for such, removed with all that is in it at the
// end.
#pragma once

#include <string>

#include "base/result.h"

namespace anlan::platform {

class TemporaryFolder {
 public:
  static Result<TemporaryFolder> create();  // refuses kFileNotWritten (args reason)
  TemporaryFolder(TemporaryFolder&& other) noexcept : path_(std::move(other.path_)) {
    other.path_.clear();
  }
  TemporaryFolder& operator=(TemporaryFolder&&) = delete;
  ~TemporaryFolder();
  const std::string& path() const { return path_; }

 private:
  explicit TemporaryFolder(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

}  // namespace anlan::platform
