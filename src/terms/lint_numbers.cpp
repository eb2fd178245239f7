// Texts beside terms: what a clause says in either language against the terms that name it, and the
// two languages against each other.
#include <algorithm>
#include <array>

#include "base/int128.h"
#include "base/utf8.h"
#include "terms/lint_book.h"
#include "terms/quantities.h"

namespace anlan::terms {
namespace {

using namespace lint_codes;
using Unit = StatedTerm::Unit;

constexpr std::array kLangs{Lang::kZh, Lang::kEn};

class TermsOfWording {
 public:
  explicit TermsOfWording(const Wording& wording) : wording_(wording) {}

  std::vector<StatedTerm> run() {
    policy();
    for (std::size_t i = 0; i < wording_.terms.sections.size(); ++i)
      section(wording_.terms.sections[i], path_of("policy.sections", i));
    for (std::size_t i = 0; i < wording_.terms.groups.size(); ++i) {
      const Group& group = wording_.terms.groups[i];
      amount(path_of("policy.groups", i, "sublimit_occ"), group.clause, group.sublimit_occ);
      amount(path_of("policy.groups", i, "sublimit_agg"), group.clause, group.sublimit_agg);
    }
    for (std::size_t i = 0; i < wording_.terms.services.size(); ++i) {
      const Service& service = wording_.terms.services[i];
      amount(path_of("policy.services", i, "limit_occ"), service.clause, service.limit_occ);
      amount(path_of("policy.services", i, "limit_agg"), service.clause, service.limit_agg);
    }
    rules();
    programme();
    return std::move(out_);
  }

 private:
  // Nothing is stated of a term that is absent or zero.
  void add(std::string path, const std::string& clause, Unit unit,
           const std::optional<std::int64_t>& value, bool or_rest = false) {
    if (!value || *value == 0 || clause.empty()) return;
    out_.push_back({std::move(path), clause, unit, *value, or_rest});
  }
  void amount(std::string path, const std::string& clause,
              const std::optional<std::int64_t>& value) {
    add(std::move(path), clause, Unit::kMoney, value);
  }

  void policy() {
    const Terms& terms = wording_.terms;
    amount("policy.aggregate_limit", terms.aggregate_clause, terms.aggregate_limit);
    amount("policy.occurrence_limit", terms.occurrence_clause, terms.occurrence_limit);
    // "Up to the aggregate limit" needs no number of its own.
    if (terms.mitigation_cap != terms.aggregate_limit)
      amount("policy.mitigation_cap", terms.mitigation_clause, terms.mitigation_cap);
    amount("policy.occurrence_retention", terms.retention_clause, terms.occurrence_retention);
  }

  void section(const Section& section, const std::string& path) {
    const TimeTerms& time = section.time;
    amount(path + ".deductible", section.deductible_clause, section.deductible);
    amount(path + ".own_retention", section.retention_clause, section.own_retention);
    amount(path + ".sublimit_occ", section.sublimit_clause, section.sublimit_occ);
    amount(path + ".sublimit_agg", section.sublimit_clause, section.sublimit_agg);
    add(path + ".coins_bp", section.participation_clause, Unit::kShare, section.participation_bp,
        true);
    add(path + ".time.waiting_hours", time.waiting_clause, Unit::kHours, time.waiting_hours);
    amount(path + ".time.monetary", time.monetary_clause, time.monetary);
    add(path + ".time.indemnity_hours", time.indemnity_clause, Unit::kHours, time.indemnity_hours);
    amount(path + ".time.daily_amount", time.daily_clause, time.daily_amount);
    amount(path + ".time.parametric_hourly", time.parametric_clause, time.parametric_hourly);
  }

  void rules() {
    const Trigger& trigger = wording_.trigger;
    add("trigger.retroactive_days", trigger.retroactive_clause, Unit::kDays,
        trigger.retroactive_days);
    add("trigger.extended_reporting_days", trigger.reporting_clause, Unit::kDays,
        trigger.extended_reporting_days);
    if (wording_.late_notice)
      add("late_notice.hours", wording_.late_notice->clause, Unit::kHours,
          wording_.late_notice->hours);
    add("related.hours", wording_.related.clause, Unit::kHours, wording_.related.hours);
    add("re_interruption.hours", wording_.re_interruption.clause, Unit::kHours,
        wording_.re_interruption.hours);
    for (std::size_t i = 0; i < wording_.expense_windows.size(); ++i) {
      const ExpenseWindow& window = wording_.expense_windows[i];
      add(path_of("expense_windows", i, "days"), window.clause, Unit::kDays, window.days);
    }
    for (std::size_t i = 0; i < wording_.conditions.size(); ++i) {
      const Condition& condition = wording_.conditions[i];
      add(path_of("conditions", i, "within_hours"), condition.clause, Unit::kHours,
          condition.within_hours);
      if (condition.unmet_bp != kBasisPoints)
        add(path_of("conditions", i, "unmet_bp"), condition.clause, Unit::kShare,
            condition.unmet_bp, true);
    }
    for (std::size_t i = 0; i < wording_.exclusions.size(); ++i) {
      const Exclusion& exclusion = wording_.exclusions[i];
      amount(path_of("exclusions", i, "limit"), exclusion.limit_clause, exclusion.limit);
      add(path_of("exclusions", i, "confidence_min"), exclusion.clause, Unit::kShare,
          exclusion.confidence_min.ppm() / 100);
    }
    for (std::size_t i = 0; i < wording_.obligations.size(); ++i)
      ladder(wording_.obligations[i], path_of("obligations", i, "steps"), "lapse_days");
    for (std::size_t i = 0; i < wording_.scales.size(); ++i)
      ladder(wording_.scales[i], path_of("scales", i, "steps"), "days");
  }

  // Of an obligation or a scale.
  template <class Laddered>
  void ladder(const Laddered& of, const std::string& path, std::string_view days) {
    for (std::size_t i = 0; i < of.steps.size(); ++i) {
      const LadderStep& step = of.steps[i];
      add(path_of(path, i, days), of.clause, Unit::kDays, step.lapse_days);
      amount(path_of(path, i, "extra_retention"), of.clause, step.amount);
      add(path_of(path, i, "loss_bp"), of.clause, Unit::kShare, step.loss_bp);
      amount(path_of(path, i, "loss_most"), of.clause, step.loss_most);
      add(path_of(path, i, "retention_bp"), of.clause, Unit::kShare, step.retention_bp);
      add(path_of(path, i, "participation_bp"), of.clause, Unit::kShare, step.participation_bp,
          true);
      if (step.limit_bp != kBasisPoints)
        add(path_of(path, i, "limit_bp"), of.clause, Unit::kShare, step.limit_bp, true);
    }
  }

  void programme() {
    const Programme& programme = wording_.programme;
    if (programme.certificates)
      amount("certificates.member_limit", programme.certificates->clause,
             programme.certificates->member_limit);
    if (programme.excess)
      amount("excess.attachment", programme.excess->clause, programme.excess->attachment);
  }

  const Wording& wording_;
  std::vector<StatedTerm> out_;
};

QuantityUnit unit_of(Unit unit) {
  switch (unit) {
    case Unit::kMoney:
      return QuantityUnit::kMoney;
    case Unit::kHours:
    case Unit::kDays:
      return QuantityUnit::kTime;
    case Unit::kShare:
      return QuantityUnit::kShare;
  }
  return QuantityUnit::kMoney;
}

// In the scale of quantities: an amount has two decimals, a percentage has 100 basis points.
std::int64_t scaled(Unit unit, std::int64_t value) {
  const std::int64_t times = unit == Unit::kHours  ? kQuantityScale
                             : unit == Unit::kDays ? 24 * kQuantityScale
                                                   : kQuantityScale / 100;
  return value * times;
}

std::string written(const StatedTerm& term, Currency currency) {
  switch (term.unit) {
    case Unit::kMoney:
      return amount_text(term.value, currency);
    case Unit::kHours:
      return std::to_string(term.value) + " h";
    case Unit::kDays:
      return std::to_string(term.value) + " d";
    case Unit::kShare:
      break;
  }
  const std::int64_t rest = term.value % 100;
  std::string text = std::to_string(term.value / 100);
  if (rest != 0) text += (rest < 10 ? ".0" : ".") + std::to_string(rest);
  return text + " %";
}

// A clause may leave its numbers to the schedule.
bool refers_to_schedule(std::string_view text, Lang lang) {
  constexpr std::array<std::string_view, 4> kZh{"载明", "明细表", "约定的数额", "保险单所列"};
  constexpr std::array<std::string_view, 3> kEn{"schedule", "stated in the policy",
                                                "agreed amount"};
  const auto stands = [&](std::string_view word) { return holds(text, word); };
  return lang == Lang::kZh ? std::any_of(kZh.begin(), kZh.end(), stands)
                           : std::any_of(kEn.begin(), kEn.end(), stands);
}

std::string_view language(Lang lang) { return lang == Lang::kZh ? "Chinese text" : "English text"; }

struct ReadClause {
  const Clause* clause = nullptr;
  std::array<std::vector<Quantity>, 2> found = {};  // as kLangs
};

std::vector<ReadClause> read_clauses(const Wording& wording) {
  std::vector<ReadClause> out;
  out.reserve(wording.clauses.size());
  for (const Clause& clause : wording.clauses) {
    out.push_back(
        {&clause, {quantities_in(clause.zh, Lang::kZh), quantities_in(clause.en, Lang::kEn)}});
  }
  return out;
}

void check_term(LintBook& book, const StatedTerm& term, const ReadClause& read) {
  const QuantityUnit unit = unit_of(term.unit);
  const std::int64_t wanted = scaled(term.unit, term.value);
  const std::int64_t rest = scaled(term.unit, kBasisPoints - term.value);
  for (std::size_t l = 0; l < kLangs.size(); ++l) {
    std::string others;
    bool found = false;
    for (const Quantity& quantity : read.found[l]) {
      if (quantity.unit != unit) continue;
      found = found || quantity.value == wanted || (term.or_rest && quantity.value == rest);
      others += (others.empty() ? "" : ", ") + quantity.text;
    }
    if (found) continue;
    const std::string& text = l == 0 ? read.clause->zh : read.clause->en;
    if (others.empty() && refers_to_schedule(text, kLangs[l])) continue;
    std::vector<RefusalArg> args{{"amount", written(term, book.wording().terms.currency)},
                                 {"language", std::string(language(kLangs[l]))}};
    if (!others.empty()) args.push_back({"found", others});
    book.add(others.empty() ? kNumberMissing : kNumberDiffers, term.path, term.clause,
             std::move(args));
  }
}

// The values of one language that the other does not have.
std::string only_in(const std::vector<Quantity>& these, const std::vector<Quantity>& others) {
  std::string list;
  for (const Quantity& quantity : these) {
    const bool there = std::any_of(others.begin(), others.end(), [&](const Quantity& other) {
      return other.unit == quantity.unit && other.value == quantity.value;
    });
    if (!there) list += (list.empty() ? "" : ", ") + quantity.text;
  }
  return list;
}

bool is_chinese(char32_t value) { return value >= 0x4E00 && value <= 0x9FFF; }

bool has_chinese(std::string_view text) {
  while (!text.empty()) {
    const CodePoint next = first_code_point(text);
    if (is_chinese(next.value)) return true;
    text.remove_prefix(next.bytes);
  }
  return false;
}

void check_pair(LintBook& book, const std::string& path, const std::string& ref,
                const std::string& zh, const std::string& en) {
  if (!has_chinese(zh)) {
    return book.add(kTranslationMissing, path + ".zh", ref, {{"language", "Chinese text"}});
  }
  if (has_chinese(en)) {
    return book.add(kTranslationMissing, path + ".en", ref, {{"language", "English text"}});
  }
  // Of the clauses of this library the English has 2.4 to 4.6 letters for one Chinese character:
  // below one and a half something was left out.
  constexpr std::size_t kShortText = 12;
  const std::size_t letters = count_code_points(zh);
  if (letters > kShortText && 2 * count_code_points(en) < 3 * letters)
    book.add(kTranslationShort, path + ".en", ref);
}

}  // namespace

std::vector<StatedTerm> stated_terms(const Wording& wording) {
  return TermsOfWording(wording).run();
}

void lint_translation(LintBook& book) {
  const Wording& wording = book.wording();
  check_pair(book, "title", {}, wording.title.zh, wording.title.en);
  for (std::size_t i = 0; i < wording.clauses.size(); ++i) {
    const Clause& clause = wording.clauses[i];
    check_pair(book, path_of("clauses", i), clause.ref, clause.zh, clause.en);
  }
}

void lint_numbers(LintBook& book) {
  const std::vector<ReadClause> clauses = read_clauses(book.wording());
  for (const StatedTerm& term : stated_terms(book.wording())) {
    for (const ReadClause& read : clauses) {
      if (read.clause->ref == term.clause) check_term(book, term, read);
    }
  }
  for (std::size_t i = 0; i < clauses.size(); ++i) {
    const std::string zh = only_in(clauses[i].found[0], clauses[i].found[1]);
    const std::string en = only_in(clauses[i].found[1], clauses[i].found[0]);
    if (zh.empty() && en.empty()) continue;
    book.add(kTranslationNumbers, path_of("clauses", i, zh.empty() ? "en" : "zh"),
             clauses[i].clause->ref, {{"zh", zh}, {"en", en}});
  }
}

}  // namespace anlan::terms
