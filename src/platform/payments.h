// Payments: what the house asked a gateway to take, each under a name that is never given again. A
// row is there before the gateway hears of it, so that whatever the gateway did is found again.
//
// payments.db in the folder of the house, of mode 0600. The journal has what was received; how far
// a payment has come, the gateway and the journal say.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/money.h"
#include "base/time.h"
#include "domain/ids.h"
#include "platform/sqlite.h"

namespace anlan::platform {

struct Payment {
  std::string name;
  domain::PolicyId policy;
  Money amount;
  domain::ActorName actor;  // who asked for it
  Instant at;
  bool operator==(const Payment&) const = default;
};

std::filesystem::path payments_file(const std::filesystem::path& house);

// "gwp-" and 128 random bits.
std::string new_payment_name();

// One thread per object; any number of objects, also of several processes, on one file. All calls
// may refuse as Database does.
class Payments {
 public:
  // Makes the file if it is not there. Refuses as Database::open, kDatabaseFormat,
  // kDatabaseDamaged.
  static Result<Payments> open(const std::filesystem::path& house);

  // Nobody else holds the payments of this house until the turn ends: of two who pay, or who are
  // told, the second sees what the first did. Never begun while the house itself is held. What was
  // added within it is durable once keep() has returned.
  class Turn {
   public:
    Result<Done> keep() { return transaction_.commit(); }

   private:
    friend class Payments;
    explicit Turn(WriteTransaction transaction) : transaction_(std::move(transaction)) {}
    WriteTransaction transaction_;
  };
  Result<Turn> turn();

  Result<Done> add(const Payment& payment);  // within a turn
  Result<std::optional<Payment>> find(std::string_view name);
  Result<std::vector<Payment>> of(domain::PolicyId policy);  // the newest first

 private:
  explicit Payments(Database database) : database_(std::move(database)) {}
  Database database_;
};

}  // namespace anlan::platform
