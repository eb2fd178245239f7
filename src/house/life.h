// Life: what happens to a policy's premium between its bind and its end, and the postings that
// follow. Pure functions over one policy's file; evolve applies them, books takes the difference
// of before and after.
#pragma once

#include "base/result.h"
#include "domain/event.h"
#include "house/evolve.h"
#include "house/house.h"
#include "ledger/postings.h"
#include "underwriting/timeline.h"

namespace anlan::house {

// The timeline as the file holds it. The live endorsements point into `file`.
underwriting::TimelineInput timeline_of(const PolicyFile& file);
// The first day of the period, and the day after its last.
Date first_day(const domain::Policy& policy);
Date end_day(const domain::Policy& policy);

// ---- changes of a file, one for each event

void start_life(PolicyFile& file, Instant at);  // bound: due and nothing paid
void take_endorsement(PolicyFile& file, const EventContext& context,
                      const domain::Endorsement& endorsement);
void take_void(PolicyFile& file, const EventContext& context,
               const domain::EndorsementVoided& event);
void take_certificates(PolicyFile& file, const EventContext& context,
                       const std::vector<domain::Certificate>& certificates);
void take_certificate_end(PolicyFile& file, const EventContext& context,
                          const domain::CertificateEnded& event);
void take_end(PolicyFile& file, const domain::Refund& refund);  // cancelled or lapsed
void take_reinstatement(PolicyFile& file, const EventContext& context, Date on);
// The file holds the refusal already: the customer owes what the government does not pay.
void take_subsidy_refused(PolicyFile& file, Instant at);
void take_earned(PolicyFile& file, Date through);
void take_write_off(PolicyFile& file, domain::Payer payer, Money amount);
void take_refund(PolicyFile& file, Instant at, const domain::PremiumParts& paid);

// ---- what stands between the house and a payer

const PayerBook& book_of(const PolicyFile& file, domain::Payer payer);
domain::PremiumParts written_of(const PolicyFile& file);
// Received less paid back.
Money net_paid(const PolicyFile& file, domain::Payer payer);

// Postings from one file to what a change makes of it: of each payer the debt and what is owed to
// it, set off against each other, and what is earned. `from_refusal` is what a subsidy's refusal
// has already moved from the government to the customer.
ledger::Postings postings_between(const PolicyFile& before, const PolicyFile& after,
                                  Money from_refusal);
// What the government pays of the premium in the end, as far as is known: what a budget is used by.
Money government_share(const PolicyFile& file);

// ---- by day

// Premium of the days up to `through`, that day included.
domain::PremiumParts earned_by_day(const PolicyFile& file, Date through);

struct WordingOnDay {
  domain::WordingName wording;
  Digest artefact;
};
WordingOnDay wording_on(const PolicyFile& file, Date day);
bool suspended_on(const PolicyFile& file, Date day);

}  // namespace anlan::house
