#include "domain/peril.h"

#include <set>

#include <doctest/doctest.h>

#include "base/id.h"

using namespace anlan::domain;

TEST_CASE("peril: there are 13, each once, with a name that can identify and with both languages") {
  std::set<std::string_view> codes;
  for (const PerilKind& kind : peril_kinds()) {
    CAPTURE(kind.code);
    CHECK(codes.insert(kind.code).second);
    CHECK(anlan::parse_name_text(kind.code, "peril").ok());
    CHECK(!kind.zh.empty());
    CHECK(!kind.en.empty());
    CHECK(find_peril_kind(kind.code) == &kind);
  }
  CHECK(codes.size() == 13);
}

TEST_CASE("peril: three are systemic and one spreads along the supply graph (MODEL.md 2)") {
  std::set<std::string_view> systemic;
  for (const PerilKind& kind : peril_kinds()) {
    if (kind.systemic()) systemic.insert(kind.code);
  }
  CHECK(systemic == std::set<std::string_view>{"provider_outage", "vendor_breach", "mass_exploit"});
  CHECK(find_peril_kind("springboard")->reach == PerilReach::kContagion);
  CHECK(find_peril_kind("ransomware")->reach == PerilReach::kOwn);
}

TEST_CASE("peril: an unknown code has no kind") {
  CHECK(find_peril_kind("flood") == nullptr);
  CHECK(find_peril_kind("") == nullptr);
  CHECK(find_peril_kind("Ransomware") == nullptr);
}
