// Phrases: sentences of a clause that have two meanings, leave the decision to the insurer, or say
// what the law does not allow (terms/statutory.h).
#include <algorithm>
#include <array>
#include <optional>

#include "terms/lint_book.h"
#include "terms/quantities.h"
#include "terms/statutory.h"

namespace anlan::terms {
namespace {

using namespace lint_codes;

// Alternatives are separated by "|".
bool holds_one(std::string_view text, std::string_view alternatives) {
  for (;;) {
    const std::size_t bar = alternatives.find('|');
    if (holds(text, alternatives.substr(0, bar))) return true;
    if (bar == std::string_view::npos) return false;
    alternatives.remove_prefix(bar + 1);
  }
}

// All of the groups hold, none of the words in `unless` does. Empty groups count as met.
struct Pattern {
  std::array<std::string_view, 3> all;
  std::string_view unless;
};

// Whether all of the groups hold somewhere in the text.
bool could_fit(const Pattern& pattern, std::string_view text) {
  return std::all_of(pattern.all.begin(), pattern.all.end(), [&](std::string_view group) {
    return group.empty() || holds_one(text, group);
  });
}

bool fits(const Pattern& pattern, std::string_view sentence) {
  if (!could_fit(pattern, sentence)) return false;
  return pattern.unless.empty() || !holds_one(sentence, pattern.unless);
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

// "。" and "；" end a Chinese sentence, ". " and "; " an English one.
std::vector<std::string_view> sentences_of(std::string_view text, Lang lang) {
  constexpr std::array<std::string_view, 2> kZh{"。", "；"};
  constexpr std::array<std::string_view, 2> kEn{". ", "; "};
  const auto& marks = lang == Lang::kZh ? kZh : kEn;
  std::vector<std::string_view> out;
  while (!text.empty()) {
    std::size_t end = text.size();
    std::size_t next = end;
    for (const std::string_view mark : marks) {
      const std::size_t at = text.find(mark);
      if (at < end) {
        end = at;
        next = at + mark.size();
      }
    }
    out.push_back(text.substr(0, end));
    text.remove_prefix(next);
  }
  return out;
}

struct ClauseText {
  std::size_t index = 0;
  const Clause* clause = nullptr;
  Lang lang = Lang::kZh;
  std::string text = {};  // English in lower case
  std::string path() const { return path_of("clauses", index, lang == Lang::kZh ? "zh" : "en"); }
};

std::vector<ClauseText> texts_of(const Wording& wording) {
  std::vector<ClauseText> out;
  for (std::size_t i = 0; i < wording.clauses.size(); ++i) {
    const Clause& clause = wording.clauses[i];
    out.push_back({i, &clause, Lang::kZh, clause.zh});
    out.push_back({i, &clause, Lang::kEn, lower(clause.en)});
  }
  return out;
}

// The first sentence of the text that fits, or "".
std::string first_fitting(const ClauseText& text, const Pattern& zh, const Pattern& en) {
  const Pattern& pattern = text.lang == Lang::kZh ? zh : en;
  if (!could_fit(pattern, text.text)) return {};  // nearly always, and cheap
  for (const std::string_view sentence : sentences_of(text.text, text.lang)) {
    if (fits(pattern, sentence)) return std::string(sentence);
  }
  return {};
}

// ---- "the deductible rises by 10 %": of the deductible, or of the loss? (REFERENCE.md, E17)

bool ends_with_one(std::string_view text, std::span<const std::string_view> endings) {
  while (text.ends_with(' ')) text.remove_suffix(1);
  return std::any_of(endings.begin(), endings.end(),
                     [&](std::string_view ending) { return text.ends_with(ending); });
}

// An increase by a bare percentage, as written; "": none.
std::string bare_increase(const ClauseText& text) {
  constexpr std::array<std::string_view, 6> kZh{"增加", "提高", "上浮", "加收", "加扣", "+"};
  constexpr std::array<std::string_view, 7> kEn{"increased by", "increases by", "rises by", "plus",
                                                "additional",   "raised by",    "+"};
  const std::span<const std::string_view> before =
      text.lang == Lang::kZh ? std::span<const std::string_view>(kZh) : kEn;
  const std::string_view whole = text.text;
  if (!holds_one(whole, text.lang == Lang::kZh ? "%|％|百分" : "%|percent|per cent")) return {};
  for (const Quantity& quantity : quantities_in(whole, text.lang)) {
    if (quantity.unit != QuantityUnit::kShare) continue;
    const std::string_view behind = whole.substr(quantity.at + quantity.text.size());
    const bool says_of_what = text.lang == Lang::kEn && behind.starts_with(" of ");
    if (!says_of_what && ends_with_one(whole.substr(0, quantity.at), before)) return quantity.text;
  }
  return {};
}

constexpr Pattern kWaitingOrMoneyZh{{"等待期", "或者|或", "免赔额|元"},
                                    "较高|较大|较长|孰高|高者|大者|两者"};
constexpr Pattern kWaitingOrMoneyEn{{"waiting", " or ", "retention|deductible|cny |yuan"},
                                    "greater|higher|larger|whichever|more of"};
constexpr Pattern kInsurerDecidesZh{
    {"由保险人决定|保险人认为|保险人的认定为准|保险人认定为准|保险人有权单方|保险人有权自行", "",
     ""},
    ""};
constexpr Pattern kInsurerDecidesEn{
    {"insurer's opinion|opinion of the insurer|insurer's discretion|discretion of the insurer|"
     "insurer decides alone|sole discretion",
     "", ""},
    ""};

void check_sentences(LintBook& book, const std::vector<ClauseText>& texts) {
  for (const ClauseText& text : texts) {
    const std::string& ref = text.clause->ref;
    if (const std::string words = bare_increase(text); !words.empty())
      book.add(kIncreaseAmbiguous, text.path(), ref, {{"words", words}});
    if (!first_fitting(text, kWaitingOrMoneyZh, kWaitingOrMoneyEn).empty())
      book.add(kWaitingOrMoney, text.path(), ref);
    if (!first_fitting(text, kInsurerDecidesZh, kInsurerDecidesEn).empty())
      book.add(kInsurerDecides, text.path(), ref);
  }
}

// Words without an edge. One that a clause of the kind `definition` uses counts as defined.
struct OpenWord {
  std::string_view zh;  // alternatives
  std::string_view en;
  std::string_view zh_unless = {};  // words that hold it and are clear
};
constexpr std::array kOpenWords{
    OpenWord{"等必要|等费用|等损失|等原因|等情形|等风险|等事故|等事件",
             " etc.| and so on|and the like"},
    OpenWord{"合理", "reasonable"},
    OpenWord{"相关", "relevant", "相关法律|相关系数"},
    OpenWord{"适当", "appropriate"},
    OpenWord{"明显|显著", "significant|substantial", "危险程度显著增加"},
    OpenWord{"必要时|视情况|视情形", "as necessary|where necessary|as the case may be"},
    OpenWord{"尽快|尽早", "promptly|as soon as possible"},
    OpenWord{"和/或", "and/or"},
};

std::string_view first_of(std::string_view text, std::string_view alternatives) {
  for (;;) {
    const std::size_t bar = alternatives.find('|');
    const std::string_view words = alternatives.substr(0, bar);
    if (holds(text, words)) return words;
    if (bar == std::string_view::npos) return {};
    alternatives.remove_prefix(bar + 1);
  }
}

// One finding for each word, at its first clause.
void check_open_words(LintBook& book, const std::vector<ClauseText>& texts) {
  for (const OpenWord& word : kOpenWords) {
    const ClauseText* first = nullptr;
    std::string_view words;
    std::vector<std::string> refs;
    bool defined = false;
    for (const ClauseText& text : texts) {
      const bool zh = text.lang == Lang::kZh;
      const std::string_view found = first_of(text.text, zh ? word.zh : word.en);
      if (found.empty()) continue;
      if (zh && !word.zh_unless.empty() && holds_one(text.text, word.zh_unless)) continue;
      defined = defined || text.clause->kind == ClauseKind::kDefinition;
      if (!first) {
        first = &text;
        words = found;
      }
      const bool is_new = std::find(refs.begin(), refs.end(), text.clause->ref) == refs.end();
      if (is_new) refs.push_back(text.clause->ref);
    }
    if (!first || defined) continue;
    std::string list;
    for (const std::string& ref : refs) list += (list.empty() ? "" : ", ") + ref;
    while (words.starts_with(' ')) words.remove_prefix(1);
    book.add(kOpenWord, first->path(), first->clause->ref,
             {{"words", std::string(words)}, {"clauses", list}});
  }
}

// ---- what the law voids

struct VoidTerm {
  Statute statute;
  std::string_view article;
  Pattern zh;
  Pattern en;
};
using enum Statute;
constexpr std::array kVoidTerms{
    VoidTerm{
        kInsuranceLaw,
        "21",
        {{"通知保险人|及时通知|向保险人通知|向保险人报案|按时通知", "未|逾期|迟延|超过",
          "不承担|不负责赔偿|不予赔偿|拒绝赔偿|丧失"},
         "无法确定|难以确定|无法查清|危险程度"},
        {{"notify|notice|notifies", "late|fails to|failure to|does not notify|not notified",
          "no indemnity|not liable|is void|forfeit|not indemnified|loses all"},
         "that part|only the part|to that extent|impossible to determine|impossible to establish|"
         "cannot be determined|danger"}},
    VoidTerm{
        kInsuranceLaw,
        "57",
        {{"施救",
          "限额以内|限额之内|限额内|包含在赔偿限额|包括在赔偿限额|计入赔偿限额|计入赔偿金额", ""},
         "以外"},
        {{"mitigation|prevent or lessen",
          "within the limit|inside the limit|part of the limit|included in the limit|erodes the "
          "limit",
          ""},
         "in addition"}},
    VoidTerm{
        kInterpretationFour,
        "6",
        {{"施救", "未产生实际效果|未产生效果|没有效果|没有实际效果", "不予|不承担|不负责"}, ""},
        {{"mitigation|measure", "no effect|without effect|unsuccessful",
          "not indemnified|not paid|no indemnity"},
         ""}},
    VoidTerm{kInterpretationTwo,
             "13",
             {{"视为", "已作说明|已说明|已明确说明|已提示|充分理解", ""}, ""},
             {{"deemed", "explained|shown and|understood", ""}, ""}},
    VoidTerm{
        kInsuranceLaw,
        "30",
        {{"解释权", "归保险人|归本公司|保险人所有|属于保险人", ""}, ""},
        {{"final interpretation|right of interpretation|right to interpret", "insurer", ""}, ""}},
    VoidTerm{kInsuranceLaw,
             "16",
             {{"如实告知|不实告知|未告知", "自始无效|一律不|概不|全部拒赔", ""}, ""},
             {{"misrepresentation|non-disclosure|untrue|incorrect answer",
               "null and void|void from|in all cases", ""},
              ""}},
    VoidTerm{kInsuranceLaw,
             "52",
             {{"危险程度|风险增加|危险增加", "未通知|未及时通知", "不承担|无效|终止|不予赔偿"},
              "增加而发生|因此发生|因该增加|所致"},
             {{"increase of danger|increase in risk|increase of risk|danger increased",
               "not notified|fails to|without notice", "not liable|no indemnity|void"},
              "caused by|that it caused|because of it"}},
    VoidTerm{kInsuranceLaw,
             "54",
             {{"解除合同|解除本合同|退保", "不退还保险费|保险费不予退还|概不退还|不退保险费", ""},
              "故意"},
             {{"terminat|cancel", "no refund|not refunded|premium is retained", ""}, "intent"}},
    VoidTerm{
        kInsuranceLaw,
        "24",
        {{"拒赔|不予赔偿|不承担赔偿", "无需说明理由|不说明理由|无须说明理由", ""}, ""},
        {{"den|refus|declin", "without giving reasons|without reasons|need not give reasons", ""},
         ""}},
    VoidTerm{kInsuranceLaw,
             "26",
             {{"索赔|请求赔偿", "一年内|六个月内|三个月内", "丧失|放弃|失效"}, ""},
             {{"claim", "within one year|within six months|within three months",
               "forfeit|barred|lapse|waive"},
              ""}},
    VoidTerm{
        kInsuranceLaw,
        "64",
        {{"查勘|鉴定|公估|检验", "费用", "由被保险人承担|由投保人承担"}, ""},
        {{"survey|loss assessment|forensic", "cost", "borne by the insured|paid by the insured"},
         ""}},
    VoidTerm{kInsuranceLaw,
             "19",
             {{"被保险人放弃|投保人放弃|受益人放弃", "诉讼|仲裁|请求权|索赔权|抗辩权", ""}, ""},
             {{"insured waives|policyholder waives", "right|claim|court|action", ""}, ""}},
};

const StatutoryRule* rule_of(Statute statute, std::string_view article) {
  for (const StatutoryRule& rule : statutory_rules()) {
    if (rule.statute == statute && rule.article == article) return &rule;
  }
  return nullptr;
}

std::vector<RefusalArg> args_of(Statute statute, std::string_view article) {
  constexpr std::array<std::string_view, 5> kNames{"", "Insurance Law", "Interpretation II", "",
                                                   "Interpretation IV"};
  const StatutoryRule* rule = rule_of(statute, article);
  return {{"law", std::string(kNames[static_cast<std::size_t>(statute)])},
          {"article", std::string(article)},
          {"rule_zh", rule ? std::string(rule->zh) : std::string()},
          {"rule_en", rule ? std::string(rule->en) : std::string()}};
}

void check_void_texts(LintBook& book, const std::vector<ClauseText>& texts) {
  for (const VoidTerm& term : kVoidTerms) {
    for (const ClauseText& text : texts) {
      const std::string sentence = first_fitting(text, term.zh, term.en);
      if (sentence.empty()) continue;
      book.add(kVoidByLaw, text.path(), text.clause->ref, args_of(term.statute, term.article));
    }
  }
}

void check_mitigation(LintBook& book) {
  const Terms& terms = book.wording().terms;
  const bool lower = terms.mitigation_cap && terms.aggregate_limit &&
                     *terms.mitigation_cap < *terms.aggregate_limit;
  if (lower) {
    book.add(kMitigationInsideLimit, "policy.mitigation_cap", terms.mitigation_clause,
             {{"amount", amount_text(*terms.mitigation_cap, terms.currency)},
              {"limit", amount_text(*terms.aggregate_limit, terms.currency)}});
  }
  for (std::size_t i = 0; i < terms.sections.size(); ++i) {
    const Section& section = terms.sections[i];
    if (section.code != "FP.MITIG") continue;
    book.add(kMitigationInsideLimit, path_of("policy.sections", i, "code"), section.clause,
             {{"cover", section.code}});
  }
}

void check_notice(LintBook& book) {
  const Wording& wording = book.wording();
  for (std::size_t i = 0; i < wording.conditions.size(); ++i) {
    const Condition& condition = wording.conditions[i];
    if (condition.kind != ConditionKind::kNotice || condition.unmet_bp != kBasisPoints) continue;
    book.add(kNoticeCostsAll, path_of("conditions", i, "kind"), condition.clause,
             {{"condition", condition.name}, {"hours", std::to_string(condition.within_hours)}});
  }
}

}  // namespace

void lint_phrases(LintBook& book) {
  const std::vector<ClauseText> texts = texts_of(book.wording());
  check_sentences(book, texts);
  check_open_words(book, texts);
}

void lint_law(LintBook& book) {
  check_void_texts(book, texts_of(book.wording()));
  check_mitigation(book);
  check_notice(book);
}

}  // namespace anlan::terms
