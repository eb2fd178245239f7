#include "terms/tower.h"

#include <algorithm>
#include <numeric>

#include "base/allot.h"
#include "base/check.h"

namespace anlan::terms {
namespace {

using Sections = std::optional<std::vector<std::string>>;

bool lists(const Sections& sections, const std::string& section) {
  return !sections || std::find(sections->begin(), sections->end(), section) != sections->end();
}

std::int64_t sum_of(const std::vector<std::int64_t>& amounts) {
  return std::accumulate(amounts.begin(), amounts.end(), std::int64_t{0});
}

// What a layer above knows of a layer's payments.
std::int64_t known(const std::vector<TowerLossPart>& paid, const Sections& seen) {
  std::int64_t sum = 0;
  for (const TowerLossPart& part : paid) {
    if (lists(seen, part.section)) sum += part.amount;
  }
  return sum;
}

std::int64_t paid_for(const std::vector<TowerLossPart>& paid, const std::string& section) {
  std::int64_t sum = 0;
  for (const TowerLossPart& part : paid) sum += part.section == section ? part.amount : 0;
  return sum;
}

void add_paid(std::vector<TowerLossPart>& paid, const std::string& section, std::int64_t amount) {
  for (TowerLossPart& part : paid) {
    if (part.section == section) {
      part.amount += amount;
      return;
    }
  }
  paid.push_back({.section = section, .amount = amount});
}

// Takes `amount` out of the parts of `left` at `places`, pro rata; returns what was taken from
// each.
std::vector<std::int64_t> take(TowerLoss& left, const std::vector<std::size_t>& places,
                               std::int64_t amount) {
  std::vector<std::int64_t> weights;
  for (const std::size_t place : places) weights.push_back(left[place].amount);
  std::vector<std::int64_t> parts = allot(amount, weights);
  for (std::size_t n = 0; n < places.size(); ++n) left[places[n]].amount -= parts[n];
  return parts;
}

// The gap that the insured fills before layer `i` attaches, given what it recognises.
std::int64_t gap_below(const Tower& tower, std::size_t i, const TowerYear& before,
                       const TowerYear& now) {
  const Sections& seen = tower.layers[i].recognises_erosion_by;
  std::int64_t of_year = 0;
  std::int64_t of_occurrence = 0;
  for (std::size_t j = 0; j < i; ++j) {
    const Layer& below = tower.layers[j];
    const std::int64_t then = known(before[j].paid, seen);
    const std::int64_t paid = known(now[j].paid, seen);
    of_year += below.annual_limit - paid;
    of_occurrence += std::min(below.limit, below.annual_limit - then) - (paid - then);
  }
  for (std::size_t j = 0; j <= i; ++j) {
    of_year -= now[j].borne;
    of_occurrence -= now[j].borne - before[j].borne;
  }
  return std::max<std::int64_t>(0, std::min(of_year, of_occurrence));
}

// With drop-down: what layer `i` pays of `left`, by place; the gap comes off first.
std::vector<std::int64_t> drop_down(const Tower& tower, std::size_t i, const TowerYear& before,
                                    TowerYear& year, TowerLoss& left) {
  const Layer& layer = tower.layers[i];
  std::vector<std::size_t> covered;
  std::int64_t eligible = 0;
  for (std::size_t k = 0; k < left.size(); ++k) {
    if (!lists(layer.covers, left[k].section)) continue;
    covered.push_back(k);
    eligible += left[k].amount;
  }
  const std::int64_t gap = std::min(gap_below(tower, i, before, year), eligible);
  year[i].borne += gap;
  take(left, covered, gap);
  const std::int64_t room = std::min(layer.limit, layer.annual_limit - year[i].used);
  const std::vector<std::int64_t> parts = take(left, covered, std::min(room, eligible - gap));
  std::vector<std::int64_t> by_place(left.size());
  for (std::size_t n = 0; n < covered.size(); ++n) by_place[covered[n]] = parts[n];
  return by_place;
}

// Fixed attachment: what a fresh year would pay, as far as the layer's own annual limit still
// reaches.
std::vector<std::int64_t> fixed_attachment(const Layer& layer, const LayerYear& fresh,
                                           const LayerYear& now, const TowerLoss& loss) {
  std::vector<std::int64_t> wanted;
  for (const TowerLossPart& part : loss) wanted.push_back(paid_for(fresh.paid, part.section));
  const std::int64_t room = std::min(layer.limit, layer.annual_limit - now.used);
  return allot(std::min(room, sum_of(wanted)), wanted);
}

void check_tower(const Tower& tower, const TowerLoss& loss, const TowerYear& year) {
  ANLAN_CHECK(!tower.layers.empty());
  ANLAN_CHECK(tower.layers.size() <= kLayersMax);
  ANLAN_CHECK(year.size() == tower.layers.size());
  ANLAN_CHECK(loss.size() <= kSectionsMax);
  for (const TowerLossPart& part : loss) {
    ANLAN_CHECK(0 <= part.amount && part.amount <= kAmountMax);
  }
}

}  // namespace

TowerYear fresh_year(const Tower& tower) { return TowerYear(tower.layers.size()); }

TowerSettlement settle_tower(const Tower& tower, const TowerLoss& loss, TowerYear& year) {
  check_tower(tower, loss, year);
  TowerLoss left = loss;
  std::vector<std::int64_t> amounts;
  for (const TowerLossPart& part : left) amounts.push_back(part.amount);
  std::vector<std::size_t> all(left.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  take(left, all, std::min(tower.retention, sum_of(amounts)));
  std::int64_t net = 0;
  for (const TowerLossPart& part : left) net += part.amount;

  TowerYear fresh = fresh_year(tower);
  if (!tower.drop_down) {
    Tower alone = tower;
    alone.drop_down = true;
    alone.retention = 0;
    settle_tower(alone, left, fresh);
  }
  const TowerYear before = year;
  TowerSettlement out;
  for (std::size_t i = 0; i < tower.layers.size(); ++i) {
    const Layer& layer = tower.layers[i];
    const std::vector<std::int64_t> parts = tower.drop_down
                                                ? drop_down(tower, i, before, year, left)
                                                : fixed_attachment(layer, fresh[i], year[i], left);
    for (std::size_t k = 0; k < parts.size(); ++k) {
      add_paid(year[i].paid, left[k].section, parts[k]);
    }
    LayerPaid paid{.paid = sum_of(parts)};
    year[i].used += paid.paid;
    std::vector<std::int64_t> shares;
    for (const LayerShare& share : layer.shares) shares.push_back(share.bp);
    paid.shares = allot(paid.paid, shares);
    out.paid_total += paid.paid;
    out.layers.push_back(std::move(paid));
  }
  out.uninsured = net - out.paid_total;
  return out;
}

}  // namespace anlan::terms
