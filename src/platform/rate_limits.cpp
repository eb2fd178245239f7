#include "platform/rate_limits.h"

#include <algorithm>

namespace anlan::platform {
namespace {

constexpr std::int64_t kToken = 1'000'000;  // in millionths; and microseconds of a second
constexpr std::int64_t kLongestMicros = std::int64_t{3'600} * kToken;  // no product overflows

}  // namespace

void RateLimits::fill(Bucket& bucket, std::int64_t now) const {
  const std::int64_t passed = std::clamp<std::int64_t>(now - bucket.filled, 0, kLongestMicros);
  bucket.millionths = std::min(rate_.burst * kToken, bucket.millionths + passed * rate_.per_second);
  bucket.filled = now;
}

void RateLimits::make_room(std::int64_t now) {
  if (buckets_.size() < kBucketsMax) return;
  for (auto each = buckets_.begin(); each != buckets_.end();) {
    fill(each->second, now);
    each = each->second.millionths == rate_.burst * kToken ? buckets_.erase(each) : std::next(each);
  }
  if (buckets_.size() >= kBucketsMax) buckets_.erase(buckets_.begin());
}

RateTaken RateLimits::take(const std::string& who, std::int64_t now) {
  if (!limits()) return {};
  const std::lock_guard lock(mutex_);
  auto found = buckets_.find(who);
  if (found == buckets_.end()) {
    make_room(now);
    found = buckets_.emplace(who, Bucket{.millionths = rate_.burst * kToken, .filled = now}).first;
  }
  Bucket& bucket = found->second;
  fill(bucket, now);
  if (bucket.millionths >= kToken) {
    bucket.millionths -= kToken;
    return {.allowed = true, .left = bucket.millionths / kToken, .retry_seconds = 0};
  }
  ++refused_;
  const std::int64_t wait = (kToken - bucket.millionths + rate_.per_second - 1) / rate_.per_second;
  return {.allowed = false, .left = 0, .retry_seconds = (wait + kToken - 1) / kToken};
}

std::uint64_t RateLimits::refused() const {
  const std::lock_guard lock(mutex_);
  return refused_;
}

}  // namespace anlan::platform
