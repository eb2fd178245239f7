#include "engine/incidents.h"

#include <algorithm>

#include "base/maths.h"

namespace anlan::engine {
namespace {

constexpr double kNegligible = 1e-6;  // of the rate
// Of the numbers that follow the low-discrepancy ones, one line of draws a sequence.
constexpr std::uint64_t kDrawsOfSequence = 2 * kIncidentsMax;
// The low-discrepancy shifts take the first draws of the same key.
constexpr std::uint64_t kFirstDraw = 1'000;

}  // namespace

std::vector<double> incidents_at_least(double rate, double gamma, std::size_t count_max) {
  std::vector<double> at_least;
  if (!(rate > 0.0)) return at_least;
  // p_0 = (gamma / (gamma + rate))^gamma, p_k = p_(k-1) (gamma + k - 1) / k x rate / (gamma +
  // rate).
  double probability = maths::exp(-gamma * maths::log1p(rate / gamma));
  double rest = -maths::expm1(-gamma * maths::log1p(rate / gamma));
  double left = rate;  // the sum of the P(N >= k) still to come
  for (std::size_t k = 1; k <= count_max; ++k) {
    at_least.push_back(rest);
    left -= rest;
    if (left < kNegligible * rate) break;
    const auto count = static_cast<double>(k);
    probability *= (gamma + count - 1.0) / count * rate / (gamma + rate);
    rest = std::max(0.0, rest - probability);
  }
  at_least.back() += std::max(0.0, left);
  return at_least;
}

std::vector<double> incident_counts(double rate, double gamma) {
  if (!(rate > 0.0)) return {1.0};
  const std::size_t last = incidents_at_least(rate, gamma, kIncidentsMax).size();
  double probability = maths::exp(-gamma * maths::log1p(rate / gamma));
  double above = -maths::expm1(-gamma * maths::log1p(rate / gamma));
  std::vector<double> out{probability};
  for (std::size_t n = 1; n < last; ++n) {
    const auto count = static_cast<double>(n);
    probability *= (gamma + count - 1.0) / count * rate / (gamma + rate);
    out.push_back(probability);
    above -= probability;
  }
  out.push_back(std::max(0.0, above));
  return out;
}

IncidentDraws::IncidentDraws(std::size_t incidents, const RandomKey& key)
    : first_(std::min(2 * incidents, kSobolDimensionsMax), key), rest_(key) {}

double IncidentDraws::at(std::size_t sequence, std::size_t dimension) const {
  if (dimension < first_.dimensions()) return first_.at(sequence, dimension);
  return rest_.unit(kFirstDraw + sequence * kDrawsOfSequence + dimension);
}

}  // namespace anlan::engine
