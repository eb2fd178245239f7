#include "engine/loss_model.h"

#include <algorithm>
#include <limits>

#include "base/maths.h"
#include "engine/size_law.h"

namespace anlan::engine {
namespace {

constexpr double kPpm = 1e6;
constexpr double kHoursPerYear = 8760.0;
constexpr double kProbabilityMax = 0.95;  // assumption: bad controls never make a payment certain

// The row of the longest prefix of the sector; null without any.
template <class Row>
const Row* longest_prefix(const std::vector<Row>& rows, const std::string& sector) {
  const Row* best = nullptr;
  for (const Row& row : rows) {
    if (!sector.starts_with(row.sector)) continue;
    if (!best || row.sector.size() > best->sector.size()) best = &row;
  }
  return best;
}

double sector_factor(const Hazard& hazard, const RiskInput& company) {
  const auto of = [&](const std::string& sector) {
    const SectorFrequency* const row = longest_prefix(hazard.sector_frequencies, sector);
    return row ? row->factor.value : 1.0;
  };
  return of(company.sector) / of(hazard.reference.sector);
}

WeekProfile activity_of(const Hazard& hazard, const RiskInput& company) {
  if (company.profile) {
    WeekProfile profile = *company.profile;
    double sum = 0.0;
    for (const double hour : profile) sum += hour;
    ANLAN_CHECK(sum > 0.0);
    for (double& hour : profile) hour *= kWeekHours / sum;
    return profile;
  }
  const SectorActivity* const row = longest_prefix(hazard.activities, company.sector);
  ANLAN_CHECK(row != nullptr);
  return row->profile;
}

// The company against one hazard; gives the factors of one peril.
class Scaling {
 public:
  // Null effects: an average company's.
  Scaling(const Hazard& hazard, const RiskInput& company, const ControlEffects* effects)
      : hazard_(hazard), company_(company), effects_(effects) {}

  double frequency(const PerilHazard& from) const;
  PerilModel peril(const PerilHazard& from) const;

 private:
  double factor(const ScoreOf& what) const { return effects_ ? effects_->of(what) : 1.0; }
  // Of a lump sum. Where records are taken, nobody takes more than are held.
  double size(const PerilHazard& from, const LossPart& part) const {
    if (company_.records == 0 && records_exponent(from, part) > 0.0) return 0.0;
    return size_factor(hazard_, company_, part.size);
  }
  double amount(double value, AmountUnit unit) const {
    const bool of_revenue = unit == AmountUnit::kOfRevenue;
    return of_revenue ? value * static_cast<double>(company_.revenue.minor()) : value;
  }

  const Hazard& hazard_;
  const RiskInput& company_;
  const ControlEffects* effects_;
};

double Scaling::frequency(const PerilHazard& from) const {
  if (from.needs_ot_lines && company_.ot_lines == 0) return 0.0;
  return from.frequency.value * sector_factor(hazard_, company_) *
         size_factor(hazard_, company_, from.frequency_size) *
         factor({.peril = peril_index(from.peril.text)});
}

PerilModel Scaling::peril(const PerilHazard& from) const {
  const std::size_t index = peril_index(from.peril.text);
  const auto driver = [&](std::optional<Driver> of) {
    return of ? factor({.peril = index, .frequency = false, .driver = *of}) : 1.0;
  };
  PerilModel out{.hazard = &from};
  out.frequency = frequency(from);
  for (const Gate& gate : from.gates) {
    out.probability.push_back(
        gate.driver ? std::min(kProbabilityMax, gate.probability.value * driver(gate.driver))
                    : gate.probability.value);
  }
  if (from.outage) {
    out.median_hours = from.outage->median_hours.value * driver(Driver::kDowntime);
    out.share_factor = driver(Driver::kShareHit);
    if (from.outage->online) {
      out.share_factor *=
          company_.online_share.ppm() / static_cast<double>(hazard_.reference.online_share.ppm());
    }
  }
  for (const LossPart& part : from.losses) {
    out.parts.push_back(
        {.median = amount(part.median.value, part.unit) * size(from, part) * driver(part.driver),
         .max = part.max ? amount(*part.max, part.max_unit)
                         : std::numeric_limits<double>::infinity()});
  }
  return out;
}

LossModel model_of(const Hazard& hazard, const RiskInput& company, const Scaling& used) {
  LossModel model{.activity = Activity(activity_of(hazard, company))};
  model.hourly =
      static_cast<double>(company.revenue.minor()) * (company.gross_margin.ppm() / kPpm) *
      (company.it_dependence.ppm() / static_cast<double>(hazard.reference.it_dependence.ppm())) /
      kHoursPerYear;
  const Scaling average(hazard, company, nullptr);
  double rate = 0.0;  // of the incidents that the history counts
  for (const PerilHazard& peril : hazard.perils) {
    if (peril.own_history) rate += average.frequency(peril);
    model.perils.push_back(used.peril(peril));
  }
  model.history = history_effect(hazard.company_gamma, rate, company.history);
  for (PerilModel& peril : model.perils) {
    if (peril.hazard->own_history) peril.frequency *= model.history.factor;
  }
  return model;
}

}  // namespace

LossModel make_loss_model(const Hazard& hazard, const RiskInput& company, ControlUse controls) {
  if (controls == ControlUse::kSectorAverage) {
    return model_of(hazard, company, Scaling(hazard, company, nullptr));
  }
  return make_loss_model(hazard, company, ControlEffects(hazard.controls, company.controls));
}

LossModel make_loss_model(const Hazard& hazard, const RiskInput& company,
                          const ControlEffects& controls) {
  return model_of(hazard, company, Scaling(hazard, company, &controls));
}

}  // namespace anlan::engine
