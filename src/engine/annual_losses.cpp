#include "engine/annual_losses.h"

#include <algorithm>

#include "base/maths.h"
#include "engine/event_losses.h"
#include "engine/incidents.h"
#include "engine/lapses.h"
#include "engine/streams.h"

namespace anlan::engine {
namespace {

constexpr std::size_t kSequences = 256;  // of each replicate

double loss_of(const AnnualLosses::Point& point, LossView view) {
  switch (view) {
    case LossView::kGroundUp:
      return point.ground_up;
    case LossView::kPaid:
      return point.paid;
    case LossView::kRetained:
      return point.ground_up - point.paid;
    case LossView::kInsurable:
      return point.insurable;
    case LossView::kUnpaid:
      return point.insurable - point.paid;
    case LossView::kLargestInsurable:
      return point.largest;
  }
  return 0.0;
}

double loss_of(const YearPart& part, LossView view) {
  return loss_of(AnnualLosses::Point{.ground_up = part.ground_up,
                                     .insurable = part.insurable,
                                     .paid = part.paid,
                                     .largest = part.insurable},
                 view);
}

// A loss and the probability of its years.
struct Weighted {
  double loss = 0.0;
  double weight = 0.0;
};

// By falling loss.
std::vector<Weighted> sorted(const std::vector<AnnualLosses::Point>& points, LossView view) {
  std::vector<Weighted> out;
  out.reserve(points.size());
  for (const AnnualLosses::Point& point : points) {
    out.push_back({.loss = loss_of(point, view), .weight = point.weight});
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const Weighted& a, const Weighted& b) { return a.loss > b.loss; });
  return out;
}

// Where the tail of this probability ends in a falling list: losses above it are in the tail.
double tail_start(const std::vector<Weighted>& falling, double tail) {
  double above = 0.0;
  for (const Weighted& year : falling) {
    above += year.weight;
    if (above > tail) return year.loss;
  }
  return 0.0;
}

Sampled summary(double value, const std::vector<double>& replicates) {
  const auto n = static_cast<double>(replicates.size());
  double mean = 0.0;
  for (const double one : replicates) mean += one / n;
  double squares = 0.0;
  for (const double one : replicates) squares += (one - mean) * (one - mean);
  return {.value = value, .error = maths::sqrt(squares / (n * (n - 1.0)))};
}

// The losses of one column of a policy's sections before its terms; an empty column is zero.
double before_terms(const terms::ColumnIncidents& incidents, std::size_t section, std::size_t row) {
  double sum = 0.0;
  if (!incidents.losses.empty() && !incidents.losses[section].empty()) {
    sum += incidents.losses[section][row];
  }
  if (!incidents.outages.empty() && !incidents.outages[section].gross.empty()) {
    sum += incidents.outages[section].gross[row];
  }
  return sum;
}

// Appends the amounts of all rows, section by section within a row. `insured`: by peril.
void add_amounts(const terms::ColumnIncidents& incidents, const std::vector<bool>& insured,
                 std::span<const std::uint32_t> peril, const terms::ColumnPaid& paid,
                 std::vector<SectionAmounts>& out) {
  for (std::size_t row = 0; row < peril.size(); ++row) {
    for (std::size_t s = 0; s < paid.by_section.size(); ++s) {
      out.push_back({.insurable = insured[peril[row]] ? before_terms(incidents, s, row) : 0.0,
                     .paid = paid.by_section[s][row]});
    }
  }
}

}  // namespace

// Builds one replicate after the other.
class AnnualSampler {
 public:
  AnnualSampler(const YearSetting& setting, const LossModel& model, std::size_t points)
      : setting_(setting),
        model_(model),
        points_(points),
        sections_(sections_of(setting)),
        covered_(covered_perils(setting)),
        lapses_(lapses_of(setting)) {
    for (const PerilModel& peril : model.perils) {
      rate_ += peril.frequency;
      cumulated_.push_back(rate_);
    }
    for (double& share : cumulated_) share /= rate_ > 0.0 ? rate_ : 1.0;
    counts_ = incident_counts(rate_, model.history.shape);
  }

  double none() const { return rate_ > 0.0 ? counts_[0] : 1.0; }
  Result<Done> replicate(std::size_t replicate, AnnualLosses& out) const;

 private:
  // The rows of an incident: its peril, its row of the table, whether it can be paid.
  struct Rows {
    std::vector<std::uint32_t> peril;
    std::vector<std::uint32_t> row;
    std::vector<std::uint8_t> covered;
  };
  // Of the peril's events, those of a year that pass the trigger: extended reporting cannot add
  // incidents of other years here.
  double passes(std::size_t peril) const {
    const std::vector<double>& admitted = setting_.cover->admitted;
    return admitted.empty() ? 1.0 : std::min(1.0, admitted[peril]);
  }
  Result<Done> settle(EventColumns& events, const Rows& rows, terms::ColumnYear& year,
                      terms::ColumnPaid& paid) const;
  Result<Done> singles(std::size_t peril, std::size_t replicate, AnnualLosses& out) const;
  Result<Done> sequences(std::size_t replicate, AnnualLosses& out) const;

  const YearSetting& setting_;
  const LossModel& model_;
  std::size_t points_;
  SectionMap sections_;
  std::vector<bool> covered_;
  Lapses lapses_;
  std::vector<double> cumulated_;
  std::vector<double> counts_;
  double rate_ = 0.0;
};

Result<Done> AnnualSampler::settle(EventColumns& events, const Rows& rows, terms::ColumnYear& year,
                                   terms::ColumnPaid& paid) const {
  terms::ColumnIncidents incidents = events.incidents();
  incidents.peril_covered = rows.covered;
  LapseColumns taken;
  const auto event = [&](std::size_t i) {
    return TableEvent{.peril = rows.peril[i], .row = rows.row[i]};
  };
  lapses_.fill(sections_.plan(), incidents, &year, event, taken);
  taken.show(incidents);
  ANLAN_REQUIRE(terms::settle_columns(sections_.plan(), incidents, year, paid));
  count_services(paid);
  return Done{};
}

Result<Done> AnnualSampler::singles(std::size_t peril, std::size_t replicate,
                                    AnnualLosses& out) const {
  EventColumns events(*setting_.table, model_, sections_);
  EventPlaces picked;
  for (std::uint32_t i = 0; i < points_; ++i) picked.add(setting_.table->row(i, replicate), i);
  events.resize(points_);
  events.put(picked.of(peril));
  const Rows rows{.peril = std::vector<std::uint32_t>(points_, static_cast<std::uint32_t>(peril)),
                  .row = picked.from,
                  .covered = std::vector<std::uint8_t>(points_, covered_[peril] ? 1 : 0)};
  terms::ColumnYear year = terms::fresh_column_year(sections_.plan(), points_);
  terms::ColumnPaid paid;
  ANLAN_REQUIRE(settle(events, rows, year, paid));
  const double weight =
      counts_[1] * model_.perils[peril].frequency / rate_ / static_cast<double>(points_);
  auto& points = out.replicates_[replicate];
  auto& parts = out.parts_[replicate];
  const std::size_t first_row = out.amounts_[replicate].size() / out.sections_;
  add_amounts(events.incidents(), covered_, rows.peril, paid, out.amounts_[replicate]);
  for (std::size_t i = 0; i < points_; ++i) {
    const double insurable = covered_[peril] ? events.in_sections()[i] : 0.0;
    const auto add = [&](double payment, double part_of_weight) {
      if (part_of_weight == 0.0) return;
      points.push_back({.ground_up = events.ground_up()[i],
                        .insurable = insurable,
                        .paid = payment,
                        .largest = insurable,
                        .weight = weight * part_of_weight,
                        .first_part = static_cast<std::uint32_t>(parts.size()),
                        .parts = 1});
      parts.push_back({.peril = static_cast<std::uint32_t>(peril),
                       .ground_up = events.ground_up()[i],
                       .insurable = insurable,
                       .paid = payment,
                       .row = static_cast<std::uint32_t>(first_row + i),
                       .passed = payment > 0.0});
    };
    add(paid.total[i], passes(peril));
    add(0.0, 1.0 - passes(peril));
  }
  return Done{};
}

// Sequences of as many incidents as are counted; what the first n of one add up to is a year of n
// incidents.
Result<Done> AnnualSampler::sequences(std::size_t replicate, AnnualLosses& out) const {
  const std::size_t most = counts_.size() - 1;
  const IncidentDraws draws(
      most,
      {.seed = setting_.table->options().seed, .subject = replicate, .stream = kAnnualStream});
  std::vector<std::vector<YearPart>> years(kSequences);
  terms::ColumnYear year = terms::fresh_column_year(sections_.plan(), kSequences);
  terms::ColumnPaid paid;
  EventColumns events(*setting_.table, model_, sections_);
  const RandomStream gate(
      {.seed = setting_.table->options().seed, .subject = replicate, .stream = kTriggerStream});
  Rows rows{.peril = std::vector<std::uint32_t>(kSequences),
            .row = std::vector<std::uint32_t>(kSequences),
            .covered = std::vector<std::uint8_t>(kSequences)};
  for (std::size_t k = 0; k < most; ++k) {
    std::vector<EventPlaces> picked(model_.perils.size());
    for (std::uint32_t i = 0; i < kSequences; ++i) {
      const double which = draws.peril(i, k);
      const auto found = std::upper_bound(cumulated_.begin(), cumulated_.end(), which);
      const auto peril =
          std::min(static_cast<std::size_t>(found - cumulated_.begin()), cumulated_.size() - 1);
      const double point = draws.event(i, k) * static_cast<double>(points_);
      const std::size_t row = setting_.table->row(static_cast<std::size_t>(point), replicate);
      picked[peril].add(row, i);
      rows.peril[i] = static_cast<std::uint32_t>(peril);
      rows.row[i] = static_cast<std::uint32_t>(row);
      const bool open = passes(peril) >= 1.0 || gate.unit(i * kIncidentsMax + k) < passes(peril);
      rows.covered[i] = covered_[peril] && open ? 1 : 0;
      years[i].push_back({.peril = static_cast<std::uint32_t>(peril)});
    }
    events.resize(kSequences);
    for (std::size_t p = 0; p < picked.size(); ++p) events.put(picked[p].of(p));
    ANLAN_REQUIRE(settle(events, rows, year, paid));
    auto& points = out.replicates_[replicate];
    auto& parts = out.parts_[replicate];
    const std::size_t first_row = out.amounts_[replicate].size() / out.sections_;
    add_amounts(events.incidents(), covered_, rows.peril, paid, out.amounts_[replicate]);
    for (std::size_t i = 0; i < kSequences; ++i) {
      years[i].back().row = static_cast<std::uint32_t>(first_row + i);
      years[i].back().ground_up = events.ground_up()[i];
      years[i].back().insurable = covered_[rows.peril[i]] ? events.in_sections()[i] : 0.0;
      years[i].back().paid = paid.total[i];
      if (k == 0) continue;  // years of one incident are the table itself
      AnnualLosses::Point point{.weight = counts_[k + 1] / static_cast<double>(kSequences),
                                .first_part = static_cast<std::uint32_t>(parts.size()),
                                .parts = static_cast<std::uint32_t>(k + 1)};
      for (const YearPart& part : years[i]) {
        point.ground_up += part.ground_up;
        point.insurable += part.insurable;
        point.paid += part.paid;
        point.largest = std::max(point.largest, part.insurable);
        parts.push_back(part);
      }
      points.push_back(point);
    }
  }
  return Done{};
}

Result<Done> AnnualSampler::replicate(std::size_t replicate, AnnualLosses& out) const {
  if (rate_ <= 0.0) return Done{};
  for (std::size_t p = 0; p < model_.perils.size(); ++p) {
    if (model_.perils[p].frequency > 0.0) ANLAN_REQUIRE(singles(p, replicate, out));
  }
  return counts_.size() > 2 ? sequences(replicate, out) : Done{};
}

Result<AnnualLosses> AnnualLosses::sample(const YearSetting& setting, const LossModel& model,
                                          std::size_t points, Executor& executor) {
  ANLAN_CHECK(points >= 1 && points <= setting.table->options().points);
  const AnnualSampler sampler(setting, model, points);
  AnnualLosses out;
  out.none_ = sampler.none();
  out.perils_ = model.perils.size();
  out.sections_ = setting.cover->plan->section_count();
  out.replicates_.resize(setting.table->options().replicates);
  out.parts_.resize(out.replicates_.size());
  out.amounts_.resize(out.replicates_.size());
  std::vector<std::optional<Refusal>> refusals(out.replicates_.size());
  executor.run(refusals.size(), [&](std::size_t r) {
    const auto done = sampler.replicate(r, out);
    if (!done.ok()) refusals[r] = done.refusal();
  });
  for (const auto& refusal : refusals) {
    if (refusal) return *refusal;
  }
  return out;
}

// `statistic` of the falling list of all years, and of each replicate's for the error.
template <class Statistic>
Sampled AnnualLosses::over_replicates(LossView view, const Statistic& statistic) const {
  std::vector<Weighted> all;
  std::vector<double> each;
  const auto n = static_cast<double>(replicates_.size());
  for (const std::vector<Point>& points : replicates_) {
    const std::vector<Weighted> falling = sorted(points, view);
    each.push_back(statistic(falling));
    for (const Weighted& year : falling) {
      all.push_back({.loss = year.loss, .weight = year.weight / n});
    }
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Weighted& a, const Weighted& b) { return a.loss > b.loss; });
  return summary(statistic(all), each);
}

Sampled AnnualLosses::exceeds(LossView view, double amount) const {
  return over_replicates(view, [&](const std::vector<Weighted>& falling) {
    double above = 0.0;
    for (const Weighted& year : falling) {
      if (year.loss <= amount) break;
      above += year.weight;
    }
    return above;
  });
}

Sampled AnnualLosses::quantile(LossView view, double level) const {
  return over_replicates(
      view, [&](const std::vector<Weighted>& falling) { return tail_start(falling, 1.0 - level); });
}

Sampled AnnualLosses::tail_mean(LossView view, double level) const {
  return over_replicates(view, [&](const std::vector<Weighted>& falling) {
    const double tail = 1.0 - level;
    double left = tail;
    double sum = 0.0;
    for (const Weighted& year : falling) {
      const double weight = std::min(left, year.weight);
      sum += weight * year.loss;
      left -= weight;
      if (left <= 0.0) break;
    }
    return sum / tail;
  });
}

Sampled AnnualLosses::mean(LossView view) const {
  return over_replicates(view, [](const std::vector<Weighted>& falling) {
    double sum = 0.0;
    for (const Weighted& year : falling) sum += year.weight * year.loss;
    return sum;
  });
}

AnnualLosses::TailCut AnnualLosses::cut(LossView view, double level, Span span) const {
  const double tail = 1.0 - level;
  const auto n = static_cast<double>(span.to - span.from);
  std::vector<Weighted> falling;
  for (std::size_t r = span.from; r < span.to; ++r) {
    for (const Point& point : replicates_[r]) {
      falling.push_back({.loss = loss_of(point, view), .weight = point.weight / n});
    }
  }
  std::stable_sort(falling.begin(), falling.end(),
                   [](const Weighted& a, const Weighted& b) { return a.loss > b.loss; });
  const double start = tail_start(falling, tail);
  double above = 0.0;
  double at = 0.0;
  for (const Weighted& year : falling) {
    if (year.loss > start) above += year.weight;
    if (year.loss == start) at += year.weight;
  }
  return {.start = start, .part = at > 0.0 ? std::clamp((tail - above) / at, 0.0, 1.0) : 0.0};
}

template <class Add>
void AnnualLosses::each_of_tail(LossView view, double level, Span span, const Add& add) const {
  const TailCut worst = cut(view, level, span);
  const double years = (1.0 - level) * static_cast<double>(span.to - span.from);
  for (std::size_t r = span.from; r < span.to; ++r) {
    for (const Point& point : replicates_[r]) {
      const double loss = loss_of(point, view);
      const double used = loss > worst.start ? 1.0 : loss == worst.start ? worst.part : 0.0;
      if (used == 0.0) continue;
      const double weight = used * point.weight / years;
      for (std::uint32_t i = 0; i < point.parts; ++i) {
        add(r, parts_[r][point.first_part + i], weight);
      }
    }
  }
}

std::vector<double> AnnualLosses::perils_of_tail(LossView tail, LossView what, double level,
                                                 Span span) const {
  std::vector<double> out(perils_);
  each_of_tail(tail, level, span, [&](std::size_t, const YearPart& one, double weight) {
    out[one.peril] += weight * loss_of(one, what);
  });
  return out;
}

std::vector<SectionAmounts> AnnualLosses::sections_of_tail(LossView tail, double level,
                                                           Span span) const {
  std::vector<SectionAmounts> out(sections_ + 1);
  each_of_tail(tail, level, span, [&](std::size_t r, const YearPart& one, double weight) {
    const SectionAmounts* const amounts = amounts_[r].data() + one.row * sections_;
    for (std::size_t s = 0; s < sections_; ++s) {
      out[s].insurable += weight * amounts[s].insurable;
      if (one.passed) out[s].paid += weight * amounts[s].paid;
    }
    out[sections_].insurable += weight * (one.ground_up - one.insurable);
  });
  return out;
}

std::vector<Sampled> AnnualLosses::tail_by_peril(LossView tail, LossView what, double level) const {
  const std::vector<double> whole = perils_of_tail(tail, what, level, all());
  std::vector<std::vector<double>> each(perils_);
  for (std::size_t r = 0; r < replicates_.size(); ++r) {
    const std::vector<double> one = perils_of_tail(tail, what, level, {.from = r, .to = r + 1});
    for (std::size_t p = 0; p < perils_; ++p) each[p].push_back(one[p]);
  }
  std::vector<Sampled> out;
  for (std::size_t p = 0; p < perils_; ++p) out.push_back(summary(whole[p], each[p]));
  return out;
}

Sampled AnnualLosses::tail_of(LossView tail, LossView what, double level) const {
  const auto sum = [&](Span span) {
    double out = 0.0;
    for (const double part : perils_of_tail(tail, what, level, span)) out += part;
    return out;
  };
  std::vector<double> each;
  for (std::size_t r = 0; r < replicates_.size(); ++r)
    each.push_back(sum({.from = r, .to = r + 1}));
  return summary(sum(all()), each);
}

std::vector<SectionTail> AnnualLosses::tail_by_section(LossView tail, double level) const {
  const std::vector<SectionAmounts> whole = sections_of_tail(tail, level, all());
  std::vector<std::vector<SectionAmounts>> each;
  for (std::size_t r = 0; r < replicates_.size(); ++r) {
    each.push_back(sections_of_tail(tail, level, {.from = r, .to = r + 1}));
  }
  const auto sampled = [&](std::size_t section, const auto& amount) {
    std::vector<double> replicates;
    for (const auto& one : each) replicates.push_back(amount(one[section]));
    return summary(amount(whole[section]), replicates);
  };
  std::vector<SectionTail> out;
  for (std::size_t s = 0; s <= sections_; ++s) {
    out.push_back(
        {.insurable = sampled(s, [](const SectionAmounts& of) { return of.insurable; }),
         .paid = sampled(s, [](const SectionAmounts& of) { return of.paid; }),
         .unpaid = sampled(s, [](const SectionAmounts& of) { return of.insurable - of.paid; })});
  }
  return out;
}

}  // namespace anlan::engine
