// Operations of the customer's part of a premium: the plan, invoices, reminders, debts by age.
#include <algorithm>
#include <array>

#include "api/render.h"
#include "base/allot.h"
#include "house/charges.h"
#include "house/instalments.h"
#include "house/views.h"
#include "underwriting/lapse.h"

namespace anlan::api {
namespace {

using namespace domain;

constexpr std::int64_t kInstalmentsMax = 12;

Result<const house::PolicyFile*> policy_of(const house::House& house, PolicyId id) {
  const house::PolicyFile* file = house::find_policy(house, id);
  if (file) return file;
  return not_found("policy", to_text(id));
}

// The last day that the product gives for the premium.
Result<Date> last_day(Session& session, const house::House& house, const house::PolicyFile& file) {
  const Quote& quote = house::find_quote(house, file.policy.quote)->quote;
  ANLAN_TRY(const underwriting::Product* product,
            session.library().product(quote.product, quote.product_artefact));
  return underwriting::premium_due(*product, date_of(file.bound_at, house.offset()));
}

// The same day of a month that many months later, the month's last where it is shorter.
Date plus_months(Date date, std::int64_t months) {
  const auto calendar = date.calendar() + std::chrono::months{months};
  const auto last =
      std::chrono::year_month_day{calendar.year() / calendar.month() / std::chrono::last};
  const auto fitting = calendar.ok() ? calendar : last;
  return Date::from_days(
      static_cast<std::int32_t>(std::chrono::sys_days{fitting}.time_since_epoch().count()));
}

struct PlanAsked {
  std::int64_t count = 0;
  std::int64_t months = 0;  // from one to the next
  std::optional<Date> first;
};

std::vector<Instalment> plan_of(Money amount, const PlanAsked& asked, Date first) {
  const std::vector<std::int64_t> weights(static_cast<std::size_t>(asked.count), 1);
  std::vector<Instalment> plan;
  for (const Money part : allot(amount, weights)) {
    const auto step = static_cast<std::int64_t>(plan.size()) * asked.months;
    plan.push_back({.due = plus_months(first, step), .amount = part});
  }
  return plan;
}

Table plan_table(Session& session, const std::vector<Instalment>& plan) {
  Table table;
  table.columns = {{.title = session.say("instalment.number"), .align = Align::kRight},
                   {.title = session.say("instalment.due")},
                   {.title = session.say("instalment.amount"), .align = Align::kRight}};
  for (const Instalment& part : plan) {
    table.rows.push_back(
        {std::to_string(table.rows.size() + 1), to_text(part.due), to_grouped(part.amount)});
  }
  return table;
}

Result<Reply> plan(Session& session, NodeReader& options) {
  const auto id = options.id<PolicyTag>("policy");
  PlanAsked asked;
  asked.count = whole_option(options, "instalments", {.lo = 1, .hi = kInstalmentsMax});
  asked.months = whole_option(options, "every", {.lo = 1, .hi = 12, .fallback = 0});
  if (options.has("first")) asked.first = options.date("first");
  if (options.refused()) return options.report().refusal();
  if (asked.months == 0) asked.months = std::max<std::int64_t>(1, 12 / asked.count);
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const house::PolicyFile* file, policy_of(*house, id));
  ANLAN_TRY(const Date last, last_day(session, *house, *file));
  ANLAN_TRY(const Instant now, session.now());
  const Date first = asked.first.value_or(std::max(last, date_of(now, house->offset())));
  const std::vector<Instalment> parts = plan_of(file->customer_due, asked, first);
  ANLAN_TRY(const Session::Outcome outcome,
            session.submit(house::AgreeInstalments{.policy = id, .instalments = parts}));
  ANLAN_TRY(const Event event, session.event_at(outcome.first_seq));
  const auto& agreed = std::get<InstalmentPlanAgreed>(event);
  Node json = to_node(agreed);
  add_outcome(json, outcome);
  Reply reply = brief_reply(
      session.say("instalment.agreed",
                  {{"policy", to_text(id)}, {"count", std::to_string(agreed.instalments.size())}}),
      std::move(json));
  reply.document.table(plan_table(session, agreed.instalments));
  return reply;
}

Result<Reply> invoice(Session& session, NodeReader& options) {
  house::IssueInvoices command;
  command.policy = options.id<PolicyTag>("policy");
  if (options.has("through")) command.through = options.date("through");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const underwriting::PriceLoads* loads, session.library().loads());
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const house::PolicyFile* file, policy_of(*house, command.policy));
  ANLAN_TRY(const Date last, last_day(session, *house, *file));
  ANLAN_TRY(const Instant now, session.now());
  command.due = std::max(house::added_premium_due(*file, last), date_of(now, house->offset()));
  command.vat = loads->vat;
  ANLAN_TRY(const Session::Outcome outcome, session.submit(command));
  Node json = outcome_node(outcome);
  Node& list = json.add("invoices", Node::list());
  Table table;
  table.columns = {{.title = session.say("instalment.invoice")},
                   {.title = session.say("instalment.due")},
                   {.title = session.say("instalment.net"), .align = Align::kRight},
                   {.title = session.say("instalment.vat"), .align = Align::kRight},
                   {.title = session.say("instalment.amount"), .align = Align::kRight}};
  for (std::uint64_t seq = outcome.first_seq; seq <= outcome.last_seq; ++seq) {
    ANLAN_TRY(const Event event, session.event_at(seq));
    const Invoice& one = std::get<InvoiceIssued>(event).invoice;
    list.items.push_back(to_node(one));
    table.rows.push_back({one.number, to_text(one.due), to_grouped(one.amount - one.vat),
                          to_grouped(one.vat), to_grouped(one.amount)});
  }
  const std::string count = std::to_string(table.rows.size());
  Reply reply = brief_reply(
      session.say("instalment.invoiced", {{"policy", to_text(command.policy)}, {"count", count}}),
      std::move(json));
  reply.document.table(std::move(table));
  return reply;
}

std::string step_text(Session& session, const std::optional<DunningStep>& step) {
  return step ? word(session, "dunning_step", *step) : std::string();
}

Result<Reply> invoices(Session& session, NodeReader& options) {
  const auto id = options.id<PolicyTag>("policy");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const house::PolicyFile* file, policy_of(*house, id));
  Reply reply;
  reply.json = Node::table();
  const std::vector<Instalment>& plan = house::newest_plan(*file);
  reply.json.add("plan", to_node(plan));
  const std::vector<house::InvoiceState> states = house::invoice_states(*file);
  reply.json.add("invoices", to_node(states));
  if (!plan.empty()) reply.document.table(plan_table(session, plan));
  Table table;
  table.columns = {{.title = session.say("instalment.invoice")},
                   {.title = session.say("instalment.due")},
                   {.title = session.say("instalment.amount"), .align = Align::kRight},
                   {.title = session.say("instalment.paid"), .align = Align::kRight},
                   {.title = session.say("instalment.open"), .align = Align::kRight},
                   {.title = session.say("instalment.step")}};
  for (const house::InvoiceState& state : states) {
    table.rows.push_back({state.invoice.number, to_text(state.invoice.due),
                          to_grouped(state.invoice.amount), to_grouped(state.paid),
                          to_grouped(state.open), step_text(session, state.dunned)});
  }
  if (!table.rows.empty()) reply.document.table(std::move(table));
  reply.brief.push_back(session.say(
      "instalment.owed",
      {{"policy", to_text(id)}, {"owed", to_grouped(house::owed_by(*file, Payer::kCustomer))}}));
  reply.document.paragraph(reply.brief.back());
  return reply;
}

Result<Reply> dunned(Session& session, const DunningSent& sent, Node json, bool dry_run) {
  Reply reply;
  Table table;
  table.columns = {{.title = session.say("instalment.invoice")},
                   {.title = session.say("list.enterprise")},
                   {.title = session.say("instalment.due")},
                   {.title = session.say("instalment.open"), .align = Align::kRight},
                   {.title = session.say("instalment.step")}};
  ANLAN_TRY(const house::House* house, session.house());
  for (const DunningLine& line : sent.lines) {
    const house::PolicyFile* file = house::find_policy(*house, line.policy);
    table.rows.push_back({line.invoice, company_name(*house, file->policy.enterprise),
                          to_text(line.due), to_grouped(line.open),
                          word(session, "dunning_step", line.step)});
  }
  reply.brief.push_back(
      session.say(sent.lines.empty() ? "instalment.nobody_due"
                  : dry_run          ? "instalment.to_dun"
                                     : "instalment.dunned",
                  {{"on", to_text(sent.as_of)}, {"count", std::to_string(sent.lines.size())}}));
  if (!table.rows.empty()) reply.document.table(std::move(table));
  reply.document.paragraph(reply.brief.back());
  reply.json = std::move(json);
  return reply;
}

// Nobody to remind is an answer and no refusal: whoever repeats the run of a day is told so.
Result<Reply> dun(Session& session, NodeReader& options) {
  const bool dry_run = options.flag("dry-run", false);
  std::optional<Date> on;
  if (options.has("on")) on = options.date("on");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const underwriting::ChargeFile* charges, session.library().charges());
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const Instant now, session.now());
  const house::SendDunning command{.as_of = on.value_or(date_of(now, house->offset())),
                                   .days = {.first_reminder = charges->first_reminder,
                                            .second_reminder = charges->second_reminder,
                                            .lapse_warning = charges->lapse_warning}};
  DunningSent sent{.as_of = command.as_of, .lines = {}};
  if (dry_run && !session.known()) {
    sent.lines = house::dunning_lines(*house, command.as_of, command.days);
    return dunned(session, sent, to_node(sent), true);
  }
  const Result<Session::Outcome> outcome = session.submit(command);
  if (outcome.ok()) {
    ANLAN_TRY(const Event event, session.event_at(outcome->first_seq));
    sent = std::get<DunningSent>(event);
  } else if (outcome.refusal().code != house::refusals::kAlreadyDone) {
    return outcome.refusal();
  }
  Node json = to_node(sent);
  if (outcome.ok()) add_outcome(json, *outcome);
  return dunned(session, sent, std::move(json), false);
}

Result<Reply> debts(Session& session, NodeReader& options) {
  std::optional<Date> asked;
  if (options.has("on")) asked = options.date("on");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const Instant now, session.now());
  const Date on = asked.value_or(date_of(now, house->offset()));
  const Money none = Money::zero(house->currency());
  house::Debts sum{none, none, none, none, none, none, none};
  std::size_t debtors = 0;
  Node list = Node::list();
  for (const auto& [id, file] : house->policies) {
    const house::Debts one = house::debts_of(file, on);
    if (one.sum().is_zero()) continue;
    ++debtors;
    for (Money house::Debts::*age :
         {&house::Debts::not_due, &house::Debts::days_30, &house::Debts::days_60,
          &house::Debts::days_90, &house::Debts::older, &house::Debts::not_invoiced,
          &house::Debts::government})
      sum.*age += one.*age;
    Node node = to_node(one);
    node.add("policy", to_node(id));
    list.items.push_back(std::move(node));
  }
  FactTable table;
  table.amount(session.say("instalment.not_due"), sum.not_due);
  table.amount(session.say("instalment.days_30"), sum.days_30);
  table.amount(session.say("instalment.days_60"), sum.days_60);
  table.amount(session.say("instalment.days_90"), sum.days_90);
  table.amount(session.say("instalment.older"), sum.older);
  table.amount(session.say("instalment.not_invoiced"), sum.not_invoiced);
  table.amount(session.say("instalment.of_government"), sum.government);
  table.amount(session.say("label.sum"), sum.sum());
  Reply reply;
  reply.document.table(table.take(Align::kRight));
  reply.brief.push_back(session.say(
      "instalment.debts",
      {{"on", to_text(on)}, {"count", std::to_string(debtors)}, {"sum", to_grouped(sum.sum())}}));
  reply.document.paragraph(reply.brief.back());
  reply.json = to_node(sum);
  reply.json.add("sum", to_node(sum.sum()));
  reply.json.add("on", to_node(on));
  reply.json.add("policies", std::move(list));
  return reply;
}

}  // namespace

std::vector<Operation> instalment_operations() {
  const Option policy = positional("policy", "POLICY", "保单编号", "the policy, e.g. pol_30");
  const Option on =
      named("on", "YYYY-MM-DD", "以该日为准，缺省为今天", "the day that counts, default today");
  return {
      {.name = "premium plan",
       .command = house::AgreeInstalments::kName,
       .zh = "约定分期缴费：企业部分分若干期",
       .en = "agree instalments of the customer's part",
       .options = {policy, named("instalments", "N", "期数，1 至 12", "how many, 1 to 12", true),
                   named("first", "YYYY-MM-DD", "首期最后缴费日，缺省为产品的缴费期限",
                         "last day of the first, default the product's"),
                   named("every", "MONTHS", "每隔几个月一期，缺省为均分一年",
                         "months between two, default equal parts of a year")},
       .run = plan},
      {.name = "premium invoice",
       .command = house::IssueInvoices::kName,
       .zh = "开具下一期（或至某日为止各期）的账单，列明增值税",
       .en = "invoice the next instalment, or all up to a day, with its VAT",
       .options = {policy, named("through", "YYYY-MM-DD", "开具至该日到期的各期",
                                 "every instalment due up to that day")},
       .run = invoice},
      {.name = "premium invoices",
       .command = "",
       .zh = "查看分期与账单：已缴、欠缴、催缴",
       .en = "show instalments and invoices: paid, open, reminded",
       .options = {policy},
       .run = invoices},
      {.name = "premium dun",
       .command = house::SendDunning::kName,
       .zh = "登记催缴：第一次、第二次、失效警告",
       .en = "record reminders: first, second, warning of a lapse",
       .options = {on, flag("dry-run", "只列出，不登记", "list them, record nothing")},
       .run = dun},
      {.name = "premium debts",
       .command = "",
       .zh = "应收保费账龄",
       .en = "premium owed, by age",
       .options = {on},
       .run = debts},
  };
}

}  // namespace anlan::api
