// The rows of webhooks on disk: how a record is written and read. webhooks.h is the way in.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "platform/sqlite.h"
#include "platform/webhook_records.h"

namespace anlan::platform {

struct WebhookRow {
  Webhook webhook;
  WebhookSecrets secrets;
};

// Of its id, in place of what stood there.
Result<Done> write_row(Database& database, const WebhookRow& row);
Result<Done> write_row(Database& database, const Delivery& delivery);
// By id. Refuses kDatabaseDamaged for what cannot have been written here.
Result<std::vector<WebhookRow>> read_webhook_rows(Database& database);
// `where`: SQL behind SELECT * FROM deliveries, with two parameters.
Result<std::vector<Delivery>> read_deliveries(Database& database, std::string_view where,
                                              std::int64_t first, std::int64_t second);

}  // namespace anlan::platform
