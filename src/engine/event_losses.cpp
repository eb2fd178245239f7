#include "engine/event_losses.h"

#include <algorithm>
#include <cmath>

#include "base/maths.h"
#include "base/money.h"
#include "domain/cover.h"
#include "terms/hours.h"

namespace anlan::engine {
namespace {

constexpr double kMinutesPerHour = 60.0;
constexpr double kPartMax =
    static_cast<double>(kAmountMax);  // keeps every sum of an event below 2^53

int section_for(const terms::Plan& plan, std::string_view head) {
  const int exact = plan.section_index(head);
  return exact >= 0 ? exact : plan.section_index(domain::section_of_head(head));
}

}  // namespace

SectionMap::SectionMap(const Hazard& hazard, const terms::Plan& plan) : plan_(&plan) {
  for (const PerilHazard& peril : hazard.perils) {
    int outage = -1;
    if (peril.outage) {
      for (const std::string& cover : peril.outage->covers) {
        if (outage < 0) outage = section_for(plan, cover);
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
        heads.push_back(timed ? -1 : section);
      }
    }
  }
}

EventColumns::EventColumns(const ScenarioTable& table, const LossModel& model,
                           const SectionMap& sections)
    : table_(&table),
      model_(&model),
      sections_(&sections),
      lumps_(sections.plan().section_count()),
      outages_(sections.plan().section_count()),
      written_(sections.plan().section_count(), false) {}

void EventColumns::Outages::resize(std::size_t rows) {
  minutes.resize(rows, 0.0);
  waited.resize(rows, 0.0);
  in_period.resize(rows, 0.0);
  gross.resize(rows, 0.0);
}

void EventColumns::clear() {
  for (auto& lump : lumps_) lump.clear();
  for (Outages& outage : outages_) outage.resize(0);
  written_.assign(written_.size(), false);
  ground_up_.clear();
  in_sections_.clear();
}

std::span<const double> EventColumns::driver(const EventRange& events,
                                             std::size_t dimension) const {
  return table_->drivers(events.peril, events.replicate, dimension)
      .subspan(events.from, events.to - events.from);
}

// Adds this share of the amounts to the rows being appended.
void EventColumns::add(int section, double share) {
  double* const ground_up = ground_up_.data() + first_;
  if (section < 0) {
    for (std::size_t i = 0; i < amounts_.size(); ++i) {
      ground_up[i] += maths::nearest_whole(amounts_[i] * share);
    }
    return;
  }
  const auto index = static_cast<std::size_t>(section);
  written_[index] = true;
  double* const lump = lumps_[index].data() + first_;
  double* const inside = in_sections_.data() + first_;
  for (std::size_t i = 0; i < amounts_.size(); ++i) {
    const double amount = maths::nearest_whole(amounts_[i] * share);
    ground_up[i] += amount;
    inside[i] += amount;
    lump[i] += amount;
  }
}

// What the drivers of each event's interruption say, columns of one peril and replicate.
struct EventColumns::Drawn {
  std::span<const double> hours;
  std::span<const double> share;
  std::span<const double> start;
  std::span<const double> gate;  // empty: always open
  double probability = 1.0;
};

EventColumns::Drawn EventColumns::drawn(const EventRange& events) const {
  const PerilModel& peril = model_->perils[events.peril];
  const DriverPlaces& at = table_->places(events.peril);
  Drawn out{.hours = driver(events, at.hours),
            .share = driver(events, at.share),
            .start = driver(events, at.start)};
  if (const auto gate = peril.hazard->outage->gate) {
    out.gate = driver(events, at.gates[*gate]);
    out.probability = peril.probability[*gate];
  }
  return out;
}

// Writes the sums of each interruption to the section's columns, unless it has no time terms, and
// its whole sum to amounts_.
void EventColumns::interrupt(const EventRange& events, const terms::TimeTerms* time,
                             Outages* outages) {
  const PerilModel& peril = model_->perils[events.peril];
  const Outage& outage = *peril.hazard->outage;
  const LostActivity lost(model_->activity, outage.curve);
  const Drawn of = drawn(events);
  const double hourly = model_->hourly * events.severity;
  for (std::size_t i = 0; i < amounts_.size(); ++i) {
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
    const std::size_t row = first_ + i;
    outages->minutes[row] = minutes;
    outages->gross[row] = amounts_[i];
    outages->in_period[row] = up_to(cuts.end, cuts.hours, amounts_[i]);
    outages->waited[row] = up_to(cuts.wait_end, cuts.end, outages->in_period[row]);
  }
}

void EventColumns::append_interruptions(const EventRange& events) {
  if (!model_->perils[events.peril].hazard->outage) return;
  const int section = sections_->outage(events.peril);
  const auto index = static_cast<std::size_t>(std::max(section, 0));
  if (section < 0 || !sections_->plan().takes_outage(index)) {
    interrupt(events, nullptr, nullptr);
    add(section, 1.0);
    return;
  }
  interrupt(events, &sections_->plan().terms().sections[index].time, &outages_[index]);
  written_[index] = true;
  for (std::size_t i = 0; i < amounts_.size(); ++i) {
    ground_up_[first_ + i] += amounts_[i];
    in_sections_[first_ + i] += amounts_[i];
  }
}

// The amounts of one lump sum, 0 where its gate stays shut.
void EventColumns::part_amounts(const EventRange& events, std::size_t index) {
  const PerilModel& peril = model_->perils[events.peril];
  const DriverPlaces& at = table_->places(events.peril);
  const LossPart& part = peril.hazard->losses[index];
  const PartModel& scale = peril.parts[index];
  const std::span<const double> drawn = driver(events, at.parts[index]);
  for (std::size_t i = 0; i < amounts_.size(); ++i) {
    amounts_[i] = std::min(scale.median * drawn[i], scale.max);
  }
  if (part.settled) {
    const std::span<const double> settled = driver(events, at.settled[index]);
    for (std::size_t i = 0; i < amounts_.size(); ++i) amounts_[i] *= settled[i];
  }
  for (double& amount : amounts_) amount = std::min(amount * events.severity, kPartMax);
  if (!part.gate) return;
  const double probability = peril.probability[*part.gate];
  const std::span<const double> gate = driver(events, at.gates[*part.gate]);
  for (std::size_t i = 0; i < amounts_.size(); ++i) {
    amounts_[i] = gate[i] < probability ? amounts_[i] : 0.0;
  }
}

void EventColumns::append_parts(const EventRange& events) {
  const std::vector<LossPart>& parts = model_->perils[events.peril].hazard->losses;
  for (std::size_t index = 0; index < parts.size(); ++index) {
    part_amounts(events, index);
    for (std::size_t h = 0; h < parts[index].heads.size(); ++h) {
      add(sections_->head(events.peril, index, h), parts[index].heads[h].share);
    }
  }
}

void EventColumns::append(const EventRange& events) {
  first_ = rows();
  const std::size_t rows = first_ + (events.to - events.from);
  ground_up_.resize(rows, 0.0);
  in_sections_.resize(rows, 0.0);
  for (std::size_t s = 0; s < lumps_.size(); ++s) {
    if (sections_->plan().takes_outage(s)) {
      outages_[s].resize(rows);
    } else {
      lumps_[s].resize(rows, 0.0);
    }
  }
  amounts_.resize(events.to - events.from);
  append_interruptions(events);
  append_parts(events);
}

terms::ColumnIncidents EventColumns::incidents() const {
  terms::ColumnIncidents out{.rows = rows()};
  out.losses.resize(lumps_.size());
  out.outages.resize(lumps_.size());
  for (std::size_t s = 0; s < lumps_.size(); ++s) {
    if (!written_[s]) continue;
    if (sections_->plan().takes_outage(s)) {
      out.outages[s] = {.minutes = outages_[s].minutes,
                        .waited = outages_[s].waited,
                        .in_period = outages_[s].in_period,
                        .gross = outages_[s].gross};
    } else {
      out.losses[s] = lumps_[s];
    }
  }
  return out;
}

}  // namespace anlan::engine
