#include "platform/passwords.h"

#include <algorithm>
#include <array>
#include <bitset>

#include <sodium.h>

#include "base/utf8.h"
#include "platform/refusals.h"

namespace anlan::platform {
namespace {

// assumption: of the lists of passwords most often found in leaks, those that the rules of length
// let through, in lower case.
constexpr std::string_view kUsual[] = {
    "123456789012",    "1234567890123", "12345678901234",   "123456789abc",
    "1234567890ab",    "1234567890qwe", "098765432109",     "0987654321098",
    "987654321098",    "012345678901",  "0123456789ab",     "1q2w3e4r5t6y",
    "1q2w3e4r5t6y7u",  "1qaz2wsx3edc",  "1qaz2wsx3edc4rfv", "qwerty123456",
    "qwertyuiop12",    "qwertyuiop123", "qazwsxedcrfv",     "q1w2e3r4t5y6",
    "a1b2c3d4e5f6",    "abc123456789",  "abcd12345678",     "abcdef123456",
    "abcdefghijkl",    "asdfghjkl123",  "zxcvbnm12345",     "asdf1234asdf",
    "qwer1234qwer",    "woaini1314520", "woaini520520",     "5201314520131",
    "520131452013",    "woaiwojia123",  "aini13145201",     "a123456789012",
    "aa1234567890",    "a1234567890b",  "letmein12345",     "iloveyou1234",
    "iloveyou12345",   "passw0rd1234",  "p@ssw0rd1234",     "p@ssword1234",
    "admin1234567",    "admin12345678", "root12345678",     "test12345678",
    "welcome12345",    "changeme1234",  "administrator1",   "correcthorsebatterystaple",
    "trustno1trustno1"};

// The same with any digits and marks behind them.
constexpr std::string_view kUsualStems[] = {
    "password",  "passwordpassword", "passw0rd",   "p@ssw0rd",
    "p@ssword",  "administrator",    "qwertyuiop", "qwertyuiopasdfghjkl",
    "qwerty",    "iloveyou",         "letmein",    "welcome",
    "changeme",  "adminadmin",       "rootroot",   "testtesttest",
    "woaini",    "wodemima",         "mimamima",   "abcdefg",
    "asdfghjkl", "zxcvbnm",          "anlananlan", "anlan"};

std::string lower_case(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return out;
}

bool is_usual(std::string_view password) {
  std::bitset<256> seen;
  for (const char c : password) seen.set(static_cast<unsigned char>(c));
  if (seen.count() < 4) return true;
  const auto is_tail = [](char c) {  // digits and marks of ASCII
    return static_cast<unsigned char>(c) < 0x80 && !(c >= 'a' && c <= 'z');
  };
  std::string_view stem = password;
  while (!stem.empty() && is_tail(stem.back())) stem.remove_suffix(1);
  const auto among = [](const auto& list, std::string_view text) {
    return std::find(std::begin(list), std::end(list), text) != std::end(list);
  };
  return among(kUsual, password) || among(kUsualStems, stem);
}

bool holds(std::string_view password, std::string_view word) {
  return word.size() >= 3 && password.find(word) != std::string_view::npos;
}

Refusal about(RefusalCode code, std::vector<RefusalArg> args = {}) {
  return Refusal{.code = code, .path = "password", .value = {}, .args = std::move(args), .at = {}};
}

}  // namespace

Result<Done> check_new_password(std::string_view password, std::string_view login) {
  if (count_code_points(password) < kPasswordSignsMin) {
    return about(refusals::kPasswordTooShort,
                 {{.name = "min", .value = std::to_string(kPasswordSignsMin)}});
  }
  if (password.size() > kPasswordBytesMax) {
    return about(refusals::kPasswordTooLong,
                 {{.name = "max", .value = std::to_string(kPasswordBytesMax)}});
  }
  std::string small = lower_case(password);
  const bool holds_login = holds(small, login) || holds(small, login.substr(0, login.find('@')));
  const bool usual = is_usual(small);
  sodium_memzero(small.data(), small.size());
  if (holds_login) return about(refusals::kPasswordHoldsLogin);
  if (usual) return about(refusals::kPasswordUsual);
  return Done{};
}

Result<std::string> hash_password(std::string_view password, const PasswordCost& cost) {
  std::array<char, crypto_pwhash_STRBYTES> text{};
  if (crypto_pwhash_str_alg(text.data(), password.data(), password.size(), cost.passes,
                            cost.memory_bytes, crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return about(refusals::kPasswordNotHashed);
  }
  return std::string(text.data());
}

bool verify_password(const std::string& hash, std::string_view password) {
  return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

bool needs_new_hash(const std::string& hash, const PasswordCost& cost) {
  return crypto_pwhash_str_needs_rehash(hash.c_str(), cost.passes, cost.memory_bytes) != 0;
}

}  // namespace anlan::platform
