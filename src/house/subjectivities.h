// Subjectivities: the conditions of underwriting on file, and what they come to at an instant.
//
// That one is met by evidence is derived at the instant that is asked about, never by the fold of
// events: proof by signals is a function of time (a signal grows old), and the same journal must
// give the same house whenever it is replayed. The next command on the subjectivity, and the
// binding of its quote, record it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/quote.h"
#include "domain/subjectivity.h"
#include "house/house.h"

namespace anlan::house {

const SubjectivityFile* find_subjectivity(const House& house, domain::SubjectivityId id);

// The evidence on file that meets it at `at`, as it is recorded ("NET-01", "BKP-02 yes"); none: it
// is not met by itself.
std::optional<std::string> evidence_for(const House& house, const SubjectivityFile& file,
                                        Instant at);
domain::SubjectivityState subjectivity_state(const House& house, const SubjectivityFile& file,
                                             Instant at);
// Neither met nor waived: open, overdue or failed.
bool is_unmet(domain::SubjectivityState state);
// Nothing is sold before it is met.
bool blocks_bind(domain::SubjectivityEffect effect);

// Of a quote, in the order in which they were set.
std::vector<const SubjectivityFile*> subjectivities_of(const House& house, const QuoteFile& quote);
// Those of a policy that are unmet at `at`: what the renewal carries on.
std::vector<const SubjectivityFile*> unmet_of(const House& house, const QuoteFile& quote,
                                              Instant at);
// The policy that a quote follows, whether or not it says so: the newest of the same company and
// product beside the one that it became; nullptr: none.
const PolicyFile* predecessor_of(const House& house, const domain::Quote& quote);
// Whether the quote begins within the cover of that policy, so that it could only rewrite it.
bool is_within(const PolicyFile& before, const domain::Quote& quote);

// The condition of the quote that carries this one on; nullptr: none does.
const SubjectivityFile* carried_on(const House& house, const QuoteFile& quote,
                                   const SubjectivityFile& open);
// Those that the policy before the quote left open and that stand in the way of its bind: not
// carried on to the quote, or carried on and unmet there. Advice never does.
std::vector<const SubjectivityFile*> left_open(const House& house, const QuoteFile& quote,
                                               Instant at);

// As they stand on the renewal: what binds the next year blocks its bind, advice stays advice.
domain::SubjectivityTerms renewal_terms(const domain::SubjectivityTerms& terms);

// Who set the condition and who issued its quote, and those of every condition that it carries on.
std::vector<domain::ActorName> makers_of(const House& house, const SubjectivityFile& file);

}  // namespace anlan::house
