// Lapses of controls that a wording obliges the insured to keep running, as the price sees them.
//
// A control lapses `per_year` times a year, for an exponential time D of mean d days: a stationary
// alternating renewal process. At a random instant it has been lapsed for n days or more with
// probability per_year x E[(D - n)+] / 365 = per_year x d / 365 x exp(-n / d) (D. R. Cox 1962,
// Renewal Theory, 7.4: the part of time in a state is the rate of its visits times what counts of
// each). Lapses are independent of incidents and of each other: assumption. The state at an event
// is one number per event and control, drawn by the row of the scenario table, so that the same
// event meets the same lapse under every wording.
#pragma once

#include <span>
#include <vector>

#include "base/random.h"
#include "engine/hazard.h"
#include "terms/obligation.h"
#include "terms/settle_columns.h"

namespace anlan::engine {

// P(lapsed for `days` or more).
double lapse_probability(const ControlLapse& lapse, double days);

// Immutable; for any number of threads.
class Lapses {
 public:
  // `seed`: of the table. No obligations, or a hazard without lapses: takes nothing.
  Lapses(const Hazard& hazard, const std::vector<terms::Obligation>& obligations,
         std::uint64_t seed);
  bool act() const { return !ladders_.empty(); }
  // What the lapses take off the event of this row of the table, of so much loss in sections: the
  // sum over the obligations whose control bears on the peril.
  std::int64_t extra(std::size_t peril, std::size_t table_row, double loss) const;

 private:
  struct Ladder {
    const terms::Obligation* obligation = nullptr;
    std::vector<double> reached;        // probability of each step or a later one; falls
    std::vector<bool> bears;            // by peril of the hazard
    std::vector<RandomStream> streams;  // by peril of the hazard
  };
  std::vector<Ladder> ladders_;
};

// The loss of one row in all sections.
double loss_of_row(const terms::ColumnIncidents& incidents, std::size_t row);

}  // namespace anlan::engine
