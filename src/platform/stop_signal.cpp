#include "platform/stop_signal.h"

#include <pthread.h>

#include "base/check.h"

namespace anlan::platform {

StopSignal::StopSignal() {
  sigemptyset(&signals_);
  sigaddset(&signals_, SIGINT);
  sigaddset(&signals_, SIGTERM);
  ANLAN_CHECK(pthread_sigmask(SIG_BLOCK, &signals_, nullptr) == 0);
}

void StopSignal::wait() {
  int signal = 0;
  ANLAN_CHECK(sigwait(&signals_, &signal) == 0);
}

}  // namespace anlan::platform
