// Model card: what the loss model computes for its reference company beside what it is held
// against, from the data that every quote is priced with. Written by the program, never by hand.
#pragma once

#include <optional>
#include <vector>

#include "base/executor.h"
#include "base/result.h"
#include "domain/loss_result.h"
#include "engine/backtests.h"
#include "engine/calibration.h"
#include "engine/claims_experience.h"
#include "engine/hazard.h"
#include "engine/scenario_table.h"
#include "engine/year.h"
#include "terms/wording.h"
#include "underwriting/inference.h"

namespace anlan::api {

// One market of the card. All outlive the calculation.
struct CardInput {
  const engine::Hazard* hazard = nullptr;
  const engine::ScenarioTable* table = nullptr;
  const engine::Calibration* calibration = nullptr;
  const engine::Backtests* backtests = nullptr;
  const terms::Wording* wording = nullptr;  // the calibration's
  const underwriting::Inference* inference = nullptr;
};

// What the model says of a company of one group of sectors and one size band. All perils; minor
// units.
struct MarketRow {
  std::size_t group = 0;
  std::size_t band = 0;
  Money revenue;
  double frequency = 0.0;  // events a year
  double mean = 0.0;       // of an event, before insurance
  double insured = 0.0;    // expected payment a year
};

// One published figure and what the model says of it, in the figure's unit; no model: it has no
// such figure.
struct FigureRow {
  const engine::PublishedFigure* figure = nullptr;
  std::optional<engine::Prediction> model;
  // The published interval meets the model's range; else the model lies wholly on one side of it.
  bool below() const { return model && model->high < figure->published_low(); }
  bool above() const { return model && model->low > figure->published_high(); }
  bool inside() const { return model && !below() && !above(); }
};

// Amounts in minor units a year; the reference company with average controls unless said.
struct CardFigures {
  engine::YearLoss year;
  domain::LossResult loss;           // with the range over the parameter ensemble
  std::vector<double> terms;         // expected payment under each row of the calibration's terms
  double ground_up = 0.0;            // without the perils that stand apart
  double frequency = 0.0;            // likewise
  double every_control = 0.0;        // expected payment with all controls proved working
  double no_control = 0.0;           // with all controls absent
  std::vector<MarketRow> market;     // group by group, each in the order of the bands
  std::vector<FigureRow> published;  // in the order of the file
};

// Of one figure; `loss` is that of the calibration's wording.
FigureRow figure_row(const CardInput& input, const engine::PublishedFigure& figure,
                     const domain::LossResult& loss);

// Refuses what the engine refuses. Cost: about twelve quotes at a quarter of their error, and one
// at its usual error for each group and band.
Result<CardFigures> card_figures(const CardInput& input, Executor& executor);

// A company of which sector, revenue and staff are known; all else is inferred and no control is
// known. Refuses what make_profile refuses.
Result<engine::RiskInput> company_of(const underwriting::Inference& inference,
                                     const std::string& sector, std::int64_t employees,
                                     Money revenue);

// The reference company with the same gap in every control, fully trusted.
engine::RiskInput company_with_gaps(const engine::Hazard& hazard, Share gap);

}  // namespace anlan::api
