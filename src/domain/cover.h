// Covers: the codes of the coverage taxonomy (REFERENCE.md 3.1) and what is known about each.
#pragma once

#include <span>
#include <string_view>

#include "base/fields.h"
#include "base/id.h"

namespace anlan::domain {

struct CoverTag {};
using CoverCode = Name<CoverTag>;  // "FP.BI"; a sub-head appends to it: "FP.EXT.RANSOM"

// The pilot's split of cyber insurance: first-party (property) or third-party (liability).
enum class CoverSide : std::uint8_t { kProperty = 1, kLiability = 2 };
constexpr auto enum_names(CoverSide*) {
  return std::array{EnumName<CoverSide>{CoverSide::kProperty, "property"},
                    EnumName<CoverSide>{CoverSide::kLiability, "liability"}};
}

struct CoverKind {
  std::string_view code;
  CoverSide side;
  std::string_view zh;
  std::string_view en;
};

std::span<const CoverKind> cover_kinds();                 // 31, in the order of the taxonomy
std::span<const CoverKind> sub_heads();                   // heads below a cover: "FP.EXT.RANSOM"
const CoverKind* find_cover_kind(std::string_view code);  // nullptr: not in the taxonomy
const CoverKind* find_head(std::string_view head);        // a cover or a sub-head; nullptr: neither
// "FP.EXT.RANSOM" -> "FP.EXT"; "TP.REG.DEF" is a cover of its own; a code outside the taxonomy is
// its own section. O(covers).
std::string_view section_of_head(std::string_view head);
// Whether the head is the code or below it: "FP.EXT.RANSOM" belongs to "FP.EXT", "FP.CBI_NONIT" not
// to "FP.CBI".
bool belongs_to(std::string_view head, std::string_view code);

}  // namespace anlan::domain
