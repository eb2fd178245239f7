// Refusals of a bank's statement. Their sentences are in data/locales.
#pragma once

#include <array>

#include "base/result.h"

namespace anlan::api::refusals {

inline constexpr RefusalCode kSerialUnusable{9300, "serial_unusable"};

inline constexpr RefusalCode kStatementTooLong{9301, "statement_too_long"};  // args max
inline constexpr RefusalCode kStatementAmount{9302, "statement_amount"};

inline constexpr std::array kStatement{kSerialUnusable, kStatementTooLong, kStatementAmount};

}  // namespace anlan::api::refusals
