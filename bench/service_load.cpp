// A load on a running server over keep-alive connections, one request under way on each; one thread
// with epoll, so that it shares the machine as a client beside it would.
// Usage: bench_service_load PORT CONNECTIONS SECONDS FILE [once|open RATE]
//   FILE: requests, each as its length in a line and its bytes; they are asked in turn, or each
//   once ("once": ends early when all are asked), or at RATE a second whatever comes back ("open").
// Prints one JSON line: requests answered, by status, a second, and the times in milliseconds.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <fstream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <sys/epoll.h>

#include "base/check.h"
#include "platform/http_testing.h"

namespace {

using namespace anlan::platform;
using Clock = std::chrono::steady_clock;

std::vector<std::string> read_requests(const char* path) {
  std::ifstream file(path, std::ios::binary);
  std::vector<std::string> all;
  std::string line;
  while (std::getline(file, line)) {
    std::string request(static_cast<std::size_t>(std::atoll(line.c_str())), '\0');
    file.read(request.data(), static_cast<std::streamsize>(request.size()));
    ANLAN_CHECK(file.good());
    all.push_back(std::move(request));
  }
  ANLAN_CHECK(!all.empty());
  return all;
}

struct Asked {
  std::unique_ptr<testing::Client> client;
  std::string received;
  Clock::time_point at;
  bool busy = false;
};

struct Counted {
  std::map<int, std::uint64_t> by_status;
  std::vector<double> took;  // ms, of 200
  std::uint64_t cut = 0;
};

class Load {
 public:
  Load(std::uint16_t port, std::size_t connections, const std::vector<std::string>& requests,
       bool once)
      : port_(port), poll_(::epoll_create1(EPOLL_CLOEXEC)), requests_(requests), once_(once) {
    for (std::size_t i = 0; i < connections; ++i) {
      asked_.emplace_back();
      connect(i);
    }
  }
  Load(const Load&) = delete;
  Load& operator=(const Load&) = delete;
  ~Load() { ::close(poll_); }

  // Closed: each asks again when it has its answer.
  Counted closed(std::chrono::duration<double> time) {
    for (std::size_t i = 0; i < asked_.size(); ++i) ask(i, Clock::now());
    const auto end = Clock::now() + std::chrono::duration_cast<Clock::duration>(time);
    while (Clock::now() < end && busy_ > 0) {
      for (const std::size_t i : wait(1'000)) {
        if (take(i)) ask(i, Clock::now());
      }
    }
    return std::move(counted_);
  }

  // Open: as many a second as were asked for, on whatever connection is free; those that find none
  // wait, and their time counts from when they were due.
  Counted open(std::chrono::duration<double> time, double rate) {
    const auto start = Clock::now();
    const auto end = start + std::chrono::duration_cast<Clock::duration>(time);
    std::uint64_t due = 0;
    std::deque<Clock::time_point> waiting;
    std::deque<std::size_t> free;
    for (std::size_t i = 0; i < asked_.size(); ++i) free.push_back(i);
    for (auto now = start; now < end; now = Clock::now()) {
      const std::chrono::duration<double> since = now - start;
      for (; static_cast<double>(due) < since.count() * rate; ++due) waiting.push_back(now);
      while (!waiting.empty() && !free.empty()) {
        ask(free.front(), waiting.front());
        free.pop_front();
        waiting.pop_front();
      }
      for (const std::size_t i : wait(1)) {
        if (take(i)) free.push_back(i);
      }
    }
    return std::move(counted_);
  }

 private:
  void connect(std::size_t i) {
    Asked& asked = asked_[i];
    asked.client = std::make_unique<testing::Client>(port_);
    asked.received.clear();
    epoll_event event{.events = EPOLLIN, .data = {.u64 = i}};
    ANLAN_CHECK(::epoll_ctl(poll_, EPOLL_CTL_ADD, asked.client->handle(), &event) == 0);
  }

  void ask(std::size_t i, Clock::time_point at) {
    if (once_ && next_ == requests_.size()) return;
    Asked& asked = asked_[i];
    asked.at = at;
    if (!asked.client->send(requests_[next_ % requests_.size()])) {
      ++counted_.cut;
      connect(i);
      return;
    }
    ++next_;
    asked.busy = true;
    ++busy_;
  }

  std::vector<std::size_t> wait(int milliseconds) {
    std::array<epoll_event, 256> ready;
    const int count =
        ::epoll_wait(poll_, ready.data(), static_cast<int>(ready.size()), milliseconds);
    std::vector<std::size_t> out;
    for (int k = 0; k < count; ++k) out.push_back(ready[static_cast<std::size_t>(k)].data.u64);
    return out;
  }

  // True when an answer has ended, or the connection.
  bool take(std::size_t i) {
    Asked& asked = asked_[i];
    std::array<char, 65'536> piece;
    const ssize_t count = ::recv(asked.client->handle(), piece.data(), piece.size(), 0);
    if (count <= 0) {
      ++counted_.cut;
      if (asked.busy) --busy_;
      asked.busy = false;
      connect(i);
      return true;
    }
    asked.received.append(piece.data(), static_cast<std::size_t>(count));
    const std::size_t head = asked.received.find("\r\n\r\n");
    if (head == std::string::npos) return false;
    constexpr std::string_view kLength = "Content-Length: ";
    const std::size_t at = asked.received.find(kLength);
    const std::size_t body =
        at < head
            ? static_cast<std::size_t>(std::atoll(asked.received.c_str() + at + kLength.size()))
            : 0;
    if (asked.received.size() < head + 4 + body) return false;
    const int status = std::atoi(asked.received.c_str() + std::string_view("HTTP/1.1 ").size());
    ++counted_.by_status[status];
    if (status == 200) {
      counted_.took.push_back(
          std::chrono::duration<double, std::milli>(Clock::now() - asked.at).count());
    } else if (shown_++ < 3) {
      std::fprintf(stderr, "%s\n", asked.received.substr(0, 600).c_str());
    }
    const bool closes = asked.received.substr(0, head).find("Connection: close") < head;
    asked.received.clear();
    asked.busy = false;
    --busy_;
    if (closes) connect(i);
    return true;
  }

  std::uint16_t port_;
  int poll_;
  const std::vector<std::string>& requests_;
  bool once_;
  std::vector<Asked> asked_;
  std::size_t next_ = 0;
  std::size_t busy_ = 0;
  std::size_t shown_ = 0;
  Counted counted_;
};

double quantile(std::vector<double>& values, double share) {
  if (values.empty()) return 0;
  const auto at = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + at, values.end());
  return values[static_cast<std::size_t>(at)];
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 5) {
    std::fprintf(stderr,
                 "usage: bench_service_load PORT CONNECTIONS SECONDS FILE [once|open RATE]\n");
    return 2;
  }
  const std::vector<std::string> requests = read_requests(argv[4]);
  const std::string_view mode = argc > 5 ? argv[5] : "";
  const std::chrono::duration<double> time(std::atof(argv[3]));
  Load load(static_cast<std::uint16_t>(std::atoi(argv[1])),
            static_cast<std::size_t>(std::atoi(argv[2])), requests, mode == "once");
  const auto start = Clock::now();
  Counted counted =
      mode == "open" && argc > 6 ? load.open(time, std::atof(argv[6])) : load.closed(time);
  const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
  std::printf("{\"seconds\": %.3f, \"ok\": %zu, \"a_second\": %.1f, \"cut\": %llu, \"statuses\": {",
              seconds, counted.took.size(), static_cast<double>(counted.took.size()) / seconds,
              static_cast<unsigned long long>(counted.cut));
  bool first = true;
  for (const auto& [status, count] : counted.by_status) {
    std::printf("%s\"%d\": %llu", first ? "" : ", ", status,
                static_cast<unsigned long long>(count));
    first = false;
  }
  std::printf("}, \"p50\": %.3f, \"p99\": %.3f, \"max\": %.3f}\n", quantile(counted.took, 0.5),
              quantile(counted.took, 0.99), quantile(counted.took, 1.0));
  return 0;
}
