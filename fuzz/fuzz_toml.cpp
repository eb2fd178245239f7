// parse_toml gives a tree that JSON can carry, or a refusal with a place.
#include <cstdint>

#include "base/check.h"
#include "formats/json.h"
#include "formats/toml.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace anlan::formats;
  const std::string text(data, data + size);
  const auto parsed = parse_toml(text, "f");
  if (!parsed.ok()) {
    ANLAN_CHECK(parsed.refusal().at.line >= 1);
    return 0;
  }
  const std::string written = write_json(*parsed);
  const auto again = parse_json(written, "f");
  ANLAN_CHECK(again.ok());
  ANLAN_CHECK(write_json(*again) == written);
  return 0;
}
