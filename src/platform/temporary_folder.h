// A folder of mode 0700 under the system's folder for such, removed with all that is in it at the
// end. A process that is killed leaves its folder; where what lies in it must not stay, the next
// create_for() of the same purpose removes it.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace anlan::platform {

class TemporaryFolder {
 public:
  static Result<TemporaryFolder> create();  // refuses kFileNotWritten (args reason)
  // `purpose` stands in its name (a-z). Those of this user that no process holds any more go first.
  static Result<TemporaryFolder> create_for(std::string_view purpose);
  TemporaryFolder(TemporaryFolder&& other) noexcept;
  TemporaryFolder& operator=(TemporaryFolder&&) = delete;
  ~TemporaryFolder();
  const std::string& path() const { return path_; }

 private:
  explicit TemporaryFolder(std::string path, int lock = -1) : path_(std::move(path)), lock_(lock) {}
  std::string path_;
  int lock_;  // held while it is in use; -1: none
};

}  // namespace anlan::platform
