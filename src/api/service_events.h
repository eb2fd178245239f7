// Events of a house while they happen, as server-sent events: GET /v1/events, and
// /v1/job/{job}/events for how far a job is. What is told to whom, and in what words, is that of
// webhooks (webhook_event.h).
#pragma once

#include <functional>
#include <string>

#include "api/account_routes.h"
#include "api/caller.h"
#include "base/node.h"
#include "platform/event_feed.h"
#include "platform/http.h"

namespace anlan::api {

inline constexpr std::string_view kEventsOperation = "events";  // as keys of programs name it

// Thread rule: any thread.
class ServedEvents {
 public:
  // The houses and the accounts outlive it.
  ServedEvents(const ServedHouses& houses, const platform::Accounts& accounts,
               platform::EventFeedOptions options);

  // From behind the event of Last-Event-ID or ?after=, else from now on; of ?kinds=a,b, else of all
  // kinds. It ends when `again` refuses, or the actor is no more. Refuses kOtherMethod,
  // kLastEventMalformed, kEventKindUnknown (args nearest), kUnknownOption, kScopeMissing,
  // kUnknownActor, what may_act refuses, kTooManyStreams (args limit).
  Result<platform::HttpReply> watch_house(const platform::HttpRequest& request,
                                          const Caller& caller, const AskAgain& again);
  // Each time that `look` says something else; ends with the job. Refuses kTooManyStreams.
  Result<platform::HttpReply> watch_job(const Caller& caller,
                                        const std::function<Result<Node>()>& look,
                                        const AskAgain& again);

 private:
  Result<platform::HttpReply> opened(const Caller& caller, platform::EventFeed::Look look);

  const ServedHouses& houses_;
  const platform::Accounts& accounts_;
  platform::EventFeed feed_;
};

}  // namespace anlan::api
