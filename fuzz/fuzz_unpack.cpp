// Archives of any bytes never unpack beyond their limits.
#include <cstdint>

#include "base/check.h"
#include "formats/unpack.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace anlan;
  using namespace anlan::formats;
  const UnpackLimits limits{
      .bytes_max = std::size_t{4} << 20, .ratio_max = 50, .entries_max = 20, .depth_max = 2};
  const auto done = unpack({reinterpret_cast<const std::byte*>(data), size}, "f", limits);
  if (!done.ok()) return 0;
  std::size_t bytes = 0;
  for (const Unpacked& entry : *done) bytes += entry.text.size();
  ANLAN_CHECK(done->size() <= limits.entries_max);
  ANLAN_CHECK(bytes <= limits.bytes_max);
  return 0;
}
