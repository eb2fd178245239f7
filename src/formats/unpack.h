// What came packed: gzip of a batch, a ZIP archive of logs. A sender that we do not control may
// send some kilobytes that unpack to terabytes: every limit is counted on what comes out, and what
// the archive says of its own sizes is not believed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace anlan::formats {

struct UnpackLimits {
  std::size_t bytes_max = std::size_t{64} << 20;  // of all entries together
  std::size_t ratio_max = 200;  // unpacked to packed; JSON lines come to some 30, seldom to 100
  std::size_t entries_max = 1'000;
  int depth_max = 2;  // archives inside archives
};
// Below this size the ratio says nothing: a short run of one sign packs by a thousand.
inline constexpr std::size_t kRatioFrom = std::size_t{1} << 20;

struct Unpacked {
  std::string name;  // "logs/eve.json", of gzip the name that was given, of inner ones "a.zip/b"
  std::string text;
};

// gzip (several members after each other are one entry) and ZIP, in each other as well; any other
// bytes are one entry as they are. Refuses kArchiveBroken (args detail) and kArchiveTooLarge (args
// limit: bytes, ratio, entries, depth; max). Folders are passed over, names are not used as paths.
Result<std::vector<Unpacked>> unpack(BytesView bytes, std::string_view name,
                                     const UnpackLimits& limits = {});

}  // namespace anlan::formats
