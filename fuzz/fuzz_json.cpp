// parse_json takes what its grammar takes, and reads what write_json writes of it.
#include <cstdint>

#include "base/check.h"
#include "formats/json.h"
#include "formats/json_grammar.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace anlan::formats;
  const std::string text(data, data + size);
  const auto parsed = parse_json(text, "f");
  ANLAN_CHECK(parsed.ok() == !find_json_fault(text, "f").has_value());
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
