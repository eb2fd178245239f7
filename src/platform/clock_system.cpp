#include "platform/clock_system.h"

#include <chrono>

namespace anlan::platform {

Instant SystemClock::now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return Instant::from_micros(std::chrono::duration_cast<std::chrono::microseconds>(since).count());
}

}  // namespace anlan::platform
