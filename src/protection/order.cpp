#include "protection/order.h"

#include <algorithm>

#include "base/node_reader.h"
#include "protection/refusals.h"

namespace anlan::protection {
namespace {

Refusal refuse(RefusalCode code, std::string_view path, std::string value,
               std::vector<RefusalArg> args = {}) {
  return Refusal{.code = code,
                 .path = std::string(path),
                 .value = std::move(value),
                 .args = std::move(args),
                 .at = {}};
}

// Whole years cost whole years, whatever leap days lie in them; the days left over cost their share
// of the year that they begin.
Money price_of_period(Money a_year, Date from, Date until) {
  Money price = Money::zero(a_year.currency());
  int years = 0;
  while (plus_years(from, years + 1) <= until) {
    price += a_year;
    ++years;
  }
  const Date left = plus_years(from, years);
  const Date next = plus_years(from, years + 1);
  return price + a_year.times_ratio(days_between(left, until), days_between(left, next));
}

domain::OrderLine line_of(const Product& product, const OrderRequest& request) {
  const Money a_year =
      product.price_base + product.price_per_endpoint.times_ratio(request.endpoints, 1);
  return domain::OrderLine{
      .product = product.name,
      .category = product.category,
      .controls = product.controls,
      .price = price_of_period(a_year, request.from, request.until),
      .format = product.format,
      .device_param = product.device_param,
      .devices = product.scope == DeviceScope::kEndpoints ? request.endpoints : 1,
      .seen_min = product.seen_min,
      .signal_days_max = product.signal_days_max,
      .proofs = product.proofs};
}

}  // namespace

Result<domain::Order> place_order(const Catalogue& catalogue, const OrderRequest& request) {
  const Package* const package = catalogue.find_package(request.package.text);
  if (package == nullptr) {
    std::vector<std::string> known;
    for (const Package& each : catalogue.packages) known.push_back(each.name.text);
    return refuse(kPackageUnknown, "package", request.package.text,
                  {{.name = "nearest", .value = nearest(request.package.text, known)}});
  }
  if (request.endpoints == 0) return refuse(kEndpointsMissing, "endpoints", "0");
  if (request.until <= request.from || request.until > plus_years(request.from, kOrderYearsMax)) {
    return refuse(kOrderPeriod, "until", to_text(request.until),
                  {{.name = "from", .value = to_text(request.from)},
                   {.name = "years", .value = std::to_string(kOrderYearsMax)}});
  }
  domain::Order order{.id = {},
                      .enterprise = request.enterprise,
                      .package = package->name,
                      .vendor = package->vendor,
                      .lines = {},
                      .price = Money::zero(Currency::kCny),
                      .endpoints = request.endpoints,
                      .from = request.from,
                      .until = request.until,
                      .catalogue = catalogue.digest};
  for (const domain::SecurityProductName& name : package->products) {
    const Product* const product = catalogue.find_product(name.text);
    ANLAN_CHECK(product != nullptr);
    order.lines.push_back(line_of(*product, request));
    order.price += order.lines.back().price;
  }
  return order;
}

}  // namespace anlan::protection
