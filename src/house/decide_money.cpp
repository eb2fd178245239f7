// The money around a premium: instalments, invoices, reminders, charges, the end of a month,
// accumulation, and the policy instruments beside the subsidy.
#include <algorithm>
#include <set>

#include "house/accumulation.h"
#include "house/charges.h"
#include "house/decision.h"
#include "house/instalments.h"
#include "house/instruments.h"
#include "house/month.h"
#include "house/views.h"

namespace anlan::house {

using namespace domain;

namespace {

constexpr std::size_t kNameMax = 200;            // bytes of a provider or a reference
constexpr std::int32_t kDunningDaysMax = 1'000;  // of a step

Result<Done> check_name(std::string_view path, const std::string& text) {
  if (text.empty()) return refuse(anlan::refusals::kEmptyText, path);
  if (text.size() <= kNameMax) return Done{};
  return refuse(anlan::refusals::kTextTooLong, path, text.substr(0, kNameMax),
                {{.name = "max", .value = std::to_string(kNameMax)}});
}

Refusal plan_dates(std::string_view path, Date value, const PolicyFile& file, Date earliest) {
  const Date last = plus_days(date_of(file.policy.until, file.policy.offset), -1);
  return refuse(
      refusals::kPlanDates, path, to_text(value),
      {{.name = "min", .value = to_text(earliest)}, {.name = "max", .value = to_text(last)}});
}

// Each on a later day than the one before, none before today, none after the last day of cover.
Result<Done> check_plan(const Decision& decision, const PolicyFile& file,
                        const std::vector<Instalment>& plan) {
  Money sum = Money::zero(decision.house().currency());
  Date earliest = decision.today();
  for (std::size_t n = 0; n < plan.size(); ++n) {
    const std::string path = "instalments[" + std::to_string(n) + "]";
    ANLAN_REQUIRE(check_amount(decision.house(), plan[n].amount, path + ".amount"));
    if (plan[n].amount.is_zero()) {
      return refuse(anlan::refusals::kOutOfRange, path + ".amount", to_decimal(plan[n].amount),
                    {{.name = "min", .value = "0.01"},
                     {.name = "max", .value = to_decimal(file.customer_due)}});
    }
    const bool in_cover = start_of_day(plan[n].due, file.policy.offset) < file.policy.until;
    if (plan[n].due < earliest || !in_cover)
      return plan_dates(path + ".due", plan[n].due, file, earliest);
    earliest = plus_days(plan[n].due, 1);
    sum += plan[n].amount;
  }
  if (sum == file.customer_due) return Done{};
  return refuse(refusals::kPlanSum, "instalments", to_decimal(sum),
                {{.name = "due", .value = to_decimal(file.customer_due)}});
}

}  // namespace

// ---- instalments, invoices, reminders

Result<Done> decide_money(Decision& decision, const AgreeInstalments& command) {
  ANLAN_TRY(const PolicyFile* file, need_live_policy(decision, command.policy));
  if (command.instalments.empty()) return refuse(anlan::refusals::kEmptyList, "instalments");
  if (!file->money.invoices.empty()) {
    return refuse(refusals::kAlreadyDone, "policy", to_text(command.policy),
                  {{.name = "what", .value = "premium_invoiced"}});
  }
  ANLAN_REQUIRE(check_plan(decision, *file, command.instalments));
  decision.add(InstalmentPlanAgreed{.policy = command.policy, .instalments = command.instalments});
  return Done{};
}

Result<Done> decide_money(Decision& decision, const IssueInvoices& command) {
  ANLAN_TRY(const PolicyFile* file, need_policy(decision, command.policy));
  std::vector<Invoice> invoices = invoices_to_issue(*file, command);
  if (invoices.empty()) {
    return refuse(refusals::kAlreadyDone, "policy", to_text(command.policy),
                  {{.name = "what", .value = "premium_invoiced"}});
  }
  for (Invoice& invoice : invoices)
    decision.add(InvoiceIssued{.policy = command.policy, .invoice = std::move(invoice)});
  return Done{};
}

Result<Done> decide_money(Decision& decision, const SendDunning& command) {
  if (command.as_of > decision.today()) {
    return refuse(refusals::kDayNotOver, "as_of", to_text(command.as_of),
                  {{.name = "latest", .value = to_text(decision.today())}});
  }
  const DunningDays& days = command.days;
  for (const auto& [path, value] : {std::pair{"days.first_reminder", days.first_reminder},
                                    std::pair{"days.second_reminder", days.second_reminder},
                                    std::pair{"days.lapse_warning", days.lapse_warning}}) {
    if (value >= 0 && value <= kDunningDaysMax) continue;
    return refuse(
        anlan::refusals::kOutOfRange, path, std::to_string(value),
        {{.name = "min", .value = "0"}, {.name = "max", .value = std::to_string(kDunningDaysMax)}});
  }
  DunningSent event{.as_of = command.as_of,
                    .lines = dunning_lines(decision.house(), command.as_of, days)};
  event.lines.resize(std::min(event.lines.size(), kDunningLinesMax));
  if (event.lines.empty()) {
    return refuse(refusals::kAlreadyDone, "as_of", to_text(command.as_of),
                  {{.name = "what", .value = "dunning_sent"}});
  }
  decision.add(std::move(event));
  return Done{};
}

// ---- charges and the end of a month

Result<Done> decide_money(Decision& decision, const SetCharges& command) {
  if (command.terms.empty()) return refuse(anlan::refusals::kEmptyList, "terms");
  std::set<ProductName> products;
  for (const ChargeTerms& terms : command.terms) {
    if (products.insert(terms.product).second) continue;
    return refuse(refusals::kAlreadyDone, "terms", terms.product.text,
                  {{.name = "what", .value = "charges_of_product"}});
  }
  decision.add(ChargesSet{.terms = command.terms, .source = command.source});
  return Done{};
}

namespace {

Result<const QuoteFile*> need_unbound(const Decision& decision, QuoteId id) {
  const QuoteFile* file = find_quote(decision.house(), id);
  if (!file) return refuse(refusals::kNotFound, "quote", to_text(id));
  if (!file->policy.exists()) return file;
  return refuse(refusals::kAlreadyDone, "quote", to_text(id),
                {{.name = "what", .value = to_text(file->policy)}});
}

}  // namespace

Result<Done> decide_money(Decision& decision, const CedeFacultative& command) {
  const FacultativeCeded& cession = command.cession;
  ANLAN_REQUIRE(need_unbound(decision, cession.quote));
  ANLAN_REQUIRE(check_name("reference", cession.reference));
  if (!cession.reinsurer.exists()) return refuse(anlan::refusals::kEmptyText, "reinsurer");
  if (cession.share.ppm() == 0) {
    return refuse(anlan::refusals::kOutOfRange, "share", "0 %",
                  {{.name = "min", .value = "0.0001 %"}, {.name = "max", .value = "100 %"}});
  }
  decision.add(cession);
  return Done{};
}

// All days of the month are over, all premium of them is earned, and no month is left out: what is
// dated into it and recorded later then stands in the month after.
Result<Done> decide_money(Decision& decision, const CloseMonth& command) {
  const House& house = decision.house();
  const Date first = command.month;
  const auto open = open_month(house);
  if (first != first_of_month(first) || (open && first != *open)) {
    const Date expected = open.value_or(first_of_month(first));
    return refuse(refusals::kMonthNotNext, "month", to_text(first),
                  {{.name = "expected", .value = to_text(expected).substr(0, 7)}});
  }
  const Date last = plus_days(next_month(first), -1);
  if (decision.today() <= last) {
    return refuse(refusals::kDayNotOver, "month", to_text(last),
                  {{.name = "latest", .value = to_text(plus_days(decision.today(), -1))}});
  }
  const std::size_t unearned = premium_to_earn(house, last).size();
  if (unearned > 0) {
    return refuse(refusals::kMonthNotEarned, "month", to_text(first).substr(0, 7),
                  {{.name = "policies", .value = std::to_string(unearned)},
                   {.name = "through", .value = to_text(last)}});
  }
  decision.add(MonthClosed{.month = first,
                           .trial_balance = trial_balance(house.ledger),
                           .lines = month_lines(house, first)});
  return Done{};
}

// ---- accumulation

Result<Done> decide_money(Decision& decision, const SetAccumulationLimit& command) {
  ANLAN_REQUIRE(check_name("provider", provider_key(command.provider)));
  ANLAN_REQUIRE(check_amount(decision.house(), command.limit, "limit"));
  decision.add(
      AccumulationLimitSet{.provider = provider_key(command.provider), .limit = command.limit});
  return Done{};
}

Result<Done> decide_money(Decision& decision, const SetRiskUnitRule& command) {
  ANLAN_REQUIRE(check_amount(decision.house(), command.reserve_fund, "reserve_fund"));
  decision.add(RiskUnitRuleSet{.action = command.action, .reserve_fund = command.reserve_fund});
  return Done{};
}

namespace {

Result<Done> check_providers(const House& house, std::string_view path, const std::string& value,
                             const NewCover& cover) {
  const auto broken = accumulation_broken(house, cover);
  if (!broken) return Done{};
  return refuse(refusals::kAccumulationExceeded, path, value,
                {{.name = "provider", .value = broken->provider},
                 {.name = "limit", .value = to_grouped(broken->limit)},
                 {.name = "in_force", .value = to_grouped(broken->in_force)},
                 {.name = "more", .value = to_grouped(cover.limit)}});
}

Result<Done> check_risk_unit(const House& house, std::string_view path, const std::string& value,
                             const RiskUnit& unit) {
  if (risk_unit_action(house) != RiskUnitAction::kRefuse || !unit.above()) return Done{};
  return refuse(refusals::kRiskUnitExceeded, path, value,
                {{.name = "retained", .value = to_grouped(unit.retained)},
                 {.name = "limit", .value = to_grouped(unit.limit)}});
}

}  // namespace

// Only what becomes more is asked: a change that takes cover away is never in the way.
Result<Done> check_accumulation(const Decision& decision, const PolicyFile& before,
                                const PolicyFile& after) {
  const House& house = decision.house();
  const std::string id = to_text(after.policy.id);
  const Instant from = decision.context().at;
  const MostOfTerms was = most_of_terms(house, before, from);
  const MostOfTerms is = most_of_terms(house, after, from);
  if (is.limit > was.limit) {
    ANLAN_REQUIRE(check_providers(house, "policy", id,
                                  {.enterprise = after.policy.enterprise,
                                   .from = std::max(from, after.policy.from),
                                   .until = after.policy.until,
                                   .limit = is.limit,
                                   .instead_of = after.policy.id}));
  }
  if (is.unit.retained <= was.unit.retained) return Done{};
  return check_risk_unit(house, "policy", id, is.unit);
}

Result<Done> check_accumulation(const House& house, const Quote& quote, PolicyId rewritten) {
  ANLAN_REQUIRE(check_providers(house, "quote", to_text(quote.id),
                                {.enterprise = quote.enterprise,
                                 .from = start_of_day(quote.from, house.offset()),
                                 .until = start_of_day(quote.until, house.offset()),
                                 .limit = quote.aggregate_limit,
                                 .instead_of = rewritten}));
  return check_risk_unit(house, "quote", to_text(quote.id), risk_unit(house, quote));
}

// ---- policy instruments beside the subsidy

namespace {

Result<const InstrumentFile*> need_instrument(const Decision& decision, InstrumentId id) {
  const InstrumentFile* file = find_instrument(decision.house(), id);
  if (file) return file;
  return refuse(refusals::kNotFound, "application", to_text(id));
}

bool names(const std::vector<SchemeName>& list, const SchemeName& scheme) {
  return std::find(list.begin(), list.end(), scheme) != list.end();
}

bool counts(const InstrumentFile& file) { return !file.decision || file.decision->granted; }

Refusal excluded(const SchemeName& scheme, const SchemeName& other) {
  return refuse(refusals::kInstrumentExcluded, "scheme", scheme.text,
                {{.name = "other", .value = other.text}});
}

// Neither scheme may exclude the other, whichever came first; a subsidy that was refused stands in
// nobody's way.
Result<Done> check_stacking(const House& house, const PolicyFile& policy,
                            const InstrumentTerms& terms) {
  const bool subsidised = !policy.subsidy || policy.subsidy->granted;
  if (policy.policy.scheme.exists() && subsidised && names(terms.excludes, policy.policy.scheme))
    return excluded(terms.scheme, policy.policy.scheme);
  for (const InstrumentId id : policy.money.instruments) {
    const InstrumentFile* other = find_instrument(house, id);
    const InstrumentTerms& theirs = other->application.terms;
    if (!counts(*other)) continue;
    if (theirs.scheme == terms.scheme) {
      return refuse(refusals::kAlreadyDone, "scheme", terms.scheme.text,
                    {{.name = "what", .value = to_text(id)}});
    }
    if (names(terms.excludes, theirs.scheme) || names(theirs.excludes, terms.scheme))
      return excluded(terms.scheme, theirs.scheme);
  }
  return Done{};
}

// The lowest cap of all schemes that count holds for all public money of the policy together.
Result<Done> check_public_share(const House& house, const PolicyFile& policy,
                                const InstrumentTerms& terms, Money amount, InstrumentId own) {
  Share most = terms.public_share_max;
  for (const InstrumentId id : policy.money.instruments) {
    const InstrumentFile* other = find_instrument(house, id);
    if (id != own && counts(*other))
      most = std::min(most, other->application.terms.public_share_max);
  }
  const Money kept =
      std::max(Money::zero(house.currency()), premium_held(house, policy.policy.id).kept);
  const Money sum = public_money(house, policy, own) + amount;
  const Money cap = kept.times_ratio(most.ppm(), Share::kWhole);
  if (sum <= cap) return Done{};
  return refuse(
      refusals::kPublicShareExceeded, "scheme", terms.scheme.text,
      {{.name = "sum", .value = to_grouped(sum)}, {.name = "max", .value = to_grouped(cap)}});
}

Refusal nothing(InstrumentId id, std::string_view state, std::string_view needed) {
  return refuse(refusals::kWrongState, "application", to_text(id),
                {{.name = "state", .value = std::string(state)},
                 {.name = "needed", .value = std::string(needed)}});
}

}  // namespace

Result<Done> decide_money(Decision& decision, const ApplyInstrument& command) {
  ANLAN_TRY(const PolicyFile* policy, need_live_policy(decision, command.policy));
  const House& house = decision.house();
  if (!command.terms.scheme.exists()) return refuse(anlan::refusals::kEmptyText, "scheme");
  ANLAN_REQUIRE(check_amount(house, command.terms.maximum, "maximum"));
  ANLAN_REQUIRE(check_stacking(house, *policy, command.terms));
  const Money amount = instrument_amount(house, *policy, command.terms);
  ANLAN_REQUIRE(check_public_share(house, *policy, command.terms, amount, {}));
  decision.add(InstrumentApplied{.id = {decision.next_seq()},
                                 .policy = command.policy,
                                 .terms = command.terms,
                                 .amount = amount});
  return Done{};
}

Result<Done> decide_money(Decision& decision, const DecideInstrument& command) {
  ANLAN_TRY(const InstrumentFile* file, need_instrument(decision, command.application));
  const House& house = decision.house();
  if (file->decision) {
    return refuse(refusals::kAlreadyDone, "application", to_text(command.application),
                  {{.name = "what", .value = "instrument_decided"}});
  }
  const Money none = Money::zero(house.currency());
  if (!command.grant) {
    if (command.reason.empty()) return refuse(anlan::refusals::kEmptyText, "reason");
    decision.add(InstrumentDecided{.application = command.application,
                                   .granted = false,
                                   .amount = none,
                                   .reason = command.reason});
    return Done{};
  }
  const InstrumentApplied& application = file->application;
  const PolicyFile& policy = *find_policy(house, application.policy);
  const Money amount =
      std::min(application.amount, instrument_amount(house, policy, application.terms));
  ANLAN_REQUIRE(check_public_share(house, policy, application.terms, amount, command.application));
  decision.add(InstrumentDecided{.application = command.application,
                                 .granted = true,
                                 .amount = amount,
                                 .reason = command.reason});
  return Done{};
}

// A benefit follows premium that was paid: nothing is paid out while the customer owes its part.
Result<Done> decide_money(Decision& decision, const PayInstrument& command) {
  ANLAN_TRY(const InstrumentFile* file, need_instrument(decision, command.application));
  const House& house = decision.house();
  if (!file->decision || !file->decision->granted)
    return nothing(command.application, "instrument_not_granted", "instrument_granted");
  const Money more = instrument_due(house, *file) - (file->paid - file->clawed_back);
  if (more.minor() <= 0)
    return nothing(command.application, "instrument_settled", "instrument_due");
  if (owed_by(*find_policy(house, file->application.policy), Payer::kCustomer).minor() > 0)
    return nothing(command.application, "premium_owed", "premium_paid");
  decision.add(InstrumentPaid{.application = command.application, .amount = more});
  return Done{};
}

Result<Done> decide_money(Decision& decision, const ClawBackInstrument& command) {
  ANLAN_TRY(const InstrumentFile* file, need_instrument(decision, command.application));
  if (command.reason.empty()) return refuse(anlan::refusals::kEmptyText, "reason");
  const Money above = file->paid - file->clawed_back - instrument_due(decision.house(), *file);
  if (above.minor() <= 0)
    return nothing(command.application, "instrument_settled", "instrument_above");
  decision.add(InstrumentClawedBack{
      .application = command.application, .amount = above, .reason = command.reason});
  return Done{};
}

}  // namespace anlan::house
