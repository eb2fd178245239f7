#include "domain/enterprise.h"

#include <set>
#include <string>

#include <doctest/doctest.h>

#include "base/codec.h"
#include "base/refusals.h"
#include "domain/refusals.h"

using namespace anlan;
using namespace anlan::domain;

TEST_CASE("facts: 16 kinds, each once, with a name and both questions") {
  std::set<std::string_view> names;
  for (const FactKind& kind : fact_kinds()) {
    CAPTURE(kind.name);
    CHECK(names.insert(kind.name).second);
    CHECK(parse_name_text(kind.name, "name").ok());
    CHECK(kind.minimum <= kind.maximum);
    CHECK((kind.zh.ends_with("？") || kind.zh.ends_with("）")));
    CHECK((kind.en.ends_with("?") || kind.en.ends_with(")")));
    CHECK(find_fact_kind(kind.name) == &kind);
  }
  CHECK(names.size() == 16);
  CHECK(find_fact_kind("headcount") == nullptr);
}

TEST_CASE("facts: six are needed before a price") {
  std::set<std::string_view> needed;
  for (const FactKind& kind : fact_kinds()) {
    if (kind.needed_for_price) needed.insert(kind.name);
  }
  CHECK(needed == std::set<std::string_view>{"sector", "region", "revenue", "employees",
                                             "endpoints", "incidents_36m"});
}

TEST_CASE("facts: what is typed becomes canonical text") {
  struct Row {
    std::string_view fact, typed, canonical;
  };
  const Row rows[] = {
      {"revenue", "30000000", "3000000000"},
      {"revenue", "CNY 30000000.50", "3000000050"},
      {"other_cyber_sum_insured", "0", "0"},
      {"gross_margin", "25%", "250000"},
      {"gross_margin", "12.5 %", "125000"},
      {"gross_margin", "25", "250000"},
      {"it_dependence", "100%", "1000000"},
      {"it_dependence", "0.0001%", "1"},
      {"employees", "045", "45"},
      {"records", "10000000000", "10000000000"},
      {"endpoints", "0", "0"},
      {"cii_operator", "否", "no"},
      {"cii_operator", "yes", "yes"},
      {"cii_operator", "false", "no"},
      {"sector", "c3982", "C3982"},
      {"region", "3302", "330200"},
      {"region", "33", "330000"},
      {"region", "330203", "330203"},
      {"providers", "阿里云 华东1;企业邮箱", "阿里云 华东1;企业邮箱"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.fact);
    CAPTURE(row.typed);
    const auto canonical = canonical_fact_value(*find_fact_kind(row.fact), row.typed, "facts");
    REQUIRE(canonical.ok());
    CHECK(canonical.value() == row.canonical);
  }
}

TEST_CASE("facts: what is wrong is refused by its rule, with path and value") {
  struct Row {
    std::string_view fact, typed;
    RefusalCode code;
  };
  const std::string long_text(1001, 'x');
  const Row rows[] = {
      {"revenue", "-1", refusals::kMoneyNegative},
      {"revenue", "1.234", refusals::kMoneyDecimals},
      {"revenue", "30,000,000", refusals::kMoneyMalformed},
      {"revenue", "USD 5", refusals::kMoneyCurrency},
      {"revenue", "99999999999999999", refusals::kMoneyTooLarge},
      {"gross_margin", "101%", refusals::kOutOfRange},
      {"gross_margin", "25.00001%", refusals::kShareMalformed},
      {"gross_margin", "0.25.1", refusals::kShareMalformed},
      {"gross_margin", "5.", refusals::kShareMalformed},
      {"gross_margin", "", refusals::kShareMalformed},
      {"gross_margin", "-5%", refusals::kShareMalformed},
      {"gross_margin", "12345678901%", refusals::kShareMalformed},
      {"employees", "0", refusals::kOutOfRange},
      {"employees", "99999999999999999999", refusals::kOutOfRange},
      {"employees", "forty", kCountMalformed},
      {"employees", "4.5", kCountMalformed},
      {"employees", "-3", kCountMalformed},
      {"employees", "", kCountMalformed},
      {"incidents_36m", "1001", refusals::kOutOfRange},
      {"records", "1000000000000000", refusals::kOutOfRange},  // 10^15: more than there are people
      {"cii_operator", "perhaps", refusals::kUnknownChoice},
      {"cii_operator", "Yes", refusals::kUnknownChoice},
      {"sector", "39", kSectorMalformed},
      {"sector", "C51", kSectorUnknown},
      {"region", "Ningbo", kRegionMalformed},
      {"region", "99", kRegionMalformed},
      {"region", "330", kRegionMalformed},
      {"region", "1 ", kRegionMalformed},
      {"providers", "", refusals::kEmptyText},
      {"providers", long_text, refusals::kTextTooLong},
      {"providers", "two\nlines", kTextMalformed},
      {"providers", "\xB0\xA2\xC0\xEF\xD4\xC6", kTextMalformed},  // GBK
  };
  for (const Row& row : rows) {
    CAPTURE(row.fact);
    CAPTURE(row.typed);
    const auto canonical = canonical_fact_value(*find_fact_kind(row.fact), row.typed, "facts.x");
    REQUIRE(!canonical.ok());
    CHECK(canonical.refusal().code.name == row.code.name);
    CHECK(canonical.refusal().path == "facts.x");
    CHECK(canonical.refusal().value.size() <= 100);
  }
}

TEST_CASE("credit code: a right one is taken, in upper case") {
  // The first is the example that circulates with GB 32100-2015; its check character is derived
  // here by hand: sum of Ci x 3^(i-1) mod 31 over the first 17 is 28, and 31 - 28 = 3.
  for (const std::string_view code :
       {"91350100M000100Y43", "91330200MA0000001L", "91330200MA2KT0AN0P"}) {
    CAPTURE(code);
    const auto parsed = parse_credit_code(code, "credit_code");
    REQUIRE(parsed.ok());
    CHECK(parsed.value() == code);
  }
  CHECK(parse_credit_code("91330200ma0000001l", "credit_code").value() == "91330200MA0000001L");
}

TEST_CASE("credit code: wrong length or characters is malformed") {
  for (const std::string_view code :
       {"", "91330200MA000000", "91330200MA0000001L1", "91330200MA000000IL", "91330200MA000000OL",
        "91330200MA0000 01L", "9133O200MA0000001L", "91A30200MA0000001L", "９133020MA0000001L"}) {
    CAPTURE(code);
    CHECK(parse_credit_code(code, "credit_code").refusal().code == kCreditCodeMalformed);
  }
}

TEST_CASE("credit code: a wrong check character names the right one") {
  const auto parsed = parse_credit_code("91330200MA0000001M", "enterprise.credit_code");
  REQUIRE(!parsed.ok());
  CHECK(parsed.refusal().code == kCreditCodeCheckDigit);
  CHECK(parsed.refusal().path == "enterprise.credit_code");
  CHECK(parsed.refusal().args == std::vector<RefusalArg>{{.name = "expected", .value = "L"}});
}

TEST_CASE("credit code: every change of one character and every swap of two neighbours is found") {
  const std::string characters = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  const std::string right = "91350100M000100Y43";
  for (std::size_t i = 0; i < right.size(); ++i) {
    for (const char c : characters) {
      std::string wrong = right;
      wrong[i] = c;
      CHECK(parse_credit_code(wrong, "c").ok() == (wrong == right));
    }
    if (i + 1 == right.size()) continue;
    std::string swapped = right;
    std::swap(swapped[i], swapped[i + 1]);
    CHECK(parse_credit_code(swapped, "c").ok() == (swapped == right));
  }
}

TEST_CASE("enterprise: facts are found by name and survive their bytes") {
  const Enterprise enterprise{.id = EnterpriseId{7},
                              .legal_name = "宁波示例制造有限公司",
                              .credit_code = "91330200MA0000001L",
                              .contact = {},
                              .assess_consent = true,
                              .monitor_consent = false,
                              .facts = std::vector<Fact>{{.name = {"revenue"},
                                                          .value = "3000000000",
                                                          .source = FactSource::kDocumented,
                                                          .observed_on = Date::from_days(20000)},
                                                         {.name = {"sector"},
                                                          .value = "C39",
                                                          .source = FactSource::kDeclared,
                                                          .observed_on = Date::from_days(20001)}}};
  const std::vector<Fact> facts = enterprise.facts.get();
  REQUIRE(find_fact(facts, "sector") != nullptr);
  CHECK(find_fact(facts, "sector")->value == "C39");
  CHECK(find_fact(facts, "region") == nullptr);
  ByteWriter out;
  encode(out, enterprise);
  ByteReader in(out.bytes());
  Enterprise read;
  decode(in, read);
  CHECK(in.done());
  CHECK(read == enterprise);
}
