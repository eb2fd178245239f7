#include "engine/control_draws.h"

#include <algorithm>

#include "base/maths.h"
#include "base/normal.h"
#include "base/random.h"
#include "engine/streams.h"

namespace anlan::engine {
namespace {

constexpr double kEnd = 1.2815515655446004;  // 90 % point of the standard normal

double drawn_risk(const ControlPrior& prior, double z) {
  const double half = z < 0.0 ? prior.log_risk - prior.log_low : prior.log_high - prior.log_risk;
  return std::max(0.0, prior.log_risk + z * std::max(0.0, half) / kEnd);
}

}  // namespace

ControlDraws::ControlDraws(const ControlPriors& priors, const ControlDrawOptions& options)
    : members_(options.members), rows_(priors.rows.size()) {
  const double common = maths::sqrt(options.correlation);
  const double own = maths::sqrt(1.0 - options.correlation);
  for (std::size_t row = 0; row < rows_.size(); ++row) {
    const ControlPrior& prior = priors.rows[row];
    if (std::max(prior.log_risk, prior.log_high) > 0.0) rows_[row].resize(members_);
  }
  for (std::size_t m = 0; m < members_; ++m) {
    const RandomStream stream({.seed = options.seed, .subject = m, .stream = kControlStream});
    const auto normal = [&](std::uint64_t draw) {
      return maths::normal_quantile(stream.unit(draw));
    };
    const double shared = common * normal(0);
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      if (rows_[row].empty()) continue;
      rows_[row][m] = drawn_risk(priors.rows[row], shared + own * normal(1 + row));
    }
  }
}

}  // namespace anlan::engine
