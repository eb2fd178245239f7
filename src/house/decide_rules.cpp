// Rules, overrides, referrals and the conditions of underwriting.
#include <algorithm>

#include "house/access.h"
#include "house/decision.h"
#include "house/filings.h"
#include "house/inputs.h"
#include "house/offer.h"
#include "house/subjectivities.h"

namespace anlan::house {

using namespace domain;

namespace {

Refusal four_eyes(const Decision& decision, std::string_view action, const ActorName& other) {
  return refuse(
      refusals::kFourEyes, "as", decision.actor().name.text,
      {{.name = "action", .value = std::string(action)}, {.name = "other", .value = other.text}});
}

Refusal wrong_state(std::string_view path, std::string id, std::string_view state,
                    std::string_view needed) {
  return refuse(refusals::kWrongState, path, std::move(id),
                {{.name = "state", .value = std::string(state)},
                 {.name = "needed", .value = std::string(needed)}});
}

Result<const RulesOnFile*> need_version(const Decision& decision, std::uint32_t version,
                                        std::string_view path) {
  const auto& versions = decision.house().rules.versions;
  if (version >= 1 && version <= versions.size()) return &versions[version - 1];
  return refuse(refusals::kNotFound, path, std::to_string(version));
}

// A quote that can still become a policy.
Result<const QuoteFile*> need_open_quote(const Decision& decision, QuoteId id) {
  const QuoteFile* file = find_quote(decision.house(), id);
  if (!file) return refuse(refusals::kNotFound, "quote", to_text(id));
  const QuoteState state = quote_state(*file, decision.today());
  const bool over = state == QuoteState::kBound || state == QuoteState::kWithdrawn ||
                    state == QuoteState::kExpired;
  if (!over) return file;
  return wrong_state("quote", to_text(id), name_of(state), name_of(QuoteState::kIssued));
}

Refusal beyond(const ReachOf& reach, const Decision& decision) {
  return refuse(refusals::kMatrixExceeded, "as", decision.actor().name.text,
                {{.name = "what", .value = reach.what},
                 {.name = "found", .value = reach.found},
                 {.name = "allowed", .value = reach.allowed}});
}

Refusal overtaken(std::string_view path, std::uint64_t record, std::string then, std::string now) {
  return refuse(
      refusals::kOvertaken, path, std::to_string(record),
      {{.name = "then", .value = std::move(then)}, {.name = "now", .value = std::move(now)}});
}

}  // namespace

Result<Done> decide_rules(Decision& decision, const ProposeRules& command) {
  if (command.artefact == Digest{}) return refuse(anlan::refusals::kDigestMalformed, "artefact");
  if (command.note.empty()) return refuse(anlan::refusals::kEmptyText, "note");
  if (command.authority.empty()) return refuse(anlan::refusals::kEmptyList, "authority");
  for (const AuthorityRow& row : command.authority) {
    for (const Money amount : {row.authority_from, row.limit_alone, row.limit_two})
      ANLAN_REQUIRE(check_amount(decision.house(), amount, "authority"));
  }
  const auto next = static_cast<std::uint32_t>(decision.house().rules.versions.size() + 1);
  decision.add(RulesProposed{.version = next,
                             .artefact = command.artefact,
                             .note = command.note,
                             .authority = command.authority,
                             .decide_before_bind = command.decide_before_bind});
  return Done{};
}

Result<Done> decide_rules(Decision& decision, const PublishRules& command) {
  ANLAN_TRY(const RulesOnFile* file, need_version(decision, command.version, "version"));
  if (file->published)
    return refuse(refusals::kAlreadyDone, "version", std::to_string(command.version),
                  {{.name = "what", .value = std::string(PublishRules::kName)}});
  if (file->proposed_by == decision.actor().name)
    return four_eyes(decision, ProposeRules::kName, file->proposed_by);
  decision.add(RulesPublished{.version = command.version});
  return Done{};
}

namespace {

// A second person agrees with a roll-back that waits.
Result<Done> confirm_roll_back(Decision& decision, std::uint64_t record) {
  const RulesFile& rules = decision.house().rules;
  const auto found = std::find_if(rules.roll_backs.begin(), rules.roll_backs.end(),
                                  [&](const RollBackOnFile& each) { return each.seq == record; });
  if (found == rules.roll_backs.end())
    return refuse(refusals::kNotFound, "confirms", std::to_string(record));
  const bool done = found->record.effective ||
                    std::any_of(rules.roll_backs.begin(), rules.roll_backs.end(),
                                [&](const auto& each) { return each.record.confirms == record; });
  if (done)
    return refuse(refusals::kAlreadyDone, "confirms", std::to_string(record),
                  {{.name = "what", .value = std::string(RollBackRules::kName)}});
  if (found->by == decision.actor().name)
    return four_eyes(decision, RollBackRules::kName, found->by);
  if (found->record.from != rules.in_force)
    return overtaken("confirms", record, std::to_string(found->record.from),
                     std::to_string(rules.in_force));
  RulesRolledBack event = found->record;
  event.confirms = record;
  event.effective = true;
  decision.add(std::move(event));
  return Done{};
}

}  // namespace

// Who proposed a version does not put it in force. One person alone goes back to the version that
// was in force immediately before, and to no other; the rules of the program have no limits at all.
Result<Done> decide_rules(Decision& decision, const RollBackRules& command) {
  if (command.confirms != 0) return confirm_roll_back(decision, command.confirms);
  const RulesFile& rules = decision.house().rules;
  const std::uint32_t now = rules.in_force;
  if (command.reason.empty()) return refuse(anlan::refusals::kEmptyText, "reason");
  if (command.to == now)
    return refuse(refusals::kAlreadyDone, "to", std::to_string(command.to),
                  {{.name = "what", .value = std::string(PublishRules::kName)}});
  if (command.to > 0) {
    ANLAN_TRY(const RulesOnFile* file, need_version(decision, command.to, "to"));
    if (!file->published)
      return wrong_state("to", std::to_string(command.to), "proposed", "published");
    if (file->proposed_by == decision.actor().name)
      return four_eyes(decision, ProposeRules::kName, file->proposed_by);
  }
  decision.add(RulesRolledBack{.from = now,
                               .to = command.to,
                               .reason = command.reason,
                               .confirms = 0,
                               .effective = command.to > 0 && command.to == rules.before});
  return Done{};
}

Result<Done> decide_rules(Decision& decision, const WithdrawQuote& command) {
  ANLAN_REQUIRE(need_open_quote(decision, command.quote));
  if (command.reason.empty()) return refuse(anlan::refusals::kEmptyText, "reason");
  decision.add(QuoteWithdrawn{.quote = command.quote, .reason = command.reason});
  return Done{};
}

// ---- overrides

namespace {

// The inputs of the finding that is overridden.
std::vector<RuleInput> inputs_of(const Quote& quote, const std::string& code) {
  std::vector<RuleInput> out;
  for (const TriageFinding& finding : quote.findings) {
    if (name_of(finding.reason) == code)
      out.push_back({.test = code, .value = finding.value, .limit = finding.limit});
  }
  for (const RuleFinding& finding : quote.applied) {
    if (finding.code == code) out.insert(out.end(), finding.inputs.begin(), finding.inputs.end());
  }
  return out;
}

Refusal nothing_to_override(std::string_view path, std::string value, std::string_view why) {
  return refuse(refusals::kNothingToOverride, path, std::move(value),
                {{.name = "why", .value = std::string(why)}});
}

// What a product is not filed for, nobody writes: the triage's declines stay.
bool is_declined_by_product(const Quote& quote, const std::string& code) {
  return std::any_of(quote.findings.begin(), quote.findings.end(), [&](const TriageFinding& each) {
    return name_of(each.reason) == code && each.consequence == QuoteDecision::kDeclined;
  });
}

Result<Done> override_finding(const Decision& decision, const QuoteFile& file,
                              const OverrideQuote& command, QuoteOverridden& event) {
  const std::optional<QuoteDecision> now = outcome_of_finding(file, command.finding);
  if (!now) return nothing_to_override("finding", command.finding, "no_finding");
  if (is_declined_by_product(file.quote, command.finding))
    return nothing_to_override("finding", command.finding, "not_filed");
  if (*now == command.outcome) return nothing_to_override("outcome", event.before, "same");
  event.finding = command.finding;
  event.before = name_of(*now);
  event.after = name_of(command.outcome);
  event.inputs = inputs_of(file.quote, command.finding);
  // Who issued a quote does not relieve it of a referral.
  const bool milder = command.outcome < *now;
  if (milder && file.issued_by == decision.actor().name)
    return four_eyes(decision, IssueQuote::kName, file.issued_by);
  return Done{};
}

Result<Done> override_premium(const Decision& decision, const Quote& offer,
                              const OverrideQuote& command, QuoteOverridden& event) {
  ANLAN_REQUIRE(check_amount(decision.house(), command.premium, "premium"));
  if (command.premium == offer.premium)
    return nothing_to_override("premium", to_decimal(offer.premium), "same");
  ANLAN_REQUIRE(check_filed(offer, command.premium));
  event.before = to_decimal(offer.premium);
  event.after = to_decimal(command.premium);
  event.inputs = {{.test = "filed_range",
                   .value = event.after,
                   .limit = to_decimal(offer.filed_low) + ".." + to_decimal(offer.filed_high)}};
  event.premium = command.premium;
  return Done{};
}

// A second person agrees with an override that waits.
Result<Done> confirm_override(Decision& decision, const QuoteFile& file,
                              const OverrideQuote& command) {
  const auto& all = file.decided->overrides;
  const auto found = std::find_if(all.begin(), all.end(), [&](const OverrideOnFile& each) {
    return each.seq == command.confirms;
  });
  if (found == all.end())
    return refuse(refusals::kNotFound, "confirms", std::to_string(command.confirms));
  const bool done = found->record.effective ||
                    std::any_of(all.begin(), all.end(), [&](const OverrideOnFile& each) {
                      return each.record.confirms == command.confirms;
                    });
  if (done)
    return refuse(refusals::kAlreadyDone, "confirms", std::to_string(command.confirms),
                  {{.name = "what", .value = std::string(OverrideQuote::kName)}});
  if (found->by == decision.actor().name)
    return four_eyes(decision, OverrideQuote::kName, found->by);
  if (file.issued_by == decision.actor().name)
    return four_eyes(decision, IssueQuote::kName, file.issued_by);
  const std::string now = present_value(file, found->record);
  if (found->record.before != now)
    return overtaken("confirms", command.confirms, found->record.before, now);
  const ReachOf reach = reach_of(decision.house(), decision.actor(), offered(file));
  if (reach.reach == Reach::kNot) return beyond(reach, decision);
  QuoteOverridden event = found->record;
  event.confirms = command.confirms;
  event.effective = true;
  decision.add(std::move(event));
  return Done{};
}

}  // namespace

Result<Done> decide_rules(Decision& decision, const OverrideQuote& command) {
  ANLAN_TRY(const QuoteFile* file, need_open_quote(decision, command.quote));
  if (command.confirms != 0) return confirm_override(decision, *file, command);
  if (command.justification.empty()) return refuse(anlan::refusals::kEmptyText, "justification");
  const Quote offer = offered(*file);
  QuoteOverridden event{.quote = command.quote,
                        .field_changed = command.field_changed,
                        .finding = {},
                        .reason = command.reason,
                        .justification = command.justification,
                        .before = {},
                        .after = {},
                        .inputs = {},
                        .premium = offer.premium};
  ANLAN_REQUIRE(command.field_changed == OverrideField::kFinding
                    ? override_finding(decision, *file, command, event)
                    : override_premium(decision, offer, command, event));
  const OfferedPremium parts = parts_of_premium(file->quote, event.premium);
  event.subsidy = parts.subsidy;
  event.customer_pays = parts.customer_pays;
  const ReachOf reach = reach_of(decision.house(), decision.actor(), offer);
  if (reach.reach == Reach::kNot) return beyond(reach, decision);
  event.effective = acts_at_once(decision.house(), decision.actor(), *file, event);
  decision.add(std::move(event));
  return Done{};
}

// ---- referrals

namespace {

Result<Done> check_terms(const SubjectivityTerms& terms) {
  if (terms.code.empty()) return refuse(anlan::refusals::kEmptyText, "code");
  if (terms.zh.empty() || terms.en.empty()) return refuse(anlan::refusals::kEmptyText, "text");
  if (terms.subject.empty() == (terms.clears == ClearedBy::kPerson)) return Done{};
  return refuse(anlan::refusals::kEmptyText, "subject");
}

void set_subjectivity(Decision& decision, QuoteId quote, const SubjectivityTerms& terms,
                      std::uint32_t rules_version) {
  Subjectivity out{.id = SubjectivityId{decision.next_seq()},
                   .quote = quote,
                   .terms = terms,
                   .due = plus_days(decision.today(), static_cast<std::int32_t>(terms.days)),
                   .carried_from = {},
                   .rules_version = rules_version};
  decision.add(SubjectivitySet{.subjectivity = std::move(out)});
}

// Within the cover it came from a condition keeps its day; on the next year it has its days anew.
void carry_subjectivity(Decision& decision, QuoteId quote, const Subjectivity& from,
                        const SubjectivityTerms& terms, bool within) {
  Subjectivity out = from;
  out.id = SubjectivityId{decision.next_seq()};
  out.quote = quote;
  out.terms = terms;
  if (!within) out.due = plus_days(decision.today(), static_cast<std::int32_t>(terms.days));
  out.carried_from = from.id;
  decision.add(SubjectivitySet{.subjectivity = std::move(out)});
}

Result<Done> check_referral(const DecideReferral& command) {
  if (command.reasons.empty()) return refuse(anlan::refusals::kEmptyList, "reasons");
  for (const std::string& reason : command.reasons) {
    if (reason.empty()) return refuse(anlan::refusals::kEmptyText, "reasons");
  }
  const bool asks = command.outcome == ReferralOutcome::kConditions;
  if (asks && command.conditions.empty()) return refuse(anlan::refusals::kEmptyList, "conditions");
  if (!asks && !command.conditions.empty())
    return refuse(anlan::refusals::kUnknownKey, "conditions");
  for (const SubjectivityTerms& terms : command.conditions) ANLAN_REQUIRE(check_terms(terms));
  return Done{};
}

// The conditions of the first person and, where they differ, of the second.
std::vector<SubjectivityTerms> joined_conditions(const std::vector<SubjectivityTerms>& first,
                                                 const std::vector<SubjectivityTerms>& second) {
  std::vector<SubjectivityTerms> out = first;
  for (const SubjectivityTerms& terms : second) {
    if (std::find(out.begin(), out.end(), terms) == out.end()) out.push_back(terms);
  }
  return out;
}

}  // namespace

Result<Done> decide_rules(Decision& decision, const DecideReferral& command) {
  ANLAN_TRY(const QuoteFile* file, need_open_quote(decision, command.quote));
  const QuoteState state = quote_state(*file, decision.today());
  const ReachOf reach = reach_of(decision.house(), decision.actor(), offered(*file));
  // What nothing refers, but is more than one alone may bind, is decided by two.
  const bool for_two = state == QuoteState::kIssued && reach.reach == Reach::kWithSecond;
  if (state != QuoteState::kReferred && !for_two)
    return wrong_state("quote", to_text(command.quote), name_of(state),
                       name_of(QuoteState::kReferred));
  ANLAN_REQUIRE(check_referral(command));
  if (file->issued_by == decision.actor().name)
    return four_eyes(decision, IssueQuote::kName, file->issued_by);
  const bool declines = command.outcome == ReferralOutcome::kDecline;
  if (reach.reach == Reach::kNot && !declines) return beyond(reach, decision);
  const auto& earlier = file->decided->referrals;
  const bool agreed = agrees_with_another(*file, decision.actor().name, command.outcome);
  ReferralDecided event{.quote = command.quote,
                        .outcome = command.outcome,
                        .reasons = command.reasons,
                        .conditions = command.conditions,
                        .effective = declines || agreed || reach.reach == Reach::kAlone};
  if (agreed)
    event.conditions = joined_conditions(earlier.back().record.conditions, command.conditions);
  const std::vector<SubjectivityTerms> conditions = event.conditions;
  const bool effective = event.effective;
  decision.add(std::move(event));
  if (!effective) return Done{};
  for (const SubjectivityTerms& terms : conditions)
    set_subjectivity(decision, command.quote, terms, 0);
  return Done{};
}

// ---- subjectivities

namespace {

// A condition of the quote's own rules takes the place of one of the same code that was left open,
// if it asks for as much.
bool asked_anew(const Quote& quote, const SubjectivityTerms& terms) {
  return std::any_of(quote.applied.begin(), quote.applied.end(), [&](const RuleFinding& each) {
    return each.condition && each.condition->code == terms.code &&
           (blocks_bind(each.condition->effect) || terms.effect == SubjectivityEffect::kAdvice);
  });
}

}  // namespace

void set_subjectivities_of_quote(Decision& decision, const Quote& quote) {
  for (const RuleFinding& finding : quote.applied) {
    if (finding.condition)
      set_subjectivity(decision, quote.id, *finding.condition, quote.rules_version);
  }
  const House& house = decision.house();
  const PolicyFile* before = predecessor_of(house, quote);
  if (!before) return;
  const QuoteFile& sold = *find_quote(house, before->policy.quote);
  record_evidenced(decision, sold);  // a signal that meets it today may be old tomorrow
  const bool within = is_within(*before, quote);
  for (const SubjectivityFile* open : unmet_of(house, sold, decision.context().at)) {
    const SubjectivityTerms& terms = open->subjectivity.terms;
    if (asked_anew(quote, terms)) continue;
    carry_subjectivity(decision, quote.id, open->subjectivity,
                       within ? terms : renewal_terms(terms), within);
  }
}

void carry_open(Decision& decision, const PolicyFile& before, const QuoteFile& quote) {
  const House& house = decision.house();
  const QuoteFile& sold = *find_quote(house, before.policy.quote);
  for (const SubjectivityFile* open : unmet_of(house, sold, decision.context().at)) {
    if (carried_on(house, quote, *open) || asked_anew(quote.quote, open->subjectivity.terms))
      continue;
    carry_subjectivity(decision, quote.quote.id, open->subjectivity, open->subjectivity.terms,
                       true);
  }
}

void record_evidenced(Decision& decision, const QuoteFile& quote) {
  const House& house = decision.house();
  const Instant at = decision.context().at;
  for (const SubjectivityFile* file : subjectivities_of(house, quote)) {
    if (subjectivity_state(house, *file, at) != SubjectivityState::kEvidenced) continue;
    decision.add(SubjectivityCleared{.subjectivity = file->subjectivity.id,
                                     .by = file->subjectivity.terms.clears,
                                     .reference = *evidence_for(house, *file, at),
                                     .again = {}});
  }
}

namespace {

Result<const SubjectivityFile*> need_unclosed(const Decision& decision, SubjectivityId id) {
  const SubjectivityFile* file = find_subjectivity(decision.house(), id);
  if (!file) return refuse(refusals::kNotFound, "subjectivity", to_text(id));
  if (file->state != SubjectivityState::kCleared && file->state != SubjectivityState::kWaived)
    return file;
  return wrong_state("subjectivity", to_text(id), name_of(file->state),
                     name_of(SubjectivityState::kOpen));
}

}  // namespace

Result<Done> decide_rules(Decision& decision, const SetSubjectivity& command) {
  const QuoteFile* file = find_quote(decision.house(), command.quote);
  if (!file) return refuse(refusals::kNotFound, "quote", to_text(command.quote));
  const QuoteState state = quote_state(*file, decision.today());
  if (state == QuoteState::kWithdrawn || state == QuoteState::kDeclined ||
      state == QuoteState::kExpired)
    return wrong_state("quote", to_text(command.quote), name_of(state),
                       name_of(QuoteState::kIssued));
  ANLAN_REQUIRE(check_terms(command.terms));
  if (state == QuoteState::kBound && blocks_bind(command.terms.effect))
    return wrong_state("quote", to_text(command.quote), name_of(state),
                       name_of(QuoteState::kIssued));
  set_subjectivity(decision, command.quote, command.terms, 0);
  return Done{};
}

namespace {

// A condition is given up by somebody who neither set it nor issued the quote, and whose row
// reaches the quote alone.
Result<Done> check_releases(const Decision& decision, const SubjectivityFile& file) {
  const QuoteFile& quote = *find_quote(decision.house(), file.subjectivity.quote);
  for (const ActorName& other : makers_of(decision.house(), file)) {
    if (other == decision.actor().name) return four_eyes(decision, SetSubjectivity::kName, other);
  }
  const ReachOf reach = reach_of(decision.house(), decision.actor(), offered(quote));
  if (reach.reach != Reach::kAlone) return beyond(reach, decision);
  return Done{};
}

// The price that comes with the evidence was calculated from what is on file now.
Result<Done> check_again(const House& house, const Quote& quote, const PricedAgain& again) {
  if (again.inputs != pricing_inputs(house, quote.enterprise))
    return refuse(refusals::kInputsChanged, "again.inputs");
  return check_no_worse(quote, again);
}

}  // namespace

Result<Done> decide_rules(Decision& decision, const ClearSubjectivity& command) {
  ANLAN_TRY(const SubjectivityFile* file, need_unclosed(decision, command.subjectivity));
  const auto evidence = evidence_for(decision.house(), *file, decision.context().at);
  if (evidence) {
    const Quote& quote = find_quote(decision.house(), file->subjectivity.quote)->quote;
    if (command.again) ANLAN_REQUIRE(check_again(decision.house(), quote, *command.again));
    decision.add(SubjectivityCleared{.subjectivity = command.subjectivity,
                                     .by = file->subjectivity.terms.clears,
                                     .reference = *evidence,
                                     .again = command.again});
    return Done{};
  }
  const bool by_person = file->subjectivity.terms.clears == ClearedBy::kPerson;
  if (!by_person || !has_role(decision.actor(), Role::kUnderwriter))
    return refuse(
        refusals::kNotEvidenced, "subjectivity", to_text(command.subjectivity),
        {{.name = "clears", .value = std::string(name_of(file->subjectivity.terms.clears))},
         {.name = "subject", .value = file->subjectivity.terms.subject}});
  if (command.reference.empty()) return refuse(anlan::refusals::kEmptyText, "reference");
  ANLAN_REQUIRE(check_releases(decision, *file));
  decision.add(SubjectivityCleared{.subjectivity = command.subjectivity,
                                   .by = ClearedBy::kPerson,
                                   .reference = command.reference,
                                   .again = {}});
  return Done{};
}

Result<Done> decide_rules(Decision& decision, const WaiveSubjectivity& command) {
  ANLAN_TRY(const SubjectivityFile* file, need_unclosed(decision, command.subjectivity));
  if (command.reason.empty()) return refuse(anlan::refusals::kEmptyText, "reason");
  ANLAN_REQUIRE(check_releases(decision, *file));
  decision.add(SubjectivityWaived{.subjectivity = command.subjectivity, .reason = command.reason});
  return Done{};
}

Result<Done> decide_rules(Decision& decision, const FailSubjectivity& command) {
  ANLAN_TRY(const SubjectivityFile* file, need_unclosed(decision, command.subjectivity));
  const SubjectivityState state =
      subjectivity_state(decision.house(), *file, decision.context().at);
  if (state != SubjectivityState::kOverdue)
    return wrong_state("subjectivity", to_text(command.subjectivity), name_of(state),
                       name_of(SubjectivityState::kOverdue));
  decision.add(SubjectivityFailed{.subjectivity = command.subjectivity,
                                  .proposed = file->subjectivity.terms.effect});
  return Done{};
}

Result<Done> decide_rules(Decision& decision, const RecordFiling& command) {
  ANLAN_REQUIRE(check_filing(decision.house(), command.filing));
  decision.add(FilingRecorded{.filing = command.filing});
  return Done{};
}

}  // namespace anlan::house
