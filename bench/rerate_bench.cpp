// Re-rating a book of 100,000 policies with a changed hazard file, both sides calculated. Goal: 60
// s on two cores, aim 10 s. The companies differ by sector, size and protection.
#include <benchmark/benchmark.h>

#include "api/rerate.h"
#include "base/random.h"
#include "house/life.h"

namespace {

using namespace anlan;
using namespace anlan::domain;

constexpr std::uint64_t kPolicies = 100'000;
const Instant kNow = parse_instant("2026-06-01T09:00:00+08:00", "now").value();

Money yuan(std::int64_t whole) { return Money::from_minor(whole * 100, Currency::kCny); }

Fact fact(std::string_view name, std::string value) {
  return {.name = {std::string(name)},
          .value = std::move(value),
          .source = FactSource::kDeclared,
          .observed_on = parse_date("2026-02-01", "on").value()};
}

void add_policy(house::House& house, std::uint64_t n, const RandomStream& random) {
  const auto below = [&](std::uint64_t draw, std::uint64_t bound) {
    return random.bits(n * 16 + draw) % bound;
  };
  static constexpr std::array<std::string_view, 4> kSectors{"C34", "F52", "I65", "G54"};
  const EnterpriseId company{n};
  house::EnterpriseFile& file = house.enterprises[company];
  file.enterprise.id = company;
  file.enterprise.facts =
      std::vector<Fact>{fact("sector", std::string(kSectors[below(0, 4)])),
                        fact("region", "330206"),
                        fact("revenue", std::to_string(1'000'000 + below(1, 90'000'000))),
                        fact("employees", std::to_string(5 + below(2, 295))),
                        fact("endpoints", std::to_string(5 + below(3, 295))),
                        fact("records", std::to_string(below(4, 30'000))),
                        fact("cii_operator", "no"),
                        fact("incidents_36m", "0")};
  house::PolicyFile& policy = house.policies[PolicyId{n}];
  policy.policy.id = {n};
  policy.policy.enterprise = company;
  policy.policy.product = {n % 2 == 0 ? "ningbo-2023-a" : "ningbo-2023-b"};
  policy.policy.from = plus_minutes(kNow, -1440 * 30);
  policy.policy.until = plus_minutes(kNow, 1440 * 335);
  policy.policy.premium = policy.policy.customer_part = yuan(2'800);
  policy.policy.subsidy_part = yuan(0);
  house::start_life(policy, kNow);
}

const house::House& book() {
  static const house::House kBook = [] {
    const RandomStream random(RandomKey{.seed = 20'261'122});
    house::House house;
    house.opening = HouseOpened{};
    for (std::uint64_t n = 1; n <= kPolicies; ++n) add_policy(house, n, random);
    return house;
  }();
  return kBook;
}

// A fifth more of every sector's frequency.
api::Library changed_files() {
  api::Library now{platform::Artefacts()};
  const auto file = platform::Artefacts().find("hazard/perils.toml");
  std::string text(file->text);
  const std::string from = "{ section = \"C\", frequency = 1.0,";
  const std::size_t at = text.find(from);
  ANLAN_CHECK(at != std::string::npos);
  text.replace(at, from.size(), "{ section = \"C\", frequency = 1.2,");
  std::map<std::string, std::string, std::less<>> files;
  for (const std::string& path : platform::Artefacts().list(""))
    files[path] = std::string(platform::Artefacts().find(path)->text);
  files["hazard/perils.toml"] = std::move(text);
  return api::Library(platform::Artefacts::only(std::move(files)));
}

void rerate_100_000_policies(benchmark::State& state) {
  for (auto _ : state) {
    state.PauseTiming();
    api::Library now{platform::Artefacts()};
    api::Library then = changed_files();
    const api::PricingBasis basis{
        .house = book(), .library = now, .at = kNow, .actor = ActorName{"uw"}};
    state.ResumeTiming();
    const auto rerated = api::rerate_book(basis, then, 0);
    ANLAN_CHECK(rerated.ok());
    ANLAN_CHECK(rerated->left_out.empty());
    ANLAN_CHECK(rerated->rows.size() == kPolicies);
    state.counters["changed"] = static_cast<double>(std::count_if(
        rerated->rows.begin(), rerated->rows.end(),
        [](const api::Rerate& row) { return row.technical_after != row.technical_before; }));
  }
}
BENCHMARK(rerate_100_000_policies)->Unit(benchmark::kMillisecond)->Iterations(1)->UseRealTime();

}  // namespace

BENCHMARK_MAIN();
