// Sectors of GB/T 4754-2017 (Industrial classification for national economic activities): a section
// letter and up to four digits (division, group, class): "C", "C39", "C3982".
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace anlan::domain {

// A section owns the divisions [first, last].
struct SectorSection {
  char letter;
  int first;
  int last;
  std::string_view zh;
  std::string_view en;
};

std::span<const SectorSection> sector_sections();  // A to T
const SectorSection* find_sector_section(char letter);

// Upper case. Refuses kSectorMalformed (not a letter and 0 or 2 to 4 digits), kSectorUnknown (no
// such section, or a division of another section; args section with the divisions it owns).
Result<std::string> parse_sector(std::string_view text, std::string_view path);

}  // namespace anlan::domain
