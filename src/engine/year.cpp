#include "engine/year.h"

#include <algorithm>
#include <cmath>

#include "base/maths.h"
#include "base/sobol.h"
#include "engine/event_losses.h"
#include "engine/streams.h"

namespace anlan::engine {
namespace {

constexpr std::size_t kIncidentsMax =
    kSobolDimensionsMax / 2;  // two numbers an incident: peril and event
constexpr std::size_t kSequencesFirst = 256;
constexpr std::size_t kSequencesMax = 8192;
constexpr double kErrorTarget = 0.0005;  // of the expected payment (MODEL.md 5.3)

// Results of blocks that may be refused: the refusal of the first block in order counts.
Result<Done> first_refusal(const std::vector<std::optional<Refusal>>& refusals) {
  for (const auto& refusal : refusals) {
    if (refusal) return *refusal;
  }
  return Done{};
}

double mean_of(const std::vector<double>& column) {
  double sum = 0.0;
  for (const double value : column) sum += value;
  return sum / static_cast<double>(column.size());
}

double standard_error(const std::vector<double>& replicates) {
  const double mean = mean_of(replicates);
  double squares = 0.0;
  for (const double value : replicates) squares += (value - mean) * (value - mean);
  const auto n = static_cast<double>(replicates.size());
  return maths::sqrt(squares / (n * (n - 1.0)));
}

// One calculation: what all its steps share.
class Year {
 public:
  Year(const YearSetting& setting, const LossModel& model, Executor& executor)
      : setting_(setting),
        model_(model),
        executor_(executor),
        sections_(*setting.hazard, *setting.cover->plan),
        covered_(covered_perils(setting)) {}

  Result<YearLoss> loss();

 private:
  // What earlier incidents of the year take from later ones; sums over the sequences of one
  // replicate.
  struct Erosion {
    double total = 0.0;
    std::vector<double> by_peril;
    std::vector<double> by_section;
  };
  struct Range {
    std::size_t from = 0;
    std::size_t to = 0;
  };

  std::size_t replicates() const { return setting_.table->options().replicates; }
  std::size_t points() const { return setting_.table->options().points; }
  std::size_t section_count() const { return setting_.cover->plan->section_count(); }
  Result<Done> single_events();
  Result<PerilMeans> means_of(std::size_t peril, std::size_t replicate) const;
  void count_incidents();
  EventOf draw(const SobolPoints& uniform, std::size_t sequence, std::size_t incident,
               std::size_t replicate) const;
  Result<Done> erode(std::size_t replicate, Range sequences, Erosion& out) const;
  Result<Done> grow_erosion();
  void sum_up();
  double single_payment(std::size_t replicate) const;

  const YearSetting& setting_;
  const LossModel& model_;
  Executor& executor_;
  SectionMap sections_;
  std::vector<bool> covered_;
  std::vector<PerilMeans> means_;  // by peril, replicate
  std::vector<double> at_least_;   // P(N >= 1), ...
  std::vector<double> cumulated_;  // shares of the covered perils in the covered frequency
  std::vector<Erosion> erosions_;  // by replicate
  YearLoss out_;
};

Result<PerilMeans> Year::means_of(std::size_t peril, std::size_t replicate) const {
  EventColumns events(*setting_.table, model_, sections_);
  for (std::size_t i = 0; i < points(); ++i) {
    events.append({.peril = peril, .replicate = replicate, .point = i});
  }
  PerilMeans out{.ground_up = mean_of(events.ground_up())};
  out.paid_by_section.assign(section_count(), 0.0);
  if (!covered_[peril]) return out;
  out.in_sections = mean_of(events.in_sections());
  terms::ColumnYear year = terms::fresh_column_year(sections_.plan(), events.rows());
  terms::ColumnPaid paid;
  ANLAN_REQUIRE(terms::settle_columns(sections_.plan(), events.incidents(), year, paid));
  out.paid = mean_of(paid.total);
  for (const double amount : paid.total) out.paid_share += amount > 0.0 ? 1.0 : 0.0;
  out.paid_share /= static_cast<double>(points());
  for (std::size_t s = 0; s < section_count(); ++s)
    out.paid_by_section[s] = mean_of(paid.by_section[s]);
  return out;
}

Result<Done> Year::single_events() {
  const std::size_t blocks = model_.perils.size() * replicates();
  means_.resize(blocks);
  std::vector<std::optional<Refusal>> refusals(blocks);
  executor_.run(blocks, [&](std::size_t block) {
    auto means = means_of(block / replicates(), block % replicates());
    if (means.ok()) {
      means_[block] = std::move(means).value();
    } else {
      refusals[block] = means.refusal();
    }
  });
  return first_refusal(refusals);
}

void Year::count_incidents() {
  double rate = 0.0;
  for (std::size_t p = 0; p < model_.perils.size(); ++p) {
    if (covered_[p]) rate += model_.perils[p].frequency;
    cumulated_.push_back(rate);
  }
  if (rate > 0.0) {
    for (double& share : cumulated_) share /= rate;
  }
  at_least_ = incidents_at_least(rate, setting_.hazard->company_gamma, kIncidentsMax);
}

EventOf Year::draw(const SobolPoints& uniform, std::size_t sequence, std::size_t incident,
                   std::size_t replicate) const {
  const double which = uniform.at(sequence, 2 * incident);
  const auto found = std::upper_bound(cumulated_.begin(), cumulated_.end(), which);
  const auto peril =
      std::min(static_cast<std::size_t>(found - cumulated_.begin()), cumulated_.size() - 1);
  const double row = uniform.at(sequence, 2 * incident + 1) * static_cast<double>(points());
  return {.peril = peril, .replicate = replicate, .point = static_cast<std::size_t>(row)};
}

Result<Done> Year::erode(std::size_t replicate, Range sequences, Erosion& out) const {
  const terms::Plan& plan = sections_.plan();
  const std::size_t rows = sequences.to - sequences.from;
  const SobolPoints uniform(
      2 * at_least_.size(),
      {.seed = setting_.table->options().seed, .subject = replicate, .stream = kSequenceStream});
  EventColumns events(*setting_.table, model_, sections_);
  terms::ColumnYear year = terms::fresh_column_year(plan, rows);
  terms::ColumnPaid in_year;
  terms::ColumnPaid alone;
  std::vector<std::size_t> perils(rows);
  for (std::size_t k = 0; k < at_least_.size(); ++k) {
    events.clear();
    for (std::size_t i = 0; i < rows; ++i) {
      const EventOf event = draw(uniform, sequences.from + i, k, replicate);
      perils[i] = event.peril;
      events.append(event);
    }
    const terms::ColumnIncidents incidents = events.incidents();
    ANLAN_REQUIRE(terms::settle_columns(plan, incidents, year, in_year));
    if (k == 0) continue;  // the first incident finds a fresh year
    terms::ColumnYear fresh = terms::fresh_column_year(plan, rows);
    ANLAN_REQUIRE(terms::settle_columns(plan, incidents, fresh, alone));
    for (std::size_t i = 0; i < rows; ++i) {
      const double change = at_least_[k] * (in_year.total[i] - alone.total[i]);
      out.total += change;
      out.by_peril[perils[i]] += change;
      for (std::size_t s = 0; s < section_count(); ++s) {
        out.by_section[s] += at_least_[k] * (in_year.by_section[s][i] - alone.by_section[s][i]);
      }
    }
  }
  return Done{};
}

double Year::single_payment(std::size_t replicate) const {
  double sum = 0.0;
  for (std::size_t p = 0; p < model_.perils.size(); ++p) {
    sum += model_.perils[p].frequency * means_[p * replicates() + replicate].paid;
  }
  return sum;
}

Result<Done> Year::grow_erosion() {
  erosions_.assign(replicates(), Erosion{.total = 0.0,
                                         .by_peril = std::vector<double>(model_.perils.size()),
                                         .by_section = std::vector<double>(section_count())});
  if (at_least_.size() < 2) return Done{};
  double payment = 0.0;
  for (std::size_t r = 0; r < replicates(); ++r)
    payment += single_payment(r) / static_cast<double>(replicates());
  Range range{.from = 0, .to = kSequencesFirst};
  while (true) {
    std::vector<std::optional<Refusal>> refusals(replicates());
    executor_.run(replicates(), [&](std::size_t r) {
      const auto eroded = erode(r, range, erosions_[r]);
      if (!eroded.ok()) refusals[r] = eroded.refusal();
    });
    ANLAN_REQUIRE(first_refusal(refusals));
    out_.sequences = range.to;
    std::vector<double> totals;
    for (const Erosion& erosion : erosions_)
      totals.push_back(erosion.total / static_cast<double>(range.to));
    if (standard_error(totals) <= kErrorTarget * payment || range.to >= kSequencesMax)
      return Done{};
    range = {.from = range.to, .to = 2 * range.to};
  }
}

void Year::sum_up() {
  const auto n = static_cast<double>(replicates());
  const auto sequences = static_cast<double>(std::max<std::size_t>(out_.sequences, 1));
  out_.insured_by_section.assign(section_count(), 0.0);
  for (std::size_t r = 0; r < replicates(); ++r) {
    out_.insured_by_replicate.push_back(single_payment(r) + erosions_[r].total / sequences);
  }
  for (std::size_t p = 0; p < model_.perils.size(); ++p) {
    PerilMeans mean;
    mean.paid_by_section.assign(section_count(), 0.0);
    double eroded = 0.0;
    for (std::size_t r = 0; r < replicates(); ++r) {
      const PerilMeans& one = means_[p * replicates() + r];
      mean.ground_up += one.ground_up / n;
      mean.in_sections += one.in_sections / n;
      mean.paid += one.paid / n;
      mean.paid_share += one.paid_share / n;
      for (std::size_t s = 0; s < section_count(); ++s)
        mean.paid_by_section[s] += one.paid_by_section[s] / n;
      eroded += erosions_[r].by_peril[p] / sequences / n;
    }
    const double frequency = model_.perils[p].frequency;
    out_.frequency += frequency;
    out_.paid_frequency += frequency * mean.paid_share;
    out_.ground_up += frequency * mean.ground_up;
    out_.in_sections += frequency * mean.in_sections;
    out_.insured_by_peril.push_back(frequency * mean.paid + eroded);
    for (std::size_t s = 0; s < section_count(); ++s) {
      out_.insured_by_section[s] += frequency * mean.paid_by_section[s];
    }
    out_.perils.push_back(std::move(mean));
  }
  for (const Erosion& erosion : erosions_) {
    for (std::size_t s = 0; s < section_count(); ++s) {
      out_.insured_by_section[s] += erosion.by_section[s] / sequences / n;
    }
  }
  out_.insured = mean_of(out_.insured_by_replicate);
  out_.standard_error = standard_error(out_.insured_by_replicate);
}

Result<YearLoss> Year::loss() {
  ANLAN_REQUIRE(single_events());
  count_incidents();
  ANLAN_REQUIRE(grow_erosion());
  sum_up();
  return out_;
}

}  // namespace

std::vector<double> incidents_at_least(double rate, double gamma, std::size_t count_max) {
  constexpr double kNegligible = 1e-6;
  std::vector<double> at_least;
  if (!(rate > 0.0)) return at_least;
  // Negative binomial: p_0 = (gamma / (gamma + rate))^gamma, p_k = p_(k-1) (gamma + k - 1) / k x
  // rate / (gamma + rate).
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
  // What would come after the last counted incident meets the same state of the year, to a good
  // approximation.
  at_least.back() += std::max(0.0, left);
  return at_least;
}

std::vector<bool> covered_perils(const YearSetting& setting) {
  std::vector<bool> covered;
  for (const PerilHazard& peril : setting.hazard->perils) {
    const auto& names = setting.cover->perils;
    covered.push_back(std::find(names.begin(), names.end(), peril.peril) != names.end());
  }
  return covered;
}

Result<YearLoss> year_loss(const YearSetting& setting, const LossModel& model, Executor& executor) {
  return Year(setting, model, executor).loss();
}

}  // namespace anlan::engine
