// Script: one named incident as a file (data/scenarios/NAME.toml), public or of everyday life: what
// happened, by the hour and in money, so that any wording can be played on it (play.h).
//
// docs/WORDING.md describes the file. Amounts are whole minor units of the script's currency; a
// loss in another currency states its rate. What no gate asks about yet is kept as it was read.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/node.h"
#include "base/result.h"
#include "base/share.h"
#include "base/time.h"
#include "domain/attribution.h"
#include "domain/cover.h"
#include "domain/ids.h"
#include "terms/hours.h"
#include "terms/wording.h"

namespace anlan::terms {

enum class ScriptKind : std::uint8_t { kPublic = 1, kEveryday = 2 };
constexpr auto enum_names(ScriptKind*) {
  using K = ScriptKind;
  return std::array{EnumName<K>{K::kPublic, "public"}, EnumName<K>{K::kEveryday, "everyday"}};
}

// Where a public fact stands; no address, which would not last.
struct ScriptSource {
  std::string title = {};
  std::string publisher = {};
  std::string date = {};  // a day, or a year
  std::string note = {};
  bool operator==(const ScriptSource&) const = default;
};

// The company that it happened to.
struct ScriptCompany {
  std::string sector = {};  // GB/T 4754
  Money revenue = {};       // a year
  std::int64_t employees = 1;
  bool operator==(const ScriptCompany&) const = default;
};

struct ScriptStretch {
  std::int64_t hours = 0;
  Share lost = {};       // of the profit of each of these hours
  std::int64_t gap = 0;  // hours that ran as usual before it: an interruption that came back
  bool operator==(const ScriptStretch&) const = default;
};

struct ScriptOutage {
  domain::CoverCode section = {};
  std::string provider = {};                  // whose service failed; empty: none is named
  std::optional<Money> profit_per_hour = {};  // none: the hours were stated one by one
  std::vector<ScriptStretch> stretches = {};
  std::vector<std::int64_t> hourly = {};  // the loss of each hour out of service, gaps left out
  std::int64_t last_minutes = 60;         // of the last hour, how much of it was out of service
  bool operator==(const ScriptOutage&) const = default;

  Outage outage() const {
    const auto hours = static_cast<std::int64_t>(hourly.size());
    return {.minutes = hours == 0 ? 0 : (hours - 1) * 60 + last_minutes, .hourly = hourly};
  }
};

struct ScriptLoss {
  domain::CoverCode head = {};
  Money amount = {};
  Money betterment = {};         // of it; no loss
  std::int64_t after_hours = 0;  // from the occurrence, when it was incurred
  std::optional<std::int64_t> paid_after_hours = {};
  std::string vendor = {};
  BilingualText note = {};
  bool operator==(const ScriptLoss&) const = default;
};

struct ScriptVulnerability {
  std::string id = {};  // "CVE-2017-0144"
  std::optional<Date> fix_available = {};
  bool operator==(const ScriptVulnerability&) const = default;
};

// Who says that a state was behind it, and, whoever does, what it did to states.
struct ScriptAttribution {
  domain::AttributionSource source = domain::AttributionSource::kNone;
  std::optional<Date> date = {};
  Share confidence = {};
  std::string state = {};       // ISO 3166-1 alpha-2
  bool state_impaired = false;  // a state's ability to function was impaired
  bool bystanding = false;      // the insured's assets lie outside the state that was meant
  bool operator==(const ScriptAttribution&) const = default;
};

struct ScriptOtherInsurance {
  Money sum_insured = {};
  Money paid = {};
  bool operator==(const ScriptOtherInsurance&) const = default;
};

// Declared and actual values by section, for the average of underinsurance.
struct ScriptValues {
  std::map<std::string, Money> declared = {};
  std::map<std::string, Money> actual = {};
  bool operator==(const ScriptValues&) const = default;
};

// One unit of `currency` in units of the script's currency, in millionths.
struct ScriptRate {
  Currency currency = Currency::kCny;
  std::int64_t millionths = 0;
  std::string source = {};
  bool operator==(const ScriptRate&) const = default;
};

struct Script {
  std::string id = {};
  ScriptKind kind = ScriptKind::kEveryday;
  std::string version = {};
  BilingualText title = {};
  BilingualText story = {};
  std::vector<ScriptSource> sources = {};
  std::vector<std::string> assumptions = {};
  domain::PerilName peril = {};
  std::vector<std::string> causes = {};
  Instant occurred = {};
  Instant discovered = {};
  std::optional<Instant> reported = {};
  std::string location = {};  // ISO 3166-1 alpha-2
  std::int64_t records = 0;
  std::vector<std::string> parties = {};
  Currency currency = Currency::kCny;
  ScriptCompany company = {};
  std::optional<ScriptOutage> outage = {};
  std::vector<ScriptLoss> losses = {};
  Money mitigation = {};
  std::vector<std::string> conditions_met = {};
  std::optional<ScriptVulnerability> vulnerability = {};
  std::optional<ScriptAttribution> attribution = {};
  std::optional<ScriptOtherInsurance> other_insurance = {};
  ScriptValues values = {};
  std::vector<ScriptRate> rates = {};
  bool operator==(const Script&) const = default;

  // Days from the first on which a fix could be had to the exploitation, 0 or more; none: no fix of
  // the vulnerability is stated, or none was used.
  std::optional<std::int64_t> days_unpatched() const;
};

// The tags that incidents and exclusions share.
std::span<const std::string_view> known_causes();

// Refuses, with file, line and column, what the shared reader refuses, and:
//   kScriptName        the id is the name of the file
//   kPerilUnknown, kHeadUnknown, kCauseUnknown   with the nearest
//   kScriptSource      a public incident without a source
//   kScriptTimes       discovered before it occurred, reported before discovered, paid before
//                      incurred
//   kScriptCurve       the hours one by one, or a profit an hour with its stretches; not both
//   kScriptHead        a loss of the head that the outage states, or mitigation stated as a loss
//   kScriptEmpty       neither outage nor loss nor mitigation
//   kScriptRate        a currency without a rate, or a rate of nothing
//   kScriptAssumption  a path whose first word is no key of the file
//   kCountryMalformed  two capital letters of ISO 3166-1
// `file` is named in the place of a refusal.
Result<Script> read_script(const Node& root, const std::string& file);

// In the script's currency, half-up. A currency without a rate is a bug after reading.
Money in_script_currency(const Script& script, Money amount);

// The same incident at another size: lump sums, records' cost and other policies times revenue /
// the script's own revenue, half-up; the hours at this profit an hour. Amounts stay at most
// kAmountMax. The currency becomes that of the revenue; no rate is needed, because both revenues
// measure the same kind of company.
Script scaled_to(const Script& script, Money revenue, Money profit_per_hour);

}  // namespace anlan::terms
