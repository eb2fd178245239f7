#include "engine/history.h"

#include "base/check.h"

namespace anlan::engine {

Posterior posterior(double shape, double rate, const LossHistory& history) {
  ANLAN_CHECK(shape > 0.0);
  ANLAN_CHECK(rate >= 0.0);
  const double exposure = rate * static_cast<double>(history.months) / 12.0;
  const auto seen = static_cast<double>(history.incidents);
  return {.factor = (shape + seen) / (shape + exposure),
          .shape = shape + seen,
          .credibility = exposure / (shape + exposure)};
}

}  // namespace anlan::engine
