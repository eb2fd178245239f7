// One connection: its requests in order, each read, handled on a worker and answered.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <memory>
#include <string>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "platform/http.h"
#include "platform/http_reader.h"
#include "platform/http_reply.h"
#include "platform/http_stream.h"
#include "platform/worker_pool.h"

namespace anlan::platform {

using SteadyClock = std::chrono::steady_clock;

// Counters as http.h explains them; read from any thread.
struct HttpTally {
  std::atomic<std::uint64_t> accepted{0};
  std::atomic<std::uint64_t> requests{0};
  std::atomic<std::uint64_t> shed{0};
  std::atomic<std::uint64_t> refused{0};
  std::atomic<std::uint64_t> connections{0};
  std::atomic<std::uint64_t> in_flight{0};
  std::atomic<std::uint64_t> body_bytes{0};
};

// What the connections of a server share. Written on the thread of `io` alone.
struct HttpShared {
  HttpServerOptions options;
  HttpLimits own_limits;  // of own_sockets
  HttpHandler handler;
  boost::asio::io_context io{1};
  std::unique_ptr<WorkerPool> pool;
  HttpTally tally;
  std::string date;                  // of now, for replies
  bool stopping = false;             // no further request on a connection
  std::atomic<bool> cutting{false};  // no reply has a reader any more; read by workers

  void log(std::string_view line) const {
    if (options.log) options.log(line);
  }
};

// Thread rule: the thread of shared.io, on which a coroutine waits without holding it.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  struct Peer {
    std::string name;
    std::string own_socket = {};  // empty: it came by another
  };
  // `shared` outlives the connection; whoever runs serve() or turn_away() holds it until they end.
  Connection(HttpShared& shared, std::unique_ptr<Stream> stream, Peer peer);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  boost::asio::awaitable<void> serve();
  // Answers without having read anything, and closes.
  boost::asio::awaitable<void> turn_away(HttpFault fault);

  // To be called often: ends what took too long.
  void check_deadline(SteadyClock::time_point now);
  // Ends an idle connection and an event stream; the rest ends with the reply under way.
  void stop_soon();
  void cut();

 private:
  // A coroutine of the same thread waits until notify() or a point in time.
  class Wake {
   public:
    explicit Wake(boost::asio::io_context& io) : timer_(io) {}
    boost::asio::awaitable<bool> wait_until(SteadyClock::time_point until);  // false: it is late
    void notify();

   private:
    boost::asio::steady_timer timer_;
    bool notified_ = false;
  };

  boost::asio::awaitable<bool> serve_request();
  boost::asio::awaitable<bool> read_request(RequestReader& reader);
  boost::asio::awaitable<bool> await_request();
  boost::asio::awaitable<bool> receive();
  boost::asio::awaitable<bool> write(std::string_view bytes);
  boost::asio::awaitable<void> handle();
  boost::asio::awaitable<bool> answer(ReplyForm form);
  boost::asio::awaitable<void> refuse(HttpFault fault);
  boost::asio::awaitable<void> send_events();

  HttpReply call_handler() const;
  bool hold_body(std::size_t bytes);
  bool may_handle() const;
  void allow_until(SteadyClock::time_point at) { deadline_ = at; }
  void allow(std::chrono::milliseconds time) { deadline_ = SteadyClock::now() + time; }

  HttpShared& shared_;
  const HttpLimits& limits_;
  std::unique_ptr<Stream> stream_;
  Peer peer_;
  std::string input_;  // received and not yet read
  std::array<char, 8 * 1024> buffer_;
  HttpRequest request_;
  HttpReply reply_;
  Wake wake_;
  bool handled_ = false;
  std::size_t held_bytes_ = 0;
  SteadyClock::time_point deadline_ = SteadyClock::time_point::max();
  bool late_ = false;
  bool idle_ = false;
  bool sends_events_ = false;
  bool delays_ = false;  // its reply is to go out later
  bool cut_ = false;
};

}  // namespace anlan::platform
