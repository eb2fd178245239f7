// Policy instruments: what the state gives the customer beside the premium subsidy, and how it goes
// together with it.
#pragma once

#include <vector>

#include "domain/event.h"
#include "house/house.h"

namespace anlan::house {

const InstrumentFile* find_instrument(const House& house, domain::InstrumentId id);

// For the premium that is kept now and was not written off: share of the customer's own part (a tax
// deduction) or of the whole (compensation), half-up, at most the scheme's maximum.
Money instrument_amount(const House& house, const PolicyFile& file,
                        const domain::InstrumentTerms& terms);

// Of a granted application, for the premium that is left: at most what was granted. Zero where
// nothing was granted.
Money instrument_due(const House& house, const InstrumentFile& application);

// Who bears the premium of a policy in the end. Their sum is the premium that is kept.
struct PremiumBorne {
  Money kept;
  Money customer;  // after what the state gave it
  Money subsidy;   // the government's part of the premium: granted, or still to be decided
  std::vector<std::pair<domain::InstrumentId, Money>> instruments;  // paid less clawed back
};
PremiumBorne premium_borne(const House& house, const PolicyFile& file);

// All public money of a policy that is granted or may still be: subsidy and applications that were
// not refused, `except` apart.
Money public_money(const House& house, const PolicyFile& file, domain::InstrumentId except = {});

}  // namespace anlan::house
