#include "underwriting/rules.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

#include "base/check.h"
#include "base/int128.h"
#include "domain/enterprise.h"
#include "underwriting/percent.h"
#include "underwriting/price.h"
#include "underwriting/refusals.h"

namespace anlan::underwriting {
namespace {

using domain::FactKind;
using domain::FactType;
using domain::RuleFinding;
using domain::RuleInput;
using domain::RuleOutcome;
using domain::SubjectivityTerms;

constexpr std::int64_t kCountMax = 1'000'000'000;
constexpr std::int64_t kPercentMax = 100'000;  // whole percent of the filed premium
constexpr std::int64_t kDaysMax = 3'650;
constexpr std::int64_t kPpmOfPercent = 10'000;
constexpr std::int64_t kFactorMin = 10;
constexpr std::int64_t kFactorMax = 1'000;

// What a test compares.
enum class Value : std::uint8_t { kMoney, kCount, kShare, kPercent, kFlag, kWords, kFact };

Value value_of(RuleTest test) {
  switch (test) {
    case RuleTest::kFact:
      return Value::kFact;
    case RuleTest::kControlGap:
    case RuleTest::kScore:
      return Value::kShare;
    case RuleTest::kControlProven:
    case RuleTest::kCii:
      return Value::kFlag;
    case RuleTest::kSector:
    case RuleTest::kRegion:
      return Value::kWords;
    case RuleTest::kRevenue:
    case RuleTest::kAggregate:
      return Value::kMoney;
    case RuleTest::kEmployees:
    case RuleTest::kIncidents:
    case RuleTest::kConflicts:
      return Value::kCount;
    case RuleTest::kLossRatio:
    case RuleTest::kTechnicalPrice:
      return Value::kPercent;
  }
  check_failed("a known test", __FILE__, __LINE__);
}

bool is_number(FactType type) {
  return type == FactType::kMoney || type == FactType::kShare || type == FactType::kCount;
}

bool is_ordered(RuleCompare compare) {
  return compare == RuleCompare::kAbove || compare == RuleCompare::kBelow ||
         compare == RuleCompare::kAtLeast || compare == RuleCompare::kAtMost;
}

bool suits(Value value, RuleCompare compare, const FactKind* fact) {
  switch (value) {
    case Value::kMoney:
    case Value::kCount:
    case Value::kShare:
    case Value::kPercent:
      return is_ordered(compare);
    case Value::kFlag:
      return compare == RuleCompare::kIs;
    case Value::kWords:
      return compare == RuleCompare::kIn || compare == RuleCompare::kNotIn;
    case Value::kFact:
      if (fact != nullptr && is_number(fact->type)) return is_ordered(compare);
      return compare == RuleCompare::kIs || compare == RuleCompare::kIn ||
             compare == RuleCompare::kNotIn;
  }
  check_failed("a known value", __FILE__, __LINE__);
}

std::string allowed_for(Value value, const FactKind* fact) {
  std::string list;
  for (const auto& entry : enum_names(static_cast<RuleCompare*>(nullptr))) {
    if (suits(value, entry.value, fact))
      list += (list.empty() ? "" : ", ") + std::string(entry.name);
  }
  return list;
}

std::int64_t whole_of(std::string_view text) {
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

// ---- reading

class CheckReader {
 public:
  explicit CheckReader(NodeReader& reader) : reader_(reader) {}

  RuleCheck read() {
    RuleCheck check{.test = reader_.choice<RuleTest>("test")};
    read_subject(check);
    const std::optional<RuleCompare> compare = comparison(check);
    const bool unknown_fact = check.test == RuleTest::kFact && fact_ == nullptr;
    if (!compare || unknown_fact) return check;  // whatever else stands there, this comes first
    check.compare = *compare;
    read_value(check, name_of(*compare));
    reader_.finish();
    return check;
  }

 private:
  void read_subject(RuleCheck& check) {
    const bool by_name = check.test == RuleTest::kFact || check.test == RuleTest::kControlGap ||
                         check.test == RuleTest::kControlProven;
    check.of = by_name ? reader_.text("of") : reader_.text_or("of", "");
    if (!by_name) {
      if (!check.of.empty()) refuse_subject(check);
      return;
    }
    if (check.test != RuleTest::kFact || check.of.empty()) return;
    fact_ = domain::find_fact_kind(check.of);
    if (fact_ == nullptr) refuse_subject(check);
  }

  void refuse_subject(const RuleCheck& check) {
    std::vector<std::string> known;
    if (check.test == RuleTest::kFact) {
      for (const FactKind& kind : domain::fact_kinds()) known.emplace_back(kind.name);
    }
    reader_.refuse_value("of", refusals::kRuleSubject,
                         {{.name = "test", .value = std::string(name_of(check.test))},
                          {.name = "nearest", .value = nearest(check.of, known)}});
  }

  // The one comparison that stands in the table.
  std::optional<RuleCompare> comparison(const RuleCheck& check) {
    const Value value = value_of(check.test);
    std::optional<RuleCompare> found;
    bool several = false;
    for (const auto& entry : enum_names(static_cast<RuleCompare*>(nullptr))) {
      if (!reader_.has(entry.name)) continue;
      several = several || found;
      found = entry.value;
    }
    if (found && !several && suits(value, *found, fact_)) return found;
    reader_.refuse(found ? name_of(*found) : std::string_view("test"), refusals::kRuleComparison,
                   {{.name = "test", .value = std::string(name_of(check.test))},
                    {.name = "allowed", .value = allowed_for(value, fact_)}});
    return {};
  }

  void read_value(RuleCheck& check, std::string_view key) {
    switch (value_of(check.test)) {
      case Value::kMoney:
        check.number = reader_.money(key, Currency::kCny).minor();
        return;
      case Value::kCount:
        check.number = reader_.whole(key, 0, kCountMax);
        return;
      case Value::kShare:
        check.number = reader_.percent(key).ppm();
        return;
      case Value::kPercent:
        check.number = reader_.whole(key, 0, kPercentMax) * kPpmOfPercent;
        return;
      case Value::kFlag:
        check.number = reader_.flag(key, false) ? 1 : 0;
        return;
      case Value::kWords:
        check.words = reader_.texts(key);
        return;
      case Value::kFact:
        read_fact_value(check, key);
        return;
    }
  }

  void read_fact_value(RuleCheck& check, std::string_view key) {
    if (fact_ == nullptr) return;
    std::vector<std::string> typed;
    if (check.compare == RuleCompare::kIn || check.compare == RuleCompare::kNotIn) {
      typed = reader_.texts(key);
    } else {
      typed = {reader_.text(key)};
    }
    for (const std::string& text : typed) {
      if (text.empty()) continue;  // refused above
      const auto value = domain::canonical_fact_value(*fact_, text, reader_.child(key));
      if (!value.ok()) {
        reader_.refuse_value(key, value.refusal().code, value.refusal().args);
        return;
      }
      if (is_number(fact_->type)) {
        check.number = whole_of(*value);
      } else {
        check.words.push_back(*value);
      }
    }
  }

  NodeReader& reader_;
  const FactKind* fact_ = nullptr;
};

void read_evidence(NodeReader& reader, SubjectivityTerms& terms) {
  terms.clears = reader.choice_or("clears", domain::ClearedBy::kPerson);
  terms.subject = reader.text_or("subject", "");
  terms.answers = reader.texts_or_empty("answers");
  const bool named = !terms.subject.empty();
  if (named == (terms.clears == domain::ClearedBy::kPerson)) {
    reader.refuse("subject", refusals::kRuleSubject,
                  {{.name = "test", .value = std::string(name_of(terms.clears))},
                   {.name = "nearest", .value = ""}});
  }
  if (terms.clears != domain::ClearedBy::kFactDocumented || !named) return;
  if (domain::find_fact_kind(terms.subject) != nullptr) return;
  std::vector<std::string> known;
  for (const FactKind& kind : domain::fact_kinds()) known.emplace_back(kind.name);
  reader.refuse_value("subject", refusals::kRuleSubject,
                      {{.name = "test", .value = std::string(name_of(terms.clears))},
                       {.name = "nearest", .value = nearest(terms.subject, known)}});
}

SubjectivityTerms read_terms(NodeReader& reader) {
  SubjectivityTerms terms;
  terms.owner = reader.choice_or("owner", domain::Role::kPolicyholder);
  terms.days = static_cast<std::uint32_t>(reader.whole("days", 0, kDaysMax));
  read_evidence(reader, terms);
  terms.effect = reader.choice<domain::SubjectivityEffect>("effect");
  return terms;
}

// A part that belongs to one outcome only.
void check_part(NodeReader& reader, std::string_view part, bool needed, RuleOutcome outcome) {
  if (reader.has(part) == needed) return;
  reader.refuse(needed ? std::string_view("then") : part, refusals::kRulePart,
                {{.name = "part", .value = std::string(part)},
                 {.name = "outcome", .value = std::string(name_of(outcome))}});
}

Rule read_rule(NodeReader& reader, std::set<std::string>& codes) {
  Rule rule;
  rule.code = reader.text("code");
  if (!rule.code.empty() && !codes.insert(rule.code).second)
    reader.refuse_value("code", refusals::kRuleCodeTwice);
  for (NodeReader& item : reader.list("when")) rule.when.push_back(CheckReader(item).read());
  rule.outcome = reader.choice<RuleOutcome>("then");
  rule.zh = reader.text("zh");
  rule.en = reader.text("en");
  const bool conditional = rule.outcome == RuleOutcome::kCondition;
  const bool factor = rule.outcome == RuleOutcome::kFactor;
  if (reader.has("then")) {
    check_part(reader, "condition", conditional, rule.outcome);
    check_part(reader, "factor_percent", factor, rule.outcome);
  }
  if (reader.has("condition")) {
    NodeReader table = reader.table("condition");
    SubjectivityTerms terms = read_terms(table);
    table.finish();
    terms.code = rule.code;
    terms.zh = rule.zh;
    terms.en = rule.en;
    rule.condition = std::move(terms);
  }
  if (reader.has("factor_percent")) {
    rule.factor_ppm = static_cast<std::uint32_t>(
        reader.whole("factor_percent", kFactorMin, kFactorMax) * kPpmOfPercent);
  }
  reader.finish();
  return rule;
}

domain::AuthorityRow read_authority(NodeReader& reader) {
  const Money none = Money::zero(Currency::kCny);
  domain::AuthorityRow row;
  row.role = reader.choice_or("role", domain::Role::kUnderwriter);
  row.authority_from = reader.money("authority_from", Currency::kCny);
  row.limit_alone = reader.money("limit_alone", Currency::kCny);
  row.limit_two = reader.money_or("limit_two", Currency::kCny, none);
  row.sectors = reader.texts_or_empty("sectors");
  row.sectors_excluded = reader.texts_or_empty("sectors_excluded");
  if (reader.has("score_min")) row.score_min = reader.percent("score_min");
  row.cii = reader.flag("cii", false);
  row.outside_range = reader.flag("outside_range", false);
  if (!row.limit_two.is_zero() && row.limit_two < row.limit_alone)
    reader.refuse("limit_two", refusals::kAuthorityBand,
                  {{.name = "alone", .value = to_grouped(row.limit_alone)}});
  reader.finish();
  return row;
}

void read_matrix(NodeReader& reader, RuleSet& set) {
  for (NodeReader& item : reader.list("authority")) {
    const domain::AuthorityRow row = read_authority(item);
    const bool twice =
        std::any_of(set.authority.begin(), set.authority.end(), [&](const auto& known) {
          return known.role == row.role && known.authority_from == row.authority_from;
        });
    if (twice) item.refuse("authority_from", refusals::kAuthorityTwice);
    set.authority.push_back(row);
  }
}

// ---- judging

const domain::Fact* fact_of(const domain::JudgedRisk& judged, std::string_view name) {
  return domain::find_fact(judged.facts, name);
}

bool contains(const std::vector<domain::ControlName>& controls, std::string_view name) {
  return std::any_of(controls.begin(), controls.end(),
                     [&](const domain::ControlName& each) { return each.text == name; });
}

// A control without a state counts as absent, as in the triage.
std::int64_t gap_of(const domain::Quote& quote, std::string_view control) {
  for (const domain::ControlState& state : quote.controls.get()) {
    if (state.control.text == control) return state.gap.ppm();
  }
  return Share::kWhole;
}

// What is known; none: nobody knows it.
std::optional<std::int64_t> number_of(const RuleCheck& check, const domain::Quote& quote) {
  const domain::JudgedRisk judged = quote.judged.get();
  switch (check.test) {
    case RuleTest::kFact: {
      const domain::Fact* fact = fact_of(judged, check.of);
      if (fact == nullptr) return {};
      return whole_of(fact->value);
    }
    case RuleTest::kControlGap:
      return gap_of(quote, check.of);
    case RuleTest::kControlProven:
      return contains(judged.proven, check.of) ? 1 : 0;
    case RuleTest::kRevenue:
      return judged.revenue.minor();
    case RuleTest::kEmployees:
      return judged.employees;
    case RuleTest::kIncidents:
      return judged.incidents;
    case RuleTest::kLossRatio:
      return static_cast<std::int64_t>(ratio_ppm(quote.parts.expected_loss, quote.filed_premium));
    case RuleTest::kTechnicalPrice:
      return static_cast<std::int64_t>(ratio_ppm(quote.parts.technical_gross, quote.filed_premium));
    case RuleTest::kAggregate:
      return quote.aggregate_limit.minor();
    case RuleTest::kCii:
      return judged.cii_operator ? 1 : 0;
    case RuleTest::kScore:
      return judged.score.ppm();
    case RuleTest::kConflicts:
      return static_cast<std::int64_t>(judged.conflicts.size());
    case RuleTest::kSector:
    case RuleTest::kRegion:
      break;
  }
  check_failed("a test of a number", __FILE__, __LINE__);
}

bool compared(std::int64_t found, RuleCompare compare, std::int64_t limit) {
  switch (compare) {
    case RuleCompare::kAbove:
      return found > limit;
    case RuleCompare::kBelow:
      return found < limit;
    case RuleCompare::kAtLeast:
      return found >= limit;
    case RuleCompare::kAtMost:
      return found <= limit;
    case RuleCompare::kIs:
      return found == limit;
    case RuleCompare::kIn:
    case RuleCompare::kNotIn:
      break;
  }
  check_failed("a comparison of numbers", __FILE__, __LINE__);
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

std::string number_text(Value value, const FactKind* fact, std::int64_t number) {
  const auto money = [&] { return to_grouped(Money::from_minor(number, Currency::kCny)); };
  switch (value) {
    case Value::kMoney:
      return money();
    case Value::kShare:
    case Value::kPercent:
      return percent_text(static_cast<std::uint64_t>(number));
    case Value::kFlag:
      return number == 1 ? "yes" : "no";
    case Value::kFact:
      if (fact->type == FactType::kMoney) return money();
      if (fact->type == FactType::kShare) return percent_text(static_cast<std::uint64_t>(number));
      return std::to_string(number);
    case Value::kCount:
    case Value::kWords:
      return std::to_string(number);
  }
  check_failed("a known value", __FILE__, __LINE__);
}

bool is_wordy(const RuleCheck& check) {
  if (check.test == RuleTest::kSector || check.test == RuleTest::kRegion) return true;
  return check.test == RuleTest::kFact && !is_ordered(check.compare);
}

std::optional<std::string> text_of(const RuleCheck& check, const domain::Quote& quote) {
  if (check.test == RuleTest::kSector) return quote.judged.get().sector;
  if (check.test == RuleTest::kRegion) return quote.judged.get().region;
  const domain::JudgedRisk judged = quote.judged.get();
  const domain::Fact* fact = fact_of(judged, check.of);
  if (fact == nullptr) return {};
  return fact->value;
}

bool holds_of_text(const RuleCheck& check, const std::string& found) {
  const bool by_prefix = check.test != RuleTest::kFact;
  const bool any = std::any_of(
      check.words.begin(), check.words.end(),
      [&](const std::string& word) { return by_prefix ? found.starts_with(word) : found == word; });
  return any == (check.compare != RuleCompare::kNotIn);
}

bool holds(const RuleCheck& check, const domain::Quote& quote) {
  if (is_wordy(check)) {
    const std::optional<std::string> found = text_of(check, quote);
    return found && holds_of_text(check, *found);
  }
  const std::optional<std::int64_t> found = number_of(check, quote);
  return found && compared(*found, check.compare, check.number);
}

const FactKind* fact_kind_of(const RuleCheck& check) {
  return check.test == RuleTest::kFact ? domain::find_fact_kind(check.of) : nullptr;
}

RuleInput input_of(const RuleCheck& check, const domain::Quote& quote) {
  RuleInput out{.test = std::string(name_of(check.test)), .value = {}, .limit = limit_of(check)};
  if (!check.of.empty()) out.test += " " + check.of;
  out.value = is_wordy(check) ? *text_of(check, quote)
                              : number_text(value_of(check.test), fact_kind_of(check),
                                            *number_of(check, quote));
  return out;
}

}  // namespace

std::string limit_of(const RuleCheck& check) {
  const std::string value =
      is_wordy(check) ? joined(check.words)
                      : number_text(value_of(check.test), fact_kind_of(check), check.number);
  return std::string(name_of(check.compare)) + " " + value;
}

RuleSet read_rules(const Node& root, ReadReport& report) {
  NodeReader reader(root, report, "rules");
  RuleSet set;
  set.name = reader.text("name");
  set.zh = reader.text("zh");
  set.en = reader.text("en");
  set.decide_before_bind = reader.flag("decide_before_bind", false);
  std::set<std::string> codes;
  std::size_t factors = 0;
  for (NodeReader& item : reader.list_or_empty("rules")) {
    set.rules.push_back(read_rule(item, codes));
    if (set.rules.back().outcome != RuleOutcome::kFactor) continue;
    if (++factors == kFactorRulesMax + 1)
      item.refuse("then", refusals::kTooManyFactorRules,
                  {{.name = "max", .value = std::to_string(kFactorRulesMax)}});
  }
  read_matrix(reader, set);
  reader.finish();
  return set;
}

Result<RuleSet> read_rules(const Node& root, std::string_view file) {
  ReadReport report{std::string(file)};
  RuleSet set = read_rules(root, report);
  return report.result(std::move(set));
}

Result<std::vector<SubjectivityTerms>> read_conditions(const Node& root, std::string_view file) {
  ReadReport report{std::string(file)};
  NodeReader reader(root, report, "conditions");
  std::vector<SubjectivityTerms> out;
  std::set<std::string> codes;
  for (NodeReader& item : reader.list("conditions")) {
    SubjectivityTerms terms = read_terms(item);
    terms.code = item.text("code");
    terms.zh = item.text("zh");
    terms.en = item.text("en");
    if (!terms.code.empty() && !codes.insert(terms.code).second)
      item.refuse_value("code", refusals::kRuleCodeTwice);
    item.finish();
    out.push_back(std::move(terms));
  }
  reader.finish();
  return report.result(std::move(out));
}

Share control_score(const std::vector<domain::ControlState>& controls) {
  if (controls.empty()) return Share::from_ppm(Share::kWhole);
  std::uint64_t states = 0;
  for (const domain::ControlState& control : controls) states += control.gap.rest().ppm();
  return Share::from_ppm(static_cast<std::uint32_t>(states / controls.size()));
}

std::vector<RuleFinding> judge(const RuleSet& rules, const domain::Quote& quote) {
  std::vector<RuleFinding> out;
  for (const Rule& rule : rules.rules) {
    const bool applies = std::all_of(rule.when.begin(), rule.when.end(),
                                     [&](const RuleCheck& check) { return holds(check, quote); });
    if (!applies) continue;
    RuleFinding finding{.code = rule.code,
                        .outcome = rule.outcome,
                        .zh = rule.zh,
                        .en = rule.en,
                        .inputs = {},
                        .factor_ppm = rule.factor_ppm,
                        .condition = rule.condition};
    for (const RuleCheck& check : rule.when) finding.inputs.push_back(input_of(check, quote));
    out.push_back(std::move(finding));
  }
  return out;
}

Money premium_by(const std::vector<RuleFinding>& findings, Money filed_premium) {
  // In whole percent, each at most kFactorMax: 10^15 x 1,000^7 is 10^36, below 2^127.
  Int128 numerator = filed_premium.minor();
  Int128 denominator = 1;
  std::size_t factors = 0;
  for (const RuleFinding& finding : findings) {
    if (finding.outcome != RuleOutcome::kFactor) continue;
    const std::int64_t percent = finding.factor_ppm / kPpmOfPercent;
    ANLAN_CHECK(++factors <= kFactorRulesMax && percent <= kFactorMax &&
                finding.factor_ppm % kPpmOfPercent == 0);
    numerator *= percent;
    denominator *= 100;
  }
  const Int128 minor = half_up(numerator, denominator);
  return Money::from_minor(static_cast<std::int64_t>(std::min(minor, Int128{kAmountMax})),
                           filed_premium.currency());
}

domain::QuoteDecision gravest(const std::vector<domain::TriageFinding>& triage,
                              const std::vector<RuleFinding>& rules) {
  using domain::QuoteDecision;
  QuoteDecision decision = QuoteDecision::kBindable;
  for (const domain::TriageFinding& finding : triage)
    decision = std::max(decision, finding.consequence);
  for (const RuleFinding& finding : rules) {
    if (finding.outcome == RuleOutcome::kRefer)
      decision = std::max(decision, QuoteDecision::kReferred);
    if (finding.outcome == RuleOutcome::kDecline) decision = QuoteDecision::kDeclined;
  }
  return decision;
}

}  // namespace anlan::underwriting
