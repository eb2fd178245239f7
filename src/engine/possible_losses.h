// The losses of a company of which not everything is known: the same year for many companies that
// it may be, each under a member of its own of the parameter ensemble, so that what is unknown of
// the company and what is unknown of the model widen one interval together.
//
// A company's year is the sum over perils of frequency x mean payment of one event, on the first
// kPossibleEvents events of each peril, times one factor for all: that which makes the central
// company, without the ensemble, its year of year.h (several incidents in one year, and the finer
// sample). assumption: that factor holds for the companies round it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/executor.h"
#include "base/result.h"
#include "domain/control.h"
#include "domain/loss_result.h"
#include "engine/control_score.h"
#include "engine/loss_model.h"
#include "engine/year.h"

namespace anlan::engine {

inline constexpr std::size_t kPossibleEvents = 64;

// Uniform on (0, 1): number `draw` of what the member-th company may be. Draws from
// kControlDraws on are those of its controls.
inline constexpr std::uint64_t kControlDraws = 1000;
double possible_unit(std::uint64_t seed, std::uint64_t member, std::uint64_t draw);

// The controls of one company of the sector: each works with its probability `typical`, else it is
// absent, independent of the others (as control_score.h believes of an unknown one).
std::vector<domain::ControlState> possible_controls(const ControlPriors& priors, std::uint64_t seed,
                                                    std::uint64_t member);

// How many incidents such a company had in `months`, at the share `unit` of its distribution:
// negative binomial round the rate of its model, which was made without a history.
std::int64_t possible_incidents(const LossModel& model, std::int64_t months, double unit);

struct PossibleCompany {
  RiskInput company;                        // its controls are not read
  const ControlEffects* effects = nullptr;  // of the controls that it may have
};

// What the central company is paid a year under each of the first `members` members of the
// ensemble, on the curves of interval.h up to a factor: what is known of the spread of possible
// companies before any fact. Cost: about 5 ms.
Result<std::vector<double>> central_under_members(const YearSetting& setting,
                                                  const RiskInput& central, std::size_t members,
                                                  Executor& executor);

class PossibleLosses {
 public:
  // `setting` must outlive this. Refuses what year_loss refuses.
  static Result<PossibleLosses> around(const YearSetting& setting, const RiskInput& central,
                                       Executor& executor);

  // One for each company, in order: what it may lose before and after the terms, what a price
  // reads of it (ground_up, insured, frequency_ppm, paid_frequency_ppm, perils); the rest is empty.
  // `ensemble`: the m-th company under member m, else all under the central parameters. The same
  // bits for any executor. Cost: about 0.2 ms a company.
  Result<std::vector<domain::LossResult>> of(std::span<const PossibleCompany> companies,
                                             bool ensemble, Executor& executor) const;

 private:
  explicit PossibleLosses(const YearSetting& setting) : setting_(setting) {}
  YearSetting setting_;
  double scale_ = 1.0;
};

}  // namespace anlan::engine
