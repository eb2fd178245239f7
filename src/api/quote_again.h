// Quote again: a recorded quote calculated a second time from what the house keeps: its journal up
// to the price, the data files of then, the clock of then. Neither today's facts nor today's files
// are read.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "api/kept_files.h"
#include "api/pricing.h"

namespace anlan::api {

// The house as it was after earlier records of its journal, read forward: asked in rising order it
// reads each record once.
class PastHouses {
 public:
  explicit PastHouses(Session& session) : session_(&session) {}
  // Valid until the next call. An earlier record than the last one asked for starts anew.
  Result<const house::House*> after(std::uint64_t record);

 private:
  Session* session_;
  house::House house_;
};

// What a quote was calculated from.
struct QuoteInputs {
  domain::Quote stored;
  const house::House& house;    // as it was then; of the PastHouses that was asked
  std::vector<KeptFile> files;  // that it read
  Library library;              // those files, no others
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

// Valid until `past` is asked again. Reading the journal takes about 2 us an event. Refuses
// kNotFound, kQuoteInputsMissing (a quote that does not say what it was made of, or whose files are
// not kept), and what the journal and the blobs refuse.
Result<std::unique_ptr<QuoteInputs>> inputs_of(Session& session, PastHouses& past,
                                               domain::QuoteId quote);

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
  std::vector<KeptFile> files;  // that both were calculated from
  bool same() const { return changes.empty(); }
  bool same_program() const;  // whether this program's version made the stored one
};

// Refuses what inputs_of and price refuse.
Result<QuoteAgain> quote_again(Session& session, PastHouses& past, domain::QuoteId quote);

// kQuoteNotReproduced with the first of the changes; kQuoteOtherProgram where the quote says that
// another version made it.
Refusal not_reproduced(const QuoteAgain& found);

}  // namespace anlan::api
