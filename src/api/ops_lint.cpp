// Wordings examined: every error of a file that cannot be read, every finding of one that can, each
// with its line of text, the rule and what to do.
#include <algorithm>
#include <array>

#include "api/render.h"
#include "api/wording_source.h"
#include "formats/display_width.h"
#include "formats/harmless_text.h"
#include "formats/source_lines.h"
#include "formats/terminal.h"

namespace anlan::api {
namespace {

constexpr std::size_t kColumns = 80;
constexpr int kFindings = 1;  // exit status: an error among the findings
constexpr int kBadInput = 2;  // a file that is no wording

// A finding told by the sentences of its code, as a refusal is.
Refusal as_refusal(const terms::Finding& finding, const ReadWording& read) {
  Refusal refusal{.code = {.number = 0, .name = finding.code.name},
                  .path = finding.path,
                  .value = {},
                  .args = finding.args,
                  .at = terms::place_of(read.tree, finding.path)};
  refusal.args.push_back({.name = "clause", .value = finding.clause});
  refusal.at.file = read.source.file;
  return refusal;
}

std::string indented(const std::string& text) {
  return formats::hanging_text("  " + formats::harmless_text(text), kColumns) + "\n";
}

class Examination {
 public:
  explicit Examination(Session& session) : session_(session) { files_ = Node::list(); }

  void add(const ReadWording& read, const std::vector<terms::FiledProduct>* products) {
    Node file = Node::table();
    file.add("file", Node::string(read.source.file));
    Node errors = Node::list();
    for (const Refusal& refusal : read.refusals)
      errors.items.push_back(told(refusal, "refused", {}, read));
    Node findings = Node::list();
    if (read.wording) {
      file.add("wording", Node::string(read.wording->id.text));
      add_findings(read, terms::lint(*read.wording, products), findings);
    }
    if (read.refusals.empty() && findings.items.empty())
      text_ += session_.say("lint_view.clean", {{"file", read.source.file}}) + "\n\n";
    file.add("errors", std::move(errors));
    file.add("findings", std::move(findings));
    files_.items.push_back(std::move(file));
    refused_ += read.refusals.size();
    if (!read.refusals.empty()) ++refused_files_;
  }

  Reply take() {
    Reply reply;
    const std::string files = std::to_string(files_.items.size());
    const std::string line = session_.say(
        "lint_view.count", {{"files", files},
                            {"unread", refused_files_ > 0 ? text_of(refused_files_) : ""},
                            {"errors", text_of(counts_[3] + refused_)},
                            {"warnings", text_of(counts_[2])},
                            {"notes", text_of(counts_[1])}});
    reply.json = Node::table();
    reply.json.add("files", std::move(files_));
    reply.json.add("refused", Node::number(static_cast<std::int64_t>(refused_)));
    reply.json.add("errors", Node::number(static_cast<std::int64_t>(counts_[3])));
    reply.json.add("warnings", Node::number(static_cast<std::int64_t>(counts_[2])));
    reply.json.add("notes", Node::number(static_cast<std::int64_t>(counts_[1])));
    reply.text = text_ + formats::hanging_text(line, kColumns) + "\n";
    reply.brief = {line};
    reply.status = refused_files_ > 0 ? kBadInput : counts_[3] > 0 ? kFindings : 0;
    return reply;
  }

 private:
  static std::string text_of(std::size_t count) { return std::to_string(count); }

  // Errors before warnings before notes, each in the order of the file.
  void add_findings(const ReadWording& read, std::vector<terms::Finding> findings, Node& json) {
    std::vector<Refusal> places;
    std::vector<std::size_t> order(findings.size());
    for (std::size_t i = 0; i < findings.size(); ++i) {
      places.push_back(as_refusal(findings[i], read));
      order[i] = i;
    }
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      const auto rank = [&](std::size_t i) {
        return std::tuple(-static_cast<int>(findings[i].code.severity), places[i].at.line,
                          places[i].at.column);
      };
      return rank(a) < rank(b);
    });
    for (const std::size_t i : order) {
      const terms::Severity severity = findings[i].code.severity;
      ++counts_[static_cast<std::size_t>(severity)];
      json.items.push_back(told(places[i], name_of(severity), findings[i].clause, read));
    }
  }

  // Adds it to the text and gives its tree.
  Node told(const Refusal& refusal, std::string_view severity, const std::string& clause,
            const ReadWording& read) {
    const Node node = session_.refusal_node(refusal);
    const Node& error = *node.find("error");
    Node out = Node::table();
    out.add("severity", Node::string(severity));
    for (const Member& member : error.members) out.add(member.key, member.value);
    out.add("clause", Node::string(clause));
    out.add("line", Node::number(refusal.at.line));
    out.add("column", Node::number(refusal.at.column));
    std::string place = refusal.at.file;
    if (refusal.at.line > 0)
      place += ":" + std::to_string(refusal.at.line) + ":" + std::to_string(refusal.at.column);
    add_head(session_.say("lint_view.place",
                          {{"place", place},
                           {"severity", session_.say("severity." + std::string(severity))}}),
             session_.say("lint_view.code", {{"code", std::string(refusal.code.name)},
                                             {"path", refusal.path},
                                             {"clause", clause}}));
    const std::string excerpt = formats::source_excerpt(read.source.text, refusal.at);
    if (!excerpt.empty()) text_ += excerpt + "\n";
    text_ += indented(error.find("rule")->text);
    if (const std::string& fix = error.find("fix")->text; !fix.empty())
      text_ += indented(session_.say("lint_view.fix", {{"fix", fix}}));
    text_ += "\n";
    return out;
  }

  // On one line where there is room, else the code on a line of its own.
  void add_head(const std::string& place, const std::string& code) {
    const std::string head = formats::harmless_text(place + " " + code);
    if (formats::display_width(head) <= kColumns) {
      text_ += head + "\n";
    } else {
      text_ += formats::harmless_text(place) + "\n" + indented(code);
    }
  }

  Session& session_;
  Node files_;
  std::string text_;
  std::size_t refused_ = 0;
  std::size_t refused_files_ = 0;
  std::array<std::size_t, 4> counts_{};  // by severity
};

Result<Reply> lint(Session& session, NodeReader& options) {
  std::vector<std::string> typed = options.texts_or_empty("wording");
  if (options.refused()) return options.report().refusal();
  if (typed.empty()) typed = wording_names(session);
  Examination examination(session);
  for (const std::string& word : typed) {
    ANLAN_TRY(WordingSource source, find_wording(session, word));
    const ReadWording read = read_wording(session, std::move(source));
    if (read.wording && read.source.in_library) {
      const std::vector<terms::FiledProduct> products = products_of(session, read.wording->id);
      examination.add(read, &products);
    } else {
      examination.add(read, nullptr);
    }
  }
  return examination.take();
}

Result<Reply> check(Session& session, NodeReader& options) {
  const std::string path = options.text("file");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(std::string text, session.read_text(path));
  Examination examination(session);
  examination.add(read_wording(session, {.file = path, .text = std::move(text)}), nullptr);
  return examination.take();
}

}  // namespace

std::vector<Operation> lint_operations() {
  Option wordings = many("wording", "NAME|FILE", "条款名称或者文件；不写则为全部条款",
                         "wordings by name, or files; none: all of the library");
  wordings.positional = true;
  return {
      {.name = "wording lint",
       .command = "",
       .zh = "检查条款：矛盾、漏洞、歧义、无效约定、文字与条件不符",
       .en = "examine wordings: contradictions, gaps, ambiguities, void terms, numbers that differ",
       .options = {wordings},
       .run = lint},
      {.name = "wording check",
       .command = "",
       .zh = "检查一个条款文件，一次列出全部错误",
       .en = "examine a wording file and list all its errors at once",
       .options = {positional("file", "FILE", "条款文件（TOML）", "wording file (TOML)")},
       .run = check},
  };
}

}  // namespace anlan::api
