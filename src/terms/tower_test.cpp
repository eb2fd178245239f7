#include "terms/tower.h"

#include <numeric>
#include <random>

#include <doctest/doctest.h>

using namespace anlan::terms;

namespace {

using Rng = std::mt19937_64;

std::int64_t below(Rng& rng, std::int64_t bound) {
  return static_cast<std::int64_t>(rng() % static_cast<std::uint64_t>(bound));
}

const std::vector<std::string> kCodes = {"FP.BI", "FP.EXT", "TP.PRIV"};

std::optional<std::vector<std::string>> random_sections(Rng& rng) {
  if (below(rng, 3) != 0) return std::nullopt;
  std::vector<std::string> codes;
  for (const std::string& code : kCodes) {
    if (below(rng, 2) == 0) codes.push_back(code);
  }
  if (codes.empty()) codes.push_back(kCodes[0]);
  return codes;
}

Tower random_tower(Rng& rng) {
  Tower tower{.retention = below(rng, 1000), .drop_down = below(rng, 2) == 0};
  const std::int64_t layers = 1 + below(rng, 5);
  for (std::int64_t n = 0; n < layers; ++n) {
    const std::int64_t limit = 1 + below(rng, 10000);
    const std::int64_t first = below(rng, 10001);
    tower.layers.push_back({.name = "L" + std::to_string(n),
                            .limit = limit,
                            .annual_limit = limit * (1 + below(rng, 2)),
                            .covers = random_sections(rng),
                            .recognises_erosion_by = random_sections(rng),
                            .shares = {{"A", first}, {"B", 10000 - first}}});
  }
  return tower;
}

}  // namespace

TEST_CASE(
    "tower: payments and what is uninsured are the loss net of the retention, and no cap is "
    "passed") {
  Rng rng(20260301);
  for (int n = 0; n < 20'000; ++n) {
    const Tower tower = random_tower(rng);
    TowerYear year = fresh_year(tower);
    for (int k = 0; k < 4; ++k) {
      TowerLoss loss;
      std::int64_t gross = 0;
      for (const std::string& code : kCodes) {
        loss.push_back({.section = code, .amount = below(rng, 10000)});
        gross += loss.back().amount;
      }
      const TowerSettlement paid = settle_tower(tower, loss, year);
      CAPTURE(n);
      CAPTURE(k);
      REQUIRE(paid.paid_total + paid.uninsured == gross - std::min(gross, tower.retention));
      REQUIRE(paid.uninsured >= 0);
      for (std::size_t i = 0; i < tower.layers.size(); ++i) {
        REQUIRE(paid.layers[i].paid <= tower.layers[i].limit);
        REQUIRE(year[i].used <= tower.layers[i].annual_limit);
        const std::vector<std::int64_t>& shares = paid.layers[i].shares;
        REQUIRE(std::accumulate(shares.begin(), shares.end(), std::int64_t{0}) ==
                paid.layers[i].paid);
      }
    }
  }
}

TEST_CASE("tower: drop-down never matters for the first loss of a year") {
  Rng rng(7);
  for (int n = 0; n < 5'000; ++n) {
    Tower tower = random_tower(rng);
    const TowerLoss loss = {{"FP.BI", below(rng, 20000)}, {"FP.EXT", below(rng, 20000)}};
    tower.drop_down = true;
    TowerYear dropping = fresh_year(tower);
    const TowerSettlement with = settle_tower(tower, loss, dropping);
    tower.drop_down = false;
    TowerYear fixed = fresh_year(tower);
    CAPTURE(n);
    REQUIRE(settle_tower(tower, loss, fixed) == with);
  }
}

TEST_CASE("tower: a layer that covers one section is paid for that section only") {
  const Tower tower{.layers = {{.name = "primary",
                                .limit = 100,
                                .annual_limit = 100,
                                .covers = {{"FP.BI"}},
                                .shares = {{"A", 10000}}}}};
  TowerYear year = fresh_year(tower);
  const TowerSettlement paid = settle_tower(tower, {{"FP.BI", 60}, {"FP.EXT", 70}}, year);
  CHECK(paid.paid_total == 60);
  CHECK(paid.uninsured == 70);
}
