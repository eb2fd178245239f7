// `anlan webhooks listen`: a receiver of webhooks on this machine, for those who integrate: it
// prints what comes, and whether its signature is right.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/result.h"

namespace anlan::api {

// `words` is "webhooks", "listen" and its options. Prints one JSON line when it listens,
// {"listening": "http://127.0.0.1:PORT/"}, and one for each request: {"delivery", "signature":
// "right", "missing", "wrong", "stale" or, without a secret, "unchecked", "event": its body}. What
// is right or unchecked is answered 200, all else 400. Ends at SIGINT or SIGTERM. Refuses
// kUnknownOperation for another word, and what parse_options and HttpServer::start refuse.
Result<Done> run_webhook_listener(const std::vector<std::string>& words,
                                  const std::function<void(const std::string&)>& print);

}  // namespace anlan::api
