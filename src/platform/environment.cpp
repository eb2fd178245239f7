#include "platform/environment.h"

#include <array>
#include <cstdlib>

#include <sodium.h>

#include "base/bytes.h"

namespace anlan::platform {

std::string locale_name() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value && *value) return value;
  }
  return {};
}

std::string random_command_key() {
  std::array<std::byte, 16> bits{};
  randombytes_buf(bits.data(), bits.size());
  return to_hex(bits);
}

}  // namespace anlan::platform
