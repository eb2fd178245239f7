// What a command line prints, whoever runs it: this process, or the server of its house.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "api/invocation.h"
#include "api/operation.h"
#include "api/session.h"

namespace anlan::api {

struct Printed {
  std::string out;
  std::string err;
  int status = 0;  // exit status
};

// With --json the error object is the only thing on standard output.
Printed printed_refusal(Session& session, const Refusal& refusal, bool json);

// Files that the operation knows by other names than its caller: (there, as typed).
using Renames = std::vector<std::pair<std::string, std::string>>;
Refusal renamed(Refusal refusal, const Renames& renames);

// Runs the words, writes --pdf and --xlsx, and says what is printed.
using RunWords = std::function<Result<Reply>(Session&, const std::vector<std::string>&)>;
struct PrintedAnswer {
  Printed printed;
  Result<Done> refused = Done{};  // why there was no reply
};
PrintedAnswer print_answer(Session& session, const Invocation& invocation, const RunWords& run,
                           const Renames& renames = {});

}  // namespace anlan::api
