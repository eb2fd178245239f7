// Refusals of domain: what the nouns' own readers of values can say no to.
#pragma once

#include <array>

#include "base/result.h"

namespace anlan::domain {

inline constexpr RefusalCode kCreditCodeMalformed{501, "credit_code_malformed"};
inline constexpr RefusalCode kCreditCodeCheckDigit{502, "credit_code_check_digit"};
inline constexpr RefusalCode kFactUnknown{503, "fact_unknown"};
inline constexpr RefusalCode kCountMalformed{504, "count_malformed"};
inline constexpr RefusalCode kSectorMalformed{505, "sector_malformed"};
inline constexpr RefusalCode kSectorUnknown{506, "sector_unknown"};
inline constexpr RefusalCode kRegionMalformed{507, "region_malformed"};
inline constexpr RefusalCode kTextMalformed{508, "text_malformed"};

inline constexpr std::array kRefusals{kCreditCodeMalformed, kCreditCodeCheckDigit, kFactUnknown,
                                      kCountMalformed,      kSectorMalformed,      kSectorUnknown,
                                      kRegionMalformed,     kTextMalformed};

}  // namespace anlan::domain
