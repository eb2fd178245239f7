#include "engine/tower_year.h"

#include <algorithm>
#include <numeric>

#include "base/maths.h"
#include "engine/event_losses.h"
#include "engine/incidents.h"
#include "engine/streams.h"

namespace anlan::engine {
namespace {

constexpr std::size_t kSequences = 512;  // of each replicate

// Where each figure of one incident or year stands in a row of figures.
struct Places {
  explicit Places(const terms::Tower& tower) {
    for (const terms::Layer& layer : tower.layers) {
      layers.push_back(count);
      count += kShares + layer.shares.size();
    }
  }
  static constexpr std::size_t kLoss = 0;
  static constexpr std::size_t kRetained = 1;
  // Of a layer, from its first place: what it paid, 1 when it has paid in the year, 1 when the year
  // is used up, what each co-insurer paid.
  static constexpr std::size_t kPaid = 0;
  static constexpr std::size_t kReached = 1;
  static constexpr std::size_t kExhausted = 2;
  static constexpr std::size_t kShares = 3;
  std::vector<std::size_t> layers;
  std::size_t count = 2;
};

using Figures = std::vector<double>;

void add(Figures& to, double weight, const Figures& from) {
  for (std::size_t i = 0; i < to.size(); ++i) to[i] += weight * from[i];
}

// Samples one replicate after the other; read by several threads.
class TowerSampler {
 public:
  TowerSampler(const YearSetting& setting, const terms::Tower& tower, const LossModel& model)
      : setting_(setting),
        tower_(tower),
        model_(model),
        sections_(sections_of(setting)),
        covered_(covered_perils(setting)),
        points_(setting.points > 0 ? setting.points : setting.table->options().points),
        places_(tower) {
    for (std::size_t p = 0; p < model.perils.size(); ++p) {
      if (covered_[p]) rate_ += model.perils[p].frequency;
      cumulated_.push_back(rate_);
    }
    for (double& share : cumulated_) share /= rate_ > 0.0 ? rate_ : 1.0;
    at_least_ = incidents_at_least(rate_, model.history.shape, kIncidentsMax);
    counts_ = incident_counts(rate_, model.history.shape);
  }

  const Places& places() const { return places_; }
  // The expected year of one replicate: amounts, and probabilities where the places say so.
  Figures replicate(std::size_t replicate) const;

 private:
  terms::TowerLoss loss_of(const terms::ColumnIncidents& incidents, std::size_t row) const;
  // The amounts of one incident; the year is eroded.
  void settle(const terms::TowerLoss& loss, terms::TowerYear& year, Figures& out) const;
  void mark(const terms::TowerYear& year, Figures& out) const;
  void singles(std::size_t replicate, Figures& out) const;
  void sequences(std::size_t replicate, Figures& out) const;
  std::vector<EventPlaces> drawn(const IncidentDraws& draws, std::size_t incident,
                                 std::size_t replicate) const;
  void add_years(std::size_t incident, const std::vector<terms::TowerYear>& years,
                 Figures& out) const;

  const YearSetting& setting_;
  const terms::Tower& tower_;
  const LossModel& model_;
  SectionMap sections_;
  std::vector<bool> covered_;
  std::size_t points_;
  Places places_;
  double rate_ = 0.0;
  std::vector<double> cumulated_;
  std::vector<double> at_least_;  // P(N >= 1), ...
  std::vector<double> counts_;    // P(N = 0), ...
};

terms::TowerLoss TowerSampler::loss_of(const terms::ColumnIncidents& incidents,
                                       std::size_t row) const {
  terms::TowerLoss out;
  const std::vector<terms::Section>& sections = sections_.plan().terms().sections;
  for (std::size_t s = 0; s < sections.size(); ++s) {
    if (incidents.losses[s].empty() || incidents.losses[s][row] <= 0.0) continue;
    const double amount = std::min(incidents.losses[s][row], static_cast<double>(kAmountMax));
    out.push_back({.section = sections[s].code, .amount = static_cast<std::int64_t>(amount)});
  }
  return out;
}

void TowerSampler::settle(const terms::TowerLoss& loss, terms::TowerYear& year,
                          Figures& out) const {
  std::fill(out.begin(), out.end(), 0.0);
  std::int64_t gross = 0;
  for (const terms::TowerLossPart& part : loss) gross += part.amount;
  out[Places::kLoss] = static_cast<double>(gross);
  out[Places::kRetained] = static_cast<double>(std::min(gross, tower_.retention));
  if (gross <= tower_.retention) return;  // reaches nothing and erodes nothing
  const terms::TowerSettlement settled = terms::settle_tower(tower_, loss, year);
  for (std::size_t i = 0; i < settled.layers.size(); ++i) {
    double* const layer = out.data() + places_.layers[i];
    layer[Places::kPaid] = static_cast<double>(settled.layers[i].paid);
    for (std::size_t k = 0; k < settled.layers[i].shares.size(); ++k) {
      layer[Places::kShares + k] = static_cast<double>(settled.layers[i].shares[k]);
    }
  }
}

void TowerSampler::mark(const terms::TowerYear& year, Figures& out) const {
  for (std::size_t i = 0; i < year.size(); ++i) {
    double* const layer = out.data() + places_.layers[i];
    layer[Places::kReached] = year[i].used > 0 ? 1.0 : 0.0;
    const bool full = year[i].used > 0 && year[i].used >= tower_.layers[i].annual_limit;
    layer[Places::kExhausted] = full ? 1.0 : 0.0;
  }
}

// Years of one incident, and the amounts of all incidents as if each came first.
void TowerSampler::singles(std::size_t replicate, Figures& out) const {
  EventColumns events(*setting_.table, model_, sections_, EventColumns::Totals::kNone);
  Figures amounts(places_.count);
  Figures marks(places_.count);
  for (std::size_t p = 0; p < model_.perils.size(); ++p) {
    const double frequency = model_.perils[p].frequency;
    if (!covered_[p] || frequency <= 0.0) continue;
    EventPlaces picked;
    for (std::uint32_t i = 0; i < points_; ++i) picked.add(setting_.table->row(i, replicate), i);
    events.resize(points_);
    events.put(picked.of(p));
    const terms::ColumnIncidents& incidents = events.incidents();
    const double weight = frequency / static_cast<double>(points_);
    for (std::size_t i = 0; i < points_; ++i) {
      terms::TowerYear year = terms::fresh_year(tower_);
      settle(loss_of(incidents, i), year, amounts);
      add(out, weight, amounts);
      mark(year, marks);
      add(out, weight * counts_[1] / rate_, marks);
    }
  }
}

// The incident of the same number of every sequence, by peril.
std::vector<EventPlaces> TowerSampler::drawn(const IncidentDraws& draws, std::size_t incident,
                                             std::size_t replicate) const {
  std::vector<EventPlaces> picked(model_.perils.size());
  for (std::uint32_t i = 0; i < kSequences; ++i) {
    const double which = draws.peril(i, incident);
    const auto found = std::upper_bound(cumulated_.begin(), cumulated_.end(), which);
    const auto peril =
        std::min(static_cast<std::size_t>(found - cumulated_.begin()), cumulated_.size() - 1);
    const double point = draws.event(i, incident) * static_cast<double>(points_);
    picked[peril].add(setting_.table->row(static_cast<std::size_t>(point), replicate), i);
  }
  return picked;
}

// Years that end with this incident.
void TowerSampler::add_years(std::size_t incident, const std::vector<terms::TowerYear>& years,
                             Figures& out) const {
  Figures marks(places_.count);
  for (const terms::TowerYear& year : years) {
    mark(year, marks);
    add(out, counts_[incident + 1] / static_cast<double>(kSequences), marks);
  }
}

void TowerSampler::sequences(std::size_t replicate, Figures& out) const {
  const IncidentDraws draws(
      at_least_.size(),
      {.seed = setting_.table->options().seed, .subject = replicate, .stream = kTowerStream});
  EventColumns events(*setting_.table, model_, sections_, EventColumns::Totals::kNone);
  std::vector<terms::TowerYear> years(kSequences, terms::fresh_year(tower_));
  Figures in_year(places_.count);
  Figures alone(places_.count);
  for (std::size_t k = 0; k < at_least_.size(); ++k) {
    const std::vector<EventPlaces> picked = drawn(draws, k, replicate);
    events.resize(kSequences);
    for (std::size_t p = 0; p < picked.size(); ++p) events.put(picked[p].of(p));
    const terms::ColumnIncidents& incidents = events.incidents();
    const double weight = at_least_[k] / static_cast<double>(kSequences);
    for (std::size_t i = 0; i < kSequences; ++i) {
      const terms::TowerLoss loss = loss_of(incidents, i);
      settle(loss, years[i], in_year);
      if (k == 0) continue;  // the first incident finds a fresh year
      terms::TowerYear fresh = terms::fresh_year(tower_);
      settle(loss, fresh, alone);
      add(out, weight, in_year);
      add(out, -weight, alone);
    }
    if (k > 0) add_years(k, years, out);
  }
}

Figures TowerSampler::replicate(std::size_t replicate) const {
  Figures out(places_.count);
  if (rate_ <= 0.0) return out;
  singles(replicate, out);
  if (at_least_.size() > 1) sequences(replicate, out);
  return out;
}

Sampled summary(const std::vector<double>& replicates) {
  const auto n = static_cast<double>(replicates.size());
  const double mean = std::accumulate(replicates.begin(), replicates.end(), 0.0) / n;
  double squares = 0.0;
  for (const double one : replicates) squares += (one - mean) * (one - mean);
  return {.value = mean, .error = maths::sqrt(squares / (n * (n - 1.0)))};
}

}  // namespace

terms::Plan tower_sections(const std::vector<std::string>& codes) {
  terms::Terms terms;
  for (const std::string& code : codes) terms.sections.push_back({.code = code});
  return terms::compile(terms);
}

TowerLosses tower_year(const YearSetting& setting, const terms::Tower& tower,
                       const LossModel& model, Executor& executor) {
  const TowerSampler sampler(setting, tower, model);
  const Places& places = sampler.places();
  std::vector<Figures> replicates(setting.table->options().replicates);
  executor.run(replicates.size(), [&](std::size_t r) { replicates[r] = sampler.replicate(r); });
  // What every replicate says of a figure that is worked out from its row.
  const auto over = [&](const auto& figure) {
    std::vector<double> each;
    for (const Figures& row : replicates) each.push_back(figure(row));
    return summary(each);
  };
  const auto at = [&](std::size_t place) {
    return over([place](const Figures& row) { return row[place]; });
  };
  const auto paid = [&](const Figures& row) {
    double sum = 0.0;
    for (const std::size_t layer : places.layers) sum += row[layer + Places::kPaid];
    return sum;
  };
  TowerLosses out{.loss = at(Places::kLoss),
                  .retained = at(Places::kRetained),
                  .paid = over(paid),
                  .uninsured = over([&](const Figures& row) {
                    return row[Places::kLoss] - row[Places::kRetained] - paid(row);
                  }),
                  .layers = {}};
  auto attach = static_cast<double>(tower.retention);
  for (std::size_t i = 0; i < tower.layers.size(); ++i) {
    const std::size_t first = places.layers[i];
    LayerLoss layer{.attach = attach,
                    .expected = at(first + Places::kPaid),
                    .reached = at(first + Places::kReached),
                    .exhausted = at(first + Places::kExhausted),
                    .shares = {}};
    for (std::size_t k = 0; k < tower.layers[i].shares.size(); ++k) {
      layer.shares.push_back(at(first + Places::kShares + k));
    }
    attach += static_cast<double>(std::min(tower.layers[i].limit, tower.layers[i].annual_limit));
    out.layers.push_back(std::move(layer));
  }
  return out;
}

}  // namespace anlan::engine
