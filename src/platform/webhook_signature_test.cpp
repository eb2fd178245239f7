#include "platform/webhook_signature.h"

#include <vector>

#include <doctest/doctest.h>

using namespace anlan;
using namespace anlan::platform;

namespace {

constexpr std::string_view kBody = R"({"id":"evt_57"})";
constexpr std::int64_t kThen = 1'765'432'100;

SignatureState judged(std::string_view header, std::int64_t now = kThen,
                      std::string_view body = kBody,
                      const std::vector<std::string>& secrets = {"whs_TEST"}) {
  return check_webhook_signature({.header = header, .body = body}, secrets, now);
}

}  // namespace

// The codes are of Python 3.11: hmac.new(secret, b"%d." % t + body, hashlib.sha256).hexdigest().
TEST_CASE("signature: the codes that Python's hmac gives") {
  CHECK(webhook_hmac("whs_TEST", kThen, kBody) ==
        "f839f2b17fdc398131acc2edefc1108a1efc68cbdb71f8d901b51fb891218ad7");
  CHECK(webhook_hmac(std::string(100, 'k'), 0, "") ==
        "243c2f8200e1d4ee892e7a7ded377a65e2beb1c64b997c54b8b0f516216d4b0f");
  CHECK(webhook_hmac("密", 1, "安澜") ==
        "908bb663e0044557fb5c5ad48e85497e5aaeb5c080c5af7d8f70190f41713e74");
}

TEST_CASE("signature: right for one of the secrets, for this body and this time alone") {
  const std::vector<std::string> secrets{"whs_TEST", "whs_OLD"};
  const std::string header = webhook_signature(secrets, kThen, kBody);
  CHECK(header.starts_with("t=1765432100,v1=f839f2b1"));
  CHECK(judged(header) == SignatureState::kRight);
  CHECK(judged(header, kThen, kBody, {"whs_OLD"}) == SignatureState::kRight);
  CHECK(judged(header, kThen, kBody, {"whs_NEITHER", "whs_OLD"}) == SignatureState::kRight);
  CHECK(judged(header, kThen, kBody, {"whs_NEITHER"}) == SignatureState::kWrong);
  CHECK(judged(header, kThen, R"({"id":"evt_58"})") == SignatureState::kWrong);
  std::string later = header;
  later.replace(2, 10, "1765432101");
  CHECK(judged(later) == SignatureState::kWrong);
}

TEST_CASE("signature: five minutes old is right, a second more is stale, and so is the future") {
  const std::string header = webhook_signature(std::vector<std::string>{"whs_TEST"}, kThen, kBody);
  CHECK(judged(header, kThen + 300) == SignatureState::kRight);
  CHECK(judged(header, kThen + 301) == SignatureState::kStale);
  CHECK(judged(header, kThen - 300) == SignatureState::kRight);
  CHECK(judged(header, kThen - 301) == SignatureState::kStale);
}

TEST_CASE("signature: headers that are none") {
  const std::string code = webhook_hmac("whs_TEST", kThen, kBody);
  for (const std::string& header :
       {std::string(), std::string("t=1765432100"), "v1=" + code, "t=,v1=" + code,
        "t=1765432100x,v1=" + code, "t=-1,v1=" + code, "t=1765432100,t=1765432100,v1=" + code,
        "t=99999999999999999999,v1=" + code, std::string("t=1765432100,v2=ab")}) {
    CAPTURE(header);
    CHECK(judged(header) == SignatureState::kMissing);
  }
  CHECK(judged("t=1765432100,v1=") == SignatureState::kWrong);
  CHECK(judged("t=1765432100,v1=" + code.substr(1)) == SignatureState::kWrong);
  CHECK(judged("v2=later,v1=" + code + ",t=1765432100") == SignatureState::kRight);
}

TEST_CASE("signature: secrets are new each time, of 256 bits") {
  const std::string one = new_webhook_secret();
  CHECK(one.starts_with("whs_"));
  CHECK(one.size() == 56);
  CHECK(one != new_webhook_secret());
}
