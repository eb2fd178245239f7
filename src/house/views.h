// Views: what the house knows, put together for an answer or for a calculation. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "claims/adjudicate.h"
#include "domain/event.h"
#include "house/house.h"
#include "underwriting/cancel.h"

namespace anlan::house {

// At an instant: a policy whose customer has paid is in force from its first day to its last.
domain::PolicyState policy_state(const PolicyFile& file, Instant at);

// Of the aggregate limit, after the claims decided so far, but for `except`; the limit itself when
// there are none. The limit is that of the option in force on `on`; none: the day of the newest
// record. Never below zero.
Money aggregate_left(const House& house, const PolicyFile& file, domain::ClaimId except = {},
                     std::optional<Date> on = {});
// The limit of the year and of one incident, of the option in force on that day.
Money aggregate_limit_on(const House& house, const PolicyFile& file, Date day);
// In the time zone of its policy.
Date incident_day(const House& house, domain::IncidentId incident);

// Whether a granted subsidy was used: an early end that left the government nothing to pay undoes
// it, a later one does not.
bool subsidy_used(const PolicyFile& file);

// Of a policy that was cancelled or lapsed, how its premium was settled; else nullptr.
const domain::Refund* refund_of(const PolicyFile& file);

// What this payer still owes: of the whole premium while the policy runs, of what was earned
// after an early end; set off against what it gets back. Never below zero.
Money owed_by(const PolicyFile& file, domain::Payer payer);
// What is owed back to this payer: paid above what it owes, and not paid back yet.
Money owed_to(const PolicyFile& file, domain::Payer payer);

// What this payer had paid at an instant, that instant included, less what was paid back.
Money paid_by(const PolicyFile& file, domain::Payer payer, Instant at);

// Premium of the policy that the ledger holds as earned.
Money earned_premium(const House& house, const PolicyFile& file);

// What the days up to `through`, that day included, earn beyond what was earned before: one line
// for each policy that runs or has run to its end. An early end has earned all that there is.
std::vector<domain::EarnedPremium> premium_to_earn(const House& house, Date through);

// Of a scheme's budget in this house; none where none was ever granted.
std::optional<Money> subsidy_budget_left(const House& house, const domain::SchemeName& scheme);

// What was paid of a claim above its newest decision; zero when nothing was.
Money overpaid(const ClaimFile& file);

// The incidents of this policy that no decision counts for, or that are to be decided again,
// "inc_40, inc_44"; empty: none. A part is decided with its first.
std::string undecided_incidents(const House& house, const PolicyFile& file);

// The end of cover: of the period, or the day of a cancellation or lapse.
Instant cover_until(const PolicyFile& file);

// The incident itself and its parts, first to last.
std::vector<const IncidentFile*> with_parts(const House& house, const IncidentFile& first);

// The records that count, of an incident and its parts: a correction takes the place of those of
// its condition before it.
std::vector<domain::ConditionMet> conditions_that_count(
    const std::vector<const IncidentFile*>& parts);

// What the customer owed of the premium at an instant, and had to have paid: its own part, with
// the subsidy once that was refused. What an endorsement adds is due `days` days after it was
// recorded; what one takes away is not owed from its record on.
Money customer_owed(const PolicyFile& file, Instant at, std::int32_t days = 0);
// Days in which a premium was to be paid, when this was the last of them.
std::int32_t payment_days(const PolicyFile& file, Date premium_due);

// What the adjudication of this incident looks at: its loss and conditions with those of its parts.
// The incident must have a loss statement;
// `overrides` are the clauses applied on the word of whoever adjudicates; `premium_due` is the last
// day on which the premium was in time (none: the day of binding).
claims::AdjudicationInput adjudication_input(const House& house, const terms::Wording& wording,
                                             domain::IncidentId incident,
                                             const std::vector<std::string>& overrides,
                                             std::optional<Date> premium_due = {});

// The share of its premium, in basis points, with which a claim of that instant is paid: what was
// paid of what had fallen due, by the plan of instalments where there is one.
std::int32_t premium_share(const PolicyFile& policy, const terms::Wording& wording,
                           Instant occurred, std::optional<Date> premium_due);

// What is known of an enterprise's protection at an instant: the same for a price and for a claim.
domain::Posture posture(const House& house, domain::EnterpriseId enterprise, Instant at);

// Controls that observations prove to run at an instant, of all orders of the enterprise.
std::vector<domain::ControlName> proven_controls(const House& house,
                                                 domain::EnterpriseId enterprise, Instant at);

// The facts of an enterprise as a price reads them: what the house itself recorded counts where it
// says more than the company did (Insurance Law art 16(6): nobody pleads ignorance of what was
// known). Today that is the number of incidents of the last 36 months.
std::vector<domain::Fact> known_facts(const House& house, domain::EnterpriseId enterprise,
                                      Date today);

// What a cancellation of this policy, notified today, or a lapse looks at.
underwriting::CancelInput cancel_input(const House& house, const PolicyFile& file, Date today);

// Balances summed by kind of account; by kind and owner when `by_owner`.
struct AccountTotal {
  domain::AccountKind kind = domain::AccountKind::kCash;
  std::uint64_t owner = 0;
  Money balance;  // debits less credits
  template <class E = AccountTotal>
  static constexpr auto fields() {
    return std::tuple{field("kind", &E::kind), field("owner", &E::owner),
                      field("balance", &E::balance)};
  }
};
std::vector<AccountTotal> account_totals(const ledger::Ledger& ledger, Currency currency,
                                         bool by_owner);

}  // namespace anlan::house
