// Operations of the rules of underwriting: check a file, propose, preview, publish, roll back,
// show.
#include <algorithm>

#include "api/decision_text.h"
#include "api/may.h"
#include "api/pricing.h"
#include "api/refusals.h"
#include "api/render.h"
#include "formats/harmless_text.h"
#include "formats/source_lines.h"
#include "formats/terminal.h"
#include "formats/text.h"
#include "formats/toml.h"
#include "protection/refusals.h"
#include "terms/lint.h"

namespace anlan::api {
namespace {

using namespace domain;

constexpr std::size_t kColumns = 80;
constexpr int kBadInput = 2;  // exit status of a file that is not as it must be

struct RulesSource {
  std::string file;
  std::string text;
  Node tree;
  underwriting::RuleSet set;
  std::vector<Refusal> refusals;  // in the order of the file
};

// A control that nobody asks for would never have a state.
class ControlCheck {
 public:
  ControlCheck(const protection::Questionnaire& asked, const Node& tree, ReadReport& report)
      : asked_(asked), tree_(tree), report_(report) {
    for (const protection::Question& question : asked.questions)
      known_.push_back(question.control.text);
  }
  void look(const std::string& path, const std::string& control) {
    if (control.empty() || asked_.find(control)) return;
    report_.refuse({.code = protection::kControlUnknown,
                    .path = path,
                    .value = control,
                    .args = {{.name = "control", .value = control},
                             {.name = "nearest", .value = nearest(control, known_)}},
                    .at = terms::place_of(tree_, path)});
  }

 private:
  const protection::Questionnaire& asked_;
  const Node& tree_;
  ReadReport& report_;
  std::vector<std::string> known_;
};

bool is_of_control(underwriting::RuleTest test) {
  return test == underwriting::RuleTest::kControlGap ||
         test == underwriting::RuleTest::kControlProven;
}

bool is_of_control(ClearedBy clears) {
  return clears == ClearedBy::kControlProven || clears == ClearedBy::kAnswerDocumented;
}

void check_controls(const protection::Questionnaire& asked, const RulesSource& source,
                    ReadReport& report) {
  ControlCheck check(asked, source.tree, report);
  for (std::size_t i = 0; i < source.set.rules.size(); ++i) {
    const underwriting::Rule& rule = source.set.rules[i];
    const std::string path = "rules[" + std::to_string(i) + "]";
    for (std::size_t j = 0; j < rule.when.size(); ++j) {
      if (is_of_control(rule.when[j].test))
        check.look(path + ".when[" + std::to_string(j) + "].of", rule.when[j].of);
    }
    if (rule.condition && is_of_control(rule.condition->clears))
      check.look(path + ".condition.subject", rule.condition->subject);
  }
}

Result<RulesSource> read_source(Session& session, const std::string& path) {
  RulesSource out{.file = path};
  ANLAN_TRY(out.text, session.read_text(path));
  ANLAN_TRY(const protection::Questionnaire* asked, session.library().questionnaire());
  const Result<std::string> decoded = formats::decode_text(bytes_of(out.text), path);
  if (!decoded.ok()) {
    out.refusals = {decoded.refusal()};
    return out;
  }
  const Result<Node> tree = formats::parse_toml(*decoded, path);
  if (!tree.ok()) {
    out.refusals = {tree.refusal()};
    return out;
  }
  out.tree = *tree;
  ReadReport report(path, ReadReport::Keeping::kAll);
  out.set = underwriting::read_rules(out.tree, report);
  check_controls(*asked, out, report);
  out.refusals = report.in_file_order();
  return out;
}

// The same, refused with the first of its errors.
Result<RulesSource> good_source(Session& session, const std::string& path) {
  ANLAN_TRY(RulesSource source, read_source(session, path));
  if (!source.refusals.empty()) return source.refusals.front();
  return source;
}

std::string place_text(const Place& at) {
  if (at.line == 0) return at.file;
  return at.file + ":" + std::to_string(at.line) + ":" + std::to_string(at.column);
}

Result<Reply> check(Session& session, NodeReader& options) {
  const std::string path = options.text("file");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const RulesSource source, read_source(session, path));
  Reply reply;
  Node errors = Node::list();
  for (const Refusal& refusal : source.refusals) {
    const Node node = session.refusal_node(refusal);
    const Node& error = *node.find("error");
    reply.text += formats::hanging_text(
                      formats::harmless_text(place_text(refusal.at) + "  " +
                                             std::string(refusal.code.name) + "  " + refusal.path),
                      kColumns) +
                  "\n";
    const std::string excerpt = formats::source_excerpt(source.text, refusal.at);
    if (!excerpt.empty()) reply.text += excerpt + "\n";
    for (const std::string_view part : {"rule", "fix"}) {
      const std::string& said = error.find(part)->text;
      if (!said.empty())
        reply.text += formats::hanging_text("  " + formats::harmless_text(said), kColumns) + "\n";
    }
    reply.text += "\n";
    Node row = error;
    row.add("line", Node::number(refusal.at.line));
    row.add("column", Node::number(refusal.at.column));
    errors.items.push_back(std::move(row));
  }
  reply.brief = {session.say(source.refusals.empty() ? "rules_view.good" : "rules_view.bad",
                             {{"file", path},
                              {"errors", std::to_string(source.refusals.size())},
                              {"rules", std::to_string(source.set.rules.size())},
                              {"rows", std::to_string(source.set.authority.size())}})};
  reply.text += formats::hanging_text(reply.brief.front(), kColumns) + "\n";
  reply.json = Node::table();
  reply.json.add("file", Node::string(path));
  reply.json.add("rules", Node::number(static_cast<std::int64_t>(source.set.rules.size())));
  reply.json.add("errors", std::move(errors));
  reply.status = source.refusals.empty() ? 0 : kBadInput;
  return reply;
}

Result<std::uint32_t> version_option(NodeReader& options, std::string_view name,
                                     std::int64_t lowest) {
  constexpr std::int64_t kVersionMax = 1'000'000;
  const auto version = static_cast<std::uint32_t>(
      whole_option(options, name, {.lo = lowest, .hi = kVersionMax, .fallback = lowest}));
  if (options.refused()) return options.report().refusal();
  return version;
}

Result<Reply> propose(Session& session, NodeReader& options) {
  const std::string path = options.text("file");
  const std::string note = options.text("note");
  if (options.refused()) return options.report().refusal();
  ANLAN_REQUIRE(check_may(session, {house::ProposeRules::kName}));
  ANLAN_TRY(const RulesSource source, good_source(session, path));
  ANLAN_REQUIRE(session.keep(bytes_of(source.text)));
  ANLAN_TRY(
      const Session::Outcome outcome,
      session.submit(house::ProposeRules{.artefact = sha256(bytes_of(source.text)),
                                         .note = note,
                                         .authority = source.set.authority,
                                         .decide_before_bind = source.set.decide_before_bind}));
  ANLAN_TRY(const Event event, session.event_at(outcome.first_seq));
  const RulesProposed rules = std::get<RulesProposed>(event);
  Node json = to_node(rules);
  add_outcome(json, outcome);
  return brief_reply(
      session.say("rules_view.proposed", {{"version", std::to_string(rules.version)},
                                          {"name", source.set.name},
                                          {"rules", std::to_string(source.set.rules.size())}}),
      std::move(json));
}

Result<Reply> publish(Session& session, NodeReader& options) {
  ANLAN_TRY(const std::uint32_t version, version_option(options, "version", 1));
  ANLAN_TRY(const Session::Outcome outcome,
            session.submit(house::PublishRules{.version = version}));
  return brief_reply(session.say("rules_view.published", {{"version", std::to_string(version)}}),
                     outcome_node(outcome));
}

Result<Reply> roll_back(Session& session, NodeReader& options) {
  house::RollBackRules command;
  constexpr std::int64_t kRecordMax = std::int64_t{1} << 53;
  command.confirms = static_cast<std::uint64_t>(
      whole_option(options, "confirms", {.lo = 0, .hi = kRecordMax, .fallback = 0}));
  if (command.confirms == 0) {
    if (!options.has("to")) options.text("to");  // refuses: it is missing
    ANLAN_TRY(command.to, version_option(options, "to", 0));
    command.reason = options.text("reason");
  }
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const Session::Outcome outcome, session.submit(command));
  ANLAN_TRY(const Event event, session.event_at(outcome.first_seq));
  const RulesRolledBack done = std::get<RulesRolledBack>(event);
  Node json = to_node(done);
  add_outcome(json, outcome);
  return brief_reply(session.say(done.effective ? "rules_view.rolled_back" : "rules_view.waits",
                                 {{"version", std::to_string(done.to)},
                                  {"reason", done.reason},
                                  {"record", std::to_string(outcome.first_seq)}}),
                     std::move(json));
}

// ---- preview

Node preview_node(const house::RulesPreview& preview) {
  Node json = Node::table();
  const auto count = [](std::size_t n) { return Node::number(static_cast<std::int64_t>(n)); };
  json.add("judged", count(preview.judged));
  json.add("changed", count(preview.changed));
  Node moves = Node::list();
  for (const auto& before : enum_names(static_cast<QuoteDecision*>(nullptr))) {
    for (const auto& after : enum_names(static_cast<QuoteDecision*>(nullptr))) {
      const std::size_t n =
          preview
              .moves[static_cast<std::size_t>(before.value)][static_cast<std::size_t>(after.value)];
      if (n == 0) continue;
      Node row = Node::table();
      row.add("before", Node::string(before.name));
      row.add("after", Node::string(after.name));
      row.add("count", count(n));
      moves.items.push_back(std::move(row));
    }
  }
  json.add("moves", std::move(moves));
  json.add("conditions_before", count(preview.conditions_before));
  json.add("conditions_after", count(preview.conditions_after));
  json.add("outside_range", count(preview.outside_range));
  json.add("premium_before", to_node(preview.premium_before));
  json.add("premium_after", to_node(preview.premium_after));
  json.add("rows", to_node(preview.rows));
  return json;
}

Table moves_table(Session& session, const house::RulesPreview& preview) {
  Table table;
  table.columns = {{.title = session.say("preview.now")}};
  for (const auto& after : enum_names(static_cast<QuoteDecision*>(nullptr)))
    table.columns.push_back(
        {.title =
             session.say("preview.then", {{"decision", word(session, "decision", after.value)}}),
         .align = Align::kRight});
  for (const auto& before : enum_names(static_cast<QuoteDecision*>(nullptr))) {
    std::vector<std::string> row = {word(session, "decision", before.value)};
    for (const auto& after : enum_names(static_cast<QuoteDecision*>(nullptr)))
      row.push_back(std::to_string(preview.moves[static_cast<std::size_t>(before.value)]
                                                [static_cast<std::size_t>(after.value)]));
    table.rows.push_back(std::move(row));
  }
  return table;
}

Result<Reply> preview(Session& session, NodeReader& options) {
  const std::string path = options.text("file");
  const bool policies = options.flag("policies", false);
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const RulesSource source, good_source(session, path));
  ANLAN_TRY(const Instant now, session.now());
  const house::RulesPreview found = house::preview_rules(
      *house, source.set,
      policies ? house::PreviewScope::kPolicies : house::PreviewScope::kOpenAndPolicies, now);
  Reply reply;
  reply.json = preview_node(found);
  Document& document = reply.document;
  document.heading(1, session.say("preview.title", {{"name", source.set.name}}));
  document.table(moves_table(session, found));
  reply.brief.push_back(
      session.say("preview.count",
                  {{"judged", std::to_string(found.judged)},
                   {"changed", std::to_string(found.changed)},
                   {"before", to_grouped(found.premium_before)},
                   {"after", to_grouped(found.premium_after)},
                   {"conditions_before", std::to_string(found.conditions_before)},
                   {"conditions_after", std::to_string(found.conditions_after)},
                   {"outside", found.outside_range == 0 ? std::string()
                                                        : std::to_string(found.outside_range)}}));
  document.paragraph(reply.brief.back());
  for (const house::PreviewRow& row : found.rows) {
    const std::vector<std::string> lines = preview_texts(session, row);
    document.paragraph(lines.front());
    for (std::size_t i = 1; i < lines.size(); ++i) document.bullet(lines[i]);
  }
  if (found.changed > found.rows.size())
    document.paragraph(session.say("preview.more",
                                   {{"count", std::to_string(found.changed - found.rows.size())}}));
  return reply;
}

// ---- show, list

std::string_view state_of(const house::House& house, const house::RulesOnFile& file) {
  if (house.rules.in_force == file.rules.version) return "in_force";
  return file.published ? "published" : "proposed";
}

std::string limit_text(Money limit) {
  return limit.minor() >= kAmountMax || limit.is_zero() ? "-" : to_grouped(limit);
}

Table authority_table(Session& session, const std::vector<AuthorityRow>& rows) {
  Table table;
  table.columns = {{.title = session.say("rules_view.from"), .align = Align::kRight},
                   {.title = session.say("rules_view.alone"), .align = Align::kRight},
                   {.title = session.say("rules_view.two"), .align = Align::kRight},
                   {.title = session.say("rules_view.score"), .align = Align::kRight},
                   {.title = session.say("rules_view.cii")},
                   {.title = session.say("rules_view.outside")}};
  const auto yes = [&](bool may) { return session.say(may ? "rules_view.yes" : "rules_view.no"); };
  for (const AuthorityRow& row : rows) {
    table.rows.push_back({to_grouped(row.authority_from), limit_text(row.limit_alone),
                          limit_text(row.limit_two),
                          std::to_string(row.score_min.ppm() / 10'000) + " %", yes(row.cii),
                          yes(row.outside_range)});
  }
  return table;
}

std::string check_text(Session& session, const underwriting::RuleCheck& check) {
  const std::string of = check.of.empty() ? "" : " " + check.of;
  return word(session, "rule_test", check.test) + of + " " +
         with_word(session, "rule_compare", underwriting::limit_of(check));
}

Result<Reply> show(Session& session, NodeReader& options) {
  ANLAN_TRY(const house::House* house, session.house());
  const bool named_version = options.has("version");
  ANLAN_TRY(const std::uint32_t asked, version_option(options, "version", 0));
  const std::uint32_t version = named_version ? asked : house->rules.in_force;
  if (version > house->rules.versions.size()) return not_found("version", std::to_string(version));
  std::string text(session.library().artefacts().find(kRulesPath)->text);
  if (version > 0) {
    ANLAN_TRY(text, published_rules(session, house->rules.versions[version - 1]));
  }
  ANLAN_TRY(const Node tree, formats::parse_toml(text, std::string(kRulesPath)));
  ANLAN_TRY(const underwriting::RuleSet set,
            underwriting::read_rules(tree, std::string_view(kRulesPath)));
  Reply reply;
  reply.document.heading(
      1, session.say("rules_view.title", {{"name", session.lang() == Lang::kZh ? set.zh : set.en},
                                          {"version", std::to_string(version)}}));
  Node rules = Node::list();
  for (const underwriting::Rule& rule : set.rules) {
    std::string when;
    for (const underwriting::RuleCheck& each : rule.when)
      when += (when.empty() ? "" : session.say("rules_view.and")) + check_text(session, each);
    reply.document.bullet(session.say("rules_view.rule",
                                      {{"code", rule.code},
                                       {"when", when},
                                       {"outcome", word(session, "rule_outcome", rule.outcome)},
                                       {"text", session.lang() == Lang::kZh ? rule.zh : rule.en}}));
    rules.items.push_back(Node::string(rule.code));
  }
  if (set.rules.empty()) reply.document.paragraph(session.say("rules_view.no_rules"));
  reply.document.heading(2, session.say("rules_view.matrix"));
  reply.document.table(authority_table(session, set.authority));
  if (set.decide_before_bind) reply.document.paragraph(session.say("rules_view.decide_first"));
  reply.json = Node::table();
  reply.json.add("version", Node::number(version));
  reply.json.add("name", Node::string(set.name));
  reply.json.add("rules", std::move(rules));
  reply.json.add("authority", to_node(set.authority));
  reply.json.add("text", Node::string(text));
  reply.brief.push_back(
      session.say("rules_view.brief", {{"version", std::to_string(version)},
                                       {"name", set.name},
                                       {"rules", std::to_string(set.rules.size())}}));
  return reply;
}

Result<Reply> list(Session& session, NodeReader&) {
  ANLAN_TRY(const house::House* house, session.house());
  Reply reply;
  reply.json = Node::list();
  Table table;
  table.columns = {{.title = session.say("rules_view.number"), .align = Align::kRight},
                   {.title = session.say("list.state")},
                   {.title = session.say("rules_view.note")},
                   {.title = session.say("rules_view.proposer")},
                   {.title = session.say("rules_view.publisher")}};
  for (const house::RulesOnFile& file : house->rules.versions) {
    const std::string state(state_of(*house, file));
    table.rows.push_back({std::to_string(file.rules.version), session.say("rules_state." + state),
                          file.rules.note, file.proposed_by.text,
                          file.published ? file.published_by.text : "-"});
    Node row = to_node(file.rules);
    row.add("state", Node::string(state));
    row.add("proposed_by", to_node(file.proposed_by));
    row.add("proposed_at", to_node(file.proposed_at));
    row.add("published_by", file.published ? to_node(file.published_by) : Node::null());
    reply.json.items.push_back(std::move(row));
  }
  const std::size_t count = table.rows.size();
  if (count > 0) reply.document.table(std::move(table));
  reply.brief.push_back(
      session.say(count == 0 ? "list.none" : "list.count", {{"count", std::to_string(count)}}));
  reply.document.paragraph(reply.brief.back());
  return reply;
}

}  // namespace

std::vector<Operation> rules_operations() {
  const Option file = positional("file", "FILE", "承保规则文件（TOML）", "file of rules (TOML)");
  return {
      {.name = "rules check",
       .command = "",
       .zh = "检查承保规则文件，一次列出全部错误",
       .en = "examine a file of underwriting rules and list all its errors at once",
       .options = {file},
       .run = check},
      {.name = "rules propose",
       .command = house::ProposeRules::kName,
       .zh = "提交新版承保规则，待另一人发布",
       .en = "put a new version of the rules forward; another person publishes it",
       .options = {file, named("note", "TEXT", "修改说明", "what changes and why", true)},
       .run = propose},
      {.name = "rules preview",
       .command = "",
       .zh = "试算：按新规则重新评定全部有效报价与保单，逐笔说明变化",
       .en = "what a file would decide about every open quote and policy, and why",
       .options = {file, flag("policies", "只看有效保单", "policies in force only")},
       .run = preview,
       .lengthy = true},
      {.name = "rules publish",
       .command = house::PublishRules::kName,
       .zh = "发布他人提交的规则版本",
       .en = "publish a version that somebody else proposed",
       .options = {positional("version", "N", "版本号", "the version")},
       .run = publish},
      {.name = "rules roll-back",
       .command = house::RollBackRules::kName,
       .zh = "退回先前发布的规则版本（0：程序自带规则）",
       .en = "put an earlier published version in force again (0: the program's)",
       .options = {named("to", "N", "版本号", "the version"),
                   named("reason", "TEXT", "理由", "why"),
                   named("confirms", "RECORD", "确认他人提出的退回：其记录号",
                         "confirm the roll-back of this record")},
       .run = roll_back},
      {.name = "rules show",
       .command = "",
       .zh = "查看规则与授权表，缺省为现行版本",
       .en = "show rules and authority matrix, by default those in force",
       .options = {positional("version", "N", "版本号", "the version", false)},
       .run = show},
      {.name = "rules list",
       .command = "",
       .zh = "列出规则版本",
       .en = "list the versions of the rules",
       .options = {},
       .run = list},
  };
}

}  // namespace anlan::api
