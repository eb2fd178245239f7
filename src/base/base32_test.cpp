#include "base/base32.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace anlan {
namespace {

TEST_CASE("base32: the vectors of RFC 4648 section 10, without padding") {
  const std::pair<std::string_view, std::string_view> rows[] = {{"", ""},
                                                                {"f", "MY"},
                                                                {"fo", "MZXQ"},
                                                                {"foo", "MZXW6"},
                                                                {"foob", "MZXW6YQ"},
                                                                {"fooba", "MZXW6YTB"},
                                                                {"foobar", "MZXW6YTBOI"}};
  for (const auto& [plain, coded] : rows) {
    CHECK(to_base32(bytes_of(plain)) == coded);
    const auto back = from_base32(coded);
    REQUIRE(back.has_value());
    CHECK(to_base32(*back) == coded);
  }
  for (const std::string_view wrong :
       {"my", "MZ=", "M", "MZXW6Y1", "MZ", "MZXW6YR", " ", "MZXWAA A"}) {
    CAPTURE(wrong);
    CHECK_FALSE(from_base32(wrong).has_value());
  }
}

TEST_CASE("base32: every text that is read is the one text of its bytes") {
  const bool holds = rc::check("bytes and texts", [](const std::vector<std::uint8_t>& plain) {
    Bytes bytes;
    for (const std::uint8_t byte : plain) bytes.push_back(static_cast<std::byte>(byte));
    std::string coded = to_base32(bytes);
    RC_ASSERT(from_base32(coded) == bytes);
    if (coded.empty()) return;
    const auto at = *rc::gen::inRange<std::size_t>(0, coded.size());
    coded[at] = *rc::gen::arbitrary<char>();
    const auto other = from_base32(coded);
    // Worked out apart: RC_ASSERT evaluates both sides of an "or".
    const bool same = !other || to_base32(*other) == coded;
    RC_ASSERT(same);
  });
  CHECK(holds);
}

}  // namespace
}  // namespace anlan
