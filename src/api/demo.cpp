#include "api/demo.h"

#include <map>

#include "api/carried.h"
#include "api/operation.h"
#include "api/show.h"
#include "base/node_reader.h"
#include "base/texts.h"
#include "formats/json.h"
#include "platform/temporary_folder.h"

namespace anlan::api {
namespace {

struct ScriptRun {
  std::string actor;
  std::string at;
  std::vector<std::string> words;
  std::string save;        // the reply's id under this name, for later {name}
  std::string expected;    // code of the refusal that the script is about; empty: none
  std::int64_t first = 0;  // index of the first brief line that is shown
  std::int64_t lines = 0;  // brief lines to show from there; -1: all
};

struct ScriptStep {
  std::string zh;
  std::string en;
  std::vector<ScriptRun> runs;
};

ScriptRun read_run(NodeReader run) {
  ScriptRun out{.actor = run.text("as"),
                .at = run.text("at"),
                .words = run.texts("words"),
                .save = run.text_or("save", ""),
                .expected = run.text_or("refused", ""),
                .first = run.whole_or("first", 0, 100, 0),
                .lines = run.whole_or("lines", -1, 100, 0)};
  run.finish();
  return out;
}

Result<std::vector<ScriptStep>> read_script(const Node& tree, const std::string& file) {
  ReadReport report(file);
  NodeReader root(tree, report);
  std::vector<ScriptStep> steps;
  for (NodeReader& step : root.list("step")) {
    ScriptStep out{.zh = step.text("zh"), .en = step.text("en"), .runs = {}};
    for (NodeReader& run : step.list("run")) out.runs.push_back(read_run(run));
    step.finish();
    steps.push_back(std::move(out));
  }
  root.finish();
  return report.result(std::move(steps));
}

// A word with a blank is shown in quotes, as it would be typed.
std::string command_line(const ScriptRun& run, const std::vector<std::string>& words) {
  std::string line = "$ anlan";
  for (const std::string& word : words)
    line += word.find(' ') == std::string::npos ? " " + word : " \"" + word + "\"";
  return line + " --as " + run.actor + " --at " + run.at;
}

class Demo {
 public:
  Demo(Session& session, const Print& print, bool commands)
      : session_(session), print_(print), commands_(commands) {}

  Result<Done> play(const ScriptStep& step, std::size_t number) {
    const std::string& title = session_.lang() == Lang::kZh ? step.zh : step.en;
    print_(std::to_string(number) + ". " + title + "\n");
    for (const ScriptRun& run : step.runs) ANLAN_REQUIRE(play(run));
    return Done{};
  }

  Node take() { return std::move(replies_); }

 private:
  Result<Done> play(const ScriptRun& run) {
    TextArgs args;
    for (const auto& [name, value] : saved_) args.emplace_back(name, value);
    std::vector<std::string> words;
    for (const std::string& word : run.words) words.push_back(fill_text(word, args));
    session_.options().actor = run.actor;
    session_.options().at = run.at;
    session_.options().key = "demo-" + std::to_string(++count_);
    if (commands_) show(command_line(run, words));
    const Result<Reply> reply = run_operation(session_, words);
    Node& entry = note(words);
    if (!reply.ok()) {
      if (run.expected != reply.refusal().code.name) return reply.refusal();
      entry.add("refused", session_.refusal_node(reply.refusal()));
      show(session_.refusal_sentence(reply.refusal()));
      return Done{};
    }
    show_lines(run, reply->brief);
    entry.add("reply", reply->json);
    if (run.save.empty()) return Done{};
    const Node* id = reply->json.find("id");
    saved_[run.save] = id ? id->text : std::string();
    return Done{};
  }

  Node& note(const std::vector<std::string>& words) {
    Node& entry = replies_.items.emplace_back(Node::table());
    Node& list = entry.add("words", Node::list());
    for (const std::string& word : words) list.items.push_back(Node::string(word));
    return entry;
  }

  void show_lines(const ScriptRun& run, const std::vector<std::string>& brief) {
    const auto first = static_cast<std::size_t>(run.first);
    const std::size_t end =
        run.lines < 0 ? brief.size() : first + static_cast<std::size_t>(run.lines);
    for (std::size_t i = first; i < brief.size() && i < end; ++i) show(brief[i]);
  }

  // Lines of a clause stand deeper than the line they belong to.
  void show(const std::string& line) {
    Document document;
    const bool deeper = line.starts_with("  ");
    document.bullet(deeper ? line.substr(2) : line, deeper ? "  " : "");
    print_(terminal_text(document));
  }

  Session& session_;
  const Print& print_;
  bool commands_;
  std::map<std::string, std::string> saved_;
  std::size_t count_ = 0;
  Node replies_ = Node::list();
};

}  // namespace

Result<DemoEnd> run_demo(Session& session, const std::vector<std::string>& words,
                         const Print& print) {
  const std::vector<Option> known{{.name = "commands", .kind = OptionKind::kFlag}};
  ANLAN_TRY(const Node options, parse_options({words.begin() + 1, words.end()}, known));
  ANLAN_TRY(const Node tree, session.library().toml("demo/script.toml"));
  ANLAN_TRY(const std::vector<ScriptStep> steps, read_script(tree, "demo/script.toml"));
  const bool own_folder = session.options().folder == SessionOptions{}.folder;
  ANLAN_TRY(const platform::TemporaryFolder temporary, platform::TemporaryFolder::create());
  if (own_folder) session.options().folder = temporary.path() + "/house";
  Demo demo(session, print, options.find("commands") != nullptr);
  Result<Done> played = Done{};
  for (std::size_t i = 0; i < steps.size() && played.ok(); ++i) played = demo.play(steps[i], i + 1);
  session.close();  // before the folder goes
  if (!played.ok()) return played.refusal();
  return DemoEnd{.json = demo.take()};
}

namespace {

struct BatchLine {
  std::string key;
  std::vector<std::string> words;
};

Result<BatchLine> read_batch_line(Session& session, std::string_view text,
                                  const std::string& file) {
  ANLAN_TRY(const Node tree, formats::parse_json(text, file));
  ReadReport report(file);
  NodeReader root(tree, report);
  BatchLine line{.key = root.text_or("key", ""), .words = root.texts("words")};
  session.options().actor = root.text("as");
  session.options().key = line.key;
  const std::string at = root.text_or("at", "");
  session.options().at = at.empty() ? std::nullopt : std::optional<std::string>(at);
  root.finish();
  return report.result(std::move(line));
}

// By the server of the house, where there is one: then also its errors, {"error": {...}}.
Result<Node> batch_reply(Session& session, const std::vector<std::string>& words) {
  ANLAN_TRY(const std::optional<Printed> there,
            carry(session, {.session = {}, .json = true, .pdf = {}, .words = words}));
  if (there) return formats::parse_json(there->out, "reply");
  ANLAN_TRY(Reply reply, run_operation(session, words));
  return std::move(reply.json);
}

const Node* refused_there(const Node& reply) {
  const Node* error = reply.members.size() == 1 ? reply.find("error") : nullptr;
  return error && error->is_table() ? error : nullptr;
}

Node batch_answer(Session& session, std::string_view text, const std::string& file) {
  Node answer = Node::table();
  const Result<BatchLine> line = read_batch_line(session, text, file);
  if (!line.ok()) {
    answer.add("error", *session.refusal_node(line.refusal()).find("error"));
    return answer;
  }
  answer.add("key", Node::string(line->key));
  const Result<Node> reply = batch_reply(session, line->words);
  if (!reply.ok()) {
    answer.add("error", *session.refusal_node(reply.refusal()).find("error"));
  } else if (const Node* error = refused_there(*reply)) {
    answer.add("error", *error);
  } else {
    answer.add("reply", *reply);
  }
  return answer;
}

}  // namespace

Result<std::uint64_t> run_batch(Session& session, const std::vector<std::string>& words,
                                const Print& print) {
  const std::vector<Option> known{
      {.name = "file", .required = true, .positional = true, .value = "FILE"}};
  ANLAN_TRY(const Node options, parse_options({words.begin() + 1, words.end()}, known));
  const std::string path = options.find("file")->text;
  ANLAN_TRY(const std::string text, session.read_text(path));
  std::size_t start = 0;
  int number = 0;
  std::uint64_t refused = 0;
  while (start < text.size()) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    const std::string_view line(text.data() + start, end - start);
    start = end + 1;
    ++number;
    if (line.empty()) continue;
    const Node answer = batch_answer(session, line, path + ":" + std::to_string(number));
    if (answer.find("error")) ++refused;
    print(json_line(answer));
  }
  return refused;
}

}  // namespace anlan::api
