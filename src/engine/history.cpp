#include "engine/history.h"

#include "base/check.h"

namespace anlan::engine {

HistoryEffect history_effect(double shape, double rate, const LossHistory& history) {
  ANLAN_CHECK(shape > 0.0);
  ANLAN_CHECK(rate >= 0.0);
  if (rate == 0.0 || history.months == 0) return {.factor = 1.0, .shape = shape};
  const Posterior after =
      posterior_rate({.shape = shape, .rate = shape / rate}, static_cast<double>(history.incidents),
                     static_cast<double>(history.months) / 12.0);
  return {
      .factor = after.mean / rate, .shape = after.gamma.shape, .credibility = after.credibility};
}

}  // namespace anlan::engine
