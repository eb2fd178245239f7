#include "api/incident_facts_view.h"

#include "api/render.h"
#include "claims/lapse_standing.h"
#include "house/views.h"
#include "underwriting/percent.h"

namespace anlan::api {
namespace {

using namespace domain;
using house::FactItem;
using house::ItemOnFile;

std::string causes_text(Session& session, const std::vector<std::string>& causes) {
  std::string text;
  for (const std::string& cause : causes)
    text +=
        (text.empty() ? "" : session.say("slip.and")) + say_or(session, "cause." + cause, cause);
  return text.empty() ? session.say("view.none") : text;
}

std::string lapse_text(Session& session, const LapseFound& lapse, Date day) {
  const claims::LapseStanding standing = claims::lapse_standing(lapse, day);
  return session.say("incident_facts.lapse",
                     {{"control", lapse.control.text},
                      {"from", to_text(lapse.from)},
                      {"days", std::to_string(claims::lapsed_control(lapse, day).days)},
                      {"by", lapse.found_by.text},
                      {"noticed", lapse.noticed_on ? to_text(*lapse.noticed_on) : std::string()},
                      {"cure_by", lapse.cure_by ? to_text(*lapse.cure_by) : std::string()},
                      {"cured", lapse.cured_on ? to_text(*lapse.cured_on) : std::string()},
                      {"standing", word(session, "lapse_standing", standing)}});
}

std::string attribution_text(Session& session, const Attribution& record) {
  const bool blamed = record.source != AttributionSource::kNone;
  return session.say("view.attribution_by",
                     {{"source", word(session, "attribution_source", record.source)},
                      {"date", blamed ? to_text(record.date) : ""},
                      {"confidence", underwriting::percent_text(record.confidence.ppm())},
                      {"state", record.state},
                      {"impaired", record.state_impaired ? "yes" : ""},
                      {"bystanding", record.bystanding ? "yes" : ""}});
}

}  // namespace

std::string fact_words(Session& session, const ItemOnFile& item, Date day) {
  const IncidentFacts& facts = item.record->facts;
  switch (item.item) {
    case FactItem::kDaysUnpatched:
      return session.say("incident_facts.days_unpatched",
                         {{"days", std::to_string(*facts.days_unpatched)}});
    case FactItem::kValue: {
      const StatedValue& value = facts.values[item.place];
      return session.say("incident_facts.value",
                         {{"section", head_name(session, value.section.text)},
                          {"declared", to_grouped(value.declared)},
                          {"actual", to_grouped(value.actual)}});
    }
    case FactItem::kOtherInsurance:
      return session.say("incident_facts.other_insurance",
                         {{"sum", to_grouped(facts.other_insurance->sum_insured)},
                          {"paid", to_grouped(facts.other_insurance->paid)}});
    case FactItem::kProvider:
      return session.say("incident_facts.provider", {{"provider", facts.provider}});
    case FactItem::kLocation:
      return session.say("incident_facts.location", {{"location", facts.location}});
    case FactItem::kCauses:
      return session.say("incident_facts.causes",
                         {{"causes", causes_text(session, *facts.causes)}});
    case FactItem::kAttribution:
      return session.say("incident_facts.attribution",
                         {{"attribution", attribution_text(session, *facts.attribution)}});
    case FactItem::kLapse:
      return lapse_text(session, facts.lapses[item.place], day);
  }
  check_failed("a known item", __FILE__, __LINE__);
}

std::string fact_line(Session& session, const house::House& house, const ItemOnFile& item,
                      Date day) {
  const house::FactsOnFile& record = *item.record;
  const Digest& evidence = record.facts.evidence;
  return session.say("incident_facts.line",
                     {{"fact", fact_words(session, item, day)},
                      {"at", moment_text(to_text(record.at, house.offset()))},
                      {"by", record.by.text},
                      {"note", record.facts.note},
                      {"evidence", evidence == Digest{} ? std::string() : short_hex(evidence)},
                      {"replaced", item.counts ? "" : "yes"}});
}

void add_incident_facts(Session& session, const house::House& house,
                        const std::vector<const house::IncidentFile*>& parts, Reply& reply) {
  const Date day = house::incident_day(house, parts.front()->incident.id);
  const std::vector<ItemOnFile> items = house::items_on_file(parts);
  if (!items.empty()) reply.document.heading(2, session.say("incident_facts.title"));
  Node& counting = reply.json.add("facts_counting", Node::list());
  for (const ItemOnFile& item : items) {
    reply.document.bullet(fact_line(session, house, item, day));
    if (!item.counts) continue;
    Node node = Node::table();
    node.add("item", to_node(item.item));
    node.add("of", item.key.empty() ? Node::null() : Node::string(item.key));
    node.add("incident", to_node(item.incident));
    node.add("seq", to_node(item.record->seq));
    counting.items.push_back(std::move(node));
  }
  Node& records = reply.json.add("facts", Node::list());
  for (const house::IncidentFile* part : parts) {
    for (const house::FactsOnFile& record : part->facts) records.items.push_back(to_node(record));
  }
}

}  // namespace anlan::api
