#include "terms/occurrence.h"

#include <algorithm>
#include <numeric>

#include "base/allot.h"
#include "base/check.h"

namespace anlan::terms {
namespace {

constexpr std::int64_t kHour = 60;  // minutes

std::int64_t total_of(const Outage& outage) {
  return std::accumulate(outage.hourly.begin(), outage.hourly.end(), std::int64_t{0});
}

// Puts `next` behind the minutes of `clock`. The loss of one of its hours is even within the hour;
// where the hours of the clock cut it, the parts share it by minutes (allot).
void run_on(Outage& clock, const Outage& next) {
  const std::int64_t minutes = clock.minutes + next.minutes;
  clock.hourly.resize(static_cast<std::size_t>((minutes + kHour - 1) / kHour));
  for (std::size_t hour = 0; hour < next.hourly.size(); ++hour) {
    const std::int64_t from = clock.minutes + static_cast<std::int64_t>(hour) * kHour;
    const std::int64_t until = std::min(from + kHour, minutes);
    const std::int64_t cut = std::min(until, (from / kHour + 1) * kHour);
    const std::vector<std::int64_t> parts =
        allot(next.hourly[hour], std::vector<std::int64_t>{cut - from, until - cut});
    const auto bin = static_cast<std::size_t>(from / kHour);
    clock.hourly[bin] += parts[0];
    if (until > cut) clock.hourly[bin + 1] += parts[1];
  }
  clock.minutes = minutes;
}

// What a waiting period of its own takes off a later clock.
std::int64_t wait_anew(const TimeTerms& time, Outage& clock) {
  const bool waits = time.mode == TimeMode::kDeductHours || time.mode == TimeMode::kGreaterOf;
  if (!waits) return 0;
  const auto hours = std::min(static_cast<std::size_t>(time.waiting_hours), clock.hourly.size());
  const auto end = clock.hourly.begin() + static_cast<std::ptrdiff_t>(hours);
  const std::int64_t taken = std::accumulate(clock.hourly.begin(), end, std::int64_t{0});
  clock.hourly.erase(clock.hourly.begin(), end);
  clock.minutes -= time.waiting_hours * kHour;
  return taken;
}

bool within_wait(const TimeTerms& time, const Outage& clock) {
  return time.mode != TimeMode::kMonetaryOnly && time.waiting_hours > 0 &&
         clock.minutes <= time.waiting_hours * kHour;
}

}  // namespace

bool is_related(const Related& related, Instant first, Instant later) {
  return later >= first && later <= plus_minutes(first, related.hours * kHour);
}

std::vector<std::vector<std::size_t>> occurrences_of(const Related& related,
                                                     std::span<const DatedIncident> incidents) {
  std::vector<std::size_t> order(incidents.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return incidents[a].occurred < incidents[b].occurred;
  });
  std::vector<std::vector<std::size_t>> out;
  for (const std::size_t place : order) {
    const DatedIncident& incident = incidents[place];
    const auto joins = [&](const std::vector<std::size_t>& occurrence) {
      const DatedIncident& first = incidents[occurrence.front()];
      return !incident.root_cause.empty() && first.root_cause == incident.root_cause &&
             is_related(related, first.occurred, incident.occurred);
    };
    const auto found = std::find_if(out.begin(), out.end(), joins);
    if (found != out.end()) {
      found->push_back(place);
    } else {
      out.push_back({place});
    }
  }
  return out;
}

Related read_related(NodeReader& root, ClauseBook& book) {
  if (!root.has("related")) return {};
  NodeReader reader = root.table("related");
  Related related{.hours = reader.whole("hours", 0, kRelatedHoursMax),
                  .scope = reader.choice_or("scope", RelatedScope::kRootCause),
                  .clause = book.reference(reader, "clause", true)};
  reader.finish();
  return related;
}

JoinedOutage join_stretches(const ReInterruption& rule, const TimeTerms& time,
                            std::span<const Outage> stretches, std::span<const std::int64_t> gaps) {
  ANLAN_CHECK(!stretches.empty() && gaps.size() + 1 == stretches.size());
  std::vector<Outage> clocks = {stretches[0]};
  for (std::size_t i = 0; i < gaps.size(); ++i) {
    if (gaps[i] <= rule.hours * kHour) {
      run_on(clocks.back(), stretches[i + 1]);
    } else {
      clocks.push_back(stretches[i + 1]);
    }
  }
  if (clocks.size() == 1) return {.outage = std::move(clocks.front())};
  JoinedOutage out;
  bool first = true;
  for (Outage& clock : clocks) {
    if (within_wait(time, clock)) {
      out.waited_anew += total_of(clock);
      continue;
    }
    if (!first) out.waited_anew += wait_anew(time, clock);
    if (first) {
      out.outage = std::move(clock);
    } else {
      run_on(out.outage, clock);
    }
    first = false;
  }
  return out;
}

ReInterruption read_re_interruption(NodeReader& root, ClauseBook& book) {
  if (!root.has("re_interruption")) return {};
  NodeReader reader = root.table("re_interruption");
  ReInterruption rule{.hours = reader.whole("hours", 0, kReInterruptionHoursMax),
                      .clause = book.reference(reader, "clause", true)};
  reader.finish();
  return rule;
}

}  // namespace anlan::terms
