#include "platform/passwords.h"

#include <doctest/doctest.h>

#include "platform/refusals.h"

namespace anlan::platform {
namespace {

constexpr PasswordCost kCheap{.passes = 1, .memory_bytes = 8'192};

// The name of the refusal, or "".
std::string_view said(std::string_view password, std::string_view login = "li.ming@example.cn") {
  const auto checked = check_new_password(password, login);
  if (checked.ok()) return "";
  CHECK(checked.refusal().value == "");
  return checked.refusal().code.name;
}

TEST_CASE("refusal 8067 password_too_short: 12 signs are the least, whatever their bytes") {
  CHECK(said("correct hor") == "password_too_short");
  CHECK(said("correct hors") == "");
  CHECK(said("安澜天下水长流不息千里") == "password_too_short");  // 11 signs of three bytes
  CHECK(said("安澜天下水长流不息千里行") == "");
}

TEST_CASE("refusal 8068 password_too_long: 200 bytes are the most") {
  std::string text;
  while (text.size() < kPasswordBytesMax) text += "seventeen boats. ";
  text.resize(kPasswordBytesMax);
  CHECK(said(text) == "");
  CHECK(said(text + "x") == "password_too_long");
}

TEST_CASE("refusal 8069 password_holds_login: the login, or its name part, in any case") {
  CHECK(said("my li.ming@example.cn 7") == "password_holds_login");
  CHECK(said("Seven LI.MING ships") == "password_holds_login");
  CHECK(said("seven lip ming ships") == "");
  CHECK(said("seven small ships", "li") == "");  // two signs are in any text
}

TEST_CASE("refusal 8070 password_usual: the first that anybody tries") {
  for (const std::string_view password :
       {"123456789012", "Password2026!", "PASSWORDPASSWORD", "qwertyuiop[]", "woaini1314520",
        "aaaaaaaaaaaa", "121212121212", "Administrator", "correcthorsebatterystaple"}) {
    CAPTURE(password);
    CHECK(said(password) == "password_usual");
  }
  CHECK(said("password of the year") == "");
}

TEST_CASE("passwords: a hash is argon2id, verifies its password only, and is salted") {
  const std::string hash = hash_password("seven small ships", kCheap).value();
  CHECK(hash.starts_with("$argon2id$"));
  CHECK(verify_password(hash, "seven small ships"));
  CHECK_FALSE(verify_password(hash, "seven small ship"));
  CHECK_FALSE(verify_password("", "seven small ships"));
  CHECK_FALSE(verify_password("$argon2id$garbage", "seven small ships"));
  CHECK(hash_password("seven small ships", kCheap).value() != hash);
}

TEST_CASE("passwords: a hash of other parameters is to be made anew") {
  const std::string hash = hash_password("seven small ships", kCheap).value();
  CHECK_FALSE(needs_new_hash(hash, kCheap));
  CHECK(needs_new_hash(hash, {.passes = 2, .memory_bytes = 8'192}));
  CHECK(needs_new_hash(hash, PasswordCost{}));
  const std::string full = hash_password("seven small ships", PasswordCost{}).value();
  CHECK(full.find("$m=19456,t=2,p=1$") != std::string::npos);
}

TEST_CASE("refusal 8071 password_not_hashed: no memory") {
  const auto refused = hash_password("seven small ships", {.passes = 2, .memory_bytes = SIZE_MAX});
  REQUIRE(!refused.ok());
  CHECK(refused.refusal().code == refusals::kPasswordNotHashed);
}

}  // namespace
}  // namespace anlan::platform
