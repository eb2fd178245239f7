// What may come into the column form of settle: columns of the right length that hold whole amounts
// of 0 or more (anything else is a bug), and no row whose claimed losses reach 2^53.
#pragma once

#include <cstddef>

#include "terms/settle_columns.h"

namespace anlan::terms {

inline constexpr double kExactMax = 9'007'199'254'740'992.0;  // 2^53

// Checks the columns. No row claims more than what it returns; infinite where that is not worked
// out.
double most_claimed(const Plan& plan, const ColumnIncidents& incidents);

void check_year(const Plan& plan, const ColumnYear& year, std::size_t rows);

// The first row whose claimed losses reach 2^53, or `rows`. Whole hourly curves count, before any
// term; of a parametric section what is measured.
std::size_t first_too_large(const Plan& plan, const ColumnIncidents& incidents);

}  // namespace anlan::terms
