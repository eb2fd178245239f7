// PaymentGateway: the port of whoever takes money for the house, and what is said through it. Its
// twin, which moves no money, is sandbox_gateway.h.
//
// The house names each payment once and for all. Whatever is asked for twice is done once, so that
// a caller who does not know whether he was heard asks again.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "base/fields.h"
#include "base/money.h"
#include "base/result.h"
#include "base/time.h"

namespace anlan::platform {

// What the house asks a gateway to take.
struct PaymentOrder {
  std::string payment;    // its name
  std::string house;      // who is paid
  std::string reference;  // what the payer is shown: the number of the policy
  Money amount;           // above zero
  Instant begun;
  bool operator==(const PaymentOrder&) const = default;
};

enum class GatewayState : std::uint8_t {
  kOpen = 1,       // the payer has not answered
  kPaid = 2,       // the gateway has the money
  kDeclined = 3,   // the payer, or his bank, said no
  kWithdrawn = 4,  // the house did not want it any more
  kReturned = 5,   // the gateway had the money and gave it back
};
constexpr auto enum_names(GatewayState*) {
  using S = GatewayState;
  return std::array{EnumName<S>{S::kOpen, "open"}, EnumName<S>{S::kPaid, "paid"},
                    EnumName<S>{S::kDeclined, "declined"}, EnumName<S>{S::kWithdrawn, "withdrawn"},
                    EnumName<S>{S::kReturned, "returned"}};
}

struct GatewayOrder {
  PaymentOrder order;
  GatewayState state = GatewayState::kOpen;
  Instant changed;
};

// What a gateway calls back with.
struct PaymentNotice {
  std::string payment;
  bool paid = false;  // else declined
  Money amount;
  std::int64_t seconds = 0;  // since 1970: when the payer answered
  std::string signature;     // 64 hexadecimal digits
};

// HMAC-SHA-256 under the secret that house and gateway share, over all of the notice but itself.
std::string notice_signature(const PaymentNotice& notice, std::string_view secret);
// Compares in constant time.
bool is_signed(const PaymentNotice& notice, std::string_view secret);

class PaymentGateway {
 public:
  virtual ~PaymentGateway() = default;
  // Refuses kPaymentOther when the name stands for another order.
  virtual Result<GatewayOrder> begin(const PaymentOrder& order) = 0;
  // None: it never heard of it.
  virtual Result<std::optional<GatewayOrder>> find(std::string_view payment) = 0;
  // The next two give the order as it stands then: one that was paid is not withdrawn, one that was
  // not is not returned. They refuse kPaymentMissing.
  virtual Result<GatewayOrder> withdraw(std::string_view payment, Instant at) = 0;
  virtual Result<GatewayOrder> give_back(std::string_view payment, Instant at) = 0;
};

}  // namespace anlan::platform
