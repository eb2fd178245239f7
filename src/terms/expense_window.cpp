#include "terms/expense_window.h"

#include "terms/codes.h"

namespace anlan::terms {

Instant end_of(const ExpenseWindow& window, Instant occurred, Instant discovered) {
  constexpr std::int64_t kMinutesPerDay = 1440;
  const Instant start = window.from == WindowStart::kDiscovery ? discovered : occurred;
  return plus_minutes(start, window.days * kMinutesPerDay);
}

ExpenseWindow read_expense_window(NodeReader& reader, ClauseBook& book, const Terms& terms) {
  ExpenseWindow window{.heads = reader.texts("heads"),
                       .days = reader.whole("days", 1, kWindowDaysMax),
                       .from = reader.choice<WindowStart>("from"),
                       .clause = book.reference(reader, "clause", true)};
  reader.finish();
  check_heads(reader, window.heads, terms);
  return window;
}

}  // namespace anlan::terms
