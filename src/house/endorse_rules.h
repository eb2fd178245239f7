// What an endorsement must hold to, whoever records it: its payload, its place among the others,
// the filed range, and what is known of the days that it changes. decide refuses by these rules,
// and a record that is read must follow them too.
#pragma once

#include "base/result.h"
#include "domain/endorsement.h"
#include "house/evolve.h"
#include "house/house.h"

namespace anlan::house {

inline constexpr std::size_t kReplacesMax = 8;

std::string percent_of(std::int64_t ppm);  // "85 %", "97.5 %"

// Its own fields. Refuses kEndorsementShape (what the kind needs, and nothing else),
// kFactorOutsideFiling, kEmptyText (reason).
Result<Done> check_endorsement_shape(const domain::Endorsement& endorsement);

// Its day and its place. Refuses kEndorsementOutsidePeriod, kNotReplaceable (what it replaces is
// live, of the same component and the same day), kEndorsementOverlap (a live one sets the same
// component from the same day and is not replaced), kTooManyFactors.
Result<Done> check_endorsement_place(const PolicyFile& file,
                                     const domain::Endorsement& endorsement);

// The base of an option after what was decided about the price of the policy: the option's filed
// premium x premium as bound / filed premium of the quote, half-up once.
Money option_base(const House& house, const PolicyFile& file, Money filed);
// A chosen option is priced so: kOptionPremium.
Result<Done> check_option_premium(const House& house, const PolicyFile& file,
                                  const domain::Endorsement& endorsement);

// Every day that endorsements price lies in the filed range of its option: kOutsideFiling. `after`
// is the file as the change leaves it. An improvement may go below the lower end: art 53 gives the
// insured that reduction by law, and a filing does not stand above it.
Result<Done> check_filed_range(const House& house, const PolicyFile& after);

// No day of a recorded incident gets other terms or another cover: kIncidentOnDay.
Result<Done> check_days_of_incidents(const House& house, const PolicyFile& before,
                                     const PolicyFile& after);

// All of it, and what the house knows beside: the proof of an improvement (kImprovementUnproven,
// kProofDay), that improvement and danger move the factor their way (kWrongDirection), the broker
// (kNotFound). The file as the endorsement leaves it.
Result<PolicyFile> endorsed_file(const House& house, const PolicyFile& file,
                                 const EventContext& context,
                                 const domain::Endorsement& endorsement);

// The endorsement is there and acts: kNotFound, kAlreadyDone, kWrongState (replaced).
Result<Done> check_voidable(const PolicyFile& file, std::uint32_t number);

}  // namespace anlan::house
