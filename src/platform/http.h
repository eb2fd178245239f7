// HTTP/1.1 over TCP, TLS and a Unix socket: requests in, replies out. What the requests mean is the
// business of the handler; what may not reach it is refused here (http_reader.h).
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace anlan::platform {

class EventStream;  // http_events.h

struct HttpField {
  std::string name;
  std::string value;
  bool operator==(const HttpField&) const = default;
};

struct HttpRequest {
  std::string method;              // as sent: methods know upper and lower case
  std::string target;              // as sent
  std::string path;                // percent-decoded UTF-8 without "." and ".."; "*" of OPTIONS *
  std::vector<HttpField> query;    // percent-decoded UTF-8, in the order of the target
  std::vector<HttpField> headers;  // names in lower case, values without the spaces around them
  std::string body;
  // The address without the port, or "unix"; of a proxy (HttpServerOptions::proxies) the address
  // that it names in X-Forwarded-For.
  std::string peer;
  // The path of the socket that it came by, where that is one of HttpServerOptions::own_sockets.
  std::string own_socket = {};
  bool operator==(const HttpRequest&) const = default;

  // The value of the first header of this name, which is in lower case.
  std::optional<std::string_view> header(std::string_view name) const;
};

// Content-Length, Transfer-Encoding, Connection and Date belong to the transport. A reply that sets
// one of them, or that holds a name that is no token or a value with a control character, is sent
// as 500 and logged.
struct HttpReply {
  int status = 200;  // 200 to 599
  std::vector<HttpField> headers;
  std::string body;
  // With it, the reply is a text/event-stream that lasts until either side ends it; no body.
  std::shared_ptr<EventStream> events;
  // Faults that somebody asked for: it goes out so much later, and no worker waits for it; the
  // connection ends without an answer.
  std::chrono::milliseconds after{0};
  bool cut = false;
};

inline constexpr std::size_t kOwnBodyBytesMax = std::size_t{96} << 20;

// Every limit bounds memory or the time that a peer can hold something; a peer is refused beyond.
struct HttpLimits {
  std::size_t target_bytes_max = 8 * 1024;  // 414
  std::size_t head_bytes_max = 16 * 1024;   // 431
  std::size_t headers_max = 64;             // 431
  std::size_t body_bytes_max = std::size_t{8} << 20;
  std::size_t bodies_bytes_max = std::size_t{256} << 20;  // of all requests together: 503
  std::size_t connections_max = 4'000;                    // 503 and close
  std::size_t connections_per_peer_max = 250;             // 429 and close; Unix sockets are exempt
  std::size_t queue_max = 256;                            // requests that wait for a worker: 503
  std::size_t requests_in_flight_max = 512;  // read whole, answer not yet written whole: 503
  // A head and a body are counted from the first byte of the request, a TLS handshake from the
  // connection, a write from its beginning; not from one byte to the next. A late head or body is
  // answered with 408; what is late otherwise is cut.
  std::chrono::milliseconds head_time_max{10'000};
  std::chrono::milliseconds body_time_max{60'000};
  std::chrono::milliseconds idle_time_max{60'000};  // between two requests
  std::chrono::milliseconds write_time_max{60'000};
  std::chrono::milliseconds event_ping_every{15'000};  // finds readers that are gone
};

// How long the body of a request may be whose head is read; more than HttpLimits allow is not
// given. Runs on the event loop: it must not wait.
using HttpBodyLimit = std::function<std::size_t(const HttpRequest& head)>;
// Runs on a worker; several at once. What it throws becomes 500 and is logged.
using HttpHandler = std::function<HttpReply(const HttpRequest&)>;
// The body of what the transport itself refuses; `reason` is English, for a log or a developer.
// Runs on the event loop: it must not wait. Its status is replaced by `status`.
using HttpErrorReply = std::function<HttpReply(int status, std::string_view reason)>;
using HttpLog = std::function<void(std::string_view line)>;  // from any thread

struct HttpServerOptions {
  std::string address;     // an IPv4 or IPv6 address; empty: no TCP
  std::uint16_t port = 0;  // 0: the kernel chooses
  // PEM files; both or none. They are for TCP; a Unix socket speaks plainly.
  std::string certificate_file;
  std::string key_file;
  std::string unix_socket;  // a path, made with mode 0600 and removed at the end; empty: none
  // More of them, for whoever acts as the server itself: a peer of another user is dropped without
  // a word, and its files may be as large as those of a command line (kOwnBodyBytesMax).
  std::vector<std::string> own_sockets = {};
  // Addresses of proxies, and "unix" for one at the Unix socket: they are believed whom they ask
  // for, and may have as many connections as there are.
  std::vector<std::string> proxies = {};
  std::size_t workers = 0;  // 0: as many as the machine has processors
  HttpLimits limits;
  HttpBodyLimit body_limit;    // none: that of the limits
  HttpErrorReply error_reply;  // none: a line of text
  HttpLog log;                 // none: silence
};

// Since the start; the last four are of this moment.
struct HttpCounters {
  std::uint64_t accepted = 0;     // connections
  std::uint64_t requests = 0;     // read whole
  std::uint64_t shed = 0;         // answered 503 or 429 for want of room
  std::uint64_t refused = 0;      // not HTTP as it should be, too large, or too late
  std::uint64_t connections = 0;  // open
  std::uint64_t in_flight = 0;
  std::uint64_t queued = 0;
  std::uint64_t body_bytes = 0;  // held for requests that are read or answered
};

// One thread for all sockets, and workers for the handler. Thread rule: start, wait and stop may be
// called from any thread but not from the handler; counters from everywhere.
class HttpServer {
 public:
  HttpServer(HttpServerOptions options, HttpHandler handler);
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;
  ~HttpServer();  // stops with no time to finish

  // Once, with an address or a Unix socket. The port that it listens on, 0 without TCP. Refuses
  // kHttpAddressMalformed (path listen or proxy), kHttpAddressTaken, kHttpNotListening (args
  // reason), kHttpCertificateUnusable (args reason).
  Result<std::uint16_t> start();
  // Returns when it has stopped.
  void wait();
  // Accepts no more, ends event streams, closes idle connections; lets requests that have begun be
  // read, handled and answered within `grace`; then cuts. A handler that does not return holds it.
  void stop(std::chrono::milliseconds grace);

  HttpCounters counters() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace anlan::platform
