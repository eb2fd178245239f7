#include "api/decision_text.h"

#include "api/pricing.h"
#include "api/render.h"

namespace anlan::api {

using namespace domain;

namespace {

std::string sentence_of(Session& session, const std::string& zh, const std::string& en) {
  return session.lang() == Lang::kZh ? zh : en;
}

// A finding of the triage by its sentence, one of a rule by its code.
std::string finding_name(Session& session, const std::string& code) {
  return say_or(session, "triage." + code, code);
}

std::string value_name(Session& session, const QuoteOverridden& record, const std::string& value) {
  if (record.field_changed == OverrideField::kPremium) return value;
  return say_or(session, "decision." + value, value);
}

}  // namespace

std::string with_word(Session& session, std::string_view group, const std::string& text) {
  const std::size_t end = text.find(' ');
  const std::string first = text.substr(0, end);
  const std::string rest = end == std::string::npos ? "" : text.substr(end);
  return say_or(session, std::string(group) + "." + first, first) + rest;
}

std::string inputs_text(Session& session, const std::vector<RuleInput>& inputs) {
  std::string out;
  for (const RuleInput& input : inputs) {
    out +=
        (out.empty() ? "" : session.say("word.list_separator")) +
        session.say("decided.input", {{"test", with_word(session, "rule_test", input.test)},
                                      {"value", input.value},
                                      {"limit", with_word(session, "rule_compare", input.limit)}});
  }
  return out;
}

std::string finding_text(Session& session, const RuleFinding& finding) {
  return session.say("decided.finding",
                     {{"code", finding.code},
                      {"text", sentence_of(session, finding.zh, finding.en)},
                      {"inputs", inputs_text(session, finding.inputs)},
                      {"outcome", word(session, "rule_outcome", finding.outcome)},
                      {"factor", finding.outcome == RuleOutcome::kFactor
                                     ? std::to_string(finding.factor_ppm / 10'000) + " %"
                                     : std::string()}});
}

std::string override_text(Session& session, const house::OverrideOnFile& file) {
  const QuoteOverridden& record = file.record;
  const bool premium = record.field_changed == OverrideField::kPremium;
  return session.say("decided.override",
                     {{"what", premium ? word(session, "override_field", record.field_changed)
                                       : finding_name(session, record.finding)},
                      {"before", value_name(session, record, record.before)},
                      {"after", value_name(session, record, record.after)},
                      {"inputs", inputs_text(session, record.inputs)},
                      {"reason", word(session, "override_reason", record.reason)},
                      {"why", record.justification},
                      {"who", file.by.text},
                      {"record", std::to_string(file.seq)},
                      {"waits", record.effective ? "" : "yes"},
                      {"confirms", record.confirms == 0 ? "" : std::to_string(record.confirms)}});
}

std::string referral_text(Session& session, const house::ReferralOnFile& file) {
  std::string reasons;
  for (const std::string& reason : file.record.reasons)
    reasons += (reasons.empty() ? "" : session.say("word.list_separator")) + reason;
  return session.say("decided.referral",
                     {{"outcome", word(session, "referral_outcome", file.record.outcome)},
                      {"reasons", reasons},
                      {"who", file.by.text},
                      {"waits", file.record.effective ? "" : "yes"}});
}

std::string conflicts_text(Session& session, const Quote& quote) {
  std::string controls;
  for (const ControlName& control : quote.judged.get().conflicts)
    controls += (controls.empty() ? "" : ", ") + control.text;
  return controls.empty() ? "" : session.say("decided.conflicts", {{"controls", controls}});
}

std::vector<std::string> preview_texts(Session& session, const house::PreviewRow& row) {
  std::vector<std::string> out;
  const bool price = row.premium_before != row.premium_after;
  out.push_back(session.say("preview.row",
                            {{"id", row.policy.exists() ? to_text(row.policy) : to_text(row.quote)},
                             {"before", word(session, "decision", row.before)},
                             {"after", word(session, "decision", row.after)},
                             {"premium_before", price ? to_grouped(row.premium_before) : ""},
                             {"premium_after", to_grouped(row.premium_after)},
                             {"outside", row.outside_range ? "yes" : ""}}));
  for (const RuleFinding& finding : row.no_longer)
    out.push_back(session.say("preview.gone", {{"finding", finding_text(session, finding)}}));
  for (const RuleFinding& finding : row.from_now_on)
    out.push_back(session.say("preview.new", {{"finding", finding_text(session, finding)}}));
  return out;
}

namespace {

std::string version_name(Session& session, std::uint32_t version) {
  if (version == 0) return session.say("rules_view.of_program");
  return session.say("rules_view.version", {{"version", std::to_string(version)}});
}

// Judged by other rules than those in force now: what these would make of it.
Result<Done> add_change_of_rules(Session& session, const house::House& house,
                                 const house::QuoteFile& file, Document& document) {
  if (file.quote.rules_version == house.rules.in_force) return Done{};
  ANLAN_REQUIRE(adopt_rules(session));
  ANLAN_TRY(const underwriting::RuleSet* rules, session.library().rules());
  const house::PreviewRow row = house::judged_again(file, *rules);
  document.paragraph(
      session.say(house::changes(row) ? "decided.rules_changed" : "decided.rules_same",
                  {{"before", version_name(session, file.quote.rules_version)},
                   {"now", version_name(session, house.rules.in_force)}}));
  if (!house::changes(row)) return Done{};
  for (const std::string& line : preview_texts(session, row)) document.bullet(line);
  return Done{};
}

}  // namespace

Result<Done> add_decisions(Session& session, const house::House& house,
                           const house::QuoteFile& file, Instant now, Document& document) {
  const Quote& quote = file.quote;
  const house::DecisionFile& decided = *file.decided;
  const bool nothing = quote.applied.empty() && quote.judged.get().conflicts.empty() &&
                       decided.overrides.empty() && decided.referrals.empty() &&
                       decided.subjectivities.empty() && !decided.withdrawn &&
                       quote.rules_version == house.rules.in_force;
  if (nothing) return Done{};
  document.heading(2, session.say("decided.title"));
  document.paragraph(session.say(
      "decided.by", {{"rules", version_name(session, quote.rules_version)},
                     {"state", word(session, "quote_state",
                                    house::quote_state(file, date_of(now, house.offset())))},
                     {"until", to_text(quote.valid_until)}}));
  // Whoever signs sees them first.
  const std::string conflicts = conflicts_text(session, quote);
  if (!conflicts.empty()) document.bullet(conflicts, "!");
  for (const RuleFinding& finding : quote.applied)
    document.bullet(finding_text(session, finding),
                    finding.outcome >= RuleOutcome::kRefer ? "!" : "-");
  for (const house::OverrideOnFile& each : decided.overrides)
    document.bullet(override_text(session, each), each.record.effective ? "-" : "!");
  for (const house::ReferralOnFile& each : decided.referrals)
    document.bullet(referral_text(session, each), each.record.effective ? "-" : "!");
  if (decided.withdrawn)
    document.bullet(session.say("decided.withdrawn", {{"reason", decided.withdrawn->reason}}), "!");
  add_subjectivities(session, house, house::subjectivities_of(house, file), now, document);
  return add_change_of_rules(session, house, file, document);
}

Node decisions_node(const house::House& house, const house::QuoteFile& file, Instant at) {
  Node out = Node::table();
  out.add("state", to_node(house::quote_state(file, date_of(at, house.offset()))));
  out.add("decision", to_node(house::decision_of(file)));
  const Quote offer = house::offered(file);
  out.add("premium", to_node(offer.premium));
  out.add("subsidy", to_node(offer.subsidy));
  out.add("customer_pays", to_node(offer.customer_pays));
  Node overrides = Node::list();
  for (const house::OverrideOnFile& each : file.decided->overrides) {
    Node row = to_node(each.record);
    row.add("record", Node::number(static_cast<std::int64_t>(each.seq)));
    row.add("by", to_node(each.by));
    row.add("at", to_node(each.at));
    overrides.items.push_back(std::move(row));
  }
  out.add("overrides", std::move(overrides));
  Node referrals = Node::list();
  for (const house::ReferralOnFile& each : file.decided->referrals) {
    Node row = to_node(each.record);
    row.add("by", to_node(each.by));
    row.add("at", to_node(each.at));
    referrals.items.push_back(std::move(row));
  }
  out.add("referrals", std::move(referrals));
  Node conditions = Node::list();
  for (const house::SubjectivityFile* each : house::subjectivities_of(house, file))
    conditions.items.push_back(subjectivity_node(house, *each, at));
  out.add("subjectivities", std::move(conditions));
  return out;
}

std::string effect_text(Session& session, SubjectivityEffect effect) {
  return word(session, "subjectivity_effect", effect);
}

void add_subjectivities(Session& session, const house::House& house,
                        const std::vector<const house::SubjectivityFile*>& files, Instant at,
                        Document& document) {
  if (files.empty()) return;
  Table table;
  table.columns = {{.title = session.say("list.id")},
                   {.title = session.say("subjectivity.what")},
                   {.title = session.say("subjectivity.due")},
                   {.title = session.say("list.state")},
                   {.title = session.say("subjectivity.owner")},
                   {.title = session.say("subjectivity.clears")},
                   {.title = session.say("subjectivity.effect")}};
  for (const house::SubjectivityFile* file : files) {
    const Subjectivity& each = file->subjectivity;
    table.rows.push_back(
        {to_text(each.id), sentence_of(session, each.terms.zh, each.terms.en), to_text(each.due),
         word(session, "subjectivity_state", house::subjectivity_state(house, *file, at)),
         word(session, "role", each.terms.owner),
         word(session, "cleared_by", each.terms.clears) +
             (each.terms.subject.empty() ? "" : " " + each.terms.subject),
         effect_text(session, each.terms.effect)});
  }
  document.heading(2, session.say("subjectivity.title"));
  document.table(std::move(table));
  for (const house::SubjectivityFile* file : files) {
    const SubjectivityState state = house::subjectivity_state(house, *file, at);
    const Subjectivity& each = file->subjectivity;
    const auto evidence = house::evidence_for(house, *file, at);
    const std::string id = to_text(each.id);
    if (state == SubjectivityState::kEvidenced)
      document.bullet(
          session.say("subjectivity.evidenced", {{"id", id}, {"evidence", evidence.value_or("")}}));
    if (state == SubjectivityState::kOverdue || state == SubjectivityState::kFailed)
      document.bullet(
          session.say("subjectivity.proposed",
                      {{"id", id}, {"what", word(session, "proposed", each.terms.effect)}}),
          "!");
    if (each.carried_from.exists())
      document.bullet(
          session.say("subjectivity.carried", {{"id", id}, {"from", to_text(each.carried_from)}}));
  }
}

Node subjectivity_node(const house::House& house, const house::SubjectivityFile& file, Instant at) {
  Node out = to_node(file.subjectivity);
  out.add("state", to_node(house::subjectivity_state(house, file, at)));
  out.add("blocks_bind", to_node(house::blocks_bind(file.subjectivity.terms.effect)));
  const auto evidence = house::evidence_for(house, file, at);
  out.add("evidence", evidence ? Node::string(*evidence) : Node::null());
  out.add("set_by", to_node(file.set_by));
  out.add("why", to_node(file.why));
  return out;
}

}  // namespace anlan::api
