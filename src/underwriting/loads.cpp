#include "underwriting/loads.h"

#include "base/node_reader.h"
#include "base/refusals.h"
#include "underwriting/refusals.h"

namespace anlan::underwriting {
namespace {

struct LoadReader {
  NodeReader& file;
  PriceLoads& loads;

  void note(NodeReader& table, std::string_view key) {
    loads.sources.push_back({.load = std::string(key),
                             .status = table.choice<LoadStatus>("status"),
                             .source = table.text("source")});
    table.finish();
  }
  Money amount(std::string_view key) {
    NodeReader table = file.table(key);
    const Money value = table.money("amount", loads.currency);
    note(table, key);
    return value;
  }
  Share share(std::string_view key) {
    NodeReader table = file.table(key);
    const Share value = table.percent("share");
    note(table, key);
    return value;
  }
};

}  // namespace

LoadStatus PriceLoads::status(std::string_view load) const {
  for (const LoadSource& source : sources) {
    if (source.load == load) return source.status;
  }
  return LoadStatus::kAssumption;
}

Result<PriceLoads> read_price_loads(const Node& root, std::string_view file) {
  ReadReport report{std::string(file)};
  NodeReader reader(root, report, "loads");
  PriceLoads loads;
  LoadReader read{reader, loads};
  loads.service = read.amount("service");
  loads.claim_cost = read.amount("claim_cost");
  loads.policy_cost = read.amount("policy_cost");
  loads.reinsurance = read.share("reinsurance");
  loads.capital_cost = read.share("capital_cost");
  loads.capital_tail = read.share("capital_tail");
  loads.capital_share = read.share("capital_share");
  loads.acquisition = read.share("acquisition");
  loads.administration = read.share("administration");
  loads.margin = read.share("margin");
  loads.guarantee_fund = read.share("guarantee_fund");
  loads.vat = read.share("vat");
  reader.finish();
  if (loads.capital_tail.ppm() == 0) {
    reader.refuse("capital_tail", anlan::refusals::kOutOfRange,
                  {{.name = "min", .value = "0.0001 %"}, {.name = "max", .value = "100 %"}});
  }
  if (loads.net_loads_ppm() >= Share::kWhole) {
    reader.refuse("acquisition", refusals::kLoadsLeaveNothing);
  }
  return report.result(std::move(loads));
}

}  // namespace anlan::underwriting
