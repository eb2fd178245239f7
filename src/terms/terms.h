// Terms: what one policy promises, as data. Amounts are whole minor units of one currency, 0 to
// kAmountMax; an absent cap means "no cap", a sublimit of 0 means "no cover". Every term may name
// the clause of the wording that states it, so that a settlement can say which clause changed an
// amount.
//
// The names follow docs/GLOSSARY.md; the meaning of each term and the order in which they act is
// that of REFERENCE.md 3.4 and of the exchange format (SETTLE_CASE.md). `settle` reads terms
// through a Plan.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"
#include "base/money.h"

namespace anlan::terms {

// Sections of one policy, parts of one settlement: a bit each in a 64-bit mask, and an upper bound
// for scratch space on the stack. Real cyber policies have fewer than 30 (REFERENCE.md 3.1 lists 31
// covers).
inline constexpr std::size_t kSectionsMax = 64;

inline constexpr std::int32_t kBasisPoints = 10'000;
inline constexpr std::string_view kMitigationSubject = "FP.MITIG";
inline constexpr std::int64_t kHoursMax =
    87'600;  // ten years: the longest period that a term may state
inline constexpr std::int64_t kMinutesMax = 5'256'000;  // ten years of outage

// Whether the occurrence retention comes off before the sublimits or after them (REFERENCE.md 0.9).
enum class RetentionPosition : std::uint8_t { kBeforeSublimits = 1, kAfterSublimits = 2 };
constexpr auto enum_names(RetentionPosition*) {
  using P = RetentionPosition;
  return std::array{EnumName<P>{P::kBeforeSublimits, "before_sublimits"},
                    EnumName<P>{P::kAfterSublimits, "after_sublimits"}};
}

// One retention for the occurrence, or of the sections that respond only the largest own retention.
enum class RetentionRule : std::uint8_t { kOccurrence = 1, kSingleHighest = 2 };
constexpr auto enum_names(RetentionRule*) {
  using R = RetentionRule;
  return std::array{EnumName<R>{R::kOccurrence, "occurrence"},
                    EnumName<R>{R::kSingleHighest, "single_highest"}};
}

// Straight: always taken. Franchise: nothing is paid until the covered loss passes it, then nothing
// is taken.
enum class RetentionKind : std::uint8_t { kStraight = 1, kFranchise = 2 };
constexpr auto enum_names(RetentionKind*) {
  using K = RetentionKind;
  return std::array{EnumName<K>{K::kStraight, "straight"}, EnumName<K>{K::kFranchise, "franchise"}};
}

enum class FranchiseAt : std::uint8_t { kExceeds = 1, kReaches = 2 };
constexpr auto enum_names(FranchiseAt*) {
  using F = FranchiseAt;
  return std::array{EnumName<F>{F::kExceeds, "exceeds"}, EnumName<F>{F::kReaches, "reaches"}};
}

enum class ParticipationPosition : std::uint8_t { kBeforeSublimit = 1, kAfterSublimit = 2 };
constexpr auto enum_names(ParticipationPosition*) {
  using P = ParticipationPosition;
  return std::array{EnumName<P>{P::kBeforeSublimit, "before_sublimit"},
                    EnumName<P>{P::kAfterSublimit, "after_sublimit"}};
}

// How a waiting period and a money amount reduce an outage (REFERENCE.md 3.4, stage 2).
enum class TimeMode : std::uint8_t {
  kDeductHours = 1,             // the loss of the first hours is not paid
  kQualifying = 2,              // an outage longer than the wait is paid from its start
  kQualifyingThenMonetary = 3,  // the same, less the money amount
  kMonetaryOnly = 4,            // the money amount only; the wait does not act
  kGreaterOf = 5,               // less the larger of the loss in the wait and the money amount
};
constexpr auto enum_names(TimeMode*) {
  using M = TimeMode;
  return std::array{
      EnumName<M>{M::kDeductHours, "deduct_hours"}, EnumName<M>{M::kQualifying, "qualifying"},
      EnumName<M>{M::kQualifyingThenMonetary, "qualifying_then_monetary"},
      EnumName<M>{M::kMonetaryOnly, "monetary_only"}, EnumName<M>{M::kGreaterOf, "greater_of"}};
}

enum class IndemnityStart : std::uint8_t { kOutageStart = 1, kWaitingEnd = 2 };
constexpr auto enum_names(IndemnityStart*) {
  using S = IndemnityStart;
  return std::array{EnumName<S>{S::kOutageStart, "outage_start"},
                    EnumName<S>{S::kWaitingEnd, "waiting_end"}};
}

// Whether a day counts when it has started or only when it is complete.
enum class DayCounting : std::uint8_t { kStarted = 1, kCompleted = 2 };
constexpr auto enum_names(DayCounting*) {
  using D = DayCounting;
  return std::array{EnumName<D>{D::kStarted, "started"}, EnumName<D>{D::kCompleted, "completed"}};
}

// The most that an hour of a parametric section may pay, so that the longest outage stays within
// kAmountMax.
inline constexpr std::int64_t kParametricHourlyMax = kAmountMax / kHoursMax;

// The time deductible and the indemnity period of a section whose loss runs by the hour.
struct TimeTerms {
  TimeMode mode = TimeMode::kDeductHours;
  std::int64_t waiting_hours = 0;                    // 0 to kHoursMax
  std::int64_t monetary = 0;                         // not under kDeductHours and kQualifying
  std::optional<std::int64_t> indemnity_hours = {};  // none: no end
  std::optional<IndemnityStart> indemnity_start =
      {};  // none: waiting_end under kDeductHours, else outage_start
  std::optional<std::int64_t> daily_amount =
      {};  // pays the lower of payable days x amount and the actual loss
  DayCounting day_counting = DayCounting::kStarted;
  // Parametric: the loss is this amount for each completed hour of the outage, whatever was lost;
  // 1 to kParametricHourlyMax. All other time terms act on it as on any curve.
  std::optional<std::int64_t> parametric_hourly = {};
  std::string waiting_clause = {};
  std::string monetary_clause = {};
  std::string indemnity_clause = {};
  std::string daily_clause = {};
  std::string parametric_clause = {};
  bool operator==(const TimeTerms&) const = default;

  // A section with any of these takes outages only: a lump sum knows no hours.
  bool acts() const {
    return waiting_hours != 0 || monetary != 0 || daily_amount.has_value() ||
           indemnity_hours.has_value() || parametric_hourly.has_value();
  }
};

struct Section {
  std::string code = {};  // of the taxonomy, e.g. "FP.BI"; other codes are allowed and unique
  std::int64_t deductible = 0;
  std::int64_t own_retention = 0;  // acts under RetentionRule::kSingleHighest only
  std::optional<std::int64_t> sublimit_occ = {};
  std::optional<std::int64_t> sublimit_agg = {};
  std::int32_t participation_bp = 0;  // the share that the insured keeps, 0 to 10,000 ("coins_bp")
  ParticipationPosition participation_position = ParticipationPosition::kBeforeSublimit;
  bool inside_aggregate = true;  // false: neither the occurrence nor the aggregate limit binds it
  TimeTerms time = {};
  // Underinsurance average (Insurance Law art 55): a loss is paid in the proportion of the declared
  // to the actual value, where that is less.
  bool average = false;
  // Of a parametric section: whose hours are measured. Only outages of this provider count.
  std::string provider = {};
  std::string clause = {};  // the insuring clause
  std::string deductible_clause = {};
  std::string retention_clause = {};
  std::string sublimit_clause = {};
  std::string participation_clause = {};
  std::string average_clause = {};
  bool operator==(const Section&) const = default;
};

// Sections that share a sublimit. Groups are disjoint and do not mix sections inside and outside
// the aggregate.
struct Group {
  std::string id = {};  // unique among groups and section codes
  std::vector<std::string> codes = {};
  std::optional<std::int64_t> sublimit_occ = {};
  std::optional<std::int64_t> sublimit_agg = {};
  std::string clause = {};
  bool operator==(const Group&) const = default;
};

// Help that is rendered instead of money. It comes first: of the loss of the served sections so
// much is rendered in kind as its own limits leave, before every deductible, retention and limit
// and outside them; only the rest is a cash loss.
struct Service {
  std::string code = {};                       // no section of the policy, no group, unique
  std::vector<std::string> serves = {};        // sections without time terms, each in one service
  std::optional<std::int64_t> limit_occ = {};  // one of the two at least, above zero
  std::optional<std::int64_t> limit_agg = {};
  std::string clause = {};
  bool operator==(const Service&) const = default;
};

// What is left to this policy where another covers the same loss (Insurance Law art 56). Pro rata:
// its aggregate limit / (that + the others' sums insured) of what it would pay. Excess: at most the
// loss less what the others pay.
enum class OtherInsuranceRule : std::uint8_t { kProRata = 1, kExcess = 2 };
constexpr auto enum_names(OtherInsuranceRule*) {
  using R = OtherInsuranceRule;
  return std::array{EnumName<R>{R::kProRata, "pro_rata"}, EnumName<R>{R::kExcess, "excess"}};
}

struct OtherInsurance {
  OtherInsuranceRule rule = OtherInsuranceRule::kProRata;
  std::string clause = {};
  bool operator==(const OtherInsurance&) const = default;
};

struct Terms {
  Currency currency = Currency::kCny;
  std::optional<std::int64_t> aggregate_limit = {};
  std::optional<std::int64_t> occurrence_limit = {};
  // Of terms that an exclusion limits (limited_terms): the limit as the wording has it, of which
  // ladders leave a part; no wording states it. None: the limits above stand as written.
  std::optional<std::int64_t> written_limit = {};
  std::optional<std::int64_t> mitigation_cap =
      {};  // none: the aggregate limit; needed when mitigation is claimed
  std::int64_t occurrence_retention = 0;  // acts under RetentionRule::kOccurrence only
  RetentionPosition retention_position = RetentionPosition::kBeforeSublimits;
  RetentionRule retention_rule = RetentionRule::kOccurrence;
  RetentionKind retention_kind = RetentionKind::kStraight;
  FranchiseAt franchise_at = FranchiseAt::kExceeds;
  std::vector<Section> sections = {};  // 1 to kSectionsMax
  std::vector<Group> groups = {};
  std::vector<Service> services = {};
  std::optional<OtherInsurance> other_insurance = {};
  std::string aggregate_clause = {};
  std::string occurrence_clause = {};
  std::string retention_clause = {};
  std::string mitigation_clause = {};
  std::string instalment_clause = {};  // the payment falls with the premium that was not paid
  bool operator==(const Terms&) const = default;
};

}  // namespace anlan::terms
