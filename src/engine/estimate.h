// A number and a bound on how far it may be from the exact one.
#pragma once

namespace anlan::engine {

struct Estimate {
  double value = 0.0;
  double error = 0.0;  // |value - exact| is at most this
};

}  // namespace anlan::engine
