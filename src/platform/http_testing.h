// Tests only: a server on a port that the kernel chose, and a client that writes raw bytes.
#pragma once

#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstring>
#include <string>
#include <string_view>
#include <thread>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/check.h"
#include "platform/http.h"

namespace anlan::platform::testing {

inline HttpServerOptions loopback_options() {
  HttpServerOptions options;
  options.address = "127.0.0.1";
  options.workers = 2;
  return options;
}

inline HttpReply echo(const HttpRequest& request) {
  HttpReply reply;
  reply.body = request.method + " " + request.path + " " + request.body;
  return reply;
}

struct TestServer {
  explicit TestServer(HttpServerOptions options = loopback_options(), HttpHandler handler = echo)
      : server(std::move(options), std::move(handler)), port(server.start().value()) {}
  HttpServer server;
  std::uint16_t port = 0;
};

// What other threads bring about, waited for.
template <class Condition>
bool soon(Condition condition) {
  for (int i = 0; i < 1'000 && !condition(); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  return condition();
}

struct Answer {
  int status = 0;  // 0: the connection ended before a whole reply
  std::string head;
  std::string body;
  bool says(std::string_view line) const { return head.find(line) != std::string::npos; }
};

// A blocking socket; a read or write that takes longer than `patience` ends as if cut.
class Client {
 public:
  explicit Client(std::uint16_t port, int receive_buffer = 0)
      : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_port = htons(port);
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (receive_buffer > 0) {
      ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    }
    start(reinterpret_cast<const sockaddr*>(&at), sizeof at);
  }
  explicit Client(const std::string& path)
      : socket_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un at{};
    at.sun_family = AF_UNIX;
    ANLAN_CHECK(path.size() < sizeof at.sun_path);
    std::memcpy(at.sun_path, path.c_str(), path.size() + 1);
    start(reinterpret_cast<const sockaddr*>(&at), sizeof at);
  }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  Client(Client&& other) noexcept : socket_(other.socket_), unread_(std::move(other.unread_)) {
    other.socket_ = -1;
  }
  ~Client() {
    if (socket_ >= 0) ::close(socket_);
  }

  int handle() const { return socket_; }

  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (count <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
  }
  void shut_write() { ::shutdown(socket_, SHUT_WR); }
  void patience(std::chrono::milliseconds time) {
    const timeval value{.tv_sec = time.count() / 1'000, .tv_usec = time.count() % 1'000 * 1'000};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &value, sizeof value);
    ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &value, sizeof value);
  }

  // False: the server ended, or said nothing in time.
  bool receive() {
    char piece[16'384];
    const ssize_t count = ::recv(socket_, piece, sizeof piece, 0);
    if (count <= 0) return false;
    unread_.append(piece, static_cast<std::size_t>(count));
    return true;
  }
  // Up to and with `end`, or what came before the connection ended.
  std::string read_to(std::string_view end) {
    std::size_t at;
    while ((at = unread_.find(end)) == std::string::npos && receive()) {
    }
    return take(at == std::string::npos ? unread_.size() : at + end.size());
  }
  std::string read_to_end() {
    while (receive()) {
    }
    return take(unread_.size());
  }
  // The next reply, by its Content-Length.
  Answer read_answer(bool of_head = false) {
    Answer answer;
    answer.head = read_to("\r\n\r\n");
    if (!answer.head.ends_with("\r\n\r\n") || !answer.head.starts_with("HTTP/1.1 ")) return answer;
    const std::size_t length = of_head ? 0 : number_behind(answer.head, "Content-Length: ");
    while (unread_.size() < length && receive()) {
    }
    if (unread_.size() < length) return answer;
    answer.body = take(length);
    answer.status = static_cast<int>(number_behind(answer.head, "HTTP/1.1 "));
    return answer;
  }
  Answer ask(std::string_view bytes) {
    send(bytes);
    return read_answer();
  }

 private:
  void start(const sockaddr* at, socklen_t size) {
    patience(std::chrono::seconds(5));
    ANLAN_CHECK(::connect(socket_, at, size) == 0);
  }
  std::string take(std::size_t count) {
    const std::string taken = unread_.substr(0, count);
    unread_.erase(0, count);
    return taken;
  }
  static std::size_t number_behind(const std::string& head, std::string_view words) {
    std::size_t number = 0;
    if (const std::size_t at = head.find(words); at != std::string::npos) {
      const char* const from = head.data() + at + words.size();
      std::from_chars(from, head.data() + head.size(), number);
    }
    return number;
  }

  int socket_;
  std::string unread_;
};

// A request without a body, and one with.
inline std::string get(std::string_view target) {
  return "GET " + std::string(target) + " HTTP/1.1\r\nHost: a\r\n\r\n";
}
inline std::string post(std::string_view target, std::string_view body) {
  return "POST " + std::string(target) +
         " HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
         std::string(body);
}

}  // namespace anlan::platform::testing
