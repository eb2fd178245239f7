// Refusals of base: what the shared readers of values and of parsed trees can say no to.
#pragma once

#include <array>

#include "base/result.h"

namespace anlan::refusals {

inline constexpr RefusalCode kUnknownKey{101, "unknown_key"};
inline constexpr RefusalCode kDuplicateKey{102, "duplicate_key"};
inline constexpr RefusalCode kMissingKey{103, "missing_key"};
inline constexpr RefusalCode kWrongType{104, "wrong_type"};
inline constexpr RefusalCode kUnknownChoice{105, "unknown_choice"};
inline constexpr RefusalCode kOutOfRange{106, "out_of_range"};
inline constexpr RefusalCode kEmptyList{107, "empty_list"};
inline constexpr RefusalCode kEmptyText{108, "empty_text"};
inline constexpr RefusalCode kMoneyMalformed{109, "money_malformed"};
inline constexpr RefusalCode kMoneyNegative{110, "money_negative"};
inline constexpr RefusalCode kMoneyTooLarge{111, "money_too_large"};
inline constexpr RefusalCode kMoneyDecimals{112, "money_decimals"};
inline constexpr RefusalCode kMoneyCurrency{113, "money_currency"};
inline constexpr RefusalCode kDateInvalid{114, "date_invalid"};
inline constexpr RefusalCode kInstantInvalid{115, "instant_invalid"};
inline constexpr RefusalCode kIdMalformed{116, "id_malformed"};
inline constexpr RefusalCode kNameMalformed{117, "name_malformed"};
inline constexpr RefusalCode kTextTooLong{118, "text_too_long"};
inline constexpr RefusalCode kDigestMalformed{119, "digest_malformed"};
inline constexpr RefusalCode kDuplicateValue{120, "duplicate_value"};
inline constexpr RefusalCode kShareMalformed{121, "share_malformed"};

inline constexpr std::array kBase{
    kUnknownKey,    kDuplicateKey,  kMissingKey,    kWrongType,       kUnknownChoice,
    kOutOfRange,    kEmptyList,     kEmptyText,     kMoneyMalformed,  kMoneyNegative,
    kMoneyTooLarge, kMoneyDecimals, kMoneyCurrency, kDateInvalid,     kInstantInvalid,
    kIdMalformed,   kNameMalformed, kTextTooLong,   kDigestMalformed, kDuplicateValue,
    kShareMalformed};

}  // namespace anlan::refusals
