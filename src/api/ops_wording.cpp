// Wordings read: which there are, and what one of them says: the status of every cover, its terms
// in words, exclusions, conditions and clauses.
#include "api/render.h"
#include "api/wording_source.h"
#include "base/sha256.h"
#include "base/to_node.h"
#include "domain/cover.h"
#include "domain/peril.h"
#include "terms/cover_status.h"
#include "terms/lint_book.h"
#include "underwriting/document_parts.h"

namespace anlan::api {
namespace {

std::string joined(Session& session, const std::vector<std::string>& words,
                   std::string (*name)(Session&, std::string_view)) {
  const std::string comma = session.lang() == Lang::kZh ? "、" : ", ";
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : comma) + name(session, word);
  return out;
}

std::string plain(Session&, std::string_view word) { return std::string(word); }
std::string cause_word(Session& session, std::string_view tag) {
  return say_or(session, "cause." + std::string(tag), tag);
}
std::string peril_word(Session& session, std::string_view peril) {
  return peril_name(session, {std::string(peril)});
}

Result<Reply> list(Session& session, NodeReader&) {
  Table table{.columns = {{.title = session.say("wording.id")},
                          {.title = session.say("wording.title")},
                          {.title = session.say("wording.covers"), .align = Align::kRight},
                          {.title = session.say("wording.products"), .align = Align::kRight}}};
  Node json = Node::list();
  for (const std::string& name : wording_names(session)) {
    ANLAN_TRY(const terms::Wording* wording, session.library().wording({name}));
    const std::string& title = session.lang() == Lang::kZh ? wording->title.zh : wording->title.en;
    const std::size_t products = products_of(session, wording->id).size();
    table.rows.push_back(
        {name, title, std::to_string(wording->terms.sections.size()), std::to_string(products)});
    Node row = Node::table();
    row.add("wording", Node::string(name));
    row.add("version", Node::string(wording->version));
    row.add("title", Node::string(title));
    row.add("registration", Node::string(wording->registration.number));
    row.add("assumption", Node::boolean(wording->registration.assumption));
    row.add("sections", Node::number(static_cast<std::int64_t>(wording->terms.sections.size())));
    row.add("products", Node::number(static_cast<std::int64_t>(products)));
    json.items.push_back(std::move(row));
  }
  const std::string count =
      session.say("list.count", {{"count", std::to_string(table.rows.size())}});
  Reply reply{.document = {}, .json = std::move(json), .brief = {count}};
  reply.document.table(std::move(table)).paragraph(count);
  return reply;
}

class View {
 public:
  View(Session& session, const terms::Wording& wording) : session_(session), wording_(wording) {}

  Reply run(bool clauses) {
    const bool zh = session_.lang() == Lang::kZh;
    const std::string title = zh ? wording_.title.zh : wording_.title.en;
    reply_.json = Node::table();
    reply_.json.add("wording", Node::string(wording_.id.text));
    reply_.json.add("version", Node::string(wording_.version));
    reply_.json.add("title", Node::string(title));
    reply_.document.heading(1, title);
    reply_.document.paragraph(
        session_.say("wording.head", {{"id", wording_.id.text},
                                      {"version", wording_.version},
                                      {"number", wording_.registration.number},
                                      {"assumed", wording_.registration.assumption ? "1" : ""}}));
    reply_.document.paragraph(session_.say(
        "wording.perils", {{"perils", joined(session_, wording_.perils.codes, peril_word)},
                           {"clause", wording_.perils.clause}}));
    covers();
    terms_in_words();
    exclusions();
    conditions();
    if (clauses) all_clauses();
    reply_.brief = {title};
    return std::move(reply_);
  }

 private:
  Column column(std::string_view key) {
    return {.title = session_.say("wording." + std::string(key))};
  }

  void covers() {
    Table table{.columns = {column("cover"), column("code"), column("status"), column("clauses")}};
    Node json = Node::list();
    for (const domain::CoverKind& kind : domain::cover_kinds()) {
      const terms::StatusOfCover status = terms::cover_status(wording_, kind.code);
      Node row = Node::table();
      row.add("cover", Node::string(kind.code));
      row.add("status", Node::string(name_of(status.status)));
      Node refs = Node::list();
      for (const std::string& ref : status.clauses) refs.items.push_back(Node::string(ref));
      row.add("clauses", std::move(refs));
      json.items.push_back(std::move(row));
      if (status.status == terms::CoverStatus::kNotMentioned) {
        missing_.push_back(std::string(kind.code));
        continue;
      }
      table.rows.push_back({cover_name(session_, kind.code), std::string(kind.code),
                            word(session_, "cover_status", status.status),
                            joined(session_, status.clauses, plain)});
    }
    reply_.json.add("covers", std::move(json));
    reply_.document.heading(2, session_.say("wording.covers"));
    reply_.document.table(std::move(table));
    if (!missing_.empty()) {
      reply_.document.paragraph(session_.say("wording.not_mentioned",
                                             {{"covers", joined(session_, missing_, cover_name)}}));
    }
  }

  // What a term belongs to, by the start of its path.
  std::string subject_of(const std::string& path) {
    const std::size_t open = path.find('[');
    if (open == std::string::npos) return session_.say("wording.whole");
    const auto i = static_cast<std::size_t>(std::stoul(path.substr(open + 1)));
    const std::string list = path.substr(0, open);
    if (list == "policy.sections") return cover_name(session_, wording_.terms.sections[i].code);
    if (list == "policy.groups")
      return joined(session_, wording_.terms.groups[i].codes, cover_name);
    if (list == "conditions") return condition_word(wording_.conditions[i].name);
    if (list == "exclusions") return cause_word(session_, wording_.exclusions[i].name);
    if (list == "obligations") return wording_.obligations[i].control.text;
    if (list == "expense_windows")
      return joined(session_, wording_.expense_windows[i].heads, head_name);
    return list;
  }

  std::string condition_word(const std::string& name) {
    return say_or(session_, "condition." + name, name);
  }

  std::string value_of(const terms::StatedTerm& term) {
    const auto times = [&](std::string_view unit) {
      return session_.say("wording." + std::string(unit), {{"count", std::to_string(term.value)}});
    };
    switch (term.unit) {
      case terms::StatedTerm::Unit::kMoney:
        return to_grouped(Money::from_minor(term.value, wording_.terms.currency));
      case terms::StatedTerm::Unit::kHours:
        return times("hours");
      case terms::StatedTerm::Unit::kDays:
        return times("days");
      case terms::StatedTerm::Unit::kShare:
        break;
    }
    const std::int64_t rest = term.value % 100;
    const std::string decimals = rest == 0 ? "" : (rest < 10 ? ".0" : ".") + std::to_string(rest);
    return std::to_string(term.value / 100) + decimals + " %";
  }

  void terms_in_words() {
    Table table{.columns = {column("subject"), column("term"), column("value"), column("clause")}};
    table.columns[2].align = Align::kRight;
    Node json = Node::list();
    for (const terms::StatedTerm& term : terms::stated_terms(wording_)) {
      const std::string key = term.path.substr(term.path.rfind('.') + 1);
      const bool hours = key == "hours";  // of several tables: the table says which
      const std::string group = hours ? term.path.substr(0, term.path.find('.')) : key;
      const std::string name = say_or(session_, "wording_term." + group, group);
      table.rows.push_back({subject_of(term.path), name, value_of(term), term.clause});
      Node row = Node::table();
      row.add("path", Node::string(term.path));
      row.add("value", Node::number(term.value));
      row.add("clause", Node::string(term.clause));
      json.items.push_back(std::move(row));
    }
    reply_.json.add("terms", std::move(json));
    if (table.rows.empty()) return;
    reply_.document.heading(2, session_.say("wording.terms"));
    reply_.document.table(std::move(table));
  }

  void exclusions() {
    Table table{
        .columns = {column("exclusion"), column("when"), column("heads"), column("clause")}};
    for (const terms::Exclusion& exclusion : wording_.exclusions) {
      std::string when = joined(session_, exclusion.causes, cause_word);
      const std::string perils = joined(session_, exclusion.perils, peril_word);
      if (!perils.empty()) when += (when.empty() ? "" : "; ") + perils;
      if (when.empty()) when = session_.say("wording.always");
      const std::string heads = exclusion.of_heads() ? joined(session_, exclusion.heads, head_name)
                                                     : session_.say("wording.whole");
      table.rows.push_back({cause_word(session_, exclusion.name), when, heads, exclusion.clause});
    }
    if (table.rows.empty()) return;
    reply_.document.heading(2, session_.say("wording.exclusions"));
    reply_.document.table(std::move(table));
  }

  void conditions() {
    Table table{.columns = {column("condition"), column("heads"), column("clause")}};
    for (const terms::Condition& condition : wording_.conditions) {
      table.rows.push_back({condition_word(condition.name),
                            joined(session_, condition.heads, head_name), condition.clause});
    }
    if (table.rows.empty()) return;
    reply_.document.heading(2, session_.say("wording.conditions"));
    reply_.document.table(std::move(table));
  }

  void all_clauses() {
    std::vector<std::string> refs;
    Node json = Node::list();
    for (const terms::Clause& clause : wording_.clauses) {
      refs.push_back(clause.ref);
      Node row = Node::table();
      row.add("ref", Node::string(clause.ref));
      row.add("kind", Node::string(name_of(clause.kind)));
      row.add("exemption", Node::boolean(clause.exemption));
      row.add("zh", Node::string(clause.zh));
      row.add("en", Node::string(clause.en));
      json.items.push_back(std::move(row));
    }
    reply_.json.add("clauses", std::move(json));
    const underwriting::Speech speech{session_.texts(), session_.lang()};
    reply_.document.heading(2, session_.say("schedule.clauses"));
    reply_.document.paragraph(
        session_.say("schedule.mark", {{"mark", std::string(underwriting::kExemptionMark)}}));
    underwriting::add_clauses(speech, wording_, refs, reply_.document);
  }

  Session& session_;
  const terms::Wording& wording_;
  std::vector<std::string> missing_;
  Reply reply_;
};

struct Shown {
  bool clauses = false;
  bool source = false;  // with the text of the file
};

Result<Reply> show_wording(Session& session, const std::string& typed, Shown shown) {
  ANLAN_TRY(WordingSource source, find_wording(session, typed));
  const ReadWording read = read_wording(session, std::move(source));
  if (!read.wording) return read.refusals.front();
  Reply reply = View(session, *read.wording).run(shown.clauses);
  if (!shown.source) return reply;
  reply.json.add("file", Node::string(read.source.file));
  reply.json.add("source", Node::string(read.source.text));
  reply.json.add("digest", to_node(sha256(bytes_of(read.source.text))));
  reply.text = read.source.text;
  return reply;
}

Result<Reply> show(Session& session, NodeReader& options) {
  const std::string typed = options.text("wording");
  const Shown shown{.clauses = options.flag("clauses", false),
                    .source = options.flag("source", false)};
  if (options.refused()) return options.report().refusal();
  return show_wording(session, typed, shown);
}

Result<Reply> show_draft(Session& session, NodeReader& options) {
  const std::string file = options.text("file");
  const bool clauses = options.flag("clauses", false);
  if (options.refused()) return options.report().refusal();
  return show_wording(session, file, {.clauses = clauses});
}

// ---- anlan wording codes

template <class Kinds>
void add_codes(Session& session, std::string_view key, const Kinds& kinds, Reply& reply) {
  const std::string title = session.say("wording." + std::string(key));
  Table table{.columns = {{.title = session.say("wording.code")}, {.title = title}}};
  Node json = Node::list();
  for (const auto& kind : kinds) {
    const bool zh = session.lang() == Lang::kZh;
    table.rows.push_back({std::string(kind.code), std::string(zh ? kind.zh : kind.en)});
    Node row = Node::table();
    row.add("code", Node::string(kind.code));
    row.add("zh", Node::string(kind.zh));
    row.add("en", Node::string(kind.en));
    json.items.push_back(std::move(row));
  }
  reply.document.heading(2, title);
  reply.document.table(std::move(table));
  reply.json.add(key, std::move(json));
}

Result<Reply> codes(Session& session, NodeReader&) {
  Reply reply;
  reply.json = Node::table();
  reply.document.heading(1, session.say("wording.codes"));
  reply.document.paragraph(session.say("wording.codes_note"));
  add_codes(session, "code_perils", domain::peril_kinds(), reply);
  add_codes(session, "code_covers", domain::cover_kinds(), reply);
  add_codes(session, "code_heads", domain::sub_heads(), reply);
  reply.brief = {session.say("wording.codes")};
  return reply;
}

}  // namespace

std::vector<Operation> wording_operations() {
  return {
      {.name = "wording list",
       .command = "",
       .zh = "列出全部条款",
       .en = "list the wordings",
       .options = {},
       .run = list},
      {.name = "wording codes",
       .command = "",
       .zh = "条款文件可用的代码：风险、保障、损失项目",
       .en = "the codes that a wording file may use: perils, covers, heads of loss",
       .options = {},
       .run = codes},
      {.name = "wording show",
       .command = "",
       .zh = "查看一份条款：各项保障的状态、条件、除外与条文",
       .en = "show a wording: the status of every cover, its terms, exclusions and clauses",
       .options = {positional("wording", "NAME|FILE", "条款名称或者文件",
                              "a wording by name, or a file"),
                   flag("clauses", "附条款全文", "with the text of all clauses"),
                   flag("source", "给出条款文件的原文与摘要",
                        "the text of its file, and its digest")},
       .run = show},
      {.name = "wording draft show",
       .command = "",
       .zh = "查看一份条款草案，与 wording show 相同",
       .en = "show a draft of a wording, as wording show does",
       .options = {positional("file", "FILE", "条款文件（TOML）", "wording file (TOML)"),
                   flag("clauses", "附条款全文", "with the text of all clauses")},
       .run = show_draft},
  };
}

}  // namespace anlan::api
