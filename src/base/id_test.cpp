#include "base/id.h"

#include <doctest/doctest.h>

#include "base/refusals.h"

namespace anlan {
namespace {

struct PolicyTag {
  static constexpr std::string_view kPrefix = "pol";
};
using PolicyId = Id<PolicyTag>;
struct ActorTag {};

TEST_CASE("id: the text names the kind and the number") {
  for (const std::uint64_t number : {std::uint64_t{1}, std::uint64_t{37}, UINT64_MAX}) {
    const PolicyId id{.number = number};
    const auto parsed = parse_id<PolicyTag>(to_text(id), "policy");
    REQUIRE(parsed.ok());
    CHECK(*parsed == id);
    CHECK(parsed->exists());
  }
  CHECK(to_text(PolicyId{.number = 37}) == "pol_37");
  CHECK_FALSE(PolicyId{}.exists());
}

TEST_CASE("id: another kind, no number or a number written twice is refused") {
  constexpr std::string_view kTexts[] = {
      "",       "pol",    "pol_",   "pol_0",  "pol_01",
      "pol_-1", "pol_+1", "pol_1x", "pol_ 1", "clm_1",
      "POL_1",  "polx_1", "37",     "pol-37", "pol_18446744073709551616"};
  for (const std::string_view text : kTexts) {
    CAPTURE(text);
    const auto parsed = parse_id<PolicyTag>(text, "claim.policy");
    REQUIRE_FALSE(parsed.ok());
    CHECK(parsed.refusal().code == refusals::kIdMalformed);
    CHECK(parsed.refusal().path == "claim.policy");
    CHECK(parsed.refusal().value == text);
    CHECK(parsed.refusal().args == std::vector<RefusalArg>{{.name = "prefix", .value = "pol"}});
  }
}

TEST_CASE("name: 1 to 64 letters, digits, points, underscores and hyphens") {
  const std::string longest(64, 'a');
  for (const std::string& text :
       {std::string("a"), std::string("FP.EXT.RANSOM"), std::string("ningbo-2025_v1"), longest}) {
    const auto parsed = parse_name<ActorTag>(text, "actor");
    REQUIRE(parsed.ok());
    CHECK(parsed->text == text);
    CHECK(parsed->exists());
  }
  for (const std::string& text :
       {std::string(), longest + "a", std::string("a b"), std::string("安全"), std::string("a/b"),
        std::string("a\n"), std::string("a\0b", 3)}) {
    CAPTURE(text);
    const auto parsed = parse_name<ActorTag>(text, "actor");
    REQUIRE_FALSE(parsed.ok());
    CHECK(parsed.refusal().code == refusals::kNameMalformed);
    CHECK(parsed.refusal().path == "actor");
  }
}

}  // namespace
}  // namespace anlan
