#include "platform/payments.h"

#include "platform/account_rows.h"
#include "platform/environment.h"
#include "platform/schema.h"
#include "platform/shared_database.h"

namespace anlan::platform {
namespace {

constexpr std::string_view kRow =
    "SELECT payment, policy, minor, currency, actor, at FROM payments ";

// Nothing: it cannot have been written here.
std::optional<Payment> read_payment(const Statement& row) {
  Currency currency = Currency::kCny;
  if (!parse_currency_code(row.text(3), currency) || row.whole(1) <= 0 || row.whole(2) <= 0)
    return {};
  return Payment{.name = std::string(row.text(0)),
                 .policy = {static_cast<std::uint64_t>(row.whole(1))},
                 .amount = Money::from_minor(row.whole(2), currency),
                 .actor = {std::string(row.text(4))},
                 .at = Instant::from_micros(row.whole(5))};
}

}  // namespace

std::filesystem::path payments_file(const std::filesystem::path& house) {
  return house / "payments.db";
}

std::string new_payment_name() { return "gwp-" + random_command_key(); }

Result<Payments> Payments::open(const std::filesystem::path& house) {
  ANLAN_TRY(Database database,
            open_shared(payments_file(house), {.application_id = schema::kPaymentsId,
                                               .format = schema::kFormat,
                                               .schema = schema::kPayments}));
  return Payments(std::move(database));
}

Result<Payments::Turn> Payments::turn() {
  ANLAN_TRY(WriteTransaction transaction, WriteTransaction::start(database_));
  return Turn(std::move(transaction));
}

Result<Done> Payments::add(const Payment& payment) {
  const std::string currency(currency_code(payment.amount.currency()));
  ANLAN_TRY(Statement put,
            database_.prepare("INSERT INTO payments VALUES(?, ?, ?, ?, ?, ?, "
                              "(SELECT coalesce(max(place), 0) + 1 FROM payments))"));
  return put.bind_text(0, payment.name)
      .bind(1, static_cast<std::int64_t>(payment.policy.number))
      .bind(2, payment.amount.minor())
      .bind_text(3, currency)
      .bind_text(4, payment.actor.text)
      .bind(5, payment.at.micros())
      .run();
}

Result<std::optional<Payment>> Payments::find(std::string_view name) {
  ANLAN_TRY(Statement row, database_.prepare(std::string(kRow) + "WHERE payment = ?"));
  row.bind_text(0, name);
  ANLAN_TRY(const bool there, row.step());
  if (!there) return std::optional<Payment>();
  std::optional<Payment> payment = read_payment(row);
  if (!payment) return damaged_rows(database_);
  return payment;
}

Result<std::vector<Payment>> Payments::of(domain::PolicyId policy) {
  ANLAN_TRY(Statement rows,
            database_.prepare(std::string(kRow) + "WHERE policy = ? ORDER BY place DESC"));
  rows.bind(0, static_cast<std::int64_t>(policy.number));
  std::vector<Payment> found;
  for (;;) {
    ANLAN_TRY(const bool more, rows.step());
    if (!more) return found;
    std::optional<Payment> payment = read_payment(rows);
    if (!payment) return damaged_rows(database_);
    found.push_back(*std::move(payment));
  }
}

}  // namespace anlan::platform
