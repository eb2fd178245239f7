#include "platform/rounds.h"

#include <utility>

namespace anlan::platform {

Rounds::Rounds(std::chrono::milliseconds pause, Round round)
    : pause_(pause), round_(std::move(round)), thread_([this] { run(); }) {}

Rounds::~Rounds() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  ended_.notify_all();
  thread_.join();
}

void Rounds::run() {
  std::unique_lock lock(mutex_);
  while (!ending_) {
    lock.unlock();
    round_();
    lock.lock();
    ended_.wait_for(lock, pause_, [this] { return ending_; });
  }
}

}  // namespace anlan::platform
