// Page flow: which strip of a document stands on which page, and how far from the page's top.
// Pure arithmetic on heights in points; it knows nothing of fonts or drawing.
#pragma once

#include <cstddef>
#include <limits>
#include <span>
#include <vector>

namespace anlan::formats {

inline constexpr std::size_t kNoStrip = std::numeric_limits<std::size_t>::max();

// What is never broken: a line of text, a row of a table, a chart.
struct Strip {
  double height = 0.0;
  double gap = 0.0;             // white above it; left out at the top of a page
  bool with_next = false;       // stands on one page with the strip that follows
  std::size_t head = kNoStrip;  // the strip that is repeated above it when it begins a page
};

struct PlacedStrip {
  std::size_t strip = 0;
  std::size_t page = 0;  // from 0
  double top = 0.0;
};

// The strips in their order on pages of `page_height`. A chain of strips that stay together moves
// to the next page as a whole; one that is higher than a page is broken where the page ends. A
// strip that is higher than a page stands on a page of its own and sticks out. Cost: linear.
std::vector<PlacedStrip> flow(std::span<const Strip> strips, double page_height);

}  // namespace anlan::formats
