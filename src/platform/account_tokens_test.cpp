#include "platform/account_tokens.h"

#include <algorithm>

#include <doctest/doctest.h>

namespace anlan::platform {
namespace {

using Kind = CredentialKind;

TEST_CASE("account tokens: each kind has its prefix, 52 signs, and is read as what it is") {
  struct Row {
    Kind kind;
    std::string_view prefix;
  };
  for (const Row& row : {Row{Kind::kSession, "ans_"}, Row{Kind::kLiveKey, "anl_live_"},
                         Row{Kind::kTestKey, "anl_test_"}}) {
    CAPTURE(row.prefix);
    const NewToken made = new_token(row.kind);
    CHECK(made.text.starts_with(row.prefix));
    CHECK(made.text.size() == row.prefix.size() + 52);
    CHECK(made.text.starts_with(made.shown));
    CHECK(made.shown.size() == row.prefix.size() + 5);
    const auto read = read_token(made.text);
    REQUIRE(read.has_value());
    CHECK(read->kind == row.kind);
    CHECK(read->digest == made.digest);
    CHECK(new_token(row.kind).text != made.text);
  }
}

TEST_CASE("account tokens: a text that cannot be one is none") {
  const std::string text = new_token(Kind::kLiveKey).text;
  std::string small = text;
  small[20] = 'q';
  std::string loose_end = text;
  loose_end.back() = 'B';  // bits after the 256th
  for (const std::string& wrong :
       {std::string(), std::string("ans_"), text.substr(0, text.size() - 1), text + "A", small,
        loose_end, " " + text, "anl_prod_" + text.substr(9), text.substr(9)}) {
    CAPTURE(wrong);
    CHECK_FALSE(read_token(wrong).has_value());
  }
  // The kind is part of what is kept: a live key does not become a test key by its prefix.
  CHECK(read_token("anl_test_" + text.substr(9))->digest != read_token(text)->digest);
}

TEST_CASE("account tokens: a recovery code is read however it is typed") {
  const std::string code = new_recovery_code();
  CHECK(code.size() == 19);
  CHECK(code != new_recovery_code());
  std::string typed = " ";
  for (const char c : code) {
    if (c != '-') typed += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  CHECK(recovery_digest(typed) == recovery_digest(code));
  CHECK(recovery_digest(code.substr(1)) != recovery_digest(code));
}

}  // namespace
}  // namespace anlan::platform
