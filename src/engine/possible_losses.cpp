#include "engine/possible_losses.h"

#include <algorithm>
#include <optional>

#include "base/maths.h"
#include "base/random.h"
#include "engine/event_losses.h"
#include "engine/incidents.h"
#include "engine/interval.h"
#include "engine/mean_loss.h"
#include "engine/streams.h"

namespace anlan::engine {
namespace {

constexpr double kPpm = 1e6;
constexpr double kMonthsPerYear = 12.0;

Money whole(double amount, Currency currency) {
  return Money::rounded(std::max(0.0, amount), currency, Rounding::kHalfUp);
}

std::uint32_t ppm_of(double value) {
  return static_cast<std::uint32_t>(
      std::min(4e9, maths::nearest_whole(std::max(0.0, value) * kPpm)));
}

struct Paid {
  double mean = 0.0;   // of one event
  double share = 0.0;  // of the events that are paid at all
};

// What is the same for all companies of one call.
class Years {
 public:
  explicit Years(const YearSetting& setting)
      : setting_(setting),
        sections_(sections_of(setting)),
        covered_(covered_perils(setting)),
        lapses_(lapses_of(setting)) {}

  Result<domain::LossResult> year(const LossModel& model, const EnsembleMember* member,
                                  double scale) const;

 private:
  Result<Paid> paid(FreshPayments& payments, EventRange range) const;

  const YearSetting& setting_;
  SectionMap sections_;
  std::vector<bool> covered_;
  Lapses lapses_;
};

Result<Paid> Years::paid(FreshPayments& payments, EventRange range) const {
  range.to = std::min(kPossibleEvents, setting_.table->rows());
  ANLAN_TRY(const terms::ColumnPaid* paid, payments.settle(range));
  const auto rows = static_cast<double>(range.to);
  Paid out;
  for (const double amount : paid->total) {
    out.mean += amount / rows;
    if (amount > 0.0) out.share += 1.0 / rows;
  }
  return out;
}

Result<domain::LossResult> Years::year(const LossModel& model, const EnsembleMember* member,
                                       double scale) const {
  const Currency currency = sections_.plan().terms().currency;
  double ground_up = 0.0;
  double insured = 0.0;
  double frequency = 0.0;
  double paid_frequency = 0.0;
  domain::LossResult out;
  FreshPayments payments(*setting_.table, model, sections_, &lapses_);
  for (std::size_t p = 0; p < model.perils.size(); ++p) {
    const std::size_t place = peril_index(model.perils[p].hazard->peril.text);
    const double rate = model.perils[p].frequency * (member ? member->frequency(place) : 1.0);
    if (rate <= 0.0) continue;
    const double severity = member ? member->severity(place) : 1.0;
    Paid payment;
    if (covered_[p]) {
      ANLAN_TRY(payment, paid(payments, {.peril = p, .severity = severity}));
    }
    const double before = rate * severity * mean_loss(model, p, sections_).ground_up;
    const std::vector<double>& shares = setting_.cover->admitted;
    const double admitted = shares.empty() ? rate : rate * shares[p];
    const double after = admitted * payment.mean * scale;
    ground_up += before;
    insured += after;
    frequency += rate;
    paid_frequency += admitted * payment.share;
    out.perils.push_back({.peril = model.perils[p].hazard->peril,
                          .frequency_ppm = ppm_of(rate),
                          .ground_up = whole(before, currency),
                          .insured = whole(after, currency)});
  }
  out.ground_up = whole(ground_up, currency);
  out.insured = whole(insured, currency);
  out.frequency_ppm = ppm_of(frequency);
  out.paid_frequency_ppm = ppm_of(paid_frequency);
  return out;
}

}  // namespace

double possible_unit(std::uint64_t seed, std::uint64_t member, std::uint64_t draw) {
  return unit({.seed = seed, .subject = member, .stream = kPossibleStream}, draw);
}

std::vector<domain::ControlState> possible_controls(const ControlPriors& priors, std::uint64_t seed,
                                                    std::uint64_t member) {
  std::vector<domain::ControlState> controls;
  for (std::size_t i = 0; i < priors.rows.size(); ++i) {
    const bool works = possible_unit(seed, member, kControlDraws + i) < priors.rows[i].typical;
    controls.push_back({.control = priors.rows[i].control,
                        .gap = Share::from_percent(works ? 0 : 100),
                        .trust = Share::from_percent(100),
                        .source = domain::FactSource::kTelemetry});
  }
  return controls;
}

std::int64_t possible_incidents(const LossModel& model, std::int64_t months, double unit) {
  constexpr std::size_t kCountMax = 1000;
  double rate = 0.0;
  for (const PerilModel& peril : model.perils) {
    if (peril.hazard->own_history) rate += peril.frequency;
  }
  std::int64_t count = 0;
  if (rate <= 0.0) return count;
  for (const double at_least : incidents_at_least(
           rate * static_cast<double>(months) / kMonthsPerYear, model.history.shape, kCountMax)) {
    if (1.0 - unit >= at_least) break;
    ++count;
  }
  return count;
}

Result<std::vector<double>> central_under_members(const YearSetting& setting,
                                                  const RiskInput& central, std::size_t members,
                                                  Executor& executor) {
  const LossModel model = make_loss_model(*setting.hazard, central, ControlUse::kOwn);
  const std::vector<bool> covered = covered_perils(setting);
  std::vector<std::optional<Result<SeverityCurve>>> curves(model.perils.size());
  executor.run(curves.size(), [&](std::size_t p) {
    if (covered[p] && model.perils[p].frequency > 0.0)
      curves[p] = severity_curve(setting, model, p);
  });
  for (const auto& curve : curves) {
    if (curve && !curve->ok()) return curve->refusal();
  }
  std::vector<double> out(members);
  executor.run(members, [&](std::size_t m) {
    const EnsembleMember member(setting.hazard->ensemble, setting.table->options().seed, m);
    for (std::size_t p = 0; p < curves.size(); ++p) {
      if (!curves[p]) continue;
      const std::size_t place = peril_index(model.perils[p].hazard->peril.text);
      out[m] += model.perils[p].frequency * member.frequency(place) *
                on_curve(curves[p]->value(), member.severity_normal(place));
    }
  });
  return out;
}

Result<PossibleLosses> PossibleLosses::around(const YearSetting& setting, const RiskInput& central,
                                              Executor& executor) {
  PossibleLosses out(setting);
  const LossModel model = make_loss_model(*setting.hazard, central, ControlUse::kOwn);
  ANLAN_TRY(const YearLoss year, year_loss(setting, model, executor));
  ANLAN_TRY(const domain::LossResult plain, Years(setting).year(model, nullptr, 1.0));
  if (!plain.insured.is_zero()) {
    out.scale_ = year.insured / static_cast<double>(plain.insured.minor());
  }
  return out;
}

Result<std::vector<domain::LossResult>> PossibleLosses::of(
    std::span<const PossibleCompany> companies, bool ensemble, Executor& executor) const {
  const Years years(setting_);
  std::vector<domain::LossResult> out(companies.size());
  std::vector<std::optional<Refusal>> refusals(companies.size());
  executor.run(companies.size(), [&](std::size_t m) {
    const LossModel model =
        make_loss_model(*setting_.hazard, companies[m].company, *companies[m].effects);
    const EnsembleMember member(setting_.hazard->ensemble, setting_.table->options().seed, m);
    auto year = years.year(model, ensemble ? &member : nullptr, scale_);
    if (year.ok()) {
      out[m] = std::move(year).value();
    } else {
      refusals[m] = year.refusal();
    }
  });
  for (const auto& refusal : refusals) {
    if (refusal) return *refusal;
  }
  return out;
}

}  // namespace anlan::engine
