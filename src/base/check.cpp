#include "base/check.h"

#include <cstdio>
#include <cstdlib>

namespace anlan {

void check_failed(const char* fact, const char* file, int line) {
  std::fprintf(stderr, "%s:%d: this must always hold: %s\n", file, line, fact);
  std::abort();
}

}  // namespace anlan
