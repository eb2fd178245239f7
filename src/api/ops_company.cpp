// Views of a company: its facts with what was quoted and sold to it, the questions that it is
// asked, the answers that it gave.
#include "api/render.h"
#include "formats/terminal.h"
#include "house/views.h"
#include "protection/answer.h"
#include "protection/posture.h"

namespace anlan::api {
namespace {

using namespace domain;
using protection::AnswerPart;
using protection::Question;

Result<const house::EnterpriseFile*> enterprise_of(const house::House& house, EnterpriseId id) {
  const house::EnterpriseFile* file = house::find_enterprise(house, id);
  if (file) return file;
  return not_found("enterprise", to_text(id));
}

std::string yes_no(Session& session, bool value) {
  return session.say(value ? "answer.yes" : "answer.no");
}

void add_facts(Session& session, const Enterprise& enterprise, Document& document) {
  document.heading(2, session.say("view.facts"));
  Table table;
  table.columns = {{.title = session.say("label.fact")},
                   {.title = session.say("label.value"), .align = Align::kRight},
                   {.title = session.say("label.source")},
                   {.title = session.say("label.observed_on")}};
  for (const Fact& fact : enterprise.facts.get()) {
    table.rows.push_back({fact_name(session, fact.name), fact_text(session, fact),
                          word(session, "fact_source", fact.source), to_text(fact.observed_on)});
  }
  document.table(std::move(table));
}

void add_quotes(Session& session, const house::House& house, const house::EnterpriseFile& file,
                Document& document) {
  if (file.quotes.empty()) return;
  document.heading(2, session.say("view.quotes"));
  for (const QuoteId id : file.quotes) {
    const house::QuoteFile* quote = house::find_quote(house, id);
    document.bullet(
        session.say("view.quote_line",
                    {{"id", to_text(id)},
                     {"product", product_name(session, quote->quote.product)},
                     {"decision", word(session, "decision", quote->quote.decision)},
                     {"policy", quote->policy.exists() ? to_text(quote->policy) : std::string()}}));
  }
}

void add_policies(Session& session, const house::House& house, const house::EnterpriseFile& file,
                  Instant now, Document& document) {
  if (file.policies.empty()) return;
  document.heading(2, session.say("view.policies"));
  for (const PolicyId id : file.policies) {
    const house::PolicyFile* policy = house::find_policy(house, id);
    document.bullet(
        session.say("view.policy_line",
                    {{"id", to_text(id)},
                     {"number", policy->policy.number},
                     {"state", word(session, "policy_state", house::policy_state(*policy, now))},
                     {"left", to_grouped(house::aggregate_left(house, *policy))}}));
  }
}

void add_orders(Session& session, const house::House& house, const house::EnterpriseFile& file,
                Instant now, Document& document) {
  if (file.orders.empty()) return;
  document.heading(2, session.say("view.orders"));
  for (const OrderId id : file.orders) {
    const house::OrderFile* order = house::find_order(house, id);
    const OrderState state =
        protection::order_state(order->order, order->observations, now, house.offset());
    document.bullet(
        session.say("view.order_line", {{"id", to_text(id)},
                                        {"package", package_name(session, order->order.package)},
                                        {"state", word(session, "order_state", state)}}));
  }
}

Result<Reply> show(Session& session, NodeReader& options) {
  const auto id = options.id<EnterpriseTag>("enterprise");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const house::EnterpriseFile* file, enterprise_of(*house, id));
  ANLAN_TRY(const Instant now, session.now());
  const Enterprise& enterprise = file->enterprise;
  Reply reply;
  reply.document.heading(1, with_id(session, enterprise.legal_name, to_text(id)));
  FactTable head;
  head.row(session.say("list.credit_code"), enterprise.credit_code);
  head.row(session.say("view.assess_consent"), yes_no(session, enterprise.assess_consent));
  head.row(session.say("view.monitor_consent"), yes_no(session, enterprise.monitor_consent));
  head.row(session.say("view.assessment"),
           file->assessment
               ? session.say("view.latest_assessment",
                             {{"id", to_text(file->assessment->id)},
                              {"count", std::to_string(file->assessment->answers.get().size())}})
               : session.say("view.no_assessment"));
  reply.document.table(head.take());
  add_facts(session, enterprise, reply.document);
  add_quotes(session, *house, *file, reply.document);
  add_policies(session, *house, *file, now, reply.document);
  add_orders(session, *house, *file, now, reply.document);
  reply.json = to_node(enterprise);
  reply.json.add("assessment", to_node(file->assessment));
  reply.json.add("orders", to_node(file->orders));
  reply.json.add("quotes", to_node(file->quotes));
  reply.json.add("policies", to_node(file->policies));
  reply.brief.push_back(with_id(session, enterprise.legal_name, to_text(id)));
  return reply;
}

// A word as it must be typed, with what it means behind it: "offsite（异地备份）".
std::string choice_word(Session& session, const std::string& choice) {
  const std::string meaning = say_or(session, "answer." + choice, choice);
  if (meaning == choice) return choice;
  return session.say("choice.word", {{"word", choice}, {"name", meaning}});
}

std::string part_choices(Session& session, const AnswerPart& part) {
  std::string text;
  const auto add = [&](const std::string& more) {
    text += (text.empty() ? "" : session.say("choice.or")) + more;
  };
  for (const std::string& choice : part.words) add(choice_word(session, choice));
  if (part.any_of) text = session.say("choice.several", {{"words", text}});
  if (part.number) {
    add(session.say("choice.range", {{"low", std::to_string(part.minimum)},
                                     {"high", std::to_string(part.maximum)}}));
  }
  if (part.date) add(session.say("choice.date"));
  if (part.money) add(session.say("choice.money"));
  if (part.text) add(session.say("choice.text"));
  if (part.name.empty()) return text;
  return session.say("choice.part",
                     {{"name", say_or(session, "answer_part." + part.name, part.name)},
                      {"what", text},
                      {"optional", part.optional ? "1" : ""}});
}

// What may be answered, part by part in the order in which the parts are typed.
std::string choices_of(Session& session, const Question& question) {
  std::string text;
  for (const AnswerPart& part : question.parts) {
    const std::string one = part_choices(session, part);
    // A number is nothing without its unit: percent, hours, days, a count.
    const bool counted = text.empty() && part.number;
    text += text.empty() ? "" : session.say("choice.next");
    text += counted
                ? session.say("choice.part", {{"name", word(session, "answer_type", question.type)},
                                              {"what", one}})
                : one;
  }
  return text;
}

Node question_node(const Question& question) {
  Node node = Node::table();
  node.add("control", to_node(question.control));
  node.add("zh", Node::string(question.zh));
  node.add("en", Node::string(question.en));
  node.add("type", to_node(question.type));
  Node& parts = node.add("parts", Node::list());
  for (const AnswerPart& part : question.parts) {
    Node shown = Node::table();
    shown.add("name", Node::string(part.name));
    shown.add("optional", Node::boolean(part.optional));
    shown.add("several", Node::boolean(part.any_of));
    shown.add("words", to_node(part.words));
    shown.add("minimum", part.number ? to_node(part.minimum) : Node::null());
    shown.add("maximum", part.number ? to_node(part.maximum) : Node::null());
    shown.add("date", Node::boolean(part.date));
    shown.add("money", Node::boolean(part.money));
    shown.add("text", Node::boolean(part.text));
    parts.items.push_back(std::move(shown));
  }
  return node;
}

using Questions = std::vector<const Question*>;

const std::string& text_of(Session& session, const Question& question) {
  return session.lang() == Lang::kZh ? question.zh : question.en;
}

// An answer file with every answer left blank, for `assess`.
Reply template_reply(Session& session, const Questions& asked, EnterpriseId id, Date today) {
  constexpr std::size_t kCommentWidth = 78;
  Reply reply;
  const auto comment = [&](const std::string& text) {
    for (const std::string& line : formats::wrap_text(text, kCommentWidth))
      reply.text += "# " + line + "\n";
  };
  comment(session.say("template.head", {{"enterprise", to_text(id)}}));
  reply.text += "\nstated_on = \"" + to_text(today) + "\"  # " + session.say("template.stated_on") +
                "\n\n[answers]\n";
  reply.json = Node::table();
  reply.json.add("stated_on", to_node(today));
  Node& answers = reply.json.add("answers", Node::table());
  for (const Question* question : asked) {
    reply.text += "\n";
    comment(question->control.text + "  " + text_of(session, *question));
    comment(choices_of(session, *question));
    reply.text += question->control.text + " = \"\"\n";
    answers.add(question->control.text, Node::string(""));
  }
  return reply;
}

Result<Reply> questions(Session& session, NodeReader& options) {
  const auto id = options.id<EnterpriseTag>("enterprise");
  const bool choices = options.flag("choices", false);
  const bool as_template = options.flag("template", false);
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const house::EnterpriseFile* file, enterprise_of(*house, id));
  ANLAN_TRY(const protection::Questionnaire* questionnaire, session.library().questionnaire());
  const Questions asked =
      protection::questions_for(*questionnaire, assessment_scope(file->enterprise.facts.get()));
  if (as_template) {
    ANLAN_TRY(const Instant now, session.now());
    return template_reply(session, asked, id, date_of(now, house->offset()));
  }
  Reply reply;
  Table table;
  table.columns = {{.title = session.say("label.control")},
                   {.title = session.say("label.question")}};
  if (choices) table.columns.push_back({.title = session.say("list.choices")});
  reply.json = Node::list();
  for (const Question* question : asked) {
    std::vector<std::string> row{question->control.text, text_of(session, *question)};
    if (choices) row.push_back(choices_of(session, *question));
    table.rows.push_back(std::move(row));
    reply.json.items.push_back(question_node(*question));
  }
  reply.document.table(std::move(table));
  return reply;
}

// A number of the main part with its unit: "80 %", "24 小时"; anything else as it stands.
std::string with_unit(Session& session, const Question& question, const std::string& value) {
  const bool number = value.find_first_not_of("0123456789") == std::string::npos;
  const std::string key = "answer_unit." + std::string(name_of(question.type));
  if (!number || !session.texts().has(key)) return value;
  return session.say(key, {{"number", value}});
}

// "offsite" -> "异地备份"; numbers with their unit, dates and texts as they stand.
std::string answer_words(Session& session, const Question& question, const std::string& value) {
  std::string text;
  for (const std::string& part : protection::answer_parts(question, value)) {
    if (part.empty()) continue;
    std::string shown;
    for (std::size_t start = 0; start <= part.size();) {
      const std::size_t end = std::min(part.find('+', start), part.size());
      const std::string one = part.substr(start, end - start);
      shown +=
          (shown.empty() ? "" : session.say("slip.and")) +
          say_or(session, "answer." + one, text.empty() ? with_unit(session, question, one) : one);
      start = end + 1;
    }
    text += (text.empty() ? "" : session.say("choice.next")) + shown;
  }
  return text;
}

Result<Reply> show_assessment(Session& session, NodeReader& options) {
  const auto id = options.id<AssessmentTag>("assessment");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const house::House* house, session.house());
  if (id.number == 0 || id.number > house->head.seq) return not_found("assessment", to_text(id));
  ANLAN_TRY(const Event event, session.event_at(id.number));
  const auto* recorded = std::get_if<AssessmentRecorded>(&event);
  if (!recorded) return not_found("assessment", to_text(id));
  Assessment assessment = recorded->assessment;
  assessment.id = id;
  ANLAN_TRY(const protection::Questionnaire* questionnaire, session.library().questionnaire());
  Reply reply;
  reply.document.heading(1, session.say("view.assessment_title", {{"id", to_text(id)}}));
  reply.brief.push_back(session.say("view.assessment_of",
                                    {{"enterprise", company_name(*house, assessment.enterprise)},
                                     {"count", std::to_string(assessment.answers.get().size())},
                                     {"version", short_hex(assessment.questionnaire)}}));
  reply.document.paragraph(reply.brief.back());
  Table table;
  table.columns = {{.title = session.say("label.control")},
                   {.title = session.say("label.question")},
                   {.title = session.say("list.answer")},
                   {.title = session.say("label.source")},
                   {.title = session.say("label.observed_on")}};
  for (const Answer& answer : assessment.answers.get()) {
    // A question of an earlier questionnaire may be gone: its answer stands as it was given.
    const Question* question = questionnaire->find(answer.control.text);
    table.rows.push_back({answer.control.text, question ? text_of(session, *question) : "-",
                          question ? answer_words(session, *question, answer.value) : answer.value,
                          word(session, "fact_source", answer.source),
                          to_text(answer.answered_on)});
  }
  reply.document.table(std::move(table));
  reply.json = to_node(assessment);
  return reply;
}

}  // namespace

std::vector<Operation> company_operations() {
  const Option enterprise =
      positional("enterprise", "ENTERPRISE", "企业编号", "the company, e.g. ent_9");
  return {
      {.name = "enterprise show",
       .command = "",
       .zh = "查看企业：事实、报价、保单与订单",
       .en = "show a company: facts, quotes, policies, orders",
       .options = {enterprise},
       .run = show},
      {.name = "questions",
       .command = "",
       .zh = "该企业应答的评估问题",
       .en = "the assessment questions that this company is asked",
       .options = {enterprise,
                   flag("choices", "同时列出每题可填的内容", "with what may be answered to each"),
                   flag("template", "输出一份待填的答卷文件", "print an answer file to fill in")},
       .run = questions},
      {.name = "assessment show",
       .command = "",
       .zh = "查看一次安全评估的答卷",
       .en = "show the answers of an assessment",
       .options = {positional("assessment", "ASSESSMENT", "评估编号",
                              "the assessment, e.g. asm_12")},
       .run = show_assessment},
  };
}

}  // namespace anlan::api
