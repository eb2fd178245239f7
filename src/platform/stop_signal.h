// The request to end, from outside: SIGINT and SIGTERM.
#pragma once

#include <csignal>

namespace anlan::platform {

// Made before any other thread, so that only wait() sees the signals.
class StopSignal {
 public:
  StopSignal();
  void wait();  // returns when one has come

 private:
  sigset_t signals_;
};

}  // namespace anlan::platform
