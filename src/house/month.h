// The end of a month: what the books hold of each product, and whether the month may be closed.
#pragma once

#include <optional>
#include <vector>

#include "base/sha256.h"
#include "domain/event.h"
#include "house/house.h"

namespace anlan::house {

Date first_of_month(Date day);
Date next_month(Date first);  // the first day of the month after

// Takes what changed of a policy's premium since it was counted last into that month.
void count_premium(House& house, PolicyFile& file, Date month);

// What stands at the end of that month, of every product with a policy, in the order of their
// names: amounts by the month that they were booked in, so that what is recorded in a later month
// changes no earlier one; days of cover up to its last day as they are known now. Cost: one pass
// over the policies.
std::vector<domain::MonthLine> month_lines(const House& house, Date first);

// Of every balance, by kind, owner and currency.
Digest trial_balance(const ledger::Ledger& ledger);

// The month that is closed next: after the last closing the one behind it, before it the first in
// which premium was booked; none without either.
std::optional<Date> open_month(const House& house);

// Where premium of days up to `day` is booked now: the month of that day, or the open one where
// that is closed.
Date booked_in(const House& house, Date day);

}  // namespace anlan::house
