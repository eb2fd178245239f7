#include "engine/explained_share.h"

#include <algorithm>
#include <numeric>

#include "base/check.h"
#include "base/maths.h"
#include "engine/interval.h"

namespace anlan::engine {
namespace {

constexpr double kErrorsApart = 2.0;
constexpr std::size_t kNoGroup = kJackknifeGroups;

// Of n leave-one-out figures: (n - 1) / n x the sum of squares round their mean.
double jackknife_error(std::span<const double> without) {
  const auto n = static_cast<double>(without.size());
  const double mean = std::accumulate(without.begin(), without.end(), 0.0) / n;
  double squares = 0.0;
  for (const double one : without) squares += (one - mean) * (one - mean);
  return maths::sqrt(squares * (n - 1.0) / n);
}

struct Member {
  double outcome = 0.0;
  double log = 0.0;
  double rest = 0.0;  // log without what the control variate explains
  std::size_t group = 0;
};

// The members class by class, each by rising outcome.
using ByClass = std::vector<std::vector<Member>>;

struct Figures {
  double share = 0.0;
  double width = 0.0;
};

Figures figures_without(const ByClass& classes, std::size_t group) {
  double count = 0.0;
  double total = 0.0;
  double squares = 0.0;
  double raw_total = 0.0;
  double raw_squares = 0.0;
  double within = 0.0;
  double width = 0.0;
  std::vector<double> left;
  for (const std::vector<Member>& members : classes) {
    left.clear();
    double sum = 0.0;
    double own = 0.0;
    for (const Member& member : members) {
      if (member.group == group) continue;
      left.push_back(member.outcome);
      sum += member.rest;
      own += member.rest * member.rest;
      raw_total += member.log;
      raw_squares += member.log * member.log;
    }
    ANLAN_CHECK(left.size() >= 2);
    const auto n = static_cast<double>(left.size());
    count += n;
    total += sum;
    squares += own;
    within += own - sum * sum / n;
    width += n * (sorted_quantile(left, 1.0 - kSpreadTail) - sorted_quantile(left, kSpreadTail));
  }
  const double all = squares - total * total / count;
  const double raw = raw_squares - raw_total * raw_total / count;
  const auto bins = static_cast<double>(classes.size());
  Figures out{.share = 0.0, .width = width / count};
  if (raw > 0.0) {
    out.share = (all / (count - 1.0) - within / (count - bins)) / (raw / (count - 1.0));
  }
  return out;
}

// Logarithms round their mean, so that squares of them keep their digits.
std::vector<double> centred_logs(std::span<const double> outcomes) {
  std::vector<double> out;
  double mean = 0.0;
  for (const double outcome : outcomes) {
    ANLAN_CHECK(outcome > 0.0);
    out.push_back(maths::log(outcome));
    mean += out.back() / static_cast<double>(outcomes.size());
  }
  for (double& log : out) log -= mean;
  return out;
}

// `logs` less their least squares line in `known`.
std::vector<double> without_known(std::vector<double> logs, std::span<const double> known) {
  if (known.empty()) return logs;
  ANLAN_CHECK(known.size() == logs.size());
  double mean = 0.0;
  for (const double one : known) mean += one / static_cast<double>(known.size());
  double squares = 0.0;
  double products = 0.0;
  for (std::size_t m = 0; m < logs.size(); ++m) {
    squares += (known[m] - mean) * (known[m] - mean);
    products += (known[m] - mean) * logs[m];
  }
  if (squares <= 0.0) return logs;
  for (std::size_t m = 0; m < logs.size(); ++m) logs[m] -= products / squares * (known[m] - mean);
  return logs;
}

}  // namespace

double Estimate::error() const { return jackknife_error(without); }

double difference_error(const Estimate& a, const Estimate& b) {
  std::array<double, kJackknifeGroups> without{};
  for (std::size_t g = 0; g < without.size(); ++g) without[g] = a.without[g] - b.without[g];
  return jackknife_error(without);
}

std::size_t FactClasses::find(double value) const {
  const auto found = std::lower_bound(largest.begin(), largest.end(), value);
  return std::min(static_cast<std::size_t>(found - largest.begin()), largest.size() - 1);
}

FactClasses fact_classes(std::span<const double> fact) {
  ANLAN_CHECK(!fact.empty());
  std::vector<std::size_t> order(fact.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return fact[a] < fact[b]; });
  FactClasses out{.of = std::vector<std::uint32_t>(fact.size()), .largest = {}};
  const std::size_t least = fact.size() / (2 * kFactClasses);
  std::size_t first = 0;  // of the class that is open
  for (std::size_t i = 0; i < order.size(); ++i) {
    const bool last = i + 1 == order.size();
    const double value = fact[order[i]];
    out.of[order[i]] = static_cast<std::uint32_t>(out.largest.size());
    if (!last && fact[order[i + 1]] == value) continue;
    const std::size_t end = (i + 1) * kFactClasses / order.size();
    if (!last && (end == first * kFactClasses / order.size() || i + 1 - first < least)) continue;
    if (last && i + 1 - first < least && !out.largest.empty()) {
      // Too few at the end for a class of their own.
      for (std::size_t k = first; k <= i; ++k) --out.of[order[k]];
      out.largest.back() = value;
      break;
    }
    out.largest.push_back(value);
    first = i + 1;
  }
  return out;
}

Explained explained_share(std::span<const double> outcomes, const FactClasses& classes,
                          std::span<const double> known) {
  ANLAN_CHECK(outcomes.size() == classes.of.size());
  ANLAN_CHECK(outcomes.size() >= 2 * kJackknifeGroups);
  const std::vector<double> logs = centred_logs(outcomes);
  const std::vector<double> rest = without_known(logs, known);
  ByClass by_class(classes.largest.size());
  for (std::size_t m = 0; m < outcomes.size(); ++m) {
    by_class[classes.of[m]].push_back(
        {.outcome = outcomes[m], .log = logs[m], .rest = rest[m], .group = m % kJackknifeGroups});
  }
  for (std::vector<Member>& members : by_class) {
    std::stable_sort(members.begin(), members.end(),
                     [](const Member& a, const Member& b) { return a.outcome < b.outcome; });
  }
  Explained out;
  const Figures whole = figures_without(by_class, kNoGroup);
  out.share.value = whole.share;
  out.width.value = whole.width;
  for (std::size_t g = 0; g < kJackknifeGroups; ++g) {
    const Figures left = figures_without(by_class, g);
    out.share.without[g] = left.share;
    out.width.without[g] = left.width;
  }
  return out;
}

std::vector<double> outcomes_of(std::span<const double> outcomes, const FactClasses& classes,
                                std::size_t which) {
  std::vector<double> out;
  for (std::size_t m = 0; m < outcomes.size(); ++m) {
    if (classes.of[m] == which) out.push_back(outcomes[m]);
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<std::size_t> ranks_within_error(std::span<const Estimate> falling) {
  std::vector<std::size_t> out;
  std::size_t head = 0;
  for (std::size_t i = 0; i < falling.size(); ++i) {
    const double apart = falling[head].value - falling[i].value;
    if (apart > kShareThatMatters + kErrorsApart * difference_error(falling[head], falling[i]))
      head = i;
    out.push_back(head + 1);
  }
  return out;
}

}  // namespace anlan::engine
