// Obligation: a control that the insured keeps running, and what a lapse costs: a ladder of
// additional retentions by the length of the lapse. It never voids the cover, and it touches only
// incidents on whose peril the control bears.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/node_reader.h"
#include "domain/ids.h"
#include "terms/clause.h"

namespace anlan::terms {

inline constexpr std::int64_t kLapseDaysMax = 3'650;

// Of a lapse of so many days or more: an amount, and a share of the loss up to a maximum.
struct LadderStep {
  std::int64_t lapse_days = 0;
  std::int64_t amount = 0;                     // minor units
  std::int32_t loss_bp = 0;                    // of the loss, 0 to 10,000
  std::optional<std::int64_t> loss_most = {};  // of that share; none: no maximum
  bool operator==(const LadderStep&) const = default;
};

struct Obligation {
  domain::ControlName control = {};
  std::string clause = {};
  std::vector<LadderStep> steps = {};  // rising in days; no step asks for less than the one before
  bool operator==(const Obligation&) const = default;
};

// The step that a lapse of so many days has reached; nullptr: none. A negative number: no lapse.
const LadderStep* ladder_step(const Obligation& obligation, std::int64_t lapse_days);

// What the step takes off a loss of 0 to kAmountMax: half-up, at most kAmountMax. Never falls as
// the loss rises.
std::int64_t extra_retention(const LadderStep& step, std::int64_t loss);

// One entry of [[obligations]]. Refuses kLadderNotRising (days that do not rise, or a step that
// asks for less than the one before) and kLadderEmpty (a step that takes nothing).
Obligation read_obligation(NodeReader& reader, ClauseBook& book, Currency currency);

}  // namespace anlan::terms
