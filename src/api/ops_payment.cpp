#include "api/ops_payment.h"

#include <algorithm>

#include "api/payee.h"
#include "api/payment_desk.h"
#include "api/render.h"
#include "base/to_node.h"
#include "house/access.h"
#include "house/views.h"
#include "platform/payment_refusals.h"

namespace anlan::api {
namespace {

using namespace domain;

enum class PayerAnswer : std::uint8_t { kPaid = 1, kDeclined = 2 };
constexpr auto enum_names(PayerAnswer*) {
  using A = PayerAnswer;
  return std::array{EnumName<A>{A::kPaid, "paid"}, EnumName<A>{A::kDeclined, "declined"}};
}

// Whoever pays, or sees to it for its customer.
Result<ActorName> check_payer(Session& session, std::string_view operation) {
  ANLAN_TRY(const ActorName name, parse_name<ActorTag>(session.options().actor, "as"));
  ANLAN_TRY(const house::House* house, session.house());
  const auto actor = house->actors.find(name);
  if (actor == house->actors.end())
    return Refusal{.code = house::refusals::kUnknownActor, .path = "as", .value = name.text};
  for (const Role role : {Role::kPolicyholder, Role::kBroker}) {
    if (house::has_role(actor->second, role)) return name;
  }
  return Refusal{.code = house::refusals::kRoleMissing,
                 .path = "as",
                 .value = name.text,
                 .args = {{.name = "command", .value = std::string(operation)},
                          {.name = "roles", .value = "policyholder, broker"}}};
}

std::string sentence(Session& session, const PaymentStanding& standing) {
  return session.say("payment." + std::string(name_of(standing.state)),
                     {{"amount", to_grouped(standing.payment.amount)},
                      {"policy", to_text(standing.payment.policy)},
                      {"receipt", std::to_string(standing.receipt)}});
}

Node standing_node(Session& session, const PaymentStanding& standing) {
  const platform::Payment& payment = standing.payment;
  Node node = Node::table();
  node.add("payment", Node::string(payment.name));
  node.add("policy", to_node(payment.policy));
  node.add("amount", to_node(payment.amount));
  node.add("state", to_node(standing.state));
  node.add("at", to_node(payment.at));
  node.add("by", to_node(payment.actor));
  node.add("receipt", standing.receipt == 0 ? Node::null() : to_node(standing.receipt));
  node.add("sandbox", Node::boolean(true));
  node.add("text", Node::string(sentence(session, standing)));
  return node;
}

// Every answer says that no money moves.
Reply standing_reply(Session& session, const PaymentStanding& standing) {
  Reply reply = brief_reply(sentence(session, standing), standing_node(session, standing));
  reply.brief.push_back(session.say("payment.sandbox", {{"payment", standing.payment.name}}));
  reply.document.paragraph(reply.brief.back());
  return reply;
}

Result<Reply> pay(Session& session, NodeReader& options) {
  const auto policy = options.id<PolicyTag>("policy");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const ActorName actor, check_payer(session, "premium pay"));
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_REQUIRE(check_gateway(*house));
  if (!house::find_policy(*house, policy)) return not_found("policy", to_text(policy));
  ANLAN_TRY(PaymentDesk desk, PaymentDesk::open(session));
  ANLAN_REQUIRE(desk.take_due());
  ANLAN_TRY(const PaymentStanding standing, desk.pay(policy, actor));
  return standing_reply(session, standing);
}

// Files that nobody needed yet are not made by looking.
Result<std::vector<PaymentStanding>> payments_of(Session& session, PolicyId policy) {
  ANLAN_TRY(const std::filesystem::path beside, session.projection_file());
  if (!PaymentDesk::in_use(beside.parent_path())) return std::vector<PaymentStanding>();
  ANLAN_TRY(PaymentDesk desk, PaymentDesk::open(session));
  return desk.of(policy);
}

Result<Reply> payments(Session& session, NodeReader& options) {
  const auto id = options.id<PolicyTag>("policy");
  if (options.refused()) return options.report().refusal();
  {
    ANLAN_TRY(const house::House* house, session.house());
    if (!house::find_policy(*house, id)) return not_found("policy", to_text(id));
  }
  ANLAN_TRY(const std::vector<PaymentStanding> all, payments_of(session, id));
  ANLAN_TRY(const house::House* house, session.house());
  const bool offered = check_gateway(*house).ok();
  const Money payable = payable_now(*house::find_policy(*house, id));
  ANLAN_TRY(const std::filesystem::path beside, session.projection_file());
  // A file that cannot be read takes nothing from what was paid.
  const auto found = read_payee(beside.parent_path().string());
  const std::optional<Payee> payee = found.ok() ? *found : std::optional<Payee>();
  Reply reply;
  reply.json = Node::table();
  reply.json.add("policy", to_node(id));
  reply.json.add("gateway", offered ? Node::string("sandbox") : Node::null());
  reply.json.add("payee", payee_node(payee));
  reply.json.add("payable", to_node(payable));
  Node& list = reply.json.add("payments", Node::list());
  reply.brief.push_back(session.say(offered ? "payment.offered" : "payment.not_offered",
                                    {{"policy", to_text(id)}, {"payable", to_grouped(payable)}}));
  reply.document.paragraph(reply.brief.back());
  if (payee)
    reply.document.bullet(
        session.say("payment.payee",
                    {{"name", payee->name}, {"bank", payee->bank}, {"account", payee->account}}));
  for (const PaymentStanding& each : all) {
    list.items.push_back(standing_node(session, each));
    reply.document.bullet(sentence(session, each));
  }
  return reply;
}

// The page of the sandbox's gateway, as one answer of the payer.
Result<Reply> answer(Session& session, NodeReader& options) {
  const auto policy = options.id<PolicyTag>("policy");
  const std::string payment = options.text("payment");
  const auto said = options.choice<PayerAnswer>("answer");
  const auto telling = options.choice_or("tell", platform::SandboxTelling::kOnce);
  if (options.refused()) return options.report().refusal();
  ANLAN_REQUIRE(check_payer(session, "premium sandbox"));
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_REQUIRE(check_gateway(*house));
  ANLAN_TRY(const Instant now, session.now());
  ANLAN_TRY(PaymentDesk desk, PaymentDesk::open(session));
  ANLAN_TRY(const PaymentStanding asked, desk.find(payment));
  if (asked.payment.policy != policy)
    return Refusal{
        .code = platform::refusals::kPaymentMissing, .path = "payment", .value = payment};
  platform::SystemClock machine;
  ANLAN_REQUIRE(desk.gateway().answer(
      payment,
      {.paid = said == PayerAnswer::kPaid, .telling = telling, .at = now, .now = machine.now()}));
  constexpr int kTellings = 2;
  for (int told = 0; told < kTellings; ++told) ANLAN_REQUIRE(desk.take_due());
  ANLAN_TRY(const PaymentStanding standing, desk.find(payment));
  return standing_reply(session, standing);
}

Result<Reply> notice(Session& session, NodeReader& options) {
  constexpr std::int64_t kSecondsMax = std::int64_t{1} << 33;
  platform::PaymentNotice told;
  told.payment = options.text("payment");
  told.paid = options.choice<PayerAnswer>("outcome") == PayerAnswer::kPaid;
  told.amount = options.money("amount", Currency::kCny);
  told.seconds = whole_option(options, "seconds", {.lo = 0, .hi = kSecondsMax});
  told.signature = options.text("signature");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const std::filesystem::path beside, session.projection_file());
  if (!PaymentDesk::in_use(beside.parent_path()))
    return Refusal{
        .code = platform::refusals::kPaymentMissing, .path = "payment", .value = told.payment};
  ANLAN_TRY(PaymentDesk desk, PaymentDesk::open(session));
  ANLAN_TRY(const PaymentStanding standing, desk.take_notice(told));
  return standing_reply(session, standing);
}

}  // namespace

std::vector<Operation> payment_operations() {
  const Option policy = positional("policy", "POLICY", "保单编号", "the policy, e.g. pol_30");
  const Option payment = named("payment", "NAME", "支付编号", "the payment", true);
  return {
      {.name = "premium pay",
       .command = "",
       .zh = "经支付网关缴费（沙箱：不动真钱），金额以应缴为准",
       .en = "pay what is owed through a gateway (a sandbox: no money moves)",
       .options = {policy},
       .run = pay,
       .writes = true},
      {.name = "premium payments",
       .command = "",
       .zh = "一张保单经支付网关的缴费",
       .en = "the payments of a policy through a gateway",
       .options = {policy},
       .run = payments},
      {.name = "premium sandbox",
       .command = "",
       .zh = "在沙箱支付网关上答复一笔支付，也可以让它出错",
       .en = "answer a payment at the sandbox's gateway, or make it go wrong",
       .options = {policy, payment,
                   named("answer", "paid|declined", "付款人的答复", "what the payer says", true),
                   named("tell", "once|twice|late", "网关怎样通知：一次、两次、迟几秒",
                         "how the gateway tells: once, twice, or seconds too late")},
       .run = answer,
       .writes = true},
      {.name = "premium notice",
       .command = "",
       .zh = "支付网关带签名的通知",
       .en = "the signed notice of a gateway",
       .options = {payment, named("outcome", "paid|declined", "结果", "what came of it", true),
                   named("amount", "AMOUNT", "金额", "amount", true),
                   named("seconds", "N", "答复的时间（1970 年以来的秒数）",
                         "when the payer answered, in seconds since 1970", true),
                   named("signature", "HEX", "签名", "the signature", true)},
       .run = notice,
       .writes = true},
  };
}

}  // namespace anlan::api
