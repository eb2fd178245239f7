// What a change of a company's controls is worth under a policy: its years with and without, paired
// on the same events and the same parameter sets, so that the difference is known much better than
// either.
//
// The range holds 90 % of the parameter sets. Each draws the frequency and severity of every peril
// (ensemble.h) and the relative risk of every control (control_draws.h), the same before and after.
// In a member
//   frequency   that of the year x the drawn factor x the effects of the controls as drawn, exact;
//   severity    linear in ln: each driver's drawn effect x the elasticity of the peril's mean loss,
//               and along the straight line (in ln loss) between the years before and after where
//               the change touches the driver: a control that does nothing in a member is worth
//               exactly nothing there;
//   payment     on the peril's curve of payments over severity (interval.h), at that severity.
// Trial against full recalculations with the drawn risks (worth_test.cpp): low end, mean and high
// end of the change of the loss before the policy within 2 %, of the payment within 5 %. What
// several incidents of a year take from each other is that of the two years, in every member alike:
// a company that expects 0.2 paid incidents a year under a limit that they use up has the low end
// of the payment a quarter too low.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "base/executor.h"
#include "base/result.h"
#include "domain/loss_result.h"
#include "engine/control_draws.h"
#include "engine/control_score.h"
#include "engine/interval.h"
#include "engine/risk_input.h"
#include "engine/year.h"

namespace anlan::engine {

// Expected a year, minor units; below 0: less with the change. `error` is the standard error of the
// insured change by sampling (and of the retained one: the loss before the policy is exact).
struct Worth {
  double ground_up = 0.0;
  double insured = 0.0;
  double retained = 0.0;  // ground_up - insured
  double error = 0.0;
  PaymentRange ground_up_range;
  PaymentRange insured_range;
  PaymentRange retained_range;
  domain::LossResult after;  // of the changed company (loss_record): what its price reads
};

// One company under one policy. The setting's parts must outlive it.
class PairedYears {
 public:
  // The company's year of a fixed number of events. Refuses kCurrencyMismatch and what
  // year_loss refuses. About 30 ms.
  static Result<PairedYears> around(const YearSetting& setting, RiskInput company,
                                    Executor& executor);

  const YearLoss& year() const { return year_; }
  const domain::LossResult& loss() const { return loss_; }

  // The same company with these states of its controls, all else as it is. About 3 ms on one
  // thread; a state that touches the severity of many perils up to 20 ms.
  Result<Worth> worth(const std::vector<domain::ControlState>& controls, Executor& executor) const;

 private:
  // ln of a rate's drawn effect less its stated one, by member; empty: no control acts on it.
  using Shifts = std::vector<double>;
  static constexpr std::size_t kRates = 1 + kDriverCount;  // frequency, then the drivers
  struct PerilBefore {
    SeverityCurve curve{};
    std::array<Shifts, kRates> sector;  // log_effects of nothing known
    std::array<Shifts, kRates> shifts;
    std::array<double, kDriverCount> elasticity{};  // of the mean loss in each driver
  };
  struct PerilChange;
  struct Changed;

  PairedYears(const YearSetting& setting, RiskInput company);
  Result<PerilBefore> peril_before(std::size_t peril) const;
  Shifts shifts_of(std::span<const domain::ControlState> controls, const ScoreOf& what,
                   const Shifts& sector) const;
  PerilChange peril_change(const Changed& changed, std::size_t peril) const;
  void place_severity(const Changed& changed, std::size_t peril, PerilChange& out) const;
  void add_members(const PerilChange& change, std::size_t peril, EnsembleMembers& out) const;
  double payments_together(const Changed& changed) const;

  YearSetting setting_;
  RiskInput company_;
  LossModel model_;
  ControlDraws draws_;
  YearLoss year_;
  domain::LossResult loss_;
  std::vector<bool> covered_;
  std::vector<PerilBefore> perils_;
};

}  // namespace anlan::engine
