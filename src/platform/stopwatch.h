// How long something took, for logs and measures; nothing that decides reads it.
#pragma once

#include <chrono>
#include <cstdint>

namespace anlan::platform {

class Stopwatch {
 public:
  std::int64_t microseconds() const {
    const auto passed = std::chrono::steady_clock::now() - start_;
    return std::chrono::duration_cast<std::chrono::microseconds>(passed).count();
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace anlan::platform
