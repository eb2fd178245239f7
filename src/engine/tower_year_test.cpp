#include "engine/tower_year.h"

#include <cmath>

#include <doctest/doctest.h>

#include "base/random.h"
#include "engine/event_losses.h"
#include "engine/fixture_test.h"
#include "engine/incidents.h"

namespace anlan::engine {
namespace {

using terms::Tower;

// Two perils, three sections, and frequencies at which several incidents a year matter.
struct Market {
  Market()
      : hazard(hazard_of()),
        plan(tower_sections({"FP.DATA", "FP.EXT", "FP.IR"})),
        cover{.plan = &plan, .perils = {{"wiper"}, {"ransomware"}}},
        model(make_loss_model(hazard, reference_company(hazard), ControlUse::kOwn)),
        table(hazard, {.points = 256, .replicates = 16, .seed = 5}, executor) {}
  static Hazard hazard_of() {
    Hazard hazard = fixture::plain_hazard();
    hazard.perils = {fixture::peril("wiper", 0.4,
                                    {fixture::lump(300'000, 1.2, "FP.DATA"),
                                     fixture::lump(100'000, 0.8, "FP.IR")}),
                     fixture::peril("ransomware", 0.3,
                                    {fixture::lump(400'000, 1.4, "FP.EXT"),
                                     fixture::lump(200'000, 1.0, "FP.DATA")}),
                     fixture::peril("insider", 0.2, {fixture::lump(500'000, 1.0, "FP.DATA")})};
    return hazard;
  }
  TowerLosses losses(const Tower& tower) { return tower_year(setting(), tower, model, executor); }
  YearSetting setting() {
    return {.hazard = &hazard, .table = &table, .cover = &cover, .points = 256};
  }
  SerialExecutor executor;
  Hazard hazard;
  terms::Plan plan;
  InsuredCover cover;
  LossModel model;
  ScenarioTable table;
};

Tower one_layer(std::int64_t retention, std::int64_t limit, std::int64_t annual) {
  return {.retention = retention,
          .layers = {{.name = "only",
                      .limit = limit,
                      .annual_limit = annual,
                      .shares = {{.name = "A", .bp = 3333}, {.name = "B", .bp = 6667}}}}};
}

TEST_CASE("tower year: one layer is the policy's year with the same retention and limits") {
  Market market;
  for (const std::int64_t annual : {std::int64_t{900'000}, kAmountMax}) {
    const TowerLosses tower = market.losses(one_layer(200'000, 900'000, annual));
    terms::Terms terms = market.plan.terms();
    terms.occurrence_retention = 200'000;
    terms.occurrence_limit = 900'000;
    terms.aggregate_limit = annual;
    const terms::Plan plan = terms::compile(terms);
    const InsuredCover cover{.plan = &plan, .perils = market.cover.perils};
    YearSetting setting = market.setting();
    setting.cover = &cover;
    const YearLoss year = year_loss(setting, market.model, market.executor).value();
    INFO("annual limit ", annual);
    if (annual == kAmountMax) {  // the same events, and no year in it
      CHECK(tower.paid.value == doctest::Approx(year.insured).epsilon(1e-12));
    } else {
      CHECK(std::fabs(tower.paid.value - year.insured) <
            4.0 * std::hypot(tower.paid.error, year.standard_error));
      CHECK(tower.paid.value <
            0.99 * market.losses(one_layer(200'000, 900'000, kAmountMax)).paid.value);
    }
    CHECK(tower.layers[0].attach == 200'000.0);
  }
}

Tower three_layers() {
  const auto layer = [](const char* name, std::int64_t limit) {
    return terms::Layer{
        .name = name,
        .limit = limit,
        .annual_limit = limit,
        .shares = {
            {.name = "A", .bp = 5000}, {.name = "B", .bp = 3000}, {.name = "C", .bp = 2000}}};
  };
  return {.retention = 100'000,
          .layers = {layer("first", 400'000), layer("second", 500'000), layer("third", 1'000'000)}};
}

TEST_CASE("tower year: a layer attaches above what those below pay at most in the year") {
  Market market;
  Tower tower = one_layer(200'000, 900'000, 300'000);
  tower.layers.push_back(tower.layers[0]);
  tower.layers[1].name = "above";
  const TowerLosses found = market.losses(tower);
  CHECK(found.layers[0].attach == 200'000.0);
  CHECK(found.layers[1].attach == 500'000.0);
}

TEST_CASE("tower year: layers, retention and what is uninsured add up to the loss") {
  Market market;
  Tower gaps = three_layers();
  gaps.layers[1].covers = {"FP.DATA", "FP.EXT"};
  gaps.layers[1].recognises_erosion_by = {"FP.EXT"};
  Tower fixed = three_layers();
  fixed.drop_down = false;
  for (const Tower& tower : {three_layers(), gaps, fixed}) {
    const TowerLosses losses = market.losses(tower);
    double paid = 0.0;
    for (const LayerLoss& layer : losses.layers) {
      paid += layer.expected.value;
      double shares = 0.0;
      for (const Sampled& share : layer.shares) shares += share.value;
      CHECK(shares == doctest::Approx(layer.expected.value).epsilon(1e-12));
      CHECK(layer.reached.value >= layer.exhausted.value);
    }
    CHECK(losses.paid.value == doctest::Approx(paid).epsilon(1e-12));
    CHECK(losses.loss.value ==
          doctest::Approx(losses.retained.value + paid + losses.uninsured.value).epsilon(1e-12));
    CHECK(losses.uninsured.value > 0.0);
    CHECK(losses.layers[0].reached.value > losses.layers[2].reached.value);
  }
  // Without gaps a tower pays what one layer of the same height pays.
  CHECK(market.losses(three_layers()).paid.value ==
        doctest::Approx(market.losses(one_layer(100'000, 1'900'000, 1'900'000)).paid.value)
            .epsilon(1e-12));
  // A layer that attaches where it stands pays no more than one that drops down.
  CHECK(market.losses(fixed).paid.value < market.losses(three_layers()).paid.value);
}

// Years played one after the other: the number of incidents from their distribution, any event of
// the table, settle_tower in turn.
struct Played {
  double mean = 0.0;
  double error = 0.0;
};
struct PlayedTower {
  std::vector<Played> paid, reached, exhausted;
  Played uninsured;
};

Played played(double sum, double squares, double years) {
  const double mean = sum / years;
  return {.mean = mean, .error = std::sqrt((squares / years - mean * mean) / years)};
}

PlayedTower play(Market& market, const Tower& tower, std::size_t years) {
  const SectionMap sections(market.hazard, market.plan);
  std::vector<std::vector<terms::TowerLoss>> events(2);
  for (std::size_t p = 0; p < 2; ++p) {
    EventColumns columns(market.table, market.model, sections);
    columns.append({.peril = p, .to = market.table.rows()});
    const terms::ColumnIncidents& all = columns.incidents();
    for (std::size_t row = 0; row < all.rows; ++row) {
      terms::TowerLoss loss;
      for (std::size_t s = 0; s < 3; ++s) {
        const double amount = all.losses[s].empty() ? 0.0 : all.losses[s][row];
        loss.push_back({.section = market.plan.terms().sections[s].code,
                        .amount = static_cast<std::int64_t>(amount)});
      }
      events[p].push_back(loss);
    }
  }
  const RandomStream random({.seed = 99, .subject = 1, .stream = 901});
  std::uint64_t draw = 0;
  const double first = market.model.perils[0].frequency;
  const double rate = first + market.model.perils[1].frequency;
  const std::vector<double> counts = incident_counts(rate, market.model.history.shape);
  const std::size_t layers = tower.layers.size();
  std::vector<double> paid(layers), paid2(layers), reached(layers), exhausted(layers);
  double open = 0.0, open2 = 0.0;
  for (std::size_t year = 0; year < years; ++year) {
    double u = random.unit(draw++);
    std::size_t incidents = 0;
    while (incidents + 1 < counts.size() && u >= counts[incidents]) u -= counts[incidents++];
    terms::TowerYear state = terms::fresh_year(tower);
    double uninsured = 0.0;
    for (std::size_t k = 0; k < incidents; ++k) {
      const auto& of = events[random.unit(draw) * rate < first ? 0 : 1];
      const auto row =
          static_cast<std::size_t>(random.unit(draw + 1) * static_cast<double>(of.size()));
      draw += 2;
      uninsured += static_cast<double>(terms::settle_tower(tower, of[row], state).uninsured);
    }
    for (std::size_t i = 0; i < layers; ++i) {
      const auto used = static_cast<double>(state[i].used);
      paid[i] += used;
      paid2[i] += used * used;
      reached[i] += used > 0.0 ? 1.0 : 0.0;
      exhausted[i] += state[i].used == tower.layers[i].annual_limit ? 1.0 : 0.0;
    }
    open += uninsured;
    open2 += uninsured * uninsured;
  }
  const auto n = static_cast<double>(years);
  PlayedTower out{.paid = {}, .reached = {}, .exhausted = {}, .uninsured = played(open, open2, n)};
  for (std::size_t i = 0; i < layers; ++i) {
    out.paid.push_back(played(paid[i], paid2[i], n));
    out.reached.push_back(played(reached[i], reached[i], n));
    out.exhausted.push_back(played(exhausted[i], exhausted[i], n));
  }
  return out;
}

TEST_CASE("tower year: two hundred thousand years played one by one agree within four errors") {
  Market market;
  Tower gaps = three_layers();
  gaps.layers[1].covers = {"FP.DATA", "FP.EXT"};
  gaps.layers[2].recognises_erosion_by = {"FP.DATA"};
  gaps.layers[2].annual_limit = 2'000'000;
  Tower fixed = three_layers();
  fixed.drop_down = false;
  for (const Tower& tower : {three_layers(), gaps, fixed}) {
    const TowerLosses want = market.losses(tower);
    const PlayedTower got = play(market, tower, 200'000);
    const auto agree = [](const Played& one, const Sampled& other) {
      return std::fabs(one.mean - other.value) < 4.0 * std::hypot(one.error, other.error);
    };
    CHECK(agree(got.uninsured, want.uninsured));
    for (std::size_t i = 0; i < tower.layers.size(); ++i) {
      INFO("layer ", i, ": played ", got.paid[i].mean, " sampled ", want.layers[i].expected.value);
      CHECK(agree(got.paid[i], want.layers[i].expected));
      CHECK(agree(got.reached[i], want.layers[i].reached));
      CHECK(agree(got.exhausted[i], want.layers[i].exhausted));
      CHECK(want.layers[i].expected.error < 0.05 * want.layers[i].expected.value);
    }
  }
}

TEST_CASE("tower year: a company to which nothing covered can happen pays nothing") {
  Market market;
  market.cover.perils = {};
  const TowerLosses losses = market.losses(three_layers());
  CHECK(losses.loss.value == 0.0);
  CHECK(losses.layers[2].reached.value == 0.0);
}

}  // namespace
}  // namespace anlan::engine
