// Operations of a policy's life: bind, show, document, cancel, lapse, refund.
#include "api/certificate.h"
#include "api/decision_text.h"
#include "api/evidence.h"
#include "api/ops_subsidy.h"
#include "api/refusals.h"
#include "api/render.h"
#include "api/risk_unit_text.h"
#include "house/access.h"
#include "house/instalments.h"
#include "house/life.h"
#include "house/views.h"
#include "platform/files.h"
#include "underwriting/cancel.h"
#include "underwriting/documents.h"
#include "underwriting/lapse.h"
#include "underwriting/refusals.h"

namespace anlan::api {
namespace {

using namespace domain;

Result<const house::PolicyFile*> policy_of(const house::House& house, PolicyId id) {
  const house::PolicyFile* file = house::find_policy(house, id);
  if (file) return file;
  return not_found("policy", to_text(id));
}

// The product as it was sold: its refund rule and terms of payment are part of the contract.
Result<const underwriting::Product*> sold_product(Session& session, const house::House& house,
                                                  const Policy& policy) {
  const house::QuoteFile* quote = house::find_quote(house, policy.quote);
  ANLAN_CHECK(quote != nullptr);
  return session.library().product(policy.product, quote->quote.product_artefact);
}

Result<Reply> bind(Session& session, NodeReader& options) {
  const auto quote = options.id<QuoteTag>("quote");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const Session::Outcome outcome, session.submit(house::BindPolicy{.quote = quote}));
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const house::PolicyFile* file, policy_of(*house, PolicyId{outcome.first_seq}));
  const Policy& policy = file->policy;
  Node json = to_node(policy);
  add_outcome(json, outcome);
  const auto unproven =
      unproven_facts(house::find_enterprise(*house, policy.enterprise)->enterprise.facts.get());
  json.add("evidence_needed", unproven_node(session, unproven));
  const Quote sold = house::find_quote(*house, policy.quote)->quote;
  json.add("conflicts", to_node(sold.judged.get().conflicts));
  const Date last = plus_days(date_of(policy.until, policy.offset), -1);
  Reply reply =
      brief_reply(session.say("brief.policy_bound",
                              {{"id", to_text(policy.id)},
                               {"number", policy.number},
                               {"from", to_text(date_of(policy.from, policy.offset))},
                               {"until", to_text(last)},
                               {"premium", to_grouped(policy.premium)},
                               {"explained", std::to_string(policy.explained.get().size())}}),
                  std::move(json));
  const std::string conflicts = conflicts_text(session, sold);
  if (!conflicts.empty()) {
    reply.brief.insert(reply.brief.begin(), conflicts);
    reply.document.bullet(conflicts, "!");
  }
  if (!unproven.empty()) {
    reply.brief.push_back(unproven_sentence(session, unproven));
    reply.document.paragraph(reply.brief.back());
  }
  warn_of_risk_unit(session, *house, *file, reply);
  return reply;
}

// "customer 95.89; government 95.89": who has an amount that is not zero; empty: nobody.
std::string by_payer(Session& session, Money customer, Money government) {
  std::string list;
  for (const auto& [payer, amount] :
       {std::pair{Payer::kCustomer, customer}, std::pair{Payer::kGovernment, government}}) {
    if (amount.is_zero()) continue;
    list += (list.empty() ? "" : session.say("word.list_separator")) +
            word(session, "payer", payer) + " " + to_grouped(amount);
  }
  return list;
}

std::string debts(Session& session, const house::PolicyFile& file) {
  return by_payer(session, house::owed_by(file, Payer::kCustomer),
                  house::owed_by(file, Payer::kGovernment));
}

TextArgs refund_args(PolicyId id, Date on, const Refund& refund) {
  const bool scaled = refund.unearned != refund.unearned_by_time;
  return {{"policy", to_text(id)},
          {"on", to_text(on)},
          {"days", std::to_string(refund.days_on_risk)},
          {"total", std::to_string(refund.days_total)},
          {"by_time", scaled ? to_grouped(refund.unearned_by_time) : std::string()},
          {"unearned", to_grouped(refund.unearned)},
          {"customer", to_grouped(refund.to_customer)},
          {"government", to_grouped(refund.to_government)}};
}

// The policy with its debts as they would stand after this refund.
house::PolicyFile after_refund(house::PolicyFile file, const Refund& refund) {
  house::take_end(file, refund);
  return file;
}

// Whoever does not act for the insurer cannot state that the insurer cancels.
Result<Done> check_party(Session& session, const house::House& house,
                         underwriting::CancelParty party) {
  if (party == underwriting::CancelParty::kInsured) return Done{};
  ANLAN_TRY(const ActorName name, parse_name<ActorTag>(session.options().actor, "as"));
  const auto actor = house.actors.find(name);
  if (actor == house.actors.end() || !house::has_role(actor->second, Role::kPolicyholder))
    return Done{};  // the house says who may cancel
  return Refusal{.code = underwriting::refusals::kCancelGround,
                 .path = "party",
                 .value = std::string(name_of(party)),
                 .args = {{.name = "party",
                           .value = std::string(name_of(underwriting::CancelParty::kInsured))}}};
}

Result<Reply> cancel(Session& session, NodeReader& options) {
  const auto id = options.id<PolicyTag>("policy");
  const Date on = options.date("on");
  const auto party = options.choice_or("party", underwriting::CancelParty::kInsured);
  const auto ground = options.choice_or("ground", underwriting::CancelGround::kInsuredWish);
  const bool dry_run = options.flag("dry-run", false);
  if (options.refused()) return options.report().refusal();
  if (session.known()) {
    ANLAN_TRY(const Event event, session.event_at(session.known()->first_seq));
    const Refund refund = std::get<PolicyCancelled>(event).refund;
    ANLAN_TRY(const house::House* house, session.house());
    ANLAN_TRY(const house::PolicyFile* file, policy_of(*house, id));
    Node known = to_node(refund);
    add_outcome(known, *session.known());
    TextArgs args = refund_args(id, on, refund);
    args.emplace_back("owed", debts(session, *file));
    return brief_reply(session.say("brief.policy_cancelled", args), std::move(known));
  }
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_REQUIRE(check_party(session, *house, party));
  ANLAN_TRY(const house::PolicyFile* file, policy_of(*house, id));
  ANLAN_TRY(const underwriting::Product* product, sold_product(session, *house, file->policy));
  ANLAN_TRY(const Instant now, session.now());
  underwriting::CancelInput input =
      house::cancel_input(*house, *file, date_of(now, house->offset()));
  input.party = party;
  input.ground = ground;
  input.on = on;
  ANLAN_TRY(const Refund refund, underwriting::cancel_refund(input, product->refund));
  Node json = to_node(refund);
  TextArgs args = refund_args(id, on, refund);
  args.emplace_back("owed", debts(session, after_refund(*file, refund)));
  if (dry_run) return brief_reply(session.say("brief.cancel_preview", args), std::move(json));
  ANLAN_TRY(const Session::Outcome outcome,
            session.submit(house::CancelPolicy{
                .policy = id, .on = on, .refund = refund, .reason = std::string(name_of(ground))}));
  add_outcome(json, outcome);
  return brief_reply(session.say("brief.policy_cancelled", args), std::move(json));
}

Result<Reply> refund(Session& session, NodeReader& options) {
  const auto id = options.id<PolicyTag>("policy");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const Session::Outcome outcome, session.submit(house::PayRefund{.policy = id}));
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const house::PolicyFile* file, policy_of(*house, id));
  // The settlement of an early end, where there was one; else what an endorsement gave back.
  const Refund* ended = house::refund_of(*file);
  ANLAN_TRY(const Event event, session.event_at(outcome.first_seq));
  const auto& refunded = std::get<RefundPaid>(event);
  const RefundPaid* paid = &refunded;
  Node json = ended ? to_node(*ended) : to_node(refunded);
  add_outcome(json, outcome);
  return brief_reply(
      session.say("brief.refund_paid", {{"policy", to_text(id)},
                                        {"customer", to_grouped(paid->to_customer)},
                                        {"government", to_grouped(paid->to_government)}}),
      std::move(json));
}

Result<Date> premium_due(Session& session, const house::House& house,
                         const house::PolicyFile& file) {
  ANLAN_TRY(const underwriting::Product* product, sold_product(session, house, file.policy));
  const Date last = underwriting::premium_due(*product, date_of(file.bound_at, house.offset()));
  return house::unpaid_since(file, last);
}

Result<Reply> recorded_lapse(Session& session, PolicyId id, const Session::Outcome& outcome) {
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const house::PolicyFile* file, policy_of(*house, id));
  ANLAN_TRY(const Date due, premium_due(session, *house, *file));
  Node json = to_node(*file->lapsed);
  add_outcome(json, outcome);
  TextArgs args = refund_args(id, file->lapsed->on, file->lapsed->refund);
  args.emplace_back("unpaid", to_grouped(file->lapsed->unpaid));
  args.emplace_back("due", to_text(due));
  const Refund& back = file->lapsed->refund;
  args.emplace_back("back", by_payer(session, back.to_customer, back.to_government));
  args.emplace_back("owed", debts(session, *file));
  return brief_reply(session.say("brief.policy_lapsed", args), std::move(json));
}

Result<Reply> lapse(Session& session, NodeReader& options) {
  const auto id = options.id<PolicyTag>("policy");
  if (options.refused()) return options.report().refusal();
  if (session.known()) return recorded_lapse(session, id, *session.known());
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const house::PolicyFile* file, policy_of(*house, id));
  ANLAN_TRY(const Date due, premium_due(session, *house, *file));
  ANLAN_TRY(const underwriting::Product* product, sold_product(session, *house, file->policy));
  ANLAN_TRY(const Instant now, session.now());
  const underwriting::CancelInput input =
      house::cancel_input(*house, *file, date_of(now, house->offset()));
  ANLAN_TRY(
      const Session::Outcome outcome,
      session.submit(house::LapsePolicy{
          .policy = id, .due = due, .refund = underwriting::lapse_refund(input, product->refund)}));
  return recorded_lapse(session, id, outcome);
}

Result<Reply> show(Session& session, NodeReader& options) {
  const auto id = options.id<PolicyTag>("policy");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const house::PolicyFile* file, policy_of(*house, id));
  ANLAN_TRY(const Instant now, session.now());
  const PolicyState state = house::policy_state(*file, now);
  FactTable table;
  table.row(session.say("label.policy"), to_text(id) + "  " + file->policy.number);
  table.row(session.say("label.state"), word(session, "policy_state", state));
  table.row(
      session.say("label.product"),
      with_id(session, product_name(session, file->policy.product), file->policy.product.text));
  table.row(session.say("label.from"), to_text(date_of(file->policy.from, file->policy.offset)));
  table.row(session.say("label.until"),
            to_text(plus_days(date_of(file->policy.until, file->policy.offset), -1)));
  table.amount(session.say("label.premium"), file->policy.premium);
  table.row(session.say("label.customer_part"),
            to_grouped(file->customer_paid) + " / " + to_grouped(file->customer_due));
  table.row(session.say("label.government_part"),
            to_grouped(file->government_paid) + " / " + to_grouped(file->government_due));
  const Money earned = house::earned_premium(*house, *file);
  table.amount(session.say("label.earned"), earned);
  const Money left = house::aggregate_left(*house, *file);
  table.amount(session.say("label.aggregate_left"), left);
  Reply reply;
  reply.document.heading(1, session.say("label.policy") + " " + file->policy.number);
  reply.document.table(table.take());
  for (const ClaimId claim : file->claims) {
    const house::ClaimFile* claim_file = house::find_claim(*house, claim);
    reply.document.bullet(
        session.say("brief.claim_line", {{"id", to_text(claim)},
                                         {"state", word(session, "claim_state", claim_file->state)},
                                         {"amount", to_grouped(claim_file->decision.payable)}}));
  }
  reply.json = to_node(file->policy);
  reply.json.add("state", to_node(state));
  reply.json.add("customer_due", to_node(file->customer_due));
  reply.json.add("customer_paid", to_node(file->customer_paid));
  reply.json.add("government_due", to_node(file->government_due));
  reply.json.add("government_paid", to_node(file->government_paid));
  const Money open = house::owed_by(*file, Payer::kCustomer);
  reply.json.add("customer_open", to_node(open));
  Node& due = reply.json.add("premium_due", Node::null());
  if (open.minor() > 0) {
    ANLAN_TRY(const Date last, premium_due(session, *house, *file));
    due = to_node(last);
  }
  const std::vector<house::Receipt>& refunds = file->life.changes->refunds;
  reply.json.add("refund_paid_at", refunds.empty() ? Node::null() : to_node(refunds.back().at));
  reply.json.add("subsidy", subsidy_node(*house, *file));
  reply.json.add("earned", to_node(earned));
  reply.json.add("refund",
                 house::refund_of(*file) ? to_node(*house::refund_of(*file)) : Node::null());
  reply.json.add("aggregate_left", to_node(left));
  reply.json.add("claims", to_node(file->claims));
  reply.brief.push_back(
      session.say("brief.policy_state", {{"policy", to_text(id)},
                                         {"state", word(session, "policy_state", state)},
                                         {"left", to_grouped(left)}}));
  return reply;
}

Result<Reply> document(Session& session, NodeReader& options) {
  const auto id = options.id<PolicyTag>("policy");
  const std::string out = options.text_or("out", "");
  // A repeated request writes the same document again.
  const bool replace = options.flag("replace", false) || session.known();
  if (options.refused()) return options.report().refusal();
  if (!out.empty() && !replace) ANLAN_REQUIRE(platform::check_absent(out));
  ANLAN_TRY(const Certificate certificate, issue_certificate(session, id));
  if (!out.empty()) {
    ANLAN_REQUIRE(platform::write_file(out, bytes_of(certificate.text)));
  }
  Reply reply;
  reply.document = certificate.document;
  reply.json = certificate.json;
  reply.brief.push_back(
      session.say("brief.document_issued", {{"policy", to_text(id)},
                                            {"content", short_hex(certificate.content)},
                                            {"head", std::to_string(certificate.head_seq)}}));
  return reply;
}

}  // namespace

std::vector<Operation> policy_operations() {
  const Option policy = positional("policy", "POLICY", "保单编号", "the policy, e.g. pol_30");
  return {
      {.name = "policy bind",
       .command = house::BindPolicy::kName,
       .zh = "承保出单",
       .en = "bind an explained quote",
       .options = {positional("quote", "QUOTE", "报价编号", "the quote, e.g. quo_20")},
       .run = bind},
      {.name = "policy show",
       .command = "",
       .zh = "查看保单",
       .en = "show a policy",
       .options = {policy},
       .run = show},
      {.name = "policy document",
       .command = house::IssueDocument::kName,
       .zh = "签发带签名的保单",
       .en = "issue the signed policy document",
       .options = {policy, named("out", "FILE", "写入文件（JSON）", "write it to a file (JSON)"),
                   flag("replace", "覆盖已有文件", "overwrite the file if it is there")},
       .run = document},
      {.name = "policy cancel",
       .command = house::CancelPolicy::kName,
       .zh = "退保或解除合同，退费按付款人拆分",
       .en = "cancel, with the refund split by payer",
       .options = {policy,
                   named("on", "YYYY-MM-DD", "无保障的第一天", "first day without cover", true),
                   named("party", "insured|insurer", "提出方", "who cancels"),
                   named("ground", "GROUND", "理由",
                         "insured_wish, after_incident, security_duty_breached, danger_increased"),
                   flag("dry-run", "只计算退费", "only show the refund")},
       .run = cancel},
      {.name = "policy lapse",
       .command = house::LapsePolicy::kName,
       .zh = "逾期未缴保费，保单失效",
       .en = "lapse a policy whose premium is overdue",
       .options = {policy},
       .run = lapse},
      {.name = "policy refund",
       .command = house::PayRefund::kName,
       .zh = "支付应退的保费：退保、失效或批改",
       .en = "pay back what is owed after a cancellation, a lapse or an endorsement",
       .options = {policy},
       .run = refund},
  };
}

}  // namespace anlan::api
