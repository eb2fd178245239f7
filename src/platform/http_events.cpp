#include "platform/http_events.h"

#include <algorithm>
#include <utility>

namespace anlan::platform {
namespace {

void append_field(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(": ");
  std::copy_if(value.begin(), value.end(), std::back_inserter(out),
               [](char c) { return c != '\r' && c != '\n' && c != '\0'; });
  out += '\n';
}

}  // namespace

std::string event_text(const ServerEvent& event) {
  std::string out;
  if (!event.id.empty()) append_field(out, "id", event.id);
  if (!event.name.empty()) append_field(out, "event", event.name);
  if (event.data.empty() && event.name.empty() && !event.id.empty()) return out.append("\n");
  // The reader takes CR LF, CR and LF for the end of a line.
  std::string_view rest = event.data;
  while (true) {
    const std::size_t end = std::min(rest.find_first_of("\r\n"), rest.size());
    append_field(out, "data", rest.substr(0, end));
    if (end == rest.size()) break;
    rest.remove_prefix(end + (rest.substr(end).starts_with("\r\n") ? 2 : 1));
  }
  return out.append("\n");
}

bool EventStream::push(const ServerEvent& event) {
  const std::string text = event_text(event);
  const std::lock_guard lock(mutex_);
  if (!open_) return false;
  if (queued_.size() + text.size() > queued_bytes_max_) {
    open_ = false;
    overrun_ = true;
    queued_.clear();
    wake_locked();
    return false;
  }
  const bool was_empty = queued_.empty();
  queued_ += text;
  if (was_empty) wake_locked();
  return true;
}

void EventStream::close() {
  const std::lock_guard lock(mutex_);
  if (std::exchange(open_, false)) wake_locked();
}

void EventStream::drop() {
  const std::lock_guard lock(mutex_);
  if (!std::exchange(open_, false)) return;
  overrun_ = true;
  queued_.clear();
  wake_locked();
}

std::size_t EventStream::queued() const {
  const std::lock_guard lock(mutex_);
  return queued_.size();
}

std::uint64_t EventStream::taken() const {
  const std::lock_guard lock(mutex_);
  return taken_;
}

bool EventStream::open() const {
  const std::lock_guard lock(mutex_);
  return open_;
}

void EventStream::attach(std::function<void()> wake) {
  const std::lock_guard lock(mutex_);
  wake_ = std::move(wake);
}

void EventStream::detach() {
  const std::lock_guard lock(mutex_);
  open_ = false;
  wake_ = nullptr;
  queued_.clear();
}

std::string EventStream::take() {
  const std::lock_guard lock(mutex_);
  if (!queued_.empty()) ++taken_;
  return std::exchange(queued_, {});
}

bool EventStream::overrun() const {
  const std::lock_guard lock(mutex_);
  return overrun_;
}

void EventStream::wake_locked() const {
  if (wake_) wake_();
}

}  // namespace anlan::platform
