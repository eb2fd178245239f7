#include "engine/event_losses.h"

#include <algorithm>
#include <cmath>

#include "base/maths.h"
#include "base/money.h"
#include "domain/cover.h"

namespace anlan::engine {
namespace {

constexpr double kMinutesPerHour = 60.0;
constexpr double kPartMax =
    static_cast<double>(kAmountMax);  // keeps every sum of an event below 2^53

int section_for(const terms::Plan& plan, std::string_view head) {
  const int exact = plan.section_index(head);
  return exact >= 0 ? exact : plan.section_index(domain::section_of_head(head));
}

std::size_t hours_max(const LossModel& model) {
  double hours = 0.0;
  for (const PerilModel& peril : model.perils) {
    if (peril.hazard->outage) hours = std::max(hours, peril.hazard->outage->hours_max);
  }
  return static_cast<std::size_t>(hours) + 1;
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
      activity_(kWeekHours + hours_max(model)),
      lumps_(sections.plan().section_count()),
      outages_(sections.plan().section_count()) {
  for (std::size_t hour = 0; hour < activity_.size(); ++hour) {
    activity_[hour] = model.activity[hour % kWeekHours];
  }
}

void EventColumns::clear() {
  for (auto& lump : lumps_) lump.clear();
  for (Outages& outage : outages_) {
    outage.minutes.clear();
    outage.hourly.clear();
    outage.offsets.assign(1, 0);
  }
  ground_up_.clear();
  in_sections_.clear();
}

double EventColumns::driver(const EventOf& event, std::size_t dimension) const {
  return table_->drivers(event.peril, event.replicate, dimension)[event.point];
}

bool EventColumns::open(const EventOf& event, std::optional<std::size_t> gate) const {
  if (!gate) return true;
  const std::size_t dimension = table_->places(event.peril).gates[*gate];
  return driver(event, dimension) < model_->perils[event.peril].probability[*gate];
}

void EventColumns::add(int section, double amount) {
  ground_up_.back() += amount;
  if (section < 0) return;
  in_sections_.back() += amount;
  const auto index = static_cast<std::size_t>(section);
  if (!sections_->plan().takes_outage(index)) lumps_[index].back() += amount;
}

// The loss of each hour of an outage, appended to `out`; gives the sum. An hour loses the part of
// its activity that the curve says, an hour in which the curve steps its mean.
double EventColumns::append_hours(std::vector<double>& out, const EventOf& event, double minutes) {
  const PerilModel& peril = model_->perils[event.peril];
  const DriverPlaces& at = table_->places(event.peril);
  const double hours = minutes / kMinutesPerHour;
  const auto first = static_cast<std::ptrdiff_t>(out.size());
  const auto count = static_cast<std::size_t>(std::ceil(hours));
  out.resize(out.size() + count, 0.0);
  double* const level = out.data() + first;
  double from = 0.0;
  for (const CurveStage& stage : peril.hazard->outage->curve) {
    const double to = stage.until * hours;
    const auto a = static_cast<std::size_t>(from);
    const auto b = static_cast<std::size_t>(to);
    if (a == b) {
      level[a] += (to - from) * stage.level;
    } else {
      level[a] += (static_cast<double>(a + 1) - from) * stage.level;
      for (std::size_t hour = a + 1; hour < b; ++hour) level[hour] = stage.level;
      if (b < count) level[b] += (to - static_cast<double>(b)) * stage.level;
    }
    from = to;
  }
  const double share = std::min(1.0, driver(event, at.share) * peril.share_factor);
  const double full = model_->hourly * share * event.severity;
  const double* const activity =
      activity_.data() + static_cast<std::size_t>(driver(event, at.start));
  double sum = 0.0;
  for (std::size_t hour = 0; hour < count; ++hour) {
    level[hour] = maths::nearest_whole(level[hour] * activity[hour] * full);
    sum += level[hour];
  }
  return sum;
}

double EventColumns::append_interruption(const EventOf& event) {
  const PerilModel& peril = model_->perils[event.peril];
  if (!peril.hazard->outage || !open(event, peril.hazard->outage->gate)) return 0.0;
  const double drawn = peril.median_hours * driver(event, table_->places(event.peril).hours);
  const double hours = std::min(drawn, peril.hazard->outage->hours_max);
  const double minutes = maths::nearest_whole(hours * kMinutesPerHour);
  if (minutes == 0.0) return 0.0;
  const int section = sections_->outage(event.peril);
  const bool timed =
      section >= 0 && sections_->plan().takes_outage(static_cast<std::size_t>(section));
  if (!timed) {
    scratch_.clear();
    return append_hours(scratch_, event, minutes);
  }
  Outages& outage = outages_[static_cast<std::size_t>(section)];
  outage.minutes.back() = minutes;
  return append_hours(outage.hourly, event, minutes);
}

void EventColumns::append_parts(const EventOf& event) {
  const PerilModel& peril = model_->perils[event.peril];
  const DriverPlaces& at = table_->places(event.peril);
  for (std::size_t i = 0; i < peril.parts.size(); ++i) {
    const LossPart& part = peril.hazard->losses[i];
    if (!open(event, part.gate)) continue;
    double amount =
        std::min(peril.parts[i].median * driver(event, at.parts[i]), peril.parts[i].max);
    if (part.settled) amount *= driver(event, at.settled[i]);
    amount = std::min(amount * event.severity, kPartMax);
    for (std::size_t h = 0; h < part.heads.size(); ++h) {
      add(sections_->head(event.peril, i, h), maths::nearest_whole(amount * part.heads[h].share));
    }
  }
}

void EventColumns::append(const EventOf& event) {
  const terms::Plan& plan = sections_->plan();
  ground_up_.push_back(0.0);
  in_sections_.push_back(0.0);
  for (std::size_t s = 0; s < plan.section_count(); ++s) {
    if (plan.takes_outage(s)) {
      outages_[s].minutes.push_back(0.0);
    } else {
      lumps_[s].push_back(0.0);
    }
  }
  const double interruption = append_interruption(event);
  if (interruption > 0.0) add(sections_->outage(event.peril), interruption);
  append_parts(event);
  for (std::size_t s = 0; s < plan.section_count(); ++s) {
    if (plan.takes_outage(s)) {
      outages_[s].offsets.push_back(static_cast<std::uint32_t>(outages_[s].hourly.size()));
    }
  }
}

terms::ColumnIncidents EventColumns::incidents() const {
  terms::ColumnIncidents out{.rows = rows()};
  for (std::size_t s = 0; s < lumps_.size(); ++s) {
    const bool timed = sections_->plan().takes_outage(s);
    out.losses.push_back(timed ? std::span<const double>() : std::span<const double>(lumps_[s]));
    out.outages.push_back(timed ? terms::ColumnOutages{.minutes = outages_[s].minutes,
                                                       .hourly = outages_[s].hourly,
                                                       .offsets = outages_[s].offsets}
                                : terms::ColumnOutages{});
  }
  return out;
}

}  // namespace anlan::engine
