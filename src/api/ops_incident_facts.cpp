// Operation on the facts of an incident: what people found beside the report and the loss.
#include <algorithm>

#include "api/incident_facts_view.h"
#include "api/refusals.h"
#include "api/render.h"
#include "domain/incident_input.h"
#include "house/life.h"
#include "house/views.h"
#include "protection/refusals.h"
#include "terms/refusals.h"
#include "terms/script.h"

namespace anlan::api {
namespace {

using namespace domain;
using house::FactItem;
using house::ItemOnFile;

// A control that nobody asks for would be one that no wording can mean.
Result<Done> check_controls(Session& session, const IncidentFacts& facts) {
  ANLAN_TRY(const protection::Questionnaire* asked, session.library().questionnaire());
  for (const LapseFound& lapse : facts.lapses) {
    if (asked->find(lapse.control.text)) continue;
    std::vector<std::string> known;
    for (const protection::Question& question : asked->questions)
      known.push_back(question.control.text);
    return Refusal{.code = protection::kControlUnknown,
                   .path = "lapses.control",
                   .value = lapse.control.text,
                   .args = {{.name = "control", .value = lapse.control.text},
                            {.name = "nearest", .value = nearest(lapse.control.text, known)}},
                   .at = {}};
  }
  return Done{};
}

Result<Done> check_cause_tags(const IncidentFacts& facts) {
  const std::span<const std::string_view> known = terms::known_causes();
  for (const std::string& cause : facts.causes.value_or(std::vector<std::string>())) {
    if (std::find(known.begin(), known.end(), cause) != known.end()) continue;
    return Refusal{
        .code = terms::refusals::kCauseUnknown,
        .path = "causes",
        .value = cause,
        .args = {{.name = "cause", .value = cause},
                 {.name = "nearest", .value = nearest(cause, {known.begin(), known.end()})}},
        .at = {}};
  }
  return Done{};
}

// Whether any term of the wording looks at the item.
bool asks(const terms::Wording& wording, const ItemOnFile& item) {
  const auto& sections = wording.terms.sections;
  switch (item.item) {
    case FactItem::kDaysUnpatched:
      return !wording.scales.empty();
    case FactItem::kValue:
      return std::any_of(sections.begin(), sections.end(), [&](const terms::Section& section) {
        return section.average && section.code == item.key;
      });
    case FactItem::kOtherInsurance:
      return wording.terms.other_insurance.has_value();
    case FactItem::kProvider:
      return std::any_of(sections.begin(), sections.end(),
                         [](const terms::Section& section) { return !section.provider.empty(); });
    case FactItem::kLocation:
      return wording.territory.has_value();
    case FactItem::kCauses:
      return !terms::cause_tags(wording).empty();
    case FactItem::kAttribution:
      return std::any_of(wording.exclusions.begin(), wording.exclusions.end(),
                         [](const terms::Exclusion& exclusion) {
                           return exclusion.attribution != terms::AttributionRule::kNone;
                         });
    case FactItem::kLapse:
      return std::any_of(
          wording.obligations.begin(), wording.obligations.end(),
          [&](const terms::Obligation& obligation) { return obligation.control.text == item.key; });
  }
  check_failed("a known item", __FILE__, __LINE__);
}

// The items of the new record, and which of them no term of the policy's wording looks at.
Result<Reply> recorded(Session& session, IncidentId id, const Session::Outcome& outcome) {
  ANLAN_TRY(const house::House* house, session.house());
  const house::IncidentFile& file = *house::find_incident(*house, id);
  const house::PolicyFile& policy = *house::find_policy(*house, file.incident.policy);
  const Date day = house::incident_day(*house, id);
  const auto on = house::wording_on(policy, day);
  ANLAN_TRY(const terms::Wording* wording, session.library().wording(on.wording, on.artefact));
  Reply reply;
  for (const ItemOnFile& item : house::items_on_file({&file})) {
    if (item.record->seq != outcome.first_seq) continue;
    const TextArgs args{{"id", to_text(id)}, {"fact", fact_words(session, item, day)}};
    reply.brief.push_back(session.say("brief.incident_fact", args));
    if (!asks(*wording, item))
      reply.brief.push_back(session.say("brief.incident_fact_unasked",
                                        {{"item", word(session, "fact_item", item.item)}}));
  }
  for (const std::string& line : reply.brief) reply.document.paragraph(line);
  ANLAN_TRY(const Event event, session.event_at(outcome.first_seq));
  reply.json = to_node(std::get<IncidentFactsRecorded>(event));
  add_outcome(reply.json, outcome);
  return reply;
}

Result<Reply> record(Session& session, NodeReader& options) {
  house::RecordIncidentFacts command;
  command.incident = options.id<IncidentTag>("incident");
  const std::string path = options.text("file");
  const std::string evidence = options.text_or("evidence", "");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const Node tree, session.read_tree(path));
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(command.facts, read_incident_facts(tree, path, house->currency()));
  for (LapseFound& lapse : command.facts.lapses) {
    if (lapse.found_by.text.empty()) lapse.found_by.text = session.options().actor;
  }
  ANLAN_REQUIRE(check_controls(session, command.facts));
  ANLAN_REQUIRE(check_cause_tags(command.facts));
  if (!evidence.empty()) {
    ANLAN_TRY(const Bytes bytes, session.read_bytes(evidence));
    command.facts.evidence = sha256(bytes);
  }
  ANLAN_TRY(const Session::Outcome outcome, session.submit(command));
  return recorded(session, command.incident, outcome);
}

}  // namespace

std::vector<Operation> incident_facts_operations() {
  return {
      {.name = "incident facts",
       .command = house::RecordIncidentFacts::kName,
       .zh = "登记查明的事实：未修复日数、保险价值、其他保险、服务商、防护中断，以及对报案的更正",
       .en = "record what was found: days unpatched, values, other insurance, provider, lapsed "
             "controls, corrections of the report",
       .options = {positional("incident", "INCIDENT", "事故编号", "the incident, e.g. inc_40"),
                   positional("file", "FILE", "查明事实的文件（TOML 或 JSON）",
                              "file of the facts (TOML or JSON)"),
                   named("evidence", "FILE", "证据文件（登记其摘要）；防护中断和更正必须有证据",
                         "evidence, recorded by its digest; a lapse and a correction need it")},
       .run = record},
  };
}

}  // namespace anlan::api
