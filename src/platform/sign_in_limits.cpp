#include "platform/sign_in_limits.h"

#include <algorithm>
#include <cstring>

namespace anlan::platform {

std::size_t DigestHash::operator()(const Digest& digest) const {
  std::size_t hash = 0;
  std::memcpy(&hash, digest.bytes.data(), sizeof hash);
  return hash;
}

std::int64_t SignInLimits::start_try(const Digest& who, std::size_t tries_max, Instant now) {
  if (!tries_.contains(who)) make_room(now);
  std::vector<Instant>& tries = tries_[who];
  // A clock that was set back must not make anybody wait for longer than the window.
  for (Instant& each : tries) each = std::min(each, now);
  const auto ends = [](Instant each) { return plus_minutes(each, kGuessWindowMinutes); };
  std::erase_if(tries, [&](Instant each) { return ends(each) <= now; });
  if (tries.size() < tries_max) {
    tries.push_back(now);
    return 0;
  }
  const Instant free_at = ends(tries[tries.size() - tries_max]);
  return (free_at.micros() - now.micros() + 999'999) / 1'000'000;
}

void SignInLimits::forget_try(const Digest& who) {
  const auto found = tries_.find(who);
  if (found == tries_.end()) return;
  if (!found->second.empty()) found->second.pop_back();
  if (found->second.empty()) tries_.erase(found);
}

void SignInLimits::forget(const Digest& who) { tries_.erase(who); }

void SignInLimits::make_room(Instant now) {
  if (tries_.size() < kGuessersMax) return;
  const auto last_of = [](const auto& entry) {
    return entry.second.empty() ? Instant{} : entry.second.back();
  };
  std::erase_if(tries_, [&](const auto& entry) {
    return plus_minutes(last_of(entry), kGuessWindowMinutes) <= now;
  });
  if (tries_.size() < kGuessersMax) return;
  tries_.erase(std::min_element(tries_.begin(), tries_.end(), [&](const auto& a, const auto& b) {
    return last_of(a) < last_of(b);
  }));
}

}  // namespace anlan::platform
