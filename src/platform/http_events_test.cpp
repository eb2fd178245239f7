#include "platform/http_events.h"

#include <atomic>
#include <thread>

#include <doctest/doctest.h>

#include "platform/http_testing.h"

using namespace anlan;
using namespace anlan::platform;
using namespace anlan::platform::testing;
using namespace std::chrono_literals;

namespace {

HttpHandler stream_of(const std::shared_ptr<EventStream>& events) {
  return [events](const HttpRequest&) { return HttpReply{.events = events}; };
}

}  // namespace

TEST_CASE("events: text of an event; no field can be brought in by a value") {
  CHECK(event_text({.data = "a"}) == "data: a\n\n");
  CHECK(event_text({.id = "7"}) == "id: 7\n\n");  // of which a reader hears nothing
  CHECK(event_text({.name = "n", .data = "a\nb\r\nc\rd\n", .id = "7"}) ==
        "id: 7\nevent: n\ndata: a\ndata: b\ndata: c\ndata: d\ndata: \n\n");
  CHECK(event_text({.name = "n\ndata: x", .data = "", .id = std::string("1\r\n\0", 4)}) ==
        "id: 1\nevent: ndata: x\ndata: \n\n");
}

TEST_CASE("events: what is pushed before, while and from elsewhere arrives in order, to the end") {
  const auto events = std::make_shared<EventStream>();
  CHECK(events->push({.data = "before"}));
  const TestServer at(loopback_options(), stream_of(events));
  Client client(at.port);
  client.send(get("/"));
  const std::string head = client.read_to("\r\n\r\n");
  CHECK(head.find("\r\nContent-Type: text/event-stream\r\n") != std::string::npos);
  CHECK(head.find("\r\nConnection: close\r\n") != std::string::npos);
  CHECK(client.read_to("\n\n") == "data: before\n\n");
  std::thread other([&] {
    for (int i = 0; i < 1'000; ++i) events->push({.data = std::to_string(i)});
    events->close();
  });
  for (int i = 0; i < 1'000; ++i)
    REQUIRE(client.read_to("\n\n") == "data: " + std::to_string(i) + "\n\n");
  CHECK(client.read_to_end().empty());
  other.join();
  CHECK(!events->push({.data = "late"}));
}

TEST_CASE("events: a reader that does not read is dropped, and whoever pushes never waits") {
  const auto events = std::make_shared<EventStream>(1'000'000);
  const TestServer at(loopback_options(), stream_of(events));
  Client client(at.port, 4'096);
  client.send(get("/"));
  client.read_to("\r\n\r\n");
  const std::string piece(10'000, 'x');
  int pushed = 0;
  while (pushed < 10'000 && events->push({.data = piece})) ++pushed;
  CHECK(pushed >= 99);
  CHECK(pushed < 10'000);
  CHECK(!events->open());
  CHECK(soon([&] { return at.server.counters().connections == 0; }));
}

TEST_CASE("events: pings find the reader that is gone") {
  const auto events = std::make_shared<EventStream>();
  HttpServerOptions options = loopback_options();
  options.limits.event_ping_every = 50ms;
  const TestServer at(options, stream_of(events));
  {
    Client client(at.port);
    client.send(get("/"));
    client.read_to("\r\n\r\n");
    CHECK(client.read_to("\n\n") == ":\n\n");
    CHECK(client.read_to("\n\n") == ":\n\n");
    CHECK(events->open());
  }
  CHECK(soon([&] { return !events->open(); }));
  CHECK(!events->push({.data = "a"}));
}

TEST_CASE("events: HEAD opens none") {
  const auto events = std::make_shared<EventStream>();
  const TestServer at(loopback_options(), stream_of(events));
  Client client(at.port);
  client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
  CHECK(client.read_answer(true).status == 200);
  CHECK(client.read_to_end().empty());
}

TEST_CASE("events: streams end with the server, and a hundred of them leave room for requests") {
  std::vector<std::shared_ptr<EventStream>> streams;
  std::mutex mutex;
  TestServer at(loopback_options(), [&](const HttpRequest& request) {
    if (request.path != "/events") return echo(request);
    const std::lock_guard lock(mutex);
    return HttpReply{.events = streams.emplace_back(std::make_shared<EventStream>())};
  });
  std::vector<Client> readers;
  for (int i = 0; i < 100; ++i) readers.emplace_back(at.port).send(get("/events"));
  for (Client& reader : readers) REQUIRE(!reader.read_to("\r\n\r\n").empty());
  CHECK(Client(at.port).ask(get("/x")).status == 200);
  for (const auto& stream : streams) CHECK(stream->push({.data = "hello"}));
  for (Client& reader : readers) CHECK(reader.read_to("\n\n") == "data: hello\n\n");
  at.server.stop(5s);
  for (Client& reader : readers) CHECK(reader.read_to_end().empty());
  for (const auto& stream : streams) CHECK(!stream->push({.data = "late"}));
}
