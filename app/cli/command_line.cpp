#include "cli/command_line.h"

#include <algorithm>

#include "api/carried.h"
#include "api/completion.h"
#include "api/demo.h"
#include "api/help.h"
#include "api/invocation.h"
#include "api/manual.h"
#include "api/mcp_stdio.h"
#include "api/openapi.h"
#include "api/operation.h"
#include "api/paper.h"
#include "api/printed.h"
#include "api/server.h"
#include "api/session.h"
#include "api/show.h"
#include "api/webhook_listen.h"

namespace anlan::cli {
namespace {

int print(const api::Printed& printed, const Streams& to) {
  if (!printed.out.empty()) to.out(printed.out);
  if (!printed.err.empty()) to.err(printed.err);
  return printed.status;
}

int refuse(api::Session& session, const Refusal& refusal, const Streams& to, bool json) {
  return print(api::printed_refusal(session, refusal, json), to);
}

int run_demo(api::Session& session, const api::Invocation& invocation, const Streams& to) {
  const Result<api::DemoEnd> end =
      api::run_demo(session, invocation.words, [&](const std::string& line) {
        if (!invocation.json) to.out(line);
      });
  if (!end.ok()) return refuse(session, end.refusal(), to, invocation.json);
  if (invocation.json) to.out(api::json_text(end->json));
  return 0;
}

int run_batch(api::Session& session, const api::Invocation& invocation, const Streams& to) {
  const Result<std::uint64_t> refused =
      api::run_batch(session, invocation.words, [&](const std::string& line) { to.out(line); });
  if (!refused.ok()) return refuse(session, refused.refusal(), to, invocation.json);
  return *refused == 0 ? 0 : 1;  // the answers say which line and why
}

int run_server(api::Session& session, const api::Invocation& invocation, const Streams& to) {
  const Result<Done> served =
      api::run_server(session, invocation.words,
                      {.out = to.out, .log = to.err, .json = invocation.json, .pages = to.pages});
  return served.ok() ? 0 : refuse(session, served.refusal(), to, invocation.json);
}

int run_help(api::Session& session, const api::Invocation& invocation, const Streams& to) {
  const std::vector<std::string>& words = invocation.words;
  if (std::find(words.begin(), words.end(), "--man") != words.end()) {
    const Result<std::string> page = api::manual_page(session, words);
    if (!page.ok()) return refuse(session, page.refusal(), to, invocation.json);
    to.out(*page);
    return 0;
  }
  if (std::find(words.begin(), words.end(), "--openapi") != words.end()) {
    const Result<std::string> description = api::openapi_text(session.library());
    if (!description.ok()) return refuse(session, description.refusal(), to, invocation.json);
    to.out(*description);
    return 0;
  }
  const Result<Document> document = api::help(session, words);
  if (!document.ok()) return refuse(session, document.refusal(), to, invocation.json);
  if (!invocation.pdf.empty()) {
    const Result<std::string> written =
        api::write_paper(session, invocation, {.document = *document});
    if (!written.ok()) return refuse(session, written.refusal(), to, invocation.json);
    to.out(invocation.json ? api::json_text(api::operations_node()) : *written);
    return 0;
  }
  to.out(invocation.json ? api::json_text(api::operations_node()) : api::terminal_text(*document));
  return 0;
}

int run_completion(api::Session& session, const api::Invocation& invocation, const Streams& to) {
  const Result<std::string> script = api::completion_script(session, invocation.words);
  if (!script.ok()) return refuse(session, script.refusal(), to, invocation.json);
  to.out(*script);
  return 0;
}

int run_listener(api::Session& session, const api::Invocation& invocation, const Streams& to) {
  const Result<Done> heard = api::run_webhook_listener(invocation.words, to.out);
  return heard.ok() ? 0 : refuse(session, heard.refusal(), to, invocation.json);
}

int run_mcp(api::Session& session, const api::Invocation& invocation, const Streams& to) {
  const Result<Done> spoken = api::run_mcp(session, invocation.words, to.out);
  return spoken.ok() ? 0 : refuse(session, spoken.refusal(), to, invocation.json);
}

// Where the house is served, its server runs it.
int run_operation(api::Session& session, const api::Invocation& invocation, const Streams& to) {
  const Result<std::optional<api::Printed>> there = api::carry(session, invocation);
  if (!there.ok()) return refuse(session, there.refusal(), to, invocation.json);
  if (*there) return print(**there, to);
  return print(api::print_answer(session, invocation, api::run_operation).printed, to);
}

}  // namespace

int run(const std::vector<std::string>& words, const Streams& to) {
  const Result<api::Invocation> parsed = api::read_invocation(words);
  const api::Invocation invocation =
      parsed.ok() ? *parsed : api::Invocation{.json = api::wants_json(words)};
  Result<platform::Artefacts> artefacts =
      invocation.session.data_folder.empty()
          ? Result<platform::Artefacts>(platform::Artefacts())
          : platform::Artefacts::with_folder(invocation.session.data_folder);
  api::Session session(
      invocation.session,
      api::Library(artefacts.ok() ? std::move(artefacts).value() : platform::Artefacts()));
  if (!parsed.ok()) return refuse(session, parsed.refusal(), to, invocation.json);
  if (!artefacts.ok()) return refuse(session, artefacts.refusal(), to, invocation.json);
  if (const Result<Done> paper = api::check_paper(session, invocation); !paper.ok()) {
    return refuse(session, paper.refusal(), to, invocation.json);
  }
  if (const Result<Done> sheets = api::check_spreadsheet(session, invocation); !sheets.ok()) {
    return refuse(session, sheets.refusal(), to, invocation.json);
  }
  const std::string first = invocation.words.empty() ? "help" : invocation.words[0];
  if (first == "demo") return run_demo(session, invocation, to);
  if (first == "batch") return run_batch(session, invocation, to);
  if (first == "serve") return run_server(session, invocation, to);
  if (first == "webhooks") return run_listener(session, invocation, to);
  if (first == "mcp") return run_mcp(session, invocation, to);
  if (first == "version") {
    to.out(api::version_text(invocation.json));
    return 0;
  }
  if (first == "completion") return run_completion(session, invocation, to);
  if (first == "help") return run_help(session, invocation, to);
  return run_operation(session, invocation, to);
}

}  // namespace anlan::cli
