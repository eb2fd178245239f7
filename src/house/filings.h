// What the house holds of the filings under which it sells, and whether a quote or a change keeps
// to them (Insurance Law art 135: filed wordings and rates are used as filed).
//
// A number stands for one content. Where no filing of a product is on record, the first quote under
// a number fixes its wording and its rate, and no later quote under that number differs. Once a
// filing of the product is on record, only what is on record counts, from its first day.
#pragma once

#include <string_view>

#include "base/result.h"
#include "domain/endorsement.h"
#include "domain/filing.h"
#include "domain/quote.h"
#include "house/house.h"

namespace anlan::house {

// The newest on record that had begun by `day`; nullptr: none.
const FilingOnFile* filing_on(const House& house, const domain::ProductName& product, Date day);

// Under this number: on record, or else as fixed by a quote; nullptr: neither.
const FilingOnFile* filing_under(const House& house, const domain::ProductName& product,
                                 std::string_view registration);

// A new record. Refuses kAlreadyDone (path "registration", args what: the record) for a number on
// record; kFilingDay (args before) for a first day not after that of the newest; kFilingShape (args
// what) for a range that does not hold its premium, an option or factor named twice or without its
// wording, no registration, no paper.
Result<Done> check_filing(const House& house, const domain::Filing& filing);

// Refuses kOtherFiling (value what the quote says, args what, registration, filed or unfiled) with
// the first part that differs; kNoFiling (args first) where those on record have not begun.
Result<Done> check_quote_filing(const House& house, const domain::Quote& quote, Date today);

// The option or factor is one of the filing under which the policy was sold, with its range. Asks
// nothing where that was fixed by a quote: it named none. Refuses kOtherFiling.
Result<Done> check_endorsement_filing(const House& house, const PolicyFile& file,
                                      const domain::Endorsement& endorsement);

// As check_endorsement_filing, for what a member of a park costs.
Result<Done> check_certificate_filing(const House& house, const PolicyFile& file,
                                      const domain::CertificateTerms& terms);

// What the first quote under a number fixes.
domain::Filing filing_of(const domain::Quote& quote);

}  // namespace anlan::house
