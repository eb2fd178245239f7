#include "platform/environment.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include <sodium.h>
#include <unistd.h>

#include "base/bytes.h"

namespace anlan::platform {

std::string locale_name() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value && *value) return value;
  }
  return {};
}

std::string credential_file(std::string_view name) {
  const char* folder = std::getenv("CREDENTIALS_DIRECTORY");
  if (!folder || !*folder) return {};
  return std::string(folder) + "/" + std::string(name);
}

std::vector<std::pair<std::string, std::string>> variables_of(std::string_view prefix) {
  std::vector<std::pair<std::string, std::string>> found;
  for (char** at = environ; at && *at; ++at) {
    const std::string_view line(*at);
    const std::size_t equals = line.find('=');
    if (!line.starts_with(prefix) || equals == std::string_view::npos) continue;
    found.emplace_back(line.substr(prefix.size(), equals - prefix.size()), line.substr(equals + 1));
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::string environment_text(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value ? value : "";
}

std::string random_command_key() {
  std::array<std::byte, 16> bits{};
  randombytes_buf(bits.data(), bits.size());
  return to_hex(bits);
}

}  // namespace anlan::platform
