#include "platform/webhook_rows.h"

#include "platform/account_rows.h"
#include "platform/refusals.h"

namespace anlan::platform {
namespace {

std::int64_t number_of(auto id) { return static_cast<std::int64_t>(id.number); }

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += name + "\n";
  return text;
}

std::vector<std::string> parted(std::string_view text) {
  std::vector<std::string> names;
  for (std::size_t end; (end = text.find('\n')) != std::string_view::npos;) {
    names.emplace_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  return names;
}

template <NamedEnum E>
bool read_choice(std::int64_t number, E& into) {
  for (const auto& entry : enum_names(static_cast<E*>(nullptr))) {
    if (static_cast<std::int64_t>(entry.value) != number) continue;
    into = entry.value;
    return true;
  }
  return false;
}

// False: it cannot have been written here.
bool read_row(const Statement& from, WebhookRow& row) {
  Webhook& webhook = row.webhook;
  for (const int column : {0, 1}) {
    if (from.whole(column) <= 0) return false;
  }
  if (from.whole(11) < 0) return false;
  webhook.id = {static_cast<std::uint64_t>(from.whole(0))};
  webhook.account = {static_cast<std::uint64_t>(from.whole(1))};
  webhook.owner = {.house = std::string(from.text(2)), .actor = {std::string(from.text(3))}};
  webhook.url = from.text(4);
  webhook.events = parted(from.text(5));
  row.secrets.newest = from.text(6);
  if (from.type(7) != ColumnType::kNull) {
    row.secrets.before = from.text(7);
    webhook.secret_before_until = Instant::from_micros(from.whole(8));
  }
  webhook.created = Instant::from_micros(from.whole(10));
  webhook.seen = static_cast<std::uint64_t>(from.whole(11));
  return parse_name_text(webhook.owner.house, "house").ok() &&
         parse_name_text(webhook.owner.actor.text, "actor").ok() &&
         read_choice(from.whole(9), webhook.state);
}

bool read_row(const Statement& from, Delivery& delivery) {
  constexpr std::int64_t kStatusEnd = 600;
  for (const int column : {0, 1}) {
    if (from.whole(column) <= 0) return false;
  }
  if (from.whole(2) < 0 || from.whole(4) < 0 || from.whole(7) < 0 || from.whole(7) >= kStatusEnd)
    return false;
  delivery.id = {static_cast<std::uint64_t>(from.whole(0))};
  delivery.webhook = {static_cast<std::uint64_t>(from.whole(1))};
  delivery.seq = static_cast<std::uint64_t>(from.whole(2));
  delivery.attempts = static_cast<std::uint32_t>(from.whole(4));
  delivery.queued = Instant::from_micros(from.whole(5));
  delivery.next = Instant::from_micros(from.whole(6));
  delivery.status = static_cast<int>(from.whole(7));
  return read_choice(from.whole(3), delivery.state) && read_choice(from.whole(8), delivery.failure);
}

template <class Row>
Result<std::vector<Row>> read_all(Database& database, Statement& rows) {
  std::vector<Row> found;
  for (;;) {
    ANLAN_TRY(const bool more, rows.step());
    if (!more) return found;
    if (!read_row(rows, found.emplace_back())) return damaged_rows(database);
  }
}

}  // namespace

Result<Done> write_row(Database& database, const WebhookRow& row) {
  const Webhook& webhook = row.webhook;
  const std::string events = joined(webhook.events);
  ANLAN_TRY(Statement put, database.prepare("INSERT OR REPLACE INTO endpoints "
                                            "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
  put.bind(0, number_of(webhook.id))
      .bind(1, number_of(webhook.account))
      .bind_text(2, webhook.owner.house)
      .bind_text(3, webhook.owner.actor.text)
      .bind_text(4, webhook.url)
      .bind_text(5, events)
      .bind_text(6, row.secrets.newest)
      .bind(8, webhook.secret_before_until.value_or(Instant{}).micros())
      .bind(9, static_cast<std::int64_t>(webhook.state))
      .bind(10, webhook.created.micros())
      .bind(11, static_cast<std::int64_t>(webhook.seen));
  if (webhook.secret_before_until) {
    put.bind_text(7, row.secrets.before);
  } else {
    put.bind_null(7);
  }
  return put.run();
}

Result<Done> write_row(Database& database, const Delivery& delivery) {
  ANLAN_TRY(Statement put, database.prepare("INSERT OR REPLACE INTO deliveries "
                                            "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)"));
  return put.bind(0, number_of(delivery.id))
      .bind(1, number_of(delivery.webhook))
      .bind(2, static_cast<std::int64_t>(delivery.seq))
      .bind(3, static_cast<std::int64_t>(delivery.state))
      .bind(4, delivery.attempts)
      .bind(5, delivery.queued.micros())
      .bind(6, delivery.next.micros())
      .bind(7, delivery.status)
      .bind(8, static_cast<std::int64_t>(delivery.failure))
      .run();
}

Result<std::vector<WebhookRow>> read_webhook_rows(Database& database) {
  ANLAN_TRY(Statement rows, database.prepare("SELECT * FROM endpoints ORDER BY endpoint"));
  return read_all<WebhookRow>(database, rows);
}

Result<std::vector<Delivery>> read_deliveries(Database& database, std::string_view where,
                                              std::int64_t first, std::int64_t second) {
  ANLAN_TRY(Statement rows, database.prepare("SELECT * FROM deliveries " + std::string(where)));
  rows.bind(0, first).bind(1, second);
  return read_all<Delivery>(database, rows);
}

}  // namespace anlan::platform
