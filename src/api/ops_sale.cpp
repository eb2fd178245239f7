// Operations of a sale's first half: the company, its assessment, its security package, its
// telemetry.
#include <algorithm>

#include "api/refusals.h"
#include "api/registration.h"
#include "api/render.h"
#include "domain/enterprise_input.h"
#include "house/views.h"
#include "protection/answer.h"
#include "protection/order.h"

namespace anlan::api {
namespace {

using namespace domain;

Result<const house::EnterpriseFile*> enterprise_of(const house::House& house, EnterpriseId id) {
  const house::EnterpriseFile* file = house::find_enterprise(house, id);
  if (file) return file;
  return not_found("enterprise", to_text(id));
}

Result<Reply> register_enterprise(Session& session, NodeReader& options) {
  const std::string path = options.text("file");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const Node tree, session.read_tree(path));
  ANLAN_TRY(const EnterpriseInput input, read_enterprise(tree, path));
  return register_input(session, input);
}

Result<Reply> record_facts(Session& session, NodeReader& options) {
  const auto id = options.id<EnterpriseTag>("enterprise");
  const std::string path = options.text("file");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const Node tree, session.read_tree(path));
  ANLAN_TRY(const EnterpriseInput input, read_enterprise(tree, path));
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const house::EnterpriseFile* file, enterprise_of(*house, id));
  if (file->enterprise.credit_code != input.credit_code)
    return not_found("enterprise", input.credit_code);
  ANLAN_TRY(const Session::Outcome outcome,
            session.submit(house::RecordFacts{.enterprise = id, .facts = input.facts}));
  return brief_reply(
      session.say("brief.facts_recorded",
                  {{"id", to_text(id)}, {"facts", std::to_string(input.facts.size())}}),
      outcome_node(outcome));
}

// All questions without an answer at once, as people will ask for them.
Refusal missing_answers_refusal(Session& session,
                                const std::vector<const protection::Question*>& missing) {
  std::string list;
  for (const protection::Question* question : missing) {
    list += "\n  " + question->control.text + "  " +
            (session.lang() == Lang::kZh ? question->zh : question->en);
  }
  return Refusal{.code = refusals::kMissingAnswers,
                 .path = "answers",
                 .value = std::to_string(missing.size()),
                 .args = {{.name = "list", .value = list}}};
}

Result<Reply> assess(Session& session, NodeReader& options) {
  const auto id = options.id<EnterpriseTag>("enterprise");
  const std::string path = options.text("answers");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const house::EnterpriseFile* file, enterprise_of(*house, id));
  ANLAN_TRY(const protection::Questionnaire* questionnaire, session.library().questionnaire());
  ANLAN_TRY(const Node tree, session.read_tree(path));
  ANLAN_TRY(const std::vector<Answer> written, read_answers(tree, path));
  ANLAN_TRY(const std::vector<Answer> answers, protection::check_answers(*questionnaire, written));
  const auto scope = assessment_scope(file->enterprise.facts.get());
  const auto missing = protection::missing_answers(*questionnaire, scope, answers);
  if (!missing.empty()) return missing_answers_refusal(session, missing);
  ANLAN_TRY(
      const Session::Outcome outcome,
      session.submit(house::RecordAssessment{.assessment = {.enterprise = id,
                                                            .questionnaire = questionnaire->version,
                                                            .answers = answers}}));
  ANLAN_TRY(house, session.house());
  ANLAN_TRY(const Event event, session.event_at(outcome.first_seq));
  const Assessment assessment = std::get<AssessmentRecorded>(event).assessment;
  Node json = to_node(assessment);
  add_outcome(json, outcome);
  const auto asked = protection::questions_for(*questionnaire, scope).size();
  return brief_reply(
      session.say("brief.assessed", {{"id", to_text(assessment.id)},
                                     {"answers", std::to_string(assessment.answers.get().size())},
                                     {"asked", std::to_string(asked)},
                                     {"of", std::to_string(questionnaire->questions.size())}}),
      std::move(json));
}

Result<Reply> place_order(Session& session, NodeReader& options) {
  const auto id = options.id<EnterpriseTag>("enterprise");
  const auto package_name = options.name<PackageTag>("package");
  const Date from = options.date("from");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const house::EnterpriseFile* file, enterprise_of(*house, id));
  ANLAN_TRY(const protection::Catalogue* catalogue, session.library().catalogue());
  const std::vector<Fact> facts = file->enterprise.facts.get();
  const Fact* endpoints = find_fact(facts, "endpoints");
  ANLAN_TRY(const Order order,
            protection::place_order(*catalogue, {.enterprise = id,
                                                 .package = package_name,
                                                 .endpoints = static_cast<std::uint32_t>(
                                                     endpoints ? std::stoul(endpoints->value) : 0),
                                                 .from = from,
                                                 .until = plus_years(from, 1)}));
  ANLAN_TRY(const Session::Outcome outcome, session.submit(house::PlaceOrder{.order = order}));
  ANLAN_TRY(house, session.house());
  const Order& placed = house::find_order(*house, OrderId{outcome.first_seq})->order;
  Node json = to_node(placed);
  add_outcome(json, outcome);
  const protection::Package* package = catalogue->find_package(placed.package.text);
  return brief_reply(
      session.say("brief.order_placed",
                  {{"id", to_text(placed.id)},
                   {"package", package ? (session.lang() == Lang::kZh ? package->zh : package->en)
                                       : placed.package.text},
                   {"products", std::to_string(placed.lines.size())},
                   {"endpoints", std::to_string(placed.endpoints)},
                   {"price", to_grouped(placed.price)}}),
      std::move(json));
}

Result<Reply> pay_order(Session& session, NodeReader& options) {
  const auto id = options.id<OrderTag>("order");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const Session::Outcome outcome, session.submit(house::PayOrder{.order = id}));
  ANLAN_TRY(const house::House* house, session.house());
  return brief_reply(
      session.say("brief.order_paid",
                  {{"id", to_text(id)},
                   {"amount", to_grouped(house::find_order(*house, id)->order.price)}}),
      outcome_node(outcome));
}

}  // namespace

std::vector<Operation> protection_operations();

std::vector<Operation> sale_operations() {
  const Option enterprise =
      positional("enterprise", "ENTERPRISE", "企业编号", "the company, e.g. ent_9");
  std::vector<Operation> table{
      {.name = "enterprise register",
       .command = house::RegisterEnterprise::kName,
       .zh = "登记企业及其事实",
       .en = "register a company with its facts",
       .options = {positional("file", "FILE", "企业文件（TOML 或 JSON）",
                              "file of the company (TOML or JSON)")},
       .run = register_enterprise},
      {.name = "enterprise facts",
       .command = house::RecordFacts::kName,
       .zh = "补充或更新企业事实",
       .en = "record more or newer facts of a company",
       .options = {enterprise, positional("file", "FILE", "企业文件", "file of the company")},
       .run = record_facts},
      {.name = "assess",
       .command = house::RecordAssessment::kName,
       .zh = "记录安全评估答卷（缺少的问题一次列全）",
       .en = "record the assessment; missing answers are asked for all at once",
       .options = {enterprise, named("answers", "FILE", "答卷文件", "file of answers", true)},
       .run = assess},
      {.name = "order place",
       .command = house::PlaceOrder::kName,
       .zh = "订购安全产品套餐（独立合同）",
       .en = "order a security package, a contract of its own",
       .options = {enterprise, named("package", "PACKAGE", "套餐", "the package", true),
                   named("from", "YYYY-MM-DD", "起始日", "first day", true)},
       .run = place_order},
      {.name = "order pay",
       .command = house::PayOrder::kName,
       .zh = "登记套餐款已付给供应商",
       .en = "record that the order was paid through to the vendor",
       .options = {positional("order", "ORDER", "订单编号", "the order, e.g. ord_12")},
       .run = pay_order},
  };
  for (Operation& operation : protection_operations()) table.push_back(std::move(operation));
  return table;
}

}  // namespace anlan::api
