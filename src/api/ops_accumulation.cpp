// Operations of accumulation: what hangs on one provider, stop-selling limits, the tenth of own
// means for one risk unit.
#include <algorithm>
#include <set>

#include "api/render.h"
#include "house/accumulation.h"
#include "house/views.h"

namespace anlan::api {
namespace {

using namespace domain;

constexpr int kYearsAhead = 10;  // no policy bound today runs longer

Result<Reply> set_limit(Session& session, NodeReader& options) {
  house::SetAccumulationLimit command;
  command.provider = options.text("provider");
  command.limit = options.money("limit", Currency::kCny);
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const Session::Outcome outcome, session.submit(command));
  ANLAN_TRY(const Event event, session.event_at(outcome.first_seq));
  const auto& set = std::get<AccumulationLimitSet>(event);
  Node json = to_node(set);
  add_outcome(json, outcome);
  return brief_reply(session.say("accumulation.limit_set",
                                 {{"provider", set.provider}, {"limit", to_grouped(set.limit)}}),
                     std::move(json));
}

Result<Reply> set_rule(Session& session, NodeReader& options) {
  house::SetRiskUnitRule command;
  command.action = options.choice<RiskUnitAction>("action");
  const bool stated = options.has("reserve-fund");
  command.reserve_fund = options.money_or("reserve-fund", Currency::kCny, Money{});
  if (options.refused()) return options.report().refusal();
  if (!stated) {
    ANLAN_TRY(const house::House* house, session.house());
    if (house->money.risk_unit) command.reserve_fund = house->money.risk_unit->reserve_fund;
  }
  ANLAN_TRY(const Session::Outcome outcome, session.submit(command));
  Node json = outcome_node(outcome);
  json.add("action", to_node(command.action));
  json.add("reserve_fund", to_node(command.reserve_fund));
  return brief_reply(
      session.say("accumulation.rule_set", {{"action", word(session, "risk_unit", command.action)},
                                            {"fund", to_grouped(command.reserve_fund)}}),
      std::move(json));
}

Result<Reply> cede(Session& session, NodeReader& options) {
  house::CedeFacultative command;
  command.cession.quote = options.id<QuoteTag>("quote");
  command.cession.reinsurer = options.name<OrganisationTag>("reinsurer");
  command.cession.share = options.percent("share");
  if (options.has("commission")) command.cession.ceding_commission = options.percent("commission");
  command.cession.reference = options.text("reference");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const Session::Outcome outcome, session.submit(command));
  ANLAN_TRY(const house::House* house, session.house());
  const Quote& quote = house::find_quote(*house, command.cession.quote)->quote;
  const house::RiskUnit unit = house::risk_unit(*house, quote);
  Node json = to_node(command.cession);
  json.add("retained", to_node(unit.retained));
  add_outcome(json, outcome);
  return brief_reply(
      session.say("accumulation.ceded", {{"quote", to_text(command.cession.quote)},
                                         {"reinsurer", command.cession.reinsurer.text},
                                         {"retained", to_grouped(unit.retained)}}),
      std::move(json));
}

void show_providers(Session& session, const house::House& house, Instant now, Reply& reply) {
  std::set<std::string> providers;
  for (const auto& [name, users] : house.money.users) providers.insert(name);
  for (const auto& [name, limit] : house.money.provider_limits) providers.insert(name);
  const Instant until =
      start_of_day(plus_years(date_of(now, house.offset()), kYearsAhead), house.offset());
  Node& list = reply.json.add("providers", Node::list());
  Table table;
  table.columns = {{.title = session.say("accumulation.provider")},
                   {.title = session.say("accumulation.in_force"), .align = Align::kRight},
                   {.title = session.say("accumulation.limit"), .align = Align::kRight},
                   {.title = session.say("accumulation.left"), .align = Align::kRight}};
  for (const std::string& name : providers) {
    const Money in_force = house::limits_in_force(house, name, now, until);
    const auto limit = house.money.provider_limits.find(name);
    const bool limited = limit != house.money.provider_limits.end();
    if (!limited && in_force.is_zero()) continue;
    Node node = Node::table();
    node.add("provider", to_node(name));
    node.add("in_force", to_node(in_force));
    node.add("limit", limited ? to_node(limit->second) : Node::null());
    list.items.push_back(std::move(node));
    table.rows.push_back({name, to_grouped(in_force),
                          limited ? to_grouped(limit->second) : std::string(),
                          limited ? to_grouped(limit->second - in_force) : std::string()});
  }
  if (!table.rows.empty()) reply.document.table(std::move(table));
}

void show_risk_units(Session& session, const house::House& house, Instant now, Reply& reply) {
  Node& list = reply.json.add("above_risk_unit", Node::list());
  Table table;
  table.columns = {{.title = session.say("label.policy")},
                   {.title = session.say("accumulation.maximum"), .align = Align::kRight},
                   {.title = session.say("accumulation.retained"), .align = Align::kRight}};
  for (const auto& [id, file] : house.policies) {
    if (house::cover_until(file) <= now) continue;
    const house::RiskUnit unit =
        house::risk_unit(house, file, date_of(std::max(now, file.policy.from), house.offset()));
    if (!unit.above()) continue;
    Node node = Node::table();
    node.add("policy", to_node(id));
    node.add("maximum", to_node(unit.maximum));
    node.add("retained", to_node(unit.retained));
    list.items.push_back(std::move(node));
    table.rows.push_back({to_text(id), to_grouped(unit.maximum), to_grouped(unit.retained)});
  }
  const std::size_t above = table.rows.size();
  if (above > 0) reply.document.table(std::move(table));
  const Money means = house::own_means(house);
  const Money limit = Money::from_minor(means.minor() / house::kRiskUnitPart, means.currency());
  reply.json.add("own_means", to_node(means));
  reply.json.add("risk_unit_limit", to_node(limit));
  reply.json.add("action", to_node(house::risk_unit_action(house)));
  reply.brief.push_back(
      session.say("accumulation.risk_units",
                  {{"count", std::to_string(above)},
                   {"limit", to_grouped(limit)},
                   {"means", to_grouped(means)},
                   {"action", word(session, "risk_unit", house::risk_unit_action(house))}}));
  reply.document.paragraph(reply.brief.back());
}

Result<Reply> show(Session& session, NodeReader& options) {
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const Instant now, session.now());
  Reply reply;
  reply.json = Node::table();
  show_providers(session, *house, now, reply);
  show_risk_units(session, *house, now, reply);
  return reply;
}

}  // namespace

std::vector<Operation> accumulation_operations() {
  return {
      {.name = "accumulation show",
       .command = "",
       .zh = "查看同一供应商的有效限额合计，与超过一成资本的危险单位",
       .en = "limits in force by provider, and risk units above a tenth of own means",
       .options = {},
       .run = show},
      {.name = "accumulation limit",
       .command = house::SetAccumulationLimit::kName,
       .zh = "设定一家供应商的停售限额",
       .en = "set the stop-selling limit of one provider",
       .options = {positional("provider", "PROVIDER", "供应商，如企业资料所写",
                              "the provider, as companies name it"),
                   named("limit", "AMOUNT", "有效年度限额合计的上限",
                         "the most that yearly limits in force may come to", true)},
       .run = set_limit},
      {.name = "accumulation rule",
       .command = house::SetRiskUnitRule::kName,
       .zh = "设定危险单位规则（《保险法》第一百零三条）：提示或拒绝承保",
       .en = "what happens above the risk-unit limit (Insurance Law art 103): warn or refuse",
       .options = {named("action", "warn|refuse", "提示或拒绝", "warn or refuse", true),
                   named("reserve-fund", "AMOUNT", "公积金总额", "the reserve fund")},
       .run = set_rule},
      {.name = "accumulation cede",
       .command = house::CedeFacultative::kName,
       .zh = "登记一份报价的临时分保",
       .en = "record a facultative cession of a quote",
       .options = {positional("quote", "QUOTE", "报价编号", "the quote, e.g. quo_20"),
                   named("share", "PERCENT", "分出比例", "the share ceded", true),
                   named("reinsurer", "NAME", "再保险人", "the reinsurer", true),
                   named("reference", "TEXT", "分保条编号", "the slip's reference", true),
                   named("commission", "PERCENT", "分保手续费", "ceding commission")},
       .run = cede},
  };
}

}  // namespace anlan::api
