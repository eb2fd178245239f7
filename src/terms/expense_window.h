// Expense window: heads whose cost is paid only when it was incurred soon enough (of public
// relations often 30 days).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "base/node_reader.h"
#include "base/time.h"
#include "terms/clause.h"
#include "terms/terms.h"

namespace anlan::terms {

inline constexpr std::int64_t kWindowDaysMax = 3'650;

enum class WindowStart : std::uint8_t { kOccurrence = 1, kDiscovery = 2 };
constexpr auto enum_names(WindowStart*) {
  using S = WindowStart;
  return std::array{EnumName<S>{S::kOccurrence, "occurrence"},
                    EnumName<S>{S::kDiscovery, "discovery"}};
}

struct ExpenseWindow {
  std::vector<std::string> heads = {};
  std::int64_t days = 0;
  WindowStart from = WindowStart::kOccurrence;
  std::string clause = {};
  bool operator==(const ExpenseWindow&) const = default;
};

// The first instant that is too late: so many times 24 hours after the start.
Instant end_of(const ExpenseWindow& window, Instant occurred, Instant discovered);

// One entry of [[expense_windows]].
ExpenseWindow read_expense_window(NodeReader& reader, ClauseBook& book, const Terms& terms);

}  // namespace anlan::terms
