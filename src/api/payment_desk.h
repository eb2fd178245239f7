// Paying a premium through a gateway: a payment is asked for, the payer answers at the gateway, the
// gateway tells the house, and the house records what was received, once.
//
//   pay --payments.db--> begin --gateway--> answer --signed notice--> take_notice --premium receive
//
// Whoever is killed between two of these steps finds the rest where it was. What the house records
// it records as the actor `payment-gateway`, whom its operator appoints with the role of finance,
// under the key gateway/NAME: a notice that comes twice is answered with the first record. Only
// sandbox houses have a gateway, whose twin moves no money (platform/sandbox_gateway.h).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/session.h"
#include "house/house.h"
#include "platform/payment_gateway.h"
#include "platform/payments.h"
#include "platform/sandbox_gateway.h"

namespace anlan::api {

inline constexpr std::string_view kGatewayActor = "payment-gateway";

enum class PaymentState : std::uint8_t {
  kWaiting = 1,    // for the payer, at the gateway
  kPending = 2,    // the gateway has the money, and the house has not recorded it yet
  kRecorded = 3,   // by a receipt in the journal
  kDeclined = 4,   // nothing was paid
  kWithdrawn = 5,  // something else was owed by then; nothing was paid
  kReturned = 6,   // the house could not take it; the gateway gave it back
};
constexpr auto enum_names(PaymentState*) {
  using S = PaymentState;
  return std::array{EnumName<S>{S::kWaiting, "waiting"},     EnumName<S>{S::kPending, "pending"},
                    EnumName<S>{S::kRecorded, "recorded"},   EnumName<S>{S::kDeclined, "declined"},
                    EnumName<S>{S::kWithdrawn, "withdrawn"}, EnumName<S>{S::kReturned, "returned"}};
}

struct PaymentStanding {
  platform::Payment payment;
  PaymentState state = PaymentState::kWaiting;
  std::uint64_t receipt = 0;  // the seq of its record; 0: none
};

// Whether the house takes payments through a gateway. Refuses kGatewayNone.
Result<Done> check_gateway(const house::House& house);

// What the customer is to pay now: the oldest invoice or instalment that is open, without any all
// that is owed. Zero: nothing.
Money payable_now(const house::PolicyFile& file);

// What gateways and the house know, of one folder. One thread.
class PaymentDesk {
 public:
  // Makes the files if they are not there. The house need not be a sandbox: then there is nothing.
  static Result<PaymentDesk> open(Session& session);
  // Whether anybody ever paid here: only then are there files.
  static bool in_use(const std::filesystem::path& house);

  // Asks the gateway for what is owed of a policy. As long as a payment of it waits, or its outcome
  // is not recorded, that one is the answer, however often it is asked for; one that waits for
  // another amount than is owed now is withdrawn. Refuses kGatewayNone, kPaymentHeld, kWrongState
  // (nothing is owed), and what the house would refuse of the receipt.
  Result<PaymentStanding> pay(domain::PolicyId policy, const domain::ActorName& actor);

  // The payments of a policy, the newest first.
  Result<std::vector<PaymentStanding>> of(domain::PolicyId policy);
  // Refuses kPaymentMissing.
  Result<PaymentStanding> find(std::string_view name);

  // What a gateway calls back with. A payment that the house cannot take is given back. Refuses
  // kNoticeForged, kPaymentMissing, kNoticeAmount, and where the house could not write, what it
  // refuses: then the gateway tells it again.
  Result<PaymentStanding> take_notice(const platform::PaymentNotice& notice);

  // Takes what the gateway is to tell by now; how many were taken. What could not be taken is told
  // again; why the first could not, untaken() says.
  Result<std::size_t> take_due();
  const std::optional<Refusal>& untaken() const { return untaken_; }

  platform::SandboxGateway& gateway() { return *gateway_; }

 private:
  PaymentDesk(Session& session, platform::Payments payments,
              std::unique_ptr<platform::SandboxGateway> gateway)
      : session_(&session), payments_(std::move(payments)), gateway_(std::move(gateway)) {}
  Result<Money> amount_to_ask(domain::PolicyId policy);
  Result<std::optional<PaymentStanding>> open_payment(domain::PolicyId policy, Money amount);
  Result<PaymentStanding> begin(const platform::Payment& payment);
  Result<PaymentStanding> standing_of(const platform::Payment& payment);
  Result<Done> record(const platform::PaymentNotice& notice, const platform::Payment& payment);

  Session* session_;
  platform::Payments payments_;
  std::unique_ptr<platform::SandboxGateway> gateway_;
  std::optional<Refusal> untaken_;
};

}  // namespace anlan::api
