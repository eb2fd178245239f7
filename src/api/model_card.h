// Model card: what the loss model computes for its reference company beside what it is held
// against, from the data that every quote is priced with. Written by the program, never by hand.
#pragma once

#include <vector>

#include "base/executor.h"
#include "base/result.h"
#include "domain/loss_result.h"
#include "engine/calibration.h"
#include "engine/hazard.h"
#include "engine/scenario_table.h"
#include "engine/year.h"
#include "terms/wording.h"

namespace anlan::api {

// One market of the card. All outlive the calculation.
struct CardInput {
  const engine::Hazard* hazard = nullptr;
  const engine::ScenarioTable* table = nullptr;
  const engine::Calibration* calibration = nullptr;
  const terms::Wording* wording = nullptr;  // the calibration's
};

// Amounts in minor units a year; the reference company with average controls unless said.
struct CardFigures {
  engine::YearLoss year;
  domain::LossResult loss;     // with the range over the parameter ensemble
  std::vector<double> terms;   // expected payment under each row of the calibration's terms
  double ground_up = 0.0;      // without the perils that stand apart
  double frequency = 0.0;      // likewise
  double every_control = 0.0;  // expected payment with all controls proved working
  double no_control = 0.0;     // with all controls absent
};

// Refuses what the engine refuses. Cost: about twelve quotes at a quarter of their error.
Result<CardFigures> card_figures(const CardInput& input, Executor& executor);

// The reference company with the same gap in every control, fully trusted.
engine::RiskInput company_with_gaps(const engine::Hazard& hazard, Share gap);

}  // namespace anlan::api
