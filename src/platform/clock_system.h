// The time of the machine.
#pragma once

#include "house/ports.h"

namespace anlan::platform {

class SystemClock final : public house::Clock {
 public:
  Instant now() override;
};

}  // namespace anlan::platform
