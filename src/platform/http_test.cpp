#include "platform/http.h"

#include <atomic>
#include <filesystem>
#include <mutex>
#include <thread>

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "platform/files.h"
#include "platform/http_testing.h"
#include "platform/refusals.h"
#include "platform/socket_path.h"
#include "platform/temporary_folder.h"

using namespace anlan;
using namespace anlan::platform;
using namespace anlan::platform::testing;
using namespace std::chrono_literals;

namespace {

RefusalCode refusal_of(const HttpServerOptions& options) {
  HttpServer server(options, echo);
  const auto port = server.start();
  REQUIRE(!port.ok());
  return port.refusal().code;
}

}  // namespace

TEST_CASE("http: requests of one connection are answered one after the other") {
  const TestServer at;
  Client client(at.port);
  for (int i = 0; i < 50; ++i) {
    const Answer answer = client.ask(post("/a", std::to_string(i)));
    CHECK(answer.status == 200);
    CHECK(answer.body == "POST /a " + std::to_string(i));
    CHECK(!answer.says("Connection:"));
    CHECK(answer.says("\r\nDate: "));
  }
  CHECK(at.server.counters().accepted == 1);
  CHECK(at.server.counters().requests == 50);
}

TEST_CASE("http: pipelined requests are answered in their order") {
  const TestServer at(loopback_options(), [](const HttpRequest& request) {
    if (request.path == "/0") std::this_thread::sleep_for(20ms);
    return echo(request);
  });
  Client client(at.port);
  std::string all;
  for (int i = 0; i < 200; ++i) all += get("/" + std::to_string(i));
  client.send(all);
  for (int i = 0; i < 200; ++i)
    REQUIRE(client.read_answer().body == "GET /" + std::to_string(i) + " ");
}

TEST_CASE("http: a request that comes byte by byte") {
  const TestServer at;
  Client client(at.port);
  const std::string bytes =
      "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
  for (const char byte : bytes) {
    client.send(std::string_view(&byte, 1));
    std::this_thread::yield();
  }
  CHECK(client.read_answer().body == "POST /x abc");
}

TEST_CASE("http: 100 Continue is said once, and not to a body that is too large") {
  const TestServer at;
  Client client(at.port);
  const std::string head =
      "POST /x HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: ";
  client.send(head + "3\r\n\r\n");
  CHECK(client.read_to("\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("a");
  std::this_thread::sleep_for(20ms);
  CHECK(client.ask("bc").body == "POST /x abc");
  CHECK(client.ask(head + "3\r\n\r\nabc").body == "POST /x abc");
  CHECK(client.ask(head + "99999999999\r\n\r\n").status == 413);
}

TEST_CASE("http: 8 MiB there and back") {
  const TestServer at;
  std::string body(std::size_t{8} << 20, ' ');
  for (std::size_t i = 0; i < body.size(); ++i) body[i] = static_cast<char>('a' + i * 7 % 26);
  Client client(at.port);
  std::thread sender([&] { client.send(post("/x", body)); });
  const Answer answer = client.read_answer();
  sender.join();
  CHECK(answer.status == 200);
  CHECK(answer.body == "POST /x " + body);
  CHECK(client.ask(get("/y")).body == "GET /y ");
  CHECK(at.server.counters().body_bytes == 0);
}

TEST_CASE("http: HEAD has the length of the body and no body") {
  const TestServer at;
  Client client(at.port);
  client.send("HEAD /abc HTTP/1.1\r\nHost: a\r\n\r\n");
  CHECK(client.read_answer(true).says("\r\nContent-Length: 10\r\n"));
  CHECK(client.ask(get("/x")).body == "GET /x ");
}

TEST_CASE("http: who asks for an end, or speaks HTTP/1.0, gets it") {
  const TestServer at;
  for (const std::string request :
       {"GET /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "GET /x HTTP/1.0\r\n\r\n"}) {
    Client client(at.port);
    const Answer answer = client.ask(request);
    CHECK(answer.body == "GET /x ");
    CHECK(answer.says("\r\nConnection: close\r\n"));
    CHECK(client.read_to_end().empty());
  }
  Client client(at.port);
  for (int i = 0; i < 2; ++i)
    CHECK(client.ask("GET /x HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
              .says("\r\nConnection: keep-alive\r\n"));
}

TEST_CASE("http: a client that has said all still gets its answers") {
  const TestServer at;
  Client client(at.port);
  client.send(get("/1") + get("/2"));
  client.shut_write();
  CHECK(client.read_answer().body == "GET /1 ");
  CHECK(client.read_answer().body == "GET /2 ");
  CHECK(client.read_to_end().empty());
}

TEST_CASE("http: a handler that throws, or replies what must not be sent, gives 500 and a line") {
  HttpServerOptions options = loopback_options();
  std::mutex mutex;
  std::vector<std::string> logged;
  options.log = [&](std::string_view line) {
    const std::lock_guard lock(mutex);
    logged.emplace_back(line);
  };
  options.error_reply = [](int status, std::string_view reason) {
    return HttpReply{.headers = {{.name = "Content-Type", .value = "application/json"}},
                     .body = std::to_string(status) + ": " + std::string(reason)};
  };
  const TestServer at(options, [](const HttpRequest& request) -> HttpReply {
    if (request.path == "/throw") throw std::runtime_error("broken");
    return {.headers = {{.name = "X", .value = request.query.at(0).value}}};
  });
  Client client(at.port);
  const Answer thrown = client.ask(get("/throw"));
  CHECK(thrown.status == 500);
  CHECK(thrown.body == "500: the reply could not be made");
  CHECK(thrown.says("Content-Type: application/json"));
  CHECK(client.ask(get("/?v=a%0d%0aSet-Cookie:%20b")).status == 500);
  CHECK(client.ask(get("/?v=a")).says("\r\nX: a\r\n"));
  const std::lock_guard lock(mutex);
  CHECK(logged ==
        std::vector<std::string>{"GET /throw: broken", "GET /: a control character in X"});
}

TEST_CASE("http: a reply that is cut at any byte does no harm") {
  const TestServer at;
  Client whole(at.port);
  whole.send(get("/x"));
  const std::size_t size = whole.read_answer().head.size() + std::string("GET /x ").size();
  for (std::size_t cut = 0; cut <= size; ++cut) {
    Client client(at.port);
    client.send(get("/x") + get("/y"));
    std::string piece(cut, ' ');
    if (cut > 0) CHECK(::recv(client.handle(), piece.data(), cut, MSG_WAITALL) == ssize_t(cut));
    const linger at_once{.l_onoff = 1, .l_linger = 0};  // a reset, not a farewell
    ::setsockopt(client.handle(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  }
  CHECK(whole.ask(get("/x")).status == 200);
  CHECK(soon([&] { return at.server.counters().in_flight == 0; }));
}

TEST_CASE("http: a Unix socket for its owner alone, beside TCP, gone at the end") {
  const TemporaryFolder folder = TemporaryFolder::create().value();
  HttpServerOptions options = loopback_options();
  options.unix_socket = folder.path() + "/s";
  {
    const TestServer at(options,
                        [](const HttpRequest& request) { return HttpReply{.body = request.peer}; });
    struct stat found {};
    REQUIRE(::stat(options.unix_socket.c_str(), &found) == 0);
    CHECK((found.st_mode & 0777) == 0600);
    Client local(options.unix_socket);
    CHECK(local.ask(get("/")).body == "unix");
    Client remote(at.port);
    CHECK(remote.ask(get("/")).body == "127.0.0.1");
    options.address.clear();
    CHECK(refusal_of(options) == platform::refusals::kHttpAddressTaken);
    CHECK(local.ask(get("/")).body == "unix");
  }
  CHECK(!std::filesystem::exists(options.unix_socket));
}

TEST_CASE("http: the peer of a request that a proxy hands on is whom it names") {
  const TemporaryFolder folder = TemporaryFolder::create().value();
  HttpServerOptions options = loopback_options();
  options.unix_socket = folder.path() + "/s";
  options.proxies = {"unix"};
  const TestServer at(options,
                      [](const HttpRequest& request) { return HttpReply{.body = request.peer}; });
  const std::string handed_on =
      "GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 10.0.0.1, 203.0.113.9\r\n\r\n";
  CHECK(Client(options.unix_socket).ask(handed_on).body == "203.0.113.9");
  CHECK(Client(at.port).ask(handed_on).body == "127.0.0.1");
}

TEST_CASE("http: the socket file of a server that was killed is replaced, another file is not") {
  const TemporaryFolder folder = TemporaryFolder::create().value();
  HttpServerOptions options;
  options.unix_socket = folder.path() + "/s";
  const int left = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  options.unix_socket.copy(address.sun_path, sizeof address.sun_path - 1);
  REQUIRE(::bind(left, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  ::close(left);
  {
    const TestServer at(options);
    CHECK(at.port == 0);
    Client client(options.unix_socket);
    CHECK(client.ask(get("/x")).body == "GET /x ");
  }
  REQUIRE(write_file(options.unix_socket, bytes_of(std::string_view("text"))).ok());
  CHECK(refusal_of(options) == platform::refusals::kHttpAddressTaken);
  CHECK(read_file(options.unix_socket).value() == "text");
}

TEST_CASE(
    "http: an own socket says by which path a request came, takes large bodies, may be deep") {
  const TemporaryFolder folder = TemporaryFolder::create().value();
  const std::string deep = folder.path() + "/" + std::string(120, 'a');
  std::filesystem::create_directory(deep);
  HttpServerOptions options;
  options.unix_socket = folder.path() + "/s";
  options.own_sockets = {folder.path() + "/own", deep + "/own"};
  options.limits.body_bytes_max = 1024;
  const TestServer at(options, [](const HttpRequest& request) {
    return HttpReply{.body = request.peer + " " + request.own_socket + " " +
                             std::to_string(request.body.size())};
  });
  const std::string large(4096, 'x');
  CHECK(Client(options.own_sockets[0]).ask(post("/", large)).body ==
        "unix " + options.own_sockets[0] + " 4096");
  CHECK(Client(options.unix_socket).ask(post("/", large)).status == 413);
  CHECK(Client(options.unix_socket).ask(post("/", "x")).body == "unix  1");
  struct stat found {};
  REQUIRE(::stat(options.own_sockets[0].c_str(), &found) == 0);
  CHECK((found.st_mode & 07777) == 0600);
  const auto owner = owner_of_socket(options.own_sockets[1]);
  REQUIRE(owner);
  CHECK(owner->own);
  CHECK(!owner_of_socket(deep + "/none"));
  CHECK(!owner_of_socket(deep));
  const SocketPath path(options.own_sockets[1]);
  REQUIRE(path.usable());
  CHECK(Client(path.text()).ask(get("/")).body == "unix " + options.own_sockets[1] + " 0");
}

TEST_CASE("refusal 8060 http_address_malformed, 8061 http_address_taken, 8062 http_not_listening") {
  HttpServerOptions options = loopback_options();
  options.address = "localhost";
  CHECK(refusal_of(options) == platform::refusals::kHttpAddressMalformed);
  options.address = "127.0.0.1";
  options.proxies = {"::1", "proxy.example"};
  HttpServer proxied(options, echo);
  const auto named = proxied.start();
  REQUIRE(!named.ok());
  CHECK(named.refusal().code == platform::refusals::kHttpAddressMalformed);
  CHECK(named.refusal().path == "proxy");
  CHECK(named.refusal().value == "proxy.example");
  options.proxies.clear();
  const TestServer at;
  options.port = at.port;
  HttpServer second(options, echo);
  const auto taken = second.start();
  REQUIRE(!taken.ok());
  CHECK(taken.refusal().code == platform::refusals::kHttpAddressTaken);
  CHECK(taken.refusal().value == "127.0.0.1 " + std::to_string(at.port));
  options = {};
  options.unix_socket = "no-such-folder/s";
  CHECK(refusal_of(options) == platform::refusals::kHttpNotListening);
  options.unix_socket = std::string(108, 'a');
  CHECK(refusal_of(options) == platform::refusals::kHttpNotListening);
}
