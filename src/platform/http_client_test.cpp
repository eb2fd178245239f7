#include "platform/http_client.h"

#include <atomic>
#include <future>
#include <mutex>
#include <vector>

#include <doctest/doctest.h>

#include "platform/files.h"
#include "platform/http_testing.h"
#include "platform/temporary_folder.h"
#include "platform/webhook_refusals.h"

using namespace anlan;
using namespace anlan::platform;
using namespace anlan::platform::testing;

namespace {

HttpClientOptions to_loopback() {
  return {.to_private = true, .time_max = std::chrono::milliseconds(20'000)};
}

HttpOutcome post(HttpClient& client, const std::string& url, std::string body = "{}") {
  std::promise<HttpOutcome> said;
  std::future<HttpOutcome> outcome = said.get_future();
  HttpCall call{.url = read_http_url(url).value(),
                .headers = {{.name = "X-One", .value = "1"}},
                .body = std::move(body)};
  client.post(std::move(call), [&said](const HttpOutcome& each) { said.set_value(each); });
  return outcome.get();
}

HttpOutcome post(HttpClientOptions options, const std::string& url) {
  return post(*HttpClient::start(std::move(options)).value(), url);
}

std::string local(std::uint16_t port, std::string_view path = "/") {
  return "http://127.0.0.1:" + std::to_string(port) + std::string(path);
}

// A peer that says these bytes to whoever connects, and then ends or waits.
class Talker {
 public:
  explicit Talker(std::string says, bool waits = false)
      : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ANLAN_CHECK(::bind(listener_, reinterpret_cast<sockaddr*>(&at), sizeof at) == 0);
    ANLAN_CHECK(::listen(listener_, 4) == 0);
    socklen_t size = sizeof at;
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&at), &size);
    port = ntohs(at.sin_port);
    thread_ = std::thread([this, says = std::move(says), waits] {
      const int peer = ::accept(listener_, nullptr, nullptr);
      if (peer < 0) return;
      char piece[4'096];
      if (::recv(peer, piece, sizeof piece, 0) > 0)
        ::send(peer, says.data(), says.size(), MSG_NOSIGNAL);
      while (waits && ::recv(peer, piece, sizeof piece, 0) > 0) {
      }
      ::close(peer);
    });
  }
  ~Talker() {
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
  }
  std::uint16_t port = 0;

 private:
  int listener_;
  std::thread thread_;
};

HttpFailure failure_of_reply(std::string says) {
  const Talker talker(std::move(says));
  return post(to_loopback(), local(talker.port)).failure;
}

}  // namespace

TEST_CASE("client: the request arrives as it was made, the status comes back") {
  std::mutex mutex;
  HttpRequest got;
  const TestServer at(loopback_options(), [&](const HttpRequest& request) {
    const std::lock_guard lock(mutex);
    got = request;
    HttpReply reply;
    reply.status = request.path == "/no" ? 503 : 202;
    return reply;
  });
  const auto client = HttpClient::start(to_loopback()).value();
  const std::string body(100'000, 'b');
  const HttpOutcome outcome = post(*client, local(at.port, "/a/b?c=d"), body);
  CHECK(outcome.status == 202);
  CHECK(outcome.failure == HttpFailure::kNone);
  CHECK(post(*client, local(at.port, "/no")).status == 503);
  CHECK(post(*client, "http://localhost:" + std::to_string(at.port) + "/a/b?c=d", body).status ==
        202);
  const std::lock_guard lock(mutex);
  CHECK(got.method == "POST");
  CHECK(got.target == "/a/b?c=d");
  CHECK(got.body == body);
  CHECK(got.header("x-one") == "1");
  CHECK(got.header("host") == "localhost:" + std::to_string(at.port));
}

TEST_CASE("client: private addresses are refused unless allowed, as numbers and behind a name") {
  std::atomic<int> reached{0};
  const TestServer at(loopback_options(), [&](const HttpRequest&) {
    ++reached;
    return HttpReply();
  });
  const auto client = HttpClient::start({}).value();
  for (const std::string host : {"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]",
                                 "[64:ff9b::7f00:1]", "0.0.0.0", "169.254.169.254", "10.0.0.1"}) {
    CAPTURE(host);
    const HttpOutcome outcome = post(*client, "http://" + host + ":" + std::to_string(at.port));
    CHECK(outcome.status == 0);
    CHECK(name_of(outcome.failure) == "address_refused");
  }
  // Forms that a resolver understands and a check of the text would not.
  for (const std::string host : {"127.1", "2130706433", "0x7f000001", "0177.0.0.1"}) {
    CAPTURE(host);
    const HttpOutcome outcome = post(*client, "http://" + host + ":" + std::to_string(at.port));
    CHECK(outcome.status == 0);
    CHECK((outcome.failure == HttpFailure::kAddressRefused ||
           outcome.failure == HttpFailure::kNotResolved));
  }
  CHECK(reached == 0);
  CHECK(post(to_loopback(), local(at.port)).status == 200);
  CHECK(reached == 1);
}

TEST_CASE("client: a redirect is an answer, not a way") {
  std::atomic<int> reached{0};
  const TestServer at(loopback_options(), [&](const HttpRequest& request) {
    ++reached;
    HttpReply reply;
    reply.status = request.path == "/next" ? 200 : 307;
    reply.headers.push_back({.name = "Location", .value = "/next"});
    return reply;
  });
  CHECK(post(to_loopback(), local(at.port)).status == 307);
  CHECK(reached == 1);
}

TEST_CASE("client: replies that are none") {
  CHECK(failure_of_reply("HTTP/1.1 200 OK\r\n\r\n") == HttpFailure::kNone);
  CHECK(failure_of_reply("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No\r\n\r\n") ==
        HttpFailure::kNone);
  CHECK(failure_of_reply("") == HttpFailure::kCut);
  CHECK(failure_of_reply("HTTP/1.1 200 OK\r\n") == HttpFailure::kCut);
  CHECK(failure_of_reply("HTTP/1.1 100 Continue\r\n\r\n") == HttpFailure::kCut);
  CHECK(failure_of_reply("SSH-2.0-x\r\n\r\n") == HttpFailure::kReplyMalformed);
  CHECK(failure_of_reply("HTTP/1.1 2000 OK\r\n\r\n") == HttpFailure::kReplyMalformed);
  CHECK(failure_of_reply("HTTP/1.1 099 OK\r\n\r\n") == HttpFailure::kReplyMalformed);
  CHECK(failure_of_reply("HTTP/1.1 200 OK\r\nX: " + std::string(40'000, 'x')) ==
        HttpFailure::kReplyTooLarge);
}

TEST_CASE("client: who does not answer is given up in time, who is not there at once") {
  const Talker silent("HTTP/1.1 200", true);
  HttpClientOptions options = to_loopback();
  options.time_max = std::chrono::milliseconds(200);
  CHECK(post(options, local(silent.port)).failure == HttpFailure::kTimedOut);
  std::uint16_t nobody = 0;
  {
    const Talker gone("");
    nobody = gone.port;
  }
  CHECK(post(to_loopback(), local(nobody)).failure == HttpFailure::kNotConnected);
  // No name has a part of 70 letters: nobody need be asked.
  CHECK(post(to_loopback(), "http://" + std::string(70, 'x') + "/").failure ==
        HttpFailure::kNotResolved);
}

TEST_CASE("client: a name that resolves slowly holds up no other, and is given up in time") {
  std::promise<void> released;
  std::shared_future<void> release = released.get_future().share();
  const TestServer at(loopback_options());
  HttpClientOptions options = to_loopback();
  options.time_max = std::chrono::milliseconds(2'000);
  options.look_up = [release](const std::string& host) {
    if (host == "slow.test") release.wait();
    return std::vector<IpAddress>{*read_ip_address("127.0.0.1")};
  };
  const auto client = HttpClient::start(options).value();
  std::atomic<int> late{0};
  const std::string rest = ".test:" + std::to_string(at.port) + "/";
  for (int n = 0; n < 20; ++n) {
    client->post({.url = read_http_url("http://slow" + rest).value()},
                 [&](const HttpOutcome& each) {
                   if (each.failure == HttpFailure::kTimedOut) ++late;
                 });
  }
  CHECK(post(*client, "http://quick" + rest).status == 200);
  CHECK(late == 0);
  CHECK(soon([&] { return late == 20; }));
  released.set_value();
}

TEST_CASE("client: stop cuts what is under way, and says so") {
  const Talker silent("", true);
  const auto client = HttpClient::start(to_loopback()).value();
  std::atomic<int> stopped{0};
  for (int n = 0; n < 3; ++n) {
    client->post({.url = read_http_url(local(silent.port)).value()},
                 [&](const HttpOutcome& outcome) {
                   if (outcome.failure == HttpFailure::kStopped) ++stopped;
                 });
  }
  client->stop();
  CHECK(stopped == 3);
}

TEST_CASE("refusal 8100 http_authority_unusable: no file, no certificate") {
  const TemporaryFolder folder = TemporaryFolder::create().value();
  for (const std::string name : {"/none.pem", "/text.pem"}) {
    CAPTURE(name);
    if (name == "/text.pem") REQUIRE(write_file(folder.path() + name, bytes_of("no pem")).ok());
    const auto client = HttpClient::start({.ca_file = folder.path() + name});
    REQUIRE(!client.ok());
    CHECK(client.refusal().code == platform::refusals::kHttpAuthorityUnusable);
    CHECK(!client.refusal().args.at(0).value.empty());
  }
}
