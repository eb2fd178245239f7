#include "platform/sign_in_limits.h"

#include <string>

#include <doctest/doctest.h>

namespace anlan::platform {
namespace {

Instant at_second(std::int64_t second) { return Instant::from_micros(second * 1'000'000); }
Digest who(const std::string& name) { return sha256(bytes_of(name)); }

TEST_CASE("sign-in limits: the try after five waits until the first is 15 minutes old") {
  SignInLimits limits;
  for (std::int64_t second = 0; second < 5; ++second) {
    CHECK(limits.start_try(who("a"), 5, at_second(second)) == 0);
  }
  CHECK(limits.start_try(who("a"), 5, at_second(10)) == 890);
  CHECK(limits.start_try(who("a"), 5, Instant::from_micros(899'000'001)) == 1);
  CHECK(limits.start_try(who("b"), 5, at_second(10)) == 0);
  CHECK(limits.start_try(who("a"), 5, at_second(900)) == 0);
  CHECK(limits.start_try(who("a"), 5, at_second(900)) == 1);  // the second was made at 1
}

TEST_CASE("sign-in limits: a try that was no failure and a success are forgotten") {
  SignInLimits limits;
  for (int i = 0; i < 20; ++i) {
    CHECK(limits.start_try(who("a"), 2, at_second(0)) == 0);
    limits.forget_try(who("a"));
  }
  CHECK(limits.size() == 0);
  for (int i = 0; i < 2; ++i) CHECK(limits.start_try(who("a"), 2, at_second(0)) == 0);
  CHECK(limits.start_try(who("a"), 2, at_second(0)) == 900);
  limits.forget(who("a"));
  CHECK(limits.start_try(who("a"), 2, at_second(0)) == 0);
  limits.forget_try(who("nobody"));
}

TEST_CASE("sign-in limits: a clock that is set back makes nobody wait longer than the window") {
  SignInLimits limits;
  CHECK(limits.start_try(who("a"), 1, at_second(1'000'000)) == 0);
  CHECK(limits.start_try(who("a"), 1, at_second(0)) == 900);
  CHECK(limits.start_try(who("a"), 1, at_second(900)) == 0);
}

TEST_CASE("sign-in limits: the number of those who are watched is bounded, the newest are kept") {
  SignInLimits limits;
  const auto name = [](std::size_t i) { return who(std::to_string(i)); };
  for (std::size_t i = 0; i < kGuessersMax + 2; ++i) {
    REQUIRE(limits.start_try(name(i), 1, at_second(i < 2 ? 0 : 1)) == 0);
  }
  CHECK(limits.size() == kGuessersMax);
  CHECK(limits.start_try(name(kGuessersMax + 1), 1, at_second(1)) == 900);
  CHECK(limits.start_try(name(0), 1, at_second(1)) == 0);  // was the oldest
  CHECK(limits.start_try(name(3), 1, at_second(2'000)) == 0);
}

}  // namespace
}  // namespace anlan::platform
