#include "platform/sandbox_gateway.h"

#include "base/check.h"
#include "platform/account_rows.h"
#include "platform/payment_refusals.h"
#include "platform/schema.h"
#include "platform/shared_database.h"
#include "platform/webhook_signature.h"

namespace anlan::platform {
namespace {

constexpr std::int64_t kSecondMicros = 1'000'000;
constexpr std::string_view kRow =
    "SELECT payment, house, reference, minor, currency, begun, state, changed FROM orders ";

Refusal missing(std::string_view payment) {
  return {.code = refusals::kPaymentMissing, .path = "payment", .value = std::string(payment)};
}

std::optional<GatewayState> state_of(std::int64_t number) {
  for (const auto& entry : enum_names(static_cast<GatewayState*>(nullptr))) {
    if (static_cast<std::int64_t>(entry.value) == number) return entry.value;
  }
  return {};
}

// Nothing: it cannot have been written here.
std::optional<GatewayOrder> read_order(const Statement& row) {
  Currency currency = Currency::kCny;
  const std::optional<GatewayState> state = state_of(row.whole(6));
  if (!parse_currency_code(row.text(4), currency) || !state || row.whole(3) <= 0) return {};
  return GatewayOrder{.order = {.payment = std::string(row.text(0)),
                                .house = std::string(row.text(1)),
                                .reference = std::string(row.text(2)),
                                .amount = Money::from_minor(row.whole(3), currency),
                                .begun = Instant::from_micros(row.whole(5))},
                      .state = *state,
                      .changed = Instant::from_micros(row.whole(7))};
}

std::int64_t number_of(GatewayState state) { return static_cast<std::int64_t>(state); }

std::int64_t seconds_after(Instant now, std::int64_t seconds) {
  return now.micros() + seconds * kSecondMicros;
}

}  // namespace

std::filesystem::path sandbox_gateway_file(const std::filesystem::path& house) {
  return house / "gateway-sandbox.db";
}

Result<std::unique_ptr<SandboxGateway>> SandboxGateway::open(const std::filesystem::path& file) {
  ANLAN_TRY(Database database, open_shared(file, {.application_id = schema::kGatewayId,
                                                  .format = schema::kFormat,
                                                  .schema = schema::kGateway}));
  constexpr std::string_view kSecret = "SELECT value FROM meta WHERE name = 'secret'";
  ANLAN_TRY(std::string secret, database.text_of(kSecret));
  if (secret.empty()) {  // whoever comes second keeps that of the first
    ANLAN_TRY(WriteTransaction transaction, WriteTransaction::start(database));
    {
      const std::string made = new_webhook_secret();
      ANLAN_TRY(Statement put,
                database.prepare("INSERT OR IGNORE INTO meta(name, value) VALUES('secret', ?)"));
      ANLAN_REQUIRE(put.bind_text(0, made).run());
    }
    ANLAN_REQUIRE(transaction.commit());
    ANLAN_TRY(secret, database.text_of(kSecret));
  }
  return std::unique_ptr<SandboxGateway>(
      new SandboxGateway(std::move(database), std::move(secret)));
}

Result<std::optional<GatewayOrder>> SandboxGateway::find(std::string_view payment) {
  ANLAN_TRY(Statement row, database_.prepare(std::string(kRow) + "WHERE payment = ?"));
  row.bind_text(0, payment);
  ANLAN_TRY(const bool there, row.step());
  if (!there) return std::optional<GatewayOrder>();
  std::optional<GatewayOrder> order = read_order(row);
  if (!order) return damaged_rows(database_);
  return order;
}

Result<GatewayOrder> SandboxGateway::must_find(std::string_view payment) {
  ANLAN_TRY(std::optional<GatewayOrder> order, find(payment));
  if (!order) return missing(payment);
  return *std::move(order);
}

Result<GatewayOrder> SandboxGateway::begin(const PaymentOrder& order) {
  ANLAN_CHECK(order.amount.minor() > 0);
  ANLAN_TRY(WriteTransaction transaction, WriteTransaction::start(database_));
  ANLAN_TRY(const std::optional<GatewayOrder> known, find(order.payment));
  if (known) {
    if (known->order == order) return *known;
    return Refusal{.code = refusals::kPaymentOther, .path = "payment", .value = order.payment};
  }
  {
    const std::string currency(currency_code(order.amount.currency()));
    ANLAN_TRY(Statement put,
              database_.prepare("INSERT INTO orders VALUES(?, ?, ?, ?, ?, ?, ?, ?, 0, 0)"));
    ANLAN_REQUIRE(put.bind_text(0, order.payment)
                      .bind_text(1, order.house)
                      .bind_text(2, order.reference)
                      .bind(3, order.amount.minor())
                      .bind_text(4, currency)
                      .bind(5, order.begun.micros())
                      .bind(6, number_of(GatewayState::kOpen))
                      .bind(7, order.begun.micros())
                      .run());
  }
  ANLAN_REQUIRE(transaction.commit());
  return must_find(order.payment);
}

Result<GatewayOrder> SandboxGateway::move(std::string_view payment, GatewayState from,
                                          GatewayState to, Instant at) {
  ANLAN_TRY(WriteTransaction transaction, WriteTransaction::start(database_));
  {
    ANLAN_TRY(Statement put, database_.prepare("UPDATE orders SET state = ?, changed = ?, "
                                               "to_tell = 0 WHERE payment = ? AND state = ?"));
    ANLAN_REQUIRE(put.bind(0, number_of(to))
                      .bind(1, at.micros())
                      .bind_text(2, payment)
                      .bind(3, number_of(from))
                      .run());
  }
  ANLAN_REQUIRE(transaction.commit());
  return must_find(payment);
}

Result<GatewayOrder> SandboxGateway::withdraw(std::string_view payment, Instant at) {
  return move(payment, GatewayState::kOpen, GatewayState::kWithdrawn, at);
}

Result<GatewayOrder> SandboxGateway::give_back(std::string_view payment, Instant at) {
  return move(payment, GatewayState::kPaid, GatewayState::kReturned, at);
}

Result<GatewayOrder> SandboxGateway::answer(std::string_view payment, const Answer& answer) {
  const std::int64_t times = answer.telling == SandboxTelling::kTwice ? 2 : 1;
  const std::int64_t wait = answer.telling == SandboxTelling::kLate ? kLateSeconds : 0;
  ANLAN_TRY(WriteTransaction transaction, WriteTransaction::start(database_));
  {
    ANLAN_TRY(Statement put,
              database_.prepare("UPDATE orders SET state = ?, changed = ?, to_tell = ?, "
                                "tell_at = ? WHERE payment = ? AND state = ?"));
    ANLAN_REQUIRE(
        put.bind(0, number_of(answer.paid ? GatewayState::kPaid : GatewayState::kDeclined))
            .bind(1, answer.at.micros())
            .bind(2, times)
            .bind(3, seconds_after(answer.now, wait))
            .bind_text(4, payment)
            .bind(5, number_of(GatewayState::kOpen))
            .run());
  }
  ANLAN_REQUIRE(transaction.commit());
  return must_find(payment);
}

Result<std::vector<PaymentNotice>> SandboxGateway::due(Instant now) {
  ANLAN_TRY(Statement rows,
            database_.prepare(std::string(kRow) + "WHERE to_tell > 0 AND tell_at <= ? "
                                                  "ORDER BY tell_at, payment LIMIT ?"));
  rows.bind(0, now.micros()).bind(1, static_cast<std::int64_t>(kNoticesAtOnceMax));
  std::vector<PaymentNotice> notices;
  for (;;) {
    ANLAN_TRY(const bool more, rows.step());
    if (!more) return notices;
    const std::optional<GatewayOrder> order = read_order(rows);
    if (!order) return damaged_rows(database_);
    PaymentNotice& notice =
        notices.emplace_back(PaymentNotice{.payment = order->order.payment,
                                           .paid = order->state == GatewayState::kPaid,
                                           .amount = order->order.amount,
                                           .seconds = order->changed.micros() / kSecondMicros,
                                           .signature = {}});
    notice.signature = notice_signature(notice, secret_);
  }
}

Result<Done> SandboxGateway::told(std::string_view payment, bool taken, Instant now) {
  ANLAN_TRY(WriteTransaction transaction, WriteTransaction::start(database_));
  {
    ANLAN_TRY(Statement put,
              database_.prepare("UPDATE orders SET to_tell = to_tell - ?, tell_at = ? "
                                "WHERE payment = ? AND to_tell > 0"));
    ANLAN_REQUIRE(put.bind(0, taken ? 1 : 0)
                      .bind(1, taken ? now.micros() : seconds_after(now, kTellAgainSeconds))
                      .bind_text(2, payment)
                      .run());
  }
  return transaction.commit();
}

}  // namespace anlan::platform
