// Feeds many event streams from what can be looked up again: one thread asks, for each of them,
// what is new. What a reader has not taken waits where it is looked up, not in memory.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "platform/http_events.h"

namespace anlan::platform {

// What is new for one stream since the last look.
struct FeedLook {
  std::vector<ServerEvent> events;
  bool more = false;   // there is more at once
  bool ended = false;  // nothing will come any more, or the reader may not go on
};

struct EventFeedOptions {
  std::size_t streams_max = 200;
  std::size_t streams_of_one_max = 20;  // of one owner
  // Beyond this nothing is looked up for a stream until its reader has taken what waits.
  std::size_t queued_bytes_max = std::size_t{64} << 10;
  // How long a reader may leave that waiting; then it is dropped.
  std::chrono::milliseconds stalled_max{10'000};
  std::chrono::milliseconds look_every{100};
};

// Thread rule: open() and count() from any thread; looks are called on the feed's own, one after
// the other, and must not call the feed.
class EventFeed {
 public:
  using Look = std::function<FeedLook()>;

  explicit EventFeed(EventFeedOptions options = {});
  EventFeed(const EventFeed&) = delete;
  EventFeed& operator=(const EventFeed&) = delete;
  ~EventFeed();  // closes all

  struct Opened {
    std::shared_ptr<EventStream> stream;  // none: there are as many as may be
    std::size_t limit = 0;                // which limit that is
  };
  Opened open(const std::string& owner, Look look);
  std::size_t count() const;

 private:
  struct State;
  static void run(State& state);
  std::unique_ptr<State> state_;
};

}  // namespace anlan::platform
