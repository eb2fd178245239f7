// What a change of a company is worth under a policy: its years with and without, paired on the
// same events, so that the difference is known much better than either.
#pragma once

#include "base/executor.h"
#include "base/result.h"
#include "engine/risk_input.h"
#include "engine/year.h"

namespace anlan::engine {

// Expected a year, minor units; below 0: less with the change. `error` is the standard error of the
// insured change (and of the retained one: the loss before the policy is exact).
struct Worth {
  double ground_up = 0.0;
  double insured = 0.0;
  double retained = 0.0;  // ground_up - insured
  double error = 0.0;
};

// A company's year of a fixed number of events, to be compared with others of the same setting.
Result<YearLoss> paired_year(const YearSetting& setting, const RiskInput& company,
                             Executor& executor);

Worth worth(const YearLoss& before, const YearLoss& after);

// The same company with these controls proved working by telemetry.
RiskInput with_controls(RiskInput company, const std::vector<domain::ControlName>& controls);

}  // namespace anlan::engine
