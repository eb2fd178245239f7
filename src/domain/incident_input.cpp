#include "domain/incident_input.h"

#include <array>
#include <bitset>
#include <string>

#include <fmt/core.h>

#include "base/node_reader.h"
#include "base/refusals.h"
#include "domain/input_refusals.h"
#include "domain/peril.h"

namespace anlan::domain {
namespace {

constexpr std::array<std::string_view, 7> kDays = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
constexpr std::size_t kHoursOfDay = 24;
constexpr std::size_t kHoursOfWeek = kDays.size() * kHoursOfDay;

int day_of(std::string_view word) {
  for (std::size_t i = 0; i < kDays.size(); ++i) {
    if (kDays[i] == word) return static_cast<int>(i);
  }
  return -1;
}

// "mon", "mon-sat" (never wrapping round the week); false: neither.
bool add_days(std::string_view part, std::bitset<7>& days) {
  const std::size_t dash = part.find('-');
  const int first = day_of(part.substr(0, dash));
  const int last = dash == std::string_view::npos ? first : day_of(part.substr(dash + 1));
  if (first < 0 || last < first) return false;
  for (int day = first; day <= last; ++day) days.set(static_cast<std::size_t>(day));
  return true;
}

bool read_days(std::string_view text, std::bitset<7>& days) {
  for (;;) {
    const std::size_t comma = text.find(',');
    if (!add_days(text.substr(0, comma), days)) return false;
    if (comma == std::string_view::npos) return true;
    text.remove_prefix(comma + 1);
  }
}

int two_digits(std::string_view text) {
  const bool are_digits =
      text.size() == 2 && text[0] >= '0' && text[0] <= '9' && text[1] >= '0' && text[1] <= '9';
  return are_digits ? (text[0] - '0') * 10 + (text[1] - '0') : -1;
}

struct HourRange {
  int from = -1;
  int until = -1;
};

bool read_hours(std::string_view text, HourRange& range) {
  if (text.size() != 5 || text[2] != '-') return false;
  range = {.from = two_digits(text.substr(0, 2)), .until = two_digits(text.substr(3))};
  return range.from >= 0 && range.until > range.from && range.until <= 24;
}

Digest read_evidence(NodeReader& reader) {
  const std::string text = reader.text_or("evidence", "");
  if (reader.refused() || text.empty()) return {};
  const auto digest = parse_digest(text, reader.child("evidence"));
  if (digest.ok()) return digest.value();
  reader.refuse("evidence", digest.refusal().code, digest.refusal().args);
  return {};
}

struct HourPlace {
  std::size_t day;
  std::size_t hour;
};

struct WeekProfile {
  std::vector<std::int64_t> amounts = std::vector<std::int64_t>(kHoursOfWeek, 0);
  std::bitset<kHoursOfWeek> stated;
  // False: the hour has an amount already.
  bool state(HourPlace place, std::int64_t amount) {
    const std::size_t at = place.day * kHoursOfDay + place.hour;
    if (stated.test(at)) return false;
    stated.set(at);
    amounts[at] = amount;
    return true;
  }
};

void state_line(NodeReader& line, const std::bitset<7>& days, const HourRange& hours, Money amount,
                WeekProfile& week) {
  for (std::size_t day = 0; day < kDays.size(); ++day) {
    for (int hour = hours.from; days.test(day) && hour < hours.until; ++hour) {
      const HourPlace place{.day = day, .hour = static_cast<std::size_t>(hour)};
      if (week.state(place, amount.minor())) continue;
      return line.refuse("hours", kHourStatedTwice,
                         {{.name = "day", .value = std::string(kDays[day])},
                          {.name = "hour", .value = fmt::format("{:02}", hour)}});
    }
  }
}

// The currency of the key, or the policy's.
Currency read_currency(NodeReader& reader, Currency own) {
  if (!reader.has("currency")) return own;
  const std::string code = reader.text("currency");
  Currency currency = own;
  if (!reader.refused() && !parse_currency_code(code, currency)) {
    reader.refuse("currency", anlan::refusals::kMoneyCurrency,
                  {{.name = "expected", .value = "CNY | HKD | USD | EUR"}});
  }
  return currency;
}

void check_place(NodeReader& reader, std::string_view key, const std::string& place) {
  if (!place.empty() && !is_country_code(place)) reader.refuse(key, kPlaceMalformed);
}

std::vector<std::int64_t> read_profile(NodeReader& reader, Currency currency) {
  WeekProfile week;
  for (NodeReader& line : reader.list("profile")) {
    const std::string days_text = line.text("days");
    const std::string hours_text = line.text("hours");
    const Money amount = line.money("amount", currency);
    line.finish();
    if (line.refused()) break;
    std::bitset<7> days;
    HourRange hours;
    if (!read_days(days_text, days)) {
      line.refuse("days", kWeekdaysMalformed);
    } else if (!read_hours(hours_text, hours)) {
      line.refuse("hours", kHoursMalformed);
    } else {
      state_line(line, days, hours, amount, week);
    }
  }
  return week.amounts;
}

std::vector<SalesRecord> read_sales(NodeReader& reader, Currency currency) {
  std::vector<SalesRecord> sales;
  for (NodeReader& item : reader.list_or_empty("sales")) {
    SalesRecord record{.from = item.instant("from"),
                       .until = item.instant("until"),
                       .gross_profit = item.money("gross_profit", currency),
                       .evidence = read_evidence(item)};
    item.finish();
    sales.push_back(std::move(record));
  }
  return sales;
}

// A cover of the taxonomy, or a sub-head of one.
CoverCode read_head(NodeReader& reader, std::string_view key) {
  const auto code = reader.name<CoverTag>(key);
  if (reader.refused() || find_head(code.text) != nullptr) return code;
  std::vector<std::string> known;
  for (const CoverKind& kind : cover_kinds()) known.emplace_back(kind.code);
  for (const CoverKind& kind : sub_heads()) known.emplace_back(kind.code);
  reader.refuse(key, kIncidentHeadUnknown,
                {{.name = "nearest", .value = nearest(code.text, known)}});
  return code;
}

std::vector<InterruptionStretch> read_again(NodeReader& reader) {
  std::vector<InterruptionStretch> again;
  for (NodeReader& line : reader.list_or_empty("again")) {
    InterruptionStretch stretch{.started = line.instant("started"),
                                .restored = line.instant("restored")};
    if (line.has("stopped")) stretch.stopped_ppm = line.percent("stopped").ppm();
    line.finish();
    again.push_back(stretch);
  }
  return again;
}

InterruptionStatement read_interruption(NodeReader reader, Currency own) {
  InterruptionStatement statement;
  const Currency currency = read_currency(reader, own);
  if (currency != own) statement.currency = currency;
  statement.section = read_head(reader, "section");
  statement.provider = reader.text_or("provider", "");
  statement.started = reader.instant("started");
  statement.restored = reader.instant("restored");
  if (reader.has("stopped")) statement.stopped_ppm = reader.percent("stopped").ppm();
  statement.weekly_profit = read_profile(reader, currency);
  statement.sales = read_sales(reader, currency);
  statement.again = read_again(reader);
  reader.finish();
  return statement;
}

std::vector<LossItem> read_items(NodeReader& reader, Currency own) {
  std::vector<LossItem> items;
  for (NodeReader& line : reader.list_or_empty("items")) {
    const Currency currency = read_currency(line, own);
    LossItem item{.head = read_head(line, "head"),
                  .amount = line.money("amount", currency),
                  .betterment = line.money_or("betterment", currency, Money::zero(currency)),
                  .note = line.text_or("note", ""),
                  .evidence = read_evidence(line)};
    if (line.has("paid")) item.paid = line.instant("paid");
    if (line.has("incurred")) item.incurred = line.instant("incurred");
    item.vendor = line.text_or("vendor", "");
    line.finish();
    items.push_back(std::move(item));
  }
  return items;
}

// "7.10" in millionths: up to six decimals, above zero, at most kRateMost; -1: not that.
constexpr std::int64_t kRateMost = 1'000'000;
std::int64_t rate_of(std::string_view text) {
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view part =
      point == std::string_view::npos ? std::string_view("0") : text.substr(point + 1);
  if (whole.empty() || whole.size() > 7 || part.empty() || part.size() > 6) return -1;
  std::int64_t rate = 0;
  for (const std::string_view digits : {whole, part}) {
    for (const char c : digits) {
      if (c < '0' || c > '9') return -1;
      rate = rate * 10 + (c - '0');
    }
  }
  for (std::size_t n = part.size(); n < 6; ++n) rate *= 10;
  return rate > 0 && rate <= kRateMost * 1'000'000 ? rate : -1;
}

std::vector<ExchangeRate> read_rates(NodeReader& reader, Currency own) {
  std::vector<ExchangeRate> rates;
  for (NodeReader& line : reader.list_or_empty("rates")) {
    line.text("currency");
    ExchangeRate rate{.currency = read_currency(line, own), .date = line.date("date")};
    const std::string text = line.text("rate");
    rate.source = line.text("source");
    line.finish();
    if (line.refused()) break;
    rate.rate_ppm = rate_of(text);
    if (rate.rate_ppm < 0) {
      line.refuse("rate", kRateMalformed, {{.name = "most", .value = std::to_string(kRateMost)}});
    }
    for (const ExchangeRate& other : rates) {
      if (other.currency == rate.currency && other.date == rate.date) {
        line.refuse("date", kRateTwice);
      }
    }
    rates.push_back(std::move(rate));
  }
  return rates;
}

// What no rate could ever convert; of which date it must be, the wording says.
void check_rates(NodeReader& reader, const LossStatement& loss, Currency own) {
  const auto check = [&](std::string_view key, Currency currency) {
    for (const ExchangeRate& rate : loss.rates) {
      if (rate.currency == currency) return;
    }
    if (currency == own) return;
    reader.refuse(key, kRateNotStated,
                  {{.name = "currency", .value = std::string(currency_code(currency))}});
  };
  for (const LossItem& item : loss.items) check("items", item.amount.currency());
  if (loss.interruption && loss.interruption->currency) {
    check("interruption", *loss.interruption->currency);
  }
}

std::optional<Attribution> read_attribution(NodeReader& root) {
  if (!root.has("attribution")) return std::nullopt;
  NodeReader reader = root.table("attribution");
  Attribution out{.source = reader.choice<AttributionSource>("source")};
  if (out.source != AttributionSource::kNone) {
    out.date = reader.date("date");
    out.confidence = reader.percent("confidence");
    out.state = reader.text_or("state", "");
  }
  out.state_impaired = reader.flag("state_impaired", false);
  out.bystanding = reader.flag("bystanding", false);
  reader.finish();
  check_place(reader, "state", out.state);
  return out;
}

std::vector<ConditionMet> read_conditions(NodeReader& reader) {
  std::vector<ConditionMet> conditions;
  for (NodeReader& item : reader.list_or_empty("conditions")) {
    ConditionMet condition;
    condition.condition = item.text("condition");
    condition.reference = item.text("reference");
    condition.evidence = read_evidence(item);
    if (item.has("met")) condition.met = item.instant("met");
    item.finish();
    conditions.push_back(std::move(condition));
  }
  return conditions;
}

Incident read_head_of_incident(NodeReader& reader) {
  Incident incident;
  incident.peril = reader.name<PerilTag>("peril");
  if (!reader.refused() && find_peril_kind(incident.peril.text) == nullptr) {
    std::vector<std::string> known;
    for (const PerilKind& kind : peril_kinds()) known.emplace_back(kind.code);
    reader.refuse("peril", kIncidentPerilUnknown,
                  {{.name = "nearest", .value = nearest(incident.peril.text, known)}});
  }
  incident.causes = reader.texts_or_empty("causes");
  incident.occurred = reader.instant("occurred");
  incident.discovered = reader.instant("discovered");
  incident.summary = reader.text("summary");
  incident.location = reader.text_or("location", "");
  check_place(reader, "location", incident.location);
  incident.attribution = read_attribution(reader);
  if (reader.has("first_claim")) incident.first_claim = reader.instant("first_claim");
  if (reader.has("circumstances")) incident.circumstances = reader.instant("circumstances");
  if (!reader.refused() && incident.discovered < incident.occurred) {
    reader.refuse("discovered", kDiscoveredBeforeIncident,
                  {{.name = "occurred", .value = to_text(incident.occurred)}});
  }
  return incident;
}

std::vector<StatedValue> read_values(NodeReader& reader, Currency currency) {
  std::vector<StatedValue> values;
  for (NodeReader& line : reader.list_or_empty("values")) {
    values.push_back({.section = read_head(line, "section"),
                      .declared = line.money("declared", currency),
                      .actual = line.money("actual", currency)});
    line.finish();
  }
  return values;
}

std::vector<LapseFound> read_lapses(NodeReader& reader) {
  std::vector<LapseFound> lapses;
  for (NodeReader& line : reader.list_or_empty("lapses")) {
    LapseFound lapse{.control = line.name<ControlTag>("control"), .from = line.date("from")};
    if (line.has("found_by")) lapse.found_by = line.name<ActorTag>("found_by");
    if (line.has("noticed_on")) lapse.noticed_on = line.date("noticed_on");
    if (line.has("cure_by")) lapse.cure_by = line.date("cure_by");
    if (line.has("cured_on")) lapse.cured_on = line.date("cured_on");
    lapse.withdrawn = line.flag("withdrawn", false);
    line.finish();
    lapses.push_back(std::move(lapse));
  }
  return lapses;
}

}  // namespace

Result<IncidentInput> read_incident(const Node& root, std::string_view file, Currency currency) {
  ReadReport report{std::string(file)};
  NodeReader reader(root, report, "incident");
  IncidentInput input;
  input.incident = read_head_of_incident(reader);
  input.loss.items = read_items(reader, currency);
  if (reader.has("interruption")) {
    input.loss.interruption = read_interruption(reader.table("interruption"), currency);
  }
  input.loss.mitigation = reader.money_or("mitigation", currency, Money::zero(currency));
  input.loss.rates = read_rates(reader, currency);
  input.conditions = read_conditions(reader);
  reader.finish();
  if (!reader.refused()) check_rates(reader, input.loss, currency);
  return report.result(std::move(input));
}

Result<IncidentFacts> read_incident_facts(const Node& root, std::string_view file,
                                          Currency currency) {
  ReadReport report{std::string(file)};
  NodeReader reader(root, report, "facts");
  IncidentFacts facts;
  facts.note = reader.text("note");
  facts.days_unpatched = reader.whole_or_null("days_unpatched", 0, kDaysUnpatchedMax);
  facts.provider = reader.text_or("provider", "");
  facts.location = reader.text_or("location", "");
  check_place(reader, "location", facts.location);
  if (reader.has("causes")) facts.causes = reader.texts_or_empty("causes");
  facts.attribution = read_attribution(reader);
  if (reader.has("other_insurance")) {
    NodeReader other = reader.table("other_insurance");
    facts.other_insurance = {.sum_insured = other.money("sum_insured", currency),
                             .paid = other.money_or("paid", currency, Money::zero(currency))};
    other.finish();
  }
  facts.values = read_values(reader, currency);
  facts.lapses = read_lapses(reader);
  reader.finish();
  return report.result(std::move(facts));
}

}  // namespace anlan::domain
