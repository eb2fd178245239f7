// Timeline: the premium of a policy day by day, as its endorsements leave it, and who pays it.
//
// State of a day: for each component the setter with the newest `from` that is not after it. Only
// one live endorsement sets a component from a given day, so the order in which they were entered
// says nothing (docs/decisions/022-premium-by-day.md). The annual premium of a day is the base of
// the option x the product of the factors, rounded half-up once, and zero while suspended. Under
// the master policy of a park the base of a day is the sum of the members' annual premiums, and
// never less than that of the option (docs/decisions/026-members-of-a-park.md). The
// government pays g(A) = min(S0, half-up S0 x A / P0) of an annual premium A, where P0 and S0 are
// premium and subsidy as bound; the customer pays the rest. Written and earned premium of a payer
// are sums of annual part x days over the days of the period, each rounded half-up once, in 128
// bits.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/money.h"
#include "base/time.h"
#include "domain/endorsement.h"
#include "domain/policy.h"

namespace anlan::underwriting {

// A policy takes this many factors at a time, and a factor at most doubles the premium: then every
// product stays within 128 bits.
inline constexpr std::size_t kFactorsMax = 3;
inline constexpr std::int64_t kFactorPpmMax = 2'000'000;
inline constexpr std::int64_t kFactorWhole = 1'000'000;

// What an endorsement sets. Factors are told apart by their id.
enum class Component : std::uint8_t {
  kOption = 1,
  kFactor = 2,
  kSuspended = 3,
  kBroker = 4,
  kHolder = 5
};
Component component_of(domain::EndorsementKind kind);
bool same_component(const domain::Endorsement& a, const domain::Endorsement& b);

struct RecordedEndorsement {
  const domain::Endorsement* endorsement = nullptr;
  bool voided = false;
};
using LiveEndorsements = std::vector<const domain::Endorsement*>;

// Those that act, in the order given: not voided, and not replaced by one that acts. `recorded` is
// in the order of the numbers; who replaces has the larger number. The pointers live as long as
// what they point to.
LiveEndorsements live_endorsements(std::span<const RecordedEndorsement> recorded);

struct DaysWithoutCover {
  Date from;
  Date until;
};

// A member of a park on cover; `premium` a year.
struct MemberDays {
  Date from;
  Date until;
  Money premium;
};

struct TimelineInput {
  Date from;  // first day of the period
  Date until;
  Money premium;  // P0
  Money subsidy;  // S0; zero where none was promised, or it was refused
  LiveEndorsements live = {};
  std::vector<DaysWithoutCover> gaps = {};  // between a lapse and its reinstatement
  std::vector<MemberDays> members = {};
};

struct StateOfDay {
  const domain::ChosenOption* option = nullptr;  // null: as bound
  std::vector<const domain::ChosenFactor*> factors;
  bool suspended = false;
  const domain::Endorsement* broker = nullptr;  // null: as bound
  const domain::Endorsement* holder = nullptr;
};
StateOfDay state_on(const TimelineInput& input, Date day);

// Days of one premium.
struct PremiumSegment {
  Date from;
  Date until;
  Money customer;  // a year
  Money government;
  bool suspended = false;
  bool operator==(const PremiumSegment&) const = default;
  template <class S = PremiumSegment>
  static constexpr auto fields() {
    return std::tuple{field("from", &S::from), field("until", &S::until),
                      field("customer", &S::customer), field("government", &S::government),
                      field("suspended", &S::suspended)};
  }
};

// base x factors, half-up; at most kFactorsMax factors of at most kFactorPpmMax.
Money annual_premium(Money base, std::span<const domain::ChosenFactor* const> factors);
// The annual premiums of the members on cover on this day, together.
Money members_premium(const TimelineInput& input, Date day);
// min(S0, half-up S0 x annual / P0); zero where P0 is.
Money government_part(const TimelineInput& input, Money annual);

// The period in order, without a gap and without neighbours of the same premium. Cost: that of the
// days on which something changes x endorsements, and of sorting the members' days.
std::vector<PremiumSegment> premium_segments(const TimelineInput& input);
// One segment: a policy as bound, or what is owed of it.
std::vector<PremiumSegment> one_segment(const domain::Policy& policy,
                                        const domain::PremiumParts& parts);

// Of the whole period, and of its days before `day`; 1 fen exact by payer. `segments` is not empty.
domain::PremiumParts premium_written(std::span<const PremiumSegment> segments);
domain::PremiumParts premium_before(std::span<const PremiumSegment> segments, Date day);

}  // namespace anlan::underwriting
