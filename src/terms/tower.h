// Tower: layers of several insurers above one retention (REFERENCE.md 3.4, "Tower").
//
// A loss enters at the bottom, net of the retention, which its sections share pro rata. With
// drop-down a layer attaches above what the layers below have paid (or the insured has filled) in
// the year, as far as it recognises that erosion; what it does not recognise is a gap that the
// insured bears. Without drop-down a layer pays what it would in a fresh year, capped by what is
// left of its annual limit. What is paid plus what is uninsured is always the loss net of the
// retention.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "terms/terms.h"

namespace anlan::terms {

inline constexpr std::size_t kLayersMax =
    256;  // real towers have fewer than 40; keeps every sum in int64

// A co-insurer's part of a layer: several, not joint. The shares of a layer sum to 10,000.
struct LayerShare {
  std::string name = {};
  std::int64_t bp = 0;
  bool operator==(const LayerShare&) const = default;
};

struct Layer {
  std::string name = {};
  std::int64_t limit = 0;                               // per occurrence
  std::int64_t annual_limit = 0;                        // for the year
  std::optional<std::vector<std::string>> covers = {};  // none: every section
  std::optional<std::vector<std::string>> recognises_erosion_by =
      {};  // none: erosion by every section
  std::vector<LayerShare> shares = {};
  bool operator==(const Layer&) const = default;
};

struct Tower {
  std::int64_t retention = 0;
  bool drop_down = true;
  std::vector<Layer> layers = {};  // from the bottom; 1 to kLayersMax
  bool operator==(const Tower&) const = default;
};

// A section's part of a loss. A tower that asks for no sections takes one part of any name.
struct TowerLossPart {
  std::string section = {};
  std::int64_t amount = 0;  // 0 to kAmountMax
  bool operator==(const TowerLossPart&) const = default;
};
using TowerLoss = std::vector<TowerLossPart>;  // distinct sections, at most kSectionsMax

struct LayerYear {
  std::int64_t used = 0;
  std::vector<TowerLossPart> paid = {};  // by section, in the order of first payment
  std::int64_t borne = 0;                // gaps below this layer that the insured has filled
  bool operator==(const LayerYear&) const = default;
};
using TowerYear = std::vector<LayerYear>;  // one per layer

TowerYear fresh_year(const Tower& tower);

struct LayerPaid {
  std::int64_t paid = 0;
  std::vector<std::int64_t> shares = {};  // in the order of Layer::shares; they sum to `paid`
  bool operator==(const LayerPaid&) const = default;
};

struct TowerSettlement {
  std::vector<LayerPaid> layers = {};
  std::int64_t paid_total = 0;
  std::int64_t uninsured = 0;
  bool operator==(const TowerSettlement&) const = default;
};

// Settles one occurrence and erodes the year. Preconditions as above; anything else is a bug.
TowerSettlement settle_tower(const Tower& tower, const TowerLoss& loss, TowerYear& year);

}  // namespace anlan::terms
