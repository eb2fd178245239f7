// From an explained quote to a policy and its document.
#include <algorithm>

#include "house/access.h"
#include "house/decision.h"
#include "house/filings.h"
#include "house/inputs.h"
#include "house/life.h"
#include "house/offer.h"
#include "house/subjectivities.h"
#include "house/views.h"
#include "underwriting/bind.h"

namespace anlan::house {

using namespace domain;

Result<const PolicyFile*> need_policy(const Decision& decision, PolicyId id) {
  const PolicyFile* file = find_policy(decision.house(), id);
  if (file) return file;
  return refuse(refusals::kNotFound, "policy", to_text(id));
}

Result<const PolicyFile*> need_live_policy(const Decision& decision, PolicyId id) {
  ANLAN_TRY(const PolicyFile* file, need_policy(decision, id));
  if (!file->cancelled && !file->lapsed) return file;
  const PolicyState state = file->cancelled ? PolicyState::kCancelled : PolicyState::kLapsed;
  return refuse(refusals::kWrongState, "policy", to_text(id),
                {{.name = "state", .value = std::string(name_of(state))},
                 {.name = "needed", .value = std::string(name_of(PolicyState::kInForce))}});
}

namespace {

Result<Done> check_explained(const QuoteFile& file) {
  const std::vector<ExplainedClause> explained = file.explained.get();
  for (const std::string& clause : file.quote.to_explain.get()) {
    const bool shown =
        std::any_of(explained.begin(), explained.end(),
                    [&](const ExplainedClause& evidence) { return evidence.clause == clause; });
    if (!shown) return refuse(refusals::kClauseUnexplained, "quote.clauses", clause);
  }
  return Done{};
}

// One company holds one policy of a product at a time.
Result<Done> check_overlap(const House& house, const Quote& quote, PolicyId rewritten) {
  const EnterpriseFile* company = find_enterprise(house, quote.enterprise);
  for (const PolicyId id : company->policies) {
    const PolicyFile* held = find_policy(house, id);
    if (held->policy.product != quote.product || id == rewritten) continue;
    const UtcOffset offset = held->policy.offset;
    if (start_of_day(quote.from, offset) < cover_until(*held) &&
        held->policy.from < start_of_day(quote.until, offset)) {
      return refuse(refusals::kAlreadyDone, "quote", to_text(quote.id),
                    {{.name = "what", .value = to_text(id)}});
    }
  }
  return Done{};
}

// Whom the insurer told that it does not renew holds no offer of the next year, whatever the quote
// says that it is.
Result<Done> check_renewable(const House& house, const Quote& quote) {
  const PolicyFile* before = predecessor_of(house, quote);
  if (!before || before->life.changes->renewal != RenewalChoice::kInsurerDeclines) return Done{};
  if (quote.from >= plus_years(end_day(before->policy), 1)) return Done{};
  return refuse(refusals::kWrongState, "quote", to_text(quote.id),
                {{.name = "state", .value = std::string(name_of(before->life.changes->renewal))},
                 {.name = "needed", .value = std::string(name_of(RenewalChoice::kManual))}});
}

// Who binds may do so by its authority and by the matrix; a referred quote needs a second pair of
// eyes. What was approved by whoever may is bound by any underwriter.
Result<Done> check_authority(const Decision& decision, const QuoteFile& file) {
  const Quote& quote = file.quote;
  if (is_approved(file)) return Done{};
  if (decision.actor().authority < quote.aggregate_limit) {
    return refuse(refusals::kAboveAuthority, "as", decision.actor().name.text,
                  {{.name = "amount", .value = to_decimal(quote.aggregate_limit)},
                   {.name = "authority", .value = to_decimal(decision.actor().authority)}});
  }
  const ReachOf reach = reach_of(decision.house(), decision.actor(), quote);
  if (reach.reach != Reach::kAlone) {
    return refuse(refusals::kMatrixExceeded, "as", decision.actor().name.text,
                  {{.name = "what", .value = reach.what},
                   {.name = "found", .value = reach.found},
                   {.name = "allowed", .value = reach.allowed}});
  }
  if (decision_of(file) != QuoteDecision::kReferred) return Done{};
  const RulesOnFile* rules = rules_in_force(decision.house());
  if (rules && rules->rules.decide_before_bind) {
    return refuse(refusals::kWrongState, "quote", to_text(quote.id),
                  {{.name = "state", .value = std::string(name_of(QuoteState::kReferred))},
                   {.name = "needed", .value = std::string(name_of(QuoteState::kApproved))}});
  }
  // Whoever issued it may not bind it.
  if (file.issued_by != decision.actor().name) return Done{};
  return refuse(refusals::kFourEyes, "as", decision.actor().name.text,
                {{.name = "action", .value = "issue_quote"},
                 {.name = "other", .value = file.issued_by.text}});
}

// What must be met before anything is sold is met, by evidence on file or on record.
Result<Done> check_subjectivities(const Decision& decision, const QuoteFile& file,
                                  PolicyId rewritten) {
  const House& house = decision.house();
  const Instant at = decision.context().at;
  std::vector<const SubjectivityFile*> all = unmet_of(house, file, at);
  std::erase_if(all, [](const SubjectivityFile* open) {
    return !blocks_bind(open->subjectivity.terms.effect);
  });
  const PolicyFile* before = predecessor_of(house, file.quote);
  if (before && before->policy.id != rewritten) {
    for (const SubjectivityFile* open : left_open(house, file, at)) {
      const SubjectivityFile* carried = carried_on(house, file, *open);
      const SubjectivityFile* shown = carried ? carried : open;
      if (std::find(all.begin(), all.end(), shown) == all.end()) all.push_back(shown);
    }
  }
  std::string list;
  for (const SubjectivityFile* open : all) {
    list += (list.empty() ? "" : ", ") + to_text(open->subjectivity.id) + " " +
            open->subjectivity.terms.code;
  }
  if (list.empty()) return Done{};
  return refuse(refusals::kSubjectivitiesOpen, "quote", to_text(file.quote.id),
                {{.name = "list", .value = list}});
}

}  // namespace

Result<Done> check_bindable(const Decision& decision, const QuoteFile& file, PolicyId rewritten) {
  const House& house = decision.house();
  const Quote& quote = file.quote;
  if (house.opening->kind != HouseKind::kLicensedInsurer) {
    return refuse(refusals::kNotLicensed, "house", std::string(name_of(house.opening->kind)));
  }
  if (file.policy.exists()) {
    return refuse(refusals::kAlreadyDone, "quote", to_text(quote.id),
                  {{.name = "what", .value = to_text(file.policy)}});
  }
  if (file.decided->withdrawn) {
    return refuse(refusals::kWrongState, "quote", to_text(quote.id),
                  {{.name = "state", .value = std::string(name_of(QuoteState::kWithdrawn))},
                   {.name = "needed", .value = std::string(name_of(QuoteState::kIssued))}});
  }
  const ReferralOnFile* referral = referral_of(file);
  const bool refused = referral && referral->record.outcome == ReferralOutcome::kDecline;
  if (decision_of(file) == QuoteDecision::kDeclined || refused) {
    return refuse(refusals::kNotBindable, "quote", to_text(quote.id),
                  {{.name = "decision", .value = std::string(name_of(QuoteDecision::kDeclined))}});
  }
  if (decision.today() > quote.valid_until) {
    return refuse(refusals::kQuoteExpired, "quote", to_text(quote.id),
                  {{.name = "valid_until", .value = to_text(quote.valid_until)}});
  }
  if (decision.today() > quote.from) {  // cover would begin in the past
    return refuse(refusals::kOutsidePeriod, "from", to_text(quote.from));
  }
  const Digest now = pricing_inputs(house, quote.enterprise);
  const bool as_priced =
      quote.inputs == now || (file.decided->again && file.decided->again->inputs == now);
  if (!as_priced) return refuse(refusals::kInputsChanged, "quote.inputs");
  ANLAN_REQUIRE(check_authority(decision, file));
  ANLAN_REQUIRE(check_filed(quote, offered(file).premium));
  ANLAN_REQUIRE(check_quote_filing(house, quote, decision.today()));
  ANLAN_REQUIRE(check_renewable(house, quote));
  ANLAN_REQUIRE(check_overlap(house, quote, rewritten));
  ANLAN_REQUIRE(check_subjectivities(decision, file, rewritten));
  ANLAN_REQUIRE(check_accumulation(house, quote, rewritten));
  return check_explained(file);
}

Result<Done> decide_policy(Decision& decision, const BindPolicy& command) {
  const QuoteFile* file = find_quote(decision.house(), command.quote);
  if (!file) return refuse(refusals::kNotFound, "quote", to_text(command.quote));
  ANLAN_REQUIRE(check_bindable(decision, *file));
  return bind_quote(decision, *file);
}

Result<Done> bind_quote(Decision& decision, const QuoteFile& file, PolicyId rewritten) {
  Policy policy = underwriting::make_policy(
      offered(file), file.explained, decision.house().offset(), PolicyId{decision.next_seq()});
  ANLAN_REQUIRE(decision.book(PolicyBound{.policy = std::move(policy)}));
  record_evidenced(decision, file);
  if (const PolicyFile* before = find_policy(decision.house(), rewritten))
    carry_open(decision, *before, file);
  return Done{};
}

namespace {

// Who sells signs what is sold, who settles what is decided; the insured has its own papers.
Result<Done> check_signs(const Decision& decision, DocumentKind kind) {
  if (has_role(decision.actor(), Role::kPolicyholder)) return Done{};
  const bool letter = kind == DocumentKind::kDecision;
  const Role first = letter ? Role::kClaimsHandler : Role::kBroker;
  const Role other = letter ? Role::kClaimsManager : Role::kUnderwriter;
  if (has_role(decision.actor(), first) || has_role(decision.actor(), other)) return Done{};
  return refuse(refusals::kRoleMissing, "as", decision.actor().name.text,
                {{.name = "command", .value = std::string(IssueDocument::kName)},
                 {.name = "roles",
                  .value = std::string(name_of(first)) + ", " + std::string(name_of(other))}});
}

// A decision is written to whoever was insured; cover is certified only while it can be had.
Result<Done> check_subject(const Decision& decision, const DocumentIssued& document) {
  switch (document.kind) {
    case DocumentKind::kQuote:
    case DocumentKind::kModelCard:
      if (!document.policy.exists()) return Done{};
      return refuse(anlan::refusals::kUnknownKey, "policy", to_text(document.policy));
    case DocumentKind::kDecision:
      ANLAN_REQUIRE(need_policy(decision, document.policy));
      return Done{};
    case DocumentKind::kRecord:
    case DocumentKind::kPolicy:
    case DocumentKind::kSchedule:
    case DocumentKind::kCertificate:
      break;
  }
  ANLAN_REQUIRE(need_live_policy(decision, document.policy));
  return Done{};
}

}  // namespace

Result<Done> decide_policy(Decision& decision, const IssueDocument& command) {
  const DocumentIssued& document = command.document;
  ANLAN_REQUIRE(check_signs(decision, document.kind));
  ANLAN_REQUIRE(check_subject(decision, document));
  if (document.number.empty()) return refuse(anlan::refusals::kEmptyText, "number");
  if (document.number.size() > kDocumentNumberMax) {
    return refuse(anlan::refusals::kTextTooLong, "number", document.number,
                  {{.name = "max", .value = std::to_string(kDocumentNumberMax)}});
  }
  if (document.signature.size() != 64) {
    return refuse(anlan::refusals::kDigestMalformed, "signature",
                  std::to_string(document.signature.size()));
  }
  decision.add(document);
  return Done{};
}

}  // namespace anlan::house
