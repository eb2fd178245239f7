#include "api/ops_telemetry.h"

#include <map>

#include "api/render.h"
#include "base/refusals.h"
#include "base/utf8.h"
#include "formats/harmless_text.h"
#include "formats/telemetry.h"
#include "formats/unpack.h"

namespace anlan::api {
namespace {

using formats::TelemetryRecord;
using formats::TelemetryTally;

constexpr std::int64_t kShownMax = 10'000;
constexpr std::int64_t kShown = 50;    // lines that are shown where nothing is said
constexpr std::size_t kTextMax = 120;  // code points of what a line says
constexpr std::size_t kFieldsShown = 40;

// What a control has in this file.
struct Standing {
  std::uint64_t proves = 0;
  std::uint64_t contradicts = 0;
  std::map<std::string, std::uint64_t> says;  // in the language, with how often
};

std::string clean(std::string_view text) {
  return shortened(formats::harmless_text(std::string(text)), kTextMax);
}

Node text_or_null(std::string_view text) {
  return text.empty() ? Node::null() : Node::string(clean(text));
}

class Explanation {
 public:
  Explanation(Session& session, const protection::TelemetryRules& rules, std::size_t shown)
      : session_(session), rules_(rules), shown_(shown) {}

  void file(std::string name) { file_ = std::move(name); }

  void add(const TelemetryRecord& record) {
    ++formats_[std::string(formats::name_of(record.format))];
    ++notes_[std::string(formats::name_of(record.time_note))];
    const auto said = record.understood() ? rules_.of({.format = formats::name_of(record.format),
                                                       .product = record.product,
                                                       .kind = record.kind,
                                                       .meaning = formats::name_of(record.meaning)})
                                          : std::vector<const protection::TelemetryRule*>{};
    for (const protection::TelemetryRule* rule : said) count(*rule);
    if (rows_.items.size() < shown_) rows_.items.push_back(row_of(record, said));
  }
  void add(const TelemetryTally& tally) {
    tally_.lines += tally.lines;
    tally_.understood += tally.understood;
    tally_.unknown += tally.unknown;
    tally_.fields_unknown += tally.fields_unknown;
  }

  Reply take() {
    Reply reply;
    reply.json = Node::table();
    Node& json = reply.json;
    json.add("lines", to_node(static_cast<std::int64_t>(tally_.lines)));
    json.add("understood", to_node(static_cast<std::int64_t>(tally_.understood)));
    json.add("unknown", to_node(static_cast<std::int64_t>(tally_.unknown)));
    json.add("unknown_fields", to_node(static_cast<std::int64_t>(tally_.fields_unknown)));
    reply.brief.push_back(
        session_.say("telemetry.totals", {{"lines", std::to_string(tally_.lines)},
                                          {"understood", std::to_string(tally_.understood)},
                                          {"unknown", std::to_string(tally_.unknown)}}));
    reply.document.heading(1, session_.say("telemetry.title"));
    reply.document.paragraph(reply.brief.back());
    add_counts(reply, "formats", "telemetry.format", formats_);
    add_counts(reply, "times", "telemetry.times", notes_);
    add_controls(reply);
    if (rows_.items.size() < tally_.lines)
      reply.document.paragraph(
          session_.say("telemetry.shown", {{"shown", std::to_string(rows_.items.size())},
                                           {"lines", std::to_string(tally_.lines)}}));
    if (!table_.rows.empty()) reply.document.table(std::move(table_));
    json.add("rows", std::move(rows_));
    return reply;
  }

 private:
  std::string said(const protection::TelemetryRule& rule) const {
    return session_.lang() == Lang::kZh ? rule.zh : rule.en;
  }

  void count(const protection::TelemetryRule& rule) {
    Standing& standing = controls_[rule.control.text];
    ++(rule.contradicts ? standing.contradicts : standing.proves);
    ++standing.says[said(rule)];
  }

  // What the line says, in words of the language.
  std::string sentence(const TelemetryRecord& record) {
    return session_.say("telemetry_says." + std::string(formats::name_of(record.meaning)),
                        {{"message", clean(record.message)}, {"kind", clean(record.kind)}});
  }

  Node row_of(const TelemetryRecord& record,
              const std::vector<const protection::TelemetryRule*>& rules) {
    Node row = Node::table();
    row.add("file", Node::string(file_));
    row.add("line", to_node(static_cast<std::int64_t>(record.line)));
    row.add("format", Node::string(formats::name_of(record.format)));
    row.add("class", to_node(record.class_uid));
    row.add("activity", to_node(record.activity_id));
    row.add("severity", to_node(record.severity_id));
    row.add("at", record.at ? to_node(*record.at) : Node::null());
    row.add("time_note", Node::string(formats::name_of(record.time_note)));
    row.add("host", text_or_null(record.host));
    row.add("product", text_or_null(record.product));
    row.add("kind", text_or_null(record.kind));
    row.add("meaning", Node::string(formats::name_of(record.meaning)));
    std::string text = sentence(record);
    Node error = Node::null();
    if (record.fault) {
      text = session_.refusal_sentence(*record.fault);
      error = Node::string(record.fault->code.name);
    }
    row.add("text", Node::string(text));
    row.add("error", std::move(error));
    row.add("field", record.fault ? Node::string(record.fault->path) : Node::null());
    row.add("column", to_node(record.fault ? record.fault->at.column : 0));
    add_fields(record, row);
    Node& controls = row.add("controls", Node::list());
    std::string names;
    for (const protection::TelemetryRule* rule : rules) {
      Node control = Node::table();
      control.add("control", to_node(rule->control));
      control.add("contradicts", Node::boolean(rule->contradicts));
      control.add("text", Node::string(said(*rule)));
      control.add("source", Node::string(rule->source));
      controls.items.push_back(std::move(control));
      names += (names.empty() ? "" : session_.say("slip.and")) +
               session_.say(rule->contradicts ? "telemetry.against" : "telemetry.proves",
                            {{"control", rule->control.text}});
    }
    add_shown(record, text, names);
    return row;
  }

  static void add_fields(const TelemetryRecord& record, Node& row) {
    std::int64_t known = 0;
    Node unknown = Node::list();
    std::int64_t kept = 0;
    for (const formats::TelemetryField& field : record.fields) {
      known += field.understood ? 1 : 0;
      kept += field.understood ? 0 : 1;
      if (!field.understood && unknown.items.size() < kFieldsShown)
        unknown.items.push_back(Node::string(clean(field.name)));
    }
    row.add("fields", to_node(known));
    row.add("fields_kept", to_node(kept));
    row.add("unknown_fields", std::move(unknown));
  }

  void add_shown(const TelemetryRecord& record, const std::string& text, const std::string& names) {
    if (table_.columns.empty()) {
      table_.columns = {{.title = session_.say("telemetry.line"), .align = Align::kRight},
                        {.title = session_.say("telemetry.format")},
                        {.title = session_.say("telemetry.at")},
                        {.title = session_.say("telemetry.host")},
                        {.title = session_.say("telemetry.says")},
                        {.title = session_.say("telemetry.control")}};
    }
    std::string at = record.at ? moment_text(to_text(*record.at)) : "-";
    if (record.at && record.time_note != formats::TimeNote::kStated)
      at += session_.say("telemetry_time." + std::string(formats::name_of(record.time_note)));
    table_.rows.push_back({std::to_string(record.line),
                           format_name(formats::name_of(record.format)), at, clean(record.host),
                           text, names});
  }

  std::string format_name(std::string_view format) {
    return session_.say("telemetry_format." + std::string(format));
  }

  void add_counts(Reply& reply, std::string_view key, const std::string& title,
                  const std::map<std::string, std::uint64_t>& counts) {
    Node list = Node::list();
    Table table{.columns = {{.title = session_.say(title)},
                            {.title = session_.say("label.lines"), .align = Align::kRight}}};
    for (const auto& [word, count] : counts) {
      const std::string shown =
          key == "formats" ? format_name(word) : session_.say("telemetry_note." + word);
      Node row = Node::table();
      row.add("word", Node::string(word));
      row.add("text", Node::string(shown));
      row.add("lines", to_node(static_cast<std::int64_t>(count)));
      list.items.push_back(std::move(row));
      table.rows.push_back({shown, std::to_string(count)});
    }
    if (!table.rows.empty()) reply.document.table(std::move(table));
    reply.json.add(key, std::move(list));
  }

  void add_controls(Reply& reply) {
    Node list = Node::list();
    Table table{
        .columns = {{.title = session_.say("telemetry.control")},
                    {.title = session_.say("telemetry.for"), .align = Align::kRight},
                    {.title = session_.say("telemetry.against_count"), .align = Align::kRight},
                    {.title = session_.say("telemetry.why")}}};
    for (const auto& [control, standing] : controls_) {
      std::string why;
      for (const auto& [text, count] : standing.says)
        why += (why.empty() ? "" : session_.say("telemetry.and")) + text;
      Node row = Node::table();
      row.add("control", Node::string(control));
      row.add("proves", to_node(static_cast<std::int64_t>(standing.proves)));
      row.add("contradicts", to_node(static_cast<std::int64_t>(standing.contradicts)));
      row.add("text", Node::string(why));
      list.items.push_back(std::move(row));
      table.rows.push_back(
          {control, std::to_string(standing.proves), std::to_string(standing.contradicts), why});
    }
    if (table.rows.empty())
      reply.document.paragraph(session_.say("telemetry.no_control"));
    else
      reply.document.table(std::move(table));
    reply.json.add("controls", std::move(list));
  }

  Session& session_;
  const protection::TelemetryRules& rules_;
  std::size_t shown_;
  std::string file_;
  TelemetryTally tally_;
  std::map<std::string, std::uint64_t> formats_;
  std::map<std::string, std::uint64_t> notes_;
  std::map<std::string, Standing> controls_;
  Node rows_ = Node::list();
  Table table_;
};

// The format that was asked for, or none.
Result<std::optional<formats::TelemetryFormat>> read_format(const std::string& name) {
  if (name.empty()) return std::optional<formats::TelemetryFormat>{};
  if (const auto format = formats::find_telemetry_format(name)) return format;
  std::vector<std::string> known;
  std::string choices;
  for (const formats::TelemetryFormat format : formats::telemetry_formats()) {
    known.emplace_back(formats::name_of(format));
    choices += (choices.empty() ? "" : " | ") + known.back();
  }
  return Refusal{.code = anlan::refusals::kUnknownChoice,
                 .path = "format",
                 .value = name,
                 .args = {{.name = "choices", .value = choices},
                          {.name = "nearest", .value = nearest(name, known)}},
                 .at = {}};
}

Result<Reply> explain(Session& session, NodeReader& options) {
  const std::string path = options.text("file");
  const std::string format_word = options.text_or("format", "");
  const auto shown = whole_option(options, "shown", {.lo = 0, .hi = kShownMax, .fallback = kShown});
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const auto format, read_format(format_word));
  ANLAN_TRY(const protection::TelemetryRules rules, telemetry_rules(session.library()));
  ANLAN_TRY(const Bytes bytes, session.read_bytes(path));
  ANLAN_TRY(const std::vector<formats::Unpacked> files, formats::unpack(bytes, path));
  ANLAN_TRY(const Date today, session.today());
  const formats::TelemetryOptions reading{
      .format = format, .received = start_of_day(plus_days(today, 1)), .offset = {}};
  Explanation explanation(session, rules, static_cast<std::size_t>(shown));
  for (const formats::Unpacked& file : files) {
    explanation.file(file.name);
    explanation.add(formats::read_telemetry(
        file.text, reading, [&](const TelemetryRecord& record) { explanation.add(record); }));
  }
  return explanation.take();
}

}  // namespace

Result<protection::TelemetryRules> telemetry_rules(Library& library) {
  ANLAN_TRY(const protection::Questionnaire* asked, library.questionnaire());
  ANLAN_TRY(const Node tree, library.toml("telemetry/controls.toml"));
  protection::TelemetryWords words;
  for (const formats::TelemetryFormat format : formats::telemetry_formats())
    words.formats.emplace_back(formats::name_of(format));
  for (const formats::TelemetryMeaning meaning : formats::telemetry_meanings())
    words.meanings.emplace_back(formats::name_of(meaning));
  return protection::read_telemetry_rules(tree, *asked, words);
}

std::vector<Operation> telemetry_operations() {
  return {
      {.name = "telemetry explain",
       .command = "",
       .zh = "逐行解释设备日志、扫描结果或组件清单：是什么、何时、哪台设备、证实或否定哪个控制项",
       .en = "explain a log, a scan or a list of components line by line: what it is, when, of "
             "which host, and which control it proves or contradicts",
       .options = {positional("file", "FILE", "日志文件，也可以是 gzip 或 ZIP",
                              "the log; gzip and ZIP as well"),
                   named("format", "NAME", "格式；不写则逐行识别",
                         "the format; default: each line is recognised by itself"),
                   named("shown", "N", "显示前多少行，缺省 50；合计总是全部行",
                         "so many lines are shown, default 50; totals are of all")},
       .run = explain},
  };
}

}  // namespace anlan::api
