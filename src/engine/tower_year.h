// A year of one company under a tower of layers: what each layer, each co-insurer and the company
// itself can expect to pay.
//
// terms::settle_tower settles every sampled incident, so drop-down, annual limits and the erosion
// that a layer recognises are those of a claim. Incidents are counted and drawn as in year.h: the
// first of a year is a table average for each peril, what earlier ones change comes from sequences
// in order of time, each payment paired with that of the same incident in a fresh year. The scatter
// of the table's replicates is the standard error of every figure.
#pragma once

#include <string>
#include <vector>

#include "base/executor.h"
#include "base/result.h"
#include "engine/annual_losses.h"
#include "engine/loss_model.h"
#include "terms/tower.h"

namespace anlan::engine {

// Amounts are minor units a year.
struct LayerLoss {
  double attach = 0.0;  // the retention and what the layers below pay at most in a fresh year
  Sampled expected;
  Sampled reached;              // P(the layer pays in the year)
  Sampled exhausted;            // P(its annual limit is used up)
  std::vector<Sampled> shares;  // expected, in the order of Layer::shares
};

// loss = retained + the layers + uninsured, in every replicate.
struct TowerLosses {
  Sampled loss;       // of the covered perils and sections, before the tower
  Sampled retained;   // below the retention
  Sampled paid;       // by all layers
  Sampled uninsured;  // above the retention and not paid: gaps, above the top, uncovered sections
  std::vector<LayerLoss> layers;
};

// Sections in which the losses of `codes` enter a tower: without any term. Distinct codes, 1 to
// kSectionsMax.
terms::Plan tower_sections(const std::vector<std::string>& codes);

// The plan of the setting's cover is one of tower_sections; its trigger and obligations are not
// read, layers take the losses as they come. Its `points` (0: all of the table) are
// the events of each peril and replicate. The same bits for any executor. An event of more than
// kAmountMax minor units in a section counts as that. Cost: about 2 us for each event above the
// retention and five layers of one insurer (each layer looks at those below it, and every share is
// a figure: 40 layers of 100 insurers take most of a minute), 20 ns for one below.
TowerLosses tower_year(const YearSetting& setting, const terms::Tower& tower,
                       const LossModel& model, Executor& executor);

}  // namespace anlan::engine
