#include "engine/worth.h"

#include <algorithm>

#include "base/maths.h"
#include "engine/expected_loss.h"
#include "engine/loss_model.h"
#include "engine/mean_loss.h"
#include "engine/refusals.h"

namespace anlan::engine {
namespace {

constexpr std::size_t kPairedPoints = 128;
constexpr double kElasticityStep = 0.1;  // of ln; the mean loss bends little over 10 %

YearSetting paired(YearSetting setting) {
  setting.points = std::min(kPairedPoints, setting.table->options().points);
  return setting;
}

ControlDraws draws_for(const YearSetting& setting) {
  const Ensemble& ensemble = setting.hazard->ensemble;
  return ControlDraws(setting.hazard->controls,
                      {.seed = setting.table->options().seed,
                       .members = static_cast<std::size_t>(ensemble.members),
                       .correlation = ensemble.correlation});
}

ScoreOf score_of(const PerilHazard& peril, std::size_t rate) {
  ScoreOf out{.peril = peril_index(peril.peril.text), .frequency = rate == 0};
  if (rate > 0) out.driver = static_cast<Driver>(rate);
  return out;
}

// The model with one driver of one peril times a factor.
LossModel with_driver(LossModel model, std::size_t peril, Driver driver, double factor) {
  PerilModel& of = model.perils[peril];
  if (driver == Driver::kDowntime) of.median_hours *= factor;
  if (driver == Driver::kShareHit) of.share_factor *= factor;
  for (std::size_t g = 0; g < of.probability.size(); ++g) {
    if (of.hazard->gates[g].driver == driver) {
      of.probability[g] = std::min(1.0, of.probability[g] * factor);
    }
  }
  for (std::size_t part = 0; part < of.parts.size(); ++part) {
    if (of.hazard->losses[part].driver == driver) of.parts[part].median *= factor;
  }
  return model;
}

double mean_event(const LossModel& model, std::size_t peril) {
  double sum = 0.0;
  for (const HeadMean& head : mean_by_head(model, peril)) sum += head.amount;
  return sum;
}

double elasticity_of(const LossModel& model, std::size_t peril, Driver driver) {
  const double up = maths::exp(kElasticityStep);
  const double high = mean_event(with_driver(model, peril, driver, up), peril);
  const double low = mean_event(with_driver(model, peril, driver, 1.0 / up), peril);
  return low > 0.0 ? maths::log(high / low) / (2.0 * kElasticityStep) : 0.0;
}

// What brings the curve to the mean payment of the year, which more events have settled.
double level_of(const SeverityCurve& curve, double severity_sd, double paid) {
  const double middle = on_curve(curve, 0.5 * severity_sd);  // where the factor is 1
  return middle > 0.0 ? paid / middle : 0.0;
}

void add_scaled(std::vector<double>& to, double factor, const std::vector<double>& from) {
  if (from.empty()) return;
  to.resize(from.size());
  for (std::size_t i = 0; i < from.size(); ++i) to[i] += factor * from[i];
}

double at(const std::vector<double>& values, std::size_t i) {
  return values.empty() ? 0.0 : values[i];
}

// Share of the way from the loss before, 0, to that after, 1, in ln.
double along(double before, double after, double share) {
  return before > 0.0 && after > 0.0 ? maths::exp(share * maths::log(after / before)) : 1.0;
}

double standard_error(const YearLoss& before, const YearLoss& after, double change) {
  const auto n = static_cast<double>(before.insured_by_replicate.size());
  double squares = 0.0;
  for (std::size_t r = 0; r < before.insured_by_replicate.size(); ++r) {
    const double off = after.insured_by_replicate[r] - before.insured_by_replicate[r] - change;
    squares += off * off;
  }
  return maths::sqrt(squares / (n * (n - 1.0)));
}

}  // namespace

struct PairedYears::Changed {
  const std::vector<domain::ControlState>& controls;
  LossModel model;
  YearLoss year;
};

// Of two entries, [0] is before and [1] after.
struct PairedYears::PerilChange {
  bool any = false;
  std::array<double, 2> frequency{};
  std::array<double, 2> mean{};  // of an event
  std::array<Shifts, 2> shifts;  // of ln frequency
  Shifts severity;               // of ln severity, by the drivers left as they are
  std::array<Shifts, 2> place;   // along the way between the two severities
  std::array<SeverityCurve, 2> curve{};
  std::array<double, 2> level{};
};

PairedYears::PairedYears(const YearSetting& setting, RiskInput company)
    : setting_(paired(setting)),
      company_(std::move(company)),
      model_(make_loss_model(*setting.hazard, company_, ControlUse::kOwn)),
      draws_(draws_for(setting)),
      covered_(covered_perils(setting)) {}

PairedYears::Shifts PairedYears::shifts_of(std::span<const domain::ControlState> controls,
                                           const ScoreOf& what, const Shifts& sector) const {
  const ControlPriors& priors = setting_.hazard->controls;
  Shifts out = log_effects(priors, draws_, controls, what);
  if (out.empty()) return out;
  const double stated = maths::log(control_factor(priors, controls, what));
  for (std::size_t m = 0; m < out.size(); ++m) out[m] -= sector[m] + stated;
  return out;
}

Result<PairedYears::PerilBefore> PairedYears::peril_before(std::size_t peril) const {
  PerilBefore out;
  if (model_.perils[peril].frequency <= 0.0) return out;
  if (covered_[peril]) {
    ANLAN_TRY(out.curve, severity_curve(setting_, model_, peril));
  }
  for (std::size_t rate = 0; rate < kRates; ++rate) {
    if (rate > 0) {
      double& elasticity = out.elasticity[rate - 1];
      elasticity = elasticity_of(model_, peril, static_cast<Driver>(rate));
      if (elasticity == 0.0) continue;
    }
    const ScoreOf what = score_of(setting_.hazard->perils[peril], rate);
    out.sector[rate] = log_effects(setting_.hazard->controls, draws_, {}, what);
    out.shifts[rate] = shifts_of(company_.controls, what, out.sector[rate]);
  }
  return out;
}

Result<PairedYears> PairedYears::around(const YearSetting& setting, RiskInput company,
                                        Executor& executor) {
  const Currency currency = setting.hazard->currency;
  const Currency insured = setting.cover->plan->terms().currency;
  if (insured != currency || company.revenue.currency() != currency) {
    return Refusal{.code = refusals::kCurrencyMismatch,
                   .path = "currency",
                   .value = std::string(currency_code(insured)),
                   .args = {{.name = "expected", .value = std::string(currency_code(currency))}},
                   .at = {}};
  }
  PairedYears out(setting, std::move(company));
  ANLAN_TRY(out.year_, year_loss(out.setting_, out.model_, executor));
  out.loss_ = loss_record(out.setting_, out.model_, out.year_);
  out.perils_.resize(out.model_.perils.size());
  std::vector<std::optional<Refusal>> refusals(out.perils_.size());
  executor.run(out.perils_.size(), [&](std::size_t peril) {
    auto before = out.peril_before(peril);
    if (before.ok()) {
      out.perils_[peril] = std::move(before).value();
    } else {
      refusals[peril] = before.refusal();
    }
  });
  for (const auto& refusal : refusals) {
    if (refusal) return *refusal;
  }
  return out;
}

// Where the drawn severities lie: of the drivers that the change leaves, a shift; of those that it
// touches, a place on the way.
void PairedYears::place_severity(const Changed& changed, std::size_t peril,
                                 PerilChange& out) const {
  const ControlPriors& priors = setting_.hazard->controls;
  const PerilBefore& before = perils_[peril];
  double way = 0.0;
  for (std::size_t d = 0; d < kDriverCount; ++d) {
    const double elasticity = before.elasticity[d];
    if (elasticity == 0.0) continue;
    const ScoreOf what = score_of(setting_.hazard->perils[peril], 1 + d);
    if (same_effect(priors, company_.controls, changed.controls, what)) {
      add_scaled(out.severity, elasticity, before.shifts[1 + d]);
      continue;
    }
    out.any = true;
    way += elasticity * maths::log(control_factor(priors, changed.controls, what) /
                                   control_factor(priors, company_.controls, what));
    add_scaled(out.place[0], elasticity, before.shifts[1 + d]);
    add_scaled(out.place[1], elasticity, shifts_of(changed.controls, what, before.sector[1 + d]));
  }
  for (Shifts& place : out.place) {
    if (way == 0.0) place.clear();
    for (double& share : place) share /= way;
  }
}

PairedYears::PerilChange PairedYears::peril_change(const Changed& changed,
                                                   std::size_t peril) const {
  const ScoreOf what = score_of(setting_.hazard->perils[peril], 0);
  const PerilBefore& before = perils_[peril];
  PerilChange out;
  out.shifts = {before.shifts[0], before.shifts[0]};
  if (!same_effect(setting_.hazard->controls, company_.controls, changed.controls, what)) {
    out.any = true;
    out.shifts[1] = shifts_of(changed.controls, what, before.sector[0]);
  }
  place_severity(changed, peril, out);
  out.frequency = {model_.perils[peril].frequency, changed.model.perils[peril].frequency};
  out.mean = {year_.perils[peril].ground_up, changed.year.perils[peril].ground_up};
  return out;
}

void PairedYears::add_members(const PerilChange& change, std::size_t peril,
                              EnsembleMembers& out) const {
  const std::vector<EnsembleDraw>& draws = setting_.table->ensemble();
  const double sd = setting_.hazard->ensemble.severity_sd;
  const bool moved = !change.place[1].empty();
  for (std::size_t m = 0; m < out.paid.size(); ++m) {
    const EnsembleDraw& draw = draws[m * perils_.size() + peril];
    const double severity = at(change.severity, m);
    const double z = draw.severity + (sd > 0.0 ? severity / sd : 0.0);
    const double factor = draw.factor * maths::exp(severity);
    std::array<double, 2> paid{};
    paid[0] = change.level[0] * on_curve(change.curve[0], z);
    paid[1] = moved ? change.level[1] * on_curve(change.curve[1], z) : paid[0];
    double loss_change = 0.0;
    double paid_change = 0.0;
    for (const std::size_t i : {0, 1}) {
      const double sign = i == 0 ? -1.0 : 1.0;
      const double share = at(change.place[i], m);
      const double frequency =
          sign * change.frequency[i] * draw.frequency * maths::exp(at(change.shifts[i], m));
      const bool moves = share != 0.0;
      loss_change += frequency * change.mean[i] * factor *
                     (moves ? along(change.mean[0], change.mean[1], share) : 1.0);
      paid_change += frequency * paid[i] * (moves ? along(paid[0], paid[1], share) : 1.0);
    }
    out.ground_up[m] += loss_change;
    out.paid[m] += paid_change;
  }
}

// The change of the payments in the year over that of the plain sum of the perils' payments; where
// the two do not go together, the year's own ratio.
double PairedYears::payments_together(const Changed& changed) const {
  std::array<double, 2> plain{};
  for (std::size_t p = 0; p < perils_.size(); ++p) {
    plain[0] += model_.perils[p].frequency * year_.perils[p].paid;
    plain[1] += changed.model.perils[p].frequency * changed.year.perils[p].paid;
  }
  const double own = plain[0] > 0.0 ? year_.insured / plain[0] : 1.0;
  if (plain[0] == plain[1]) return own;
  const double ratio = (changed.year.insured - year_.insured) / (plain[1] - plain[0]);
  return ratio > 0.5 * own && ratio < 2.0 * own ? ratio : own;
}

Result<Worth> PairedYears::worth(const std::vector<domain::ControlState>& controls,
                                 Executor& executor) const {
  RiskInput company = company_;
  company.controls = controls;
  Changed changed{.controls = controls,
                  .model = make_loss_model(*setting_.hazard, company, ControlUse::kOwn),
                  .year = {}};
  ANLAN_TRY(changed.year, year_loss(setting_, changed.model, executor));
  Worth out{.ground_up = changed.year.ground_up - year_.ground_up,
            .insured = changed.year.insured - year_.insured};
  out.retained = out.ground_up - out.insured;
  out.error = standard_error(year_, changed.year, out.insured);
  out.after = loss_record(setting_, changed.model, changed.year);
  const double sd = setting_.hazard->ensemble.severity_sd;
  EnsembleMembers members{.ground_up = std::vector<double>(draws_.members()),
                          .paid = std::vector<double>(draws_.members())};
  for (std::size_t p = 0; p < perils_.size(); ++p) {
    if (model_.perils[p].frequency <= 0.0) continue;
    PerilChange change = peril_change(changed, p);
    if (!change.any) continue;
    change.curve = {perils_[p].curve, perils_[p].curve};
    if (covered_[p] && !change.place[1].empty()) {
      ANLAN_TRY(change.curve[1], severity_curve(setting_, changed.model, p));
    }
    change.level = {level_of(change.curve[0], sd, year_.perils[p].paid),
                    level_of(change.curve[1], sd, changed.year.perils[p].paid)};
    add_members(change, p, members);
  }
  const double together = payments_together(changed);
  std::vector<double> retained;
  for (std::size_t m = 0; m < members.paid.size(); ++m) {
    members.paid[m] *= together;
    retained.push_back(members.ground_up[m] - members.paid[m]);
  }
  out.ground_up_range = range_of(std::move(members.ground_up));
  out.insured_range = range_of(std::move(members.paid));
  out.retained_range = range_of(std::move(retained));
  return out;
}

}  // namespace anlan::engine
