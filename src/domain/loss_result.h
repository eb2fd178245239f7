// What the engine found, rounded and ready for the journal: no floats.
#pragma once

#include <string>
#include <vector>

#include "base/fields.h"
#include "base/money.h"
#include "base/sha256.h"
#include "domain/cover.h"
#include "domain/ids.h"

namespace anlan::domain {

struct PerilLoss {
  PerilName peril;
  std::uint32_t frequency_ppm = 0;  // events a year, millionths
  Money ground_up;                  // expected a year
  Money insured;                    // expected paid a year
  bool operator==(const PerilLoss&) const = default;
  template <class E = PerilLoss>
  static constexpr auto fields() {
    return std::tuple{field("peril", &E::peril), field("frequency_ppm", &E::frequency_ppm),
                      field("ground_up", &E::ground_up), field("insured", &E::insured)};
  }
};

struct CoverLoss {
  CoverCode section;
  Money insured;
  bool operator==(const CoverLoss&) const = default;
  template <class E = CoverLoss>
  static constexpr auto fields() {
    return std::tuple{field("section", &E::section), field("insured", &E::insured)};
  }
};

// Expected annual losses of one company under one wording. Amounts are rounded half-up to minor
// units.
struct LossResult {
  Money ground_up;       // expected a year, before any policy
  Money insured;         // expected paid a year
  Money standard_error;  // of `insured`, Monte-Carlo
  Money insured_low;     // 5 % and 95 % of the parameter ensemble
  Money insured_high;
  Money insured_sector;       // with the sector's average controls: the step before `controls`
  Money insured_full_cover;   // the same company without limits, deductibles and waiting: the step
                              // before `terms`
  Money insured_full_sector;  // no terms, average controls: facts alone
  std::uint32_t frequency_ppm = 0;         // events a year
  std::uint32_t paid_frequency_ppm = 0;    // years' paid events
  std::uint32_t assumption_share_ppm = 0;  // share of the expected loss that rests on assumptions
  std::uint32_t credibility_ppm = 0;       // Z: weight of the company's own loss history
  std::uint32_t history_ppm = 1'000'000;   // what that history multiplies every frequency by
  std::vector<PerilLoss> perils;
  std::vector<CoverLoss> covers;
  std::string model_version;
  std::uint64_t seed = 0;
  Digest hazard;  // artefact hash of the parameters
  Digest bits;    // digest of all doubles behind this record: equal on every machine
  bool operator==(const LossResult&) const = default;
  template <class L = LossResult>
  static constexpr auto fields() {
    return std::tuple{field("ground_up", &L::ground_up),
                      field("insured", &L::insured),
                      field("standard_error", &L::standard_error),
                      field("insured_low", &L::insured_low),
                      field("insured_high", &L::insured_high),
                      field("insured_sector", &L::insured_sector),
                      field("insured_full_cover", &L::insured_full_cover),
                      field("insured_full_sector", &L::insured_full_sector),
                      field("frequency_ppm", &L::frequency_ppm),
                      field("paid_frequency_ppm", &L::paid_frequency_ppm),
                      field("assumption_share_ppm", &L::assumption_share_ppm),
                      field("credibility_ppm", &L::credibility_ppm),
                      field("history_ppm", &L::history_ppm),
                      field("perils", &L::perils),
                      field("covers", &L::covers),
                      field("model_version", &L::model_version),
                      field("seed", &L::seed),
                      field("hazard", &L::hazard),
                      field("bits", &L::bits)};
  }
};

}  // namespace anlan::domain
