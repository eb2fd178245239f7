// Non-disclosure: what the records of a house say about an untrue answer, as the rules of art 16
// read it (claims/disclosure.h). Pure.
#pragma once

#include <optional>

#include "claims/disclosure.h"
#include "house/house.h"

namespace anlan::house {

// The case of art 16 as of a day: what was asked and answered, who learned what and when, which
// premium came in, the findings of people, and the rescission. `incident`: one of the policy, whose
// finding counts; none: the rescission alone. The words of the question are left to the caller.
claims::DisclosureCase disclosure_case(const House& house, const NonDisclosureFile& file,
                                       Date as_of, domain::IncidentId incident = {});

// The first day without cover: the day after the notice reached the insured (Civil Code art 565),
// at most the day after the period.
Date rescission_day(const PolicyFile& policy, Date reached_on);

// How the premium of a rescinded contract ends on `on`, the first day without cover. For a
// deliberate untruth what was paid is kept (art 16(4)) and what was not paid for the days after the
// end is waived; given back whole when gross negligence bore on an incident before the rescission
// (art 16(5)); else the unearned part by day, since art 16 is silent (assumption: the refund of art
// 52 and 58, by day).
domain::Refund rescission_refund(const House& house, const NonDisclosureFile& file, Date on);

// Of gross negligence: the incidents before `on` of which nobody has found yet whether it bore on
// them. Until then nobody knows how much premium goes back.
std::vector<domain::IncidentId> bearing_not_found(const House& house, const NonDisclosureFile& file,
                                                  Date on);

// Of all cases of the same answer, the one that the insurer knew of first: its knowledge runs the
// clock of art 16(3).
const NonDisclosureFile& first_known(const House& house, const NonDisclosureFile& file);

// Days that a calendar may move a last day on, at most: the longest holiday with its weekends.
inline constexpr std::int32_t kRollDaysMax = 16;

// Where a rescission of this case could end: the nominal last days of both periods.
struct LastDays {
  Date thirty_days;
  Date two_years;
};
LastDays nominal_last_days(const House& house, const NonDisclosureFile& file);

// What a work calendar says around both last days, as a command carries it.
claims::WorkCalendar days_around(const LastDays& last, const claims::WorkCalendar& calendar);

// The case by which the contract was rescinded; nullptr: it was not.
const NonDisclosureFile* rescinded_case(const House& house, const PolicyFile& policy);

// Whether a receipt of that day waives the right to rescind for one of the policy's cases
// (Interpretation II 7): the first that it would; nullptr: none.
const NonDisclosureFile* waived_by_receipt(const House& house, const PolicyFile& policy, Date on);

}  // namespace anlan::house
