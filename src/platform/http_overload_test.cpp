// Too many, too slow, and the end.
#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <limits>
#include <mutex>
#include <thread>

#include <doctest/doctest.h>

#include "platform/http_testing.h"

using namespace anlan;
using namespace anlan::platform;
using namespace anlan::platform::testing;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

namespace {

// Far below the default deadlines, and enough for a machine that is shared.
constexpr std::chrono::seconds kSoon{4};

std::chrono::milliseconds since(Clock::time_point begin) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begin);
}

// A handler that waits until it is let go.
class Gate {
 public:
  HttpReply pass(const HttpRequest& request) {
    std::unique_lock lock(mutex_);
    ++waiting_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return open_; });
    return echo(request);
  }
  void wait_for(int count) {
    std::unique_lock lock(mutex_);
    REQUIRE(changed_.wait_for(lock, 5s, [&] { return waiting_ >= count; }));
  }
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  HttpHandler handler() {
    return [this](const HttpRequest& request) { return pass(request); };
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int waiting_ = 0;
  bool open_ = false;
};

}  // namespace

TEST_CASE("http: replies that are to come late hold no worker") {
  const TestServer at(loopback_options(), [](const HttpRequest& request) {
    HttpReply reply = echo(request);
    if (request.path == "/late") reply.after = 2s;
    return reply;
  });
  const Clock::time_point begin = Clock::now();
  std::vector<Client> late;
  for (int n = 0; n < 40; ++n) {
    late.emplace_back(at.port);
    late.back().send(get("/late"));
  }
  CHECK(Client(at.port).ask(get("/now")).status == 200);
  CHECK(since(begin) < 2s);
  for (Client& each : late) CHECK(each.read_answer().status == 200);
  CHECK(since(begin) >= 2s);
  CHECK(since(begin) < 20s);  // with two workers that wait it would be forty
}

TEST_CASE("http: a server that is stopped does not wait for a late reply") {
  TestServer at(loopback_options(), [](const HttpRequest& request) {
    HttpReply reply = echo(request);
    reply.after = 60s;
    return reply;
  });
  Client client(at.port);
  client.send(get("/late"));
  REQUIRE(soon([&] { return at.server.counters().in_flight == 1; }));
  const Clock::time_point begin = Clock::now();
  at.server.stop(20s);
  CHECK(since(begin) < kSoon);
  CHECK(client.read_answer().status == 200);
}

TEST_CASE("http: a body may be as long as its head is allowed") {
  HttpServerOptions options = loopback_options();
  options.body_limit = [](const HttpRequest& head) {
    return head.path == "/short" ? std::size_t{16} : std::numeric_limits<std::size_t>::max();
  };
  const TestServer at(options);
  const std::string seventeen(17, 'x');
  CHECK(Client(at.port).ask(post("/short", seventeen.substr(1))).status == 200);
  CHECK(Client(at.port).ask(post("/short", seventeen)).status == 413);
  CHECK(Client(at.port).ask(post("/long", seventeen)).status == 200);
  // Before a byte of it was sent, and in chunks.
  CHECK(
      Client(at.port).ask("POST /short HTTP/1.1\r\nHost: a\r\nContent-Length: 17\r\n\r\n").status ==
      413);
  CHECK(Client(at.port)
            .ask("POST /short HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                 "9\r\nxxxxxxxxx\r\n9\r\nxxxxxxxxx\r\n0\r\n\r\n")
            .status == 413);
}

TEST_CASE("http: 300 slow clients of three kinds do not hold up honest requests") {
  HttpServerOptions options = loopback_options();
  options.limits.connections_per_peer_max = 400;
  options.limits.head_time_max = options.limits.body_time_max = 60s;
  const std::string large(std::size_t{4} << 20, 'x');
  const TestServer at(options, [&large](const HttpRequest& request) {
    return request.path == "/large" ? HttpReply{.body = large} : echo(request);
  });
  Client honest(at.port);
  const auto median_of_answers = [&honest](const auto& before_each) {
    std::vector<Clock::duration> took;
    for (int i = 0; i < 200; ++i) {
      before_each();
      const Clock::time_point begin = Clock::now();
      REQUIRE(honest.ask(get("/x")).status == 200);
      took.push_back(Clock::now() - begin);
    }
    std::nth_element(took.begin(), took.begin() + 100, took.end());
    return took[100];
  };
  const Clock::duration alone = median_of_answers([] {});
  std::vector<Client> slow;
  for (int i = 0; i < 300; ++i) {
    Client& client = slow.emplace_back(at.port, 4'096);
    if (i % 3 == 0) client.send("GET / HTTP/1.1\r\nHost: a\r\nX: ");
    if (i % 3 == 1) client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 999\r\n\r\n");
    if (i % 3 == 2 && i < 60) client.send(get("/large"));
  }
  const Clock::duration among_slow = median_of_answers([&slow] {
    for (std::size_t i = 0; i < slow.size(); i += 3) {
      slow[i].send("y");
      slow[i + 1].send("y");
    }
  });
  CHECK(among_slow < 3 * alone + 50ms);
  CHECK(at.server.counters().connections == 301);
}

TEST_CASE("http: a head and a body that trickle meet a deadline from their first byte") {
  HttpServerOptions options = loopback_options();
  options.limits.head_time_max = 200ms;
  options.limits.body_time_max = 400ms;
  const TestServer at(options);
  Client head(at.port);
  Client body(at.port);
  const Clock::time_point begin = Clock::now();
  body.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99\r\n\r\n");
  head.send("GET / HTTP/1.1\r\n");
  for (int i = 0; i < 10; ++i) {
    std::this_thread::sleep_for(30ms);
    head.send("X: y\r\n");
    body.send("y");
  }
  const Answer late = head.read_answer();
  CHECK(late.status == 408);
  CHECK(late.says("Connection: close"));
  CHECK(since(begin) < kSoon);
  CHECK(body.read_answer().status == 408);
  CHECK(since(begin) >= 400ms);
  CHECK(at.server.counters().refused == 2);
}

TEST_CASE("http: an idle connection, and one that says nothing at all, are closed without a word") {
  HttpServerOptions options = loopback_options();
  options.limits.idle_time_max = 150ms;
  const TestServer at(options);
  Client silent(at.port);
  Client idle(at.port);
  CHECK(idle.ask(get("/x")).status == 200);
  const Clock::time_point begin = Clock::now();
  CHECK(silent.read_to_end().empty());
  CHECK(idle.read_to_end().empty());
  CHECK(since(begin) < kSoon);
  CHECK(at.server.counters().refused == 0);
}

TEST_CASE("http: a reader that does not read is cut at the write deadline") {
  HttpServerOptions options = loopback_options();
  options.limits.write_time_max = 200ms;
  const TestServer at(options, [](const HttpRequest&) {
    return HttpReply{.body = std::string(std::size_t{32} << 20, 'x')};
  });
  Client client(at.port, 4'096);
  client.send(get("/"));
  REQUIRE(soon([&] { return at.server.counters().in_flight == 1; }));
  CHECK(soon([&] { return at.server.counters().connections == 0; }));
  CHECK(at.server.counters().in_flight == 0);
  CHECK(client.read_answer().status == 0);
}

TEST_CASE("http: what does not fit the queue is shed at once with Retry-After") {
  HttpServerOptions options = loopback_options();
  options.limits.queue_max = 3;
  Gate gate;
  const TestServer at(options, gate.handler());
  std::vector<Client> held;
  for (int i = 0; i < 5; ++i) {
    held.emplace_back(at.port).send(get("/held"));
    if (i < 2) gate.wait_for(i + 1);
  }
  REQUIRE(soon([&] { return at.server.counters().queued == 3; }));
  Client more(at.port);
  for (int i = 0; i < 20; ++i) {
    const Clock::time_point begin = Clock::now();
    const Answer shed = more.ask(get("/more"));
    CHECK(shed.status == 503);
    CHECK(shed.says("\r\nRetry-After: 1\r\n"));
    CHECK(!shed.says("Connection:"));  // it may come again
    CHECK(since(begin) < kSoon);
  }
  CHECK(at.server.counters().shed == 20);
  CHECK(soon([&] { return at.server.counters().in_flight == 5; }));
  gate.open();
  for (Client& client : held) CHECK(client.read_answer().status == 200);
  CHECK(more.ask(get("/more")).status == 200);
}

TEST_CASE("http: requests in flight have a limit of their own, which slow readers count for") {
  HttpServerOptions options = loopback_options();
  options.limits.requests_in_flight_max = 2;
  const TestServer at(options, [](const HttpRequest& request) {
    if (request.path != "/large") return echo(request);
    return HttpReply{.body = std::string(std::size_t{32} << 20, 'x')};
  });
  Client one(at.port, 4'096);
  Client two(at.port, 4'096);
  one.send(get("/large"));
  two.send(get("/large"));
  REQUIRE(soon([&] { return at.server.counters().in_flight == 2; }));
  Client more(at.port);
  CHECK(more.ask(get("/x")).status == 503);
  one.read_answer();
  CHECK(soon([&] { return at.server.counters().in_flight == 1; }));
  CHECK(more.ask(get("/x")).status == 200);
}

TEST_CASE("http: bodies that are read have one limit together") {
  HttpServerOptions options = loopback_options();
  options.limits.bodies_bytes_max = 100'000;
  const TestServer at(options);
  Client one(at.port);
  one.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 90001\r\n\r\n" +
           std::string(90'000, 'x'));
  REQUIRE(soon([&] { return at.server.counters().body_bytes == 90'000; }));
  Client two(at.port);
  const Answer shed = two.ask(post("/", std::string(20'000, 'y')));
  CHECK(shed.status == 503);
  CHECK(shed.says("Retry-After"));
  CHECK(one.ask("z").status == 200);
  CHECK(soon([&] { return at.server.counters().body_bytes == 0; }));
}

TEST_CASE("http: more connections than there may be are told 503, more than one's share 429") {
  for (const int status : {503, 429}) {
    HttpServerOptions options = loopback_options();
    (status == 503 ? options.limits.connections_max : options.limits.connections_per_peer_max) = 3;
    const TestServer at(options);
    std::vector<Client> first;
    for (int i = 0; i < 3; ++i) CHECK(first.emplace_back(at.port).ask(get("/x")).status == 200);
    Client more(at.port);
    const Answer answer = more.ask(get("/x"));
    CHECK(answer.status == status);
    CHECK(answer.says("Retry-After"));
    CHECK(more.read_to_end().empty());
    first.pop_back();
    REQUIRE(soon([&] { return at.server.counters().connections == 2; }));
    CHECK(Client(at.port).ask(get("/x")).status == 200);
  }
}

TEST_CASE("http: the share of one peer is not that of a proxy") {
  HttpServerOptions options = loopback_options();
  options.limits.connections_per_peer_max = 3;
  options.proxies = {"::FFFF:127.0.0.1"};  // however it is written
  const TestServer at(options);
  std::vector<Client> many;
  for (int i = 0; i < 10; ++i) CHECK(many.emplace_back(at.port).ask(get("/x")).status == 200);
  CHECK(at.server.counters().connections == 10);
}

TEST_CASE("http: a flood of connections above the limit is dropped, and honest ones are served") {
  HttpServerOptions options = loopback_options();
  options.limits.connections_max = 3;
  const TestServer at(options);
  Client honest(at.port);
  CHECK(honest.ask(get("/x")).status == 200);
  std::vector<Client> flood;
  for (int i = 0; i < 200; ++i) flood.emplace_back(at.port);
  CHECK(soon([&] { return at.server.counters().accepted == 201; }));
  CHECK(at.server.counters().connections == 3);
  CHECK(at.server.counters().shed == 198);
  CHECK(honest.ask(get("/x")).status == 200);
}

TEST_CASE("http: a stop lets what has begun end, and closes what is idle") {
  Gate gate;
  TestServer at(loopback_options(), gate.handler());
  Client handled(at.port);
  Client queued(at.port);
  Client begun(at.port);
  Client idle(at.port);
  begun.send("GET /begun HTTP/1.1\r\n");
  handled.send(get("/1") + get("/never"));
  queued.send(get("/2"));
  gate.wait_for(2);
  REQUIRE(soon([&] { return at.server.counters().connections == 4; }));
  std::this_thread::sleep_for(20ms);  // the bytes of `begun` arrive
  std::thread stopper([&] { at.server.stop(5s); });
  CHECK(idle.read_to_end().empty());
  begun.send("Host: a\r\n\r\n");
  gate.open();
  for (Client* const client : {&handled, &queued, &begun}) {
    const Answer answer = client->read_answer();
    CHECK(answer.status == 200);
    CHECK(answer.says("Connection: close"));
    CHECK(client->read_to_end().empty());
  }
  at.server.wait();
  stopper.join();
  CHECK(at.server.counters().connections == 0);
  CHECK(at.server.counters().requests == 3);
}

TEST_CASE("http: what is not finished at the end of the grace is cut") {
  std::atomic<int> handled = 0;
  HttpServerOptions options = loopback_options();
  options.workers = 1;
  TestServer at(options, [&handled](const HttpRequest& request) {
    ++handled;
    std::this_thread::sleep_for(300ms);
    return echo(request);
  });
  Client running(at.port);
  Client queued(at.port);
  Client begun(at.port);
  running.send(get("/1"));
  REQUIRE(soon([&] { return handled == 1; }));
  queued.send(get("/2"));
  begun.send("GET /");
  REQUIRE(soon([&] { return at.server.counters().queued == 1; }));
  const Clock::time_point begin = Clock::now();
  at.server.stop(50ms);
  CHECK(since(begin) < kSoon);
  for (Client* const client : {&running, &queued, &begun}) CHECK(client->read_answer().status == 0);
  CHECK(handled == 1);  // nobody would have read the second answer
}
