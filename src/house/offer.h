// Offer: what a quote comes to after what people decided about it: its state, its decision, its
// premium. The quote itself stays as it was calculated.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/referral.h"
#include "house/house.h"

namespace anlan::house {

// The rules version in force; nullptr: those of the program.
const RulesOnFile* rules_in_force(const House& house);
// The authority matrix in force.
std::vector<domain::AuthorityRow> authority_in_force(const House& house);

// The gravest of its findings, each as the last effective override of it says. A quote that nobody
// overrode keeps the decision that was recorded.
domain::QuoteDecision decision_of(const QuoteFile& file);
// What a finding of this code leads to, after overrides; none: the quote has no such finding. One
// code may stand several times in the triage: the gravest counts.
std::optional<domain::QuoteDecision> outcome_of_finding(const QuoteFile& file,
                                                        const std::string& code);
// As found, before any override.
domain::QuoteDecision outcome_of(const domain::RuleFinding& finding);

// The referral decision that counts; nullptr: none, one that waits for a second person, or one that
// an override overtook: who accepted it accepted another offer. A decline stays.
const ReferralOnFile* referral_of(const QuoteFile& file);
bool is_approved(const QuoteFile& file);
domain::QuoteState quote_state(const QuoteFile& file, Date today);

// With the decision after overrides and, where an effective override states another premium, with
// that, the subsidy, the customer's part, and a walk that ends at it.
domain::Quote offered(const QuoteFile& file);

// Codes of everything that refers or declines a quote.
std::vector<std::string> grave_reasons(const domain::Quote& quote);
// Calculated again, the risk is none that would have to be offered otherwise: the decision is no
// graver, for no other reasons, and the technical price no higher. Refuses kRiskWorse.
Result<Done> check_no_worse(const domain::Quote& quote, const domain::PricedAgain& again);

// Whether an override acts at once: its author's row reaches the quote alone, and it does not lower
// the premium of a quote that the same person issued, nor to where the product's loss ratio refers.
bool acts_at_once(const House& house, const domain::Actor& actor, const QuoteFile& file,
                  const domain::QuoteOverridden& record);
// What the record names as `before`, as it stands now.
std::string present_value(const QuoteFile& file, const domain::QuoteOverridden& record);
// Another person decided the same before, of the offer as it stands, and waits for a second one.
bool agrees_with_another(const QuoteFile& file, const domain::ActorName& actor,
                         domain::ReferralOutcome outcome);

// The parts of another premium: the government pays its share of it and never more than of the
// filed one, g(A) = min(S0, half-up(S0 x A / P0)).
struct OfferedPremium {
  Money premium;
  Money subsidy;
  Money customer_pays;
};
OfferedPremium parts_of_premium(const domain::Quote& quote, Money premium);

// How far an actor's row of the matrix in force reaches for a quote. Under kNot, `what` is the
// column that ends it (limit, sector, score, cii, outside_range, role) with both values; under
// kWithSecond it is the limit that one alone decides.
enum class Reach : std::uint8_t { kAlone = 1, kWithSecond = 2, kNot = 3 };
struct ReachOf {
  Reach reach = Reach::kNot;
  std::string what;
  std::string found;
  std::string allowed;
};
ReachOf reach_of(const House& house, const domain::Actor& actor, const domain::Quote& quote);

}  // namespace anlan::house
