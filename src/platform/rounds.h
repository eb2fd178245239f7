// Rounds: one thread that does the same small piece of work again and again, until it ends.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace anlan::platform {

class Rounds {
 public:
  using Round = std::function<void()>;  // throws nothing
  // The first round begins at once; `pause` lies between the end of one and the next.
  Rounds(std::chrono::milliseconds pause, Round round);
  Rounds(const Rounds&) = delete;
  Rounds& operator=(const Rounds&) = delete;
  ~Rounds();  // after the round that is under way

 private:
  void run();

  const std::chrono::milliseconds pause_;
  const Round round_;
  std::mutex mutex_;
  std::condition_variable ended_;
  bool ending_ = false;
  std::thread thread_;  // last: it uses all above
};

}  // namespace anlan::platform
