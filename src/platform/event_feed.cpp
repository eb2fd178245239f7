#include "platform/event_feed.h"

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

namespace anlan::platform {
namespace {

using SteadyClock = std::chrono::steady_clock;

// The pause before the next look while somebody has more to come.
constexpr std::chrono::milliseconds kSoon{2};

struct Reader {
  std::string owner;
  EventFeed::Look look;
  std::shared_ptr<EventStream> stream;
  std::uint64_t taken = 0;
  SteadyClock::time_point moved = SteadyClock::now();
};

// Whether there is room for more, now; a reader that has taken nothing for too long is dropped.
bool has_room(Reader& reader, const EventFeedOptions& options) {
  const SteadyClock::time_point now = SteadyClock::now();
  const std::uint64_t taken = reader.stream->taken();
  if (std::exchange(reader.taken, taken) != taken || reader.stream->queued() == 0)
    reader.moved = now;
  if (reader.stream->queued() < options.queued_bytes_max) return true;
  if (now - reader.moved >= options.stalled_max) reader.stream->drop();
  return false;
}

// True: there is more to come at once.
bool feed(Reader& reader, const EventFeedOptions& options) {
  if (!has_room(reader, options)) return false;
  const FeedLook look = reader.look();
  for (const ServerEvent& event : look.events) {
    if (!reader.stream->push(event)) return false;
  }
  if (look.ended) reader.stream->close();
  return look.more && !look.ended;
}

}  // namespace

struct EventFeed::State {
  explicit State(EventFeedOptions given) : options(given) {}
  const EventFeedOptions options;
  mutable std::mutex mutex;
  std::condition_variable changed;
  bool ending = false;  // under mutex, with the next
  std::vector<std::shared_ptr<Reader>> readers;
  std::thread thread;
};

EventFeed::EventFeed(EventFeedOptions options) : state_(std::make_unique<State>(options)) {
  state_->thread = std::thread([state = state_.get()] { run(*state); });
}

EventFeed::~EventFeed() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->ending = true;
  }
  state_->changed.notify_all();
  state_->thread.join();
  for (const std::shared_ptr<Reader>& reader : state_->readers) reader->stream->close();
}

EventFeed::Opened EventFeed::open(const std::string& owner, Look look) {
  auto reader = std::make_shared<Reader>();
  reader->owner = owner;
  reader->look = std::move(look);
  reader->stream = std::make_shared<EventStream>();
  const EventFeedOptions& options = state_->options;
  {
    const std::lock_guard lock(state_->mutex);
    std::erase_if(state_->readers, [](const auto& each) { return !each->stream->open(); });
    const auto own = static_cast<std::size_t>(
        std::count_if(state_->readers.begin(), state_->readers.end(),
                      [&](const auto& each) { return each->owner == owner; }));
    if (own >= options.streams_of_one_max)
      return {.stream = {}, .limit = options.streams_of_one_max};
    if (state_->readers.size() >= options.streams_max)
      return {.stream = {}, .limit = options.streams_max};
    state_->readers.push_back(reader);
  }
  state_->changed.notify_all();
  return {.stream = reader->stream};
}

std::size_t EventFeed::count() const {
  const std::lock_guard lock(state_->mutex);
  return state_->readers.size();
}

void EventFeed::run(State& state) {
  std::unique_lock lock(state.mutex);
  while (!state.ending) {
    std::erase_if(state.readers, [](const auto& each) { return !each->stream->open(); });
    const std::vector<std::shared_ptr<Reader>> readers = state.readers;
    lock.unlock();
    bool more = false;
    for (const std::shared_ptr<Reader>& reader : readers) {
      if (reader->stream->open()) more = feed(*reader, state.options) || more;
    }
    lock.lock();
    const std::size_t known = state.readers.size();
    state.changed.wait_for(lock, more ? kSoon : state.options.look_every,
                           [&] { return state.ending || state.readers.size() != known; });
  }
}

}  // namespace anlan::platform
