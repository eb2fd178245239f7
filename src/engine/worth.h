// What a change of a company is worth under a policy: its years with and without, paired on the
// same events and the same parameter sets, so that the difference is known much better than either.
#pragma once

#include <vector>

#include "base/executor.h"
#include "base/result.h"
#include "engine/interval.h"
#include "engine/risk_input.h"
#include "engine/year.h"

namespace anlan::engine {

// A company's year of a fixed number of events, to be compared with others of the same setting.
struct PairedYear {
  YearLoss year;
  EnsembleMembers members;
};
Result<PairedYear> paired_year(const YearSetting& setting, const RiskInput& company,
                               Executor& executor);

// Expected a year, minor units; below 0: less with the change. `error` is the standard error of the
// insured change by sampling (and of the retained one: the loss before the policy is exact); the
// ranges hold 90 % of the parameter sets, each compared with itself.
struct Worth {
  double ground_up = 0.0;
  double insured = 0.0;
  double retained = 0.0;  // ground_up - insured
  double error = 0.0;
  PaymentRange ground_up_range;
  PaymentRange insured_range;
};
Worth worth(const PairedYear& before, const PairedYear& after);

// The same company with these controls proved working by telemetry.
RiskInput with_controls(RiskInput company, const std::vector<domain::ControlName>& controls);

}  // namespace anlan::engine
