// View of an incident: what was reported and stated, which conditions are on record and which are
// not yet.
#include <algorithm>

#include "api/incident_facts_view.h"
#include "api/render.h"
#include "house/certificates.h"
#include "house/incident_facts.h"
#include "house/life.h"
#include "house/views.h"
#include "underwriting/percent.h"

namespace anlan::api {
namespace {

using namespace domain;

void add_report(Session& session, const house::House& house, const house::IncidentFile& file,
                Document& document) {
  const Incident& incident = file.incident;
  const Policy& policy = house::find_policy(house, incident.policy)->policy;
  const UtcOffset offset = house.offset();
  FactTable table;
  table.row(session.say("list.policy"), with_id(session, policy.number, to_text(policy.id)));
  table.row(session.say("list.enterprise"), company_name(house, policy.enterprise));
  if (const auto* own = house::find_certificate(*house::find_policy(house, incident.policy),
                                                incident.certificate)) {
    table.row(session.say("member.certificate"),
              with_id(session, company_name(house, own->certificate.enterprise),
                      certificate_number(policy.number, incident.certificate)));
  }
  table.row(session.say("view.peril"), peril_name(session, incident.peril));
  table.row(session.say("view.occurred"), moment_text(to_text(incident.occurred, offset)));
  table.row(session.say("view.discovered"), moment_text(to_text(incident.discovered, offset)));
  table.row(session.say("view.reported"),
            session.say("view.reported_by", {{"at", moment_text(to_text(file.reported_at, offset))},
                                             {"who", file.reported_by.text}}));
  if (!incident.summary.empty()) table.row(session.say("view.summary"), incident.summary);
  std::string causes;
  for (const std::string& cause : incident.causes)
    causes +=
        (causes.empty() ? "" : session.say("slip.and")) + say_or(session, "cause." + cause, cause);
  if (!causes.empty()) table.row(session.say("view.causes"), causes);
  if (!incident.location.empty()) table.row(session.say("view.location"), incident.location);
  if (incident.attribution) {
    const Attribution& record = *incident.attribution;
    const bool blamed = record.source != AttributionSource::kNone;
    table.row(session.say("view.attribution"),
              session.say("view.attribution_by",
                          {{"source", word(session, "attribution_source", record.source)},
                           {"date", blamed ? to_text(record.date) : ""},
                           {"confidence", underwriting::percent_text(record.confidence.ppm())},
                           {"state", record.state},
                           {"impaired", record.state_impaired ? "yes" : ""},
                           {"bystanding", record.bystanding ? "yes" : ""}}));
  }
  std::string adjusters;
  for (const OrganisationName& each : file.adjusters)
    adjusters += (adjusters.empty() ? "" : session.say("slip.and")) + each.text;
  if (!adjusters.empty()) table.row(session.say("view.adjusters"), adjusters);
  table.row(session.say("view.claim"),
            file.claim.exists() ? to_text(file.claim) : session.say("view.none"));
  document.table(table.take());
}

void add_loss(Session& session, const house::House& house, const house::IncidentFile& file,
              Document& document) {
  document.heading(2, session.say("view.loss"));
  if (!file.loss) {
    document.paragraph(session.say("view.no_loss"));
    return;
  }
  Table table;
  table.columns = {{.title = session.say("view.head")},
                   {.title = session.say("view.amount"), .align = Align::kRight},
                   {.title = session.say("view.betterment"), .align = Align::kRight},
                   {.title = session.say("view.note")}};
  for (const LossItem& item : file.loss->items) {
    table.rows.push_back({head_name(session, item.head.text),
                          with_currency(item.amount, house.currency()),
                          with_currency(item.betterment, house.currency()), item.note});
  }
  if (!table.rows.empty()) document.table(std::move(table));
  if (file.loss->interruption) {
    const InterruptionStatement& stated = *file.loss->interruption;
    document.paragraph(session.say(
        "view.interruption",
        {{"from", moment_text(to_text(stated.started, house.offset()))},
         {"until", moment_text(to_text(stated.restored, house.offset()))},
         {"hours", std::to_string(minutes_between(stated.started, stated.restored) / 60)},
         {"stopped", underwriting::percent_text(stated.stopped_ppm)},
         {"provider", stated.provider},
         {"sales", std::to_string(stated.sales.size())}}));
  }
  if (!file.loss->mitigation.is_zero()) {
    document.paragraph(
        session.say("view.mitigation", {{"amount", to_grouped(file.loss->mitigation)}}));
  }
}

// When it was met and who recorded that when, on which evidence.
std::string condition_line(Session& session, const house::House& house, const std::string& name,
                           const house::ConditionOnFile& record) {
  const ConditionMet& met = record.condition;
  return session.say(
      "view.condition_met",
      {{"condition", name},
       {"reference", met.reference},
       {"met", met.met ? moment_text(to_text(*met.met, house.offset())) : std::string()},
       {"at", moment_text(to_text(record.at, house.offset()))},
       {"by", record.by.text},
       {"evidence", met.evidence == Digest{} ? std::string() : short_hex(met.evidence)},
       {"correct", record.correct ? "yes" : ""}});
}

// Every condition that the wording knows: on record with its reference, or not yet.
Result<Done> add_conditions(Session& session, const house::House& house,
                            const house::IncidentFile& file, Document& document) {
  const house::PolicyFile& policy = *house::find_policy(house, file.incident.policy);
  const auto on = house::wording_on(policy, date_of(file.incident.occurred, policy.policy.offset));
  ANLAN_TRY(const terms::Wording* wording, session.library().wording(on.wording, on.artefact));
  if (wording->conditions.empty()) return Done{};
  document.heading(2, session.say("view.conditions"));
  for (const terms::Condition& condition : wording->conditions) {
    const std::string name = say_or(session, "condition." + condition.name, condition.name);
    bool found = false;
    for (const house::ConditionOnFile& record : file.conditions) {
      if (record.condition.condition != condition.name) continue;
      found = true;
      document.bullet(condition_line(session, house, name, record));
    }
    if (!found) {
      document.bullet(
          session.say("view.condition_open", {{"condition", name}, {"clause", condition.clause}}),
          "!");
    }
  }
  return Done{};
}

Result<Reply> show(Session& session, NodeReader& options) {
  const auto id = options.id<IncidentTag>("incident");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const house::House* house, session.house());
  const house::IncidentFile* file = house::find_incident(*house, id);
  if (!file) return not_found("incident", to_text(id));
  Reply reply;
  reply.document.heading(1, session.say("view.incident_title", {{"id", to_text(id)}}));
  add_report(session, *house, *file, reply.document);
  add_loss(session, *house, *file, reply.document);
  ANLAN_REQUIRE(add_conditions(session, *house, *file, reply.document));
  reply.json = to_node(file->incident);
  reply.json.add("reported_by", to_node(file->reported_by));
  reply.json.add("reported_at", to_node(file->reported_at));
  reply.json.add("loss", to_node(file->loss));
  Node& conditions = reply.json.add("conditions", Node::list());
  for (const house::ConditionOnFile& record : file->conditions) {
    Node node = to_node(record.condition);
    node.add("recorded_at", to_node(record.at));
    node.add("recorded_by", to_node(record.by));
    node.add("correct", to_node(record.correct));
    conditions.items.push_back(std::move(node));
  }
  reply.json.add("claim", to_node(file->claim));
  reply.json.add("adjusters", to_node(file->adjusters));
  add_incident_facts(session, *house, house::with_parts(*house, house::first_of(*house, *file)),
                     reply);
  reply.brief.push_back(
      session.say("brief.incident_reported",
                  {{"id", to_text(id)},
                   {"policy", to_text(file->incident.policy)},
                   {"peril", peril_name(session, file->incident.peril)},
                   {"occurred", moment_text(to_text(file->incident.occurred, house->offset()))}}));
  return reply;
}

}  // namespace

std::vector<Operation> view_operations() {
  return {
      {.name = "incident show",
       .command = "",
       .zh = "查看事故：报案、损失、约定条件与查明的事实",
       .en = "show an incident: report, loss, conditions, facts found",
       .options = {positional("incident", "INCIDENT", "事故编号", "the incident, e.g. inc_40")},
       .run = show},
  };
}

}  // namespace anlan::api
