#include "platform/challenges.h"

#include <sodium.h>

#include "base/check.h"

namespace anlan::platform {

bool Challenges::is_good(const Begun& begun, Instant now) {
  return begun.at <= now && now < plus_minutes(begun.at, kChallengeMinutes);
}

void Challenges::make_room(Instant now) {
  while (!order_.empty()) {
    const auto found = open_.find(order_.front());
    const bool spent = found == open_.end();
    if (!spent && is_good(found->second, now) && order_.size() < kChallengesMax) return;
    if (!spent) open_.erase(found);
    order_.pop_front();
  }
}

Digest Challenges::begin(ChallengeFor purpose, AccountId account, Instant now) {
  ANLAN_CHECK(sodium_init() >= 0);
  make_room(now);
  Digest challenge;
  randombytes_buf(challenge.bytes.data(), challenge.bytes.size());
  open_.emplace(challenge, Begun{.purpose = purpose, .account = account, .at = now});
  order_.push_back(challenge);
  return challenge;
}

bool Challenges::take(const Digest& challenge, ChallengeFor purpose, AccountId account,
                      Instant now) {
  const auto found = open_.find(challenge);
  if (found == open_.end()) return false;
  const Begun begun = found->second;
  open_.erase(found);
  return begun.purpose == purpose && begun.account == account && is_good(begun, now);
}

}  // namespace anlan::platform
