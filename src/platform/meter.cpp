#include "platform/meter.h"

#include <fmt/format.h>

namespace anlan::platform {

namespace {

constexpr double kMicrosecond = 1e-6;

}  // namespace

void Meter::answered(std::string_view operation, int status, std::int64_t microseconds) {
  const std::lock_guard guard(lock_);
  ++counts_[{std::string(operation), status}];
  const auto found = times_.find(operation);
  Times& times = found != times_.end() ? found->second : times_[std::string(operation)];
  ++times.count;
  times.microseconds += microseconds;
  for (std::size_t n = 0; n < kBounds.size(); ++n) {
    if (microseconds <= kBounds[n]) ++times.below[n];
  }
}

std::string Meter::text() const {
  const std::lock_guard guard(lock_);
  std::string out =
      "# HELP anlan_requests_total Requests answered, by operation and status.\n"
      "# TYPE anlan_requests_total counter\n";
  for (const auto& [key, count] : counts_) {
    out += fmt::format("anlan_requests_total{{operation=\"{}\",status=\"{}\"}} {}\n", key.first,
                       key.second, count);
  }
  out +=
      "# HELP anlan_request_seconds Time from the request read to the answer made.\n"
      "# TYPE anlan_request_seconds histogram\n";
  for (const auto& [operation, times] : times_) {
    for (std::size_t n = 0; n < kBounds.size(); ++n) {
      out += fmt::format("anlan_request_seconds_bucket{{operation=\"{}\",le=\"{}\"}} {}\n",
                         operation, static_cast<double>(kBounds[n]) * kMicrosecond, times.below[n]);
    }
    out += fmt::format("anlan_request_seconds_bucket{{operation=\"{}\",le=\"+Inf\"}} {}\n",
                       operation, times.count);
    out += fmt::format("anlan_request_seconds_sum{{operation=\"{}\"}} {}\n", operation,
                       static_cast<double>(times.microseconds) * kMicrosecond);
    out +=
        fmt::format("anlan_request_seconds_count{{operation=\"{}\"}} {}\n", operation, times.count);
  }
  return out;
}

}  // namespace anlan::platform
