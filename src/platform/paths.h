// Where a path leads, whatever way it takes.
#pragma once

#include <string>

namespace anlan::platform {

// Whether `file` would stand in `folder` or below, with links and ".." followed as far as they
// exist. False where the system cannot say: whatever uses the path says why.
bool lies_in(const std::string& file, const std::string& folder);

}  // namespace anlan::platform
