#include "terms/script.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/check.h"
#include "base/node_reader.h"
#include "domain/peril.h"
#include "domain/sector.h"
#include "terms/refusals.h"

namespace anlan::terms {
namespace {

struct WordTag {};  // a word that scripts share with wordings

constexpr std::int64_t kAfterHoursMax = kHoursMax;
constexpr std::int64_t kRecordsMax = 20'000'000'000;  // more than there are people
constexpr std::int64_t kEmployeesMax = 10'000'000;
constexpr std::int64_t kMillion = 1'000'000;
constexpr std::string_view kMitigationHead = "FP.MITIG";

constexpr std::array<std::string_view, 26> kCauses{"war",
                                                   "cyber_operation",
                                                   "infrastructure_failure",
                                                   "prior_knowledge",
                                                   "management_fraud",
                                                   "unapproved_outsourcer",
                                                   "funds_transfer",
                                                   "physical_damage",
                                                   "unpatched_vulnerability",
                                                   "contractual_liability",
                                                   "bodily_injury",
                                                   "ip_infringement",
                                                   "unlicensed_software",
                                                   "wear_and_tear",
                                                   "government_seizure",
                                                   "securities_loss",
                                                   "nuclear",
                                                   "sanctioned_recipient",
                                                   "betterment",
                                                   "personal_conduct",
                                                   "planned_maintenance",
                                                   "human_error",
                                                   "social_engineering",
                                                   "third_party_software",
                                                   "legacy_system",
                                                   "cross_border_transfer"};

BilingualText read_pair(NodeReader reader) {
  BilingualText text{.zh = reader.text("zh"), .en = reader.text("en")};
  reader.finish();
  return text;
}

// ---- words of a table

template <class Kinds>
std::vector<std::string> codes_of(const Kinds& kinds) {
  std::vector<std::string> out;
  for (const auto& kind : kinds) out.emplace_back(kind.code);
  return out;
}

domain::CoverCode read_head(NodeReader& reader, std::string_view key) {
  const std::string head = reader.text(key);
  if (!reader.refused() && !domain::find_head(head)) {
    std::vector<std::string> known = codes_of(domain::cover_kinds());
    for (std::string& sub : codes_of(domain::sub_heads())) known.push_back(std::move(sub));
    reader.refuse(key, refusals::kHeadUnknown, {{"head", head}, {"nearest", nearest(head, known)}});
  }
  return {head};
}

void check_causes(NodeReader& root, const std::vector<std::string>& causes) {
  const std::span<const std::string_view> known = known_causes();
  for (const std::string& cause : causes) {
    if (std::find(known.begin(), known.end(), cause) != known.end()) continue;
    return root.refuse(
        "causes", refusals::kCauseUnknown,
        {{"cause", cause}, {"nearest", nearest(cause, {known.begin(), known.end()})}});
  }
}

std::string read_country(NodeReader& reader, std::string_view key, std::string_view fallback) {
  const std::string code = reader.text_or(key, fallback);
  const bool two = code.size() == 2 && std::all_of(code.begin(), code.end(), [](char letter) {
                     return letter >= 'A' && letter <= 'Z';
                   });
  if (!two && !reader.refused())
    reader.refuse(key, refusals::kCountryMalformed, {{"country", code}});
  return code;
}

std::vector<std::string> read_words(NodeReader& root, std::string_view key) {
  std::vector<std::string> words = root.texts_or_empty(key);
  for (const std::string& word : words) {
    if (!parse_name_text(word, key).ok()) root.refuse(key, anlan::refusals::kNameMalformed);
  }
  return words;
}

// ---- rates and amounts

// "7.10": at most six decimals, above zero, below a million.
std::int64_t millionths_of(std::string_view text) {
  const std::size_t point = text.find('.');
  std::string digits(text.substr(0, point));
  std::string decimals(point == std::string_view::npos ? "" : text.substr(point + 1));
  if (digits.empty() || digits.size() > 6 || decimals.size() > 6) return 0;
  if (point != std::string_view::npos && decimals.empty()) return 0;
  decimals.resize(6, '0');
  digits += decimals;
  std::int64_t out = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
  return error == std::errc() && end == digits.data() + digits.size()
             ? std::max<std::int64_t>(out, 0)
             : 0;
}

Currency read_currency(NodeReader& reader, std::string_view key, Currency fallback) {
  Currency out = fallback;
  const std::string code = reader.text_or(key, currency_code(fallback));
  if (!reader.refused() && !parse_currency_code(code, out)) {
    reader.refuse(key, anlan::refusals::kMoneyCurrency, {{"expected", "CNY"}, {"currency", "CNY"}});
  }
  return out;
}

ScriptRate read_rate(NodeReader& reader) {
  ScriptRate rate{.currency = read_currency(reader, "currency", Currency::kCny),
                  .millionths = millionths_of(reader.text("rate"))};
  if (reader.has("date")) reader.date("date");
  rate.source = reader.text("source");
  reader.finish();
  if (rate.millionths == 0) {
    reader.refuse("rate", refusals::kScriptRate,
                  {{"currency", std::string(currency_code(rate.currency))}});
  }
  return rate;
}

bool has_rate(const Script& script, Currency currency) {
  return currency == script.currency ||
         std::any_of(script.rates.begin(), script.rates.end(),
                     [&](const ScriptRate& rate) { return rate.currency == currency; });
}

// ---- what was lost

ScriptLoss read_loss(NodeReader& reader, const Script& script) {
  ScriptLoss loss{.head = read_head(reader, "head")};
  const Currency currency = read_currency(reader, "currency", script.currency);
  loss.amount = reader.money("amount", currency);
  loss.betterment = reader.money_or("betterment", currency, Money::zero(currency));
  loss.after_hours = reader.whole_or("after_hours", 0, kAfterHoursMax, 0);
  loss.paid_after_hours = reader.whole_or_null("paid_after_hours", 0, kAfterHoursMax);
  loss.vendor = reader.text_or("vendor", "");
  loss.note = {.zh = reader.text_or("note_zh", ""), .en = reader.text_or("note_en", "")};
  reader.finish();
  if (reader.refused()) return loss;
  if (!has_rate(script, currency)) {
    reader.refuse("currency", refusals::kScriptRate,
                  {{"currency", std::string(currency_code(currency))}});
  }
  if (loss.betterment > loss.amount) {
    reader.refuse("betterment", anlan::refusals::kOutOfRange,
                  {{"min", "0.00"}, {"max", to_decimal(loss.amount)}});
  }
  if (loss.paid_after_hours && *loss.paid_after_hours < loss.after_hours) {
    reader.refuse("paid_after_hours", refusals::kScriptTimes, {{"earlier", "after_hours"}});
  }
  if (domain::belongs_to(loss.head.text, kMitigationHead)) {
    reader.refuse("head", refusals::kScriptHead, {{"head", loss.head.text}});
  }
  return loss;
}

ScriptStretch read_stretch(NodeReader& reader) {
  ScriptStretch out{.hours = reader.whole("hours", 1, kHoursMax),
                    .lost = reader.percent("lost"),
                    .gap = reader.whole_or("gap", 0, kHoursMax, 0)};
  reader.finish();
  return out;
}

void add_hours(NodeReader& reader, ScriptOutage& out) {
  for (NodeReader& item : reader.list("stretches")) {
    const ScriptStretch stretch = read_stretch(item);
    if (out.stretches.empty() && stretch.gap != 0) {
      item.refuse("gap", anlan::refusals::kOutOfRange, {{"min", "0"}, {"max", "0"}});
    }
    out.stretches.push_back(stretch);
    if (reader.refused()) return;
    const Int128 lost =
        half_up(static_cast<Int128>(out.profit_per_hour->minor()) * stretch.lost.ppm(), kMillion);
    out.hourly.insert(out.hourly.end(), static_cast<std::size_t>(stretch.hours),
                      static_cast<std::int64_t>(lost));
    if (out.hourly.size() > static_cast<std::size_t>(kHoursMax)) {
      return item.refuse("hours", anlan::refusals::kOutOfRange,
                         {{"min", "1"}, {"max", std::to_string(kHoursMax)}});
    }
  }
}

std::optional<ScriptOutage> read_outage(NodeReader& root, Currency currency) {
  if (!root.has("outage")) {
    root.table_or_empty("outage");
    return std::nullopt;
  }
  NodeReader reader = root.table("outage");
  ScriptOutage out{.section = read_head(reader, "section"),
                   .provider = reader.text_or("provider", "")};
  const bool by_hour = reader.has("hourly");
  if (by_hour == reader.has("profit_per_hour") || by_hour == reader.has("stretches")) {
    reader.refuse("hourly", refusals::kScriptCurve);
  }
  if (by_hour) {
    for (NodeReader& item : reader.list("hourly")) {
      out.hourly.push_back(item.as_money(currency).minor());
    }
    if (out.hourly.size() > static_cast<std::size_t>(kHoursMax)) {
      reader.refuse("hourly", anlan::refusals::kOutOfRange,
                    {{"min", "1"}, {"max", std::to_string(kHoursMax)}});
    }
  } else {
    out.profit_per_hour = reader.money("profit_per_hour", currency);
    add_hours(reader, out);
  }
  reader.finish();
  Int128 total = 0;
  for (const std::int64_t hour : out.hourly) total += hour;
  if (total > kAmountMax) {
    reader.refuse(by_hour ? "hourly" : "profit_per_hour", anlan::refusals::kMoneyTooLarge);
  }
  return out;
}

// ---- what is known of it

ScriptSource read_source(NodeReader& reader) {
  ScriptSource source{.title = reader.text("title"),
                      .publisher = reader.text("publisher"),
                      .date = reader.text("date"),
                      .note = reader.text_or("note", "")};
  reader.finish();
  const bool year = source.date.size() == 4 &&
                    std::all_of(source.date.begin(), source.date.end(),
                                [](char digit) { return digit >= '0' && digit <= '9'; });
  const bool month = source.date.size() == 7 && parse_date(source.date + "-01", "date").ok();
  if (!reader.refused() && !year && !month && !parse_date(source.date, "date").ok()) {
    reader.refuse("date", anlan::refusals::kDateInvalid);
  }
  return source;
}

ScriptCompany read_company(NodeReader reader, Currency currency) {
  ScriptCompany out;
  const std::string sector = reader.text("sector");
  if (!reader.refused()) {
    const auto parsed = domain::parse_sector(sector, reader.child("sector"));
    if (parsed.ok()) {
      out.sector = parsed.value();
    } else {
      reader.refuse("sector", parsed.refusal().code, parsed.refusal().args);
    }
  }
  out.revenue = reader.money("revenue", currency);
  out.employees = reader.whole("employees", 1, kEmployeesMax);
  reader.finish();
  if (!reader.refused() && out.revenue.is_zero()) {
    reader.refuse("revenue", anlan::refusals::kOutOfRange,
                  {{"min", "0.01"}, {"max", to_decimal(Money::from_minor(kAmountMax, currency))}});
  }
  return out;
}

std::optional<ScriptVulnerability> read_vulnerability(NodeReader& root) {
  NodeReader reader = root.table_or_empty("vulnerability");
  if (!root.has("vulnerability")) return std::nullopt;
  ScriptVulnerability out{.id = reader.text_or("id", "")};
  if (reader.has("fix_available")) out.fix_available = reader.date("fix_available");
  reader.finish();
  return out;
}

std::optional<ScriptAttribution> read_attribution(NodeReader& root) {
  NodeReader reader = root.table_or_empty("attribution");
  if (!root.has("attribution")) return std::nullopt;
  ScriptAttribution out{.source = reader.choice<domain::AttributionSource>("source")};
  if (reader.has("date")) out.date = reader.date("date");
  if (reader.has("confidence")) out.confidence = reader.percent("confidence");
  if (reader.has("state")) out.state = read_country(reader, "state", "");
  out.state_impaired = reader.flag("state_impaired", false);
  out.bystanding = reader.flag("bystanding", false);
  reader.finish();
  return out;
}

std::map<std::string, Money> read_amounts(NodeReader reader, Currency currency) {
  std::map<std::string, Money> out;
  for (NodeReader::Entry& entry : reader.entries()) {
    out[entry.key] = entry.value.as_money(currency);
    if (domain::find_head(entry.key)) continue;
    const std::vector<std::string> known = codes_of(domain::cover_kinds());
    reader.refuse(entry.key, refusals::kHeadUnknown,
                  {{"head", entry.key}, {"nearest", nearest(entry.key, known)}});
  }
  return out;
}

void read_beside(NodeReader& root, Script& script) {
  script.vulnerability = read_vulnerability(root);
  script.attribution = read_attribution(root);
  const Money none = Money::zero(script.currency);
  NodeReader other = root.table_or_empty("other_insurance");
  if (root.has("other_insurance")) {
    script.other_insurance = {.sum_insured = other.money("sum_insured", script.currency),
                              .paid = other.money_or("paid", script.currency, none)};
    other.finish();
  }
  NodeReader values = root.table_or_empty("values");
  if (!root.has("values")) return;
  script.values = {.declared = read_amounts(values.table_or_empty("declared"), script.currency),
                   .actual = read_amounts(values.table_or_empty("actual"), script.currency)};
  values.finish();
}

// ---- rules about the whole

std::string stem_of(const std::string& file) {
  const std::size_t slash = file.rfind('/');
  const std::string name = slash == std::string::npos ? file : file.substr(slash + 1);
  return name.substr(0, name.rfind('.'));
}

// A path begins with a key of the file; a sentence is not held against it.
void check_assumptions(NodeReader& root, const Script& script) {
  for (const std::string& text : script.assumptions) {
    const bool path = std::all_of(text.begin(), text.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '[' ||
             c == ']' || c == '*';
    });
    const std::string first = text.substr(0, text.find_first_of(".["));
    if (!path || root.node().find(first)) continue;
    return root.refuse("assumptions", refusals::kScriptAssumption, {{"path", text}});
  }
}

void check_whole(NodeReader& root, const Script& script, const std::string& file) {
  if (root.refused()) return;
  if (script.id != stem_of(file)) {
    root.refuse("id", refusals::kScriptName, {{"file", stem_of(file)}});
  }
  if (script.kind == ScriptKind::kPublic && script.sources.empty()) {
    root.refuse("sources", refusals::kScriptSource);
  }
  if (script.discovered < script.occurred) {
    root.refuse("discovered", refusals::kScriptTimes, {{"earlier", "occurred"}});
  }
  if (script.reported && *script.reported < script.discovered) {
    root.refuse("reported", refusals::kScriptTimes, {{"earlier", "discovered"}});
  }
  if (!script.outage && script.losses.empty() && script.mitigation.is_zero()) {
    root.refuse("losses", refusals::kScriptEmpty);
  }
  check_assumptions(root, script);
}

void read_facts(NodeReader& root, Script& script) {
  script.peril = root.name<domain::PerilTag>("peril");
  if (!root.refused() && !domain::find_peril_kind(script.peril.text)) {
    root.refuse("peril", refusals::kPerilUnknown,
                {{"peril", script.peril.text},
                 {"nearest", nearest(script.peril.text, codes_of(domain::peril_kinds()))}});
  }
  script.causes = root.texts_or_empty("causes");
  check_causes(root, script.causes);
  script.occurred = root.instant("occurred");
  script.discovered = root.instant("discovered");
  if (root.has("reported")) script.reported = root.instant("reported");
  script.location = read_country(root, "location", "CN");
  script.records = root.whole_or("records", 0, kRecordsMax, 0);
  script.parties = read_words(root, "parties");
  script.conditions_met = read_words(root, "conditions_met");
}

Script read_all(NodeReader& root, const std::string& file) {
  Script script;
  script.id = root.name<WordTag>("id").text;
  script.kind = root.choice<ScriptKind>("kind");
  script.version = root.text("version");
  script.title = read_pair(root.table("title"));
  script.story = read_pair(root.table("story"));
  for (NodeReader& item : root.list_or_empty("sources")) {
    script.sources.push_back(read_source(item));
  }
  script.assumptions = root.texts_or_empty("assumptions");
  read_facts(root, script);
  root.text("currency");
  script.currency = read_currency(root, "currency", Currency::kCny);
  for (NodeReader& item : root.list_or_empty("rates")) script.rates.push_back(read_rate(item));
  script.company = read_company(root.table("company"), script.currency);
  script.outage = read_outage(root, script.currency);
  for (NodeReader& item : root.list_or_empty("losses")) {
    script.losses.push_back(read_loss(item, script));
    if (script.outage && script.outage->section == script.losses.back().head) {
      item.refuse("head", refusals::kScriptHead, {{"head", script.losses.back().head.text}});
    }
  }
  script.mitigation = root.money_or("mitigation", script.currency, Money::zero(script.currency));
  read_beside(root, script);
  root.finish();
  check_whole(root, script, file);
  return script;
}

Money scaled(const Script& script, Money amount, Money revenue) {
  const Money own = in_script_currency(script, amount);
  const Int128 out =
      half_up(static_cast<Int128>(own.minor()) * revenue.minor(), script.company.revenue.minor());
  return Money::from_minor(static_cast<std::int64_t>(std::min<Int128>(out, kAmountMax)),
                           revenue.currency());
}

// Explicit hours keep their shape: the largest one stands for the full profit of an hour.
void scale_hours(ScriptOutage& outage, Money profit) {
  const std::int64_t full = outage.profit_per_hour
                                ? outage.profit_per_hour->minor()
                                : *std::max_element(outage.hourly.begin(), outage.hourly.end());
  const std::int64_t most = kAmountMax / static_cast<std::int64_t>(outage.hourly.size());
  for (std::int64_t& hour : outage.hourly) {
    const Int128 now =
        full == 0 ? Int128{0} : half_up(static_cast<Int128>(hour) * profit.minor(), full);
    hour = static_cast<std::int64_t>(std::min<Int128>(now, most));
  }
  if (outage.profit_per_hour) outage.profit_per_hour = profit;
}

}  // namespace

std::span<const std::string_view> known_causes() { return kCauses; }

std::optional<std::int64_t> Script::days_unpatched() const {
  if (!vulnerability || !vulnerability->fix_available) return std::nullopt;
  return std::max<std::int64_t>(0, days_between(*vulnerability->fix_available, date_of(occurred)));
}

Result<Script> read_script(const Node& root, const std::string& file) {
  ReadReport report(file);
  NodeReader reader(root, report, "script");
  return report.result(read_all(reader, file));
}

Money in_script_currency(const Script& script, Money amount) {
  if (amount.currency() == script.currency) return amount;
  const auto rate =
      std::find_if(script.rates.begin(), script.rates.end(),
                   [&](const ScriptRate& r) { return r.currency == amount.currency(); });
  ANLAN_CHECK(rate != script.rates.end());
  const Int128 out = half_up(static_cast<Int128>(amount.minor()) * rate->millionths, kMillion);
  return Money::from_minor(static_cast<std::int64_t>(std::min<Int128>(out, kAmountMax)),
                           script.currency);
}

Script scaled_to(const Script& script, Money revenue, Money profit_per_hour) {
  Script out = script;
  out.currency = revenue.currency();
  out.rates.clear();
  const auto scale = [&](Money& amount) { amount = scaled(script, amount, revenue); };
  for (ScriptLoss& loss : out.losses) {
    scale(loss.amount);
    scale(loss.betterment);
  }
  scale(out.mitigation);
  if (out.other_insurance) {
    scale(out.other_insurance->sum_insured);
    scale(out.other_insurance->paid);
  }
  for (auto& [code, value] : out.values.declared) scale(value);
  for (auto& [code, value] : out.values.actual) scale(value);
  if (out.outage) scale_hours(*out.outage, profit_per_hour);
  out.company.revenue = revenue;
  return out;
}

}  // namespace anlan::terms
