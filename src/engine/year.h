// A year of one company under one policy: expected losses before and after the terms, each with its
// standard error.
//
// What services render in kind counts as paid, at what it would have cost.
//
// Stratified by the number of incidents (MODEL.md 5.3). Only perils that the policy covers can pay
// or erode, so their number N is counted: negative binomial, one gamma for the company. Given their
// number, incidents are independent, each peril with its share of the frequency; so the k-th
// incident of every year that has one pays q_k on average,
//
//   EL = sum over k of P(N >= k) q_k = lambda m + sum over k >= 2 of P(N >= k) (q_k - m),
//
// with m the mean payment of a single incident: a table average for each peril. q_k - m, what
// earlier incidents of the year took, comes from sequences of incidents through settle_columns with
// its state, each payment paired with that of the same incident alone. Events that the trigger of
// the wording keeps out pay and erode nothing; the losses before the policy know no trigger. Both
// samples grow by doubling until the standard error is below kErrorTarget of the expected payment
// or the table ends: points go to the perils whose scatter matters. The scatter is believed to be
// at least what that of half the sample leads one to expect, so that stopping early does not
// flatter the error. What no term touches (the losses before the policy) is not sampled but
// integrated, see mean_loss.h.
#pragma once

#include <vector>

#include "base/executor.h"
#include "base/result.h"
#include "domain/ids.h"
#include "engine/event_losses.h"
#include "engine/lapses.h"
#include "engine/loss_model.h"
#include "engine/scenario_table.h"
#include "terms/obligation.h"
#include "terms/plan.h"

namespace anlan::engine {

// What a wording promises, as far as a price needs it. The plan must outlive the calculation.
struct InsuredCover {
  const terms::Plan* plan = nullptr;
  std::vector<domain::PerilName> perils;  // covered
  // Share of each peril's events that the trigger of the wording lets pass, in the order of the
  // hazard (trigger_share.h); empty: all.
  std::vector<double> admitted = {};
  // Controls whose lapse costs an additional retention (lapses.h); must outlive the calculation.
  const std::vector<terms::Obligation>* obligations = nullptr;
  // What it takes when a known vulnerability stood unpatched; likewise.
  const std::vector<terms::Scale>* scales = nullptr;
  // What it takes out; nullptr: nothing. Must outlive the calculation.
  const std::vector<terms::Exclusion>* exclusions = nullptr;
};

// At most 0.1 % of a premium of which the expected payment is two thirds or less. assumption: no
// product here has a higher loss ratio.
inline constexpr double kErrorTarget = 0.0015;

// Means over the events of one peril.
struct PerilMeans {
  double ground_up = 0.0;    // exact, as the next
  double in_sections = 0.0;  // of the losses that some section takes, before its terms; 0 for a
                             // peril not covered
  double paid = 0.0;         // sampled, as the next two
  double paid_share = 0.0;   // of the events that are paid at all
  std::vector<double> paid_by_section;
  std::size_t points = 0;  // of each replicate; 0 for a peril that is not sampled
};

// Expected a year, minor units.
struct YearLoss {
  double ground_up = 0.0;
  double in_sections = 0.0;  // covered perils and sections, before limits, deductibles and waiting
  double insured = 0.0;
  double standard_error = 0.0;             // of `insured`, over the replicates, see above
  double frequency = 0.0;                  // events a year
  double paid_frequency = 0.0;             // events a year that would be paid in a fresh year
  std::vector<PerilMeans> perils;          // means over all replicates, in the order of the hazard
  std::vector<double> insured_by_peril;    // sums to `insured`
  std::vector<double> insured_by_section;  // likewise
  std::vector<double> insured_by_replicate;
  std::size_t sequences = 0;  // a replicate
};

// One market of events: parameters, table, policy, how exact. Reads only; for any number of
// threads.
struct YearSetting {
  const Hazard* hazard = nullptr;
  const ScenarioTable* table = nullptr;  // made from this hazard
  const InsuredCover* cover = nullptr;
  double error = kErrorTarget;  // standard error aimed at, as a share of the expected payment
  std::size_t points = 0;       // of each peril and replicate, for pairs of years; 0: as many as
                                // the error needs
};

// Events of the peril a year, of which the policy may have to pay.
double admitted_frequency(const InsuredCover& cover, const LossModel& model, std::size_t peril);

// Where the losses go under the setting's cover, less what it excludes.
SectionMap sections_of(const YearSetting& setting);

// Of the obligations and scales of the setting's cover.
Lapses lapses_of(const YearSetting& setting);

// Whether the policy covers the peril, in the order of the hazard.
std::vector<bool> covered_perils(const YearSetting& setting);

// Refuses what settle_columns refuses (an event of 2^53 minor units or more). The same bits for any
// executor.
Result<YearLoss> year_loss(const YearSetting& setting, const LossModel& model, Executor& executor);

}  // namespace anlan::engine
