// Obligation: a control that the insured keeps running, and what a lapse costs: a ladder by the
// length of the lapse. It never voids the cover, and it touches only incidents on whose peril the
// control bears. A scale is the same ladder by a fact of the incident instead of a lapse.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/node_reader.h"
#include "domain/ids.h"
#include "terms/clause.h"
#include "terms/terms.h"

namespace anlan::terms {

inline constexpr std::int64_t kLapseDaysMax = 3'650;
inline constexpr std::int32_t kRetentionShareMax = 10 * kBasisPoints;

// Of a lapse (or a measure) of so many days or more: what it takes.
struct LadderStep {
  std::int64_t lapse_days = 0;                 // "days" of a scale
  std::int64_t amount = 0;                     // minor units
  std::int32_t loss_bp = 0;                    // of the loss, 0 to 10,000
  std::optional<std::int64_t> loss_most = {};  // of that share; none: no maximum
  // Additional retention as a share of the occurrence retention; 0 to kRetentionShareMax.
  std::int32_t retention_bp = 0;
  std::int32_t participation_bp = 0;     // further share that the insured keeps; below 10,000
  std::int32_t limit_bp = kBasisPoints;  // what stays of the limit of the incident; 1 to 10,000
  bool operator==(const LadderStep&) const = default;
};

struct Obligation {
  domain::ControlName control = {};
  std::string clause = {};
  std::vector<LadderStep> steps = {};  // rising in days; no step asks for less than the one before
  bool operator==(const Obligation&) const = default;
};

// Days from the first on which a fix of the vulnerability could be had to its exploitation. An
// incident that used no known vulnerability has none.
enum class ScaleMeasure : std::uint8_t { kDaysUnpatched = 1 };
constexpr auto enum_names(ScaleMeasure*) {
  using M = ScaleMeasure;
  return std::array{EnumName<M>{M::kDaysUnpatched, "days_unpatched"}};
}

struct Scale {
  std::string name = {};
  ScaleMeasure measure = ScaleMeasure::kDaysUnpatched;
  std::vector<std::string> perils = {};  // of domain/peril.h: of their incidents only
  std::string clause = {};
  std::vector<LadderStep> steps = {};  // as of an obligation
  bool operator==(const Scale&) const = default;
};

// The step that so many days have reached; nullptr: none. A negative number: no lapse.
const LadderStep* ladder_step(const std::vector<LadderStep>& steps, std::int64_t days);

// What the retentions of a step take off a loss of 0 to kAmountMax: half-up, at most kAmountMax.
// Never falls as the loss rises.
std::int64_t extra_retention(const LadderStep& step, std::int64_t loss,
                             std::int64_t occurrence_retention);

// What all ladders together take of one incident: retentions and participations add up, to at most
// kAmountMax and all of the loss; of the limits the smallest counts.
struct Tightening {
  std::int64_t extra_retention = 0;
  std::int32_t participation_bp = 0;
  std::int32_t limit_bp = kBasisPoints;
  bool operator==(const Tightening&) const = default;
};
void tighten(Tightening& all, const LadderStep& step, std::int64_t loss,
             std::int64_t occurrence_retention);

// One entry of [[obligations]]. Refuses kLadderNotRising (days that do not rise, or a step that
// asks for less than the one before), kLadderEmpty (a step that takes nothing), kRetentionShareVoid
// (a share of no occurrence retention) and kReducedLimitVoid (a part of no limit).
Obligation read_obligation(NodeReader& reader, ClauseBook& book, const Terms& terms);

// One entry of [[scales]]; refuses the same. Whether its perils are known and covered is the
// wording's to say.
Scale read_scale(NodeReader& reader, ClauseBook& book, const Terms& terms);

}  // namespace anlan::terms
