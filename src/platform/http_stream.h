// Sockets as the connection loop sees them: one interface for TCP, TLS and Unix sockets, so that
// the loop is compiled once. With http_connection.h the only headers that show Boost.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

#include "base/result.h"

namespace anlan::platform {

inline constexpr std::string_view kUnixPeer = "unix";

// Thread rule: the thread of its io_context. One operation at a time; cancel() may come between.
class Stream {
 public:
  virtual ~Stream() = default;
  // The TLS handshake, where there is one.
  virtual boost::asio::awaitable<bool> open() = 0;
  // 0: the peer ended, the socket failed, or cancel() was called.
  virtual boost::asio::awaitable<std::size_t> read_some(std::span<char> into) = 0;
  // Everything, or false.
  virtual boost::asio::awaitable<bool> write(std::string_view bytes) = 0;
  // Says that no more will come, then reads and forgets what the peer still sends until it ends as
  // well: a socket closed over unread bytes takes the last reply away from the peer.
  virtual boost::asio::awaitable<void> finish() = 0;
  // Fails the operation that is under way.
  virtual void cancel() = 0;
};

struct Accepted {
  std::unique_ptr<Stream> stream;  // none: nothing was accepted
  std::string peer;
  std::string peer_group;  // who shares one share of the connections; empty: has no share
  bool is_tls = false;
  std::string own_socket = {};  // its path, where it is one for this user alone
};

class Listener {
 public:
  virtual ~Listener() = default;
  virtual boost::asio::awaitable<Accepted> accept() = 0;
  virtual void close() = 0;  // a pending accept() ends with nothing
  virtual std::uint16_t port() const = 0;
};

struct TcpPlace {
  std::string address;
  std::uint16_t port = 0;
  std::string certificate_file;  // with key_file: TLS 1.2 or later
  std::string key_file;
};

// `io` outlives the listener and its streams. Refusals: http.h, HttpServer::start.
Result<std::unique_ptr<Listener>> listen_tcp(boost::asio::io_context& io, const TcpPlace& place);
enum class UnixUse : unsigned char {
  kAnybody = 1,  // whom the mode of the file lets in
  kOwn = 2,      // processes of this user alone, by what the kernel says of them
};
// A socket file that nobody listens on any more is replaced.
Result<std::unique_ptr<Listener>> listen_unix(boost::asio::io_context& io, const std::string& path,
                                              UnixUse use = UnixUse::kAnybody);

}  // namespace anlan::platform
