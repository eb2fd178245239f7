// Operations on an untrue answer that the insurer learned of: record it, find what a person has to
// find, freeze the premium, rescind (Insurance Law art 16).
#include <algorithm>

#include "api/disclosure_view.h"
#include "api/journal_scan.h"
#include "house/nondisclosure.h"
#include "house/views.h"

namespace anlan::api {
namespace {

using namespace domain;

Result<house::PolicyFile> policy_of(Session& session, PolicyId id) {
  ANLAN_TRY(const house::House* house, session.house());
  const house::PolicyFile* file = house::find_policy(*house, id);
  if (file) return *file;
  return not_found("policy", to_text(id));
}

Result<house::NonDisclosureFile> nondisclosure_of(Session& session, NonDisclosureId id) {
  ANLAN_TRY(const house::House* house, session.house());
  const house::NonDisclosureFile* file = house::find_nondisclosure(*house, id);
  if (file) return *file;
  return not_found("nondisclosure", to_text(id));
}

// ---- what was answered at application

// The newest answer, or fact, of the company before its quote was issued.
struct AtApplication {
  EnterpriseId enterprise;
  std::uint64_t quoted = 0;
  AskedAbout about = AskedAbout::kAnswer;
  std::string subject;
  std::string answered = {};
  Digest questionnaire = {};

  void take_facts(const std::vector<Fact>& facts) {
    if (about != AskedAbout::kFact) return;
    for (const Fact& fact : facts) {
      if (fact.name.text == subject) answered = fact.value;
    }
  }
  void see(std::uint64_t seq, const Event& event) {
    if (seq >= quoted) return;
    if (const auto* registered = std::get_if<EnterpriseRegistered>(&event)) {
      if (registered->enterprise.id == enterprise) take_facts(registered->enterprise.facts.get());
    } else if (const auto* recorded = std::get_if<FactsRecorded>(&event)) {
      if (recorded->enterprise == enterprise) take_facts(recorded->facts);
    } else if (const auto* assessed = std::get_if<AssessmentRecorded>(&event)) {
      const Assessment& assessment = assessed->assessment;
      if (about != AskedAbout::kAnswer || assessment.enterprise != enterprise) return;
      answered.clear();
      questionnaire = assessment.questionnaire;
      for (const Answer& answer : assessment.answers.get()) {
        if (answer.control.text == subject) answered = answer.value;
      }
    }
  }
};

Result<Done> fill_answer(Session& session, const house::PolicyFile& policy,
                         NonDisclosure& learned) {
  AtApplication at{.enterprise = policy.policy.enterprise,
                   .quoted = policy.policy.quote.number,
                   .about = learned.about,
                   .subject = learned.subject};
  ANLAN_REQUIRE(scan_journal(
      session, policy.policy.enterprise.number,
      [&](const house::Record& record, const Event& event) { at.see(record.seq, event); }));
  if (at.answered.empty()) return not_found("subject", learned.subject);
  learned.answered = at.answered;
  learned.questionnaire = at.questionnaire;
  return Done{};
}

Result<Reply> shown_after(Session& session, NonDisclosureId id, const std::string& line,
                          const Session::Outcome& outcome) {
  ANLAN_TRY(const house::NonDisclosureFile file, nondisclosure_of(session, id));
  ANLAN_TRY(const claims::DisclosureFile facts, recorded_case(session, file, {}));
  Reply reply = disclosure_reply();
  ANLAN_REQUIRE(add_disclosure(session, facts, reply));
  reply.brief.insert(reply.brief.begin(), line);
  reply.document.paragraph(line);
  reply.json.add("id", to_node(id));
  reply.json.add("nondisclosure", to_node(file.nondisclosure));
  ANLAN_TRY(const house::PolicyFile policy, policy_of(session, file.nondisclosure.policy));
  reply.json.add("premium_frozen", Node::boolean(policy.premium_frozen));
  add_outcome(reply.json, outcome);
  return reply;
}

Result<Reply> learned_reply(Session& session, const Session::Outcome& outcome) {
  const NonDisclosureId id{outcome.first_seq};
  ANLAN_TRY(const house::NonDisclosureFile file, nondisclosure_of(session, id));
  const bool frozen = outcome.last_seq > outcome.first_seq;
  return shown_after(session, id,
                     session.say("disclosure.learned",
                                 {{"id", to_text(id)},
                                  {"subject", file.nondisclosure.subject},
                                  {"answered", answer_words(session, file.nondisclosure.answered)},
                                  {"truth", answer_words(session, file.nondisclosure.truth)},
                                  {"on", to_text(file.nondisclosure.learned_on)},
                                  {"frozen", frozen ? "yes" : ""}}),
                     outcome);
}

Result<Reply> learn(Session& session, NodeReader& options) {
  house::LearnNonDisclosure command;
  NonDisclosure& learned = command.nondisclosure;
  learned.policy = options.id<PolicyTag>("policy");
  learned.about = options.choice_or("about", AskedAbout::kAnswer);
  learned.subject = options.text("subject");
  learned.truth = options.text("truth");
  learned.source = options.choice<KnowledgeSource>("source");
  learned.note = options.text("note");
  const bool dated = options.has("on");
  learned.learned_on = dated ? options.date("on") : Date{};
  learned.learned_by = ActorName{options.text_or("by", session.options().actor)};
  command.collect = options.flag("collect", false);
  if (options.refused()) return options.report().refusal();
  if (session.known()) return learned_reply(session, *session.known());
  ANLAN_TRY(const house::PolicyFile policy, policy_of(session, learned.policy));
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const Instant now, session.now());
  if (!dated) learned.learned_on = date_of(now, house->offset());
  ANLAN_REQUIRE(fill_answer(session, policy, learned));
  ANLAN_TRY(const Session::Outcome outcome, session.submit(command));
  return learned_reply(session, outcome);
}

// ---- findings

enum class YesNo : std::uint8_t { kYes = 1, kNo = 2 };
constexpr auto enum_names(YesNo*) {
  return std::array{EnumName<YesNo>{YesNo::kYes, "yes"}, EnumName<YesNo>{YesNo::kNo, "no"}};
}

std::optional<bool> yes_or_no(NodeReader& options, std::string_view key) {
  if (!options.has(key)) return {};
  return options.choice<YesNo>(key) == YesNo::kYes;
}

Result<Reply> find(Session& session, NodeReader& options) {
  house::FindNonDisclosure command;
  NonDisclosureFound& found = command.found;
  found.nondisclosure = options.id<NonDisclosureTag>("nondisclosure");
  if (options.has("fault")) found.state_of_mind = options.choice<StateOfMind>("fault");
  found.material = yes_or_no(options, "material");
  if (options.has("incident")) found.incident = options.id<IncidentTag>("incident");
  found.bore_on_incident = yes_or_no(options, "bore-on");
  found.reason = options.text("reason");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const Session::Outcome outcome, session.submit(command));
  return shown_after(session, found.nondisclosure,
                     session.say("disclosure.found", {{"id", to_text(found.nondisclosure)}}),
                     outcome);
}

// ---- premium

Result<Reply> set_frozen(Session& session, NodeReader& options, bool frozen) {
  const house::FreezePremium command{.policy = options.id<PolicyTag>("policy"),
                                     .frozen = frozen,
                                     .reason = options.text("reason")};
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const Session::Outcome outcome, session.submit(command));
  Node json = Node::table();
  json.add("policy", to_node(command.policy));
  json.add("premium_frozen", Node::boolean(frozen));
  add_outcome(json, outcome);
  return brief_reply(session.say(frozen ? "disclosure.frozen" : "disclosure.released",
                                 {{"id", to_text(command.policy)}}),
                     std::move(json));
}
Result<Reply> freeze(Session& session, NodeReader& options) {
  return set_frozen(session, options, true);
}
Result<Reply> release(Session& session, NodeReader& options) {
  return set_frozen(session, options, false);
}

// ---- rescission

Result<Reply> rescinded_reply(Session& session, NonDisclosureId id,
                              const Session::Outcome& outcome) {
  ANLAN_TRY(const house::NonDisclosureFile file, nondisclosure_of(session, id));
  ANLAN_TRY(const house::PolicyFile policy, policy_of(session, file.nondisclosure.policy));
  const Refund* refund = house::refund_of(policy);
  ANLAN_CHECK(file.rescinded && refund);
  ANLAN_TRY(Reply reply,
            shown_after(session, id,
                        session.say("disclosure.rescinded_line",
                                    {{"policy", to_text(policy.policy.id)},
                                     {"on", to_text(file.rescinded->reached_on)},
                                     {"customer", to_grouped(refund->to_customer)},
                                     {"government", to_grouped(refund->to_government)}}),
                        outcome));
  reply.json.add("refund", to_node(*refund));
  return reply;
}

Result<Reply> rescind(Session& session, NodeReader& options) {
  house::RescindPolicy command;
  command.nondisclosure = options.id<NonDisclosureTag>("nondisclosure");
  command.reached_on = options.date("reached");
  if (options.refused()) return options.report().refusal();
  if (session.known()) return rescinded_reply(session, command.nondisclosure, *session.known());
  ANLAN_TRY(const house::NonDisclosureFile file, nondisclosure_of(session, command.nondisclosure));
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const claims::WorkCalendar* calendar, session.library().work_calendar());
  const claims::WorkCalendar near =
      house::days_around(house::nominal_last_days(*house, file), *calendar);
  command.rest_days = near.rest_days;
  command.work_days = near.work_days;
  ANLAN_TRY(const Session::Outcome outcome, session.submit(command));
  return rescinded_reply(session, command.nondisclosure, outcome);
}

// ---- show

Result<Reply> show(Session& session, NodeReader& options) {
  const auto id = options.id<PolicyTag>("policy");
  IncidentId incident;
  if (options.has("incident")) incident = options.id<IncidentTag>("incident");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const house::PolicyFile policy, policy_of(session, id));
  const auto& own = policy.incidents;
  if (incident.exists() && std::find(own.begin(), own.end(), incident) == own.end())
    return not_found("incident", to_text(incident));
  Reply reply = disclosure_reply();
  for (const NonDisclosureId each : policy.nondisclosures) {
    ANLAN_TRY(const house::NonDisclosureFile file, nondisclosure_of(session, each));
    ANLAN_TRY(const claims::DisclosureFile facts, recorded_case(session, file, incident));
    ANLAN_REQUIRE(add_disclosure(session, facts, reply));
  }
  if (policy.nondisclosures.empty()) {
    reply.brief.push_back(session.say("disclosure.nothing_learned", {{"id", to_text(id)}}));
  } else if (policy.premium_frozen) {
    reply.brief.push_back(session.say("disclosure.frozen", {{"id", to_text(id)}}));
  }
  if (policy.nondisclosures.empty() || policy.premium_frozen)
    reply.document.paragraph(reply.brief.back());
  reply.json.add("policy", to_node(id));
  reply.json.add("premium_frozen", Node::boolean(policy.premium_frozen));
  return reply;
}

}  // namespace

std::vector<Operation> nondisclosure_operations() {
  const Option policy = positional("policy", "POLICY", "保单编号", "the policy, e.g. pol_30");
  const Option learned =
      positional("nondisclosure", "ID", "不实答复的编号", "the untrue answer, e.g. ndl_70");
  const Option reason = named("reason", "TEXT", "理由", "why", true);
  return {
      {.name = "policy disclosure",
       .command = "",
       .zh = "保单上已知的不实答复：认定、两个期间、解除权",
       .en = "the untrue answers known of a policy: findings, both clocks, the right to rescind",
       .options = {policy, named("incident", "INCIDENT", "对哪一次事故的影响",
                                 "the incident that it is about")},
       .run = show},
      {.name = "policy disclosure learn",
       .command = house::LearnNonDisclosure::kName,
       .zh = "登记知道了不实答复：三十日起算，并暂停收取保费",
       .en = "record knowledge of an untrue answer: thirty days run, premium is frozen",
       .options = {policy,
                   named("subject", "NAME", "控制项（如 IAM-01）或事实（如 revenue）",
                         "the control (IAM-01) or the fact (revenue)", true),
                   named("about", "answer|fact", "所问的是答卷还是事实", "an answer or a fact"),
                   named("truth", "VALUE", "实情，与答复同样的写法",
                         "the truth, written as the answer is", true),
                   named("source", "SOURCE", "来源",
                         "scan, survey, telemetry, document, claim or notice", true),
                   named("note", "TEXT", "什么材料显示", "what shows it", true),
                   named("on", "YYYY-MM-DD", "知道之日，缺省为今天",
                         "the day of knowledge, default today"),
                   named("by", "ACTOR", "保险人方面最先看到的人，缺省为本人",
                         "who of the insurer saw it first, default yourself"),
                   flag("collect", "不暂停收取保费（以后收取即放弃解除权）",
                        "take premium on, which waives the right to rescind")},
       .run = learn},
      {.name = "policy disclosure find",
       .command = house::FindNonDisclosure::kName,
       .zh = "登记认定：故意或重大过失、是否重要、与事故有无关系",
       .en = "record a person's findings: state of mind, materiality, effect on an incident",
       .options = {learned,
                   named("fault", "STATE", "主观状态", "none, gross_negligence or deliberate"),
                   named("material", "yes|no", "如实答复是否足以影响承保或费率",
                         "whether the truth would have changed the decision or the price"),
                   named("incident", "INCIDENT", "事故编号", "the incident"),
                   named("bore-on", "yes|no", "对该事故有无严重影响",
                         "whether the fact bore seriously on that incident"),
                   reason},
       .run = find},
      {.name = "policy disclosure freeze",
       .command = house::FreezePremium::kName,
       .zh = "暂停收取保费",
       .en = "freeze the premium of a policy",
       .options = {policy, reason},
       .run = freeze},
      {.name = "policy disclosure release",
       .command = house::FreezePremium::kName,
       .zh = "恢复收取保费（收取即放弃解除权）",
       .en = "take premium again, which waives the right to rescind",
       .options = {policy, reason},
       .run = release},
      {.name = "policy disclosure rescind",
       .command = house::RescindPolicy::kName,
       .zh = "解除合同通知已到达：检查两个期间与弃权，按第十六条退还或者不退保费",
       .en = "the notice of rescission arrived: both clocks and waivers are checked, art 16 refund",
       .options = {learned, named("reached", "YYYY-MM-DD", "通知到达投保人之日",
                                  "the day on which it reached the policyholder", true)},
       .run = rescind},
  };
}

}  // namespace anlan::api
