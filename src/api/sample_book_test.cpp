// The sample book: draws that stay, companies that may be registered, incidents within their year.
#include "api/sample_book.h"

#include <cmath>
#include <set>

#include <doctest/doctest.h>

#include "api/library.h"
#include "base/node_reader.h"
#include "domain/enterprise_input.h"
#include "formats/toml.h"
#include "platform/artefacts.h"

namespace anlan::api {
namespace {

constexpr std::uint64_t kSeed = 7;
constexpr std::int64_t kYears = 3;

SampleBook book() {
  Library library(platform::Artefacts{});
  const Result<Node> tree = library.toml("sample/book.toml");
  REQUIRE(tree.ok());
  Result<SampleBook> read = read_sample_book(*tree, "sample/book.toml");
  REQUIRE_MESSAGE(read.ok(), read.refusal().path);
  return std::move(read).value();
}

TEST_CASE("a company is the same whoever asks, and another seed makes another") {
  const SampleBook made = book();
  const SampleFirm firm = sample_firm(made, kSeed, 41, kYears);
  CHECK(sample_firm(made, kSeed, 41, kYears).facts == firm.facts);
  CHECK(sample_firm(made, kSeed + 1, 41, kYears).facts != firm.facts);
  CHECK(sample_firm(made, kSeed, 42, kYears).name != firm.name);
}

TEST_CASE("companies are told apart, come within the years and say that they are samples") {
  const SampleBook made = book();
  std::set<std::string> names;
  std::set<std::string> codes;
  for (std::uint64_t number = 0; number < 300; ++number) {
    const SampleFirm firm = sample_firm(made, kSeed, number, kYears);
    CHECK(firm.name.find(made.mark) != std::string::npos);
    CHECK(firm.came > made.first_day);
    CHECK(days_between(made.first_day, firm.came) < kYears * 365);
    const auto tree = formats::parse_toml(firm.facts, "firm.toml");
    REQUIRE(tree.ok());
    const auto read = domain::read_enterprise(*tree, "firm.toml");
    REQUIRE_MESSAGE(read.ok(), read.refusal().path);
    names.insert(read->legal_name);
    codes.insert(read->credit_code);
  }
  CHECK(names.size() == 300);
  CHECK(codes.size() == 300);
}

TEST_CASE("incidents lie within their year, are reported after they are found, by time") {
  const SampleBook made = book();
  const SampleFirm firm = sample_firm(made, kSeed, 3, kYears);
  const Date from = plus_days(made.first_day, 100);
  std::size_t found = 0;
  for (std::uint64_t number = 0; number < 400; ++number) {
    Instant before;
    for (const SampleIncident& each :
         sample_incidents(made, firm, {.seed = kSeed, .number = number, .year = 0, .from = from})) {
      CHECK(date_of(each.occurred) >= from);
      CHECK(date_of(each.stated) < plus_years(from, 1));
      CHECK(each.occurred < each.reported);
      CHECK(each.reported < each.stated);
      CHECK(before <= each.occurred);
      before = each.occurred;
      ++found;
    }
  }
  // 400 years at the sum of `per_mille`, four standard errors either way.
  double rate = 0.0;
  for (const SampleBook::Peril& peril : made.perils)
    rate += 0.4 * static_cast<double>(peril.per_mille);
  CHECK(static_cast<double>(found) == doctest::Approx(rate).epsilon(4.0 / std::sqrt(rate)));
}

TEST_CASE("a book that says less is refused with the place") {
  const auto tree = formats::parse_toml("house = \"h\"\nfirst_day = \"2024-01-01\"\n", "book.toml");
  REQUIRE(tree.ok());
  const auto read = read_sample_book(*tree, "book.toml");
  REQUIRE_FALSE(read.ok());
  CHECK(read.refusal().path.find("max_firms") != std::string::npos);
}

}  // namespace
}  // namespace anlan::api
