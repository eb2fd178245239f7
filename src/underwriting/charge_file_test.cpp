#include "underwriting/charge_file.h"

#include <doctest/doctest.h>

#include "underwriting/fixture_test.h"

namespace anlan::underwriting {
namespace {

using namespace samples;

Node rate(std::string key, const char* share) {
  return table({{std::move(key), text(share)},
                {"status", text("assumption")},
                {"source", text("somebody's guess")}});
}

Node file() {
  Node own = rate("commission", "8 %");
  own.members.push_back({"product", text("park-master")});
  return table({{"commission", rate("share", "12 %")},
                {"cession", rate("share", "40 %")},
                {"ceding_commission", rate("share", "30 %")},
                {"products", list({own})},
                {"dunning", table({{"first_reminder", number(3)},
                                   {"second_reminder", number(10)},
                                   {"lapse_warning", number(20)},
                                   {"status", text("sourced")},
                                   {"source", text("the contract")}})}});
}

TEST_CASE("charge file: rates of all, a product's own commission, and days; tax from the loads") {
  const auto read = read_charge_file(file(), loads(), "charges.toml");
  REQUIRE(read.ok());
  REQUIRE(read->terms.size() == 2);
  CHECK(!read->terms[0].product.exists());
  CHECK(read->terms[0].vat == loads().vat);
  CHECK(read->terms[0].levy == loads().guarantee_fund);
  CHECK(read->terms[0].commission == Share::from_percent(12));
  CHECK(read->terms[1].product.text == "park-master");
  CHECK(read->terms[1].commission == Share::from_percent(8));
  CHECK(read->terms[1].cession == Share::from_percent(40));
  CHECK(read->second_reminder == 10);
  CHECK(read->sources.size() == 5);
  CHECK(read->sources.back().status == LoadStatus::kSourced);
}

TEST_CASE("charge file: a later step before an earlier one is refused") {
  Node node = file();
  member(member(node, "dunning"), "second_reminder") = number(2);
  const auto read = read_charge_file(node, loads(), "charges.toml");
  REQUIRE(!read.ok());
  CHECK(read.refusal().path == "dunning.second_reminder");
}

}  // namespace
}  // namespace anlan::underwriting
