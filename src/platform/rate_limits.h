// How many requests somebody may make: one bucket of tokens for each name. A bucket holds at most
// `burst` and fills by `per_second`; a request takes one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <unordered_map>

namespace anlan::platform {

struct Rate {
  std::int64_t per_second = 0;  // 0: no limit
  std::int64_t burst = 0;       // at least per_second, where there is a limit
};

struct RateTaken {
  bool allowed = true;
  std::int64_t left = 0;           // whole tokens after this one
  std::int64_t retry_seconds = 0;  // where it was not allowed: until there is one, rounded up
};

inline constexpr std::size_t kBucketsMax = 100'000;  // above it full ones are forgotten first

// Any thread.
class RateLimits {
 public:
  explicit RateLimits(Rate rate) : rate_(rate) {}
  bool limits() const { return rate_.per_second > 0; }
  const Rate& rate() const { return rate_; }
  // `now`: microseconds of a clock that does not go back. Without a limit everything is allowed.
  RateTaken take(const std::string& who, std::int64_t now);
  std::uint64_t refused() const;  // since the start

 private:
  struct Bucket {
    std::int64_t millionths = 0;  // of a token
    std::int64_t filled = 0;      // when
  };
  void fill(Bucket& bucket, std::int64_t now) const;
  void make_room(std::int64_t now);

  const Rate rate_;
  mutable std::mutex mutex_;
  std::unordered_map<std::string, Bucket> buckets_;
  std::uint64_t refused_ = 0;
};

}  // namespace anlan::platform
