// Layers of a year: what a reinsurance or excess layer pays, in expectation, with error bounds.
//
// Per claim min(max(x - attach, 0), limit) x share; of the year's sum first the annual deductible,
// then the annual limit, then the corridor, the band of the annual loss that the cedent keeps.
// Reinstatements follow B. Sundt 1991 (ASTIN Bulletin 21, 57): n of them make the annual limit (n +
// 1) full limits unless one is given, and the k-th is paid for pro rata as to amount, 100 % as to
// time.
#pragma once

#include <optional>
#include <vector>

#include "engine/estimate.h"
#include "engine/frequency.h"
#include "engine/severity.h"

namespace anlan::engine {

struct Corridor {
  double from = 0.0;
  double to = 0.0;
};

// Amounts of the year are the layer's own, after the share.
struct LayerTerms {
  double attach = 0.0;
  double limit = 0.0;  // per claim, of the whole layer; may be infinite
  double share = 1.0;
  double annual_deductible = 0.0;
  double annual_limit = 0.0;           // infinite where there is none
  std::vector<double> reinstatements;  // premium rates, 1 for 100 %
  std::optional<Corridor> corridor;
};

struct LayerResult {
  Estimate expected;
  double claims = 0.0;  // expected number of claims that reach the layer
  Estimate before_annual_mean;
  Estimate before_annual_sd;    // infinite where there is none
  std::vector<Estimate> bands;  // of one full limit each, where the year has an end (at most 32)
  // The premium before reinstatements for which all premiums together equal the expected loss.
  std::optional<Estimate> base_premium;
};

// The expectation must exist: a layer without any limit needs a severity with a finite mean.
LayerResult annual_layer(const Frequency& frequency, const Severity& severity,
                         const LayerTerms& terms);

}  // namespace anlan::engine
