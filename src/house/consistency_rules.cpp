#include "house/consistency_rules.h"

#include <algorithm>

#include "house/access.h"
#include "house/filings.h"
#include "house/inputs.h"
#include "house/offer.h"
#include "house/refusals.h"
#include "house/subjectivities.h"

namespace anlan::house {

using namespace domain;

namespace {

Result<Done> require(bool holds, std::string_view field, std::string value) {
  if (holds) return Done{};
  return Refusal{.code = refusals::kContradiction,
                 .path = std::string(field),
                 .value = std::move(value),
                 .args = {},
                 .at = {}};
}

Reach reach_now(const House& house, const EventContext& context, const QuoteFile& file) {
  return reach_of(house, house.actors.at(context.actor), offered(file)).reach;
}

// A roll-back that waited, with the same versions, by somebody else.
bool roll_back_waits(const House& house, const EventContext& context, const RulesRolledBack& e) {
  const auto& all = house.rules.roll_backs;
  const bool waits = std::any_of(all.begin(), all.end(), [&](const RollBackOnFile& each) {
    return each.seq == e.confirms && !each.record.effective && each.record.from == e.from &&
           each.record.to == e.to && each.by != context.actor;
  });
  return waits && std::none_of(all.begin(), all.end(), [&](const RollBackOnFile& each) {
           return each.record.confirms == e.confirms;
         });
}

// The override that waited, word for word, by somebody else.
bool override_waits(const QuoteFile& file, const EventContext& context, const QuoteOverridden& e) {
  const auto& all = file.decided->overrides;
  QuoteOverridden asked = e;
  asked.confirms = 0;
  asked.effective = false;
  const bool waits = std::any_of(all.begin(), all.end(), [&](const OverrideOnFile& each) {
    return each.seq == e.confirms && each.record == asked && each.by != context.actor;
  });
  return waits && std::none_of(all.begin(), all.end(), [&](const OverrideOnFile& each) {
           return each.record.confirms == e.confirms;
         });
}

// By a person: neither who set it nor who issued the quote, and with a row that reaches it.
Result<Done> released(const House& house, const EventContext& context,
                      const SubjectivityFile& file) {
  const QuoteFile& sold = *find_quote(house, file.subjectivity.quote);
  const std::vector<ActorName> makers = makers_of(house, file);
  const bool apart = std::find(makers.begin(), makers.end(), context.actor) == makers.end();
  return require(apart && reach_now(house, context, sold) == Reach::kAlone, "subjectivity",
                 to_text(file.subjectivity.id));
}

}  // namespace

Result<Done> decision_follows(const House& house, const EventContext& context,
                              const RulesRolledBack& e) {
  const RulesFile& rules = house.rules;
  ANLAN_REQUIRE(
      require(e.from == rules.in_force && e.from != e.to, "from", std::to_string(e.from)));
  if (e.to > 0) {
    const RulesOnFile* file = e.to <= rules.versions.size() ? &rules.versions[e.to - 1] : nullptr;
    const bool apart = file && (e.confirms != 0 || file->proposed_by != context.actor);
    ANLAN_REQUIRE(require(apart && file->published, "to", std::to_string(e.to)));
  }
  if (e.confirms != 0)
    return require(e.effective && roll_back_waits(house, context, e), "confirms",
                   std::to_string(e.confirms));
  const bool alone = e.to > 0 && e.to == rules.before;
  return require(e.effective == alone, "effective", std::to_string(e.to));
}

Result<Done> decision_follows(const House& house, const EventContext& context,
                              const QuoteOverridden& e) {
  const QuoteFile& file = *find_quote(house, e.quote);
  const OfferedPremium parts = parts_of_premium(file.quote, e.premium);
  ANLAN_REQUIRE(require(e.subsidy == parts.subsidy && e.customer_pays == parts.customer_pays,
                        "customer_pays", to_decimal(e.customer_pays)));
  ANLAN_REQUIRE(require(file.quote.filed_low <= e.premium && e.premium <= file.quote.filed_high,
                        "premium", to_decimal(e.premium)));
  ANLAN_REQUIRE(require(e.before == present_value(file, e), "before", e.before));
  if (e.field_changed == OverrideField::kFinding) {
    ANLAN_REQUIRE(require(outcome_of_finding(file, e.finding) && enum_from<QuoteDecision>(e.after),
                          "finding", e.finding));
  } else {
    ANLAN_REQUIRE(require(e.after == to_decimal(e.premium), "after", e.after));
  }
  if (e.confirms == 0) {
    const Actor& actor = house.actors.at(context.actor);
    return require(e.effective == acts_at_once(house, actor, file, e), "effective", e.after);
  }
  const bool may =
      file.issued_by != context.actor && reach_now(house, context, file) != Reach::kNot;
  return require(e.effective && may && override_waits(file, context, e), "confirms",
                 std::to_string(e.confirms));
}

Result<Done> decision_follows(const House& house, const EventContext& context,
                              const ReferralDecided& e) {
  const QuoteFile& file = *find_quote(house, e.quote);
  ANLAN_REQUIRE(
      require(file.issued_by != context.actor && !referral_of(file), "quote", to_text(e.quote)));
  const Reach reach = reach_now(house, context, file);
  const bool declines = e.outcome == ReferralOutcome::kDecline;
  const bool at_once =
      declines || reach == Reach::kAlone || agrees_with_another(file, context.actor, e.outcome);
  return require(e.effective == at_once && (declines || reach != Reach::kNot), "effective",
                 to_text(e.quote));
}

Result<Done> decision_follows(const House& house, const EventContext& context,
                              const SubjectivityCleared& e) {
  const SubjectivityFile& file = *find_subjectivity(house, e.subjectivity);
  ANLAN_REQUIRE(require(e.by == file.subjectivity.terms.clears && !e.reference.empty(), "by",
                        std::string(name_of(e.by))));
  if (e.by == ClearedBy::kPerson) return released(house, context, file);
  const auto evidence = evidence_for(house, file, context.at);
  ANLAN_REQUIRE(require(evidence && *evidence == e.reference, "reference", e.reference));
  if (!e.again) return Done{};
  const Quote& priced = find_quote(house, file.subjectivity.quote)->quote;
  ANLAN_REQUIRE(require(e.again->inputs == pricing_inputs(house, priced.enterprise), "inputs",
                        short_hex(e.again->inputs)));
  const Result<Done> better = check_no_worse(priced, *e.again);
  return require(better.ok(), "again", better.ok() ? std::string() : better.refusal().path);
}

Result<Done> decision_follows(const House& house, const EventContext& context,
                              const SubjectivityWaived& e) {
  return released(house, context, *find_subjectivity(house, e.subjectivity));
}

Result<Done> record_follows(const House& house, const FilingRecorded& event) {
  const Result<Done> checked = check_filing(house, event.filing);
  if (checked.ok()) return Done{};
  return require(false, checked.refusal().path, checked.refusal().value);
}

Result<Done> record_follows(const House& house, const LicenceRecorded& event) {
  const bool insurer = house.opening->kind == HouseKind::kLicensedInsurer;
  ANLAN_REQUIRE(require(insurer && !event.number.empty(), "number", event.number));
  return require(!event.until || event.from < *event.until, "until",
                 event.until ? to_text(*event.until) : std::string());
}

Result<Done> record_follows(const House& house, const ConsentChanged& event) {
  const EnterpriseFile* file = find_enterprise(house, event.enterprise);
  ANLAN_REQUIRE(require(file && !event.reason.empty(), "enterprise", to_text(event.enterprise)));
  const Enterprise& company = file->enterprise;
  return require(event.assess != company.assess_consent || event.monitor != company.monitor_consent,
                 "assess", to_text(event.enterprise));
}

Result<Done> record_follows(const House& house, const AdjusterAppointed& event) {
  const IncidentFile* file = find_incident(house, event.incident);
  ANLAN_REQUIRE(require(file && !event.brief.empty(), "incident", to_text(event.incident)));
  const bool anew = event.adjuster.exists() && !is_adjuster_of(house, *file, event.adjuster);
  return require(anew, "adjuster", event.adjuster.text);
}

}  // namespace anlan::house
