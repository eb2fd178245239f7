// Operation on a wrong answer at application: which rules apply, which clocks run, what is
// proposed.
#include <set>

#include "api/disclosure_view.h"
#include "house/nondisclosure.h"
#include "house/views.h"
#include "protection/control_state.h"

namespace anlan::api {
namespace {

using namespace domain;
using claims::DisclosureCase;
using claims::DisclosureFile;
using claims::DisclosureProposal;
using claims::DisclosureStep;
using claims::RightPeriod;

std::string_view in_language(Session& session, const std::string& zh, const std::string& en) {
  return session.lang() == Lang::kZh ? zh : en;
}

std::string text_of(const std::optional<Date>& date) { return date ? to_text(*date) : ""; }

void add_facts(Session& session, const DisclosureCase& facts, Document& document) {
  FactTable table;
  if (facts.question) {
    table.row(session.say("disclosure.question"),
              session.say("disclosure.asked_on",
                          {{"text", std::string(in_language(session, facts.question->text_zh,
                                                            facts.question->text_en))},
                           {"control", facts.question->control},
                           {"version", facts.question->version}}));
  }
  table.row(session.say("disclosure.answer"), answer_words(session, facts.answer));
  table.row(session.say("disclosure.truth"), answer_words(session, facts.truth));
  table.row(session.say("disclosure.formed"), to_text(facts.formed));
  if (facts.incident) table.row(session.say("disclosure.incident"), to_text(*facts.incident));
  for (const claims::ShownToInsurer& shown : facts.shown) {
    table.row(
        session.say("disclosure.shown"),
        session.say(shown.seen_by.empty() ? "disclosure.unseen" : "disclosure.seen",
                    {{"text", std::string(in_language(session, shown.text_zh, shown.text_en))},
                     {"by", shown.seen_by},
                     {"on", text_of(shown.seen_on)}}));
  }
  document.table(table.take());
}

void add_steps(Session& session, const DisclosureProposal& proposal, Document& document) {
  document.heading(2, session.say("disclosure.steps"));
  for (const DisclosureStep& step : proposal.steps) {
    const std::string key = "disclosure_rule." + std::string(name_of(step.rule)) + "_" +
                            std::string(name_of(step.answer));
    document.bullet(
        session.say(
            "disclosure.step",
            {{"text", session.say(key, {{"by", step.by}, {"on", text_of(step.on)}})},
             {"source", session.say("disclosure_source." + std::string(name_of(step.rule)))},
             {"decides", step.decides ? "yes" : ""}}),
        step.decides ? "!" : "-");
  }
}

std::string period_line(Session& session, std::string_view key, const RightPeriod& period) {
  return session.say(key, {{"from", to_text(period.from)},
                           {"last", to_text(period.last)},
                           {"moved", period.last == period.nominal ? "" : to_text(period.nominal)},
                           {"unlisted", period.calendar_known ? "" : "yes"},
                           {"over", period.over ? "yes" : ""}});
}

void add_clocks(Session& session, const DisclosureProposal& proposal, Document& document) {
  document.heading(2, session.say("disclosure.clocks"));
  document.bullet(period_line(session, "disclosure.two_years", proposal.two_years));
  document.bullet(proposal.thirty_days
                      ? period_line(session, "disclosure.thirty_days", *proposal.thirty_days)
                      : session.say("disclosure.no_knowledge"));
}

void add_proposal(Session& session, const DisclosureProposal& proposal, Document& document) {
  document.heading(2, session.say("disclosure.proposal"));
  FactTable table;
  table.row(session.say("disclosure.right"), word(session, "disclosure_right", proposal.right));
  table.row(session.say("disclosure.claim"), word(session, "disclosure_claim", proposal.claim));
  table.row(session.say("disclosure.premium"),
            word(session, "disclosure_premium", proposal.premium));
  if (proposal.right == claims::RescissionRight::kOpen) {
    table.row(session.say("disclosure.if_rescinded"),
              session.say("disclosure.if_rescinded_text",
                          {{"by", text_of(proposal.rescind_by)},
                           {"claim", word(session, "disclosure_claim", proposal.if_rescinded)},
                           {"premium",
                            word(session, "disclosure_premium", proposal.premium_if_rescinded)}}));
  }
  std::string missing;
  for (const claims::DisclosureRule rule : proposal.missing) {
    missing += (missing.empty() ? "" : session.say("slip.and")) +
               word(session, "disclosure_finding", rule);
  }
  if (!missing.empty()) table.row(session.say("disclosure.missing"), missing);
  document.table(table.take());
  document.paragraph(session.say("disclosure.a_person_decides"));
}

}  // namespace

// One case as blocks of the document, its JSON, and a line.
Result<Done> add_disclosure(Session& session, const DisclosureFile& file, Reply& reply) {
  ANLAN_TRY(const claims::WorkCalendar* calendar, session.library().work_calendar());
  ANLAN_TRY(const DisclosureProposal proposal, claims::propose_disclosure(file.facts, *calendar));
  reply.document.heading(1, std::string(in_language(session, file.title_zh, file.title_en)));
  if (!file.story_zh.empty()) {
    reply.document.paragraph(std::string(in_language(session, file.story_zh, file.story_en)));
  }
  add_facts(session, file.facts, reply.document);
  add_steps(session, proposal, reply.document);
  add_clocks(session, proposal, reply.document);
  add_proposal(session, proposal, reply.document);
  reply.document.date = to_text(file.facts.as_of);
  reply.brief.push_back(
      session.say("disclosure.brief",
                  {{"title", std::string(in_language(session, file.title_zh, file.title_en))},
                   {"right", word(session, "disclosure_right", proposal.right)},
                   {"claim", word(session, "disclosure_claim", proposal.claim)}}));
  Node json = to_node(proposal);
  json.add("id", Node::string(file.id));
  json.add("formed", to_node(file.facts.formed));
  json.add("as_of", to_node(file.facts.as_of));
  reply.json.members.front().value.items.push_back(std::move(json));  // "cases"
  return Done{};
}

Reply disclosure_reply() {
  Reply reply;
  reply.json = Node::table();
  reply.json.add("cases", Node::list());
  return reply;
}

Result<DisclosureFile> recorded_case(Session& session, const house::NonDisclosureFile& file,
                                     IncidentId incident) {
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const Instant now, session.now());
  ANLAN_TRY(const protection::Questionnaire* asked, session.library().questionnaire());
  const NonDisclosure& learned = file.nondisclosure;
  DisclosureFile out{.id = to_text(learned.id)};
  out.title_zh = out.title_en =
      session.say("disclosure.recorded_title", {{"id", out.id}, {"subject", learned.subject}});
  out.facts = house::disclosure_case(*house, file, date_of(now, house->offset()), incident);
  if (const protection::Question* question = asked->find(learned.subject)) {
    out.facts.question->text_zh = question->zh;
    out.facts.question->text_en = question->en;
  } else {
    out.facts.question->text_zh = out.facts.question->text_en =
        fact_name(session, FactName{learned.subject});
  }
  return out;
}

namespace {

Result<Reply> of_file(Session& session, const std::string& path) {
  ANLAN_TRY(const Node tree, session.read_tree(path));
  ANLAN_TRY(const DisclosureFile file, claims::read_disclosure_file(tree, path));
  Reply reply = disclosure_reply();
  ANLAN_REQUIRE(add_disclosure(session, file, reply));
  return reply;
}

// What the house itself received is known to the insurer from the day of its last signal.
claims::ShownToInsurer shown_by(Session& session, const house::House& house,
                                const AnswerConflict& conflict) {
  claims::ShownToInsurer out{.source = "telemetry"};
  for (const auto& [id, order] : house.orders) {
    for (const Observation& seen : order.observations) {
      if (seen.id != conflict.evidence) continue;
      out.text_zh = out.text_en = session.say(
          "disclosure.telemetry", {{"product", security_product_name(session, seen.product)},
                                   {"seen", std::to_string(seen.seen)},
                                   {"of", std::to_string(seen.of)}});
      out.seen_by = house.opening->name;
      out.seen_on = date_of(seen.until, house.offset());
    }
  }
  return out;
}

// An answer that the signals at the incident contradict, with the facts of the house. What a person
// has to find is left open.
Result<DisclosureFile> case_of(Session& session, const house::PolicyFile& policy,
                               const Incident& incident, const AnswerConflict& conflict) {
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const Instant now, session.now());
  ANLAN_TRY(const protection::Questionnaire* asked, session.library().questionnaire());
  const protection::Question* question = asked->find(conflict.control.text);
  ANLAN_CHECK(question != nullptr);
  const house::EnterpriseFile* company = house::find_enterprise(*house, policy.policy.enterprise);
  DisclosureFile out{.id = conflict.control.text};
  out.title_zh = out.title_en =
      session.say("disclosure.title_of", {{"control", conflict.control.text}});
  out.facts.question =
      claims::QuestionAsked{.control = conflict.control.text,
                            .version = short_hex(company->assessment->questionnaire),
                            .text_zh = question->zh,
                            .text_en = question->en};
  out.facts.answer = conflict.answered;
  out.facts.truth = conflict.observed;
  out.facts.formed = date_of(policy.bound_at, house->offset());
  out.facts.as_of = date_of(now, house->offset());
  out.facts.incident = date_of(incident.occurred, house->offset());
  out.facts.shown.push_back(shown_by(session, *house, conflict));
  for (const house::Receipt& receipt : policy.receipts) {
    out.facts.collected.push_back(
        {.on = date_of(receipt.at, house->offset()), .amount = receipt.amount});
  }
  return out;
}

Result<Reply> of_claim(Session& session, ClaimId id) {
  ANLAN_TRY(const house::House* house, session.house());
  const house::ClaimFile* claim = house::find_claim(*house, id);
  if (!claim) return not_found("claim", to_text(id));
  const Incident incident = house::find_incident(*house, claim->decision.incident)->incident;
  const house::PolicyFile policy = *house::find_policy(*house, claim->decision.policy);
  ANLAN_TRY(const protection::Questionnaire* asked, session.library().questionnaire());
  ANLAN_TRY(const protection::AnswerTable* table, session.library().answer_table());
  const std::vector<AnswerConflict> conflicts = protection::answer_conflicts(
      *asked, *table, house::posture(*house, policy.policy.enterprise, incident.occurred));
  Reply reply = disclosure_reply();
  // What was recorded counts, with its findings; what only the signals show stands behind it.
  std::set<std::string> known;
  for (const NonDisclosureId learned : policy.nondisclosures) {
    const house::NonDisclosureFile* recorded = house::find_nondisclosure(*house, learned);
    known.insert(recorded->nondisclosure.subject);
    ANLAN_TRY(const DisclosureFile file, recorded_case(session, *recorded, incident.id));
    ANLAN_REQUIRE(add_disclosure(session, file, reply));
  }
  for (const AnswerConflict& conflict : conflicts) {
    if (!conflict.answered_better || known.contains(conflict.control.text)) continue;
    ANLAN_TRY(const DisclosureFile file, case_of(session, policy, incident, conflict));
    ANLAN_REQUIRE(add_disclosure(session, file, reply));
  }
  if (reply.brief.empty()) {
    reply.brief.push_back(session.say("disclosure.no_conflict", {{"id", to_text(id)}}));
    reply.document.paragraph(reply.brief.back());
  }
  reply.json.add("claim", to_node(id));
  return reply;
}

Result<Reply> disclosure(Session& session, NodeReader& options) {
  const std::string path = options.text_or("case", "");
  if (!path.empty() && !options.has("claim")) return of_file(session, path);
  const auto id = options.id<ClaimTag>("claim");
  if (options.refused()) return options.report().refusal();
  return of_claim(session, id);
}

}  // namespace

std::vector<Operation> disclosure_operations() {
  return {
      {.name = "claim disclosure",
       .command = "",
       .zh = "投保时答复不实的后果：逐条规则与两个期间，由人决定",
       .en = "what a wrong answer at application does: rule by rule, both clocks; a person decides",
       .options = {positional("claim", "CLAIM", "赔案编号：事故时运行数据与答复不符的各题",
                              "the claim: the answers that signals at the incident contradict",
                              false),
                   named("case", "FILE", "案例文件（TOML），不需账套",
                         "case file (TOML), without a house")},
       .run = disclosure},
  };
}

}  // namespace anlan::api
