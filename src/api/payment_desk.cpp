#include "api/payment_desk.h"

#include <system_error>
#include <utility>

#include "api/payment_refusals.h"
#include "api/render.h"
#include "house/access.h"
#include "house/decide.h"
#include "house/instalments.h"
#include "house/journal_refusals.h"
#include "house/nondisclosure.h"
#include "house/refusals.h"
#include "house/views.h"
#include "platform/payment_refusals.h"

namespace anlan::api {
namespace {

using namespace domain;
using platform::GatewayOrder;
using platform::GatewayState;
using platform::Payment;
using platform::PaymentNotice;

constexpr std::int64_t kSecondMicros = 1'000'000;

ActorName gateway_actor() { return {std::string(kGatewayActor)}; }
std::string key_of(std::string_view payment) { return "gateway/" + std::string(payment); }

house::ReceivePremium receipt_of(PolicyId policy, Money amount) {
  return {.policy = policy, .payer = Payer::kCustomer, .amount = amount};
}

// Of the payment alone, so that a notice with another time is the same request.
Digest request_of(const Payment& payment) {
  const std::string text = "gateway\n" + payment.name + "\n" + to_text(payment.policy) + "\n" +
                           to_decimal(payment.amount);
  return sha256(bytes_of(text));
}

// What the house has decided about the money, as against what kept it from deciding.
bool is_rule(const Refusal& refusal) {
  constexpr std::uint16_t kFirst = 7000;
  constexpr std::uint16_t kLast = 7899;  // the journal's own follow
  return refusal.code.number >= kFirst && refusal.code.number <= kLast;
}

const house::KeyUse* recorded(const house::House& house, std::string_view payment) {
  const auto use = house.keys.find({gateway_actor(), key_of(payment)});
  return use == house.keys.end() ? nullptr : &use->second;
}

PaymentState state_of(const std::optional<GatewayOrder>& order) {
  if (!order) return PaymentState::kWaiting;  // the gateway has not heard of it yet
  switch (order->state) {
    case GatewayState::kOpen:
      return PaymentState::kWaiting;
    case GatewayState::kPaid:
      return PaymentState::kPending;
    case GatewayState::kDeclined:
      return PaymentState::kDeclined;
    case GatewayState::kWithdrawn:
      return PaymentState::kWithdrawn;
    case GatewayState::kReturned:
      return PaymentState::kReturned;
  }
  check_failed("a known state of a gateway", __FILE__, __LINE__);
}

// The session as the gateway's, for one command.
class AsGateway {
 public:
  AsGateway(Session& session, std::string_view payment)
      : session_(session), before_(session.options()) {
    session_.options().actor = kGatewayActor;
    session_.options().key = key_of(payment);
    session_.options().rehearse = false;
  }
  AsGateway(const AsGateway&) = delete;
  AsGateway& operator=(const AsGateway&) = delete;
  ~AsGateway() {
    session_.options().key.clear();
    static_cast<void>(session_.begin_request(Digest{}));  // forgets that of the gateway
    session_.options() = std::move(before_);
  }

 private:
  Session& session_;
  SessionOptions before_;
};

// A sandbox's clock stands where it was told: the receipt is of the moment of the answer, or right
// behind what was recorded since.
std::string receipt_time(const house::House& house, std::int64_t seconds) {
  const std::int64_t last = (house.last_at.micros() + kSecondMicros - 1) / kSecondMicros;
  return to_text(Instant::from_micros(std::max(seconds, last) * kSecondMicros), house.offset());
}

}  // namespace

Result<Done> check_gateway(const house::House& house) {
  const auto actor = house.actors.find(gateway_actor());
  if (house.opening->sandbox && actor != house.actors.end() &&
      house::has_role(actor->second, Role::kFinance))
    return Done{};
  return Refusal{.code = refusals::kGatewayNone, .path = "house", .value = house.opening->name};
}

Money payable_now(const house::PolicyFile& file) {
  const Money owed = house::owed_by(file, Payer::kCustomer);
  for (const house::InvoiceState& invoice : house::invoice_states(file)) {
    if (invoice.open.minor() > 0) return std::min(invoice.open, owed);
  }
  // Of a plan without invoices, what is paid goes to its first instalments.
  Money left = owed;
  const std::vector<Instalment>& plan = house::newest_plan(file);
  for (auto part = plan.rbegin(); part != plan.rend(); ++part) {
    if (left <= part->amount) break;
    left -= part->amount;
  }
  return left;
}

bool PaymentDesk::in_use(const std::filesystem::path& house) {
  std::error_code error;
  return std::filesystem::exists(platform::payments_file(house), error);
}

Result<PaymentDesk> PaymentDesk::open(Session& session) {
  ANLAN_TRY(const std::filesystem::path beside, session.projection_file());
  const std::filesystem::path folder = beside.parent_path();
  session.let_go();
  ANLAN_TRY(platform::Payments payments, platform::Payments::open(folder));
  ANLAN_TRY(std::unique_ptr<platform::SandboxGateway> gateway,
            platform::SandboxGateway::open(platform::sandbox_gateway_file(folder)));
  return PaymentDesk(session, std::move(payments), std::move(gateway));
}

// ---- how payments stand

// First the gateway, then the house: what the gateway gave up was recorded before.
Result<PaymentStanding> PaymentDesk::standing_of(const Payment& payment) {
  ANLAN_TRY(const std::optional<GatewayOrder> order, gateway_->find(payment.name));
  ANLAN_TRY(const house::House* house, session_->house());
  PaymentStanding standing{.payment = payment, .state = state_of(order)};
  if (const house::KeyUse* use = recorded(*house, payment.name)) {
    standing.state = PaymentState::kRecorded;
    standing.receipt = use->first_seq;
  }
  return standing;
}

Result<std::vector<PaymentStanding>> PaymentDesk::of(PolicyId policy) {
  ANLAN_TRY(const std::vector<Payment> payments, payments_.of(policy));
  std::vector<PaymentStanding> all;
  for (const Payment& payment : payments) {
    ANLAN_TRY(PaymentStanding standing, standing_of(payment));
    all.push_back(std::move(standing));
  }
  return all;
}

Result<PaymentStanding> PaymentDesk::find(std::string_view name) {
  ANLAN_TRY(const std::optional<Payment> payment, payments_.find(name));
  if (payment) return standing_of(*payment);
  return Refusal{
      .code = platform::refusals::kPaymentMissing, .path = "payment", .value = std::string(name)};
}

// ---- paying

// That the house would take the receipt now is asked before anybody pays.
Result<Money> PaymentDesk::amount_to_ask(PolicyId policy) {
  ANLAN_TRY(const house::House* house, session_->house());
  ANLAN_REQUIRE(check_gateway(*house));
  const house::PolicyFile* file = house::find_policy(*house, policy);
  if (!file) return not_found("policy", to_text(policy));
  const Money amount = payable_now(*file);
  if (amount.minor() <= 0) {
    return Refusal{.code = house::refusals::kWrongState,
                   .path = "policy",
                   .value = to_text(policy),
                   .args = {{.name = "state", .value = "nothing_owed"},
                            {.name = "needed", .value = "premium_owed"}}};
  }
  ANLAN_TRY(const Instant now, session_->now());
  const house::NonDisclosureFile* waived =
      house::waived_by_receipt(*house, *file, date_of(now, house->offset()));
  if (waived) {
    return Refusal{.code = refusals::kPaymentHeld,
                   .path = "policy",
                   .value = to_text(policy),
                   .args = {{.name = "id", .value = to_text(waived->nondisclosure.id)}}};
  }
  const house::DecideContext context{
      .at = now, .actor = gateway_actor(), .next_seq = house->head.seq + 1};
  const auto decided = house::decide(*house, context, receipt_of(policy, amount));
  if (!decided.ok()) return decided.refusal();
  return amount;
}

// The one that stands in the way of a new one, if any.
Result<std::optional<PaymentStanding>> PaymentDesk::open_payment(PolicyId policy, Money amount) {
  ANLAN_TRY(std::vector<PaymentStanding> all, of(policy));
  for (PaymentStanding& each : all) {
    if (each.state == PaymentState::kPending) return std::optional(std::move(each));
    if (each.state != PaymentState::kWaiting) continue;
    if (each.payment.amount == amount) return std::optional(std::move(each));
    ANLAN_TRY(const std::optional<GatewayOrder> known, gateway_->find(each.payment.name));
    if (!known) ANLAN_REQUIRE(begin(each.payment));  // so that nobody begins it behind this
    ANLAN_TRY(const Instant now, session_->now());
    ANLAN_REQUIRE(gateway_->withdraw(each.payment.name, now));
    ANLAN_TRY(PaymentStanding then, standing_of(each.payment));
    if (then.state == PaymentState::kPending) return std::optional(std::move(then));
  }
  return std::optional<PaymentStanding>();
}

Result<PaymentStanding> PaymentDesk::begin(const Payment& payment) {
  ANLAN_TRY(const house::House* house, session_->house());
  const house::PolicyFile* file = house::find_policy(*house, payment.policy);
  ANLAN_CHECK(file != nullptr);  // policies stay
  ANLAN_REQUIRE(gateway_->begin({.payment = payment.name,
                                 .house = house->opening->name,
                                 .reference = file->policy.number,
                                 .amount = payment.amount,
                                 .begun = payment.at}));
  return standing_of(payment);
}

// A tap that comes while the first is under way waits for its turn, and finds what it left.
Result<PaymentStanding> PaymentDesk::pay(PolicyId policy, const ActorName& actor) {
  session_->let_go();
  ANLAN_TRY(platform::Payments::Turn turn, payments_.turn());
  ANLAN_TRY(const Money amount, amount_to_ask(policy));
  ANLAN_TRY(const std::optional<PaymentStanding> open, open_payment(policy, amount));
  if (open) return begin(open->payment);
  ANLAN_TRY(const Instant now, session_->now());
  const Payment payment{.name = platform::new_payment_name(),
                        .policy = policy,
                        .amount = amount,
                        .actor = actor,
                        .at = now};
  ANLAN_REQUIRE(payments_.add(payment));
  ANLAN_REQUIRE(turn.keep());
  return begin(payment);
}

// ---- what the gateway tells

Result<Done> PaymentDesk::record(const PaymentNotice& notice, const Payment& payment) {
  const AsGateway as(*session_, payment.name);
  {
    ANLAN_TRY(const house::House* house, session_->house());
    session_->options().at = receipt_time(*house, notice.seconds);
  }
  ANLAN_REQUIRE(session_->begin_request(request_of(payment)));
  if (session_->known()) return Done{};
  ANLAN_TRY(const house::House* house, session_->house());
  const house::PolicyFile* file = house::find_policy(*house, payment.policy);
  ANLAN_TRY(const Instant now, session_->now());
  const house::NonDisclosureFile* waived =
      file ? house::waived_by_receipt(*house, *file, date_of(now, house->offset())) : nullptr;
  Result<Done> taken = Done{};
  if (waived) {
    taken = Refusal{.code = refusals::kPaymentHeld,
                    .path = "policy",
                    .value = to_text(payment.policy),
                    .args = {{.name = "id", .value = to_text(waived->nondisclosure.id)}}};
  } else {
    const Result<Session::Outcome> outcome =
        session_->submit(receipt_of(payment.policy, payment.amount));
    if (!outcome.ok()) taken = outcome.refusal();
  }
  if (taken.ok()) return taken;
  if (!waived && !is_rule(taken.refusal())) return taken;
  ANLAN_REQUIRE(gateway_->give_back(payment.name, now));
  return Done{};
}

Result<PaymentStanding> PaymentDesk::take_notice(const PaymentNotice& notice) {
  if (!platform::is_signed(notice, gateway_->secret())) {
    return Refusal{.code = refusals::kNoticeForged, .path = "signature", .value = notice.payment};
  }
  session_->let_go();
  ANLAN_TRY(const platform::Payments::Turn turn, payments_.turn());
  ANLAN_TRY(const std::optional<Payment> payment, payments_.find(notice.payment));
  if (!payment) {
    return Refusal{
        .code = platform::refusals::kPaymentMissing, .path = "payment", .value = notice.payment};
  }
  if (notice.amount != payment->amount) {
    return Refusal{.code = refusals::kNoticeAmount,
                   .path = "amount",
                   .value = to_decimal(notice.amount),
                   .args = {{.name = "amount", .value = to_decimal(payment->amount)}}};
  }
  ANLAN_TRY(PaymentStanding standing, standing_of(*payment));
  if (!notice.paid || standing.state == PaymentState::kReturned) return standing;
  ANLAN_REQUIRE(record(notice, *payment));
  session_->let_go();
  return standing_of(*payment);
}

Result<std::size_t> PaymentDesk::take_due() {
  platform::SystemClock machine;
  ANLAN_TRY(const std::vector<PaymentNotice> notices, gateway_->due(machine.now()));
  std::size_t count = 0;
  untaken_.reset();
  for (const PaymentNotice& notice : notices) {
    const Result<PaymentStanding> taken = take_notice(notice);
    ANLAN_REQUIRE(gateway_->told(notice.payment, taken.ok(), machine.now()));
    if (!taken.ok() && !untaken_) untaken_ = taken.refusal();
    count += taken.ok() ? 1 : 0;
  }
  return count;
}

}  // namespace anlan::api
