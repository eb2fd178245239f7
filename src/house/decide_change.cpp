// Changes of a running policy: endorsements and their voids, reinstatement after a lapse,
// rewriting, and how it goes on after its period.
#include <algorithm>

#include "base/refusals.h"
#include "house/access.h"
#include "house/decision.h"
#include "house/endorse_rules.h"
#include "house/filings.h"
#include "house/life.h"
#include "house/nondisclosure.h"
#include "house/offer.h"
#include "house/views.h"

namespace anlan::house {

using namespace domain;

Result<Done> check_sells(const Decision& decision, const PolicyFile& file, Money year_limit) {
  const House& house = decision.house();
  Quote sold = offered(*find_quote(house, file.policy.quote));
  sold.aggregate_limit = year_limit;
  if (decision.actor().authority < sold.aggregate_limit) {
    return refuse(refusals::kAboveAuthority, "as", decision.actor().name.text,
                  {{.name = "amount", .value = to_decimal(sold.aggregate_limit)},
                   {.name = "authority", .value = to_decimal(decision.actor().authority)}});
  }
  const ReachOf reach = reach_of(house, decision.actor(), sold);
  if (reach.reach == Reach::kAlone) return Done{};
  return refuse(refusals::kMatrixExceeded, "as", decision.actor().name.text,
                {{.name = "what", .value = reach.what},
                 {.name = "found", .value = reach.found},
                 {.name = "allowed", .value = reach.allowed}});
}

namespace {

// What is changed runs: it has not ended early, and its period is not over.
Result<const PolicyFile*> need_running(const Decision& decision, PolicyId id) {
  ANLAN_TRY(const PolicyFile* file, need_live_policy(decision, id));
  if (decision.context().at < file->policy.until) return file;
  return refuse(refusals::kWrongState, "policy", to_text(id),
                {{.name = "state", .value = std::string(name_of(PolicyState::kExpired))},
                 {.name = "needed", .value = std::string(name_of(PolicyState::kInForce))}});
}

EventContext context_of(const Decision& decision) {
  return {
      .seq = decision.next_seq(), .at = decision.context().at, .actor = decision.context().actor};
}

// The value of this factor on the day before the endorsement acts on it.
std::int64_t factor_before(const PolicyFile& file, const Endorsement& endorsement) {
  const underwriting::TimelineInput input = timeline_of(file);
  for (const ChosenFactor* factor :
       underwriting::state_on(input, plus_days(endorsement.from, -1)).factors) {
    if (factor->id == endorsement.factor->id) return factor->ppm;
  }
  return underwriting::kFactorWhole;
}

// Art 53 gives the insured less premium, art 52 the insurer more: neither is a way around the
// other.
Result<Done> check_direction(const PolicyFile& file, const Endorsement& endorsement) {
  const bool down = endorsement.kind == EndorsementKind::kImprovement;
  const bool up = endorsement.kind == EndorsementKind::kDanger;
  if (!down && !up) return Done{};
  const std::int64_t before = factor_before(file, endorsement);
  const std::int64_t after = endorsement.factor->ppm;
  if (down ? after < before : after > before) return Done{};
  return refuse(refusals::kWrongDirection, "endorsement.factor", percent_of(after),
                {{.name = "before", .value = percent_of(before)},
                 {.name = "kind", .value = std::string(name_of(endorsement.kind))}});
}

const Observation* observation_of(const House& house, EnterpriseId enterprise, ObservationId id) {
  for (const OrderId order : find_enterprise(house, enterprise)->orders) {
    for (const Observation& each : find_order(house, order)->observations) {
      if (each.id == id) return &each;
    }
  }
  return nullptr;
}

// The proof is an observation of this company's own deployments, and the factor falls from the day
// that it proves: neither before, nor later to the insured's cost.
Result<Done> check_proof(const House& house, const PolicyFile& file,
                         const Endorsement& endorsement) {
  if (endorsement.kind != EndorsementKind::kImprovement) return Done{};
  const Observation* seen = observation_of(house, file.policy.enterprise, endorsement.observation);
  if (seen && seen->seen > 0) {
    const Date proved = std::max(first_day(file.policy), date_of(seen->until, file.policy.offset));
    if (proved == endorsement.from) return Done{};
    return refuse(refusals::kProofDay, "endorsement.from", to_text(endorsement.from),
                  {{.name = "proved", .value = to_text(proved)}});
  }
  return refuse(refusals::kImprovementUnproven, "endorsement.observation",
                to_text(endorsement.observation));
}

Result<Done> check_notice(const Decision& decision, const Endorsement& endorsement) {
  if (!endorsement.noticed_on) return Done{};
  const Date noticed = *endorsement.noticed_on;
  if (noticed <= endorsement.from && noticed <= decision.today()) return Done{};
  return refuse(anlan::refusals::kOutOfRange, "endorsement.noticed_on", to_text(noticed),
                {{.name = "min", .value = "-"},
                 {.name = "max", .value = to_text(std::min(endorsement.from, decision.today()))}});
}

Result<Done> check_broker(const House& house, const Endorsement& endorsement) {
  if (endorsement.kind != EndorsementKind::kBroker) return Done{};
  const auto broker = house.actors.find({endorsement.name});
  if (broker != house.actors.end() && has_role(broker->second, Role::kBroker)) return Done{};
  return refuse(refusals::kNotFound, "broker", endorsement.name);
}

// Other terms, and a factor that the law does not ask for, are decided like the quote that was
// sold: by whoever the matrix lets do so alone, with what the year can take from then on.
Result<Done> check_authority(const Decision& decision, const PolicyFile& file,
                             const Endorsement& endorsement) {
  const bool terms = endorsement.kind == EndorsementKind::kTerms;
  if (!terms && endorsement.kind != EndorsementKind::kFactor) return Done{};
  const House& house = decision.house();
  // Whoever issued the quote does not take back a part of its price.
  const ActorName& issuer = find_quote(house, file.policy.quote)->issued_by;
  const bool cheaper = !terms && endorsement.factor->ppm < factor_before(file, endorsement);
  if (cheaper && issuer == decision.actor().name) {
    return refuse(refusals::kFourEyes, "as", issuer.text,
                  {{.name = "action", .value = std::string(IssueQuote::kName)},
                   {.name = "other", .value = issuer.text}});
  }
  return check_sells(decision, file,
                     endorsement.option ? endorsement.option->aggregate_limit
                                        : aggregate_limit_on(house, file, endorsement.from));
}

Result<Done> check_currency(const House& house, const Endorsement& endorsement) {
  if (!endorsement.option) return Done{};
  const ChosenOption& option = *endorsement.option;
  for (const Money amount : {option.filed, option.premium, option.low, option.high,
                             option.aggregate_limit, option.incident_maximum}) {
    ANLAN_REQUIRE(check_amount(house, amount, "endorsement.option"));
  }
  return Done{};
}

// A new day of cover must not fall into another policy of the same product.
Result<Done> check_no_other(const House& house, const PolicyFile& file, Date on) {
  for (const PolicyId id : find_enterprise(house, file.policy.enterprise)->policies) {
    const PolicyFile* other = find_policy(house, id);
    if (id == file.policy.id || other->policy.product != file.policy.product) continue;
    if (start_of_day(on, file.policy.offset) < cover_until(*other) &&
        other->policy.from < file.policy.until) {
      return refuse(refusals::kAlreadyDone, "policy", to_text(file.policy.id),
                    {{.name = "what", .value = to_text(id)}});
    }
  }
  return Done{};
}

Result<Done> check_reinstatable(const House& house, const PolicyFile& file) {
  if (rescinded_case(house, file)) {
    return refuse(refusals::kWrongState, "policy", to_text(file.policy.id),
                  {{.name = "state", .value = "rescinded"},
                   {.name = "needed", .value = std::string(name_of(PolicyState::kLapsed))}});
  }
  const bool written_off =
      !file.life.customer.written_off.is_zero() || !file.life.government.written_off.is_zero();
  if (file.lapsed && !written_off) return Done{};
  const std::string_view state = written_off      ? std::string_view("premium_written_off")
                                 : file.cancelled ? name_of(PolicyState::kCancelled)
                                                  : name_of(PolicyState::kInForce);
  return refuse(refusals::kWrongState, "policy", to_text(file.policy.id),
                {{.name = "state", .value = std::string(state)},
                 {.name = "needed", .value = std::string(name_of(PolicyState::kLapsed))}});
}

Result<Done> check_endorsement(const House& house, const PolicyFile& file,
                               const Endorsement& endorsement) {
  ANLAN_REQUIRE(check_endorsement_shape(endorsement));
  ANLAN_REQUIRE(check_option_premium(house, file, endorsement));
  ANLAN_REQUIRE(check_endorsement_place(file, endorsement));
  ANLAN_REQUIRE(check_proof(house, file, endorsement));
  ANLAN_REQUIRE(check_direction(file, endorsement));
  ANLAN_REQUIRE(check_endorsement_filing(house, file, endorsement));
  return check_broker(house, endorsement);
}

}  // namespace

Result<PolicyFile> endorsed_file(const House& house, const PolicyFile& file,
                                 const EventContext& context, const Endorsement& endorsement) {
  ANLAN_REQUIRE(check_endorsement(house, file, endorsement));
  PolicyFile after = file;
  take_endorsement(after, context, endorsement);
  ANLAN_REQUIRE(check_filed_range(house, after));
  ANLAN_REQUIRE(check_days_of_incidents(house, file, after));
  return after;
}

Result<Done> decide_change(Decision& decision, const EndorsePolicy& command) {
  ANLAN_TRY(const PolicyFile* file, need_running(decision, command.policy));
  Endorsement endorsement = command.endorsement;
  if (endorsement.number != 0)
    return refuse(refusals::kIdGiven, "endorsement.number", std::to_string(endorsement.number));
  endorsement.number = static_cast<std::uint32_t>(file->life.changes->endorsements.size() + 1);
  ANLAN_REQUIRE(check_currency(decision.house(), endorsement));
  ANLAN_REQUIRE(check_notice(decision, endorsement));
  ANLAN_REQUIRE(check_authority(decision, *file, endorsement));
  ANLAN_TRY(const PolicyFile after,
            endorsed_file(decision.house(), *file, context_of(decision), endorsement));
  ANLAN_REQUIRE(check_accumulation(decision, *file, after));
  return decision.book(PolicyEndorsed{
      .policy = command.policy, .endorsement = endorsement, .written = written_of(after)});
}

Result<Done> decide_change(Decision& decision, const VoidEndorsement& command) {
  ANLAN_TRY(const PolicyFile* file, need_running(decision, command.policy));
  if (command.reason.empty()) return refuse(anlan::refusals::kEmptyText, "reason");
  ANLAN_REQUIRE(check_voidable(*file, command.number));
  EndorsementVoided event{
      .policy = command.policy, .number = command.number, .reason = command.reason, .written = {}};
  PolicyFile after = *file;
  take_void(after, context_of(decision), event);
  ANLAN_REQUIRE(check_filed_range(decision.house(), after));
  ANLAN_REQUIRE(check_days_of_incidents(decision.house(), *file, after));
  ANLAN_REQUIRE(check_accumulation(decision, *file, after));
  event.written = written_of(after);
  return decision.book(std::move(event));
}

Result<Done> decide_change(Decision& decision, const ReinstatePolicy& command) {
  ANLAN_TRY(const PolicyFile* file, need_policy(decision, command.policy));
  ANLAN_REQUIRE(check_reinstatable(decision.house(), *file));
  if (command.reason.empty()) return refuse(anlan::refusals::kEmptyText, "reason");
  const Date earliest = std::max(decision.today(), file->lapsed->on);
  const Date last = plus_days(end_day(file->policy), -1);
  if (command.on < earliest || command.on > last) {
    return refuse(
        anlan::refusals::kOutOfRange, "on", to_text(command.on),
        {{.name = "min", .value = to_text(earliest)}, {.name = "max", .value = to_text(last)}});
  }
  ANLAN_REQUIRE(check_no_other(decision.house(), *file, command.on));
  PolicyFile after = *file;
  take_reinstatement(after, context_of(decision), command.on);
  ANLAN_REQUIRE(check_accumulation(decision, *file, after));
  return decision.book(PolicyReinstated{.policy = command.policy,
                                        .on = command.on,
                                        .reason = command.reason,
                                        .written = written_of(after)});
}

// Cover goes over without a gap and without a day paid twice: whatever the product keeps of a
// cancellation, a rewriting gives back all that is left by day.
Result<Done> decide_change(Decision& decision, const RewritePolicy& command) {
  ANLAN_TRY(const PolicyFile* file, need_running(decision, command.policy));
  const QuoteFile* quote = find_quote(decision.house(), command.quote);
  if (!quote) return refuse(refusals::kNotFound, "quote", to_text(command.quote));
  if (command.reason.empty()) return refuse(anlan::refusals::kEmptyText, "reason");
  if (quote->quote.enterprise != file->policy.enterprise)
    return refuse(refusals::kNotFound, "quote", to_text(command.quote));
  const Date on = quote->quote.from;
  ANLAN_REQUIRE(check_end(decision, *file, on));
  ANLAN_REQUIRE(check_bindable(decision, *quote, command.policy));
  ANLAN_REQUIRE(decision.book(PolicyCancelled{.policy = command.policy,
                                              .on = on,
                                              .refund = rewrite_refund(*file, on),
                                              .reason = "rewritten: " + command.reason}));
  return bind_quote(decision, *quote, command.policy);
}

Result<Done> decide_change(Decision& decision, const ChooseRenewal& command) {
  ANLAN_TRY(const PolicyFile* file, need_running(decision, command.policy));
  const bool insurer = command.choice == RenewalChoice::kInsurerDeclines;
  if (insurer && !has_role(decision.actor(), Role::kUnderwriter)) {
    return refuse(refusals::kRoleMissing, "as", decision.actor().name.text,
                  {{.name = "command", .value = std::string(ChooseRenewal::kName)},
                   {.name = "roles", .value = std::string(name_of(Role::kUnderwriter))}});
  }
  if (command.choice == file->life.changes->renewal) {
    return refuse(refusals::kAlreadyDone, "choice", std::string(name_of(command.choice)),
                  {{.name = "what", .value = "renewal_choice"}});
  }
  if (insurer && command.reason.empty()) return refuse(anlan::refusals::kEmptyText, "reason");
  const Date latest = plus_days(end_day(file->policy), -kNonRenewalNoticeDays);
  if (insurer && decision.today() > latest) {
    return refuse(refusals::kRenewalNotice, "choice", to_text(decision.today()),
                  {{.name = "latest", .value = to_text(latest)},
                   {.name = "days", .value = std::to_string(kNonRenewalNoticeDays)}});
  }
  decision.add(
      RenewalChosen{.policy = command.policy, .choice = command.choice, .reason = command.reason});
  return Done{};
}

}  // namespace anlan::house
