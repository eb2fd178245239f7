// Refusals of terms and answers that are tried out. Their sentences are in data/locales.
#pragma once

#include <array>

#include "base/result.h"

namespace anlan::api::refusals {

inline constexpr RefusalCode kTriedAnswerMalformed{9360, "tried_answer_malformed"};
inline constexpr RefusalCode kTriedAnswerFact{9361, "tried_answer_fact"};  // args control
inline constexpr RefusalCode kNoWaitingHours{9362, "no_waiting_hours"};
inline constexpr RefusalCode kTooManyOffers{9363, "too_many_offers"};  // args max

inline constexpr std::array kOffer{kTriedAnswerMalformed, kTriedAnswerFact, kNoWaitingHours,
                                   kTooManyOffers};

}  // namespace anlan::api::refusals
