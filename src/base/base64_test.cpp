#include "base/base64.h"

#include <doctest/doctest.h>

namespace anlan {
namespace {

TEST_CASE("base64: the test vectors of RFC 4648, section 10, both ways") {
  const std::pair<std::string_view, std::string_view> rows[] = {{"", ""},
                                                                {"f", "Zg=="},
                                                                {"fo", "Zm8="},
                                                                {"foo", "Zm9v"},
                                                                {"foob", "Zm9vYg=="},
                                                                {"fooba", "Zm9vYmE="},
                                                                {"foobar", "Zm9vYmFy"}};
  for (const auto& [plain, coded] : rows) {
    CHECK(to_base64(bytes_of(plain)) == coded);
    CHECK(from_base64(coded) == std::string(plain));
  }
}

TEST_CASE("base64: what is not its form is none") {
  for (const std::string_view wrong :
       {"Z", "Zg", "Zg=", "Zg===", "Zg==Zg==", "Z-8=", "Zm9v\n", " Zm9v", "Zh=="}) {
    CAPTURE(wrong);
    CHECK_FALSE(from_base64(wrong).has_value());
  }
}

}  // namespace
}  // namespace anlan
