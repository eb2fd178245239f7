// Challenges that authenticators answer: random, for one purpose, used once, and good for five
// minutes. In memory only: a restart forgets them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <unordered_map>

#include "base/sha256.h"
#include "base/time.h"
#include "platform/account_records.h"
#include "platform/sign_in_limits.h"

namespace anlan::platform {

inline constexpr std::int64_t kChallengeMinutes = 5;
// Above it the oldest is forgotten, so that whoever asks for many takes no memory.
inline constexpr std::size_t kChallengesMax = 10'000;

enum class ChallengeFor : std::uint8_t {
  kRegistration = 1,
  kSignIn = 2,        // of nobody yet
  kConfirmation = 3,  // a second factor within a session
};

// One thread.
class Challenges {
 public:
  Digest begin(ChallengeFor purpose, AccountId account, Instant now);
  // Whether it was begun for this, by this account, and is not too old; whatever the answer, it is
  // spent.
  bool take(const Digest& challenge, ChallengeFor purpose, AccountId account, Instant now);
  std::size_t size() const { return open_.size(); }

 private:
  struct Begun {
    ChallengeFor purpose;
    AccountId account;
    Instant at;
  };
  static bool is_good(const Begun& begun, Instant now);
  void make_room(Instant now);
  std::unordered_map<Digest, Begun, DigestHash> open_;
  std::deque<Digest> order_;  // of beginning; some of them are spent
};

}  // namespace anlan::platform
