// Who stands how to the house: its own licence, what a company agrees to, the adjusters that were
// appointed to an incident.
#include "api/missing_option.h"
#include "api/render.h"
#include "house/access.h"

namespace anlan::api {
namespace {

using namespace domain;

enum class YesOrNo : std::uint8_t { kYes = 1, kNo = 2 };
constexpr auto enum_names(YesOrNo*) {
  return std::array{EnumName<YesOrNo>{YesOrNo::kYes, "yes"}, EnumName<YesOrNo>{YesOrNo::kNo, "no"}};
}

std::string until_text(const std::optional<Date>& until) {
  return until ? to_text(*until) : std::string();
}

Result<Reply> record_licence(Session& session, NodeReader& options) {
  house::RecordLicence command;
  LicenceRecorded& licence = command.licence;
  licence.number = options.text("number");
  licence.from = options.date("from");
  if (options.has("until")) licence.until = options.date("until");
  const std::string evidence = options.text("evidence");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const Bytes paper, session.read_bytes(evidence));
  licence.evidence = sha256(paper);
  ANLAN_TRY(const Session::Outcome outcome, session.submit(command));
  ANLAN_TRY(const Event event, session.event_at(outcome.first_seq));
  const auto& recorded = std::get<LicenceRecorded>(event);
  Node json = to_node(recorded);
  add_outcome(json, outcome);
  return brief_reply(session.say("licence.recorded", {{"number", recorded.number},
                                                      {"from", to_text(recorded.from)},
                                                      {"until", until_text(recorded.until)}}),
                     std::move(json));
}

Result<Reply> list_licences(Session& session, NodeReader& options) {
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const Instant now, session.now());
  const bool covered = house::check_licensed(*house, date_of(now, house->offset())).ok();
  Reply reply;
  reply.json = Node::table();
  reply.json.add("may_bind", Node::boolean(covered));
  Node& rows = reply.json.add("licences", Node::list());
  Table table;
  table.columns = {{.title = session.say("licence.number")},
                   {.title = session.say("licence.from")},
                   {.title = session.say("licence.until")},
                   {.title = session.say("licence.by")},
                   {.title = session.say("licence.evidence")}};
  for (const house::LicenceOnFile& each : house->licences) {
    Node node = to_node(each.licence);
    node.add("by", to_node(each.by));
    node.add("at", to_node(each.at));
    rows.items.push_back(std::move(node));
    table.rows.push_back({each.licence.number, to_text(each.licence.from),
                          until_text(each.licence.until), each.by.text,
                          short_hex(each.licence.evidence)});
  }
  if (!table.rows.empty()) reply.document.table(std::move(table));
  const std::string_view state = house->opening->sandbox ? "licence.sandbox"
                                 : covered               ? "licence.covered"
                                                         : "licence.missing";
  reply.document.paragraph(session.say(state));
  return reply;
}

Result<Reply> change_consent(Session& session, NodeReader& options) {
  house::ChangeConsent command;
  ConsentChanged& change = command.change;
  change.enterprise = options.id<EnterpriseTag>("enterprise");
  change.reason = options.text("reason");
  std::optional<YesOrNo> assess;
  std::optional<YesOrNo> monitor;
  if (options.has("assess")) assess = options.choice<YesOrNo>("assess");
  if (options.has("monitor")) monitor = options.choice<YesOrNo>("monitor");
  if (options.refused()) return options.report().refusal();
  if (!assess && !monitor) {
    Refusal refusal = missing_option("assess", "enterprise consent");
    refusal.args[0].value = "--assess, --monitor";
    return refusal;
  }
  ANLAN_TRY(const house::House* house, session.house());
  const house::EnterpriseFile* file = house::find_enterprise(*house, change.enterprise);
  if (!file) return not_found("enterprise", to_text(change.enterprise));
  const Enterprise& company = file->enterprise;
  change.assess = assess ? *assess == YesOrNo::kYes : company.assess_consent;
  change.monitor = monitor ? *monitor == YesOrNo::kYes : company.monitor_consent;
  ANLAN_TRY(const Session::Outcome outcome, session.submit(command));
  ANLAN_TRY(const Event event, session.event_at(outcome.first_seq));
  const auto& changed = std::get<ConsentChanged>(event);
  Node json = to_node(changed);
  add_outcome(json, outcome);
  return brief_reply(
      session.say("consent.changed",
                  {{"id", to_text(changed.enterprise)},
                   {"assess", session.say(changed.assess ? "answer.yes" : "answer.no")},
                   {"monitor", session.say(changed.monitor ? "answer.yes" : "answer.no")}}),
      std::move(json));
}

Result<Reply> appoint_adjuster(Session& session, NodeReader& options) {
  house::AppointAdjuster command;
  command.appointment = {.incident = options.id<IncidentTag>("incident"),
                         .adjuster = options.name<OrganisationTag>("organisation"),
                         .brief = options.text("brief")};
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const Session::Outcome outcome, session.submit(command));
  ANLAN_TRY(const Event event, session.event_at(outcome.first_seq));
  const auto& appointed = std::get<AdjusterAppointed>(event);
  Node json = to_node(appointed);
  add_outcome(json, outcome);
  return brief_reply(session.say("adjuster.appointed", {{"id", to_text(appointed.incident)},
                                                        {"adjuster", appointed.adjuster.text}}),
                     std::move(json));
}

}  // namespace

std::vector<Operation> standing_operations() {
  return {
      {.name = "licence record",
       .command = house::RecordLicence::kName,
       .zh = "登记本保险机构的许可证；真实账套凭有效的许可证承保和收费",
       .en = "record the insurer's licence, without which a house of real money neither binds nor "
             "collects",
       .options = {positional("number", "NUMBER", "许可证号", "the number of the licence"),
                   named("from", "DATE", "有效期的第一日", "first day", true),
                   named("until", "DATE", "失效日（不含），可不填",
                         "the day after the last; none: until another is recorded"),
                   named("evidence", "FILE", "许可证文件（登记其摘要）",
                         "the paper, recorded by its digest", true)},
       .run = record_licence},
      {.name = "licence list",
       .command = "",
       .zh = "列出登记的许可证，今日可否承保和收费",
       .en = "list the licences on record, and whether the house may bind today",
       .options = {},
       .run = list_licences},
      {.name = "enterprise consent",
       .command = house::ChangeConsent::kName,
       .zh = "登记企业给予或撤回的同意：安全评估、持续监测",
       .en = "record consent that a company gives or withdraws: to be assessed, to be monitored",
       .options = {positional("enterprise", "ENTERPRISE", "企业编号", "the company, e.g. ent_9"),
                   named("assess", "YES_OR_NO", "同意安全评估：yes 或 no，不填则不变",
                         "to be assessed: yes or no; left out: as before"),
                   named("monitor", "YES_OR_NO", "同意持续监测：yes 或 no，不填则不变",
                         "to be monitored: yes or no; left out: as before"),
                   named("reason", "TEXT", "企业所述的缘由", "why, in the company's words", true)},
       .run = change_consent},
      {.name = "incident adjuster",
       .command = house::AppointAdjuster::kName,
       .zh = "委托公估机构查勘一起事故",
       .en = "appoint a loss adjuster to an incident",
       .options = {positional("incident", "INCIDENT", "事故编号", "the incident, e.g. inc_40"),
                   named("organisation", "NAME", "公估机构", "the adjuster's organisation", true),
                   named("brief", "TEXT", "委托查明的事项", "what it is to find out", true)},
       .run = appoint_adjuster},
  };
}

}  // namespace anlan::api
