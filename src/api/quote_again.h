// Quote again: a recorded quote calculated a second time from what the house keeps: its journal up
// to the price, the data files of then, the clock of then. Neither today's facts nor today's files
// are read.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "api/pricing.h"

namespace anlan::api {

// What a quote was calculated from.
struct QuoteInputs {
  domain::Quote stored;
  house::House house;  // as it was then
  Library library;     // the files of then, no others
  domain::ActorName actor;

  PricingBasis basis() {
    return {.house = house, .library = library, .at = stored.basis.at, .actor = actor};
  }
  PricingRequest request() const {
    return {.enterprise = stored.enterprise,
            .product = stored.product,
            .from = stored.from,
            .policy_year = stored.policy_year,
            .renewal_of = stored.renewal_of};
  }
};

// Reads the journal once from its start: about 2 us an event. Refuses kNotFound,
// kQuoteInputsMissing (a quote that does not say what it was made of, or whose files are not kept),
// and what the journal and the blobs refuse.
Result<std::unique_ptr<QuoteInputs>> inputs_of(Session& session, domain::QuoteId quote);

// One field that the second calculation gives another value: where it stands, and by how much where
// both are whole numbers.
struct FieldChange {
  std::string path;  // "parts.capital.amount": minor units
  std::string stored;
  std::string again;
  std::string by;  // again - stored; empty: not numbers
  bool operator==(const FieldChange&) const = default;
};

// Of two quotes, field by field; none: their canonical bytes are the same.
std::vector<FieldChange> changes_between(const domain::Quote& stored, const domain::Quote& again);

struct QuoteAgain {
  domain::Quote stored;
  domain::Quote again;
  std::vector<FieldChange> changes;
  bool same() const { return changes.empty(); }
  bool same_program() const;  // whether this program's version made the stored one
};

// Refuses what inputs_of and price refuse.
Result<QuoteAgain> quote_again(Session& session, domain::QuoteId quote);

// kQuoteNotReproduced with the first of the changes.
Refusal not_reproduced(const QuoteAgain& found);

}  // namespace anlan::api
