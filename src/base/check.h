// ANLAN_CHECK(condition): one fact that only a bug can make false. On in release: the process stops
// with the place and the fact, and the journal makes the restart safe. Never used on input.
#pragma once

namespace anlan {

[[noreturn]] void check_failed(const char* fact, const char* file, int line);

}  // namespace anlan

#define ANLAN_CHECK(fact) \
  ((fact) ? static_cast<void>(0) : ::anlan::check_failed(#fact, __FILE__, __LINE__))
