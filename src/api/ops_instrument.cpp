// Operations of the policy instruments beside the premium subsidy, and who pays which part of a
// premium.
#include <algorithm>

#include "api/known_scheme.h"
#include "api/refusals.h"
#include "api/render.h"
#include "base/refusals.h"
#include "house/instruments.h"
#include "house/views.h"
#include "underwriting/instrument.h"

namespace anlan::api {
namespace {

using namespace domain;

Result<SchemeName> asked_scheme(Session& session, NodeReader& options) {
  const auto scheme = options.name<SchemeTag>("scheme");
  if (options.refused()) return options.report().refusal();
  return known_scheme(scheme, session.library().instrument_names());
}

Result<std::string> stated(const std::vector<Fact>& facts, std::string_view name) {
  const Fact* fact = find_fact(facts, name);
  if (fact) return fact->value;
  return not_found("fact", std::string(name));
}

Result<Done> check_eligible(const house::House& house, const house::PolicyFile& file,
                            const underwriting::InstrumentScheme& scheme) {
  const std::vector<Fact> facts =
      house::find_enterprise(house, file.policy.enterprise)->enterprise.facts.get();
  underwriting::InstrumentApplicant applicant{.product = file.policy.product};
  ANLAN_TRY(applicant.region, stated(facts, "region"));
  ANLAN_TRY(const std::string employees, stated(facts, "employees"));
  ANLAN_TRY(const std::string revenue, stated(facts, "revenue"));
  applicant.employees = std::stoll(employees);
  applicant.revenue = Money::from_minor(std::stoll(revenue), house.currency());
  const auto obstacles = underwriting::instrument_obstacles(scheme, applicant);
  if (obstacles.empty()) return Done{};
  return Refusal{
      .code = refusals::kInstrumentNotEligible,
      .path = "scheme",
      .value = scheme.terms.scheme.text,
      .args = {{.name = "reason", .value = "subsidy." + std::string(name_of(obstacles.front()))}}};
}

TextArgs args_of(Session& session, const house::InstrumentFile& file) {
  return {{"id", to_text(file.application.id)},
          {"policy", to_text(file.application.policy)},
          {"kind", word(session, "instrument_kind", file.application.terms.kind)}};
}

Result<const house::InstrumentFile*> recorded(Session& session, InstrumentId id) {
  ANLAN_TRY(const house::House* house, session.house());
  const house::InstrumentFile* file = house::find_instrument(*house, id);
  if (file) return file;
  return not_found("application", to_text(id));
}

Result<Reply> apply_for(Session& session, NodeReader& options) {
  const auto id = options.id<PolicyTag>("policy");
  ANLAN_TRY(const SchemeName name, asked_scheme(session, options));
  ANLAN_TRY(const underwriting::InstrumentScheme* scheme, session.library().instrument(name));
  ANLAN_TRY(const house::House* house, session.house());
  const house::PolicyFile* file = house::find_policy(*house, id);
  if (!file) return not_found("policy", to_text(id));
  if (!session.known()) ANLAN_REQUIRE(check_eligible(*house, *file, *scheme));
  house::ApplyInstrument command{.policy = id, .terms = scheme->terms};
  ANLAN_TRY(command.terms.artefact,
            session.library().digest("policy_instruments/" + name.text + ".toml"));
  ANLAN_TRY(const Session::Outcome outcome, session.submit(command));
  ANLAN_TRY(const house::InstrumentFile* made, recorded(session, {outcome.first_seq}));
  Node json = to_node(made->application);
  add_outcome(json, outcome);
  TextArgs args = args_of(session, *made);
  args.emplace_back("amount", to_grouped(made->application.amount));
  return brief_reply(session.say("instrument.applied", args), std::move(json));
}

Result<Reply> decide(Session& session, NodeReader& options) {
  house::DecideInstrument command;
  command.application = options.id<InstrumentTag>("application");
  command.grant = !options.has("refuse");
  command.reason = options.text_or("refuse", "");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const Session::Outcome outcome, session.submit(command));
  ANLAN_TRY(const house::InstrumentFile* file, recorded(session, command.application));
  Node json = to_node(*file->decision);
  add_outcome(json, outcome);
  TextArgs args = args_of(session, *file);
  args.emplace_back("amount", to_grouped(file->decision->amount));
  args.emplace_back("reason", file->decision->reason);
  return brief_reply(
      session.say(file->decision->granted ? "instrument.granted" : "instrument.refused", args),
      std::move(json));
}

Result<Reply> pay(Session& session, NodeReader& options) {
  const house::PayInstrument command{.application = options.id<InstrumentTag>("application")};
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const Session::Outcome outcome, session.submit(command));
  ANLAN_TRY(const house::InstrumentFile* file, recorded(session, command.application));
  ANLAN_TRY(const Event event, session.event_at(outcome.first_seq));
  const auto& paid = std::get<InstrumentPaid>(event);
  Node json = to_node(paid);
  add_outcome(json, outcome);
  TextArgs args = args_of(session, *file);
  args.emplace_back("amount", to_grouped(paid.amount));
  return brief_reply(session.say("instrument.paid", args), std::move(json));
}

Result<Reply> claw_back(Session& session, NodeReader& options) {
  house::ClawBackInstrument command;
  command.application = options.id<InstrumentTag>("application");
  command.reason = options.text("reason");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const Session::Outcome outcome, session.submit(command));
  ANLAN_TRY(const house::InstrumentFile* file, recorded(session, command.application));
  ANLAN_TRY(const Event event, session.event_at(outcome.first_seq));
  const auto& back = std::get<InstrumentClawedBack>(event);
  Node json = to_node(back);
  add_outcome(json, outcome);
  TextArgs args = args_of(session, *file);
  args.emplace_back("amount", to_grouped(back.amount));
  args.emplace_back("reason", back.reason);
  return brief_reply(session.say("instrument.clawed_back", args), std::move(json));
}

Result<Reply> list(Session& session, NodeReader& options) {
  if (options.refused()) return options.report().refusal();
  Reply reply;
  reply.json = Node::list();
  Table table;
  table.columns = {{.title = session.say("list.id")},
                   {.title = session.say("instrument.kind")},
                   {.title = session.say("instrument.name")},
                   {.title = session.say("instrument.grantor")}};
  const auto add = [&](std::string id, std::string kind, std::string name, std::string grantor) {
    Node node = Node::table();
    node.add("id", to_node(id));
    node.add("kind", to_node(kind));
    node.add("name", to_node(name));
    node.add("grantor", to_node(grantor));
    reply.json.items.push_back(std::move(node));
    table.rows.push_back({std::move(id), session.say("instrument_kind." + kind), std::move(name),
                          std::move(grantor)});
  };
  const Lang lang = session.lang();
  for (const std::string& name : session.library().scheme_names()) {
    ANLAN_TRY(const underwriting::SubsidyScheme* scheme, session.library().scheme({name}));
    add(name, "premium_subsidy", scheme->name(lang), scheme->grantor(lang));
  }
  for (const std::string& name : session.library().instrument_names()) {
    ANLAN_TRY(const underwriting::InstrumentScheme* scheme, session.library().instrument({name}));
    add(name, std::string(name_of(scheme->terms.kind)), scheme->name(lang), scheme->grantor(lang));
  }
  reply.document.table(std::move(table));
  reply.brief.push_back(
      session.say("list.count", {{"count", std::to_string(reply.json.items.size())}}));
  reply.document.paragraph(reply.brief.back());
  return reply;
}

std::string state_of(const house::InstrumentFile& file) {
  if (!file.decision) return "open";
  return file.decision->granted ? "granted" : "refused";
}

Result<Reply> show(Session& session, NodeReader& options) {
  const auto id = options.id<PolicyTag>("policy");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const house::House* house, session.house());
  const house::PolicyFile* file = house::find_policy(*house, id);
  if (!file) return not_found("policy", to_text(id));
  const house::PremiumBorne borne = house::premium_borne(*house, *file);
  Reply reply;
  reply.json = Node::table();
  reply.json.add("kept", to_node(borne.kept));
  reply.json.add("customer", to_node(borne.customer));
  reply.json.add("subsidy", to_node(borne.subsidy));
  Node& nodes = reply.json.add("instruments", Node::list());
  FactTable table;
  table.amount(session.say("instrument.kept"), borne.kept);
  table.amount(session.say("instrument.subsidy"), borne.subsidy);
  for (const auto& [application, given] : borne.instruments) {
    const house::InstrumentFile& one = *house::find_instrument(*house, application);
    const Money due = house::instrument_due(*house, one);
    Node node = to_node(one.application);
    node.add("state", to_node(state_of(one)));
    node.add("given", to_node(given));
    node.add("due", to_node(due));
    nodes.items.push_back(std::move(node));
    table.amount(to_text(application) + "  " +
                     word(session, "instrument_kind", one.application.terms.kind) + "  " +
                     session.say("instrument_state." + state_of(one)),
                 given);
  }
  table.amount(session.say("instrument.customer"), borne.customer);
  reply.document.table(table.take(Align::kRight));
  reply.brief.push_back(
      session.say("instrument.borne", {{"policy", to_text(id)},
                                       {"kept", to_grouped(borne.kept)},
                                       {"customer", to_grouped(borne.customer)},
                                       {"state", to_grouped(borne.kept - borne.customer)}}));
  reply.document.paragraph(reply.brief.back());
  return reply;
}

}  // namespace

std::vector<Operation> instrument_operations() {
  const Option policy = positional("policy", "POLICY", "保单编号", "the policy, e.g. pol_30");
  const Option application =
      positional("application", "APPLICATION", "申请编号", "the application, e.g. ins_40");
  return {
      {.name = "instrument list",
       .command = "",
       .zh = "列出政策工具：保费补贴、税前扣除、首台（套）补偿",
       .en = "list the policy instruments: subsidy, tax deduction, first-set compensation",
       .options = {},
       .run = list},
      {.name = "instrument apply",
       .command = house::ApplyInstrument::kName,
       .zh = "为保单申请一项政策工具",
       .en = "apply for an instrument for a policy",
       .options = {policy, named("scheme", "SCHEME", "政策工具", "the instrument", true)},
       .run = apply_for},
      {.name = "instrument decide",
       .command = house::DecideInstrument::kName,
       .zh = "审批申请（--refuse 理由 为不予批准）",
       .en = "decide an application (--refuse REASON to refuse)",
       .options = {application, named("refuse", "REASON", "不予批准的理由", "reason of a refusal")},
       .run = decide},
      {.name = "instrument pay",
       .command = house::PayInstrument::kName,
       .zh = "登记政策支持已兑现给企业",
       .en = "record that the customer received it",
       .options = {application},
       .run = pay},
      {.name = "instrument claw-back",
       .command = house::ClawBackInstrument::kName,
       .zh = "退保等情形后追回多领的部分",
       .en = "claim back what was paid for premium that is gone",
       .options = {application, named("reason", "TEXT", "理由", "reason", true)},
       .run = claw_back},
      {.name = "instrument show",
       .command = "",
       .zh = "一张保单的保费由谁承担多少",
       .en = "who bears which part of a policy's premium",
       .options = {policy},
       .run = show},
  };
}

}  // namespace anlan::api
