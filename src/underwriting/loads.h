// Price loads: what a policy costs beside its losses (data/pricing/loads.toml), each with its
// source or the mark that it is an assumption. Rates are shares in ppm, so that a price has no
// float.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"
#include "base/money.h"
#include "base/node.h"
#include "base/result.h"
#include "base/share.h"

namespace anlan::underwriting {

enum class LoadStatus : std::uint8_t { kSourced = 1, kAssumption = 2 };
constexpr auto enum_names(LoadStatus*) {
  return std::array{EnumName<LoadStatus>{LoadStatus::kSourced, "sourced"},
                    EnumName<LoadStatus>{LoadStatus::kAssumption, "assumption"}};
}

// Where one load comes from, for the model card and the share of the price that is assumed.
struct LoadSource {
  std::string load;  // its key in the file
  LoadStatus status = LoadStatus::kAssumption;
  std::string source;
  bool operator==(const LoadSource&) const = default;
};

struct PriceLoads {
  Currency currency = Currency::kCny;
  Money service;       // a policy a year: the loss-prevention service written in the policy
  Money claim_cost;    // handling one paid claim
  Money policy_cost;   // issuing and keeping one policy
  Share reinsurance;   // net cost of reinsurance, of the expected loss
  Share capital_cost;  // return that capital asks above its own yield, a year
  Share capital_tail;  // the worst share of years that capital must carry
  Share
      capital_share;  // of the stand-alone tail excess that a diversified book leaves with a policy
  // Of the net premium:
  Share acquisition;
  Share administration;
  Share margin;
  Share guarantee_fund;  // 保险保障基金
  // On the net premium:
  Share vat;
  std::vector<LoadSource> sources;  // one for each load, in the order above
  bool operator==(const PriceLoads&) const = default;

  // Of the net premium that the percentage loads take; below the whole.
  std::uint32_t net_loads_ppm() const {
    return acquisition.ppm() + administration.ppm() + margin.ppm() + guarantee_fund.ppm();
  }
  // kAssumption also for a load that has no source.
  LoadStatus status(std::string_view load) const;
};

// Reads data/pricing/loads.toml. Refuses kLoadsLeaveNothing (the percentage loads reach 100 %) and
// what NodeReader refuses. capital_tail is above zero.
Result<PriceLoads> read_price_loads(const Node& root, std::string_view file);

}  // namespace anlan::underwriting
