// What each control may really do to losses: its relative risk in every member of the parameter
// ensemble.
//
// ln RR of a control that is absent is two halves of a normal that meet at the stated middle: below
// it of the scale (mid - lo) / q, above it (hi - mid) / q, with q = 1.2816, so that the middle is
// the median and lo and hi are the 10 % and 90 % points; cut at 0: no control makes losses worse.
// assumption: the stated ends hold 80 %, not all, of what may be true: ranges that people state are
// too narrow (M. Alpert and H. Raiffa 1982, in Judgment under Uncertainty, ch. 21). So a control
// whose low end is 1 does nothing at all in one member of ten. Shrunk as the middle is
// (ControlPriors). The normals of two controls have the correlation of the ensemble: one author
// judged them. They are independent of the frequencies and severities of the members.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/control_priors.h"

namespace anlan::engine {

// How many members, and how far two controls' errors go together, 0 to 1.
struct ControlDrawOptions {
  std::uint64_t seed = 0;
  std::size_t members = 1024;
  double correlation = 0.0;
};

// Drawn once for all companies; a control keeps its draws wherever it is used. About 5 ms for 60
// controls and 1,024 members.
class ControlDraws {
 public:
  ControlDraws(const ControlPriors& priors, const ControlDrawOptions& options);
  std::size_t members() const { return members_; }
  // log_risk of the prior of this row in each member; empty where it is 0 in all of them.
  std::span<const double> log_risk(std::size_t row) const { return rows_[row]; }

 private:
  std::size_t members_ = 0;
  std::vector<std::vector<double>> rows_;
};

}  // namespace anlan::engine
