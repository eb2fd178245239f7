// What each control is believed to do to losses, before any claim was seen (MODEL.md 3).
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"
#include "base/node.h"
#include "base/node_reader.h"
#include "domain/ids.h"
#include "domain/peril.h"

namespace anlan::engine {

inline constexpr std::size_t kPerilCount = 13;  // of domain::peril_kinds()

// What a control on the severity side scales.
enum class Driver : std::uint8_t {
  kDowntime = 1,
  kShareHit = 2,
  kPayment = 3,
  kRecords = 4,
  kCost = 5,
};
inline constexpr std::size_t kDriverCount = 5;
constexpr auto enum_names(Driver*) {
  using D = Driver;
  return std::array{EnumName<D>{D::kDowntime, "downtime"}, EnumName<D>{D::kShareHit, "share_hit"},
                    EnumName<D>{D::kPayment, "payment"}, EnumName<D>{D::kRecords, "records"},
                    EnumName<D>{D::kCost, "cost"}};
}
constexpr std::size_t index_of(Driver driver) { return static_cast<std::size_t>(driver) - 1; }

struct ControlPrior {
  domain::ControlName control;
  double log_risk = 0.0;  // shrinkage x ln RR when absent; 0 for a question that asks for a fact
  double log_low = 0.0;   // the same at the lowest and the highest RR that its author finds
  double log_high = 0.0;  // plausible (rr_absent_lo, rr_absent_hi)
  double typical = 0.5;   // state in an average company of the sector, 0 absent to 1 working
  bool on_frequency = true;
  std::vector<Driver> drivers;                  // of a control on the severity side
  std::array<double, kPerilCount> relevance{};  // 0 to 1, by index in domain::peril_kinds()
};

struct ControlPriors {
  std::vector<ControlPrior> rows;       // in the order of controls.csv
  double log_cap = 2.0794415416798357;  // g(x) = log_cap tanh(x / log_cap); ln 8
  const ControlPrior* find(std::string_view control) const;
};

// Index in domain::peril_kinds(), or kPerilCount.
std::size_t peril_index(std::string_view code);

// The three parsed files, each with the report of its own file.
struct ControlSources {
  NodeReader controls;
  NodeReader vectors;
  NodeReader questions;
};

// Refusals go to the reports: kControlUnmapped, kControlUnknown, kVectorUnmapped,
// kCategoryUnmapped, kDriversOfSide, kPerilUnknown. The caller asks the reports.
ControlPriors read_control_priors(ControlSources& from);

}  // namespace anlan::engine
