// settle_random_test.cpp holds the column form against the row form; here what only columns have.
#include "terms/settle_columns.h"

#include <doctest/doctest.h>

#include "terms/refusals.h"

using namespace anlan;
using namespace anlan::terms;

namespace {

Plan two_sections() {
  return compile(Terms{.aggregate_limit = 100,
                       .sections = {{.code = "A", .sublimit_agg = 80}, {.code = "B"}}});
}

}  // namespace

TEST_CASE(
    "settle columns: absent columns are zero, and the year carries over to the next incident") {
  const Plan plan = two_sections();
  const std::vector<double> a = {50, 90, 0};
  ColumnYear year = fresh_column_year(plan, 3);
  CHECK(year.used_by_section[1].empty());  // no annual limit reads it
  ColumnPaid paid;
  const ColumnIncidents incidents{.rows = 3, .losses = {a, {}}};
  REQUIRE(settle_columns(plan, incidents, year, paid).ok());
  CHECK(paid.total == std::vector<double>{50, 80, 0});
  CHECK(paid.by_section[1] == std::vector<double>{0, 0, 0});
  CHECK(paid.mitigation.empty());
  REQUIRE(settle_columns(plan, incidents, year, paid).ok());
  CHECK(paid.total == std::vector<double>{30, 0, 0});
  CHECK(year.used_aggregate == std::vector<double>{80, 80, 0});
}

TEST_CASE("settle columns: a row does not depend on how many rows stand before or after it") {
  const Plan plan = two_sections();
  std::vector<double> a;
  std::vector<double> b;
  for (int r = 0; r < 700; ++r) {
    a.push_back(r % 97);
    b.push_back(r % 89);
  }
  ColumnYear year = fresh_column_year(plan, a.size());
  ColumnPaid all;
  REQUIRE(settle_columns(plan, {.rows = a.size(), .losses = {a, b}}, year, all).ok());
  for (std::size_t r = 0; r < a.size(); r += 37) {
    const std::span<const double> one_a(&a[r], 1);
    const std::span<const double> one_b(&b[r], 1);
    ColumnYear one_year = fresh_column_year(plan, 1);
    ColumnPaid one;
    REQUIRE(settle_columns(plan, {.rows = 1, .losses = {one_a, one_b}}, one_year, one).ok());
    CAPTURE(r);
    CHECK(one.total[0] == all.total[r]);
    CHECK(one.by_section[0][0] == all.by_section[0][r]);
  }
}

TEST_CASE(
    "settle columns: a row whose losses reach 2^53 is refused, and the year stays as it was") {
  const Plan plan = two_sections();
  const std::vector<double> a = {1, 4503599627370496.0};
  std::vector<double> b = {1, 4503599627370495.0};
  ColumnYear year = fresh_column_year(plan, 2);
  ColumnPaid paid;
  CHECK(settle_columns(plan, {.rows = 2, .losses = {a, b}}, year, paid).ok());
  CHECK(paid.total[1] == 100);
  b[1] += 1;
  const ColumnYear before = year;
  const Result<Done> refused = settle_columns(plan, {.rows = 2, .losses = {a, b}}, year, paid);
  REQUIRE(!refused.ok());
  CHECK(refused.refusal().code == terms::refusals::kColumnSumTooLarge);
  CHECK(refused.refusal().args[0].value == "1");
  CHECK(year == before);
}

TEST_CASE("settle columns: no rows are no work") {
  const Plan plan = two_sections();
  ColumnYear year = fresh_column_year(plan, 0);
  ColumnPaid paid;
  CHECK(settle_columns(plan, {.rows = 0}, year, paid).ok());
  CHECK(paid.total.empty());
}
