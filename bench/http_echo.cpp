// The bare HTTP server: an echo of a small body on keep-alive connections, one request under way on
// each. The client is one thread of this process, so that it shares the machine with the server.
// Usage: bench_http_echo [SECONDS]; prints requests a second and the times of an answer.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include <sys/epoll.h>

#include "base/check.h"
#include "platform/http_testing.h"

namespace {

using namespace anlan::platform;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kConnections = 32;
constexpr std::size_t kBodyBytes = 300;

struct Asked {
  testing::Client client;
  std::string received;
  Clock::time_point at;
};

// All connections at once, each asks again when it has its answer. Microseconds of each answer.
class Load {
 public:
  explicit Load(std::uint16_t port) : poll_(::epoll_create1(EPOLL_CLOEXEC)) {
    request_ = testing::post("/echo", std::string(kBodyBytes, 'x'));
    testing::Client first(port);
    const testing::Answer answer = first.ask(request_);
    ANLAN_CHECK(answer.status == 200);
    answer_bytes_ = answer.head.size() + answer.body.size();
    for (std::size_t i = 0; i < kConnections; ++i)
      asked_.push_back({.client = testing::Client(port), .received = {}, .at = {}});
    for (std::size_t i = 0; i < kConnections; ++i) {
      epoll_event event{.events = EPOLLIN, .data = {.u64 = i}};
      ANLAN_CHECK(::epoll_ctl(poll_, EPOLL_CTL_ADD, asked_[i].client.handle(), &event) == 0);
    }
  }
  Load(const Load&) = delete;
  Load& operator=(const Load&) = delete;
  ~Load() { ::close(poll_); }

  std::vector<double> run(std::chrono::milliseconds time) {
    std::vector<double> took;
    for (Asked& asked : asked_) ask(asked);
    const Clock::time_point end = Clock::now() + time;
    while (Clock::now() < end) {
      std::array<epoll_event, kConnections> ready;
      const int count = ::epoll_wait(poll_, ready.data(), static_cast<int>(ready.size()), 1'000);
      for (int i = 0; i < count; ++i)
        take(asked_[ready[static_cast<std::size_t>(i)].data.u64], took);
    }
    return took;
  }

 private:
  void ask(Asked& asked) {
    asked.at = Clock::now();
    ANLAN_CHECK(asked.client.send(request_));
  }
  void take(Asked& asked, std::vector<double>& took) {
    std::array<char, 4'096> piece;
    const ssize_t count = ::recv(asked.client.handle(), piece.data(), piece.size(), 0);
    ANLAN_CHECK(count > 0);
    asked.received.append(piece.data(), static_cast<std::size_t>(count));
    if (asked.received.size() < answer_bytes_) return;
    ANLAN_CHECK(asked.received.size() == answer_bytes_);
    asked.received.clear();
    took.push_back(std::chrono::duration<double, std::micro>(Clock::now() - asked.at).count());
    ask(asked);
  }

  int poll_;
  std::string request_;
  std::size_t answer_bytes_ = 0;
  std::vector<Asked> asked_;
};

double quantile(std::vector<double>& values, double share) {
  const auto at = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + at, values.end());
  return values[static_cast<std::size_t>(at)];
}

}  // namespace

int main(int argc, char** argv) {
  const std::chrono::milliseconds time(argc > 1 ? std::atoi(argv[1]) * 1'000 : 4'000);
  testing::TestServer at(testing::loopback_options(), [](const HttpRequest& request) {
    return HttpReply{.headers = {{.name = "Content-Type", .value = "application/json"}},
                     .body = request.body};
  });
  Load load(at.port);
  load.run(std::chrono::milliseconds(500));  // warm
  std::vector<double> took = Load(at.port).run(time);
  const double seconds = std::chrono::duration<double>(time).count();
  std::printf("%.0f requests/s, p50 %.2f ms, p99 %.2f ms, %zu connections\n",
              static_cast<double>(took.size()) / seconds, quantile(took, 0.5) / 1'000,
              quantile(took, 0.99) / 1'000, kConnections);
  return 0;
}
