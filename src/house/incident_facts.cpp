#include "house/incident_facts.h"

#include <algorithm>
#include <set>

#include "base/refusals.h"
#include "claims/lapse_standing.h"
#include "domain/input_refusals.h"
#include "house/certificates.h"
#include "house/decision.h"
#include "house/views.h"

namespace anlan::house {

using namespace domain;

namespace {

// ---- which record counts

bool of_each_part(FactItem item) {
  switch (item) {
    case FactItem::kProvider:
    case FactItem::kLocation:
    case FactItem::kCauses:
    case FactItem::kAttribution:
      return true;
    case FactItem::kDaysUnpatched:
    case FactItem::kValue:
    case FactItem::kOtherInsurance:
    case FactItem::kLapse:
      return false;
  }
  check_failed("a known item", __FILE__, __LINE__);
}

void add_items(IncidentId incident, const FactsOnFile& record, std::vector<ItemOnFile>& out) {
  const IncidentFacts& facts = record.facts;
  const auto add = [&](FactItem item, bool stated, std::size_t place = 0, std::string key = {}) {
    if (!stated) return;
    out.push_back({.item = item,
                   .place = place,
                   .key = std::move(key),
                   .incident = incident,
                   .record = &record});
  };
  add(FactItem::kDaysUnpatched, facts.days_unpatched.has_value());
  for (std::size_t n = 0; n < facts.values.size(); ++n)
    add(FactItem::kValue, true, n, facts.values[n].section.text);
  add(FactItem::kOtherInsurance, facts.other_insurance.has_value());
  add(FactItem::kProvider, !facts.provider.empty());
  add(FactItem::kLocation, !facts.location.empty());
  add(FactItem::kCauses, facts.causes.has_value());
  add(FactItem::kAttribution, facts.attribution.has_value());
  for (std::size_t n = 0; n < facts.lapses.size(); ++n)
    add(FactItem::kLapse, true, n, facts.lapses[n].control.text);
}

bool replaces(const ItemOnFile& later, const ItemOnFile& item) {
  return later.record->seq > item.record->seq && later.item == item.item && later.key == item.key &&
         (!of_each_part(item.item) || later.incident == item.incident);
}

// ---- what a record must hold to

std::vector<RefusalArg> once() { return {{.name = "once", .value = "yes"}}; }

// A record is read by people.
constexpr std::size_t kNoteBytesMax = 4'000;
constexpr std::size_t kItemsMax = 100;

Result<Done> check_bounds(const IncidentFacts& facts) {
  const auto above = [](std::string_view path, std::size_t found, std::size_t most) {
    return refuse(anlan::refusals::kOutOfRange, path, std::to_string(found),
                  {{.name = "min", .value = "0"}, {.name = "max", .value = std::to_string(most)}});
  };
  if (facts.note.size() > kNoteBytesMax) return above("note", facts.note.size(), kNoteBytesMax);
  if (facts.values.size() > kItemsMax) return above("values", facts.values.size(), kItemsMax);
  if (facts.lapses.size() > kItemsMax) return above("lapses", facts.lapses.size(), kItemsMax);
  const std::size_t causes = facts.causes ? facts.causes->size() : 0;
  if (causes > kItemsMax) return above("causes", causes, kItemsMax);
  return Done{};
}

Result<Done> check_stated(const IncidentFacts& facts) {
  const bool stated = facts.days_unpatched || !facts.values.empty() || facts.other_insurance ||
                      !facts.provider.empty() || !facts.location.empty() || facts.causes ||
                      facts.attribution || !facts.lapses.empty();
  if (!stated) return refuse(refusals::kNoFactsStated, "facts");
  if (facts.note.empty()) return refuse(anlan::refusals::kEmptyText, "note");
  ANLAN_REQUIRE(check_bounds(facts));
  if (!certifies(facts) || facts.evidence != Digest{}) return Done{};
  return refuse(refusals::kFactUnevidenced, "evidence");
}

Result<Done> check_figures(const House& house, const IncidentFacts& facts) {
  const std::int64_t days = facts.days_unpatched.value_or(0);
  if (days < 0 || days > kDaysUnpatchedMax) {
    return refuse(anlan::refusals::kOutOfRange, "days_unpatched", std::to_string(days),
                  {{.name = "min", .value = "0"},
                   {.name = "max", .value = std::to_string(kDaysUnpatchedMax)}});
  }
  std::set<std::string> seen;
  for (const StatedValue& value : facts.values) {
    ANLAN_REQUIRE(check_amount(house, value.declared, "values.declared"));
    ANLAN_REQUIRE(check_amount(house, value.actual, "values.actual"));
    if (!seen.insert(value.section.text).second)
      return refuse(refusals::kFactTwice, "values.section", value.section.text, once());
  }
  if (!facts.other_insurance) return Done{};
  ANLAN_REQUIRE(
      check_amount(house, facts.other_insurance->sum_insured, "other_insurance.sum_insured"));
  return check_amount(house, facts.other_insurance->paid, "other_insurance.paid");
}

Result<Done> check_report(const IncidentFile& file, const IncidentFacts& facts) {
  const auto is_place = [](const std::string& place) {
    return place.empty() || is_country_code(place);
  };
  if (!is_place(facts.location)) return refuse(kPlaceMalformed, "location", facts.location);
  if (facts.attribution && !is_place(facts.attribution->state))
    return refuse(kPlaceMalformed, "attribution.state", facts.attribution->state);
  if (facts.provider.empty() || !file.loss || !file.loss->interruption) return Done{};
  const std::string& stated = file.loss->interruption->provider;
  if (stated.empty()) return Done{};
  return refuse(refusals::kFactTwice, "provider", facts.provider,
                {{.name = "stated", .value = stated}});
}

// "vendor who sold the control != verifier of its breach" (REFERENCE.md 4.4).
Result<Done> check_finder(const House& house, const EnterpriseFile& company,
                          const LapseFound& lapse) {
  const auto finder = house.actors.find(lapse.found_by);
  if (finder == house.actors.end())
    return refuse(refusals::kNotFound, "lapses.found_by", lapse.found_by.text);
  for (const OrderId id : company.orders) {
    const OrderFile& file = *find_order(house, id);
    const bool sells =
        file.sold_by == lapse.found_by || file.order.vendor == finder->second.organisation;
    const bool this_control =
        std::any_of(file.order.lines.begin(), file.order.lines.end(), [&](const OrderLine& line) {
          return std::find(line.controls.begin(), line.controls.end(), lapse.control) !=
                 line.controls.end();
        });
    if (!sells || !this_control) continue;
    return refuse(refusals::kFinderSellsControl, "lapses.found_by", lapse.found_by.text,
                  {{.name = "control", .value = lapse.control.text},
                   {.name = "order", .value = to_text(id)}});
  }
  return Done{};
}

Result<Done> check_days(const LapseFound& lapse, Date incident, Date today) {
  const auto wrong = [&](std::string_view key, Date date) {
    return refuse(refusals::kLapseDays, "lapses." + std::string(key), to_text(date),
                  {{.name = std::string(key), .value = "yes"},
                   {.name = "from", .value = to_text(lapse.from)},
                   {.name = "incident", .value = to_text(incident)}});
  };
  if (lapse.from > incident) return wrong("began", lapse.from);
  if (lapse.noticed_on && *lapse.noticed_on < lapse.from)
    return wrong("noticed_on", *lapse.noticed_on);
  if (lapse.noticed_on && *lapse.noticed_on > today)
    return refuse(refusals::kFutureTime, "lapses.noticed_on", to_text(*lapse.noticed_on));
  if (lapse.cure_by && (!lapse.noticed_on || *lapse.cure_by <= *lapse.noticed_on))
    return wrong("cure_by", *lapse.cure_by);
  if (lapse.noticed_on && !lapse.cure_by) return wrong("cure_by", *lapse.noticed_on);
  if (lapse.cured_on && *lapse.cured_on <= lapse.from) return wrong("cured_on", *lapse.cured_on);
  if (lapse.cured_on && *lapse.cured_on > today)
    return refuse(refusals::kFutureTime, "lapses.cured_on", to_text(*lapse.cured_on));
  return Done{};
}

}  // namespace

const IncidentFile& first_of(const House& house, const IncidentFile& file) {
  if (!file.incident.related_to.exists()) return file;
  const IncidentFile* first = find_incident(house, file.incident.related_to);
  ANLAN_CHECK(first != nullptr);
  return *first;
}

std::vector<ItemOnFile> items_on_file(const std::vector<const IncidentFile*>& parts) {
  std::vector<ItemOnFile> items;
  for (const IncidentFile* part : parts) {
    for (const FactsOnFile& record : part->facts) add_items(part->incident.id, record, items);
  }
  std::stable_sort(items.begin(), items.end(), [](const ItemOnFile& a, const ItemOnFile& b) {
    return a.record->seq < b.record->seq;
  });
  for (ItemOnFile& item : items) {
    item.counts = std::none_of(items.begin(), items.end(),
                               [&](const ItemOnFile& other) { return replaces(other, item); });
  }
  return items;
}

Incident incident_on_record(const IncidentFile& file) {
  Incident incident = file.incident;
  for (const FactsOnFile& record : file.facts) {
    if (!record.facts.location.empty()) incident.location = record.facts.location;
    if (record.facts.causes) incident.causes = *record.facts.causes;
    if (record.facts.attribution) incident.attribution = record.facts.attribution;
  }
  return incident;
}

std::string provider_on_record(const IncidentFile& file) {
  std::string provider;
  for (const FactsOnFile& record : file.facts) {
    if (!record.facts.provider.empty()) provider = record.facts.provider;
  }
  return provider;
}

LossStatement loss_on_record(const IncidentFile& file) {
  ANLAN_CHECK(file.loss.has_value());
  LossStatement loss = *file.loss;
  if (!loss.interruption || !loss.interruption->provider.empty()) return loss;
  loss.interruption->provider = provider_on_record(file);
  return loss;
}

void add_recorded_facts(const std::vector<const IncidentFile*>& parts, Date day,
                        claims::AdjudicationInput& input) {
  for (const ItemOnFile& item : items_on_file(parts)) {
    if (!item.counts) continue;
    const IncidentFacts& facts = item.record->facts;
    switch (item.item) {
      case FactItem::kDaysUnpatched:
        input.days_unpatched = facts.days_unpatched;
        break;
      case FactItem::kValue:
        input.values.push_back(facts.values[item.place]);
        break;
      case FactItem::kOtherInsurance:
        input.other_insurance = facts.other_insurance;
        break;
      case FactItem::kLapse: {
        const LapseFound& lapse = facts.lapses[item.place];
        if (claims::lapse_standing(lapse, day) == claims::LapseStanding::kCounts)
          input.lapses.push_back(claims::lapsed_control(lapse, day));
        break;
      }
      case FactItem::kProvider:
      case FactItem::kLocation:
      case FactItem::kCauses:
      case FactItem::kAttribution:
        break;  // see incident_on_record and loss_on_record
    }
  }
}

bool certifies(const IncidentFacts& facts) {
  return !facts.lapses.empty() || !facts.location.empty() || facts.causes || facts.attribution;
}

Result<Done> check_incident_facts(const House& house, const IncidentFile& file,
                                  const IncidentFacts& facts, Instant at) {
  ANLAN_REQUIRE(check_stated(facts));
  ANLAN_REQUIRE(check_figures(house, facts));
  ANLAN_REQUIRE(check_report(file, facts));
  const PolicyFile& policy = *find_policy(house, file.incident.policy);
  const CertificateOnFile* member = find_certificate(policy, file.incident.certificate);
  const EnterpriseFile& company =
      *find_enterprise(house, member ? member->certificate.enterprise : policy.policy.enterprise);
  const UtcOffset offset = policy.policy.offset;
  const Date incident = date_of(first_of(house, file).incident.occurred, offset);
  std::set<std::string> seen;
  for (const LapseFound& lapse : facts.lapses) {
    if (lapse.control.text.empty()) return refuse(anlan::refusals::kEmptyText, "lapses.control");
    if (!seen.insert(lapse.control.text).second)
      return refuse(refusals::kFactTwice, "lapses.control", lapse.control.text, once());
    ANLAN_REQUIRE(check_finder(house, company, lapse));
    ANLAN_REQUIRE(check_days(lapse, incident, date_of(at, offset)));
  }
  return Done{};
}

}  // namespace anlan::house
