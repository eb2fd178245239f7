#include "engine/event_losses.h"

#include <algorithm>
#include <cmath>

#include "base/maths.h"
#include "base/money.h"
#include "domain/cover.h"
#include "terms/hours.h"
#include "terms/reaching.h"

namespace anlan::engine {
namespace {

constexpr double kMinutesPerHour = 60.0;
constexpr double kPartMax =
    static_cast<double>(kAmountMax);  // keeps every sum of an event below 2^53

int section_for(const terms::Plan& plan, std::string_view head) {
  const int exact = plan.section_index(head);
  return exact >= 0 ? exact : plan.section_index(domain::section_of_head(head));
}

// A section that measures the hours of a named provider takes outages of providers only. Every one
// of the model's is an outage of that provider: assumption, whose outage it is is not modelled.
bool takes_outage_of(const terms::Plan& plan, int section, const domain::PerilName& peril) {
  const terms::Section& of = plan.terms().sections[static_cast<std::size_t>(section)];
  return terms::counting_provider(peril, of.provider) == of.provider;
}

}  // namespace

SectionMap::SectionMap(const Hazard& hazard, const terms::Plan& plan,
                       const std::vector<terms::Exclusion>& exclusions)
    : plan_(&plan) {
  for (const PerilHazard& peril : hazard.perils) {
    const auto excluded = [&](const std::string& head) {
      return terms::take_always(exclusions, peril.peril.text, head);
    };
    int outage = -1;
    if (peril.outage) {
      for (const std::string& cover : peril.outage->covers) {
        const int section = section_for(plan, cover);
        const bool takes = section >= 0 && takes_outage_of(plan, section, peril.peril);
        if (!takes) continue;
        outage = excluded(cover) ? -1 : section;
        break;
      }
    }
    outages_.push_back(outage);
    auto& parts = heads_.emplace_back();
    for (const LossPart& part : peril.losses) {
      auto& heads = parts.emplace_back();
      for (const HeadShare& share : part.heads) {
        // A section with time terms takes outages only.
        const int section = section_for(plan, share.head);
        const bool timed = section >= 0 && plan.takes_outage(static_cast<std::size_t>(section));
        heads.push_back(timed || excluded(share.head) ? -1 : section);
      }
    }
  }
}

bool SectionMap::takes(std::size_t peril, std::size_t part) const {
  const std::vector<int>& heads = heads_[peril][part];
  return std::any_of(heads.begin(), heads.end(), [](int section) { return section >= 0; });
}

EventColumns::EventColumns(const ScenarioTable& table, const LossModel& model,
                           const SectionMap& sections, Totals totals)
    : table_(&table),
      model_(&model),
      sections_(&sections),
      totals_(totals == Totals::kRows),
      lumps_(sections.plan().section_count()),
      outages_(sections.plan().section_count()),
      written_(sections.plan().section_count(), 0) {
  incidents_.losses.resize(lumps_.size());
  incidents_.outages.resize(lumps_.size());
}

void EventColumns::Outages::resize(std::size_t rows) {
  minutes.resize(rows, 0.0);
  waited.resize(rows, 0.0);
  in_period.resize(rows, 0.0);
  gross.resize(rows, 0.0);
}

void EventColumns::extend(std::size_t rows) {
  rows_ = rows;
  if (totals_) {
    ground_up_.resize(rows, 0.0);
    in_sections_.resize(rows, 0.0);
  }
  for (std::size_t s = 0; s < lumps_.size(); ++s) {
    if (written_[s] == 0) continue;  // grows when something is written to it
    if (sections_->plan().takes_outage(s)) {
      outages_[s].resize(rows);
    } else {
      lumps_[s].resize(rows, 0.0);
    }
  }
}

void EventColumns::resize(std::size_t rows) {
  ground_up_.clear();
  in_sections_.clear();
  for (auto& lump : lumps_) lump.clear();
  for (Outages& outage : outages_) outage.resize(0);
  written_.assign(written_.size(), 0);
  extend(rows);
}

void EventColumns::append(const EventRange& events) {
  range_ = events;
  events_ = {.peril = events.peril};
  first_ = rows_;
  count_ = events.to - events.from;
  extend(rows_ + count_);
  losses();
}

void EventColumns::put(const EventPick& events) {
  ANLAN_CHECK(events.from.size() == events.to.size());
  range_ = {.peril = events.peril};
  events_ = events;
  count_ = events.from.size();
  if (count_ > 0) losses();
}

void EventColumns::losses() {
  amounts_.resize(count_);
  interruptions();
  const std::vector<LossPart>& parts = model_->perils[range_.peril].hazard->losses;
  for (std::size_t index = 0; index < parts.size(); ++index) {
    if (!totals_ && !sections_->takes(range_.peril, index)) continue;
    part_amounts(index);
    for (std::size_t h = 0; h < parts[index].heads.size(); ++h) {
      add(sections_->head(range_.peril, index, h), parts[index].heads[h].share);
    }
  }
}

// Of the events being added; picked ones are gathered into `gathered`.
std::span<const double> EventColumns::driver(std::size_t dimension, std::vector<double>& gathered) {
  const std::span<const double> all = table_->drivers(range_.peril, dimension);
  if (events_.from.empty()) return all.subspan(range_.from, count_);
  gathered.resize(count_);
  for (std::size_t i = 0; i < count_; ++i) gathered[i] = all[events_.from[i]];
  return gathered;
}

template <class Place>
void EventColumns::add_at(const Place& place, int section, double share) {
  const double* const amounts = amounts_.data();
  if (totals_) {
    for (std::size_t i = 0; i < count_; ++i) {
      const double amount = maths::nearest_whole(amounts[i] * share);
      ground_up_[place(i)] += amount;
      if (section >= 0) in_sections_[place(i)] += amount;
    }
  }
  if (section < 0) return;
  double* const lump = lumps_[static_cast<std::size_t>(section)].data();
  for (std::size_t i = 0; i < count_; ++i) {
    lump[place(i)] += maths::nearest_whole(amounts[i] * share);
  }
}

// Adds this share of the amounts to their rows.
void EventColumns::add(int section, double share) {
  if (section < 0 && !totals_) return;
  if (section >= 0) {
    const auto index = static_cast<std::size_t>(section);
    written_[index] = 1;
    lumps_[index].resize(rows_, 0.0);
  }
  if (events_.to.empty()) {
    add_at([first = first_](std::size_t i) { return first + i; }, section, share);
  } else {
    add_at([to = events_.to.data()](std::size_t i) { return std::size_t{to[i]}; }, section, share);
  }
}

// What the drivers of each event's interruption say.
struct EventColumns::Drawn {
  std::span<const double> hours;
  std::span<const double> share;
  std::span<const double> start;
  std::span<const double> gate;  // empty: always open
  double probability = 1.0;
};

EventColumns::Drawn EventColumns::drawn() {
  const PerilModel& peril = model_->perils[range_.peril];
  const DriverPlaces& at = table_->places(range_.peril);
  Drawn out{.hours = driver(at.hours, gathered_[0]),
            .share = driver(at.share, gathered_[1]),
            .start = driver(at.start, gathered_[2])};
  if (const auto gate = peril.hazard->outage->gate) {
    out.gate = driver(at.gates[*gate], gathered_[3]);
    out.probability = peril.probability[*gate];
  }
  return out;
}

// Writes the sums of each interruption to the section's columns, unless it has no time terms, and
// its whole sum to amounts_.
void EventColumns::interrupt(const terms::TimeTerms* time, Outages* outages) {
  const PerilModel& peril = model_->perils[range_.peril];
  const Outage& outage = *peril.hazard->outage;
  const LostActivity lost(model_->activity, outage.curve);
  const Drawn of = drawn();
  const double hourly = model_->hourly * range_.severity;
  for (std::size_t i = 0; i < count_; ++i) {
    amounts_[i] = 0.0;
    if (!of.gate.empty() && of.gate[i] >= of.probability) continue;
    const double minutes = maths::nearest_whole(
        std::min(peril.median_hours * of.hours[i], outage.hours_max) * kMinutesPerHour);
    if (minutes == 0.0) continue;
    const double full = hourly * std::min(1.0, of.share[i] * peril.share_factor);
    const double hours = minutes / kMinutesPerHour;
    const auto loss_until = [&](double after) {
      return std::min(kPartMax, maths::nearest_whole(full * lost.at(of.start[i], hours, after)));
    };
    amounts_[i] = loss_until(hours);
    if (!time) continue;
    const auto cuts = terms::hour_cuts(*time, static_cast<std::int64_t>(minutes));
    const auto up_to = [&](std::int64_t cut, std::int64_t next, double most) {
      return cut < next ? std::min(most, loss_until(static_cast<double>(cut))) : most;
    };
    const std::size_t row = place(i);
    outages->minutes[row] = minutes;
    outages->gross[row] = amounts_[i];
    outages->in_period[row] = up_to(cuts.end, cuts.hours, amounts_[i]);
    outages->waited[row] =
        cuts.wait_end == 0 ? 0.0 : up_to(cuts.wait_end, cuts.end, outages->in_period[row]);
  }
}

void EventColumns::interruptions() {
  if (!model_->perils[range_.peril].hazard->outage) return;
  const int section = sections_->outage(range_.peril);
  const auto index = static_cast<std::size_t>(std::max(section, 0));
  if (section < 0 || !sections_->plan().takes_outage(index)) {
    if (section < 0 && !totals_) return;
    interrupt(nullptr, nullptr);
    add(section, 1.0);
    return;
  }
  written_[index] = 1;
  outages_[index].resize(rows_);
  interrupt(&sections_->plan().terms().sections[index].time, &outages_[index]);
  for (std::size_t i = 0; i < count_ && totals_; ++i) {
    ground_up_[place(i)] += amounts_[i];
    in_sections_[place(i)] += amounts_[i];
  }
}

// The amounts of one lump sum, 0 where its gate stays shut.
void EventColumns::part_amounts(std::size_t index) {
  const PerilModel& peril = model_->perils[range_.peril];
  const DriverPlaces& at = table_->places(range_.peril);
  const LossPart& part = peril.hazard->losses[index];
  const PartModel& scale = peril.parts[index];
  const std::span<const double> drawn = driver(at.parts[index], gathered_[0]);
  double* const amounts = amounts_.data();
  for (std::size_t i = 0; i < count_; ++i) {
    amounts[i] = std::min(scale.median * drawn[i], scale.max);
  }
  if (part.settled) {
    const std::span<const double> settled = driver(at.settled[index], gathered_[0]);
    for (std::size_t i = 0; i < count_; ++i) amounts[i] *= settled[i];
  }
  const double severity = range_.severity;
  for (std::size_t i = 0; i < count_; ++i) amounts[i] = std::min(amounts[i] * severity, kPartMax);
  if (!part.gate) return;
  const double probability = peril.probability[*part.gate];
  const std::span<const double> gate = driver(at.gates[*part.gate], gathered_[0]);
  for (std::size_t i = 0; i < count_; ++i) {
    amounts[i] = gate[i] < probability ? amounts[i] : 0.0;
  }
}

const terms::ColumnIncidents& EventColumns::incidents(const LapseColumns* lapses) {
  incidents_.rows = rows_;
  if (lapses) {
    lapses->show(incidents_);
  } else {
    LapseColumns().show(incidents_);
  }
  for (std::size_t s = 0; s < lumps_.size(); ++s) {
    incidents_.losses[s] = {};
    incidents_.outages[s] = {};
    if (written_[s] == 0) continue;
    if (sections_->plan().takes_outage(s)) {
      outages_[s].resize(rows_);
      incidents_.outages[s] = {.minutes = outages_[s].minutes,
                               .waited = outages_[s].waited,
                               .in_period = outages_[s].in_period,
                               .gross = outages_[s].gross};
    } else {
      lumps_[s].resize(rows_, 0.0);
      incidents_.losses[s] = lumps_[s];
    }
  }
  return incidents_;
}

Result<const terms::ColumnPaid*> FreshPayments::settle(const EventRange& events) {
  events_.clear();
  events_.append(events);
  if (lapses_ && lapses_->act()) {
    const auto event = [&](std::size_t i) {
      return TableEvent{.peril = events.peril, .row = events.from + i};
    };
    lapses_->fill(*plan_, events_.incidents(), nullptr, event, taken_);
  }
  ANLAN_REQUIRE(settler_.settle_fresh(events_.incidents(&taken_), paid_));
  count_services(paid_);
  return &paid_;
}

}  // namespace anlan::engine
