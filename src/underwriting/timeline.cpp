#include "underwriting/timeline.h"

#include <algorithm>

#include "base/check.h"
#include "base/int128.h"

namespace anlan::underwriting {

using domain::Endorsement;
using domain::EndorsementKind;
using domain::PremiumParts;

namespace {

// The newest of those that set the component by this day; null: none does.
template <class Sets>
const Endorsement* last_setter(const LiveEndorsements& live, Date day, const Sets& sets) {
  const Endorsement* last = nullptr;
  for (const Endorsement* each : live) {
    if (each->from > day || !sets(*each)) continue;
    const bool newer = last == nullptr || each->from > last->from ||
                       (each->from == last->from && each->number > last->number);
    if (newer) last = each;
  }
  return last;
}

const Endorsement* last_of(const LiveEndorsements& live, Date day, Component component) {
  return last_setter(live, day,
                     [&](const Endorsement& e) { return component_of(e.kind) == component; });
}

bool in_gap(const std::vector<DaysWithoutCover>& gaps, Date day) {
  return std::any_of(gaps.begin(), gaps.end(), [&](const DaysWithoutCover& gap) {
    return gap.from <= day && day < gap.until;
  });
}

// From this day on the members together pay so much more or less a year.
struct MemberChange {
  Date day;
  std::int64_t more = 0;
};

std::vector<MemberChange> member_changes(const TimelineInput& input) {
  std::vector<MemberChange> changes;
  for (const MemberDays& member : input.members) {
    if (member.from >= member.until) continue;
    changes.push_back({.day = member.from, .more = member.premium.minor()});
    changes.push_back({.day = member.until, .more = -member.premium.minor()});
  }
  std::sort(changes.begin(), changes.end(),
            [](const MemberChange& a, const MemberChange& b) { return a.day < b.day; });
  return changes;
}

std::vector<Date> cuts_of(const TimelineInput& input, const std::vector<MemberChange>& changes) {
  std::vector<Date> cuts{input.from};
  const auto add = [&](Date day) {
    if (input.from < day && day < input.until) cuts.push_back(day);
  };
  for (const Endorsement* each : input.live) add(each->from);
  for (const DaysWithoutCover& gap : input.gaps) {
    add(gap.from);
    add(gap.until);
  }
  for (const MemberChange& change : changes) add(change.day);
  std::sort(cuts.begin(), cuts.end());
  cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
  cuts.push_back(input.until);
  return cuts;
}

// `members`: what they pay together a year on these days.
PremiumSegment segment_of(const TimelineInput& input, Date from, Date until, Money members) {
  const StateOfDay state = state_on(input, from);
  const Money none = Money::zero(input.premium.currency());
  PremiumSegment segment{.from = from,
                         .until = until,
                         .customer = none,
                         .government = none,
                         .suspended = state.suspended};
  if (state.suspended) return segment;
  const Money base = std::max(members, state.option ? state.option->premium : input.premium);
  const Money annual = annual_premium(base, state.factors);
  segment.government = government_part(input, annual);
  segment.customer = annual - segment.government;
  return segment;
}

bool same_premium(const PremiumSegment& a, const PremiumSegment& b) {
  return a.customer == b.customer && a.government == b.government && a.suspended == b.suspended;
}

}  // namespace

Component component_of(EndorsementKind kind) {
  switch (kind) {
    case EndorsementKind::kTerms:
      return Component::kOption;
    case EndorsementKind::kFactor:
    case EndorsementKind::kImprovement:
    case EndorsementKind::kDanger:
      return Component::kFactor;
    case EndorsementKind::kSuspend:
    case EndorsementKind::kReinstate:
      return Component::kSuspended;
    case EndorsementKind::kBroker:
      return Component::kBroker;
    case EndorsementKind::kControlChange:
      return Component::kHolder;
  }
  check_failed("a kind of endorsement", __FILE__, __LINE__);
}

bool same_component(const Endorsement& a, const Endorsement& b) {
  const Component component = component_of(a.kind);
  if (component != component_of(b.kind)) return false;
  return component != Component::kFactor || (a.factor && b.factor && a.factor->id == b.factor->id);
}

LiveEndorsements live_endorsements(std::span<const RecordedEndorsement> recorded) {
  LiveEndorsements live;
  std::vector<std::uint32_t> replaced;
  for (std::size_t n = recorded.size(); n-- > 0;) {
    const Endorsement& each = *recorded[n].endorsement;
    const bool gone = recorded[n].voided ||
                      std::find(replaced.begin(), replaced.end(), each.number) != replaced.end();
    if (gone) continue;
    live.push_back(&each);
    replaced.insert(replaced.end(), each.replaces.begin(), each.replaces.end());
  }
  std::reverse(live.begin(), live.end());
  return live;
}

StateOfDay state_on(const TimelineInput& input, Date day) {
  StateOfDay state;
  if (const Endorsement* terms = last_of(input.live, day, Component::kOption))
    state.option = terms->option ? &*terms->option : nullptr;
  const Endorsement* cover = last_of(input.live, day, Component::kSuspended);
  state.suspended = (cover && cover->kind == EndorsementKind::kSuspend) || in_gap(input.gaps, day);
  state.broker = last_of(input.live, day, Component::kBroker);
  state.holder = last_of(input.live, day, Component::kHolder);
  for (const Endorsement* each : input.live) {
    if (!each->factor || each->from > day) continue;
    const Endorsement* last = last_setter(
        input.live, day, [&](const Endorsement& other) { return same_component(*each, other); });
    if (last == each) state.factors.push_back(&*each->factor);
  }
  return state;
}

Money annual_premium(Money base, std::span<const domain::ChosenFactor* const> factors) {
  ANLAN_CHECK(factors.size() <= kFactorsMax);
  Int128 numerator = base.minor();
  Int128 denominator = 1;
  for (const domain::ChosenFactor* factor : factors) {
    ANLAN_CHECK(factor->ppm >= 0 && factor->ppm <= kFactorPpmMax);
    numerator *= factor->ppm;
    denominator *= kFactorWhole;
  }
  return Money::from_minor(static_cast<std::int64_t>(half_up(numerator, denominator)),
                           base.currency());
}

Money members_premium(const TimelineInput& input, Date day) {
  Money sum = Money::zero(input.premium.currency());
  for (const MemberDays& member : input.members) {
    if (member.from <= day && day < member.until) sum += member.premium;
  }
  return sum;
}

Money government_part(const TimelineInput& input, Money annual) {
  if (input.premium.is_zero()) return input.premium;
  return std::min(input.subsidy, input.subsidy.times_ratio(annual.minor(), input.premium.minor()));
}

std::vector<PremiumSegment> premium_segments(const TimelineInput& input) {
  std::vector<PremiumSegment> segments;
  const std::vector<MemberChange> changes = member_changes(input);
  const std::vector<Date> cuts = cuts_of(input, changes);
  std::int64_t members = 0;
  std::size_t taken = 0;
  for (std::size_t n = 0; n + 1 < cuts.size(); ++n) {
    for (; taken < changes.size() && changes[taken].day <= cuts[n]; ++taken)
      members += changes[taken].more;
    PremiumSegment next = segment_of(input, cuts[n], cuts[n + 1],
                                     Money::from_minor(members, input.premium.currency()));
    if (!segments.empty() && same_premium(segments.back(), next)) {
      segments.back().until = next.until;
    } else {
      segments.push_back(next);
    }
  }
  return segments;
}

std::vector<PremiumSegment> one_segment(const domain::Policy& policy, const PremiumParts& parts) {
  return {{.from = date_of(policy.from, policy.offset),
           .until = date_of(policy.until, policy.offset),
           .customer = parts.customer,
           .government = parts.government}};
}

PremiumParts premium_written(std::span<const PremiumSegment> segments) {
  return premium_before(segments, segments.back().until);
}

PremiumParts premium_before(std::span<const PremiumSegment> segments, Date day) {
  ANLAN_CHECK(!segments.empty());
  Int128 customer = 0;
  Int128 government = 0;
  for (const PremiumSegment& segment : segments) {
    const std::int32_t days = days_between(segment.from, std::min(segment.until, day));
    if (days <= 0) continue;
    customer += Int128(segment.customer.minor()) * days;
    government += Int128(segment.government.minor()) * days;
  }
  const Int128 total = days_between(segments.front().from, segments.back().until);
  const Currency currency = segments.front().customer.currency();
  return {
      .customer = Money::from_minor(static_cast<std::int64_t>(half_up(customer, total)), currency),
      .government =
          Money::from_minor(static_cast<std::int64_t>(half_up(government, total)), currency)};
}

}  // namespace anlan::underwriting
