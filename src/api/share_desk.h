// The desk for shares: what the operations `share ...` do, for a caller who is known. Over HTTP the
// server says who calls; on its machine, while it does not run, the command line does.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/account_routes.h"
#include "api/operation.h"
#include "api/session.h"
#include "platform/shares.h"

namespace anlan::api {

struct ShareDesk {
  platform::Shares& shares;
  platform::Membership by;  // whose shares these are; nobody else sees them
  std::string key = {};     // idempotency key; empty: none
};

bool is_share_operation(std::string_view name);

// One of share_operations(), with its options. What is shared is answered to the session first, so
// that nobody shares what he does not see. Refuses what Shares does, kMissingOption where neither a
// quote nor a comparison is named, and what `quote show` and `compare` refuse.
Result<Reply> run_share(const ShareDesk& desk, Session& session, std::string_view operation,
                        NodeReader& options);

// The same of a request: `words` of the operation and its options, those of the machine not among
// them. Refuses also as parse_options.
Result<Reply> run_share_words(const ShareDesk& desk, Session& session, const Operation& operation,
                              const std::vector<std::string>& words);
// Of a command line, whose actor is believed; which file of accounts it names does not matter.
// Refuses also kMissingOption and kUnknownActor.
Result<Reply> run_share_typed(platform::Shares& shares, Session& session,
                              const std::vector<std::string>& words);

// POST /v1/account/shared: the answer behind a link, for anybody who has it.
std::vector<AccountRoute> share_routes();

}  // namespace anlan::api
