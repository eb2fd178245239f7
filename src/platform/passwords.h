// Passwords of people: which ones are taken, and their argon2id hashes by libsodium. The texts that
// are kept carry their own parameters and salt.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace anlan::platform {

inline constexpr std::size_t kPasswordSignsMin = 12;  // code points
inline constexpr std::size_t kPasswordBytesMax = 200;

// 19 MiB and two passes: the second of the equal choices of the OWASP Password Storage Cheat Sheet;
// about 33 ms of one core.
struct PasswordCost {
  unsigned long long passes = 2;
  std::size_t memory_bytes = std::size_t{19} << 20;
};

// Refuses, without the password in it: kPasswordTooShort (args min), kPasswordTooLong (args max),
// kPasswordHoldsLogin (it or its part before "@", of three signs or more), kPasswordUsual (one of
// the first that anybody tries, or of fewer than four different bytes). `login` in lower case.
Result<Done> check_new_password(std::string_view password, std::string_view login);

// Refuses kPasswordNotHashed when there is no memory for it.
Result<std::string> hash_password(std::string_view password, const PasswordCost& cost);
// False also when there is no memory: it fails closed.
bool verify_password(const std::string& hash, std::string_view password);
bool needs_new_hash(const std::string& hash, const PasswordCost& cost);

}  // namespace anlan::platform
