// Hazard: the parameters of the loss model as data/hazard states them, each with its source.
//
// Nothing in the code holds a value: frequencies, distributions, splits over covers, the effect of
// controls and the width of the parameter ensemble all come from these files. Amounts are in minor
// units here, in yuan in the file.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/beta.h"
#include "base/fields.h"
#include "base/money.h"
#include "base/node.h"
#include "base/result.h"
#include "base/sha256.h"
#include "domain/ids.h"
#include "engine/control_priors.h"
#include "engine/risk_input.h"
#include "engine/survival_points.h"

namespace anlan::engine {

enum class Evidence : std::uint8_t { kAssumption = 1, kPublished = 2 };
constexpr auto enum_names(Evidence*) {
  return std::array{EnumName<Evidence>{Evidence::kAssumption, "assumption"},
                    EnumName<Evidence>{Evidence::kPublished, "published"}};
}

struct Source {
  std::string id;
  Evidence status = Evidence::kAssumption;
  std::string text;
};

// A number, the interval that its author finds plausible, and the index of its source.
struct Constant {
  double value = 0.0;
  double low = 0.0;
  double high = 0.0;
  std::size_t source = 0;
};

enum class SizeBy : std::uint8_t { kEmployees = 1, kRevenue = 2, kRecords = 3 };
constexpr auto enum_names(SizeBy*) {
  return std::array{EnumName<SizeBy>{SizeBy::kEmployees, "employees"},
                    EnumName<SizeBy>{SizeBy::kRevenue, "revenue"},
                    EnumName<SizeBy>{SizeBy::kRecords, "records"}};
}

// The value grows with (company / reference)^exponent; exponent 0: it does not.
struct SizeRule {
  SizeBy by = SizeBy::kEmployees;
  double exponent = 0.0;
  std::size_t source = 0;
};

// Something that happens in a share of the events: encryption, payment of a demand.
struct Gate {
  std::string name;
  Constant probability;
  std::optional<Driver> driver;  // scaled by controls on the severity side
};

// From the start of the previous stage until `until` (a share of the outage) `level` of the
// activity is lost.
struct CurveStage {
  double until = 1.0;
  double level = 1.0;
};

struct Outage {
  Constant median_hours;
  double sigma = 0.0;
  SurvivalPoints points;  // the law of the hours in place of the lognormal; empty: lognormal
  double hours_max = 0.0;
  maths::BetaShape share;  // of activity that stops
  std::size_t share_source = 0;
  std::vector<CurveStage> curve;    // rising `until`, the last is 1
  std::vector<std::string> covers;  // the first one that the policy has takes the loss
  std::optional<std::size_t> gate;
  bool online = false;  // only the part of the activity that is online
};

// The share of the records held that an event takes: one draw for every lump sum that grows with
// records, whose amount is that of all records x share^exponent. Never more than what is held.
struct RecordsTaken {
  maths::BetaShape share;
  std::size_t source = 0;
};

enum class AmountUnit : std::uint8_t { kMoney = 1, kOfRevenue = 2 };

struct HeadShare {
  std::string head;  // of the cover taxonomy
  double share = 1.0;
};

// A lump sum of an event: lognormal, cut at `max`, x the share in which a demand is settled.
struct LossPart {
  std::string name;
  Constant median;  // minor units, or a share of revenue
  AmountUnit unit = AmountUnit::kMoney;
  double sigma = 0.0;
  std::optional<double> max;
  AmountUnit max_unit = AmountUnit::kMoney;
  SizeRule size;
  std::optional<std::size_t> gate;
  std::optional<maths::BetaShape> settled;
  std::optional<Driver> driver;
  std::vector<HeadShare> heads;  // shares sum to 1
};

// Days from an incident, lognormal.
struct Lag {
  Constant median_days;
  double sigma = 0.0;
  double report_days = 0.0;  // from then to the report to the insurer
};

// How often a control that runs lapses, and for how long: exponential.
struct ControlLapse {
  Constant per_year;
  Constant mean_days;
};

// Whether an incident used a known vulnerability, and for how long its fix could then be had:
// exponential.
struct Patching {
  Constant known_share;
  Constant mean_days;
};

struct PerilHazard {
  domain::PerilName peril;
  Constant frequency;  // a year, of the reference company
  SizeRule frequency_size;
  std::vector<Gate> gates;
  std::optional<Outage> outage;
  std::optional<RecordsTaken> records;
  std::vector<LossPart> losses;
  std::optional<Lag> discovery;  // to the discovery; none: at once
  std::optional<Lag> claim;      // to the first claim; none: on discovery
  bool needs_ot_lines = false;   // ot_attack: none without production lines
  // Whether the company's own history counts it (the fact incidents_36m asks for it) and moves it.
  bool own_history = true;
  // Whether every constant behind this peril has a published source.
  bool published = false;
};

struct Ensemble {
  double frequency_sd = 0.0;
  double severity_sd = 0.0;
  double correlation = 0.0;
  std::int64_t members = 64;
};

struct Reference {
  std::string sector;
  std::int64_t employees = 1;
  Money revenue;
  Share gross_margin;
  std::int64_t records = 1;
  Share it_dependence;
  Share online_share;
  std::int64_t ot_lines = 0;
};

struct SectorFrequency {
  std::string sector;  // GB/T 4754 prefix: the longest that a company's sector starts with counts
  Constant factor;     // relative to the reference sector, all perils alike
};

struct SectorActivity {
  std::string sector;     // GB/T 4754 prefix; empty: every other
  WeekProfile profile{};  // mean 1
};

struct Hazard {
  std::string model;
  Currency currency = Currency::kCny;
  double company_gamma = 1.0;  // shape of the company's gamma; its mean is 1
  Ensemble ensemble;
  Reference reference;
  std::vector<Source> sources;
  std::vector<SectorFrequency> sector_frequencies;  // every section, some divisions and groups
  std::vector<SectorActivity> activities;
  std::vector<PerilHazard> perils;
  std::optional<ControlLapse> lapse;  // of every control alike; none: never
  std::optional<Patching> patching;   // none: no scale acts
  std::vector<domain::PerilName> not_modelled;
  ControlPriors controls;
  Digest digest;  // over the digests of the four files
};

struct HazardFile {
  const Node* root = nullptr;
  std::string_view name;  // for refusals
  Digest digest;          // of its bytes
};

// data/hazard/perils.toml, data/hazard/controls.toml, data/hazard/vectors.toml and
// data/controls.csv, the last as
// {"rows": [{column: text}, ...]}.
struct HazardFiles {
  HazardFile perils;
  HazardFile controls;
  HazardFile vectors;
  HazardFile questions;
};

// Refuses what refusals.h of this module lists, with file, line and column, and the shared reader's
// codes.
Result<Hazard> read_hazard(const HazardFiles& files);

// The exponent with which a lump sum grows with the share of records taken; 0: it does not.
double records_exponent(const PerilHazard& peril, const LossPart& part);

// A company with the facts of the reference and no control known.
RiskInput reference_company(const Hazard& hazard);

}  // namespace anlan::engine
