#include "platform/http_stream.h"

#include <array>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/files.h"
#include "platform/refusals.h"
#include "platform/socket_path.h"

namespace anlan::platform {
namespace {

namespace asio = boost::asio;
namespace ssl = boost::asio::ssl;
using asio::ip::tcp;
using asio::local::stream_protocol;
using boost::system::error_code;

// A peer that goes on sending after the last reply is cut here.
constexpr std::size_t kForgottenBytesMax = std::size_t{4} << 20;

auto into(error_code& error) { return asio::redirect_error(asio::use_awaitable, error); }

template <class Socket>
asio::awaitable<void> finish_socket(Socket& socket) {
  error_code error;
  socket.shutdown(Socket::shutdown_send, error);
  std::array<char, 4'096> forgotten;
  for (std::size_t count = 0; !error && count < kForgottenBytesMax;)
    count += co_await socket.async_read_some(asio::buffer(forgotten), into(error));
}

template <class Socket>
class PlainStream final : public Stream {
 public:
  explicit PlainStream(Socket socket) : socket_(std::move(socket)) {}

  asio::awaitable<bool> open() override { co_return true; }

  asio::awaitable<std::size_t> read_some(std::span<char> bytes) override {
    error_code error;
    co_return co_await socket_.async_read_some(asio::buffer(bytes.data(), bytes.size()),
                                               into(error));
  }

  asio::awaitable<bool> write(std::string_view bytes) override {
    error_code error;
    co_await asio::async_write(socket_, asio::buffer(bytes), into(error));
    co_return !error;
  }

  asio::awaitable<void> finish() override { return finish_socket(socket_); }

  void cancel() override {
    error_code ignored;  // a socket that cannot be cancelled has nothing under way
    socket_.cancel(ignored);
  }

 private:
  Socket socket_;
};

class TlsStream final : public Stream {
 public:
  TlsStream(tcp::socket socket, ssl::context& context) : stream_(std::move(socket), context) {}

  asio::awaitable<bool> open() override {
    error_code error;
    co_await stream_.async_handshake(ssl::stream_base::server, into(error));
    co_return !error;
  }

  asio::awaitable<std::size_t> read_some(std::span<char> bytes) override {
    error_code error;
    co_return co_await stream_.async_read_some(asio::buffer(bytes.data(), bytes.size()),
                                               into(error));
  }

  asio::awaitable<bool> write(std::string_view bytes) override {
    error_code error;
    co_await asio::async_write(stream_, asio::buffer(bytes), into(error));
    co_return !error;
  }

  asio::awaitable<void> finish() override {
    error_code ignored;  // the peer need not answer our close_notify
    co_await stream_.async_shutdown(into(ignored));
    co_await finish_socket(stream_.next_layer());
  }

  void cancel() override {
    error_code ignored;
    stream_.next_layer().cancel(ignored);
  }

 private:
  ssl::stream<tcp::socket> stream_;
};

Refusal refused(RefusalCode code, std::string value, std::string reason) {
  return Refusal{.code = code,
                 .path = "listen",
                 .value = std::move(value),
                 .args = {{.name = "reason", .value = std::move(reason)}}};
}

// An IPv6 network gives one customer 2^64 addresses: they are one peer.
std::string group_of(const asio::ip::address& address) {
  if (address.is_v4()) return address.to_string();
  asio::ip::address_v6::bytes_type bytes = address.to_v6().to_bytes();
  std::fill(bytes.begin() + 8, bytes.end(), static_cast<unsigned char>(0));
  return asio::ip::address_v6(bytes).to_string();
}

asio::ip::address plain_address(const asio::ip::address& address) {
  if (!address.is_v6() || !address.to_v6().is_v4_mapped()) return address;
  return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
}

class TcpListener final : public Listener {
 public:
  TcpListener(tcp::acceptor acceptor, std::unique_ptr<ssl::context> tls)
      : acceptor_(std::move(acceptor)), tls_(std::move(tls)) {}

  asio::awaitable<Accepted> accept() override {
    error_code error;
    tcp::endpoint from;
    tcp::socket socket = co_await acceptor_.async_accept(from, into(error));
    Accepted accepted;
    if (error) co_return accepted;
    error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    const asio::ip::address address = plain_address(from.address());
    accepted.peer = address.to_string();
    accepted.peer_group = group_of(address);
    accepted.is_tls = tls_ != nullptr;
    if (tls_) {
      accepted.stream = std::make_unique<TlsStream>(std::move(socket), *tls_);
    } else {
      accepted.stream = std::make_unique<PlainStream<tcp::socket>>(std::move(socket));
    }
    co_return accepted;
  }

  void close() override {
    error_code ignored;
    acceptor_.close(ignored);
  }

  std::uint16_t port() const override {
    error_code ignored;
    return acceptor_.local_endpoint(ignored).port();
  }

 private:
  tcp::acceptor acceptor_;
  std::unique_ptr<ssl::context> tls_;
};

class UnixListener final : public Listener {
 public:
  UnixListener(stream_protocol::acceptor acceptor, std::string path, UnixUse use)
      : acceptor_(std::move(acceptor)), path_(std::move(path)), use_(use) {}
  ~UnixListener() override { ::unlink(path_.c_str()); }

  asio::awaitable<Accepted> accept() override {
    Accepted accepted;
    for (;;) {
      error_code error;
      stream_protocol::socket socket = co_await acceptor_.async_accept(into(error));
      if (error) co_return accepted;
      if (use_ == UnixUse::kOwn && !is_own_peer(socket.native_handle())) continue;
      accepted.peer = kUnixPeer;
      if (use_ == UnixUse::kOwn) accepted.own_socket = path_;
      accepted.stream = std::make_unique<PlainStream<stream_protocol::socket>>(std::move(socket));
      co_return accepted;
    }
  }

  void close() override {
    error_code ignored;
    acceptor_.close(ignored);
  }

  std::uint16_t port() const override { return 0; }

 private:
  stream_protocol::acceptor acceptor_;
  std::string path_;
  UnixUse use_;
};

Result<std::unique_ptr<ssl::context>> tls_context(const TcpPlace& place) {
  auto context = std::make_unique<ssl::context>(ssl::context::tls_server);
  SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_2_VERSION);
  SSL_CTX_set_options(context->native_handle(),
                      SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_mode(context->native_handle(), SSL_MODE_RELEASE_BUFFERS);
  error_code error;
  // Never a question on the terminal for the passphrase of a key.
  context->set_password_callback([](std::size_t, ssl::context::password_purpose) { return ""; },
                                 error);
  context->use_certificate_chain_file(place.certificate_file, error);
  if (error)
    return refused(refusals::kHttpCertificateUnusable, place.certificate_file, error.message());
  context->use_private_key_file(place.key_file, ssl::context::pem, error);
  if (error) return refused(refusals::kHttpCertificateUnusable, place.key_file, error.message());
  return context;
}

// Opens, binds and listens; `before_bind` sees the open socket.
template <class Acceptor, class BeforeBind>
error_code listen_at(Acceptor& acceptor, const typename Acceptor::endpoint_type& endpoint,
                     BeforeBind before_bind) {
  error_code error;
  acceptor.open(endpoint.protocol(), error);
  if (!error) before_bind(error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  return error;
}

Refusal not_listening(std::string value, const error_code& error) {
  if (error == asio::error::address_in_use)
    return refused(refusals::kHttpAddressTaken, std::move(value), error.message());
  return refused(refusals::kHttpNotListening, std::move(value), error.message());
}

// The socket file of a server that was killed stays behind; of one that runs it answers.
void remove_stale_socket(asio::io_context& io, const std::string& path) {
  struct stat found {};
  if (::lstat(path.c_str(), &found) != 0 || !S_ISSOCK(found.st_mode)) return;
  stream_protocol::socket probe(io);
  error_code error;
  probe.connect(stream_protocol::endpoint(path), error);
  if (error == asio::error::connection_refused) ::unlink(path.c_str());
}

}  // namespace

Result<std::unique_ptr<Listener>> listen_tcp(asio::io_context& io, const TcpPlace& place) {
  error_code error;
  const asio::ip::address address = asio::ip::make_address(place.address, error);
  if (error) return refused(refusals::kHttpAddressMalformed, place.address, error.message());
  std::unique_ptr<ssl::context> tls;
  if (!place.certificate_file.empty() || !place.key_file.empty()) {
    ANLAN_TRY(tls, tls_context(place));
  }
  tcp::acceptor acceptor(io);
  const tcp::endpoint endpoint(address, place.port);
  error = listen_at(acceptor, endpoint, [&acceptor](error_code& failed) {
    acceptor.set_option(tcp::acceptor::reuse_address(true), failed);
  });
  if (error) return not_listening(fmt::format("{} {}", place.address, place.port), error);
  return std::unique_ptr<Listener>(
      std::make_unique<TcpListener>(std::move(acceptor), std::move(tls)));
}

Result<std::unique_ptr<Listener>> listen_unix(asio::io_context& io, const std::string& path,
                                              UnixUse use) {
  const SocketPath place(path);
  if (!place.usable()) return not_listening(path, asio::error::name_too_long);
  remove_stale_socket(io, place.text());
  stream_protocol::acceptor acceptor(io);
  const error_code error =
      listen_at(acceptor, stream_protocol::endpoint(place.text()), [&acceptor](error_code& failed) {
        // The file gets the mode of its socket: nobody else can connect at any time.
        if (::fchmod(acceptor.native_handle(), kPrivateFile) != 0)
          failed.assign(errno, boost::system::system_category());
      });
  if (error) return not_listening(path, error);
  return std::unique_ptr<Listener>(std::make_unique<UnixListener>(std::move(acceptor), path, use));
}

}  // namespace anlan::platform
