// Jobs as replies: {"id", "operation", "by", "state", "done", "of", "asked", "ended", "status",
// "reply"}. What a job recorded stands in the journal, under its key, also when the job is
// forgotten.
#pragma once

#include <string>
#include <string_view>

#include "api/caller.h"
#include "base/node.h"
#include "base/result.h"
#include "platform/job_board.h"

namespace anlan::api {

// Refuses kTooManyJobs (args limit).
Result<Node> start_job(platform::JobBoard& board, const std::string& owner,
                       std::string_view operation, platform::JobBoard::Work work);
// `id`: "job_7". Somebody else's is refused like one that does not exist (kJobUnknown).
Result<Node> job_node(const platform::JobBoard& board, const std::string& owner,
                      std::string_view id);
// The same without its reply, which may be large: for whoever watches it.
Result<Node> job_progress(const platform::JobBoard& board, const std::string& owner,
                          std::string_view id);
Result<Node> cancel_job(platform::JobBoard& board, const std::string& owner, std::string_view id);
Node job_list(const platform::JobBoard& board, const std::string& owner);
// Of whoever had this house work, without their replies.
Node job_list_of_house(const platform::JobBoard& board, std::string_view house);

// Whoever began it, by the credential that it was begun with: another key of the same person may
// reach less.
std::string owner_of(const Caller& caller);

}  // namespace anlan::api
