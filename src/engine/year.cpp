#include "engine/year.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/maths.h"
#include "engine/event_losses.h"
#include "engine/incidents.h"
#include "engine/lapses.h"
#include "engine/mean_loss.h"
#include "engine/streams.h"

namespace anlan::engine {
namespace {

constexpr std::size_t kPointsFirst = 16;  // doubled once at least, as the sequences are
constexpr std::size_t kSequencesFirst = 16;
constexpr std::size_t kStretch = 1024;  // rows settled at a time
// Of the variance when a sample doubles. Whoever stops as soon as the scatter looks small stops too
// often on a scatter that is small by chance, and its intervals cover less than they say. So the
// scatter of the sample before the last doubling, in this proportion, is the least that is
// believed: 1/4 is the rate of a smooth integrand, 1/2 that of plain sampling.
constexpr double kDoubled = 0.25;
constexpr std::size_t kSequencesMax = 8192;
constexpr double kErosionTarget = 0.0005;  // of the expected payment (MODEL.md 5.3)

// Results of blocks that may be refused: the refusal of the first block in order counts.
Result<Done> first_refusal(const std::vector<std::optional<Refusal>>& refusals) {
  for (const auto& refusal : refusals) {
    if (refusal) return *refusal;
  }
  return Done{};
}

// In lanes, which a compiler may add side by side: the same order of additions everywhere.
double sum_of(const std::vector<double>& column) {
  constexpr std::size_t kLanes = 8;
  std::array<double, kLanes> sums{};
  std::size_t row = 0;
  for (; row + kLanes <= column.size(); row += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) sums[lane] += column[row + lane];
  }
  for (; row < column.size(); ++row) sums[0] += column[row];
  double sum = 0.0;
  for (const double lane : sums) sum += lane;
  return sum;
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

// Of the mean over so many points and all replicates, from the replicates' sums.
double variance_of_mean(const std::vector<double>& sums, std::size_t points) {
  const double error = standard_error(sums) / static_cast<double>(points);
  return error * error;
}

// Whether an incident can take anything from a later one of the same year.
bool remembers(const terms::Plan& plan) {
  const auto limited = [](const auto& part) { return part.cap_year != terms::kNoCap; };
  return plan.aggregate_cap() != terms::kNoCap ||
         std::any_of(plan.sections().begin(), plan.sections().end(), limited) ||
         std::any_of(plan.groups().begin(), plan.groups().end(), limited) ||
         std::any_of(plan.services().begin(), plan.services().end(), limited);
}

// One calculation: what all its steps share.
class Year {
 public:
  Year(const YearSetting& setting, const LossModel& model, Executor& executor)
      : setting_(setting),
        model_(model),
        executor_(executor),
        sections_(sections_of(setting)),
        covered_(covered_perils(setting)),
        lapses_(lapses_of(setting)) {}

  Result<YearLoss> loss();

 private:
  // Sums over the events of one peril, one entry a replicate.
  struct Single {
    std::size_t points = 0;
    double variance_before = 0.0;  // of the mean payment, when the points were half as many
    std::vector<double> paid;
    double paid_events = 0.0;  // over all replicates, as the next
    std::vector<double> paid_by_section;
  };
  // What earlier incidents of the year take from later ones; sums over the sequences, one entry a
  // replicate.
  struct Erosion {
    std::size_t sequences = 0;
    double variance_before = 0.0;  // of the mean, when the sequences were half as many
    std::vector<double> total;
    std::vector<double> by_peril;    // over all replicates
    std::vector<double> by_section;  // likewise
  };
  // The incident of the same number of every new sequence: sequence by sequence, the replicates of
  // one side by side.
  struct Drawn {
    std::vector<std::uint32_t> peril;
    std::vector<std::uint32_t> row;  // of the scenario table
  };

  std::size_t replicates() const { return setting_.table->options().replicates; }
  std::size_t section_count() const { return setting_.cover->plan->section_count(); }
  const terms::Plan& plan() const { return sections_.plan(); }
  double frequency(std::size_t peril) const {
    return admitted_frequency(*setting_.cover, model_, peril);
  }
  Result<Done> sample_singles();
  Result<Done> extend(std::size_t peril, std::size_t to);
  Result<Done> extend_all(const std::vector<std::size_t>& perils);
  std::vector<std::size_t> unpaid_perils() const;
  std::vector<std::size_t> worst_perils() const;
  double single_payment(std::size_t replicate) const;
  double single_variance(std::size_t peril) const;
  double distrust(std::size_t peril) const;
  double expected_single() const;
  void count_incidents();
  void draw_incident(std::size_t incident, std::size_t to);
  void put_drawn(EventColumns& events);
  const terms::ColumnIncidents& with_lapses(EventColumns& events, const terms::ColumnYear* year);
  void add_single(const terms::ColumnPaid& paid, Single& single) const;
  Result<Done> erode(std::size_t to);
  void add_erosion(double weight, const terms::ColumnPaid& in_year, const terms::ColumnPaid& alone);
  Result<Done> grow_erosion();
  PerilMeans means_of(std::size_t peril) const;
  void sum_up();

  const YearSetting& setting_;
  const LossModel& model_;
  Executor& executor_;
  SectionMap sections_;
  std::vector<bool> covered_;
  Lapses lapses_;
  LapseColumns taken_;             // of the drawn incidents
  std::vector<Single> singles_;    // by peril
  std::vector<double> at_least_;   // P(N >= 1), ...
  std::vector<double> cumulated_;  // shares of the covered perils in the covered frequency
  Erosion erosion_;
  std::vector<IncidentDraws> draws_;  // by replicate
  Drawn drawn_;
  YearLoss out_;
};

// ---- incidents that find a fresh year

void Year::add_single(const terms::ColumnPaid& paid, Single& single) const {
  const std::size_t lanes = replicates();
  for (std::size_t row = 0; row < paid.total.size(); row += lanes) {
    for (std::size_t r = 0; r < lanes; ++r) single.paid[r] += paid.total[row + r];
  }
  for (const double amount : paid.total) single.paid_events += amount > 0.0 ? 1.0 : 0.0;
  for (std::size_t s = 0; s < section_count(); ++s) {
    single.paid_by_section[s] += sum_of(paid.by_section[s]);
  }
}

// Points [points, to) of all replicates of one peril, in stretches that stay in the cache.
Result<Done> Year::extend(std::size_t peril, std::size_t to) {
  Single& single = singles_[peril];
  const double before = single.points == 0 ? 0.0 : variance_of_mean(single.paid, single.points);
  const std::size_t stretch = std::max<std::size_t>(1, kStretch / replicates()) * replicates();
  FreshPayments payments(*setting_.table, model_, sections_, &lapses_);
  const std::size_t end = to * replicates();
  for (std::size_t row = single.points * replicates(); row < end; row += stretch) {
    ANLAN_TRY(const terms::ColumnPaid* paid,
              payments.settle({.peril = peril, .from = row, .to = std::min(end, row + stretch)}));
    add_single(*paid, single);
  }
  single.points = to;
  single.variance_before = before;
  return Done{};
}

// Twice the points of these perils.
Result<Done> Year::extend_all(const std::vector<std::size_t>& perils) {
  std::vector<std::optional<Refusal>> refusals(perils.size());
  executor_.run(perils.size(), [&](std::size_t block) {
    const std::size_t points = singles_[perils[block]].points;
    const std::size_t most = setting_.table->options().points;
    const std::size_t first = setting_.points > 0 ? setting_.points : kPointsFirst;
    const std::size_t to = points == 0 ? first : 2 * points;
    const auto extended = extend(perils[block], std::min(most, to));
    if (!extended.ok()) refusals[block] = extended.refusal();
  });
  return first_refusal(refusals);
}

double Year::single_payment(std::size_t replicate) const {
  double sum = 0.0;
  for (std::size_t p = 0; p < singles_.size(); ++p) {
    if (singles_[p].points == 0) continue;
    sum += frequency(p) * singles_[p].paid[replicate] / static_cast<double>(singles_[p].points);
  }
  return sum;
}

double Year::expected_single() const {
  double sum = 0.0;
  for (std::size_t r = 0; r < replicates(); ++r) sum += single_payment(r);
  return sum / static_cast<double>(replicates());
}

// Of a peril's share of the expected payment.
double Year::single_variance(std::size_t peril) const {
  const Single& single = singles_[peril];
  if (single.points == 0) return 0.0;
  return frequency(peril) * frequency(peril) * variance_of_mean(single.paid, single.points);
}

// What the sample before the last doubling adds to that.
double Year::distrust(std::size_t peril) const {
  const double least =
      kDoubled * frequency(peril) * frequency(peril) * singles_[peril].variance_before;
  return std::max(0.0, least - single_variance(peril));
}

// Sampled perils with losses in some section of which no event was paid yet: a mean of zero with an
// error of zero says nothing.
std::vector<std::size_t> Year::unpaid_perils() const {
  std::vector<std::size_t> out;
  for (std::size_t p = 0; p < singles_.size(); ++p) {
    const Single& single = singles_[p];
    const bool more = single.points != 0 && single.points < setting_.table->options().points;
    if (more && single.paid_events == 0.0 && mean_loss(model_, p, sections_).in_sections > 0.0) {
      out.push_back(p);
    }
  }
  return out;
}

// The perils whose points must be doubled to bring the error of the sum below the target; none when
// it is.
std::vector<std::size_t> Year::worst_perils() const {
  const double target = setting_.error * expected_single();
  std::vector<double> variances;
  double sum = 0.0;
  double sampled = 0.0;
  for (std::size_t p = 0; p < singles_.size(); ++p) {
    const Single& single = singles_[p];
    variances.push_back(single_variance(p) + distrust(p));
    sum += variances.back();
    sampled += single.points == 0 ? 0.0 : 1.0;
  }
  std::vector<std::size_t> out = unpaid_perils();
  if (!out.empty() || sum <= target * target) return out;
  for (std::size_t p = 0; p < singles_.size(); ++p) {
    const bool more = singles_[p].points < setting_.table->options().points;
    if (more && variances[p] > target * target / (2.0 * sampled)) out.push_back(p);
  }
  return out;
}

Result<Done> Year::sample_singles() {
  singles_.assign(model_.perils.size(),
                  Single{.paid = std::vector<double>(replicates()),
                         .paid_by_section = std::vector<double>(section_count())});
  std::vector<std::size_t> perils;
  for (std::size_t p = 0; p < model_.perils.size(); ++p) {
    if (covered_[p] && frequency(p) > 0.0) perils.push_back(p);
  }
  ANLAN_REQUIRE(extend_all(perils));
  if (setting_.points > 0) return Done{};
  if (kPointsFirst >= setting_.table->options().points) return Done{};
  while (!perils.empty()) {
    ANLAN_REQUIRE(extend_all(perils));
    perils = worst_perils();
  }
  return Done{};
}

// ---- several incidents a year

void Year::count_incidents() {
  double rate = 0.0;
  for (std::size_t p = 0; p < model_.perils.size(); ++p) {
    if (covered_[p]) rate += frequency(p);
    cumulated_.push_back(rate);
  }
  if (rate > 0.0) {
    for (double& share : cumulated_) share /= rate;
  }
  at_least_ = incidents_at_least(rate, model_.history.shape, kIncidentsMax);
}

void Year::draw_incident(std::size_t incident, std::size_t to) {
  drawn_.peril.clear();
  drawn_.row.clear();
  const auto points = static_cast<double>(setting_.table->options().points);
  for (std::size_t sequence = erosion_.sequences; sequence < to; ++sequence) {
    for (std::size_t r = 0; r < replicates(); ++r) {
      const double which = draws_[r].peril(sequence, incident);
      const auto found = std::upper_bound(cumulated_.begin(), cumulated_.end(), which);
      const auto peril =
          std::min(static_cast<std::size_t>(found - cumulated_.begin()), cumulated_.size() - 1);
      const double point = draws_[r].event(sequence, incident) * points;
      drawn_.peril.push_back(static_cast<std::uint32_t>(peril));
      drawn_.row.push_back(
          static_cast<std::uint32_t>(setting_.table->row(static_cast<std::size_t>(point), r)));
    }
  }
}

void Year::put_drawn(EventColumns& events) {
  std::vector<EventPlaces> picked(model_.perils.size());
  for (std::uint32_t i = 0; i < drawn_.peril.size(); ++i) {
    picked[drawn_.peril[i]].add(drawn_.row[i], i);
  }
  events.resize(drawn_.peril.size());
  for (std::size_t p = 0; p < picked.size(); ++p) events.put(picked[p].of(p));
}

void Year::add_erosion(double weight, const terms::ColumnPaid& in_year,
                       const terms::ColumnPaid& alone) {
  for (std::size_t row = 0; row < drawn_.peril.size(); ++row) {
    const double change = weight * (in_year.total[row] - alone.total[row]);
    erosion_.total[row % replicates()] += change;
    erosion_.by_peril[drawn_.peril[row]] += change;
  }
  for (std::size_t s = 0; s < section_count(); ++s) {
    erosion_.by_section[s] +=
        weight * (sum_of(in_year.by_section[s]) - sum_of(alone.by_section[s]));
  }
}

// What the drawn rows meet of lapsed controls.
const terms::ColumnIncidents& Year::with_lapses(EventColumns& events,
                                                const terms::ColumnYear* year) {
  const auto event = [&](std::size_t i) {
    return TableEvent{.peril = drawn_.peril[i], .row = drawn_.row[i]};
  };
  lapses_.fill(plan(), events.incidents(), year, event, taken_);
  return events.incidents(&taken_);
}

// Sequences [sequences, to) of all replicates, incident by incident.
Result<Done> Year::erode(std::size_t to) {
  const std::size_t rows = (to - erosion_.sequences) * replicates();
  EventColumns events(*setting_.table, model_, sections_, EventColumns::Totals::kNone);
  terms::ColumnYear year = terms::fresh_column_year(plan(), rows);
  terms::ColumnSettler settler(plan());
  terms::ColumnSettler settler_alone(plan());
  terms::ColumnPaid in_year;
  terms::ColumnPaid alone;
  for (std::size_t k = 0; k < at_least_.size(); ++k) {
    draw_incident(k, to);
    put_drawn(events);
    const terms::ColumnIncidents& incidents = with_lapses(events, &year);
    ANLAN_REQUIRE(settler.settle(incidents, year, in_year));
    if (k == 0) continue;  // the first incident finds a fresh year
    // What a ladder takes depends on what services still render.
    const bool anew = lapses_.act() && !plan().services().empty();
    ANLAN_REQUIRE(
        settler_alone.settle_fresh(anew ? with_lapses(events, nullptr) : incidents, alone));
    count_services(in_year);
    count_services(alone);
    add_erosion(at_least_[k], in_year, alone);
  }
  erosion_.sequences = to;
  return Done{};
}

Result<Done> Year::grow_erosion() {
  erosion_ = {.total = std::vector<double>(replicates()),
              .by_peril = std::vector<double>(model_.perils.size()),
              .by_section = std::vector<double>(section_count())};
  if (at_least_.size() < 2 || !remembers(plan())) return Done{};
  for (std::size_t r = 0; r < replicates(); ++r) {
    draws_.emplace_back(
        at_least_.size(),
        RandomKey{.seed = setting_.table->options().seed, .subject = r, .stream = kSequenceStream});
  }
  const double target = kErosionTarget * expected_single();
  if (setting_.points > 0) return erode(2 * kSequencesFirst);
  ANLAN_REQUIRE(erode(kSequencesFirst));
  double variance = 0.0;
  do {
    erosion_.variance_before = variance_of_mean(erosion_.total, erosion_.sequences);
    ANLAN_REQUIRE(erode(2 * erosion_.sequences));
    variance = std::max(variance_of_mean(erosion_.total, erosion_.sequences),
                        kDoubled * erosion_.variance_before);
  } while (variance > target * target && erosion_.sequences < kSequencesMax);
  return Done{};
}

// ---- the year

PerilMeans Year::means_of(std::size_t p) const {
  const Single& single = singles_[p];
  const MeanLoss exact = mean_loss(model_, p, sections_);
  PerilMeans out{.ground_up = exact.ground_up,
                 .in_sections = covered_[p] ? exact.in_sections : 0.0,
                 .points = single.points};
  const double events = static_cast<double>(std::max<std::size_t>(single.points, 1) * replicates());
  for (const double paid : single.paid) out.paid += paid / events;
  out.paid_share = single.paid_events / events;
  for (const double paid : single.paid_by_section) out.paid_by_section.push_back(paid / events);
  return out;
}

void Year::sum_up() {
  const auto sequences = static_cast<double>(std::max<std::size_t>(erosion_.sequences, 1));
  const double all = sequences * static_cast<double>(replicates());
  for (std::size_t r = 0; r < replicates(); ++r) {
    out_.insured_by_replicate.push_back(single_payment(r) + erosion_.total[r] / sequences);
  }
  for (const double section : erosion_.by_section) out_.insured_by_section.push_back(section / all);
  for (std::size_t p = 0; p < model_.perils.size(); ++p) {
    const PerilMeans mean = means_of(p);
    const double all_events = model_.perils[p].frequency;
    out_.frequency += all_events;
    out_.paid_frequency += frequency(p) * mean.paid_share;
    out_.ground_up += all_events * mean.ground_up;
    out_.in_sections += all_events * mean.in_sections;
    out_.insured_by_peril.push_back(frequency(p) * mean.paid + erosion_.by_peril[p] / all);
    for (std::size_t s = 0; s < section_count(); ++s) {
      out_.insured_by_section[s] += frequency(p) * mean.paid_by_section[s];
    }
    out_.perils.push_back(mean);
  }
  out_.sequences = erosion_.sequences;
  out_.insured = mean_of(out_.insured_by_replicate);
  const double error = standard_error(out_.insured_by_replicate);
  double variance = error * error;
  for (std::size_t p = 0; p < singles_.size(); ++p) variance += distrust(p);
  if (erosion_.sequences > 0) {
    variance += std::max(0.0, kDoubled * erosion_.variance_before -
                                  variance_of_mean(erosion_.total, erosion_.sequences));
  }
  out_.standard_error = maths::sqrt(variance);
}

Result<YearLoss> Year::loss() {
  ANLAN_REQUIRE(sample_singles());
  count_incidents();
  ANLAN_REQUIRE(grow_erosion());
  sum_up();
  return out_;
}

}  // namespace

double admitted_frequency(const InsuredCover& cover, const LossModel& model, std::size_t peril) {
  const double all = model.perils[peril].frequency;
  return cover.admitted.empty() ? all : all * cover.admitted[peril];
}

Lapses lapses_of(const YearSetting& setting) {
  return {*setting.hazard,
          {.obligations = setting.cover->obligations, .scales = setting.cover->scales},
          setting.cover->plan->terms().occurrence_retention,
          setting.table->options().seed};
}

SectionMap sections_of(const YearSetting& setting) {
  const InsuredCover& cover = *setting.cover;
  if (!cover.exclusions) return SectionMap(*setting.hazard, *cover.plan);
  return SectionMap(*setting.hazard, *cover.plan, *cover.exclusions);
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
