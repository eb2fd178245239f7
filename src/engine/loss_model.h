// Loss model: the perils of one company, ready to be evaluated on the scenario table.
#pragma once

#include <vector>

#include "engine/activity.h"
#include "engine/control_score.h"
#include "engine/hazard.h"
#include "engine/history.h"
#include "engine/risk_input.h"

namespace anlan::engine {

// Whose controls: the company's own, or those of an average company of its sector (score 0).
enum class ControlUse : std::uint8_t { kOwn = 1, kSectorAverage = 2 };

// Scales of one lump sum of one company.
struct PartModel {
  double median = 0.0;  // minor units
  double max = 0.0;     // minor units; infinite when there is none
};

struct PerilModel {
  const PerilHazard* hazard = nullptr;  // in the Hazard that the model was made from
  double frequency = 0.0;               // events a year
  double median_hours = 0.0;
  double share_factor = 1.0;        // of the share of activity that stops, before the cut at 1
  std::vector<double> probability;  // of each gate
  std::vector<PartModel> parts;
};

struct LossModel {
  double hourly = 0.0;  // insured gross profit in minor units per hour of average activity
  Activity activity;    // mean 1
  std::vector<PerilModel> perils;  // in the order of the hazard
  HistoryEffect history;           // its factor is in the frequencies
};

// lambda = base x sector x size x exp(score) x factor of the own loss history, which is weighed
// against the frequencies under average controls: which controls stood when the incidents came is
// not known, and a control bought today must not make the past look worse; medians x size
// x exp(score of the driver). The hazard must outlive the model. Controls that are not in
// controls.csv are ignored: an old assessment may list one.
LossModel make_loss_model(const Hazard& hazard, const RiskInput& company, ControlUse controls);

// The same with the effects of the company's own controls worked out before; `company.controls` is
// not read.
LossModel make_loss_model(const Hazard& hazard, const RiskInput& company,
                          const ControlEffects& controls);

}  // namespace anlan::engine
