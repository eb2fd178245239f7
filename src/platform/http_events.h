// Server-sent events: a handler returns the stream, any thread pushes to it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>

namespace anlan::platform {

struct ServerEvent {
  std::string name;  // the type that a page listens for; empty: "message"
  std::string data;  // any text; its lines become lines of the event
  std::string id;    // what a browser sends as Last-Event-ID when it comes back; may be empty
};

// As it stands in a text/event-stream (WHATWG HTML, 9.2). A CR, LF or NUL in name or id is left
// out: there it would begin a field of its own. Of an id alone the reader hears nothing, but comes
// back behind it.
std::string event_text(const ServerEvent& event);

// One reader. Thread rule: push, close, drop, queued, taken and open from any thread, at any time;
// the rest is called by the connection that the stream was returned to, the only one that may have
// it.
class EventStream {
 public:
  // How much waits for a slow reader before it is dropped.
  explicit EventStream(std::size_t queued_bytes_max = 256 * 1024)
      : queued_bytes_max_(queued_bytes_max) {}

  // False when the reader is gone, was dropped now or before, or the stream was closed: nobody will
  // read this event. True promises no more than that it is queued.
  bool push(const ServerEvent& event);
  // Ends the reply behind what is queued.
  void close();
  // Ends it now: the reader is too slow for what waits.
  void drop();
  // What waits for the reader, and how often it has taken all of that.
  std::size_t queued() const;
  std::uint64_t taken() const;
  bool open() const;

  // `wake` is called, from any thread, when there is something new to take.
  void attach(std::function<void()> wake);
  // No reader any more; `wake` is not called again.
  void detach();
  // What is queued, which then is not.
  std::string take();
  bool overrun() const;  // dropped: its queue was full

 private:
  void wake_locked() const;

  mutable std::mutex mutex_;
  const std::size_t queued_bytes_max_;
  std::string queued_;
  bool open_ = true;
  bool overrun_ = false;
  std::uint64_t taken_ = 0;
  std::function<void()> wake_;
};

}  // namespace anlan::platform
