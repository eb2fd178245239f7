// How often somebody may guess. A try counts as failed from its start until it is known better, so
// that tries made at once cannot outrun the count. Kept in memory only: a restart forgets.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "base/sha256.h"
#include "base/time.h"

namespace anlan::platform {

inline constexpr std::int64_t kGuessWindowMinutes = 15;
// Above it the one that was tried longest ago is forgotten. A try costs 33 ms, so that a core
// cannot make so many within a window.
inline constexpr std::size_t kGuessersMax = 100'000;

// A digest is spread evenly already.
struct DigestHash {
  std::size_t operator()(const Digest& digest) const;
};

// One thread.
class SignInLimits {
 public:
  // 0: the try may be made and is counted. Else: the whole seconds until one may be made, rounded
  // up; nothing is counted.
  std::int64_t start_try(const Digest& who, std::size_t tries_max, Instant now);
  void forget_try(const Digest& who);  // the last one: it was no failure
  void forget(const Digest& who);      // all of them: it succeeded
  std::size_t size() const { return tries_.size(); }

 private:
  void make_room(Instant now);
  std::unordered_map<Digest, std::vector<Instant>, DigestHash> tries_;  // in order, at most the max
};

}  // namespace anlan::platform
