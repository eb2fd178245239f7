// Operations of traceability: record a text that was shown, and rebuild a sale from the journal.
#include <algorithm>
#include <concepts>

#include "api/decision_text.h"
#include "api/journal_scan.h"
#include "api/refusals.h"
#include "api/render.h"
#include "api/retention.h"
#include "api/version.h"
#include "formats/terminal.h"
#include "house/access.h"
#include "house/event_codec.h"
#include "house/views.h"
#include "underwriting/bind.h"

namespace anlan::api {
namespace {

using namespace domain;

// ---- sale shown

struct TextToShow {
  Bytes bytes;
  std::string version;
};

Bytes copied(std::string_view text) {
  const BytesView view = bytes_of(text);
  return Bytes(view.begin(), view.end());
}

// The text itself where the house has it; else the file that the caller names.
Result<TextToShow> text_of(Session& session, const Quote& quote, ShownKind kind,
                           const std::string& file) {
  if (!file.empty()) {
    ANLAN_TRY(Bytes bytes, session.read_bytes(file));
    return TextToShow{.bytes = std::move(bytes), .version = {}};
  }
  switch (kind) {
    case ShownKind::kQuote: {
      ANLAN_TRY(const Reply reply, run_operation(session, {"quote", "show", to_text(quote.id)}));
      return TextToShow{.bytes = copied(formats::to_terminal(reply.document)),
                        .version = to_text(quote.id) + " " + std::string(kPricer)};
    }
    case ShownKind::kWording: {
      ANLAN_REQUIRE(session.library().wording(quote.wording, quote.wording_artefact));
      ANLAN_TRY(const std::string text,
                session.library().text("wordings/" + quote.wording.text + ".toml"));
      return TextToShow{.bytes = copied(text), .version = quote.wording.text};
    }
    case ShownKind::kQuestionnaire: {
      ANLAN_TRY(const std::string text, session.library().text("controls.csv"));
      ANLAN_TRY(const protection::Questionnaire* asked, session.library().questionnaire());
      return TextToShow{.bytes = copied(text), .version = short_hex(asked->version)};
    }
    case ShownKind::kKeyInformation:
    case ShownKind::kConsent:
    case ShownKind::kOther:
      break;
  }
  return Refusal{.code = refusals::kTextMissing,
                 .path = "file",
                 .value = std::string(name_of(kind)),
                 .args = {}};
}

Result<Reply> shown_reply(Session& session, const Session::Outcome& outcome) {
  ANLAN_TRY(const Event event, session.event_at(outcome.first_seq));
  const ShownText text = std::get<TextShown>(event).shown;
  Node json = to_node(text);
  add_outcome(json, outcome);
  return brief_reply(session.say("trace.shown", {{"kind", word(session, "shown_kind", text.kind)},
                                                 {"version", text.version},
                                                 {"digest", short_hex(text.text)},
                                                 {"to", text.shown_to},
                                                 {"confirmed", text.confirmed ? "yes" : ""}}),
                     std::move(json));
}

Result<Reply> shown(Session& session, NodeReader& options) {
  ShownText text;
  text.quote = options.id<QuoteTag>("quote");
  text.kind = options.choice<ShownKind>("kind");
  text.shown_to = options.text("to");
  text.confirmed = options.flag("confirmed", false);
  const std::string file = options.text_or("file", "");
  text.version = options.text_or("version", "");
  if (options.refused()) return options.report().refusal();
  if (session.known()) return shown_reply(session, *session.known());
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_REQUIRE(
      house::may_command(*house, ActorName{session.options().actor}, house::ShowText::kName));
  const house::QuoteFile* quoted = house::find_quote(*house, text.quote);
  if (!quoted) return not_found("quote", to_text(text.quote));
  const Quote quote = quoted->quote;
  ANLAN_TRY(const TextToShow read, text_of(session, quote, text.kind, file));
  if (text.version.empty()) text.version = read.version;
  text.text = sha256(read.bytes);
  ANLAN_REQUIRE(session.keep(read.bytes));
  ANLAN_TRY(const Session::Outcome outcome, session.submit(house::ShowText{.shown = text}));
  return shown_reply(session, outcome);
}

// ---- sale replay

struct Sale {
  PolicyId policy;
  QuoteId quote;
  EnterpriseId enterprise;
  std::vector<SubjectivityId> conditions = {};  // those of the quote
};

// Whether an event belongs to the sale: what it names decides. Before the quote all that was known
// of the company counts, since the quote was made of it.
struct Belongs {
  const Sale& sale;
  std::uint64_t seq = 0;

  bool before_quote() const { return seq < sale.quote.number; }
  bool operator()(const EnterpriseRegistered& e) const {
    return e.enterprise.id == sale.enterprise;
  }
  bool operator()(const AssessmentRecorded& e) const {
    return e.assessment.enterprise == sale.enterprise && before_quote();
  }
  bool operator()(const OrderPlaced& e) const {
    return e.order.enterprise == sale.enterprise && before_quote();
  }
  bool operator()(const QuoteIssued& e) const { return e.quote.id == sale.quote; }
  bool operator()(const PolicyBound& e) const { return e.policy.id == sale.policy; }
  bool operator()(const TextShown& e) const { return e.shown.quote == sale.quote; }
  bool operator()(const NonDisclosureLearned& e) const {
    return e.nondisclosure.policy == sale.policy;
  }
  bool operator()(const IncidentReported&) const { return false; }  // the sale, not its claims
  bool operator()(const SubjectivitySet& e) const { return e.subjectivity.quote == sale.quote; }
  bool operator()(const SubjectivityCleared& e) const { return is_of_quote(e.subjectivity); }
  bool operator()(const SubjectivityWaived& e) const { return is_of_quote(e.subjectivity); }
  bool operator()(const SubjectivityFailed& e) const { return is_of_quote(e.subjectivity); }
  bool is_of_quote(SubjectivityId id) const {
    return std::find(sale.conditions.begin(), sale.conditions.end(), id) != sale.conditions.end();
  }
  template <class E>
  bool operator()(const E& e) const {
    if constexpr (requires {
                    { e.policy } -> std::convertible_to<PolicyId>;
                  }) {
      return e.policy == sale.policy;
    } else if constexpr (requires {
                           { e.quote } -> std::convertible_to<QuoteId>;
                         }) {
      return e.quote == sale.quote;
    } else if constexpr (requires {
                           { e.enterprise } -> std::convertible_to<EnterpriseId>;
                         }) {
      return e.enterprise == sale.enterprise && before_quote();
    } else {
      return false;
    }
  }
};

struct SaleStep {
  std::uint64_t seq = 0;
  Instant at;
  ActorName by;
  Event event;
};

// What a person wants to know of a step beyond its name; empty where the name says it.
struct StepText {
  Session& session;
  const terms::Wording* wording;  // null: its file is no longer the one that was sold
  const SaleStep* step = nullptr;

  std::string operator()(const EnterpriseRegistered& e) const {
    return session.say("replay.enterprise",
                       {{"name", e.enterprise.legal_name},
                        {"facts", std::to_string(e.enterprise.facts.get().size())},
                        {"consent", e.enterprise.monitor_consent ? "yes" : ""}});
  }
  std::string operator()(const FactsRecorded& e) const {
    std::string list;
    for (const Fact& fact : e.facts)
      list += (list.empty() ? "" : session.say("word.list_separator")) +
              fact_name(session, fact.name) + " " + fact_text(session, fact);
    return list;
  }
  std::string operator()(const AssessmentRecorded& e) const {
    return session.say("replay.assessment",
                       {{"count", std::to_string(e.assessment.answers.get().size())},
                        {"version", short_hex(e.assessment.questionnaire)}});
  }
  std::string operator()(const QuoteIssued& e) const {
    const Quote& q = e.quote;
    return session.say(
        "replay.quote",
        {{"id", to_text(q.id)},
         {"product", product_name(session, q.product)},
         {"premium", to_grouped(q.premium)},
         {"decision", word(session, "decision", q.decision)},
         {"wording", q.wording.text + " " + short_hex(q.wording_artefact)},
         {"tariff", short_hex(q.product_artefact)},
         {"pricing", short_hex(q.pricing_artefact)},
         {"model", q.loss.get().model_version + " " + short_hex(q.loss.get().hazard)},
         {"program", q.basis.program},
         {"inputs", short_hex(q.inputs)}});
  }
  std::string operator()(const TextShown& e) const {
    return session.say("replay.shown", {{"kind", word(session, "shown_kind", e.shown.kind)},
                                        {"version", e.shown.version},
                                        {"digest", short_hex(e.shown.text)},
                                        {"to", e.shown.shown_to},
                                        {"confirmed", e.shown.confirmed ? "yes" : ""}});
  }
  std::string operator()(const ClauseExplained& e) const {
    const bool same = wording && is_same(e.evidence);
    return session.say("replay.clause", {{"clause", e.evidence.clause},
                                         {"digest", short_hex(e.evidence.text)},
                                         {"who", e.evidence.confirmed_by},
                                         {"same", same ? "yes" : ""}});
  }
  bool is_same(const ExplainedClause& evidence) const {
    return underwriting::texts_to_explain(*wording, {evidence.clause}).front() == evidence.text;
  }
  std::string operator()(const PolicyBound& e) const {
    const Policy& p = e.policy;
    return session.say("replay.bound",
                       {{"number", p.number},
                        {"from", to_text(date_of(p.from, p.offset))},
                        {"until", to_text(plus_days(date_of(p.until, p.offset), -1))},
                        {"explained", std::to_string(p.explained.get().size())}});
  }
  std::string operator()(const SubsidyDecided& e) const {
    return session.say(e.granted ? "replay.granted" : "replay.refused",
                       {{"amount", to_grouped(e.amount)}, {"reason", e.reason}});
  }
  std::string operator()(const PremiumReceived& e) const {
    return word(session, "payer", e.payer) + " " + to_grouped(e.amount);
  }
  std::string operator()(const DocumentIssued& e) const {
    return session.say("replay.document", {{"kind", word(session, "document_kind", e.kind)},
                                           {"number", e.number},
                                           {"digest", short_hex(e.content)}});
  }
  std::string operator()(const NonDisclosureLearned& e) const {
    return to_text(e.nondisclosure.id) + " " + e.nondisclosure.subject;
  }
  std::string operator()(const QuoteOverridden& e) const {
    return override_text(session, {.record = e, .by = step->by, .at = step->at, .seq = step->seq});
  }
  std::string operator()(const ReferralDecided& e) const {
    return referral_text(session, {.record = e, .by = step->by, .at = step->at, .seq = step->seq});
  }
  std::string operator()(const SubjectivitySet& e) const {
    const SubjectivityTerms& terms = e.subjectivity.terms;
    return to_text(e.subjectivity.id) + " " + (session.lang() == Lang::kZh ? terms.zh : terms.en);
  }
  std::string operator()(const SubjectivityCleared& e) const {
    return to_text(e.subjectivity) + " " + word(session, "cleared_by", e.by) + " " + e.reference;
  }
  std::string operator()(const SubjectivityWaived& e) const {
    return to_text(e.subjectivity) + " " + e.reason;
  }
  std::string operator()(const SubjectivityFailed& e) const {
    return to_text(e.subjectivity) + " " + word(session, "proposed", e.proposed);
  }
  template <class E>
  std::string operator()(const E&) const {
    return {};
  }
};

Result<std::vector<SaleStep>> steps_of(Session& session, const Sale& sale) {
  std::vector<SaleStep> steps;
  ANLAN_REQUIRE(scan_journal(
      session, sale.enterprise.number, [&](const house::Record& record, const Event& event) {
        if (!std::visit(Belongs{.sale = sale, .seq = record.seq}, event)) return;
        steps.push_back({.seq = record.seq, .at = record.at, .by = record.actor, .event = event});
      }));
  return steps;
}

// The questions that a replay must be able to answer; false: the journal has no answer.
struct Traced {
  bool answers = false;        // an assessment stands before the quote
  bool texts_shown = false;    // the whole offer or wording was shown
  bool clauses = false;        // every exemption clause of the quote was explained and confirmed
  bool signed_policy = false;  // a signed document of the policy left the house
  template <class T = Traced>
  static constexpr auto fields() {
    return std::tuple{field("answers", &T::answers), field("texts_shown", &T::texts_shown),
                      field("clauses_explained", &T::clauses),
                      field("signed_document", &T::signed_policy)};
  }
};

// A text counts when it is the offer or the wording and was shown before the policy was bound; a
// signed document when it is the policy's own.
Traced traced(const std::vector<SaleStep>& steps, const Quote& quote, PolicyId policy) {
  const auto shown_in_time = [&](const SaleStep& step) {
    const auto* text = std::get_if<TextShown>(&step.event);
    const bool of_sale =
        text && (text->shown.kind == ShownKind::kQuote || text->shown.kind == ShownKind::kWording ||
                 text->shown.kind == ShownKind::kKeyInformation);
    return of_sale && step.seq < policy.number;
  };
  const auto signs_policy = [](const SaleStep& step) {
    const auto* paper = std::get_if<DocumentIssued>(&step.event);
    return paper && (paper->kind == DocumentKind::kPolicy || paper->kind == DocumentKind::kRecord ||
                     paper->kind == DocumentKind::kSchedule);
  };
  Traced out;
  std::vector<std::string> explained;
  for (const SaleStep& step : steps) {
    out.answers = out.answers || std::holds_alternative<AssessmentRecorded>(step.event);
    out.texts_shown = out.texts_shown || shown_in_time(step);
    out.signed_policy = out.signed_policy || signs_policy(step);
    if (const auto* clause = std::get_if<ClauseExplained>(&step.event))
      explained.push_back(clause->evidence.clause);
  }
  const std::vector<std::string> asked = quote.to_explain.get();
  out.clauses = std::all_of(asked.begin(), asked.end(), [&](const std::string& ref) {
    return std::find(explained.begin(), explained.end(), ref) != explained.end();
  });
  return out;
}

Node step_node(const SaleStep& step, std::string text) {
  Node node = Node::table();
  node.add("seq", to_node(step.seq));
  node.add("at", to_node(step.at));
  node.add("by", to_node(step.by));
  node.add("text", Node::string(std::move(text)));
  for (Member& member : house::event_node(step.event).members)
    node.add(member.key, std::move(member.value));
  return node;
}

void add_gaps(Session& session, const Traced& found, Document& document) {
  for (const auto& [there, key] : {std::pair{found.answers, "replay.no_answers"},
                                   std::pair{found.texts_shown, "replay.no_texts"},
                                   std::pair{found.clauses, "replay.no_clauses"},
                                   std::pair{found.signed_policy, "replay.no_document"}}) {
    if (!there) document.bullet(session.say(key), "!");
  }
}

Result<Reply> replay(Session& session, NodeReader& options) {
  const auto id = options.id<PolicyTag>("policy");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const house::House* house, session.house());
  const house::PolicyFile* found = house::find_policy(*house, id);
  if (!found) return not_found("policy", to_text(id));
  const house::PolicyFile policy = *found;
  const house::QuoteFile& sold = *house::find_quote(*house, policy.policy.quote);
  const Quote quote = sold.quote;
  const UtcOffset offset = house->offset();
  const Sale sale{.policy = id,
                  .quote = quote.id,
                  .enterprise = policy.policy.enterprise,
                  .conditions = sold.decided->subjectivities};
  ANLAN_TRY(const std::vector<SaleStep> steps, steps_of(session, sale));
  const Result<const terms::Wording*> wording =
      session.library().wording(quote.wording, quote.wording_artefact);
  StepText text{.session = session, .wording = wording.ok() ? wording.value() : nullptr};
  Reply reply;
  reply.json = Node::table();
  reply.json.add("policy", to_node(id));
  reply.json.add("quote", to_node(quote.id));
  Node list = Node::list();
  Table table;
  table.columns = {{.title = session.say("label.seq"), .align = Align::kRight},
                   {.title = session.say("label.at")},
                   {.title = session.say("label.actor")},
                   {.title = session.say("replay.step")}};
  for (const SaleStep& step : steps) {
    const std::string name = session.say("event." + std::string(house::event_name(step.event)));
    text.step = &step;
    const std::string more = std::visit(text, step.event);
    table.rows.push_back(
        {std::to_string(step.seq), to_text(step.at, offset), step.by.text,
         more.empty() ? name : session.say("replay.line", {{"name", name}, {"text", more}})});
    list.items.push_back(step_node(step, table.rows.back().back()));
  }
  reply.document.heading(1, session.say("replay.title", {{"number", policy.policy.number}}));
  reply.document.paragraph(session.say("replay.how"));
  reply.document.table(std::move(table));
  const Traced complete = traced(steps, quote, id);
  add_gaps(session, complete, reply.document);
  const Retention kept = retention_of(policy);
  reply.document.heading(2, session.say("retention.title"));
  reply.document.paragraph(retention_text(session, kept));
  reply.json.add("steps", std::move(list));
  reply.json.add("traced", to_node(complete));
  reply.json.add("retention", to_node(kept));
  reply.brief.push_back(session.say(
      "replay.brief", {{"number", policy.policy.number}, {"count", std::to_string(steps.size())}}));
  reply.brief.push_back(retention_text(session, kept));
  return reply;
}

}  // namespace

std::vector<Operation> trace_operations() {
  return {
      {.name = "sale shown",
       .command = house::ShowText::kName,
       .zh = "登记向客户展示的文本：版本、摘要、对象、时间、是否确认",
       .en = "record a text that was shown: version, digest, to whom, when, confirmed or not",
       .options = {positional("quote", "QUOTE", "报价编号", "the quote, e.g. quo_20"),
                   named("kind", "KIND", "文本种类",
                         "quote, wording, questionnaire, key_information, consent or other", true),
                   named("to", "TOKEN", "展示对象的代号（不写个人信息）",
                         "a token of the person (no personal data)", true),
                   named("file", "FILE", "所展示的文件", "the file that was shown"),
                   named("version", "TEXT", "文本的版本", "the version of the text"),
                   flag("confirmed", "对方确认已阅读", "the person confirmed having read it")},
       .run = shown},
      {.name = "sale replay",
       .command = "",
       .zh = "销售过程回溯：从日志逐步还原一张保单的销售",
       .en = "rebuild the sale of a policy step by step from the journal",
       .options = {positional("policy", "POLICY", "保单编号", "the policy, e.g. pol_30")},
       .run = replay},
  };
}

}  // namespace anlan::api
