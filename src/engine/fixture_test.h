// A small market for the tests of this module: perils and a policy whose answers can be worked out
// by hand.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/hazard.h"
#include "engine/scenario_table.h"
#include "engine/year.h"
#include "terms/plan.h"

namespace anlan::engine::fixture {

// One source; every sector of frequency 1; activity of 1 in every hour.
inline Hazard plain_hazard() {
  Hazard hazard;
  hazard.model = "test";
  hazard.company_gamma = 4.0;
  hazard.ensemble = {.frequency_sd = 0.6, .severity_sd = 0.4, .correlation = 0.25, .members = 256};
  hazard.reference = {.sector = "C",
                      .employees = 50,
                      .revenue = Money::from_minor(3'000'000'000, Currency::kCny),
                      .gross_margin = Share::from_percent(25),
                      .records = 8000,
                      .it_dependence = Share::from_percent(100),
                      .online_share = Share::from_percent(5),
                      .ot_lines = 2};
  hazard.sources = {{.id = "t", .status = Evidence::kAssumption, .text = "test"}};
  SectorActivity flat;
  flat.profile.fill(1.0);
  hazard.activities = {flat};
  return hazard;
}

// A lump sum of one head.
inline LossPart lump(double median_minor, double sigma, const std::string& head) {
  return {.name = head,
          .median = {.value = median_minor, .low = median_minor, .high = median_minor},
          .sigma = sigma,
          .heads = {{.head = head, .share = 1.0}}};
}

inline PerilHazard peril(const std::string& code, double frequency, std::vector<LossPart> losses) {
  return {.peril = {code},
          .frequency = {.value = frequency, .low = frequency, .high = frequency},
          .losses = std::move(losses)};
}

// Always `hours` long, all of the activity to start with, then half.
inline Outage fixed_outage(double hours) {
  return {.median_hours = {.value = hours, .low = hours, .high = hours},
          .sigma = 0.0,
          .hours_max = 1000.0,
          .share = {.a = 1.0, .b = 1.0},
          .curve = {{.until = 0.5, .level = 1.0}, {.until = 1.0, .level = 0.5}},
          .covers = {"FP.BI"}};
}

// A policy with one untimed section of each code.
inline terms::Terms plain_terms(const std::vector<std::string>& codes) {
  terms::Terms terms;
  for (const std::string& code : codes) terms.sections.push_back({.code = code});
  return terms;
}

}  // namespace anlan::engine::fixture
