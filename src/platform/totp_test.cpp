#include "platform/totp.h"

#include <doctest/doctest.h>

namespace anlan::platform {
namespace {

const BytesView kSecret = bytes_of("12345678901234567890");

Instant at_second(std::int64_t second) { return Instant::from_micros(second * 1'000'000); }

TEST_CASE("totp: the numbers are those of RFC 4226, appendix D") {
  const std::uint32_t rows[] = {1284755224, 1094287082, 137359152, 1726969429, 1640338314,
                                868254676,  1918287922, 82162583,  673399871,  645520489};
  for (std::uint64_t counter = 0; counter < std::size(rows); ++counter) {
    CAPTURE(counter);
    CHECK(hotp_number(kSecret, counter) == rows[counter]);
  }
}

TEST_CASE("totp: the codes are those of RFC 6238, appendix B, SHA-1") {
  struct Row {
    std::int64_t second;
    std::uint32_t code;  // 8 digits
  };
  const Row rows[] = {{59, 94287082},         {1111111109, 7081804},  {1111111111, 14050471},
                      {1234567890, 89005924}, {2000000000, 69279037}, {20000000000, 65353130}};
  for (const Row& row : rows) {
    CAPTURE(row.second);
    const std::int64_t step = totp_step(at_second(row.second));
    CHECK(hotp_number(kSecret, static_cast<std::uint64_t>(step)) % 100'000'000 == row.code);
    CHECK(std::stoul(totp_code(kSecret, step)) == row.code % 1'000'000);
    CHECK(totp_code(kSecret, step).size() == 6);
  }
}

TEST_CASE("totp: a code works in its own step, the one before and the one after, to the second") {
  const std::string code = totp_code(kSecret, 100);  // seconds 3000 to 3029
  const auto matches = [&](std::int64_t second) {
    return match_totp(kSecret, code, at_second(second), -1).has_value();
  };
  CHECK_FALSE(matches(2'969));
  CHECK(matches(2'970));
  CHECK(matches(3'000));
  CHECK(matches(3'059));
  CHECK_FALSE(matches(3'060));
  CHECK(match_totp(kSecret, code, at_second(3'000), 99) == 100);
}

TEST_CASE("totp: a used code, a wrong one and one of another length do not match") {
  const Instant at = at_second(3'000);
  CHECK_FALSE(match_totp(kSecret, totp_code(kSecret, 100), at, 100).has_value());
  CHECK_FALSE(match_totp(kSecret, totp_code(kSecret, 99), at, 100).has_value());
  CHECK(match_totp(kSecret, totp_code(kSecret, 101), at, 100) == 101);
  CHECK_FALSE(match_totp(kSecret, totp_code(kSecret, 102), at, -1).has_value());
  CHECK_FALSE(match_totp(kSecret, "", at, -1).has_value());
  CHECK_FALSE(match_totp(kSecret, totp_code(kSecret, 100) + "0", at, -1).has_value());
  CHECK(match_totp(kSecret, totp_code(kSecret, 0), at_second(0), -1) == 0);
}

TEST_CASE("totp: the address that enrols an app escapes what has a meaning in it") {
  CHECK(otpauth_uri(kSecret, {.issuer = "An lan", .login = "li+a@example.cn"}) ==
        "otpauth://totp/An%20lan:li%2Ba%40example.cn?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
        "&issuer=An%20lan&algorithm=SHA1&digits=6&period=30");
}

}  // namespace
}  // namespace anlan::platform
