// What the engine is told about a company: numbers and the states of its controls.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/money.h"
#include "base/share.h"
#include "domain/control.h"

namespace anlan::engine {

inline constexpr std::size_t kWeekHours = 168;

// Relative activity per hour of the week from Monday 00:00; any scale, not all zero.
using WeekProfile = std::array<double, kWeekHours>;

// Incidents of any peril, insured or not, in the months before the cover begins.
struct LossHistory {
  std::int64_t incidents = 0;
  std::int64_t months = 0;  // 0: nothing is known
  bool operator==(const LossHistory&) const = default;
};

struct RiskInput {
  Money revenue;  // a year
  Share gross_margin;
  std::int64_t employees = 1;
  std::int64_t records = 0;                              // of persons, held
  Share it_dependence = Share::from_ppm(Share::kWhole);  // of revenue that stops when IT stops
  Share online_share;  // of revenue earned through web shops and portals
  std::int64_t ot_lines = 0;
  std::string sector;                  // GB/T 4754: "C" or "C3982"
  std::optional<WeekProfile> profile;  // none: that of the sector
  // What is known of the controls, trust already in the gap; a control that is not listed, or only
  // inferred, is an average one of the sector.
  std::vector<domain::ControlState> controls;
  LossHistory history;
  bool operator==(const RiskInput&) const = default;
};

}  // namespace anlan::engine
