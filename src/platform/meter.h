// Counts of what a server answers, and how long it took, as Prometheus reads them.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

namespace anlan::platform {

// Thread-safe. The number of names is that of the operations, so memory is bounded.
class Meter {
 public:
  // `operation`: of the table, or "other".
  void answered(std::string_view operation, int status, std::int64_t microseconds);
  // The text format, version 0.0.4, of counters "anlan_requests_total" and the histogram
  // "anlan_request_seconds".
  std::string text() const;

 private:
  static constexpr std::array<std::int64_t, 9> kBounds{
      1'000, 2'500, 5'000, 10'000, 25'000, 100'000, 500'000, 2'500'000, 10'000'000};
  struct Times {
    std::array<std::uint64_t, kBounds.size() + 1> below{};
    std::uint64_t count = 0;
    std::int64_t microseconds = 0;
  };

  mutable std::mutex lock_;
  std::map<std::pair<std::string, int>, std::uint64_t> counts_;
  std::map<std::string, Times, std::less<>> times_;
};

}  // namespace anlan::platform
