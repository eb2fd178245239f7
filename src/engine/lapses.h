// What the ladders of a wording take, as the price sees it: lapses of controls that it obliges the
// insured to keep running, and its scales by the days that a known vulnerability stood unpatched.
//
// A control lapses `per_year` times a year, for an exponential time D of mean d days: a stationary
// alternating renewal process. At a random instant it has been lapsed for n days or more with
// probability per_year x E[(D - n)+] / 365 = per_year x d / 365 x exp(-n / d) (D. R. Cox 1962,
// Renewal Theory, 7.4: the part of time in a state is the rate of its visits times what counts of
// each). Lapses are independent of incidents and of each other: assumption. The state at an event
// is one number per event and control, drawn by the row of the scenario table, so that the same
// event meets the same lapse under every wording.
//
// An event used a known vulnerability with probability s, and then the fix could be had for an
// exponential time of mean m days: n days or more with probability s x exp(-n / m) (assumption, see
// [patching] of perils.toml). One number per event, the same for every scale.
#pragma once

#include <span>
#include <vector>

#include "base/random.h"
#include "engine/hazard.h"
#include "terms/obligation.h"
#include "terms/settle_columns.h"
#include "terms/terms.h"

namespace anlan::engine {

// P(lapsed for `days` or more).
double lapse_probability(const ControlLapse& lapse, double days);

// P(a known vulnerability was used, `days` or more after its fix could be had).
double unpatched_probability(const Patching& patching, double days);

// The ladders of one wording; they outlive the use.
struct Ladders {
  const std::vector<terms::Obligation>* obligations = nullptr;  // nullptr: none, as the next
  const std::vector<terms::Scale>* scales = nullptr;
};

// What lapses take of each row of a block, as columns for settle.
class LapseColumns {
 public:
  // Sets the columns of `incidents`; they live as long as this stands unchanged.
  void show(terms::ColumnIncidents& incidents) const;

 private:
  friend class Lapses;
  std::vector<double> retention_;
  std::vector<double> participation_;
  std::vector<double> limit_;
};

// Immutable; for any number of threads.
class Lapses {
 public:
  // `seed`: of the table. No ladders, or a hazard without lapses and patching: takes nothing.
  // `occurrence_retention`: of the terms that are priced.
  Lapses(const Hazard& hazard, const Ladders& ladders, std::int64_t occurrence_retention,
         std::uint64_t seed);
  bool act() const { return !ladders_.empty(); }
  // What the lapses take off the event of this row of the table, of so much loss in sections: of
  // all obligations whose control bears on the peril, and all scales of it.
  terms::Tightening of(std::size_t peril, std::size_t table_row, double loss) const;
  // The same of every row of `incidents`: its peril and its row of the table.
  // `year`: what earlier incidents of each row used; nullptr: fresh years.
  template <class Event>
  void fill(const terms::Plan& plan, const terms::ColumnIncidents& incidents,
            const terms::ColumnYear* year, const Event& event, LapseColumns& out) const;

 private:
  struct Ladder {
    const std::vector<terms::LadderStep>* steps = nullptr;
    std::vector<double> reached;        // probability of each step or a later one; falls
    std::vector<bool> bears;            // by peril of the hazard
    std::vector<RandomStream> streams;  // by peril of the hazard
  };
  void add(Ladder ladder);
  std::vector<Ladder> ladders_;
  std::int64_t occurrence_retention_ = 0;
  bool participates_ = false;  // some step takes a participation
  bool limits_ = false;        // some step cuts the limit
};

// terms::loss_of one row.
double loss_of_row(const terms::Plan& plan, const terms::ColumnIncidents& incidents,
                   std::size_t row, const terms::ColumnYear* year);

// The peril and the row of the table of an event.
struct TableEvent {
  std::size_t peril = 0;
  std::size_t row = 0;
};

template <class Event>
void Lapses::fill(const terms::Plan& plan, const terms::ColumnIncidents& incidents,
                  const terms::ColumnYear* year, const Event& event, LapseColumns& out) const {
  out.retention_.clear();
  out.participation_.clear();
  out.limit_.clear();
  for (std::size_t i = 0; act() && i < incidents.rows; ++i) {
    const TableEvent at = event(i);
    const terms::Tightening taken = of(at.peril, at.row, loss_of_row(plan, incidents, i, year));
    out.retention_.push_back(static_cast<double>(taken.extra_retention));
    if (participates_) out.participation_.push_back(taken.participation_bp);
    if (limits_) out.limit_.push_back(taken.limit_bp);
  }
}

}  // namespace anlan::engine
