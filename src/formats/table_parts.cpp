#include "formats/table_parts.h"

#include <algorithm>

#include "base/check.h"

namespace anlan::formats {
namespace {

// The first `kept` of `all`, then those of [from, until).
template <class T>
std::vector<T> chosen(const std::vector<T>& all, std::size_t kept, std::size_t from,
                      std::size_t until) {
  const auto at = [&](std::size_t i) { return all.begin() + static_cast<std::ptrdiff_t>(i); };
  std::vector<T> out(all.begin(), at(kept));
  out.insert(out.end(), at(from), at(until));
  return out;
}

}  // namespace

std::vector<Table> table_parts(const Table& table, std::size_t most) {
  ANLAN_CHECK(most >= 1);
  const std::size_t kept = std::min(table.repeated, table.columns.size());
  const std::size_t others = table.columns.size() - kept;
  if (kept == 0 || others <= most) return {table};
  const std::size_t count = (others + most - 1) / most;
  std::vector<Table> parts;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t from = kept + others * i / count;
    const std::size_t until = kept + others * (i + 1) / count;
    Table part{.columns = chosen(table.columns, kept, from, until),
               .rows = {},
               .total = table.total,
               .repeated = table.repeated};
    for (const auto& row : table.rows) {
      ANLAN_CHECK(row.size() == table.columns.size());
      part.rows.push_back(chosen(row, kept, from, until));
    }
    parts.push_back(std::move(part));
  }
  return parts;
}

}  // namespace anlan::formats
