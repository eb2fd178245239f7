// Operations of drills: what a policy as it stands would pay for a scripted incident, the response
// plan of a company, and the record of a tabletop exercise.
#include <algorithm>
#include <array>

#include "api/render.h"
#include "base/utf8.h"
#include "claims/drill.h"
#include "claims/response_plan.h"
#include "formats/terminal.h"
#include "house/access.h"
#include "house/views.h"
#include "protection/control_state.h"
#include "protection/posture.h"
#include "underwriting/lapse.h"

namespace anlan::api {
namespace {

using namespace domain;
using claims::Drill;
using claims::PlanStep;

constexpr std::int64_t kHoursOfYear = 8'760;
constexpr std::int64_t kWholeShare = 1'000'000;
constexpr std::int64_t kParticipantsMax = 10'000;
constexpr std::size_t kSheetColumns = 78;  // behind the sign of a comment

std::string_view in_language(Session& session, const terms::BilingualText& text) {
  return session.lang() == Lang::kZh ? text.zh : text.en;
}

// ---- what is played

std::int64_t number_of(const std::vector<Fact>& facts, std::string_view name) {
  const Fact* fact = find_fact(facts, name);
  return fact ? std::stoll(fact->value) : 0;
}

// At the company's own revenue and gross profit an hour, the year round.
Result<terms::Script> scaled(const terms::Script& script, const std::vector<Fact>& facts,
                             Currency currency) {
  const std::int64_t revenue = number_of(facts, "revenue");
  if (revenue == 0) return not_found("fact", "revenue");
  const auto hourly = static_cast<std::int64_t>(
      half_up(static_cast<Int128>(revenue) * number_of(facts, "gross_margin"),
              static_cast<Int128>(kWholeShare) * kHoursOfYear));
  return terms::scaled_to(script, Money::from_minor(revenue, currency),
                          Money::from_minor(hourly, currency));
}

// At the script's hour of the day on that day.
Instant occurs_on(const terms::Script& script, Date on, UtcOffset offset) {
  const Instant midnight = start_of_day(date_of(script.occurred, offset), offset);
  return plus_minutes(start_of_day(on, offset), minutes_between(midnight, script.occurred));
}

claims::ReportingBody body_of(const std::vector<Fact>& facts) {
  const Fact* critical = find_fact(facts, "cii_operator");
  return critical && critical->value == "yes" ? claims::ReportingBody::kCriticalInfrastructure
                                              : claims::ReportingBody::kOther;
}

struct Played {
  const house::PolicyFile* policy = nullptr;
  const house::EnterpriseFile* company = nullptr;
  const terms::Wording* wording = nullptr;
  const underwriting::Product* product = nullptr;
  terms::Script script = {};
  Drill drill = {};

  // Services end with the cover.
  bool ended() const { return script.occurred >= house::cover_until(*policy); }
};

Result<const house::PolicyFile*> policy_of(const house::House& house, PolicyId id) {
  const house::PolicyFile* file = house::find_policy(house, id);
  if (file) return file;
  return not_found("policy", to_text(id));
}

// The policy, its company and its files as they were sold.
Result<Played> start(Session& session, const house::House& house, PolicyId id) {
  Played out;
  ANLAN_TRY(out.policy, policy_of(house, id));
  const Policy& policy = out.policy->policy;
  out.company = house::find_enterprise(house, policy.enterprise);
  ANLAN_TRY(out.wording, session.library().wording(policy.wording, policy.wording_artefact));
  const house::QuoteFile* quote = house::find_quote(house, policy.quote);
  ANLAN_TRY(out.product, session.library().product(policy.product, quote->quote.product_artefact));
  return out;
}

// As a claim of that day would be adjudicated: the year's own state, the clauses that were
// explained, the premium that was paid.
Result<Done> run_drill(Session& session, const house::House& house, Played& played) {
  const house::PolicyFile& policy = *played.policy;
  const Incident incident = claims::incident_of(played.script, policy.policy.id);
  const Date premium_due =
      underwriting::premium_due(*played.product, date_of(policy.bound_at, house.offset()));
  claims::AdjudicationInput input{.wording = *played.wording,
                                  .policy = policy.policy,
                                  .cover_until = house::cover_until(policy),
                                  .incident = incident,
                                  .loss = claims::statement_of(played.script, *played.wording),
                                  .reported = played.script.reported};
  claims::add_script_facts(played.script, input);
  for (const std::string& met : played.script.conditions_met) {
    input.conditions.push_back(
        {.incident = incident.id, .condition = met, .reference = played.script.id});
  }
  for (const ClaimId claim : policy.claims) {
    input.earlier.push_back(house::find_claim(house, claim)->decision.settlement);
  }
  input.premium_paid_bp =
      house::premium_share(policy, *played.wording, incident.occurred, premium_due);
  input.proven_controls =
      house::proven_controls(house, policy.policy.enterprise, incident.occurred);
  ANLAN_TRY(const claims::WorkCalendar* calendar, session.library().work_calendar());
  ANLAN_TRY(played.drill, claims::drill({.script = played.script,
                                         .adjudication = input,
                                         .calendar = *calendar,
                                         .body = body_of(played.company->enterprise.facts.get()),
                                         .offset = house.offset()}));
  return Done{};
}

// ---- what is shown

// "22" as 二十二: the number of an article below 100; anything else as it is.
std::string in_chinese(const std::string& number) {
  constexpr std::array<std::string_view, 10> kDigits{"",   "一", "二", "三", "四",
                                                     "五", "六", "七", "八", "九"};
  const bool digits = number.find_first_not_of("0123456789") == std::string::npos;
  if (!digits || number.empty() || number.size() > 2) return number;
  const std::string ones(kDigits[static_cast<std::size_t>(number.back() - '0')]);
  if (number.size() == 1) return ones;
  const auto tens = static_cast<std::size_t>(number.front() - '0');
  return (tens > 1 ? std::string(kDigits[tens]) : "") + "十" + ones;
}

std::string source_text(Session& session, const std::string& source) {
  const std::string key = "drill_source." + source;
  if (session.texts().has(key)) return session.say(key);
  if (source.starts_with("art ")) {
    const std::string article = source.substr(4);
    return session.say("drill.article",
                       {{"article", session.lang() == Lang::kZh ? in_chinese(article) : article}});
  }
  return source.empty() ? source : session.say("drill.clause", {{"clause", source}});
}

void add_paid(Session& session, const house::House& house, const Played& played,
              Document& document) {
  const ClaimDecision& decision = played.drill.decision;
  document.heading(2, session.say("drill.by_whom"));
  Table table;
  table.columns = {{.title = session.say("drill.who")},
                   {.title = session.say("drill.what")},
                   {.title = session.say("view.amount"), .align = Align::kRight}};
  const std::string insurer = house.opening->name;
  for (const SectionPaid& section : decision.settlement.sections) {
    if (section.paid.is_zero()) continue;
    table.rows.push_back(
        {insurer, cover_name(session, section.section.text), to_grouped(section.paid)});
  }
  for (const ServicePaid& service : decision.settlement.services_paid) {
    table.rows.push_back(
        {insurer,
         session.say("drill.in_kind", {{"service", cover_name(session, service.service.text)}}),
         to_grouped(service.rendered)});
  }
  if (!decision.settlement.mitigation_paid.is_zero()) {
    table.rows.push_back({insurer, session.say("drill.mitigation"),
                          to_grouped(decision.settlement.mitigation_paid)});
  }
  for (const claims::DrillKept& kept : played.drill.kept_by) {
    const std::string reason = session.say("step." + std::string(name_of(kept.reason)) + ".short");
    const std::string subject = kept.subject.empty() ? "" : head_name(session, kept.subject);
    table.rows.push_back(
        {session.say("drill.insured"),
         session.say("drill.kept",
                     {{"subject", subject},
                      {"reason", reason},
                      {"clause", kept.clause.empty() ? "" : source_text(session, kept.clause)}}),
         to_grouped(kept.amount)});
  }
  document.table(std::move(table));
  const Money in_kind = played.drill.rendered;
  const std::string rendered = in_kind.is_zero() ? "" : to_grouped(in_kind);
  document.paragraph(session.say("drill.total", {{"stated", to_grouped(played.drill.stated)},
                                                 {"payable", to_grouped(decision.payable)},
                                                 {"rendered", rendered},
                                                 {"kept", to_grouped(played.drill.kept)}}));
  if (const auto& measured = played.drill.measured) {
    document.paragraph(session.say("drill.measured", {{"curve", to_grouped(measured->curve)},
                                                      {"loss", to_grouped(measured->loss)}}));
  }
  for (const std::string& service : played.product->services(session.lang())) {
    if (!played.ended()) document.bullet(session.say("drill.service", {{"service", service}}));
  }
  for (const std::string& clause : decision.unapplied) {
    document.bullet(session.say("brief.clause_unapplied", {{"clause", clause}}), "!");
  }
}

void add_clocks(Session& session, const Drill& drill, Document& document) {
  document.heading(2, session.say("drill.when"));
  Table table;
  table.columns = {{.title = session.say("drill.clock")},
                   {.title = session.say("drill.from")},
                   {.title = session.say("drill.due")},
                   {.title = session.say("drill.source")}};
  bool unlisted = false;
  for (const claims::DrillClock& clock : drill.clocks) {
    unlisted = unlisted || !clock.calendar_known;
    table.rows.push_back({word(session, "drill_clock", clock.kind), moment_text(clock.from),
                          moment_text(clock.due), source_text(session, clock.source)});
  }
  document.table(std::move(table));
  document.paragraph(session.say("drill.when_note", {{"unlisted", unlisted ? "yes" : ""}}));
}

void add_documents(Session& session, const Drill& drill, Document& document) {
  document.heading(2, session.say("drill.documents"));
  Table table;
  table.columns = {{.title = session.say("view.head")},
                   {.title = session.say("drill.paper")},
                   {.title = session.say("drill.source")},
                   {.title = session.say("drill.there")}};
  for (const claims::DrillDocument& paper : drill.documents) {
    const std::string name = paper.condition.empty()
                                 ? word(session, "drill_paper", paper.paper)
                                 : say_or(session, "condition." + paper.condition, paper.condition);
    table.rows.push_back(
        {paper.head.empty() ? session.say("drill.whole") : head_name(session, paper.head), name,
         paper.clause.empty() ? source_text(session, "art 22") : source_text(session, paper.clause),
         session.say(paper.there ? "drill.yes" : "drill.missing")});
  }
  document.table(std::move(table));
  document.paragraph(session.say("drill.documents_note"));
}

Result<Node> add_contradictions(Session& session, const house::House& house, const Played& played,
                                Document& document) {
  ANLAN_TRY(const protection::Questionnaire* asked, session.library().questionnaire());
  ANLAN_TRY(const protection::AnswerTable* table, session.library().answer_table());
  const std::vector<AnswerConflict> conflicts = protection::answer_conflicts(
      *asked, *table,
      house::posture(house, played.policy->policy.enterprise, played.script.occurred));
  document.heading(2, session.say("drill.contradictions"));
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

// First of all, where that day lies outside the cover.
void add_state(Session& session, const house::House& house, const Played& played,
               Document& document) {
  const house::PolicyFile& file = *played.policy;
  if (played.script.occurred >= file.policy.from && !played.ended()) return;
  const PolicyState state = house::policy_state(file, played.script.occurred);
  const UtcOffset offset = house.offset();
  const Instant last = Instant::from_micros(house::cover_until(file).micros() - 1);
  document.bullet(session.say("drill.state", {{"state", word(session, "policy_state", state)},
                                              {"from", to_text(date_of(file.policy.from, offset))},
                                              {"last", to_text(date_of(last, offset))}}),
                  "!");
}

Node drill_node(const Played& played) {
  Node json = Node::table();
  json.add("policy", to_node(played.policy->policy.id));
  json.add("script", Node::string(played.script.id));
  json.add("occurred", to_node(played.script.occurred));
  json.add("state", to_node(house::policy_state(*played.policy, played.script.occurred)));
  json.add("stated", to_node(played.drill.stated));
  json.add("payable", to_node(played.drill.decision.payable));
  json.add("rendered", to_node(played.drill.rendered));
  json.add("kept", to_node(played.drill.kept));
  json.add("measured", played.drill.measured ? to_node(*played.drill.measured) : Node::null());
  json.add("kept_by", to_node(played.drill.kept_by));
  json.add("clocks", to_node(played.drill.clocks));
  json.add("documents", to_node(played.drill.documents));
  json.add("decision", to_node(played.drill.decision));
  return json;
}

Result<Reply> show_drill(Session& session, const house::House& house, const Played& played) {
  Reply reply;
  Document& document = reply.document;
  const Drill& drill = played.drill;
  const auto missing =
      std::count_if(drill.documents.begin(), drill.documents.end(),
                    [](const claims::DrillDocument& paper) { return !paper.there; });
  document.heading(1,
                   session.say("drill.title",
                               {{"script", std::string(in_language(session, played.script.title))},
                                {"policy", played.policy->policy.number}}));
  add_state(session, house, played, document);
  document.paragraph(std::string(in_language(session, played.script.story)));
  document.paragraph(session.say(
      "drill.occurs", {{"occurred", moment_text(to_text(played.script.occurred, house.offset()))},
                       {"company", company_name(house, played.policy->policy.enterprise)}}));
  add_paid(session, house, played, document);
  add_clocks(session, drill, document);
  add_documents(session, drill, document);
  reply.json = drill_node(played);
  ANLAN_TRY(Node conflicts, add_contradictions(session, house, played, document));
  reply.json.add("contradictions", std::move(conflicts));
  document.paragraph(session.say("drill.nothing_decided"));
  document.date = to_text(date_of(played.script.occurred, house.offset()));
  const std::string rendered = drill.rendered.is_zero() ? "" : to_grouped(drill.rendered);
  reply.brief.push_back(session.say("drill.brief", {{"script", played.script.id},
                                                    {"policy", to_text(played.policy->policy.id)},
                                                    {"stated", to_grouped(drill.stated)},
                                                    {"payable", to_grouped(drill.decision.payable)},
                                                    {"rendered", rendered},
                                                    {"missing", std::to_string(missing)}}));
  return reply;
}

Result<Reply> drill(Session& session, NodeReader& options) {
  const auto id = options.id<PolicyTag>("policy");
  const std::string name = options.text("incident");
  const bool to_scale = options.flag("scaled", false);
  std::optional<Date> on;
  if (options.has("on")) on = options.date("on");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const Instant now, session.now());
  ANLAN_TRY(Played played, start(session, *house, id));
  ANLAN_TRY(const terms::Script* script, session.library().script(name));
  played.script = *script;
  if (to_scale) {
    ANLAN_TRY(played.script,
              scaled(*script, played.company->enterprise.facts.get(), house->currency()));
  }
  const Date day = on.value_or(date_of(now, house->offset()));
  played.script = claims::moved_to(played.script, occurs_on(played.script, day, house->offset()));
  ANLAN_REQUIRE(run_drill(session, *house, played));
  return show_drill(session, *house, played);
}

// ---- the response plan

std::vector<std::string> vendors_of(const house::House& house, const house::EnterpriseFile& company,
                                    Instant now) {
  std::vector<std::string> out;
  for (const OrderId id : company.orders) {
    const house::OrderFile* order = house::find_order(house, id);
    const bool ended = protection::order_state(order->order, order->observations, now,
                                               house.offset()) == OrderState::kEnded;
    const std::string& vendor = order->order.vendor.text;
    if (!ended && std::find(out.begin(), out.end(), vendor) == out.end()) out.push_back(vendor);
  }
  return out;
}

std::string subject_text(Session& session, const PlanStep& step) {
  if (step.subject.empty()) return {};
  if (step.act == claims::PlanAct::kWaitingOver) return cover_name(session, step.subject);
  return say_or(session, "condition." + step.subject, step.subject);
}

// What a condition is about: of this name and clause.
std::string heads_text(Session& session, const terms::Wording& wording, const PlanStep& step) {
  std::string out;
  for (const terms::Condition& condition : wording.conditions) {
    if (condition.name != step.subject || condition.clause != step.source) continue;
    for (const std::string& head : condition.heads) {
      std::string name = head_name(session, head);
      // Within a sentence; not "IT provider".
      const bool word = name.size() > 1 && name[1] >= 'a' && name[1] <= 'z';
      if (word && name[0] >= 'A' && name[0] <= 'Z') name[0] += 'a' - 'A';
      out += (out.empty() ? "" : session.say("word.list_separator")) + name;
    }
  }
  return out;
}

Document plan_document(Session& session, const std::string& company, const terms::Wording& wording,
                       const std::vector<PlanStep>& steps) {
  Document document;
  document.heading(1, session.say("plan.title", {{"company", company}}));
  document.paragraph(session.say("plan.how"));
  Table table;
  table.columns = {{.title = session.say("plan.hour"), .align = Align::kRight},
                   {.title = session.say("plan.who")},
                   {.title = session.say("plan.whom")},
                   {.title = session.say("plan.what")},
                   {.title = session.say("drill.source")}};
  for (const PlanStep& step : steps) {
    table.rows.push_back({std::to_string(step.hour), word(session, "plan_role", step.caller),
                          step.called ? word(session, "plan_role", *step.called) : "",
                          session.say("plan_act." + std::string(name_of(step.act)),
                                      {{"subject", subject_text(session, step)},
                                       {"heads", heads_text(session, wording, step)}}),
                          step.by_clause ? session.say("drill.clause", {{"clause", step.source}})
                                         : source_text(session, step.source)});
  }
  document.table(std::move(table));
  document.paragraph(session.say("plan.not_filled"));
  return document;
}

// Whose plan it is, and the policy that was named, if one was.
struct Planned {
  const house::EnterpriseFile* company = nullptr;
  const house::PolicyFile* policy = nullptr;
};

Result<Planned> planned_for(NodeReader& options, const house::House& house) {
  Planned out;
  if (options.text("enterprise").starts_with("pol_")) {
    const auto id = options.id<PolicyTag>("enterprise");
    if (options.refused()) return options.report().refusal();
    ANLAN_TRY(out.policy, policy_of(house, id));
    out.company = house::find_enterprise(house, out.policy->policy.enterprise);
    return out;
  }
  const auto id = options.id<EnterpriseTag>("enterprise");
  if (options.refused()) return options.report().refusal();
  out.company = house::find_enterprise(house, id);
  if (!out.company) return not_found("enterprise", to_text(id));
  return out;
}

Result<ProductName> product_asked(NodeReader& options, const house::House& house,
                                  const Planned& planned) {
  if (options.has("product")) {
    const auto name = options.name<ProductTag>("product");
    if (options.refused()) return options.report().refusal();
    return name;
  }
  if (planned.policy) return planned.policy->policy.product;
  const house::EnterpriseFile& company = *planned.company;
  if (company.policies.empty()) return not_found("policy", to_text(company.enterprise.id));
  return house::find_policy(house, company.policies.back())->policy.product;
}

Result<Reply> response(Session& session, NodeReader& options) {
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const Planned planned, planned_for(options, *house));
  const house::EnterpriseFile* company = planned.company;
  ANLAN_TRY(const Instant now, session.now());
  ANLAN_TRY(const ProductName name, product_asked(options, *house, planned));
  ANLAN_TRY(const underwriting::Product* product, session.library().product(name));
  ANLAN_TRY(const terms::Wording* wording, session.library().wording_of(*product));
  const std::vector<Fact> facts = company->enterprise.facts.get();
  const std::vector<PlanStep> steps =
      claims::response_plan({.wording = *wording,
                             .hotline = !product->services_zh.empty(),
                             .vendors = vendors_of(*house, *company, now),
                             .body = body_of(facts),
                             .personal_data = number_of(facts, "records") > 0});
  Reply reply;
  reply.document = plan_document(session, company->enterprise.legal_name, *wording, steps);
  for (const std::string& service : product->services(session.lang())) {
    reply.document.bullet(session.say("drill.service", {{"service", service}}));
  }
  reply.document.date = to_text(date_of(now, house->offset()));
  reply.brief.push_back(session.say("plan.brief", {{"company", company->enterprise.legal_name},
                                                   {"steps", std::to_string(steps.size())}}));
  reply.json = Node::table();
  reply.json.add("enterprise", to_node(company->enterprise.id));
  reply.json.add("product", to_node(name));
  reply.json.add("steps", to_node(steps));
  return reply;
}

// ---- the record of an exercise

struct Sheet {
  std::string plan = {};
  Date held_on = {};
  std::uint32_t answered = 0;
};

// Blanks of both scripts: nobody answered anything.
bool is_blank(std::string_view text) {
  while (!text.empty()) {
    const CodePoint next = first_code_point(text);
    constexpr std::u32string_view kBlanks = U" \t\r\n\u00A0\u3000";
    if (kBlanks.find(next.value) == std::u32string_view::npos) return false;
    text.remove_prefix(next.bytes);
  }
  return true;
}

Result<Sheet> read_sheet(const Node& tree, const std::string& file) {
  ReadReport report(file);
  NodeReader reader(tree, report);
  Sheet out{.plan = reader.text_or("plan", ""), .held_on = reader.date("held_on")};
  if (is_blank(out.plan)) out.plan.clear();
  NodeReader answers = reader.table("answers");
  for (const std::string_view question : kDrillQuestions) {
    if (!is_blank(answers.text_or(question, ""))) ++out.answered;
  }
  answers.finish();
  reader.finish();
  return report.result(std::move(out));
}

// Why a recorded exercise became no answer to the control's question: a key of [drill_unused].
// The rules are the house's (RecordDrill).
std::string unused_because(const house::House& house, const house::DrillFile& file) {
  const DrillRecord& drill = file.drill;
  const Date recorded = date_of(file.recorded_at, house.offset());
  if (drill.plan.empty()) return "no_plan";
  if (!drill.finished()) return "open_questions";
  if (plus_years(drill.held_on, 1) <= recorded) return "over_a_year";
  const house::EnterpriseFile* company = house::find_enterprise(house, drill.enterprise);
  return company->enterprise.assess_consent ? "newer_answer" : "no_consent";
}

Result<Reply> recorded(Session& session, const Session::Outcome& outcome) {
  ANLAN_TRY(const Event event, session.event_at(outcome.first_seq));
  const DrillRecord drill = std::get<DrillRecorded>(event).drill;
  const bool evidence = outcome.last_seq > outcome.first_seq;
  ANLAN_TRY(const house::House* house, session.house());
  const std::string unused = evidence ? "" : unused_because(*house, house->drills.at(drill.id));
  const Date from = date_of(house::find_policy(*house, drill.policy)->policy.from, house->offset());
  Node json = to_node(drill);
  json.add("finished", to_node(drill.finished()));
  json.add("evidence_for", evidence ? Node::string(kDrillControl) : Node::null());
  json.add("unused_because", evidence ? Node::null() : Node::string(unused));
  add_outcome(json, outcome);
  return brief_reply(
      session.say("drill.recorded",
                  {{"id", to_text(drill.id)},
                   {"script", drill.script},
                   {"participants", std::to_string(drill.participants)},
                   {"answered", std::to_string(drill.answered)},
                   {"asked", std::to_string(drill.asked)},
                   {"control", evidence ? std::string(kDrillControl) : std::string()},
                   {"unused", evidence ? "" : session.say("drill_unused." + unused)},
                   {"before", drill.held_on < from ? to_text(from) : std::string()}}),
      std::move(json));
}

Result<Reply> record(Session& session, NodeReader& options) {
  DrillRecord drill;
  drill.policy = options.id<PolicyTag>("policy");
  drill.script = options.text("incident");
  drill.participants = static_cast<std::uint32_t>(
      whole_option(options, "participants", {.lo = 1, .hi = kParticipantsMax, .fallback = 1}));
  const std::string path = options.text("file");
  if (options.refused()) return options.report().refusal();
  if (session.known()) return recorded(session, *session.known());
  ANLAN_REQUIRE(session.library().script(drill.script));
  ANLAN_TRY(drill.script_artefact, session.library().digest("scenarios/" + drill.script + ".toml"));
  ANLAN_TRY(const Node tree, session.read_tree(path));
  ANLAN_TRY(const Sheet sheet, read_sheet(tree, path));
  drill.plan = sheet.plan;
  drill.held_on = sheet.held_on;
  drill.asked = static_cast<std::uint32_t>(kDrillQuestions.size());
  drill.answered = sheet.answered;
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_REQUIRE(
      house::may_command(*house, ActorName{session.options().actor}, house::RecordDrill::kName));
  ANLAN_REQUIRE(policy_of(*house, drill.policy));
  ANLAN_TRY(const protection::Questionnaire* asked, session.library().questionnaire());
  ANLAN_TRY(const Bytes bytes, session.read_bytes(path));
  drill.answers = sha256(bytes);
  ANLAN_REQUIRE(session.keep(bytes));
  ANLAN_TRY(const Session::Outcome outcome,
            session.submit(house::RecordDrill{.drill = drill, .questionnaire = asked->version}));
  return recorded(session, outcome);
}

// As lines of a TOML file, within the width of a terminal.
std::string comment(const std::string& text) {
  std::string out;
  for (const std::string& line : formats::wrap_text(text, kSheetColumns)) out += "# " + line + "\n";
  return out;
}

// A file to fill in: the questions in the language of the session.
Result<Reply> sheet(Session& session, NodeReader&) {
  Reply reply;
  reply.text = comment(session.say("drill.sheet")) + "plan = \"\"\nheld_on = \"\"\n\n[answers]\n";
  Node questions = Node::list();
  for (const std::string_view question : kDrillQuestions) {
    const std::string text = session.say("drill_question." + std::string(question));
    reply.text += comment(text) + std::string(question) + " = \"\"\n";
    Node node = Node::table();
    node.add("name", Node::string(question));
    node.add("question", Node::string(text));
    questions.items.push_back(std::move(node));
  }
  reply.json = Node::table();
  reply.json.add("questions", std::move(questions));
  reply.brief.push_back(session.say("drill.sheet"));
  return reply;
}

Result<Reply> list(Session& session, NodeReader&) {
  ANLAN_TRY(const house::House* house, session.house());
  Reply reply;
  reply.json = Node::list();
  Table table;
  table.columns = {{.title = session.say("list.id")},
                   {.title = session.say("list.enterprise")},
                   {.title = session.say("drill.script")},
                   {.title = session.say("drill.held_on")},
                   {.title = session.say("drill.participants"), .align = Align::kRight},
                   {.title = session.say("drill.answers"), .align = Align::kRight}};
  for (const auto& [id, file] : house->drills) {
    const DrillRecord& drill = file.drill;
    table.rows.push_back({to_text(id), company_name(*house, drill.enterprise), drill.script,
                          to_text(drill.held_on), std::to_string(drill.participants),
                          std::to_string(drill.answered) + "/" + std::to_string(drill.asked)});
    Node json = to_node(drill);
    json.add("finished", to_node(drill.finished()));
    json.add("recorded_by", to_node(file.recorded_by));
    json.add("recorded_at", to_node(file.recorded_at));
    reply.json.items.push_back(std::move(json));
  }
  const std::size_t count = table.rows.size();
  if (count > 0) reply.document.table(std::move(table));
  reply.brief.push_back(
      session.say(count == 0 ? "list.none" : "list.count", {{"count", std::to_string(count)}}));
  reply.document.paragraph(reply.brief.back());
  return reply;
}

}  // namespace

std::vector<Operation> drill_operations() {
  const Option policy = positional("policy", "POLICY", "保单编号", "the policy, e.g. pol_30");
  const Option incident =
      named("incident", "SCRIPT", "事件库中的事件", "an incident of data/scenarios", true);
  return {
      {.name = "drill",
       .command = "",
       .zh = "桌面推演：这张保单会赔多少、何时、缺什么材料、与哪些答复相反",
       .en = "what this policy would pay for a scripted incident, when, and what would be missing",
       .options = {policy, incident,
                   named("on", "YYYY-MM-DD", "事件发生日，缺省为今天",
                         "the day on which it occurs, default today"),
                   flag("scaled", "按本企业的营业收入和每小时毛利折算",
                        "at this company's revenue and gross profit an hour")},
       .run = drill},
      {.name = "drill sheet",
       .command = "",
       .zh = "演练记录表（供填写）",
       .en = "the questions of an exercise as a file to fill in",
       .options = {},
       .run = sheet},
      {.name = "drill record",
       .command = house::RecordDrill::kName,
       .zh = "登记完成的桌面演练，作为应急演练控制项的书面证据",
       .en = "record an exercise; a finished one is evidence of the control about exercises",
       .options = {policy, incident,
                   named("participants", "N", "参加人数", "how many took part", true),
                   named("file", "FILE", "填好的记录表（TOML）", "the sheet, filled in (TOML)",
                         true)},
       .run = record},
      {.name = "drill list",
       .command = "",
       .zh = "列出演练",
       .en = "list the exercises",
       .options = {},
       .run = list},
      {.name = "plan response",
       .command = "",
       .zh = "应急响应计划：哪一小时谁找谁（可用 --pdf 打印）",
       .en = "the response plan: who calls whom in which hour (print it with --pdf)",
       .options = {positional("enterprise", "ENTERPRISE|POLICY", "企业编号或者保单编号",
                              "the company or one of its policies, e.g. ent_9, pol_30"),
                   named("product", "PRODUCT", "保险产品，缺省为该保单或者最近一张保单的产品",
                         "the insurance product, default that of the policy or of the newest one")},
       .run = response},
  };
}

}  // namespace anlan::api
