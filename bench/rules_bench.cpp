// Preview of changed rules on a synthetic book: every policy judged again by the seven rules of
// data/rules/prudent-2026.toml, with the premium that its factors give. Goal: 100,000 policies in
// 60 s, aim 10 s.
#include <benchmark/benchmark.h>

#include "api/library.h"
#include "base/random.h"
#include "formats/toml.h"
#include "house/rules_preview.h"

namespace {

using namespace anlan;
using namespace anlan::domain;

underwriting::RuleSet prudent() {
  api::Library library{platform::Artefacts()};
  const Node tree = library.toml("rules/prudent-2026.toml").value();
  return underwriting::read_rules(tree, std::string_view("prudent")).value();
}

Money yuan(std::int64_t whole) { return Money::from_minor(whole * 100, Currency::kCny); }

Quote quote_of(std::uint64_t number, const RandomStream& random) {
  const auto below = [&](std::uint64_t draw, std::uint64_t bound) {
    return static_cast<std::int64_t>(random.bits(number * 100 + draw) % bound);
  };
  Quote quote;
  quote.id = {number};
  quote.filed_premium = quote.premium = yuan(2'800);
  quote.filed_low = yuan(1'960);
  quote.filed_high = yuan(3'640);
  quote.aggregate_limit = yuan(400'000);
  quote.parts.expected_loss = yuan(below(1, 3'000));
  quote.parts.technical_gross = yuan(below(2, 9'000));
  std::vector<domain::ControlState> controls;
  for (std::uint64_t i = 0; i < 60; ++i) {
    controls.push_back(
        {.control = {i == 30 ? "BKP-02" : "CTL-" + std::to_string(i)},
         .gap = Share::from_percent(static_cast<std::uint32_t>(below(10 + i, 101)))});
  }
  quote.controls = controls;
  quote.judged = domain::JudgedRisk{
      .sector = below(3, 2) == 0 ? "F52" : "C34",
      .region = "330206",
      .revenue = yuan(below(4, 90'000'000)),
      .employees = below(5, 300),
      .incidents = below(6, 3),
      .cii_operator = false,
      .score = underwriting::control_score(controls),
      .proven = {},
      .conflicts = {},
      .facts = {{.name = {"sector"}, .value = "C34"},
                {.name = {"employees"}, .value = "48"},
                {.name = {"records"}, .value = std::to_string(below(7, 30'000))}}};
  return quote;
}

const house::House& book() {
  static const house::House kBook = [] {
    const RandomStream random(RandomKey{.seed = 20'261'122});
    house::House house;
    for (std::uint64_t number = 1; number <= 100'000; ++number) {
      house::QuoteFile& file = house.quotes[{number}];
      file.quote = quote_of(number, random);
      file.policy = {number};
      house::PolicyFile& policy = house.policies[{number}];
      policy.policy.id = {number};
      policy.policy.until = Instant::from_micros(1'900'000'000'000'000);
    }
    return house;
  }();
  return kBook;
}

void preview_of_100_000_policies(benchmark::State& state) {
  const house::House& house = book();
  const underwriting::RuleSet rules = prudent();
  std::size_t changed = 0;
  for (auto _ : state) {
    const house::RulesPreview found = house::preview_rules(
        house, rules, house::PreviewScope::kPolicies, Instant::from_micros(1'800'000'000'000'000));
    if (found.judged != 100'000) state.SkipWithError("a policy was left out");
    changed = found.changed;
  }
  state.counters["changed"] = static_cast<double>(changed);
  state.SetItemsProcessed(state.iterations() * 100'000);
}

BENCHMARK(preview_of_100_000_policies)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
