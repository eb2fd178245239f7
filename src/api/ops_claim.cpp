// Operations of a claim: report, state the loss, record conditions, adjudicate, approve, pay, show,
// letter.
#include <algorithm>

#include "api/incident_facts_view.h"
#include "api/members.h"
#include "api/refusals.h"
#include "api/render.h"
#include "claims/adjudicate.h"
#include "claims/clocks.h"
#include "claims/letter.h"
#include "domain/incident_input.h"
#include "house/certificates.h"
#include "house/inputs.h"
#include "house/life.h"
#include "house/refusals.h"
#include "house/views.h"
#include "underwriting/lapse.h"

namespace anlan::api {
namespace {

using namespace domain;

Result<const house::IncidentFile*> incident_of(const house::House& house, IncidentId id) {
  const house::IncidentFile* file = house::find_incident(house, id);
  if (file) return file;
  return not_found("incident", to_text(id));
}

Result<const house::ClaimFile*> claim_of(const house::House& house, ClaimId id) {
  const house::ClaimFile* file = house::find_claim(house, id);
  if (file) return file;
  return not_found("claim", to_text(id));
}

// The wording in force on the day of an incident.
Result<const terms::Wording*> wording_of(Session& session, const house::PolicyFile& policy,
                                         Instant occurred) {
  const auto on = house::wording_on(policy, date_of(occurred, policy.policy.offset));
  return session.library().wording(on.wording, on.artefact);
}

// The hours within which the policy's wording makes incidents of one root cause one.
Result<std::int64_t> related_hours(Session& session, const house::House& house, PolicyId policy) {
  const house::PolicyFile* file = house::find_policy(house, policy);
  if (!file) return house::kRelatedHours;  // the house refuses the policy
  ANLAN_TRY(const terms::Wording* wording,
            session.library().wording(file->policy.wording, file->policy.wording_artefact));
  return wording->related.hours;
}

// "Company 7 (AL-2026-000037-C3)" of an incident of a member of a park; empty: no member.
std::string member_name(const house::House& house, const Incident& incident) {
  const house::PolicyFile& policy = *house::find_policy(house, incident.policy);
  const auto* own = house::find_certificate(policy, incident.certificate);
  if (!own) return {};
  return company_name(house, own->certificate.enterprise) + " (" +
         certificate_number(policy.policy.number, incident.certificate) + ")";
}

// The member of a park that was hit; 0 where the policy is nobody's but the insured's.
Result<std::uint32_t> certificate_of(Session& session, const house::House& house, PolicyId policy,
                                     const std::string& named) {
  const house::PolicyFile* file = house::find_policy(house, policy);
  if (!file) return 0;  // the house refuses the policy
  if (!named.empty()) {
    const std::uint32_t number = certificate_named(named, file->policy.number);
    if (number == 0) return not_found("certificate", named);
    return number;
  }
  ANLAN_TRY(const terms::Wording* wording,
            session.library().wording(file->policy.wording, file->policy.wording_artefact));
  if (!wording->programme.certificates) return 0;
  return Refusal{
      .code = house::refusals::kCertificateNeeded, .path = "certificate", .value = to_text(policy)};
}

Result<Reply> report(Session& session, NodeReader& options) {
  const auto policy = options.id<PolicyTag>("policy");
  const std::string path = options.text("file");
  IncidentId related;
  if (options.has("related-to")) related = options.id<IncidentTag>("related-to");
  const std::string certificate = options.text_or("certificate", "");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const Node tree, session.read_tree(path));
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(IncidentInput input, read_incident(tree, path, house->currency()));
  input.incident.policy = policy;
  input.incident.related_to = related;
  ANLAN_TRY(input.incident.certificate, certificate_of(session, *house, policy, certificate));
  house::ReportIncident command{.incident = input.incident};
  if (related.exists()) {
    ANLAN_TRY(command.related_hours, related_hours(session, *house, policy));
  }
  ANLAN_TRY(const Session::Outcome outcome, session.submit(command));
  const IncidentId id{outcome.first_seq};
  input.loss.incident = id;
  ANLAN_TRY(house, session.house());
  const Incident& incident = house::find_incident(*house, id)->incident;
  Node json = to_node(incident);
  add_outcome(json, outcome);
  return brief_reply(
      session.say("brief.incident_reported",
                  {{"id", to_text(id)},
                   {"policy", to_text(incident.policy)},
                   {"peril", peril_name(session, incident.peril)},
                   {"occurred", moment_text(to_text(incident.occurred, house->offset()))},
                   {"member", member_name(*house, incident)},
                   {"first", related.exists() ? to_text(related) : std::string()}}),
      std::move(json));
}

Result<Reply> state_loss(Session& session, NodeReader& options) {
  const auto id = options.id<IncidentTag>("incident");
  const std::string path = options.text("file");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const Node tree, session.read_tree(path));
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(IncidentInput input, read_incident(tree, path, house->currency()));
  input.loss.incident = id;
  ANLAN_TRY(const Session::Outcome outcome,
            session.submit(house::StateLoss{.statement = input.loss}));
  ANLAN_TRY(house, session.house());
  ANLAN_TRY(const Event event, session.event_at(outcome.first_seq));
  const LossStatement statement = std::get<LossStated>(event).statement;
  Money items = Money::zero(house->currency());
  std::string foreign;
  for (const LossItem& item : statement.items) {
    if (item.amount.currency() == house->currency()) {
      items += item.amount;
    } else {
      foreign += " + " + with_currency(item.amount, house->currency());
    }
  }
  Node json = to_node(statement);
  add_outcome(json, outcome);
  std::string stated;
  for (const ConditionMet& condition : input.conditions) {
    stated += (stated.empty() ? "" : ", ") + session.say("condition." + condition.condition);
  }
  std::string hours;
  if (statement.interruption) {
    hours = std::to_string(
        minutes_between(statement.interruption->started, statement.interruption->restored) / 60);
  }
  Reply reply = brief_reply(
      session.say("brief.loss_stated", {{"id", to_text(id)},
                                        {"items", to_grouped(items) + foreign},
                                        {"count", std::to_string(statement.items.size())},
                                        {"hours", hours}}),
      std::move(json));
  if (!stated.empty()) {
    // What a file says of conditions is a statement; a claims handler records what is evidenced.
    reply.brief.push_back(session.say("brief.conditions_stated", {{"conditions", stated}}));
    reply.document.paragraph(reply.brief.back());
  }
  return reply;
}

// A condition that the wording does not know would match nothing: refused, with those that it
// knows.
Result<Done> check_condition(Session& session, const ConditionMet& condition) {
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const house::IncidentFile* incident, incident_of(*house, condition.incident));
  const house::PolicyFile* policy = house::find_policy(*house, incident->incident.policy);
  ANLAN_CHECK(policy != nullptr);
  ANLAN_TRY(const terms::Wording* wording,
            wording_of(session, *policy, incident->incident.occurred));
  const std::vector<std::string> names = terms::condition_names(*wording);
  if (std::find(names.begin(), names.end(), condition.condition) != names.end()) return Done{};
  std::string choices;
  for (const std::string& name : names) choices += (choices.empty() ? "" : " | ") + name;
  return Refusal{.code = anlan::refusals::kUnknownChoice,
                 .path = "condition",
                 .value = condition.condition,
                 .args = {{.name = "choices", .value = choices},
                          {.name = "nearest", .value = nearest(condition.condition, names)}}};
}

Result<Reply> record_condition(Session& session, NodeReader& options) {
  ConditionMet condition;
  condition.incident = options.id<IncidentTag>("incident");
  condition.condition = options.text("condition");
  condition.reference = options.text("reference");
  const std::string evidence = options.text_or("evidence", "");
  const std::string met = options.text_or("met", "");
  const bool correct = options.flag("correct", false);
  if (options.refused()) return options.report().refusal();
  if (!met.empty()) {
    ANLAN_TRY(condition.met, parse_instant(met, "met"));
  }
  ANLAN_REQUIRE(check_condition(session, condition));
  if (!evidence.empty()) {
    ANLAN_TRY(const Bytes bytes, session.read_bytes(evidence));
    condition.evidence = sha256(bytes);
  }
  ANLAN_TRY(const Session::Outcome outcome,
            session.submit(house::RecordCondition{.condition = condition, .correct = correct}));
  ANLAN_TRY(const Event event, session.event_at(outcome.first_seq));
  condition = std::get<ConditionRecorded>(event).condition;
  ANLAN_TRY(const house::House* house, session.house());
  Node json = to_node(condition);
  add_outcome(json, outcome);
  return brief_reply(
      session.say(
          "brief.condition_recorded",
          {{"condition", session.say("condition." + condition.condition)},
           {"reference", condition.reference},
           {"met", met.empty() ? met : moment_text(to_text(*condition.met, house->offset()))}}),
      std::move(json));
}

// The name that a line of a few words uses: a group of the wording, a cover, or a head.
std::string short_name(Session& session, const std::string& code) {
  const std::string key = "short." + code;
  return session.texts().has(key) ? session.say(key) : cover_name(session, code);
}

// The group of the wording that a section or head shares a sublimit with; itself when it has none.
std::string group_of(const terms::Terms& terms, const std::string& code) {
  const std::string section(section_of_head(code));
  for (const terms::Group& group : terms.groups) {
    for (const std::string& member : group.codes) {
      if (member == code || member == section) return group.id;
    }
  }
  return code;
}

std::string paid_list(Session& session, const terms::Terms& terms, const Settlement& settlement) {
  std::vector<std::pair<std::string, Money>> paid;
  for (const SectionPaid& section : settlement.sections) {
    if (section.paid.is_zero()) continue;
    const std::string name = group_of(terms, section.section.text);
    if (!paid.empty() && paid.back().first == name) {
      paid.back().second += section.paid;
    } else {
      paid.emplace_back(name, section.paid);
    }
  }
  std::string text;
  for (const auto& [name, amount] : paid) {
    text += (text.empty() ? "" : " + ") + short_name(session, name) + " " + to_grouped(amount);
  }
  return paid.size() > 1 ? text : std::string();
}

// Steps of one clause on the sections of one group read as one.
std::vector<SettlementStep> steps_by_group(const terms::Terms& terms,
                                           const ClaimDecision& decision) {
  std::vector<SettlementStep> merged;
  for (const std::vector<SettlementStep>* steps :
       {&decision.admission, &decision.settlement.steps}) {
    for (SettlementStep step : *steps) {
      if (step.before == step.after) continue;
      step.subject = group_of(terms, step.subject);
      SettlementStep* last = merged.empty() ? nullptr : &merged.back();
      const bool same = last && last->stage == step.stage && last->reason == step.reason &&
                        last->clause == step.clause && last->subject == step.subject &&
                        last->before.currency() == step.before.currency();
      if (same) {
        last->before += step.before;
        last->after += step.after;
      } else {
        merged.push_back(step);
      }
    }
  }
  return merged;
}

std::vector<std::string> decision_lines(Session& session, const terms::Terms& terms,
                                        const ClaimDecision& decision) {
  std::vector<std::string> lines;
  const std::optional<Money>& left = decision.settlement.aggregate_left;
  Money in_kind = Money::zero(decision.payable.currency());
  for (const ServicePaid& service : decision.settlement.services_paid) in_kind += service.rendered;
  lines.push_back(session.say("brief.claim_adjudicated",
                              {{"id", to_text(decision.id)},
                               {"outcome", word(session, "outcome", decision.outcome)},
                               {"payable", to_grouped(decision.payable)},
                               {"paid", paid_list(session, terms, decision.settlement)},
                               {"in_kind", in_kind.is_zero() ? "" : to_grouped(in_kind)},
                               {"left", left ? to_grouped(*left) : std::string()}}));
  for (const SettlementStep& step : steps_by_group(terms, decision)) {
    lines.push_back(session.say(
        "brief.step",
        {{"clause", step.clause},
         {"subject", step.subject.empty() ? "" : short_name(session, step.subject)},
         {"before", with_currency(step.before, decision.payable.currency())},
         {"after", to_grouped(step.after)},
         {"reason", session.say("step." + std::string(name_of(step.reason)) + ".short")}}));
  }
  if (!decision.proven_controls.empty()) {
    lines.push_back(
        session.say("brief.proven", {{"count", std::to_string(decision.proven_controls.size())}}));
  }
  for (const std::string& clause : decision.unapplied) {
    lines.push_back(session.say("brief.clause_unapplied", {{"clause", clause}}));
  }
  return lines;
}

// When the claim came into the state that it is in.
Instant decided_at(const house::ClaimFile& file) {
  switch (file.state) {
    case ClaimState::kPaid:
      return file.paid_at;
    case ClaimState::kApproved:
      return file.approved_at;
    case ClaimState::kReturned:
    case ClaimState::kReopened:
      return file.turns.empty() ? file.adjudicated_at : file.turns.back().at;
    case ClaimState::kDenied:
      return file.approved_at;
    case ClaimState::kAdjudicated:
      break;
  }
  return file.adjudicated_at;
}

// "clm_44 reopened by ... : reason", with the letter and after every command that turned it.
std::string turn_line(Session& session, const house::House& house, ClaimId id,
                      const house::ClaimTurn& turn) {
  const bool returned = turn.to == ClaimState::kReturned;
  return session.say(returned ? "brief.claim_returned" : "brief.claim_reopened",
                     {{"id", to_text(id)},
                      {"by", turn.by.text},
                      {"at", moment_text(to_text(turn.at, house.offset()))},
                      {"reason", turn.reason}});
}

// What was paid, what of it this decision does not pay, and what of that is still to come back.
std::string overpaid_line(Session& session, const house::ClaimFile& file) {
  return session.say(
      "brief.claim_overpaid",
      {{"id", to_text(file.decision.id)},
       {"paid", to_grouped(file.paid + file.recovered)},
       {"recovered", file.recovered.is_zero() ? std::string() : to_grouped(file.recovered)},
       {"written_off", file.written_off.is_zero() ? std::string() : to_grouped(file.written_off)},
       {"back", to_grouped(file.reversed - file.written_off)}});
}

// The last day of what follows an approval: the payment (art 23), or the notice of a denial (art
// 24).
Result<std::optional<Date>> next_due(Session& session, const house::House& house,
                                     const house::ClaimFile& file) {
  const bool open = file.state == ClaimState::kApproved || file.state == ClaimState::kDenied;
  if (!open) return std::optional<Date>();
  ANLAN_TRY(const claims::WorkCalendar* calendar, session.library().work_calendar());
  const auto clock = file.decision.outcome == ClaimOutcome::kDenied
                         ? claims::DayClock::kDenialNotice
                         : claims::DayClock::kPayment;
  const Date start = date_of(file.approved_at, house.offset());
  return std::optional(claims::deadline(clock, start, *calendar).due);
}

Result<Reply> show_decision(Session& session, const house::House& house,
                            const house::ClaimFile& file) {
  Reply reply;
  const ClaimDecision& decision = file.decision;
  const house::PolicyFile* policy = house::find_policy(house, decision.policy);
  const house::IncidentFile* incident = house::find_incident(house, decision.incident);
  ANLAN_CHECK(policy != nullptr);
  ANLAN_CHECK(incident != nullptr);
  ANLAN_TRY(const terms::Wording* wording,
            wording_of(session, *policy, incident->incident.occurred));
  ANLAN_TRY(const std::optional<Date> due, next_due(session, house, file));
  const auto* own = house::find_certificate(*policy, incident->incident.certificate);
  const EnterpriseId insured = own ? own->certificate.enterprise : policy->policy.enterprise;
  const std::string payee =
      decision.payee.exists() ? company_name(house, decision.payee) : std::string();
  reply.document = claims::letter(
      {.decision = decision,
       .policy = policy->policy,
       .incident = incident->incident,
       .wording = *wording,
       .texts = session.texts(),
       .lang = session.lang(),
       .insurer = house.opening->name,
       .insured = company_name(house, insured),
       .state = file.state,
       .dated = date_of(decided_at(file), house.offset()),
       .paid_before = file.state == ClaimState::kPaid ? std::optional<Money>() : file.paid,
       .payee = payee,
       .certificate = own ? certificate_number(policy->policy.number, own->certificate.number) : "",
       .due = due});
  for (const house::ClaimTurn& turn : file.turns) {
    reply.document.paragraph(turn_line(session, house, decision.id, turn));
  }
  if (!file.reversed.is_zero()) {
    reply.document.paragraph(overpaid_line(session, file));
  }
  reply.json = to_node(decision);
  reply.json.add("state", to_node(file.state));
  reply.json.add("paid_so_far", to_node(file.paid));
  reply.json.add("to_be_paid_back", to_node(file.reversed - file.written_off));
  reply.json.add("recovered", to_node(file.recovered));
  reply.json.add("written_off", to_node(file.written_off));
  Node& turns = reply.json.add("turns", Node::list());
  for (const house::ClaimTurn& turn : file.turns) {
    Node node = Node::table();
    node.add("to", to_node(turn.to));
    node.add("by", to_node(turn.by));
    node.add("at", to_node(turn.at));
    node.add("reason", to_node(turn.reason));
    turns.items.push_back(std::move(node));
  }
  reply.json.add("adjudicator", to_node(file.adjudicator));
  reply.json.add("approver", to_node(file.approver));
  reply.json.add("payer", to_node(file.payer));
  const auto when = [](Instant at) { return at == Instant() ? Node::null() : to_node(at); };
  reply.json.add("adjudicated_at", to_node(file.adjudicated_at));
  reply.json.add("approved_at", when(file.approved_at));
  reply.json.add("paid_at", when(file.paid_at));
  add_incident_facts(session, house, house::with_parts(house, *incident), reply);
  reply.brief = decision_lines(session, wording->terms, decision);
  return reply;
}

Result<Reply> adjudicated(Session& session, const Session::Outcome& outcome) {
  ANLAN_TRY(const house::House* house, session.house());
  // A claim that is decided again keeps its number: the event names it.
  ANLAN_TRY(const Event event, session.event_at(outcome.first_seq));
  ANLAN_TRY(const house::ClaimFile* file,
            claim_of(*house, std::get<ClaimAdjudicated>(event).decision.id));
  ANLAN_TRY(Reply reply, show_decision(session, *house, *file));
  add_outcome(reply.json, outcome);
  return reply;
}

Result<Reply> adjudicate(Session& session, NodeReader& options) {
  const auto id = options.id<IncidentTag>("incident");
  const std::vector<std::string> overrides = options.texts_or_empty("override");
  if (options.refused()) return options.report().refusal();
  if (session.known()) return adjudicated(session, *session.known());
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const house::IncidentFile* incident, incident_of(*house, id));
  if (incident->incident.related_to.exists()) {
    return Refusal{.code = house::refusals::kPartOfIncident,
                   .path = "incident",
                   .value = to_text(id),
                   .args = {{.name = "first", .value = to_text(incident->incident.related_to)}}};
  }
  if (!incident->loss)
    return Refusal{.code = refusals::kNoLossStated, .path = "incident", .value = to_text(id)};
  const house::PolicyFile* policy = house::find_policy(*house, incident->incident.policy);
  ANLAN_CHECK(policy != nullptr);
  ANLAN_TRY(const terms::Wording* wording,
            wording_of(session, *policy, incident->incident.occurred));
  const house::QuoteFile* quote = house::find_quote(*house, policy->policy.quote);
  ANLAN_CHECK(quote != nullptr);
  ANLAN_TRY(const underwriting::Product* product,
            session.library().product(policy->policy.product, quote->quote.product_artefact));
  const Date premium_due =
      underwriting::premium_due(*product, date_of(policy->bound_at, house->offset()));
  const claims::AdjudicationInput input =
      house::adjudication_input(*house, *wording, id, overrides, premium_due);
  ANLAN_TRY(const ClaimDecision decision, claims::adjudicate(input));
  const Digest based_on = house::adjudication_inputs(*house, id);
  ANLAN_TRY(const Session::Outcome outcome,
            session.submit(house::AdjudicateClaim{.decision = decision, .based_on = based_on}));
  return adjudicated(session, outcome);
}

Result<Reply> approve(Session& session, NodeReader& options) {
  const auto id = options.id<ClaimTag>("claim");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const Session::Outcome outcome, session.submit(house::ApproveClaim{.claim = id}));
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const house::ClaimFile* file, claim_of(*house, id));
  Node json = Node::table();
  json.add("claim", to_node(id));
  json.add("adjudicator", to_node(file->adjudicator));
  json.add("approver", to_node(file->approver));
  json.add("payable", to_node(file->decision.payable));
  json.add("state", to_node(file->state));
  json.add("to_be_paid_back", to_node(file->reversed - file->written_off));
  add_outcome(json, outcome);
  Reply reply = brief_reply(
      session.say("brief.claim_approved", {{"id", to_text(id)},
                                           {"adjudicator", file->adjudicator.text},
                                           {"approver", file->approver.text},
                                           {"amount", to_grouped(file->decision.payable)}}),
      std::move(json));
  if (!file->reversed.is_zero()) {
    reply.brief.push_back(overpaid_line(session, *file));
    reply.document.paragraph(reply.brief.back());
  }
  return reply;
}

// The newest turn of a claim, as the answer to the command that made it.
Result<Reply> turned(Session& session, ClaimId id, const Session::Outcome& outcome) {
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const house::ClaimFile* file, claim_of(*house, id));
  ANLAN_CHECK(!file->turns.empty());
  Node json = Node::table();
  json.add("claim", to_node(id));
  json.add("state", to_node(file->state));
  json.add("reason", to_node(file->turns.back().reason));
  json.add("paid_so_far", to_node(file->paid));
  add_outcome(json, outcome);
  return brief_reply(turn_line(session, *house, id, file->turns.back()), std::move(json));
}

Result<Reply> return_claim(Session& session, NodeReader& options) {
  house::ReturnClaim command;
  command.claim = options.id<ClaimTag>("claim");
  command.reason = options.text("reason");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const Session::Outcome outcome, session.submit(command));
  return turned(session, command.claim, outcome);
}

Result<Reply> reopen(Session& session, NodeReader& options) {
  house::ReopenClaim command;
  command.claim = options.id<ClaimTag>("claim");
  command.reason = options.text("reason");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const Session::Outcome outcome, session.submit(command));
  return turned(session, command.claim, outcome);
}

Result<Reply> pay(Session& session, NodeReader& options) {
  const auto id = options.id<ClaimTag>("claim");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const Session::Outcome outcome, session.submit(house::PayClaim{.claim = id}));
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const house::ClaimFile* file, claim_of(*house, id));
  Node json = Node::table();
  json.add("claim", to_node(id));
  json.add("payer", to_node(file->payer));
  // Of a claim that was decided again, only what was not paid before.
  ANLAN_TRY(const Event event, session.event_at(outcome.first_seq));
  const Money amount = std::get<ClaimPaid>(event).amount;
  json.add("paid", to_node(amount));
  add_outcome(json, outcome);
  return brief_reply(session.say("brief.claim_paid", {{"id", to_text(id)},
                                                      {"payer", file->payer.text},
                                                      {"amount", to_grouped(amount)}}),
                     std::move(json));
}

// What is still owed back, after money came in or was given up.
Result<Reply> owed_back(Session& session, std::string_view key, ClaimId id, Money amount,
                        const Session::Outcome& outcome) {
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const house::ClaimFile* file, claim_of(*house, id));
  const Money left = file->reversed - file->written_off;
  Node json = Node::table();
  json.add("claim", to_node(id));
  json.add("amount", to_node(amount));
  json.add("to_be_paid_back", to_node(left));
  add_outcome(json, outcome);
  return brief_reply(
      session.say(key, {{"id", to_text(id)},
                        {"amount", to_grouped(amount)},
                        {"left", left.is_zero() ? std::string() : to_grouped(left)}}),
      std::move(json));
}

Result<Reply> recover(Session& session, NodeReader& options) {
  house::RecoverClaim command;
  command.claim = options.id<ClaimTag>("claim");
  command.amount = options.money("amount", Currency::kCny);
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const Session::Outcome outcome, session.submit(command));
  return owed_back(session, "brief.claim_recovered", command.claim, command.amount, outcome);
}

Result<Reply> write_off(Session& session, NodeReader& options) {
  house::WriteOffClaim command;
  command.claim = options.id<ClaimTag>("claim");
  command.reason = options.text("reason");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const Session::Outcome outcome, session.submit(command));
  ANLAN_TRY(const Event event, session.event_at(outcome.first_seq));
  return owed_back(session, "brief.claim_written_off", command.claim,
                   std::get<ClaimWrittenOff>(event).amount, outcome);
}

Result<Reply> relate(Session& session, NodeReader& options) {
  house::RelateIncident command;
  command.incident = options.id<IncidentTag>("incident");
  command.first = options.id<IncidentTag>("to");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const house::House* house, session.house());
  if (const house::IncidentFile* file = house::find_incident(*house, command.incident)) {
    ANLAN_TRY(command.related_hours, related_hours(session, *house, file->incident.policy));
  }
  ANLAN_TRY(const Session::Outcome outcome, session.submit(command));
  Node json = Node::table();
  json.add("incident", to_node(command.incident));
  json.add("first", to_node(command.first));
  add_outcome(json, outcome);
  return brief_reply(session.say("brief.incident_related", {{"id", to_text(command.incident)},
                                                            {"first", to_text(command.first)}}),
                     std::move(json));
}

Result<Reply> show(Session& session, NodeReader& options) {
  const auto id = options.id<ClaimTag>("claim");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const house::ClaimFile* file, claim_of(*house, id));
  return show_decision(session, *house, *file);
}

std::vector<Operation> incident_operations() {
  const Option incident =
      positional("incident", "INCIDENT", "事故编号", "the incident, e.g. inc_40");
  const Option file = positional("file", "FILE", "事故与损失文件（TOML 或 JSON）",
                                 "incident and loss file (TOML or JSON)");
  return {
      {.name = "incident report",
       .command = house::ReportIncident::kName,
       .zh = "报案",
       .en = "report an incident under a policy",
       .options = {positional("policy", "POLICY", "保单编号", "the policy, e.g. pol_30"), file,
                   named("certificate", "N", "园区成员的凭证序号，例如 3",
                         "the certificate of the member of a park, e.g. 3"),
                   named("related-to", "INCIDENT",
                         "同一根本原因的首次事故，条款约定的小时数内并为一次事故（理赔人认定）",
                         "the first incident of the same root cause: within 72 h they are one "
                         "(said by a claims handler)")},
       .run = report},
      {.name = "incident loss",
       .command = house::StateLoss::kName,
       .zh = "申报损失（费用、停机与销售记录）",
       .en = "state the loss: costs, interruption, sales records",
       .options = {incident, file},
       .run = state_loss},
      {.name = "incident condition",
       .command = house::RecordCondition::kName,
       .zh = "登记已满足的条件（事先书面同意、报警、制裁筛查）",
       .en = "record a condition that is met: consent, police report, sanctions screen",
       .options = {incident,
                   named("condition", "NAME", "条件名称", "name of the condition in the wording",
                         true),
                   named("reference", "TEXT", "文号", "file number of the evidence", true),
                   named("evidence", "FILE", "证据文件（登记其摘要）",
                         "evidence file, recorded by its digest"),
                   named("met", "INSTANT", "满足的时刻，缺省为登记时刻；支付之后才满足的不算",
                         "when it was met, default now; after the payment it does not count; "
                         "earlier than now: with evidence"),
                   flag("correct", "更正此前的登记（理赔经理），两次登记均保留，由另一人核赔",
                        "correct what was recorded before (a claims manager); both are kept, and "
                        "a second person approves the claim")},
       .run = record_condition},
      {.name = "incident relate",
       .command = house::RelateIncident::kName,
       .zh = "将另行报案的事故并入同一根本原因的首次事故（均未理算时）",
       .en = "join an incident that was reported apart to the first of the same root cause",
       .options = {incident, named("to", "INCIDENT", "首次事故", "the first incident", true)},
       .run = relate},
  };
}

}  // namespace

std::vector<Operation> claim_operations() {
  const Option incident =
      positional("incident", "INCIDENT", "事故编号", "the incident, e.g. inc_40");
  const Option claim = positional("claim", "CLAIM", "赔案编号", "the claim, e.g. clm_44");
  std::vector<Operation> table = incident_operations();
  const std::vector<Operation> decisions{
      {.name = "claim adjudicate",
       .command = house::AdjudicateClaim::kName,
       .zh = "理算",
       .en = "adjudicate: what the policy pays for the incident, and why",
       .options = {incident, many("override", "CLAUSE",
                                  "未证明已说明而决定适用的条款，须另一人按全部申报损失的权限核赔",
                                  "clause applied on authority; a second person with authority "
                                  "over the full stated loss approves")},
       .run = adjudicate},
      {.name = "claim approve",
       .command = house::ApproveClaim::kName,
       .zh = "核赔（超过理算人权限的，以及拒赔、重开、适用未证明已说明的条款的，由另一人）",
       .en = "approve; a denial, a reopened claim, an override or more than the authority: by "
             "another",
       .options = {claim},
       .run = approve},
      {.name = "claim return",
       .command = house::ReturnClaim::kName,
       .zh = "退回重新理算（未核赔的决定，准备金释放）",
       .en = "send a decision that is not approved back; its reserve is released",
       .options = {claim, named("reason", "TEXT", "理由", "reason", true)},
       .run = return_claim},
      {.name = "claim reopen",
       .command = house::ReopenClaim::kName,
       .zh = "重开已核赔、已支付或已拒赔的赔案，只补付差额",
       .en = "reopen an approved, paid or denied claim; only the difference is paid",
       .options = {claim, named("reason", "TEXT", "理由", "reason", true)},
       .run = reopen},
      {.name = "claim pay",
       .command = house::PayClaim::kName,
       .zh = "支付赔款",
       .en = "pay an approved claim",
       .options = {claim},
       .run = pay},
      {.name = "claim recover",
       .command = house::RecoverClaim::kName,
       .zh = "登记收回的多付赔款",
       .en = "record what came back of what was paid above the decision",
       .options = {claim, positional("amount", "AMOUNT", "金额", "amount that came in")},
       .run = recover},
      {.name = "claim write-off",
       .command = house::WriteOffClaim::kName,
       .zh = "核销不再收回的多付赔款",
       .en = "write off what was paid above the decision and will not come back",
       .options = {claim, named("reason", "TEXT", "理由", "reason", true)},
       .run = write_off},
      {.name = "claim show",
       .command = "",
       .zh = "理赔决定书（逐条说明）",
       .en = "the letter: every clause that changed an amount",
       .options = {claim},
       .run = show},
  };
  table.insert(table.end(), decisions.begin(), decisions.end());
  return table;
}

}  // namespace anlan::api
