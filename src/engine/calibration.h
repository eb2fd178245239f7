// Calibration: what the loss model is held against, as data/hazard/calibration.toml fixes it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/money.h"
#include "base/node.h"
#include "base/result.h"
#include "base/share.h"
#include "domain/ids.h"
#include "engine/hazard.h"

namespace anlan::engine {

// Amounts in major units of the hazard's currency: they are targets, not money that anybody owes.
struct PerilTarget {
  domain::PerilName peril;
  double mean = 0.0;     // ground-up, of an event
  double insured = 0.0;  // expected a year
};

// The wording of the calibration with some terms changed.
struct TermsTarget {
  std::string zh;
  std::string en;
  std::optional<std::int64_t> waiting_hours;  // of business interruption
  std::optional<Money> retention;             // of each incident
  std::string without;                        // a section that is not covered; empty: none
  double insured = 0.0;
};

// A shared event that needs the portfolio of many companies: fixed, not run.
struct SharedEvent {
  std::string event;
  std::string start;           // a date; empty: a scenario
  double low = 0.0;            // billions of USD, insured
  std::optional<double> high;  // none: at least `low`
  std::string note_zh;
  std::string note_en;
  std::string needs_zh;  // why it is not run
  std::string needs_en;
  std::string source;
};

// A group of sectors and a band of sizes that the model card shows a company of.
struct SectorGroup {
  std::string sector;  // GB/T 4754, of the company that is shown
  std::string zh;
  std::string en;
};
struct SizeBand {
  std::string zh;
  std::string en;
  std::optional<std::int64_t> below;  // people; none: the last band
  std::int64_t employees = 1;         // of the company that is shown
};

struct Calibration {
  domain::WordingName wording;
  double insured = 0.0;
  double ground_up = 0.0;
  Share tolerance;
  Share peril_tolerance;
  double range_low = 0.0;
  double range_high = 0.0;
  std::vector<domain::PerilName> apart;
  std::vector<PerilTarget> perils;
  std::vector<TermsTarget> terms;
  std::vector<SharedEvent> shared_events;
  std::vector<SectorGroup> groups;
  std::vector<SizeBand> bands;
};

// Refuses kOutsideOwnRange (a company outside its size band, bands that do not rise), domain's
// sector codes, kPerilUnknown, kPerilNotModelled (a peril without a target that does not stand
// apart), a source that the hazard does not have, and the shared reader's codes.
Result<Calibration> read_calibration(const Node& root, const std::string& file,
                                     const Hazard& hazard);

}  // namespace anlan::engine
