// SandboxGateway: the twin of a payment gateway, for sandbox houses. No money moves: whoever pays
// says himself what the gateway shall answer, and how it tells the house.
//
// It keeps what it knows apart from the house, in a file of its own of mode 0600, so that what
// happens between the two is as with a gateway elsewhere: either may be killed between any two
// steps. Every change is durable when its call returns.
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "platform/payment_gateway.h"
#include "platform/sqlite.h"

namespace anlan::platform {

// How the house gets to know of an answer.
enum class SandboxTelling : std::uint8_t {
  kOnce = 1,
  kTwice = 2,  // as gateways do when they were not sure to be heard
  kLate = 3,   // after kLateSeconds: the request of the payer ends without it
};
constexpr auto enum_names(SandboxTelling*) {
  using T = SandboxTelling;
  return std::array{EnumName<T>{T::kOnce, "once"}, EnumName<T>{T::kTwice, "twice"},
                    EnumName<T>{T::kLate, "late"}};
}
inline constexpr std::int64_t kLateSeconds = 5;
inline constexpr std::int64_t kTellAgainSeconds = 2;  // when the house did not take a notice
inline constexpr std::size_t kNoticesAtOnceMax = 100;

// gateway-sandbox.db in the folder of its house.
std::filesystem::path sandbox_gateway_file(const std::filesystem::path& house);

// One thread per object; any number of objects, also of several processes, on one file.
class SandboxGateway final : public PaymentGateway {
 public:
  // Makes the file if it is not there. Refuses as Database::open, kDatabaseFormat,
  // kDatabaseDamaged. All calls below may also refuse as Database does.
  static Result<std::unique_ptr<SandboxGateway>> open(const std::filesystem::path& file);

  Result<GatewayOrder> begin(const PaymentOrder& order) override;
  Result<std::optional<GatewayOrder>> find(std::string_view payment) override;
  Result<GatewayOrder> withdraw(std::string_view payment, Instant at) override;
  Result<GatewayOrder> give_back(std::string_view payment, Instant at) override;

  // What the payer does on the gateway's own page. An order that was answered stays as it is.
  // `at`: on the clock of the house; `now`: the machine's, by which a late notice is late.
  struct Answer {
    bool paid = false;
    SandboxTelling telling = SandboxTelling::kOnce;
    Instant at;
    Instant now;
  };
  Result<GatewayOrder> answer(std::string_view payment, const Answer& answer);

  // Notices that the house has not taken and whose time has come, the oldest first; signed.
  Result<std::vector<PaymentNotice>> due(Instant now);
  // The house has taken one, or not: then it is told again.
  Result<Done> told(std::string_view payment, bool taken, Instant now);

  const std::string& secret() const { return secret_; }

 private:
  SandboxGateway(Database database, std::string secret)
      : database_(std::move(database)), secret_(std::move(secret)) {}
  Result<GatewayOrder> must_find(std::string_view payment);
  Result<GatewayOrder> move(std::string_view payment, GatewayState from, GatewayState to,
                            Instant at);
  Database database_;
  std::string secret_;
};

}  // namespace anlan::platform
