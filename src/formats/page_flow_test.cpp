#include "formats/page_flow.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace anlan::formats {
namespace {

using Pages = std::vector<std::vector<std::size_t>>;  // the strips of each page

Pages pages_of(std::span<const Strip> strips, double height) {
  Pages pages;
  for (const PlacedStrip& placed : flow(strips, height)) {
    if (pages.size() <= placed.page) pages.resize(placed.page + 1);
    pages[placed.page].push_back(placed.strip);
  }
  return pages;
}

TEST_CASE("page flow: strips fill a page and go on at the top of the next, without their gap") {
  const std::vector<Strip> strips{
      {.height = 40}, {.height = 40, .gap = 20}, {.height = 40, .gap = 9}};
  const auto placed = flow(strips, 100);
  REQUIRE(placed.size() == 3);
  CHECK(placed[1].page == 0);
  CHECK(placed[1].top == 60.0);
  CHECK(placed[2].page == 1);
  CHECK(placed[2].top == 0.0);
}

TEST_CASE(
    "page flow: what stays together moves together, and is broken only when a page is too low") {
  struct Row {
    std::string_view what;
    std::vector<Strip> strips;
    Pages pages;
  };
  const std::vector<Row> rows{
      {"nothing", {}, {}},
      {"a heading goes with its text",
       {{.height = 60}, {.height = 20, .with_next = true}, {.height = 30}},
       {{0}, {1, 2}}},
      {"a chain of three",
       {{.height = 30},
        {.height = 30, .with_next = true},
        {.height = 30, .with_next = true},
        {.height = 30}},
       {{0}, {1, 2, 3}}},
      {"a chain that no page can hold is broken where the page ends",
       {{.height = 30, .with_next = true},
        {.height = 60, .with_next = true},
        {.height = 60, .with_next = true},
        {.height = 30}},
       {{0, 1}, {2, 3}}},
      {"a strip that is too high stands alone",
       {{.height = 30}, {.height = 130}, {.height = 30}},
       {{0}, {1}, {2}}},
      {"the head is repeated above the row that begins a page",
       {{.height = 20, .with_next = true},
        {.height = 40, .head = 0},
        {.height = 40, .head = 0},
        {.height = 40, .head = 0}},
       {{0, 1, 2}, {0, 3}}},
      {"the last two rows stay together below their head",
       {{.height = 20, .with_next = true},
        {.height = 40, .head = 0},
        {.height = 39, .with_next = true, .head = 0},
        {.height = 39, .head = 0}},
       {{0, 1}, {0, 2, 3}}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    CHECK(pages_of(row.strips, 100) == row.pages);
  }
}

TEST_CASE(
    "page flow: every strip once, in order, within its page, and together where a page allows") {
  const bool holds = rc::check("flow of random strips", [] {
    constexpr double kHeight = 100.0;
    std::vector<Strip> strips(*rc::gen::inRange<std::size_t>(0, 60));
    for (std::size_t i = 0; i < strips.size(); ++i) {
      strips[i].height = *rc::gen::inRange(1, 45);
      strips[i].gap = *rc::gen::inRange(0, 9);
      strips[i].with_next = *rc::gen::inRange(0, 5) == 0;
      if (i > 0 && *rc::gen::arbitrary<bool>()) strips[i].head = 0;
    }
    std::vector<std::size_t> page(strips.size());
    std::size_t next = 0;
    double bottom = 0.0;
    std::size_t at = 0;
    for (const PlacedStrip& placed : flow(strips, kHeight)) {
      RC_ASSERT(placed.page == at || placed.page == at + 1);
      if (placed.page != at) bottom = 0.0;
      at = placed.page;
      RC_ASSERT(placed.top >= bottom);
      bottom = placed.top + strips[placed.strip].height;
      RC_ASSERT(bottom <= kHeight);
      if (placed.strip == next) {
        page[next++] = placed.page;
      } else {
        RC_ASSERT(placed.top == 0.0);  // a head, repeated
        RC_ASSERT(placed.strip == strips[next].head);
      }
    }
    RC_ASSERT(next == strips.size());
    for (std::size_t i = 0; i + 1 < strips.size(); ++i) {
      const bool pair =
          strips[i].with_next && !strips[i + 1].with_next && (i == 0 || !strips[i - 1].with_next);
      const double head = strips[i].head == kNoStrip ? 0.0 : strips[0].height;
      if (pair &&
          head + strips[i].gap + strips[i].height + strips[i + 1].gap + strips[i + 1].height <=
              kHeight) {
        RC_ASSERT(page[i] == page[i + 1]);
      }
    }
  });
  CHECK(holds);
}

}  // namespace
}  // namespace anlan::formats
