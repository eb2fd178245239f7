// Incident facts: what people found about an incident beyond its report and its loss. The terms of
// some wordings ask for it, and it corrects the report where that was wrong.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "base/money.h"
#include "base/sha256.h"
#include "base/time.h"
#include "domain/attribution.h"
#include "domain/cover.h"
#include "domain/ids.h"

namespace anlan::domain {

// A century: no fix is older (assumption).
inline constexpr std::int64_t kDaysUnpatchedMax = 36'525;

// Of a section with underinsurance average: what was declared and what it was worth at the loss.
struct StatedValue {
  CoverCode section;
  Money declared;
  Money actual;
  bool operator==(const StatedValue&) const = default;
  template <class S = StatedValue>
  static constexpr auto fields() {
    return std::tuple{field("section", &S::section), field("declared", &S::declared),
                      field("actual", &S::actual)};
  }
};

// Other policies that cover the same loss: their sums insured together, and what they pay.
struct OtherCover {
  Money sum_insured;
  Money paid;
  bool operator==(const OtherCover&) const = default;
  template <class E = OtherCover>
  static constexpr auto fields() {
    return std::tuple{field("sum_insured", &E::sum_insured), field("paid", &E::paid)};
  }
};

// A control that did not run, as a person found, and that bore on the incident: a lost signal alone
// is no lapse (REFERENCE.md 4.2). Days are those of the policy's time zone.
struct LapseFound {
  ControlName control;
  Date from;                            // the first day on which it did not run
  ActorName found_by;                   // of the house; never whoever sells that control
  std::optional<Date> noticed_on = {};  // the insured was told in writing
  std::optional<Date> cure_by = {};     // the last day to cure; together with the notice
  std::optional<Date> cured_on = {};    // the first day on which it ran again
  bool withdrawn = false;               // it was none after all
  bool operator==(const LapseFound&) const = default;
  template <class L = LapseFound>
  static constexpr auto fields() {
    return std::tuple{field("control", &L::control),    field("from", &L::from),
                      field("found_by", &L::found_by),  field("noticed_on", &L::noticed_on),
                      field("cure_by", &L::cure_by),    field("cured_on", &L::cured_on),
                      field("withdrawn", &L::withdrawn)};
  }
};

// One record: any of the items, with what shows them. Of each item (of `values` by section, of
// `lapses` by control) the newest record counts.
struct IncidentFacts {
  // From the first day on which a fix could be had to the exploitation; 0: no known vulnerability
  // was used.
  std::optional<std::int64_t> days_unpatched = {};
  std::vector<StatedValue> values = {};
  std::optional<OtherCover> other_insurance = {};
  std::string provider = {};  // whose service failed; empty: not stated
  std::string location = {};  // corrects the report: ISO 3166-1 alpha-2; empty: not stated
  std::optional<std::vector<std::string>> causes = {};  // corrects the report: all of them
  std::optional<Attribution> attribution = {};          // corrects the report
  std::vector<LapseFound> lapses = {};
  std::string note = {};  // which document, or who, says so
  Digest evidence = {};   // of that document
  bool operator==(const IncidentFacts&) const = default;
  template <class I = IncidentFacts>
  static constexpr auto fields() {
    return std::tuple{field("days_unpatched", &I::days_unpatched),
                      field("values", &I::values),
                      field("other_insurance", &I::other_insurance),
                      field("provider", &I::provider),
                      field("location", &I::location),
                      field("causes", &I::causes),
                      field("attribution", &I::attribution),
                      field("lapses", &I::lapses),
                      field("note", &I::note),
                      field("evidence", &I::evidence)};
  }
};

struct IncidentFactsRecorded {
  static constexpr std::uint16_t kKind = 136;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "incident_facts_recorded";
  IncidentId incident;
  IncidentFacts facts;
  bool operator==(const IncidentFactsRecorded&) const = default;
  template <class E = IncidentFactsRecorded>
  static constexpr auto fields() {
    return std::tuple{field("incident", &E::incident), field("facts", &E::facts)};
  }
};

// A loss adjuster of another house is to find out about an incident and all its parts.
struct AdjusterAppointed {
  static constexpr std::uint16_t kKind = 143;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "adjuster_appointed";
  IncidentId incident;
  OrganisationName adjuster;
  std::string brief;  // what it is asked to find out
  bool operator==(const AdjusterAppointed&) const = default;
  template <class E = AdjusterAppointed>
  static constexpr auto fields() {
    return std::tuple{field("incident", &E::incident), field("adjuster", &E::adjuster),
                      field("brief", &E::brief)};
  }
};

}  // namespace anlan::domain
