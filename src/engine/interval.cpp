#include "engine/interval.h"

#include <algorithm>
#include <cmath>

#include "base/maths.h"
#include "engine/ensemble.h"
#include "engine/event_losses.h"

namespace anlan::engine {
namespace {

constexpr std::size_t kNodes = kSeverityNodes;
constexpr double kNodeStep = 1.0;  // standard deviations of ln severity, from -3 to 3
constexpr double kNodeFirst = -3.0;
constexpr std::size_t kEventsFirst = 256;
constexpr std::size_t kPaidLeast = 16;  // events that must be paid at the middle for a mean of them
constexpr double kTail = 0.05;

// By peril and node; a peril that is not covered has zeros.
using Curves = std::vector<double>;

// As many events as make a mean of those that are paid: where few are, more are asked.
Result<std::size_t> rows_needed(const YearSetting& setting, FreshPayments& payments,
                                std::size_t peril) {
  std::size_t rows = std::min(kEventsFirst, setting.table->rows());
  for (;;) {
    ANLAN_TRY(const terms::ColumnPaid* paid, payments.settle({.peril = peril, .to = rows}));
    const auto some = std::count_if(paid->total.begin(), paid->total.end(),
                                    [](double amount) { return amount > 0.0; });
    if (static_cast<std::size_t>(some) >= kPaidLeast || rows == setting.table->rows()) return rows;
    rows = std::min(4 * rows, setting.table->rows());
  }
}

// Mean payment of one peril's events with all amounts times the factor of each node.
Result<Done> payment_curve(const YearSetting& setting, const LossModel& model,
                           const SectionMap& sections, std::size_t peril, double* curve) {
  FreshPayments payments(*setting.table, model, sections);
  ANLAN_TRY(const std::size_t rows, rows_needed(setting, payments, peril));
  for (std::size_t node = 0; node < kNodes; ++node) {
    const double z = kNodeFirst + kNodeStep * static_cast<double>(node);
    const double severity = lognormal_factor(z, setting.hazard->ensemble.severity_sd);
    ANLAN_TRY(const terms::ColumnPaid* paid,
              payments.settle({.peril = peril, .to = rows, .severity = severity}));
    for (const double amount : paid->total) curve[node] += amount / static_cast<double>(rows);
  }
  return Done{};
}

Result<Curves> payment_curves(const YearSetting& setting, const LossModel& model,
                              Executor& executor) {
  const SectionMap sections = sections_of(setting);
  const std::vector<bool> covered = covered_perils(setting);
  Curves curves(model.perils.size() * kNodes);
  std::vector<std::optional<Refusal>> refusals(model.perils.size());
  executor.run(refusals.size(), [&](std::size_t peril) {
    if (!covered[peril] || model.perils[peril].frequency <= 0.0) return;
    const auto done =
        payment_curve(setting, model, sections, peril, curves.data() + peril * kNodes);
    if (!done.ok()) refusals[peril] = done.refusal();
  });
  for (const auto& refusal : refusals) {
    if (refusal) return *refusal;
  }
  return curves;
}

// The cubic through the two nodes on either side (Lagrange; Abramowitz & Stegun 1964, 25.2.13), at
// the ends that of the last interval.
double interpolate(const double* nodes, double z) {
  const double place =
      std::clamp((z - kNodeFirst) / kNodeStep, 0.0, static_cast<double>(kNodes - 1));
  const auto left = std::clamp(static_cast<std::size_t>(place), std::size_t{1}, kNodes - 3);
  const double t = place - static_cast<double>(left);
  const double* const at = nodes + left;
  return -t * (t - 1.0) * (t - 2.0) / 6.0 * at[-1] +
         (t + 1.0) * (t - 1.0) * (t - 2.0) / 2.0 * at[0] - (t + 1.0) * t * (t - 2.0) / 2.0 * at[1] +
         (t + 1.0) * t * (t - 1.0) / 6.0 * at[2];
}

// What brings each peril's curve to its mean payment in the year, which more events have settled,
// and all of them to the year's payment (what several incidents of one year take from each other).
std::vector<double> levels_of(const YearSetting& setting, const LossModel& model,
                              const YearLoss& central, const Curves& curves) {
  const double middle = 0.5 * setting.hazard->ensemble.severity_sd;  // where the factor is 1
  double plain = 0.0;
  for (std::size_t p = 0; p < model.perils.size(); ++p) {
    plain += admitted_frequency(*setting.cover, model, p) * central.perils[p].paid;
  }
  const double together = plain > 0.0 ? central.insured / plain : 1.0;
  std::vector<double> levels;
  for (std::size_t p = 0; p < model.perils.size(); ++p) {
    const double mean = interpolate(curves.data() + p * kNodes, middle);
    levels.push_back(mean > 0.0 ? together * central.perils[p].paid / mean : 0.0);
  }
  return levels;
}

}  // namespace

double sorted_quantile(const std::vector<double>& sorted, double p) {
  const double place = p * static_cast<double>(sorted.size() - 1);
  const auto left = std::min(static_cast<std::size_t>(place), sorted.size() - 2);
  const double part = place - static_cast<double>(left);
  return sorted[left] + part * (sorted[left + 1] - sorted[left]);
}

Result<EnsembleMembers> ensemble_members(const YearSetting& setting, const LossModel& model,
                                         const YearLoss& central, Executor& executor) {
  ANLAN_TRY(const Curves curves, payment_curves(setting, model, executor));
  const std::vector<double> levels = levels_of(setting, model, central, curves);
  const std::vector<EnsembleDraw>& draws = setting.table->ensemble();
  const std::size_t perils = model.perils.size();
  EnsembleMembers out;
  for (std::size_t first = 0; first < draws.size(); first += perils) {
    double payment = 0.0;
    double loss = 0.0;
    for (std::size_t p = 0; p < perils; ++p) {
      const EnsembleDraw& draw = draws[first + p];
      const double frequency = model.perils[p].frequency * draw.frequency;
      const double admitted = admitted_frequency(*setting.cover, model, p) * draw.frequency;
      payment += levels[p] * admitted * interpolate(curves.data() + p * kNodes, draw.severity);
      loss += frequency * draw.factor * central.perils[p].ground_up;
    }
    out.paid.push_back(payment);
    out.ground_up.push_back(loss);
  }
  return out;
}

PaymentRange range_of(std::vector<double> members) {
  double sum = 0.0;
  for (const double member : members) sum += member;
  std::sort(members.begin(), members.end());
  return {.low = sorted_quantile(members, kTail),
          .high = sorted_quantile(members, 1.0 - kTail),
          .mean = sum / static_cast<double>(members.size())};
}

Result<PaymentRange> payment_range(const YearSetting& setting, const LossModel& model,
                                   const YearLoss& central, Executor& executor) {
  ANLAN_TRY(EnsembleMembers members, ensemble_members(setting, model, central, executor));
  return range_of(std::move(members.paid));
}

Result<SeverityCurve> severity_curve(const YearSetting& setting, const LossModel& model,
                                     std::size_t peril) {
  SeverityCurve curve{};
  const SectionMap sections = sections_of(setting);
  ANLAN_REQUIRE(payment_curve(setting, model, sections, peril, curve.data()));
  return curve;
}

double on_curve(const SeverityCurve& curve, double z) { return interpolate(curve.data(), z); }

}  // namespace anlan::engine
