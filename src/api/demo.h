// The demonstration and the batch: lists of the commands that a user types, run one after the
// other.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "api/session.h"
#include "base/node.h"
#include "base/result.h"

namespace anlan::api {

using Print = std::function<void(const std::string&)>;

struct DemoEnd {
  Node json;  // every command with its reply
};

// Runs data/demo/script.toml in the house folder of the session if the caller named one, else in a
// folder of its own that is removed at the end. It issues the same commands that a user types and
// prints their brief lines; it computes nothing. `words` is "demo" and its options: --commands
// prints each command line too. Stops at the first refusal that the script does not expect.
Result<DemoEnd> run_demo(Session& session, const std::vector<std::string>& words,
                         const Print& print);

// Runs a file of JSON lines {"as", "key", "at", "words": [...]}, each an operation of the table.
// For each it prints one line {"key", "reply" or "error"} after the answer is durable. A refused
// line does not stop it; how many were refused is returned.
Result<std::uint64_t> run_batch(Session& session, const std::vector<std::string>& words,
                                const Print& print);

}  // namespace anlan::api
