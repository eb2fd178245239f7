#include "api/printed.h"

#include "api/paper.h"
#include "api/show.h"

namespace anlan::api {
namespace {

void rename(std::string& text, const Renames& renames) {
  for (const auto& [from, to] : renames) {
    for (std::size_t at = text.find(from); at != std::string::npos;
         at = text.find(from, at + to.size()))
      text.replace(at, from.size(), to);
  }
}

void rename(Node& node, const Renames& renames) {
  if (node.kind == Node::Kind::kText) rename(node.text, renames);
  for (Node& item : node.items) rename(item, renames);
  for (Member& member : node.members) rename(member.value, renames);
}

struct RenameBlock {
  const Renames& renames;
  void operator()(Heading& block) const { rename(block.text, renames); }
  void operator()(Paragraph& block) const { rename(block.text, renames); }
  void operator()(Bullet& block) const { rename(block.text, renames); }
  void operator()(Table& block) const {
    for (std::vector<std::string>& row : block.rows) {
      for (std::string& cell : row) rename(cell, renames);
    }
  }
  void operator()(Chart&) const {}
};

// Before it is laid out: the length of a name moves the ends of lines.
Reply renamed(Reply reply, const Renames& renames) {
  if (renames.empty()) return reply;
  rename(reply.json, renames);
  rename(reply.text, renames);
  for (Block& block : reply.document.blocks) std::visit(RenameBlock{renames}, block);
  return reply;
}

// The lines that say which files were written.
Result<std::string> write_files(Session& session, const Invocation& invocation,
                                const Reply& reply) {
  std::string files;
  if (!invocation.pdf.empty()) {
    ANLAN_TRY(files, write_paper(session, invocation, reply));
  }
  if (!invocation.xlsx.empty()) {
    ANLAN_TRY(const std::string written, write_spreadsheet(session, invocation, reply));
    files += written;
  }
  return files;
}

}  // namespace

Refusal renamed(Refusal refusal, const Renames& renames) {
  rename(refusal.value, renames);
  for (RefusalArg& arg : refusal.args) rename(arg.value, renames);
  rename(refusal.at.file, renames);
  return refusal;
}

Printed printed_refusal(Session& session, const Refusal& refusal, bool json) {
  Printed printed{.out = {}, .err = {}, .status = exit_status(refusal)};
  (json ? printed.out : printed.err) =
      json ? json_text(session.refusal_node(refusal)) : refusal_text(session, refusal);
  return printed;
}

PrintedAnswer print_answer(Session& session, const Invocation& invocation, const RunWords& run,
                           const Renames& renames) {
  const auto refuse = [&](const Refusal& refusal) {
    const Refusal shown = renamed(refusal, renames);
    return PrintedAnswer{.printed = printed_refusal(session, shown, invocation.json),
                         .refused = shown};
  };
  Result<Reply> ran = run(session, invocation.words);
  if (!ran.ok()) return refuse(ran.refusal());
  const Reply reply = renamed(std::move(ran).value(), renames);
  Result<std::string> files = write_files(session, invocation, reply);
  if (!files.ok()) return refuse(files.refusal());
  rename(files.value(), renames);
  const bool papers = !files->empty();
  Printed printed;
  printed.out = invocation.json      ? json_text(reply.json)
                : papers             ? *files
                : reply.text.empty() ? terminal_text(reply.document)
                                     : reply.text;
  printed.status = papers ? 0 : reply.status;
  return {.printed = std::move(printed)};
}

}  // namespace anlan::api
