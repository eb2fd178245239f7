#include "platform/http.h"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <limits>
#include <map>
#include <mutex>
#include <thread>
#include <unordered_set>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/core.h>

#include "base/check.h"
#include "platform/http_connection.h"
#include "platform/http_proxy.h"
#include "platform/ip_address.h"
#include "platform/refusals.h"

namespace anlan::platform {
namespace {

namespace asio = boost::asio;

// Deadlines are met to this.
constexpr std::chrono::milliseconds kSweepEvery{50};
// After a failed accept, most often for want of file handles.
constexpr std::chrono::milliseconds kAcceptPause{20};
// Connections beyond the limit that are told so; those beyond are dropped without a word.
constexpr std::size_t kTurnedAwayMax = 64;

asio::awaitable<void> wait_for(asio::steady_timer& timer, std::chrono::milliseconds time) {
  boost::system::error_code cancelled;
  timer.expires_after(time);
  co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
}

}  // namespace

// Everything but the functions of the public class and log() runs on the thread of io.
class HttpServer::Impl {
 public:
  Impl(HttpServerOptions options, HttpHandler handler);
  ~Impl();

  Result<std::uint16_t> start();
  void wait();
  void stop(std::chrono::milliseconds grace);
  HttpCounters counters() const;

 private:
  // Who sits on a connection, for as long as it lasts.
  struct Guest {
    std::shared_ptr<Connection> connection;
    std::string peer_group;
    bool admitted = false;
  };

  Result<Done> listen();
  void run();
  asio::awaitable<void> accept_from(Listener& listener);
  void admit(Accepted accepted);
  std::optional<HttpFault> fault_of(const Accepted& accepted) const;
  void leave(const Guest& guest, const std::exception_ptr& thrown);
  asio::awaitable<void> sweep();
  void begin_stop(std::chrono::milliseconds grace);
  void cut_all();

  HttpShared shared_;
  std::vector<std::unique_ptr<Listener>> listeners_;
  std::unordered_set<Connection*> connections_;
  std::map<std::string, std::size_t> of_peer_group_;
  asio::steady_timer sweep_timer_{shared_.io};
  SteadyClock::time_point cut_at_ = SteadyClock::time_point::max();
  std::thread thread_;

  std::mutex mutex_;
  std::condition_variable ended_changed_;
  bool ended_ = true;  // under mutex_: nothing runs
};

HttpServer::Impl::Impl(HttpServerOptions options, HttpHandler handler) {
  ANLAN_CHECK(handler != nullptr);
  ANLAN_CHECK(options.limits.head_bytes_max < std::numeric_limits<std::uint32_t>::max());
  shared_.options = std::move(options);
  shared_.own_limits = shared_.options.limits;
  shared_.own_limits.body_bytes_max = std::max(shared_.own_limits.body_bytes_max, kOwnBodyBytesMax);
  shared_.handler = std::move(handler);
}

HttpServer::Impl::~Impl() {
  stop(std::chrono::milliseconds(0));
  if (thread_.joinable()) thread_.join();
  shared_.pool.reset();  // a worker may still be leaving a post to io
}

Result<Done> HttpServer::Impl::listen() {
  const HttpServerOptions& options = shared_.options;
  for (std::string& proxy : shared_.options.proxies) {
    if (proxy == kUnixPeer) continue;
    const std::optional<IpAddress> address = read_ip_address(proxy);
    if (!address)
      return Refusal{.code = refusals::kHttpAddressMalformed, .path = "proxy", .value = proxy};
    proxy = to_text(unmapped(*address));  // as peers are written
  }
  if (!options.address.empty()) {
    ANLAN_TRY(auto tcp, listen_tcp(shared_.io, {.address = options.address,
                                                .port = options.port,
                                                .certificate_file = options.certificate_file,
                                                .key_file = options.key_file}));
    listeners_.push_back(std::move(tcp));
  }
  if (!options.unix_socket.empty()) {
    ANLAN_TRY(auto local, listen_unix(shared_.io, options.unix_socket));
    listeners_.push_back(std::move(local));
  }
  for (const std::string& path : options.own_sockets) {
    ANLAN_TRY(auto own, listen_unix(shared_.io, path, UnixUse::kOwn));
    listeners_.push_back(std::move(own));
  }
  return Done{};
}

Result<std::uint16_t> HttpServer::Impl::start() {
  ANLAN_CHECK(!thread_.joinable());
  ANLAN_CHECK(!shared_.options.address.empty() || !shared_.options.unix_socket.empty() ||
              !shared_.options.own_sockets.empty());
  if (const auto listening = listen(); !listening.ok()) {
    listeners_.clear();
    return listening.refusal();
  }
  const std::size_t processors = std::max(1U, std::thread::hardware_concurrency());
  const std::size_t workers = shared_.options.workers;
  shared_.pool = std::make_unique<WorkerPool>(workers > 0 ? workers : processors,
                                              shared_.options.limits.queue_max);
  for (const auto& listener : listeners_)
    asio::co_spawn(shared_.io, accept_from(*listener), asio::detached);
  asio::co_spawn(shared_.io, sweep(), asio::detached);
  const std::uint16_t port = shared_.options.address.empty() ? 0 : listeners_.front()->port();
  ended_ = false;
  thread_ = std::thread([this] { run(); });
  return port;
}

void HttpServer::Impl::run() {
  shared_.io.run();
  listeners_.clear();
  const std::lock_guard lock(mutex_);
  ended_ = true;
  ended_changed_.notify_all();
}

void HttpServer::Impl::wait() {
  std::unique_lock lock(mutex_);
  ended_changed_.wait(lock, [this] { return ended_; });
}

void HttpServer::Impl::stop(std::chrono::milliseconds grace) {
  asio::post(shared_.io, [this, grace] { begin_stop(grace); });
  wait();
}

void HttpServer::Impl::begin_stop(std::chrono::milliseconds grace) {
  cut_at_ = std::min(cut_at_, SteadyClock::now() + grace);
  shared_.stopping = true;
  for (const auto& listener : listeners_) listener->close();
  for (Connection* const connection : connections_) connection->stop_soon();
  sweep_timer_.cancel();
}

asio::awaitable<void> HttpServer::Impl::accept_from(Listener& listener) {
  asio::steady_timer pause(shared_.io);
  while (!shared_.stopping) {
    Accepted accepted = co_await listener.accept();
    if (shared_.stopping) co_return;
    if (accepted.stream) {
      admit(std::move(accepted));
    } else {
      co_await wait_for(pause, kAcceptPause);
    }
  }
}

void HttpServer::Impl::admit(Accepted accepted) {
  ++shared_.tally.accepted;
  if (is_proxy(shared_.options.proxies, accepted.peer)) accepted.peer_group.clear();
  const auto fault = fault_of(accepted);
  // A handshake would cost more than the answer is worth.
  const bool told = !accepted.is_tls &&
                    connections_.size() < shared_.options.limits.connections_max + kTurnedAwayMax;
  if (fault && !told) {
    ++shared_.tally.shed;
    return;
  }
  const Guest guest{.connection = std::make_shared<Connection>(
                        shared_, std::move(accepted.stream),
                        Connection::Peer{.name = std::move(accepted.peer),
                                         .own_socket = std::move(accepted.own_socket)}),
                    .peer_group = std::move(accepted.peer_group),
                    .admitted = !fault};
  connections_.insert(guest.connection.get());
  if (guest.admitted) {
    ++shared_.tally.connections;
    ++of_peer_group_[guest.peer_group];
  }
  asio::co_spawn(shared_.io,
                 fault ? guest.connection->turn_away(*fault) : guest.connection->serve(),
                 [this, guest](const std::exception_ptr& thrown) { leave(guest, thrown); });
}

std::optional<HttpFault> HttpServer::Impl::fault_of(const Accepted& accepted) const {
  const HttpLimits& limits = shared_.options.limits;
  if (shared_.tally.connections >= limits.connections_max)
    return HttpFault{503, "too many connections"};
  const auto share = of_peer_group_.find(accepted.peer_group);
  if (!accepted.peer_group.empty() && share != of_peer_group_.end() &&
      share->second >= limits.connections_per_peer_max)
    return HttpFault{429, "too many connections of one peer"};
  return std::nullopt;
}

void HttpServer::Impl::leave(const Guest& guest, const std::exception_ptr& thrown) {
  connections_.erase(guest.connection.get());
  if (guest.admitted) {
    --shared_.tally.connections;
    const auto share = of_peer_group_.find(guest.peer_group);
    if (--share->second == 0) of_peer_group_.erase(share);
  }
  if (shared_.stopping) sweep_timer_.cancel();
  if (!thrown) return;
  try {
    std::rethrow_exception(thrown);
  } catch (const std::exception& error) {
    shared_.log(fmt::format("a connection was dropped: {}", error.what()));
  }
}

asio::awaitable<void> HttpServer::Impl::sweep() {
  while (!shared_.stopping || !connections_.empty()) {
    shared_.date =
        http_date(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
    const SteadyClock::time_point now = SteadyClock::now();
    if (now >= cut_at_) cut_all();
    for (Connection* const connection : connections_) connection->check_deadline(now);
    co_await wait_for(sweep_timer_, kSweepEvery);
  }
}

void HttpServer::Impl::cut_all() {
  shared_.cutting = true;
  for (Connection* const connection : connections_) connection->cut();
}

HttpCounters HttpServer::Impl::counters() const {
  const HttpTally& tally = shared_.tally;
  return {.accepted = tally.accepted,
          .requests = tally.requests,
          .shed = tally.shed,
          .refused = tally.refused,
          .connections = tally.connections,
          .in_flight = tally.in_flight,
          .queued = shared_.pool ? shared_.pool->queued() : 0,
          .body_bytes = tally.body_bytes};
}

HttpServer::HttpServer(HttpServerOptions options, HttpHandler handler)
    : impl_(std::make_unique<Impl>(std::move(options), std::move(handler))) {}
HttpServer::~HttpServer() = default;

Result<std::uint16_t> HttpServer::start() { return impl_->start(); }
void HttpServer::wait() { impl_->wait(); }
void HttpServer::stop(std::chrono::milliseconds grace) { impl_->stop(grace); }
HttpCounters HttpServer::counters() const { return impl_->counters(); }

}  // namespace anlan::platform
