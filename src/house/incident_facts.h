// Incident facts: what a record of them must hold to, which of all records counts, and what a
// claim makes of it. Pure.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "claims/adjudicate.h"
#include "house/evolve.h"
#include "house/house.h"

namespace anlan::house {

enum class FactItem : std::uint8_t {
  kDaysUnpatched = 1,
  kValue = 2,  // of a section
  kOtherInsurance = 3,
  kProvider = 4,
  kLocation = 5,
  kCauses = 6,
  kAttribution = 7,
  kLapse = 8,  // of a control
};
constexpr auto enum_names(FactItem*) {
  using I = FactItem;
  return std::array{EnumName<I>{I::kDaysUnpatched, "days_unpatched"},
                    EnumName<I>{I::kValue, "value"},
                    EnumName<I>{I::kOtherInsurance, "other_insurance"},
                    EnumName<I>{I::kProvider, "provider"},
                    EnumName<I>{I::kLocation, "location"},
                    EnumName<I>{I::kCauses, "causes"},
                    EnumName<I>{I::kAttribution, "attribution"},
                    EnumName<I>{I::kLapse, "lapse"}};
}

// One item of one record. It counts unless a later record states the same item: of an incident and
// its parts together; provider, place, causes and attribution are those of each part.
struct ItemOnFile {
  FactItem item = FactItem::kDaysUnpatched;
  std::size_t place = 0;  // in the values or the lapses of its record
  std::string key = {};   // section or control
  domain::IncidentId incident = {};
  const FactsOnFile* record = nullptr;  // lives as long as the house
  bool counts = true;
};

// Oldest first.
std::vector<ItemOnFile> items_on_file(const std::vector<const IncidentFile*>& parts);

// As reported, with what corrects the report.
domain::Incident incident_on_record(const IncidentFile& file);
// As stated last; the provider of the record where the statement names none. The incident must have
// a statement.
// The incident that a part is decided with; itself, where it is no part.
const IncidentFile& first_of(const House& house, const IncidentFile& file);

// The provider that the newest record of facts names; empty: none does.
std::string provider_on_record(const IncidentFile& file);

domain::LossStatement loss_on_record(const IncidentFile& file);

// Days unpatched, values, other insurance and the lapses that count on the day of the incident.
void add_recorded_facts(const std::vector<const IncidentFile*>& parts, Date day,
                        claims::AdjudicationInput& input);

// Whether two persons must have seen it: a lapse, or a correction of the report.
bool certifies(const domain::IncidentFacts& facts);

// What every record must hold to, whoever makes it. Refuses kNoFactsStated, kEmptyText (note),
// kOutOfRange (days unpatched), what check_amount refuses, kFactTwice (a section or a control in
// one record; a provider where the statement of loss names one, args stated), kPlaceMalformed,
// kFactUnevidenced (a lapse or a correction without evidence), and of a lapse kNotFound (the
// finder), kFinderSellsControl (args control, order), kLapseDays (args from, incident, and which
// day), kFutureTime.
Result<Done> check_incident_facts(const House& house, const IncidentFile& file,
                                  const domain::IncidentFacts& facts, Instant at);

}  // namespace anlan::house
