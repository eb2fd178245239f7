#include "protection/catalogue.h"

#include <string>

#include <doctest/doctest.h>

#include "base/refusals.h"
#include "protection/fixture_test.h"
#include "protection/refusals.h"

using namespace anlan;
using namespace anlan::protection;

TEST_CASE("catalogue: products and packages are read and found by name") {
  const Catalogue catalogue = fixture::catalogue();
  REQUIRE(catalogue.products.size() == 2);
  const Product& edr = *catalogue.find_product("edr");
  CHECK(edr.category == domain::ProductCategory::kEndpoint);
  CHECK(edr.scope == DeviceScope::kEndpoints);
  CHECK(edr.seen_min == Share::from_percent(90));
  CHECK(edr.price_per_endpoint == Money::from_minor(6000, Currency::kCny));
  CHECK(edr.controls.size() == 3);
  CHECK(edr.proofs == std::vector<domain::ControlProof>{{.control = {"END-01"}, .answer = "seen"}});
  CHECK(catalogue.find_package("guard")->products.size() == 2);
  CHECK(catalogue.find_product("guard") == nullptr);
  CHECK(catalogue.find_package("edr") == nullptr);
}

TEST_CASE(
    "catalogue: a product that claims what it does not supply or cannot prove is a load error") {
  struct Row {
    std::string_view key;
    Node value;
    RefusalCode code;
  };
  const auto proofs = [](std::string_view control, std::string_view answer) {
    Node list = Node::list();
    list.items.push_back(fixture::proof_row(control, answer));
    return list;
  };
  const Row rows[] = {
      {"controls", fixture::texts({"NET-04", "NET-09"}), kControlUnknown},
      {"controls", fixture::texts({"NET-04", "END-01"}), kCategoryNotOfControl},
      {"controls", fixture::texts({"NET-04", "NET-04"}), refusals::kDuplicateValue},
      {"proof", proofs("NET-09", "block"), kControlUnknown},
      {"proof", proofs("END-01", "seen"), kProofNotSupplied},
      {"proof", proofs("NET-03", "vlan"), kProofNotByTelemetry},
      {"proof", proofs("NET-04", "burn"), kAnswerNotAChoice},
      {"proof", proofs("NET-04", "seen"), kAnswerNotAChoice},
      {"category", Node::string("firewall"), refusals::kUnknownChoice},
      {"format", Node::string("cef"), refusals::kUnknownChoice},
      {"devices", Node::string("all"), refusals::kUnknownChoice},
      {"seen_min", Node::string("101 %"), refusals::kOutOfRange},
      {"signal_days_max", Node::number(0), refusals::kOutOfRange},
      {"price_base", Node::string("1600.005"), refusals::kMoneyDecimals},
      {"colour", Node::string("red"), refusals::kUnknownKey},
      {"id", Node::string("edr"), refusals::kDuplicateValue},
  };
  for (const Row& row : rows) {
    CAPTURE(row.key);
    Node products = fixture::products_file();
    fixture::member(fixture::member(products, "product").items[1], row.key) = row.value;
    const auto read =
        read_catalogue({.products = products, .packages = fixture::packages_file(), .digest = {}},
                       fixture::questionnaire());
    REQUIRE(!read.ok());
    CHECK(read.refusal().code.name == row.code.name);
    CHECK(read.refusal().path.starts_with("product[1]"));
    CHECK(read.refusal().at.file == "catalogue/products.toml");
  }
}

TEST_CASE("catalogue: a proof is written in canonical form") {
  Node products = fixture::products_file();
  Node proofs = Node::list();
  proofs.items.push_back(fixture::proof_row("END-05", "090"));
  fixture::member(fixture::member(products, "product").items[0], "proof") = proofs;
  const auto read =
      read_catalogue({.products = products, .packages = fixture::packages_file(), .digest = {}},
                     fixture::questionnaire());
  REQUIRE(!read.ok());
  CHECK(read.refusal().code == kAnswerMalformed);
  CHECK(read.refusal().args == std::vector<RefusalArg>{{.name = "expected", .value = "90"}});
}

TEST_CASE("catalogue: a package names products that exist") {
  Node packages = fixture::packages_file();
  fixture::member(fixture::member(packages, "package").items[0], "products") =
      fixture::texts({"edr", "ipx"});
  const auto read =
      read_catalogue({.products = fixture::products_file(), .packages = packages, .digest = {}},
                     fixture::questionnaire());
  REQUIRE(!read.ok());
  CHECK(read.refusal().code == kProductUnknown);
  CHECK(read.refusal().path == "package[0].products");
  CHECK(read.refusal().at.file == "catalogue/packages.toml");
  CHECK(read.refusal().args == std::vector<RefusalArg>{{.name = "product", .value = "ipx"},
                                                       {.name = "nearest", .value = "ips"}});
}
