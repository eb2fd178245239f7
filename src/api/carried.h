// Command lines for a house that is served: carried to its server over the socket in the folder of
// the house, run there, and what they print and write carried back. docs/SERVICE names the rules.
//
// Whoever may connect there is the user who runs the server, who may write the folder as well: such
// a caller names the actor, and is believed, as on a command line beside the folder.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/http_body.h"
#include "api/printed.h"
#include "platform/carried_output.h"

namespace anlan::api {

inline constexpr std::string_view kCommandPath = "/command";
std::string command_socket(const std::string& house);

// Operations that a server runs for a command line. Not those that work on folders (is_local of
// http_route), nor views that tell nothing of a house's business: they are answered where they are
// typed, with the data files of whoever typed them.
bool is_carried(const Operation& operation);

struct CarriedRequest {
  std::vector<std::string> words;  // of the operation, each option as --name=value
  SessionOptions session;          // folder, actor, key, at, lang, files, rehearse
  bool json = false;
  std::string pdf;  // as typed; empty: no pages
  std::string xlsx;
  std::vector<platform::CarriedOutput> outputs;  // of the words
};
std::string carried_text(const CarriedRequest& request);
// Refuses what parse_json and NodeReader refuse.
Result<CarriedRequest> read_carried_request(std::string_view text);

struct WrittenFile {
  std::string name;  // as typed
  std::string bytes;
};
struct CarriedReply {
  Printed printed;
  std::string missing;  // a file that was wanted and did not come along; empty: none
  std::vector<WrittenFile> files;
};
std::string carried_text(const CarriedReply& reply);
Result<CarriedReply> read_carried_reply(std::string_view text);

// On the server, in a session whose options are those of the request. `refused`: as print_answer.
struct CarriedAnswer {
  CarriedReply reply;
  Result<Done> refused = Done{};
};
Result<CarriedAnswer> answer_carried(Session& session, const CarriedRequest& request,
                                     const RunWords& run);

// Beside the command line: none where nobody serves the session's house, or what was asked is not
// carried. Files that the operation writes are in their places. Refuses kServedByOther (args user),
// kServerSilent (args reason), what reading and writing files refuses.
Result<std::optional<Printed>> carry(Session& session, const Invocation& invocation);

}  // namespace anlan::api
