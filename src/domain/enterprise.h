// An enterprise is a set of facts, each with its source (MODEL.md 1).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/alike.h"
#include "base/fields.h"
#include "base/result.h"
#include "base/time.h"
#include "domain/ids.h"
#include "domain/party.h"

namespace anlan::domain {

// Weakest first.
enum class FactSource : std::uint8_t {
  kInferred = 1,  // from sector and size
  kDeclared = 2,  // questionnaire
  kDocumented = 3,
  kScanned = 4,    // seen from outside
  kTelemetry = 5,  // verified while running
};
constexpr auto enum_names(FactSource*) {
  using S = FactSource;
  return std::array{EnumName<S>{S::kInferred, "inferred"}, EnumName<S>{S::kDeclared, "declared"},
                    EnumName<S>{S::kDocumented, "documented"}, EnumName<S>{S::kScanned, "scanned"},
                    EnumName<S>{S::kTelemetry, "telemetry"}};
}

// One fact. `value` is canonical text of the fact's kind: money as minor units ("3000000000"), a
// share in ppm, a count, a word. Readers of facts check it once, when it is recorded.
struct Fact {
  FactName name;
  std::string value;
  FactSource source = FactSource::kDeclared;
  Date observed_on;
  bool operator==(const Fact&) const = default;
  template <class E = Fact>
  static constexpr auto fields() {
    return std::tuple{field("name", &E::name), field("value", &E::value),
                      field("source", &E::source), field("observed_on", &E::observed_on)};
  }
};

enum class FactType : std::uint8_t {
  kMoney = 1,
  kShare = 2,
  kCount = 3,
  kText = 4,
  kSector = 5,
  kFlag = 6,
  kRegion = 7
};

struct FactKind {
  std::string_view name;
  FactType type;
  bool
      needed_for_price;  // a missing one is asked for, all at once; else it is inferred and flagged
  std::int64_t minimum;  // of money, share and count
  std::int64_t maximum;
  std::string_view zh;  // the question
  std::string_view en;
};

// The facts of an enterprise in the order of the form: sector, region, revenue, gross_margin,
// employees, it_dependence, online_revenue, endpoints, servers, ot_lines, records,
// sensitive_records, providers, cii_operator, other_cyber_sum_insured, incidents_36m.
std::span<const FactKind> fact_kinds();
const FactKind* find_fact_kind(std::string_view name);

// What a person typed -> the canonical text of a fact's kind, which a Fact carries:
//   money "30000000" or "CNY 30000000.00" (yuan) -> minor units "3000000000"
//   share "25%", "12.5 %" or "25" (percent)      -> ppm "250000"
//   count "030"                                  -> "30"
//   flag  yes | true | 是, no | false | 否         -> "yes" or "no"
//   sector GB/T 4754 "c3982"                     -> "C3982"
//   region GB/T 2260 "33", "3302" or "330203"    -> six digits, "330200"
//   text  at most 1,000 code points on one line  -> itself
// Refuses with `path`: those of parse_money and parse_sector, base's kShareMalformed, kOutOfRange,
// kUnknownChoice, kEmptyText, kTextTooLong, and kCountMalformed, kRegionMalformed, kTextMalformed.
Result<std::string> canonical_fact_value(const FactKind& kind, std::string_view text,
                                         std::string_view path);

struct Enterprise {
  EnterpriseId id;
  std::string legal_name;
  std::string credit_code;         // 统一社会信用代码, 18 characters, checked
  PersonalRef contact;             // the person to call
  bool assess_consent = false;     // agreed to be assessed
  bool monitor_consent = false;    // agreed that protection is observed
  Alike<std::vector<Fact>> facts;  // the newest of each name
  bool operator==(const Enterprise&) const = default;
  template <class E = Enterprise>
  static constexpr auto fields() {
    return std::tuple{field("id", &E::id),
                      field("legal_name", &E::legal_name),
                      field("credit_code", &E::credit_code),
                      field("contact", &E::contact),
                      field("assess_consent", &E::assess_consent),
                      field("monitor_consent", &E::monitor_consent),
                      field("facts", &E::facts)};
  }
};

// What the company agrees to from now on. What was recorded under an earlier consent stays.
struct ConsentChanged {
  static constexpr std::uint16_t kKind = 142;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "consent_changed";
  EnterpriseId enterprise;
  bool assess = false;
  bool monitor = false;
  std::string reason;  // in the company's words
  bool operator==(const ConsentChanged&) const = default;
  template <class E = ConsentChanged>
  static constexpr auto fields() {
    return std::tuple{field("enterprise", &E::enterprise), field("assess", &E::assess),
                      field("monitor", &E::monitor), field("reason", &E::reason)};
  }
};

const Fact* find_fact(const std::vector<Fact>& facts, std::string_view name);
const Fact* find_fact(std::vector<Fact>&& facts, std::string_view name) = delete;  // would dangle

// GB 32100-2015: 18 of 0-9 and A-Z without I O S V Z; the last is a check digit (weights 3^i mod
// 31). Refuses kCreditCodeMalformed, kCreditCodeCheckDigit (args expected).
Result<std::string> parse_credit_code(std::string_view text, std::string_view path);

}  // namespace anlan::domain
