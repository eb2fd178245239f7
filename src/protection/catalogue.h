// Catalogue: the security products and packages that are sold beside a policy (data/catalogue/),
// the controls that each supplies, and what counts as proof that it runs.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/money.h"
#include "base/share.h"
#include "domain/protection.h"
#include "protection/questionnaire.h"

namespace anlan::protection {

// What must be seen of a product.
enum class DeviceScope : std::uint8_t {
  kEndpoints = 1,  // each endpoint of the order
  kOne = 2,        // the one gateway, collector or desk
};
constexpr auto enum_names(DeviceScope*) {
  return std::array{EnumName<DeviceScope>{DeviceScope::kEndpoints, "endpoints"},
                    EnumName<DeviceScope>{DeviceScope::kOne, "one"}};
}

struct Product {
  domain::SecurityProductName name;
  domain::ProductCategory category = domain::ProductCategory::kService;
  std::string code;  // the category's code in the questionnaire: EPP_EDR, MSS, ...
  std::string zh;
  std::string en;
  std::string line_zh;  // what it does, in one plain sentence
  std::string line_en;
  domain::SignalFormat format = domain::SignalFormat::kSyslog;
  std::string device_param;  // of a syslog line: names the device; empty: its host does
  DeviceScope scope = DeviceScope::kOne;
  Share seen_min;                             // of the devices
  std::uint32_t signal_days_max = 0;          // an older signal proves nothing any more
  Money price_base;                           // a year
  Money price_per_endpoint;                   // a year
  std::vector<domain::ControlName> controls;  // supplied
  std::vector<domain::ControlProof> proofs;   // of these, what its signals prove
  bool operator==(const Product&) const = default;
};

struct Package {
  domain::PackageName name;
  std::string zh;
  std::string en;
  std::string line_zh;
  std::string line_en;
  domain::OrganisationName vendor;
  std::vector<domain::SecurityProductName> products;
  bool operator==(const Package&) const = default;
};

struct Catalogue {
  std::vector<Product> products;
  std::vector<Package> packages;
  Digest digest;  // of the two files as they were read
  const Product* find_product(std::string_view name) const;
  const Package* find_package(std::string_view name) const;
};

struct CatalogueFiles {
  const Node& products;  // { product = [...] }
  const Node& packages;  // { package = [...] }
  Digest digest;
};

// Prices are in yuan. Refuses kControlUnknown, kCategoryNotOfControl (args control, code: the
// questionnaire does not name the product's code for that control), kProofNotSupplied (a proof of a
// control that the product does not supply), kProofNotByTelemetry (of one that telemetry cannot
// verify), the refusals of check_answer for a proof's answer, kProductUnknown (args nearest; of a
// package), and as NodeReader.
Result<Catalogue> read_catalogue(const CatalogueFiles& files, const Questionnaire& questionnaire);

}  // namespace anlan::protection
