#include "engine/claims_experience.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "base/check.h"
#include "base/maths.h"
#include "engine/event_losses.h"
#include "engine/interval.h"
#include "terms/plan.h"

namespace anlan::engine {
namespace {

constexpr double kHalf = 0.5;
constexpr int kBisections = 60;  // of an interval of amounts: to the last bit of a double

// The events of one selection of one peril, by rising loss, with their sums from the top.
class Losses {
 public:
  void add(double loss, double stopped) { events_.push_back({loss, stopped}); }
  void sort() {
    std::sort(events_.begin(), events_.end(),
              [](const Event& a, const Event& b) { return a.loss < b.loss; });
    sums_.assign(events_.size() + 1, {});
    for (std::size_t i = events_.size(); i-- > 0;) {
      sums_[i].loss = sums_[i + 1].loss + events_[i].loss;
      sums_[i].stopped = sums_[i + 1].stopped + events_[i].stopped;
    }
  }
  // Events, their losses and their interruptions, of those above the amount.
  double count(double above) const { return static_cast<double>(events_.size() - first(above)); }
  double loss(double above) const { return sums_[first(above)].loss; }
  double stopped(double above) const { return sums_[first(above)].stopped; }
  double largest() const { return events_.empty() ? 0.0 : events_.back().loss; }

 private:
  struct Event {
    double loss = 0.0;
    double stopped = 0.0;  // of it the interruption
  };
  std::size_t first(double above) const {
    const auto at = std::upper_bound(events_.begin(), events_.end(), above,
                                     [](double a, const Event& event) { return a < event.loss; });
    return static_cast<std::size_t>(at - events_.begin());
  }
  std::vector<Event> events_;
  std::vector<Event> sums_;
};

struct Perils {
  std::vector<std::size_t> index;
  std::vector<Losses> with;     // an interruption that counts
  std::vector<Losses> without;  // the rest
};

// One member of the ensemble, or the constants as they stand.
struct Factors {
  const EnsembleDraw* draws = nullptr;  // by peril; null: all 1
  double frequency(std::size_t peril) const { return draws ? draws[peril].frequency : 1.0; }
  double severity(std::size_t peril) const { return draws ? draws[peril].factor : 1.0; }
};

// A sum over the claims of some perils, a year.
struct Sums {
  double count = 0.0;
  double loss = 0.0;
  double stopped = 0.0;
  double mean() const { return count > 0.0 ? loss / count : 0.0; }
};

double ratio(double above, double below) { return below > 0.0 ? above / below : 0.0; }

class Experience {
 public:
  Experience(const ExperienceSetting& setting, const PublishedFigure& figure);
  double measured(const Factors& factors) const;
  std::size_t perils() const { return model_.perils.size(); }

 private:
  Perils events_of(const std::vector<std::size_t>& perils,
                   const std::optional<HoursBetween>& outage) const;
  void peril_events(std::size_t peril, const std::optional<HoursBetween>& outage, Losses& with,
                    Losses& without) const;
  std::vector<double> hours_of(std::size_t peril) const;
  Sums with(const Perils& perils, const Factors& factors) const {
    return sums(perils.index, perils.with, factors);
  }
  Sums without(const Perils& perils, const Factors& factors) const {
    return sums(perils.index, perils.without, factors);
  }
  Sums all(const Perils& perils, const Factors& factors) const;
  Sums sums(const std::vector<std::size_t>& index, const std::vector<Losses>& losses,
            const Factors& factors) const;
  double claims_above(const Factors& factors, double amount) const;
  double median(const Factors& factors) const;
  double hours(const Factors& factors) const;

  ExperienceSetting setting_;
  const PublishedFigure& figure_;
  ClaimRule rule_;
  LossModel model_;
  Perils of_;
  Perils among_;
  std::vector<double> hours_;  // sorted
};

Experience::Experience(const ExperienceSetting& setting, const PublishedFigure& figure)
    : setting_(setting),
      figure_(figure),
      rule_(figure.every_incident ? ClaimRule{} : setting.claim),
      model_(make_loss_model(*setting.hazard, figure.company, ControlUse::kSectorAverage)) {
  if (figure.measure == Measure::kHoursMedian || figure.measure == Measure::kHoursMean) {
    hours_ = hours_of(figure.of.front());
    return;
  }
  of_ = events_of(figure.of, figure.outage);
  among_ = events_of(figure.among, std::nullopt);
}

// Uncut, sorted.
std::vector<double> Experience::hours_of(std::size_t peril) const {
  const auto drawn = setting_.table->drivers(peril, setting_.table->places(peril).hours);
  std::vector<double> out(drawn.begin(), drawn.end());
  for (double& hours : out) hours *= model_.perils[peril].median_hours;
  std::sort(out.begin(), out.end());
  return out;
}

Perils Experience::events_of(const std::vector<std::size_t>& perils,
                             const std::optional<HoursBetween>& outage) const {
  Perils out{.index = perils,
             .with = std::vector<Losses>(perils.size()),
             .without = std::vector<Losses>(perils.size())};
  for (std::size_t i = 0; i < perils.size(); ++i) {
    peril_events(perils[i], outage, out.with[i], out.without[i]);
  }
  return out;
}

// A policy that takes interruptions alone tells them from the lump sums.
void Experience::peril_events(std::size_t peril, const std::optional<HoursBetween>& outage,
                              Losses& with, Losses& without) const {
  terms::Terms terms;
  terms.sections = {{.code = "FP.BI"}, {.code = "FP.CBI"}};
  const terms::Plan plan = terms::compile(terms);
  const SectionMap sections(*setting_.hazard, plan);
  EventColumns columns(*setting_.table, model_, sections);
  columns.append({.peril = peril, .to = setting_.table->rows()});
  const bool stops = model_.perils[peril].hazard->outage.has_value();
  const DriverPlaces& at = setting_.table->places(peril);
  for (std::size_t row = 0; row < columns.rows(); ++row) {
    double stopped = columns.in_sections()[row];
    const double lump = columns.ground_up()[row] - stopped;
    const double drawn = stops ? setting_.table->drivers(peril, at.hours)[row] : 0.0;
    const double hours = stops ? std::min(model_.perils[peril].median_hours * drawn,
                                          model_.perils[peril].hazard->outage->hours_max)
                               : 0.0;
    if (hours <= rule_.waiting_hours) stopped = 0.0;
    if (outage && (stopped == 0.0 || hours <= outage->from || hours > outage->to)) continue;
    (stopped > 0.0 ? with : without).add(lump + stopped, stopped);
  }
  with.sort();
  without.sort();
}

Sums Experience::sums(const std::vector<std::size_t>& index, const std::vector<Losses>& losses,
                      const Factors& factors) const {
  Sums out;
  for (std::size_t i = 0; i < index.size(); ++i) {
    const std::size_t peril = index[i];
    const double severity = factors.severity(peril);
    const double above = rule_.above / severity;
    const double rate = model_.perils[peril].frequency * factors.frequency(peril) /
                        static_cast<double>(setting_.table->rows());
    // Every incident is a claim, whether it costs anything or not.
    out.count += rate * (figure_.every_incident ? losses[i].count(-1.0) : losses[i].count(above));
    out.loss += rate * severity * losses[i].loss(above);
    out.stopped += rate * severity * losses[i].stopped(above);
  }
  return out;
}

Sums Experience::all(const Perils& perils, const Factors& factors) const {
  const Sums a = with(perils, factors);
  const Sums b = without(perils, factors);
  return {.count = a.count + b.count, .loss = a.loss + b.loss, .stopped = a.stopped + b.stopped};
}

// Claims a year of `of` that cost more than the amount.
double Experience::claims_above(const Factors& factors, double amount) const {
  double out = 0.0;
  for (std::size_t i = 0; i < of_.index.size(); ++i) {
    const std::size_t peril = of_.index[i];
    const double above = std::max(amount, rule_.above) / factors.severity(peril);
    out += model_.perils[peril].frequency * factors.frequency(peril) *
           (of_.with[i].count(above) + of_.without[i].count(above)) /
           static_cast<double>(setting_.table->rows());
  }
  return out;
}

double Experience::median(const Factors& factors) const {
  const double half = kHalf * all(of_, factors).count;
  double low = 0.0;
  double high = 0.0;
  for (std::size_t i = 0; i < of_.index.size(); ++i) {
    const double severity = factors.severity(of_.index[i]);
    high = std::max(high, severity * of_.with[i].largest());
    high = std::max(high, severity * of_.without[i].largest());
  }
  for (int i = 0; i < kBisections; ++i) {
    const double middle = kHalf * (low + high);
    (claims_above(factors, middle) > half ? low : high) = middle;
  }
  return high;
}

double Experience::hours(const Factors& factors) const {
  const std::size_t peril = figure_.of.front();
  const double factor = factors.severity(peril);
  const double most = model_.perils[peril].hazard->outage->hours_max;
  if (figure_.measure == Measure::kHoursMedian) {
    return std::min(most, factor * sorted_quantile(hours_, kHalf));
  }
  double sum = 0.0;
  for (const double hours : hours_) sum += std::min(most, factor * hours);
  return sum / static_cast<double>(hours_.size());
}

double Experience::measured(const Factors& factors) const {
  switch (figure_.measure) {
    case Measure::kAnyClaim: {
      const double shape = setting_.hazard->company_gamma;
      return 1.0 - maths::pow(shape / (shape + all(of_, factors).count), shape);
    }
    case Measure::kFrequency:
      return all(of_, factors).count;
    case Measure::kCountShare:
      return ratio(all(of_, factors).count, all(among_, factors).count);
    case Measure::kMean:
      return all(of_, factors).mean();
    case Measure::kMeanRatio:
      return ratio(all(of_, factors).mean(), all(among_, factors).mean());
    case Measure::kInterruptionMultiple:
      return ratio(with(of_, factors).mean(), without(of_, factors).mean());
    case Measure::kInterruptionRatio: {
      const Sums stopped = with(of_, factors);
      return ratio(ratio(stopped.stopped, stopped.count), all(among_, factors).mean());
    }
    case Measure::kMedianOfRevenue:
      return median(factors) / static_cast<double>(figure_.company.revenue.minor());
    case Measure::kHoursMedian:
    case Measure::kHoursMean:
      return hours(factors);
    case Measure::kNone:
    case Measure::kPayment:
      break;
  }
  ANLAN_CHECK(false);
  return 0.0;
}

}  // namespace

Prediction predict(const ExperienceSetting& setting, const PublishedFigure& figure) {
  ANLAN_CHECK(figure.measure != Measure::kNone && figure.measure != Measure::kPayment);
  const Experience experience(setting, figure);
  const std::vector<EnsembleDraw>& draws = setting.table->ensemble();
  std::vector<double> members;
  for (std::size_t first = 0; first < draws.size(); first += experience.perils()) {
    members.push_back(experience.measured({.draws = draws.data() + first}));
  }
  const PaymentRange range = range_of(std::move(members));
  return {.central = experience.measured({}), .low = range.low, .high = range.high};
}

}  // namespace anlan::engine
