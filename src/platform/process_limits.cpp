#include "platform/process_limits.h"

#include <sys/resource.h>

namespace anlan::platform {

OpenFileLimit open_file_limit() {
  rlimit found{};
  if (::getrlimit(RLIMIT_NOFILE, &found) != 0) return {};
  return {.now = found.rlim_cur, .at_most = found.rlim_max};
}

OpenFileLimit raise_open_file_limit() {
  const OpenFileLimit found = open_file_limit();
  const rlimit wanted{found.at_most, found.at_most};
  if (found.now == found.at_most || ::setrlimit(RLIMIT_NOFILE, &wanted) != 0) return found;
  return open_file_limit();
}

}  // namespace anlan::platform
