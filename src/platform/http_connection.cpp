#include "platform/http_connection.h"

#include <exception>

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/core.h>

#include "platform/http_events.h"
#include "platform/http_proxy.h"

namespace anlan::platform {
namespace {

namespace asio = boost::asio;

constexpr SteadyClock::time_point kNever = SteadyClock::time_point::max();
// How long a peer that was refused may take to read why.
constexpr std::chrono::milliseconds kFarewellTime{1'000};
// A body up to this goes out with its head: one write, one packet or one TLS record.
constexpr std::size_t kJoinedBodyBytesMax = 16 * 1024;

class Counted {
 public:
  explicit Counted(std::atomic<std::uint64_t>& count) : count_(count) { ++count_; }
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;
  ~Counted() { --count_; }

 private:
  std::atomic<std::uint64_t>& count_;
};

class Reading {
 public:
  Reading(EventStream& events, std::function<void()> wake) : events_(events) {
    events_.attach(std::move(wake));
  }
  Reading(const Reading&) = delete;
  Reading& operator=(const Reading&) = delete;
  ~Reading() { events_.detach(); }

 private:
  EventStream& events_;
};

}  // namespace

asio::awaitable<bool> Connection::Wake::wait_until(SteadyClock::time_point until) {
  if (!notified_) {
    boost::system::error_code cancelled;
    timer_.expires_at(until);
    co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
  }
  co_return std::exchange(notified_, false);
}

void Connection::Wake::notify() {
  notified_ = true;
  timer_.cancel();
}

Connection::Connection(HttpShared& shared, std::unique_ptr<Stream> stream, Peer peer)
    : shared_(shared),
      limits_(peer.own_socket.empty() ? shared.options.limits : shared.own_limits),
      stream_(std::move(stream)),
      peer_(std::move(peer)),
      wake_(shared.io) {}

Connection::~Connection() { hold_body(0); }

asio::awaitable<void> Connection::serve() {
  allow(limits_.head_time_max);
  bool goes_on = co_await stream_->open();
  while (goes_on) goes_on = co_await serve_request();
}

asio::awaitable<bool> Connection::serve_request() {
  RequestReader reader(limits_, shared_.options.body_limit);
  if (!co_await read_request(reader)) co_return false;
  ++shared_.tally.requests;
  request_ = reader.take_request();
  request_.peer = peer_asking(shared_.options.proxies, peer_.name, request_);
  request_.own_socket = peer_.own_socket;
  const ReplyForm form{.is_head = request_.method == "HEAD",
                       .keeps_alive = reader.keeps_alive(),
                       .http_1_0 = reader.is_http_1_0()};
  const Counted counted(shared_.tally.in_flight);
  co_await handle();
  const bool goes_on = co_await answer(form);
  request_ = {};
  reply_ = {};
  hold_body(0);
  co_return goes_on;
}

// False: there is no request, and what had to be answered was.
asio::awaitable<bool> Connection::read_request(RequestReader& reader) {
  if (input_.empty() && !co_await await_request()) co_return false;
  const SteadyClock::time_point begin = SteadyClock::now();
  bool continued = false;
  std::optional<HttpFault> fault;
  while (!fault) {
    input_.erase(0, reader.read(input_));
    if (!reader.fault() && !hold_body(reader.request().body.size()))
      fault = HttpFault{503, "too many bodies at once"};
    if (reader.fault()) fault = reader.fault();
    if (fault) break;
    if (reader.whole()) co_return true;
    if (reader.expects_continue() && !std::exchange(continued, true) &&
        !co_await write("HTTP/1.1 100 Continue\r\n\r\n"))
      co_return false;
    allow_until(begin + (reader.head_read() ? limits_.body_time_max : limits_.head_time_max));
    if (co_await receive()) continue;
    if (!late_) co_return false;
    fault = HttpFault{408, "the request took too long"};
  }
  co_await refuse(*fault);
  co_return false;
}

asio::awaitable<bool> Connection::await_request() {
  if (shared_.stopping) co_return false;
  allow(limits_.idle_time_max);
  idle_ = true;
  const bool received = co_await receive();
  idle_ = false;
  co_return received;
}

asio::awaitable<bool> Connection::receive() {
  late_ = false;
  if (cut_) co_return false;
  const std::size_t count = co_await stream_->read_some(buffer_);
  input_.append(buffer_.data(), count);
  co_return count > 0;
}

asio::awaitable<bool> Connection::write(std::string_view bytes) {
  if (cut_) co_return false;
  co_return co_await stream_->write(bytes);
}

// Leaves the answer in reply_.
asio::awaitable<void> Connection::handle() {
  allow_until(kNever);
  handled_ = false;
  // This coroutine waits for the job, so that `this` outlives it.
  const auto job = [this] {
    if (!shared_.cutting) reply_ = call_handler();
    asio::post(shared_.io, [this] {
      handled_ = true;
      wake_.notify();
    });
  };
  if (!may_handle() || !shared_.pool->offer(job)) {
    ++shared_.tally.shed;
    reply_ = error_reply(shared_.options, {503, "too many requests at once"});
    co_return;
  }
  while (!handled_) co_await wake_.wait_until(kNever);
  if (reply_.after.count() == 0) co_return;
  const SteadyClock::time_point due = SteadyClock::now() + reply_.after;
  delays_ = true;
  while (SteadyClock::now() < due && !shared_.stopping) co_await wake_.wait_until(due);
  delays_ = false;
}

// This request is counted already.
bool Connection::may_handle() const {
  return shared_.tally.in_flight <= limits_.requests_in_flight_max;
}

HttpReply Connection::call_handler() const {
  std::string fault;
  try {
    HttpReply reply = shared_.handler(request_);
    fault = reply_fault(reply);
    if (fault.empty()) return reply;
  } catch (const std::exception& thrown) {
    fault = thrown.what();
  }
  shared_.log(fmt::format("{} {}: {}", request_.method, request_.path, fault));
  return error_reply(shared_.options, {500, "the reply could not be made"});
}

// Sends reply_. True: the connection waits for the next request.
asio::awaitable<bool> Connection::answer(ReplyForm form) {
  if (reply_.cut) co_return false;
  form.keeps_alive = form.keeps_alive && !shared_.stopping && !reply_.events;
  form.date = shared_.date;
  std::string head = reply_head(reply_, form);
  const bool with_body = has_body(reply_, form) && !reply_.events;
  const bool joined = with_body && reply_.body.size() <= kJoinedBodyBytesMax;
  if (joined) head += reply_.body;
  allow(limits_.write_time_max);
  if (!co_await write(head)) co_return false;
  if (with_body && !joined && !co_await write(reply_.body)) co_return false;
  if (reply_.events && !form.is_head) co_await send_events();
  if (form.keeps_alive) co_return true;
  allow(kFarewellTime);
  co_await stream_->finish();
  co_return false;
}

asio::awaitable<void> Connection::refuse(HttpFault fault) {
  ++(fault.status == 503 || fault.status == 429 ? shared_.tally.shed : shared_.tally.refused);
  reply_ = error_reply(shared_.options, fault);
  co_await answer({});
}

asio::awaitable<void> Connection::turn_away(HttpFault fault) { return refuse(fault); }

asio::awaitable<void> Connection::send_events() {
  EventStream& events = *reply_.events;
  sends_events_ = true;
  const Reading reading(events, [io = &shared_.io, weak = weak_from_this()] {
    asio::post(*io, [weak] {
      const auto self = weak.lock();
      if (!self) return;
      self->wake_.notify();
      if (self->reply_.events->overrun()) self->stream_->cancel();
    });
  });
  while (!shared_.stopping && !events.overrun()) {
    const bool open = events.open();  // before take(): nothing is pushed behind a close
    const std::string text = events.take();
    allow(limits_.write_time_max);
    if (!text.empty()) {
      if (!co_await write(text)) co_return;
    } else if (!open) {
      co_return;
    } else {
      allow_until(kNever);
      const bool woken = co_await wake_.wait_until(SteadyClock::now() + limits_.event_ping_every);
      allow(limits_.write_time_max);
      if (!woken && !co_await write(":\n\n")) co_return;
    }
  }
}

// Counts `bytes` of body in place of those before. False: there is no room; nothing is counted.
bool Connection::hold_body(std::size_t bytes) {
  std::atomic<std::uint64_t>& all = shared_.tally.body_bytes;
  if (bytes > held_bytes_ && all + (bytes - held_bytes_) > limits_.bodies_bytes_max) return false;
  all = all - held_bytes_ + bytes;
  held_bytes_ = bytes;
  return true;
}

void Connection::check_deadline(SteadyClock::time_point now) {
  if (now < deadline_) return;
  deadline_ = kNever;
  late_ = true;
  stream_->cancel();
}

void Connection::stop_soon() {
  if (idle_) stream_->cancel();
  if (sends_events_ || delays_) wake_.notify();
}

void Connection::cut() {
  cut_ = true;
  stream_->cancel();
}

}  // namespace anlan::platform
