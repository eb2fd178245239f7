// Operations of a referred quote: its whole context, the decision, overrides, withdrawal.
#include <algorithm>

#include "api/decision_text.h"
#include "api/refusals.h"
#include "api/render.h"
#include "house/views.h"
#include "protection/control_state.h"
#include "underwriting/rules.h"

namespace anlan::api {
namespace {

using namespace domain;

constexpr std::size_t kPrecedentsMax = 5;
constexpr std::size_t kSectorDigits = 3;  // the division of GB/T 4754: "C39"

Result<const house::QuoteFile*> quote_of(const house::House& house, QuoteId id) {
  const house::QuoteFile* file = house::find_quote(house, id);
  if (file) return file;
  return not_found("quote", to_text(id));
}

// ---- context

void add_facts(Session& session, const house::EnterpriseFile& company, Document& document) {
  Table table;
  table.columns = {{.title = session.say("referral.fact")},
                   {.title = session.say("referral.value")},
                   {.title = session.say("referral.source")}};
  for (const Fact& fact : company.enterprise.facts.get()) {
    table.rows.push_back({fact_name(session, fact.name), fact_text(session, fact),
                          word(session, "fact_source", fact.source)});
  }
  document.heading(2, session.say("referral.facts"));
  document.table(std::move(table));
}

Result<Node> add_conflicts(Session& session, const house::House& house, EnterpriseId company,
                           Instant at, Document& document) {
  ANLAN_TRY(const protection::Questionnaire* asked, session.library().questionnaire());
  ANLAN_TRY(const protection::AnswerTable* answers, session.library().answer_table());
  const std::vector<AnswerConflict> conflicts =
      protection::answer_conflicts(*asked, *answers, house::posture(house, company, at));
  document.heading(2, session.say("referral.answers"));
  if (conflicts.empty()) document.paragraph(session.say("drill.no_contradiction"));
  for (const AnswerConflict& conflict : conflicts) {
    document.bullet(
        session.say(conflict.answered_better ? "drill.answered_better" : "drill.seen_better",
                    {{"control", conflict.control.text},
                     {"answered", answer_words(session, conflict.answered)},
                     {"observed", answer_words(session, conflict.observed)},
                     {"evidence", to_text(conflict.evidence)}}),
        conflict.answered_better ? "!" : "-");
  }
  return to_node(conflicts);
}

void add_findings(Session& session, const Quote& quote, Document& document) {
  document.heading(2, session.say("referral.findings"));
  for (const TriageFinding& finding : quote.findings) {
    document.bullet(
        session.say("brief.finding",
                    {{"reason", session.say("triage." + std::string(name_of(finding.reason)))},
                     {"value", finding.value},
                     {"limit", finding.limit}}),
        "!");
  }
  for (const RuleFinding& finding : quote.applied) document.bullet(finding_text(session, finding));
  if (quote.findings.empty() && quote.applied.empty())
    document.paragraph(session.say("referral.no_findings"));
}

void add_walk(Session& session, const Quote& quote, Document& document) {
  Table table;
  table.columns = {{.title = session.say("referral.step")},
                   {.title = session.say("referral.change"), .align = Align::kRight},
                   {.title = session.say("referral.price"), .align = Align::kRight}};
  for (const WalkLine& line : quote.walk.get()) {
    table.rows.push_back({word(session, "walk_brief", line.step), to_grouped(line.change),
                          to_grouped(line.cumulative)});
  }
  document.heading(2, session.say("referral.walk"));
  document.table(std::move(table));
  document.paragraph(session.say("referral.range", {{"premium", to_grouped(quote.premium)},
                                                    {"low", to_grouped(quote.filed_low)},
                                                    {"high", to_grouped(quote.filed_high)},
                                                    {"number", quote.registration}}));
}

// Quotes of the same product and division of industry that people decided or bound, newest first.
std::vector<const house::QuoteFile*> precedents(const house::House& house, const Quote& quote) {
  const std::string division = quote.judged.get().sector.substr(0, kSectorDigits);
  std::vector<const house::QuoteFile*> out;
  for (auto each = house.quotes.rbegin(); each != house.quotes.rend(); ++each) {
    const house::QuoteFile& file = each->second;
    const bool decided = file.policy.exists() || !file.decided->referrals.empty();
    const bool alike =
        file.quote.product == quote.product && file.quote.judged.get().sector.starts_with(division);
    if (file.quote.id == quote.id || !decided || !alike) continue;
    out.push_back(&file);
    if (out.size() == kPrecedentsMax) break;
  }
  return out;
}

Node add_precedents(Session& session, const house::House& house, const Quote& quote, Date today,
                    Document& document) {
  Node json = Node::list();
  document.heading(2, session.say("referral.precedents"));
  const auto found = precedents(house, quote);
  if (found.empty()) document.paragraph(session.say("referral.no_precedent"));
  for (const house::QuoteFile* file : found) {
    const QuoteState state = house::quote_state(*file, today);
    const std::string reasons = file->decided->referrals.empty()
                                    ? ""
                                    : referral_text(session, file->decided->referrals.back());
    document.bullet(session.say("referral.precedent",
                                {{"id", to_text(file->quote.id)},
                                 {"company", company_name(house, file->quote.enterprise)},
                                 {"decision", word(session, "decision", house::decision_of(*file))},
                                 {"state", word(session, "quote_state", state)},
                                 {"premium", to_grouped(house::offered(*file).premium)},
                                 {"reasons", reasons}}));
    Node row = Node::table();
    row.add("quote", to_node(file->quote.id));
    row.add("decision", to_node(house::decision_of(*file)));
    row.add("state", to_node(state));
    row.add("premium", to_node(house::offered(*file).premium));
    json.items.push_back(std::move(row));
  }
  return json;
}

// Everybody whose row reaches it, but for who issued it.
Node add_deciders(Session& session, const house::House& house, const house::QuoteFile& file,
                  Document& document) {
  Node json = Node::list();
  std::string names;
  for (const auto& [name, actor] : house.actors) {
    const house::ReachOf reach = house::reach_of(house, actor, house::offered(file));
    if (reach.reach == house::Reach::kNot || name == file.issued_by) continue;
    const bool alone = reach.reach == house::Reach::kAlone;
    names += (names.empty() ? "" : session.say("word.list_separator")) + name.text +
             (alone ? "" : session.say("referral.with_second"));
    Node row = Node::table();
    row.add("actor", to_node(name));
    row.add("alone", to_node(alone));
    json.items.push_back(std::move(row));
  }
  const bool asked = house::decision_of(file) == QuoteDecision::kReferred;
  document.paragraph(!asked          ? session.say("referral.not_asked")
                     : names.empty() ? session.say("referral.nobody")
                                     : session.say("referral.deciders", {{"names", names}}));
  return json;
}

Result<Reply> refer(Session& session, NodeReader& options) {
  const auto id = options.id<QuoteTag>("quote");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const house::QuoteFile* file, quote_of(*house, id));
  ANLAN_TRY(const Instant now, session.now());
  const Date today = date_of(now, house->offset());
  const Quote quote = house::offered(*file);
  const house::EnterpriseFile& company = *house::find_enterprise(*house, quote.enterprise);
  Reply reply;
  Document& document = reply.document;
  const std::string state = word(session, "quote_state", house::quote_state(*file, today));
  document.heading(1, session.say("referral.title", {{"id", to_text(id)},
                                                     {"company", company.enterprise.legal_name},
                                                     {"state", state}}));
  add_facts(session, company, document);
  reply.json = decisions_node(*house, *file, now);
  reply.json.add("quote", to_node(id));
  ANLAN_TRY(Node conflicts, add_conflicts(session, *house, quote.enterprise, now, document));
  reply.json.add("conflicts", std::move(conflicts));
  add_findings(session, quote, document);
  add_walk(session, quote, document);
  ANLAN_REQUIRE(add_decisions(session, *house, *file, now, document));
  reply.json.add("precedents", add_precedents(session, *house, quote, today, document));
  reply.json.add("deciders", add_deciders(session, *house, *file, document));
  reply.json.add("facts", to_node(company.enterprise.facts.get()));
  reply.json.add("findings", to_node(quote.findings));
  reply.json.add("applied", to_node(quote.applied));
  reply.json.add("walk", to_node(quote.walk.get()));
  reply.brief.push_back(
      session.say("referral.brief",
                  {{"id", to_text(id)},
                   {"state", state},
                   {"findings", std::to_string(quote.findings.size() + quote.applied.size())}}));
  document.date = to_text(today);
  return reply;
}

// ---- decisions

Result<Reply> decided(Session& session, QuoteId id, const Session::Outcome& outcome) {
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const house::QuoteFile* file, quote_of(*house, id));
  ANLAN_TRY(const Instant now, session.now());
  Reply reply;
  reply.json = decisions_node(*house, *file, now);
  add_outcome(reply.json, outcome);
  ANLAN_REQUIRE(add_decisions(session, *house, *file, now, reply.document));
  const QuoteState state = house::quote_state(*file, date_of(now, house->offset()));
  const house::DecisionFile& all = *file->decided;
  const bool waits = (!all.referrals.empty() && !all.referrals.back().record.effective) ||
                     (!all.overrides.empty() && !all.overrides.back().record.effective);
  const std::string conflicts = conflicts_text(session, file->quote);
  if (!conflicts.empty()) reply.brief.push_back(conflicts);
  reply.json.add("conflicts", to_node(file->quote.judged.get().conflicts));
  reply.brief.push_back(
      session.say("referral.decided", {{"id", to_text(id)},
                                       {"state", word(session, "quote_state", state)},
                                       {"premium", to_grouped(house::offered(*file).premium)},
                                       {"waits", waits ? "yes" : ""}}));
  return reply;
}

Result<Reply> decide(Session& session, NodeReader& options) {
  house::DecideReferral command;
  command.quote = options.id<QuoteTag>("quote");
  command.outcome = options.choice<ReferralOutcome>("outcome");
  command.reasons = options.texts("reason");
  const std::string path = options.text_or("file", "");
  if (options.refused()) return options.report().refusal();
  if (!path.empty()) {
    ANLAN_TRY(const Node tree, session.read_tree(path));
    ANLAN_TRY(command.conditions, underwriting::read_conditions(tree, path));
  }
  ANLAN_TRY(const Session::Outcome outcome, session.submit(command));
  return decided(session, command.quote, outcome);
}

// One thing is overridden at a time: the premium, a finding with its outcome, or the word of
// another person confirmed.
Refusal malformed_override() {
  return Refusal{.code = refusals::kOverrideMalformed, .path = "premium", .value = {}};
}

Result<Reply> override_quote(Session& session, NodeReader& options) {
  house::OverrideQuote command;
  command.quote = options.id<QuoteTag>("quote");
  constexpr std::int64_t kRecordMax = std::int64_t{1} << 53;
  command.confirms = static_cast<std::uint64_t>(
      whole_option(options, "confirms", {.lo = 0, .hi = kRecordMax, .fallback = 0}));
  const bool premium = options.has("premium");
  const bool finding = options.has("finding") && options.has("to");
  const bool confirms = command.confirms != 0;
  if (premium + finding + confirms != 1 || options.has("finding") != options.has("to"))
    return malformed_override();
  if (!confirms) {
    command.reason = options.choice<OverrideReason>("reason");
    command.justification = options.text("why");
  }
  ANLAN_TRY(const house::House* house, session.house());
  if (premium) {
    command.field_changed = OverrideField::kPremium;
    command.premium = options.money("premium", house->currency());
  }
  if (finding) {
    command.finding = options.text("finding");
    command.outcome = options.choice<QuoteDecision>("to");
  }
  if (options.refused()) return options.report().refusal();
  if (!premium) command.premium = Money::zero(house->currency());
  ANLAN_TRY(const Session::Outcome outcome, session.submit(command));
  return decided(session, command.quote, outcome);
}

Result<Reply> withdraw(Session& session, NodeReader& options) {
  house::WithdrawQuote command;
  command.quote = options.id<QuoteTag>("quote");
  command.reason = options.text("reason");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const Session::Outcome outcome, session.submit(command));
  return brief_reply(session.say("referral.withdrawn",
                                 {{"id", to_text(command.quote)}, {"reason", command.reason}}),
                     outcome_node(outcome));
}

}  // namespace

std::vector<Operation> referral_operations() {
  const Option quote = positional("quote", "QUOTE", "报价编号", "the quote, e.g. quo_20");
  return {
      {.name = "quote refer",
       .command = "",
       .zh = "转报资料：事实、答复与证据对照、各项理由、价格、先例、何人可决定",
       .en = "the referral file: facts, answers against evidence, findings, price, precedents",
       .options = {quote},
       .run = refer},
      {.name = "quote decide",
       .command = house::DecideReferral::kName,
       .zh = "对转报的报价作出决定：接受、附条件接受、拒保",
       .en = "decide a referred quote: accept, conditions, decline",
       .options = {quote,
                   named("outcome", "OUTCOME", "accept 接受、conditions 附条件、decline 拒保",
                         "accept, conditions or decline", true),
                   many("reason", "TEXT", "理由，可写多条", "why; may be repeated", true),
                   named("file", "FILE", "承保条件文件（TOML），附条件时必填",
                         "file of the conditions (TOML), with the outcome conditions")},
       .run = decide},
      {.name = "quote override",
       .command = house::OverrideQuote::kName,
       .zh = "改判一项理由或者备案区间内的保险费，超出本人授权的须另一人确认",
       .en =
           "override a finding, or the premium within its filed range; others may have to confirm",
       .options = {quote, named("premium", "AMOUNT", "新保险费", "another premium"),
                   named("finding", "CODE", "理由代码", "code of the finding"),
                   named("to", "DECISION", "bindable、referred 或 declined",
                         "bindable, referred or declined"),
                   named("reason", "REASON", "改判原因代码，写错时列出全部",
                         "typed reason; a wrong one lists them all"),
                   named("why", "TEXT", "具体说明", "the justification"),
                   named("confirms", "RECORD", "确认他人改判：其记录号",
                         "confirm the override of this record")},
       .run = override_quote},
      {.name = "quote withdraw",
       .command = house::WithdrawQuote::kName,
       .zh = "撤回报价",
       .en = "withdraw a quote",
       .options = {quote, named("reason", "TEXT", "理由", "why", true)},
       .run = withdraw},
  };
}

}  // namespace anlan::api
