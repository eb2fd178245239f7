// Refusals of the security formats: why one line of a log is not taken. The rest of the log is.
#pragma once

#include <array>

#include "base/result.h"

namespace anlan::formats::refusals {

inline constexpr RefusalCode kSecurityLineTooLong{350, "security_line_too_long"};
inline constexpr RefusalCode kSecurityLineNotUtf8{351, "security_line_not_utf8"};
inline constexpr RefusalCode kEveLineMalformed{352, "eve_line_malformed"};
inline constexpr RefusalCode kSyslogLineMalformed{353, "syslog_line_malformed"};

inline constexpr std::array kSecurity{kSecurityLineTooLong, kSecurityLineNotUtf8, kEveLineMalformed,
                                      kSyslogLineMalformed};

}  // namespace anlan::formats::refusals
