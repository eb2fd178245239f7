// The rates of charges on premium and the days of reminders (data/pricing/charges.toml), each with
// its source or the mark that it is an assumption.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/node.h"
#include "base/result.h"
#include "domain/charges.h"
#include "underwriting/loads.h"

namespace anlan::underwriting {

struct ChargeFile {
  // Those of all products first (no product), then those of products with a commission of their
  // own. VAT and levy are those of the price loads.
  std::vector<domain::ChargeTerms> terms;
  std::int32_t first_reminder = 0;  // days after the last day of payment; they do not fall
  std::int32_t second_reminder = 0;
  std::int32_t lapse_warning = 0;
  std::vector<LoadSource> sources;
  bool operator==(const ChargeFile&) const = default;
};

// Refuses kOutOfRange where a later step comes before an earlier one, and what NodeReader refuses.
Result<ChargeFile> read_charge_file(const Node& root, const PriceLoads& loads,
                                    std::string_view file);

}  // namespace anlan::underwriting
