#include "platform/http_client.h"

#include <algorithm>
#include <array>
#include <optional>
#include <thread>
#include <unordered_set>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "platform/ip_address.h"
#include "platform/webhook_refusals.h"

namespace anlan::platform {
namespace {

namespace asio = boost::asio;
namespace ssl = boost::asio::ssl;
using asio::ip::tcp;
using boost::system::error_code;

auto into(error_code& error) { return asio::redirect_error(asio::use_awaitable, error); }

IpAddress plain(const asio::ip::address& address) {
  IpAddress out;
  out.is_v4 = address.is_v4();
  if (address.is_v4()) {
    const auto bytes = address.to_v4().to_bytes();
    std::copy(bytes.begin(), bytes.end(), out.bytes.begin());
  } else {
    const auto bytes = address.to_v6().to_bytes();
    std::copy(bytes.begin(), bytes.end(), out.bytes.begin());
  }
  return out;
}

std::string request_bytes(const HttpCall& call) {
  std::string bytes =
      "POST " + call.url.target + " HTTP/1.1\r\nHost: " + call.url.authority +
      "\r\nConnection: close\r\nContent-Length: " + std::to_string(call.body.size()) + "\r\n";
  for (const HttpField& header : call.headers) bytes += header.name + ": " + header.value + "\r\n";
  return bytes + "\r\n" + call.body;
}

// "HTTP/1.1 204 No Content": 204; 0 for what is no such line.
int status_of_line(std::string_view line) {
  constexpr std::string_view kVersion = "HTTP/1.";
  constexpr std::size_t kDigits = 9;  // where they stand
  constexpr std::size_t kEnd = 12;
  const auto is_digit = [](char c) { return '0' <= c && c <= '9'; };
  if (line.size() < kEnd || !line.starts_with(kVersion) || !is_digit(line[kVersion.size()]) ||
      line[kDigits - 1] != ' ')
    return 0;
  int status = 0;
  for (const char c : line.substr(kDigits, kEnd - kDigits)) {
    if (!is_digit(c)) return 0;
    status = status * 10 + (c - '0');
  }
  if (line.size() > kEnd && line[kEnd] != ' ') return 0;
  return 100 <= status && status < 600 ? status : 0;
}

// The status of the final reply, once its head is whole; interim replies (1xx) are passed over.
std::optional<int> status_in(std::string& bytes) {
  constexpr std::string_view kHeadEnd = "\r\n\r\n";
  for (;;) {
    const std::size_t end = bytes.find(kHeadEnd);
    if (end == std::string::npos) return std::nullopt;
    const int status = status_of_line(std::string_view(bytes).substr(0, bytes.find("\r\n")));
    if (status == 0 || status >= 200 || status == 101) return status;
    bytes.erase(0, end + kHeadEnd.size());
  }
}

asio::ip::address for_asio(const IpAddress& address) {
  if (address.is_v4) {
    asio::ip::address_v4::bytes_type bytes;
    std::copy_n(address.bytes.begin(), bytes.size(), bytes.begin());
    return asio::ip::address_v4(bytes);
  }
  asio::ip::address_v6::bytes_type bytes;
  std::copy(address.bytes.begin(), address.bytes.end(), bytes.begin());
  return asio::ip::address_v6(bytes);
}

// By the resolver of the machine, for as long as that takes.
std::vector<IpAddress> looked_up(const std::string& host) {
  std::vector<IpAddress> found;
  asio::io_context io;
  error_code error;
  for (const auto& entry : tcp::resolver(io).resolve(host, "", error))
    found.push_back(plain(entry.endpoint().address()));
  return found;
}

// One name, asked for by an exchange that may be over before there is an answer.
struct Lookup {
  explicit Lookup(asio::io_context& io) : timer(io, asio::steady_timer::time_point::max()) {}
  asio::steady_timer timer;  // cancelled at the end
  std::vector<IpAddress> found;
  bool ended = false;
};

// All of it on the thread of its io_context.
class Exchange {
 public:
  Exchange(asio::io_context& io, asio::thread_pool& lookups, ssl::context& tls,
           const HttpClientOptions& options, HttpCall call)
      : io_(io),
        lookups_(lookups),
        tls_context_(&tls),
        options_(&options),
        call_(std::move(call)),
        socket_(io),
        timer_(io) {}

  asio::awaitable<HttpOutcome> run() {
    timer_.expires_after(options_->time_max);
    // A timer that has run out cannot be called back: its handler may come after all of this ended.
    timer_.async_wait([this, here = std::weak_ptr<bool>(here_)](error_code cancelled) {
      if (!cancelled && !here.expired()) end(HttpFailure::kTimedOut);
    });
    HttpOutcome outcome = co_await answer();
    if (ended_by_ != HttpFailure::kNone) outcome = {.status = 0, .failure = ended_by_};
    timer_.cancel();
    error_code ignored;
    socket_.close(ignored);
    co_return outcome;
  }

  void end(HttpFailure why) {
    if (ended_by_ == HttpFailure::kNone) ended_by_ = why;
    if (lookup_) lookup_->timer.cancel();
    error_code ignored;
    socket_.close(ignored);
  }

 private:
  asio::awaitable<HttpOutcome> answer() {
    const std::vector<tcp::endpoint> places = co_await resolve();
    if (places.empty()) co_return failed(HttpFailure::kNotResolved);
    const bool fine = std::all_of(places.begin(), places.end(), [](const tcp::endpoint& place) {
      return kind_of(plain(place.address())) == AddressKind::kPublic;
    });
    if (!fine && !options_->to_private) co_return failed(HttpFailure::kAddressRefused);
    const bool connected = co_await connect(places);
    if (!connected) co_return failed(HttpFailure::kNotConnected);
    if (call_.url.tls) {
      const bool trusted = co_await shake_hands();
      if (!trusted) co_return failed(HttpFailure::kCertificate);
    }
    const std::string bytes = request_bytes(call_);
    const bool sent = co_await write(bytes);
    if (!sent) co_return failed(HttpFailure::kCut);
    HttpOutcome outcome = co_await read_status();
    co_return outcome;
  }

  static HttpOutcome failed(HttpFailure why) { return {.status = 0, .failure = why}; }

  asio::awaitable<std::vector<tcp::endpoint>> resolve() {
    std::vector<tcp::endpoint> places;
    error_code error;
    const asio::ip::address literal = asio::ip::make_address(call_.url.host, error);
    if (!error) {
      places.emplace_back(literal, call_.url.port);
      co_return places;
    }
    lookup_ = std::make_shared<Lookup>(io_);
    // What outlives this exchange is the lookup alone.
    asio::post(lookups_, [&io = io_, lookup = lookup_, host = call_.url.host,
                          look_up = options_->look_up ? options_->look_up : looked_up] {
      std::vector<IpAddress> found = look_up(host);
      asio::post(io, [lookup, found = std::move(found)]() mutable {
        lookup->found = std::move(found);
        lookup->ended = true;
        lookup->timer.cancel();
      });
    });
    error = {};
    while (!lookup_->ended && ended_by_ == HttpFailure::kNone)
      co_await lookup_->timer.async_wait(into(error));
    for (const IpAddress& address : lookup_->found)
      places.emplace_back(for_asio(address), call_.url.port);
    co_return places;
  }

  asio::awaitable<bool> connect(const std::vector<tcp::endpoint>& places) {
    for (const tcp::endpoint& place : places) {
      if (ended_by_ != HttpFailure::kNone) co_return false;
      error_code error;
      socket_.close(error);
      co_await socket_.async_connect(place, into(error));
      if (!error) co_return true;
    }
    co_return false;
  }

  asio::awaitable<bool> shake_hands() {
    tls_.emplace(socket_, *tls_context_);
    const std::string& host = call_.url.host;
    error_code error;
    tls_->set_verify_mode(ssl::verify_peer, error);
    tls_->set_verify_callback(ssl::host_name_verification(host), error);
    // An address is no name to ask for (RFC 6066, section 3).
    if (!read_ip_address(host)) SSL_set_tlsext_host_name(tls_->native_handle(), host.c_str());
    co_await tls_->async_handshake(ssl::stream_base::client, into(error));
    co_return !error;
  }

  asio::awaitable<bool> write(const std::string& bytes) {
    error_code error;
    if (tls_) {
      co_await asio::async_write(*tls_, asio::buffer(bytes), into(error));
    } else {
      co_await asio::async_write(socket_, asio::buffer(bytes), into(error));
    }
    co_return !error;
  }

  asio::awaitable<HttpOutcome> read_status() {
    std::array<char, 4'096> piece;
    std::string head;
    std::size_t total = 0;
    for (;;) {
      error_code error;
      const auto room = asio::buffer(piece);
      std::size_t count = 0;
      if (tls_) {
        count = co_await tls_->async_read_some(room, into(error));
      } else {
        count = co_await socket_.async_read_some(room, into(error));
      }
      head.append(piece.data(), count);
      total += count;
      if (const std::optional<int> status = status_in(head)) {
        if (*status == 0) co_return failed(HttpFailure::kReplyMalformed);
        co_return HttpOutcome{.status = *status, .failure = HttpFailure::kNone};
      }
      if (total > options_->head_bytes_max) co_return failed(HttpFailure::kReplyTooLarge);
      if (error || count == 0) co_return failed(HttpFailure::kCut);
    }
  }

  asio::io_context& io_;
  asio::thread_pool& lookups_;
  ssl::context* tls_context_;
  const HttpClientOptions* options_;
  HttpCall call_;
  std::shared_ptr<Lookup> lookup_;
  tcp::socket socket_;
  std::optional<ssl::stream<tcp::socket&>> tls_;
  asio::steady_timer timer_;
  HttpFailure ended_by_ = HttpFailure::kNone;
  std::shared_ptr<bool> here_ = std::make_shared<bool>(true);  // goes with it
};

}  // namespace

class HttpClient::Impl {
 public:
  explicit Impl(HttpClientOptions options)
      : options_(std::move(options)), lookups_(options_.lookups_max) {}
  ~Impl() { stop(); }

  anlan::Result<anlan::Done> trust() {
    SSL_CTX_set_min_proto_version(tls_.native_handle(), TLS1_2_VERSION);
    error_code error;
    if (options_.ca_file.empty()) {
      tls_.set_default_verify_paths(error);
    } else {
      tls_.load_verify_file(options_.ca_file, error);
    }
    if (!error) return anlan::Done{};
    return Refusal{.code = refusals::kHttpAuthorityUnusable,
                   .path = "file",
                   .value = options_.ca_file,
                   .args = {{.name = "reason", .value = error.message()}},
                   .at = {}};
  }

  void run() {
    thread_ = std::thread([this] { io_.run(); });
  }

  void post(HttpCall call, HttpClient::Done done) {
    asio::post(io_, [this, call = std::move(call), done = std::move(done)]() mutable {
      if (stopping_) return done({.status = 0, .failure = HttpFailure::kStopped});
      auto exchange = std::make_shared<Exchange>(io_, lookups_, tls_, options_, std::move(call));
      exchanges_.insert(exchange.get());
      asio::co_spawn(io_, follow(std::move(exchange), std::move(done)), asio::detached);
    });
  }

  void stop() {
    if (!thread_.joinable()) return;
    asio::post(io_, [this] {
      stopping_ = true;
      for (Exchange* const exchange : exchanges_) exchange->end(HttpFailure::kStopped);
      work_.reset();
    });
    thread_.join();
  }

 private:
  asio::awaitable<void> follow(std::shared_ptr<Exchange> exchange, HttpClient::Done done) {
    const HttpOutcome outcome = co_await exchange->run();
    exchanges_.erase(exchange.get());
    done(outcome);
  }

  HttpClientOptions options_;
  asio::io_context io_{1};
  ssl::context tls_{ssl::context::tls_client};
  asio::executor_work_guard<asio::io_context::executor_type> work_{io_.get_executor()};
  std::unordered_set<Exchange*> exchanges_;
  bool stopping_ = false;
  std::thread thread_;
  asio::thread_pool lookups_;  // the last: its threads post to io_
};

HttpClient::HttpClient(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
HttpClient::~HttpClient() = default;

Result<std::unique_ptr<HttpClient>> HttpClient::start(HttpClientOptions options) {
  auto impl = std::make_unique<Impl>(std::move(options));
  ANLAN_REQUIRE(impl->trust());
  impl->run();
  return std::unique_ptr<HttpClient>(new HttpClient(std::move(impl)));
}

void HttpClient::post(HttpCall call, Done done) { impl_->post(std::move(call), std::move(done)); }
void HttpClient::stop() { impl_->stop(); }

}  // namespace anlan::platform
