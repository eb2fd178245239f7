// What the system lets one process have.
#pragma once

#include <cstdint>

namespace anlan::platform {

// How many files and sockets may be open: of this process, and at most where it asks for more.
struct OpenFileLimit {
  std::uint64_t now = 0;
  std::uint64_t at_most = 0;
};
OpenFileLimit open_file_limit();
// Asks for as many as it may have. A server needs one for each connection; what a shell gives is
// for people.
OpenFileLimit raise_open_file_limit();

}  // namespace anlan::platform
