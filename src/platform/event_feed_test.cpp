#include "platform/event_feed.h"

#include <atomic>

#include <doctest/doctest.h>

#include "platform/http_testing.h"

using namespace anlan;
using namespace anlan::platform;
using namespace anlan::platform::testing;
using namespace std::chrono_literals;

namespace {

ServerEvent numbered(int number) { return {.name = {}, .data = "x", .id = std::to_string(number)}; }

std::string all_of(EventStream& stream) {
  std::string all;
  soon([&] {
    all += stream.take();
    return !stream.open() && stream.queued() == 0;
  });
  return all;
}

}  // namespace

TEST_CASE("feed: what is looked up arrives in order, to the end") {
  EventFeed feed({.look_every = 1ms});
  int next = 0;
  const EventFeed::Opened opened = feed.open("a", [next]() mutable {
    FeedLook look{.events = {numbered(next)}, .more = next % 2 == 0, .ended = next == 5};
    ++next;
    return look;
  });
  REQUIRE(opened.stream);
  std::string expected;
  for (int number = 0; number <= 5; ++number) expected += event_text(numbered(number));
  CHECK(all_of(*opened.stream) == expected);
  CHECK(soon([&] { return feed.count() == 0; }));
}

TEST_CASE("feed: nothing is looked up for a reader who has no room; who takes nothing is dropped") {
  std::atomic<int> looks{0};
  EventFeed feed({.queued_bytes_max = 100, .stalled_max = 200ms, .look_every = 1ms});
  const EventFeed::Opened opened = feed.open("a", [&looks] {
    return FeedLook{.events = {numbered(++looks)}, .more = true, .ended = false};
  });
  REQUIRE(opened.stream);
  CHECK(soon([&] { return opened.stream->queued() >= 100; }));
  const int until_full = looks;
  CHECK(until_full < 30);
  CHECK(opened.stream->take().size() >= 100);
  CHECK(soon([&] { return looks > until_full; }));  // there is room again
  CHECK(soon([&] { return !opened.stream->open(); }));
  CHECK(opened.stream->overrun());
  CHECK(looks < 60);
}

TEST_CASE("feed: as many streams as may be, of one and in all; places become free") {
  EventFeed feed({.streams_max = 3, .streams_of_one_max = 2, .look_every = 1ms});
  const auto nothing = [] { return FeedLook{}; };
  const EventFeed::Opened first = feed.open("a", nothing);
  const EventFeed::Opened second = feed.open("a", nothing);
  REQUIRE(first.stream);
  REQUIRE(second.stream);
  const EventFeed::Opened third = feed.open("a", nothing);
  CHECK(!third.stream);
  CHECK(third.limit == 2);
  const EventFeed::Opened other = feed.open("b", nothing);
  CHECK(other.stream);
  const EventFeed::Opened one_more = feed.open("c", nothing);
  CHECK(!one_more.stream);
  CHECK(one_more.limit == 3);
  first.stream->detach();  // its reader has gone
  CHECK(feed.open("a", nothing).stream);
}

TEST_CASE("feed: its end closes what is open") {
  std::shared_ptr<EventStream> stream;
  {
    EventFeed feed;
    stream = feed.open("a", [] { return FeedLook{}; }).stream;
    CHECK(stream->open());
  }
  CHECK(!stream->open());
}
