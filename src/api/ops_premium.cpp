// Operations of premium and capital: subsidy budgets and decisions, receipts, what is earned as the
// days run, debts that are written off, the owners' money.
#include <algorithm>

#include "api/known_scheme.h"
#include "api/ops_statement.h"
#include "api/render.h"
#include "base/refusals.h"
#include "house/month.h"
#include "house/nondisclosure.h"
#include "house/views.h"

namespace anlan::api {
namespace {

using namespace domain;

const house::PolicyFile& known_policy(const house::House& house, PolicyId id) {
  const house::PolicyFile* file = house::find_policy(house, id);
  ANLAN_CHECK(file != nullptr);  // the command was accepted
  return *file;
}

Result<Reply> grant_budget(Session& session, NodeReader& options) {
  house::GrantSubsidyBudget command;
  command.scheme = options.name<SchemeTag>("scheme");
  command.amount = options.money("amount", Currency::kCny);
  if (options.refused()) return options.report().refusal();
  // A budget of a scheme that nobody can use would be lost.
  ANLAN_REQUIRE(known_scheme(command.scheme, session.library().scheme_names()));
  ANLAN_TRY(const Session::Outcome outcome, session.submit(command));
  return brief_reply(session.say("brief.budget_granted", {{"scheme", command.scheme.text},
                                                          {"amount", to_grouped(command.amount)}}),
                     outcome_node(outcome));
}

// A reason that is the name of an obstacle is shown as its sentence.
std::string reason_text(Session& session, const std::string& reason) {
  for (const auto& obstacle : enum_names(static_cast<SubsidyObstacle*>(nullptr))) {
    if (obstacle.name == reason) return session.say("subsidy." + reason);
  }
  return reason;
}

Result<Reply> decide_subsidy(Session& session, NodeReader& options) {
  house::DecideSubsidy command;
  command.policy = options.id<PolicyTag>("policy");
  command.grant = !options.has("refuse");
  command.reason = options.text_or("refuse", "");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const Session::Outcome outcome, session.submit(command));
  ANLAN_TRY(const house::House* house, session.house());
  const house::PolicyFile& file = known_policy(*house, command.policy);
  Node json = to_node(*file.subsidy);
  add_outcome(json, outcome);
  return brief_reply(session.say(command.grant ? "brief.subsidy_granted" : "brief.subsidy_refused",
                                 {{"policy", to_text(command.policy)},
                                  {"amount", to_grouped(file.subsidy->amount)},
                                  {"customer", to_grouped(file.customer_due)},
                                  {"reason", reason_text(session, command.reason)}}),
                     std::move(json));
}

Result<Reply> receive_premium(Session& session, NodeReader& options) {
  house::ReceivePremium command;
  command.policy = options.id<PolicyTag>("policy");
  command.payer = options.choice<Payer>("payer");
  command.amount = options.money("amount", Currency::kCny);
  const std::string serial = options.text_or("serial", "");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const Session::Outcome outcome,
            serial.empty() ? session.submit(command) : receive_transfer(session, command, serial));
  ANLAN_TRY(const house::House* house, session.house());
  const house::PolicyFile& file = known_policy(*house, command.policy);
  Node json = outcome_node(outcome);
  json.add("customer_paid", to_node(file.customer_paid));
  json.add("government_paid", to_node(file.government_paid));
  const bool customer = command.payer == Payer::kCustomer;
  const house::NonDisclosureFile* waived =
      house::waived_by_receipt(*house, file, date_of(file.receipts.back().at, house->offset()));
  json.add("waives_rescission", waived ? to_node(waived->nondisclosure.id) : Node::null());
  Reply reply = brief_reply(
      session.say("brief.premium_received",
                  {{"policy", to_text(command.policy)},
                   {"payer", word(session, "payer", command.payer)},
                   {"amount", to_grouped(command.amount)},
                   {"paid", to_grouped(customer ? file.customer_paid : file.government_paid)},
                   {"due", to_grouped(customer ? file.customer_due : file.government_due)}}),
      std::move(json));
  if (waived) {
    reply.brief.push_back(
        session.say("disclosure.waives", {{"id", to_text(waived->nondisclosure.id)}}));
    reply.document.bullet(reply.brief.back(), "!");
  }
  return reply;
}

Result<Reply> write_off(Session& session, NodeReader& options) {
  house::WriteOffPremium command;
  command.policy = options.id<PolicyTag>("policy");
  command.payer = options.choice<Payer>("payer");
  command.reason = options.text("reason");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const Session::Outcome outcome, session.submit(command));
  ANLAN_TRY(const Event event, session.event_at(outcome.first_seq));
  const auto& written_off = std::get<PremiumWrittenOff>(event);
  Node json = to_node(written_off);
  add_outcome(json, outcome);
  return brief_reply(
      session.say("brief.premium_written_off", {{"policy", to_text(command.policy)},
                                                {"payer", word(session, "payer", command.payer)},
                                                {"amount", to_grouped(written_off.amount)},
                                                {"reason", command.reason}}),
      std::move(json));
}

// Nothing to earn is an answer and no refusal: whoever repeats the run of a month is told so.
Result<Reply> earn_premium(Session& session, NodeReader& options) {
  const house::EarnPremium command{.through = options.date("through")};
  if (options.refused()) return options.report().refusal();
  const Result<Session::Outcome> outcome = session.submit(command);
  PremiumEarned earned{.through = command.through, .lines = {}};
  if (outcome.ok()) {
    ANLAN_TRY(const Event event, session.event_at(outcome->first_seq));
    earned = std::get<PremiumEarned>(event);
  } else if (outcome.refusal().code != house::refusals::kAlreadyDone) {
    return outcome.refusal();
  }
  ANLAN_TRY(const house::House* house, session.house());
  Money sum = Money::zero(house->currency());
  for (const EarnedPremium& line : earned.lines) sum += line.amount;
  const bool more = earned.lines.size() == house::kEarnedPoliciesMax;
  // Days of a month that is closed stand in the open one, and the answer says so.
  const Date booked = house::booked_in(*house, command.through);
  const bool late = booked != house::first_of_month(command.through);
  Node json = to_node(earned);
  json.add("sum", to_node(sum));
  json.add("booked_in", to_node(to_text(booked).substr(0, 7)));
  json.add("more", Node::boolean(more));
  if (outcome.ok()) add_outcome(json, *outcome);
  return brief_reply(
      session.say(earned.lines.empty() ? "brief.premium_nothing_to_earn" : "brief.premium_earned",
                  {{"through", to_text(command.through)},
                   {"policies", std::to_string(earned.lines.size())},
                   {"sum", to_grouped(sum)},
                   {"more", more ? "1" : ""},
                   {"booked", late ? to_text(booked).substr(0, 7) : ""}}),
      std::move(json));
}

Result<Reply> pay_in_capital(Session& session, NodeReader& options) {
  const house::PayInCapital command{.amount = options.money("amount", Currency::kCny)};
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const Session::Outcome outcome, session.submit(command));
  Node json = outcome_node(outcome);
  json.add("amount", to_node(command.amount));
  return brief_reply(session.say("brief.capital_paid_in", {{"amount", to_grouped(command.amount)}}),
                     std::move(json));
}

std::vector<Operation> book_operations(const Option& policy) {
  return {
      {.name = "premium earn",
       .command = house::EarnPremium::kName,
       .zh = "按日计提已赚保费（重复执行不会重复计提）",
       .en = "earn the premium of the days that have run; a repeated run earns nothing twice",
       .options = {named("through", "YYYY-MM-DD", "计提至该日（含），须已过完",
                         "last day that counts; it must be over", true)},
       .run = earn_premium},
      {.name = "premium write-off",
       .command = house::WriteOffPremium::kName,
       .zh = "核销已终止保单尚欠的保费",
       .en = "write off what is still owed of a policy that is over",
       .options = {policy, named("payer", "customer|government", "欠款人", "who owes it", true),
                   named("reason", "TEXT", "理由", "reason", true)},
       .run = write_off},
      {.name = "capital pay-in",
       .command = house::PayInCapital::kName,
       .zh = "登记股东投入资本",
       .en = "record capital paid in by the owners",
       .options = {positional("amount", "AMOUNT", "金额，例如 1000000.00",
                              "amount, e.g. 1000000.00")},
       .run = pay_in_capital},
  };
}

}  // namespace

std::vector<Operation> premium_operations() {
  const Option policy = positional("policy", "POLICY", "保单编号", "the policy, e.g. pol_30");
  std::vector<Operation> table{
      {.name = "subsidy budget",
       .command = house::GrantSubsidyBudget::kName,
       .zh = "登记财政补贴额度",
       .en = "grant a subsidy budget to the house",
       .options = {positional("scheme", "SCHEME", "补贴方案", "the scheme"),
                   named("amount", "AMOUNT", "额度，例如 100000.00", "amount, e.g. 100000.00",
                         true)},
       .run = grant_budget},
      {.name = "subsidy decide",
       .command = house::DecideSubsidy::kName,
       .zh = "审批补贴（--refuse 理由 为不予补贴）",
       .en = "decide the subsidy of a policy (--refuse REASON to refuse)",
       .options = {policy,
                   named(
                       "refuse", "REASON",
                       "不予补贴的理由：文字；写报价单上的理由代码，则记为该理由",
                       "reason of a refusal: a text, or the code of a reason as quotes carry it")},
       .run = decide_subsidy},
      {.name = "premium receive",
       .command = house::ReceivePremium::kName,
       .zh = "登记收到保费",
       .en = "record premium received",
       .options = {policy, named("payer", "customer|government", "付款人", "who paid", true),
                   named("amount", "AMOUNT", "金额", "amount", true),
                   named("serial", "SERIAL", "银行的交易流水号：以后的对账单不会再登记这一笔",
                         "the bank's number of the transfer: no statement records it again")},
       .run = receive_premium},
  };
  for (Operation& operation : book_operations(policy)) table.push_back(std::move(operation));
  return table;
}

}  // namespace anlan::api
