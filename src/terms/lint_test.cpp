// A wording in which nothing is found, and for each code the smallest change that brings it about.
#include "terms/lint.h"

#include <algorithm>
#include <functional>
#include <set>

#include <doctest/doctest.h>

#include "terms/lint_book.h"

using namespace anlan;
using namespace anlan::terms;

namespace {

Clause insuring(std::string ref, std::string zh, std::string en) {
  return {.ref = std::move(ref),
          .kind = ClauseKind::kInsuring,
          .zh = std::move(zh),
          .en = std::move(en)};
}

Clause relief(std::string ref, ClauseKind kind, std::string zh, std::string en) {
  return {.ref = std::move(ref),
          .kind = kind,
          .exemption = true,
          .zh = std::move(zh),
          .en = std::move(en)};
}

std::vector<Clause> clean_clauses() {
  using K = ClauseKind;
  return {
      insuring("1.1", "保险人赔偿勒索软件造成的损失。",
               "The insurer indemnifies loss caused by ransomware."),
      insuring("1.2", "营业中断：中断期间的毛利润损失。",
               "Business interruption: the loss of gross profit while it lasts."),
      insuring("1.3", "网络勒索：谈判费用和赎金。",
               "Cyber extortion: negotiation cost and ransom."),
      insuring("1.4", "其他费用和责任，以分项列明。",
               "Other cost and liability, as the sections list them."),
      insuring("1.5", "施救费用在赔偿金额以外另行计算。",
               "Mitigation cost is paid in addition to the indemnity."),
      {.ref = "2.1",
       .kind = K::kLimit,
       .zh = "累计赔偿限额为人民币 40 万元。",
       .en = "The aggregate limit is CNY 400,000."},
      {.ref = "2.2",
       .kind = K::kLimit,
       .zh = "营业中断每次事故限额为人民币 100,000 元。",
       .en = "Business interruption: at most CNY 100,000 an incident."},
      relief("2.3", K::kDeductible, "营业中断的等待期为八小时。",
             "Business interruption has a waiting period of eight hours."),
      relief("2.4", K::kDeductible, "每次事故免赔额为人民币 5,000 元。",
             "The retention is CNY 5,000 an incident."),
      relief("3.1", K::kExclusion, "战争造成的损失，保险人不负责赔偿。",
             "No indemnity for loss caused by war."),
      relief("4.1", K::kCondition, "支付赎金前未向公安机关报案的，赎金不予赔偿。",
             "Ransom is not indemnified unless the police was told before it was paid."),
      {.ref = "4.2",
       .kind = K::kCondition,
       .zh = "知道事故后应当在 48 小时内通知保险人；未及时通知的，"
             "保险人仅对因此无法确定的部分不承担赔偿责任。",
       .en =
           "The insured notifies the insurer within 48 hours of learning of it; late notice frees "
           "the insurer of that part only which cannot be determined."},
  };
}

Wording clean() {
  Wording wording{.id = {"clean-1"},
                  .version = "1.0",
                  .title = {.zh = "示例条款", .en = "Sample wording"},
                  .registration = {.number = "C0000123"},
                  .clauses = clean_clauses()};
  Terms& terms = wording.terms;
  terms.aggregate_limit = 40'000'000;
  terms.aggregate_clause = "2.1";
  terms.occurrence_retention = 500'000;
  terms.retention_clause = "2.4";
  terms.mitigation_clause = "1.5";
  terms.sections.push_back({.code = "FP.BI",
                            .sublimit_occ = 10'000'000,
                            .time = {.waiting_hours = 8, .waiting_clause = "2.3"},
                            .clause = "1.2",
                            .sublimit_clause = "2.2"});
  terms.sections.push_back({.code = "FP.EXT", .clause = "1.3"});
  for (const char* code : {"FP.DATA", "FP.HW", "FP.IR", "FP.NOTIFY", "TP.PRIV"})
    terms.sections.push_back({.code = code, .clause = "1.4"});
  wording.perils = {.codes = {"ransomware"}, .clause = "1.1"};
  wording.conditions.push_back(
      {.name = "police_report", .heads = {"FP.EXT.RANSOM"}, .clause = "4.1"});
  wording.exclusions.push_back({.name = "war", .causes = {"war"}, .clause = "3.1"});
  wording.late_notice = LateNotice{.hours = 48, .clause = "4.2"};
  return wording;
}

Clause& clause(Wording& wording, std::string_view ref) {
  const auto found = std::find_if(wording.clauses.begin(), wording.clauses.end(),
                                  [&](const Clause& c) { return c.ref == ref; });
  REQUIRE(found != wording.clauses.end());
  return *found;
}

Section& bi(Wording& wording) { return wording.terms.sections[0]; }

// Adds an exclusion with a marked clause of its own.
Exclusion& exclude(Wording& wording, Exclusion exclusion) {
  exclusion.clause = "3.9";
  wording.clauses.push_back(relief("3.9", ClauseKind::kExclusion, "下列情形不负责赔偿。",
                                   "No indemnity in these cases."));
  wording.exclusions.push_back(std::move(exclusion));
  return wording.exclusions.back();
}

void drop_section(Wording& wording, std::string_view code) {
  auto& sections = wording.terms.sections;
  std::erase_if(sections, [&](const Section& section) { return section.code == code; });
}

struct Row {
  LintCode code;
  std::string path;
  std::function<void(Wording&)> change;
  std::vector<std::string_view> also = {};  // codes that the change cannot be without
};

namespace lc = lint_codes;

std::vector<Row> rows_of_terms() {
  return {
      {lc::kExcludedAndConditional, "conditions[0].heads",
       [](Wording& w) { exclude(w, {.name = "ransom", .heads = {"FP.EXT.RANSOM"}}); }},
      {lc::kConditionRepeatsExclusion, "conditions[0].name",
       [](Wording& w) { w.conditions[0].name = "war"; }},
      {lc::kStatusContradicted,
       "statuses[0].status",
       [](Wording& w) {
         w.statuses.push_back(
             {.cover = "FP.HW", .status = CoverStatus::kConditional, .clause = "1.4"});
         exclude(w, {.name = "hardware", .heads = {"FP.HW"}});
       },
       {"exclusion_swallows_cover"}},
      {lc::kWrittenBackAndExcluded, "exclusions[0].except_causes",
       [](Wording& w) {
         w.exclusions[0].except_causes = {"cyber_operation"};
         exclude(w, {.name = "cyber", .causes = {"cyber_operation"}});
       }},
      {lc::kWrittenBackAndExcluded, "exclusions[0].except_heads",
       [](Wording& w) {
         w.exclusions[0].except_heads = {"FP.EXT.COST"};
         exclude(w, {.name = "cost", .heads = {"FP.EXT.COST"}});
       }},
      {lc::kExclusionSwallowsCover, "exclusions[1].heads",
       [](Wording& w) { exclude(w, {.name = "hardware", .heads = {"FP.HW"}}); }},
      {lc::kExclusionSwallowsCover,
       "exclusions[1].heads",
       [](Wording& w) {
         w.conditions.clear();
         clause(w, "4.1").by_hand = true;
         exclude(w, {.name = "ransom", .heads = {"FP.EXT.RANSOM", "FP.EXT.COST"}});
       },
       {"exemption_by_hand"}},
      {lc::kExclusionSwallowsCover, "exclusions[1].heads",
       [](Wording& w) {
         exclude(w, {.name = "hardware", .perils = {"ransomware"}, .heads = {"FP.HW"}});
       }},
      {lc::kExclusionSwallowsPeril, "exclusions[1].perils",
       [](Wording& w) { exclude(w, {.name = "ransom", .perils = {"ransomware"}}); }},
      {lc::kCoverPaysNothing, "policy.sections[0].coins_bp",
       [](Wording& w) {
         bi(w).participation_bp = kBasisPoints;
         bi(w).participation_clause = "2.3";
         clause(w, "2.3").zh += "被保险人自担 100 %。";
         clause(w, "2.3").en += " The insured bears 100 %.";
       }},
      {lc::kCoverPaysNothing, "policy.sections[0].time.indemnity_hours",
       [](Wording& w) {
         bi(w).time.indemnity_hours = 8;
         bi(w).time.indemnity_start = IndemnityStart::kOutageStart;
         bi(w).time.indemnity_clause = "2.3";
       }},
      {lc::kRetentionReachesLimit, "policy.sections[0].sublimit_occ",
       [](Wording& w) {
         w.terms.retention_position = RetentionPosition::kAfterSublimits;
         w.terms.occurrence_retention = 10'000'000;
         clause(w, "2.4").zh = "每次事故免赔额为人民币 10 万元。";
         clause(w, "2.4").en = "The retention is CNY 100,000 an incident.";
       }},
      {lc::kSublimitAboveAggregate, "policy.sections[0].sublimit_occ",
       [](Wording& w) {
         bi(w).sublimit_occ = 50'000'000;
         clause(w, "2.2").zh = "营业中断每次事故限额为人民币 500,000 元。";
         clause(w, "2.2").en = "Business interruption: at most CNY 500,000 an incident.";
       }},
      {lc::kSublimitAboveGroup,
       "policy.sections[0].sublimit_occ",
       [](Wording& w) {
         w.terms.groups.push_back(
             {.id = "g", .codes = {"FP.BI", "FP.EXT"}, .sublimit_occ = 9'000'000, .clause = "2.9"});
         w.clauses.push_back({.ref = "2.9",
                              .kind = ClauseKind::kLimit,
                              .zh = "共用限额 9 万元。",
                              .en = "They share CNY 90,000."});
       },
       {"tougher_pays_more"}},
      {lc::kSublimitAboveYear,
       "policy.sections[0].sublimit_occ",
       [](Wording& w) {
         bi(w).sublimit_agg = 8'000'000;
         clause(w, "2.2").zh += "全年 80,000 元。";
         clause(w, "2.2").en += " At most CNY 80,000 a year.";
       },
       {"tougher_pays_more"}},
      {lc::kPropertyOnly, "policy.sections", [](Wording& w) { drop_section(w, "TP.PRIV"); }},
      {lc::kLiabilityOnly,
       "policy.sections",
       [](Wording& w) {
         w.terms.sections = {{.code = "TP.PRIV", .clause = "1.4"}};
         w.conditions.clear();
         for (const char* ref : {"4.1", "2.3"}) clause(w, ref).by_hand = true;
         for (const char* ref : {"1.2", "1.3", "2.2"}) clause(w, ref).kind = ClauseKind::kGeneral;
       },
       {"exemption_by_hand"}},
      {lc::kPerilWithoutSection, "perils.covered",
       [](Wording& w) { w.perils.codes.push_back("regulatory"); }},
      {lc::kSectionWithoutPeril, "policy.sections[7].code",
       [](Wording& w) { w.terms.sections.push_back({.code = "FP.FTF", .clause = "1.4"}); }},
      {lc::kHeadNotTaken, "policy.sections", [](Wording& w) { drop_section(w, "FP.HW"); }},
      {lc::kMitigationInsideLimit, "policy.mitigation_cap",
       [](Wording& w) {
         w.terms.mitigation_cap = 10'000'000;
         clause(w, "1.5").zh += "最高 10 万元。";
         clause(w, "1.5").en += " At most CNY 100,000.";
       }},
      {lc::kMitigationInsideLimit, "policy.sections[7].code",
       [](Wording& w) { w.terms.sections.push_back({.code = "FP.MITIG", .clause = "1.4"}); }},
      {lc::kNoticeCostsAll, "conditions[0].kind",
       [](Wording& w) {
         w.conditions[0].kind = ConditionKind::kNotice;
         w.conditions[0].within_hours = 24;
         clause(w, "4.1").zh += "期限为 24 小时。";
         clause(w, "4.1").en += " Within 24 hours.";
       }},
      {lc::kRegistrationAssumed, "registration.assumption",
       [](Wording& w) { w.registration.assumption = true; }},
      {lc::kTougherPaysMore, "policy.retention_kind",
       [](Wording& w) { w.terms.retention_kind = RetentionKind::kFranchise; }},
      {lc::kTougherPaysMore, "policy.sections[1].inside_aggregate",
       [](Wording& w) { w.terms.sections[1].inside_aggregate = false; }},
      {lc::kTougherPaysMore, "policy.retention_rule",
       [](Wording& w) {
         w.terms.retention_rule = RetentionRule::kSingleHighest;
         w.terms.occurrence_retention = 0;
         bi(w).own_retention = 500'000;
         bi(w).retention_clause = "2.4";
       }},
  };
}

std::vector<Row> rows_of_texts() {
  return {
      {lc::kExemptionNotMarked, "policy.sections[0].time.waiting_clause",
       [](Wording& w) {
         clause(w, "2.3").exemption = false;
         clause(w, "2.3").kind = ClauseKind::kGeneral;
       }},
      {lc::kExemptionInText, "clauses[3].zh",
       [](Wording& w) { clause(w, "1.4").zh += "超出部分不予赔偿。"; }},
      {lc::kExemptionInText, "clauses[3].en",
       [](Wording& w) { clause(w, "1.4").en += " Anything else is not indemnified."; }},
      {lc::kExemptionByHand, "clauses[12].by_hand",
       [](Wording& w) {
         w.clauses.push_back(relief("3.9", ClauseKind::kExclusion, "不负责赔偿罚金。",
                                    "No indemnity for penalties."));
         w.clauses.back().by_hand = true;
       }},
      {lc::kClauseUnused, "clauses[12].ref",
       [](Wording& w) { w.clauses.push_back(insuring("1.9", "另保数据。", "Data as well.")); }},
      {lc::kIncreaseAmbiguous, "clauses[8].zh",
       [](Wording& w) {
         clause(w, "2.4").zh += "未整改的，免赔额增加 10 %。";
         clause(w, "2.4").en += " Without repair it rises to 10 % of the loss.";
       }},
      {lc::kIncreaseAmbiguous, "clauses[8].en",
       [](Wording& w) {
         clause(w, "2.4").zh += "未整改的，增加损失金额的 10 %。";
         clause(w, "2.4").en += " Without repair it is increased by 10 %.";
       }},
      {lc::kWaitingOrMoney, "clauses[7].zh",
       [](Wording& w) { clause(w, "2.3").zh = "等待期为八小时，或者以免赔额为准。"; }},
      {lc::kWaitingOrMoney, "clauses[7].en",
       [](Wording& w) {
         clause(w, "2.3").en = "There is a waiting period of eight hours or the deductible.";
       }},
      {lc::kInsurerDecides, "clauses[3].zh",
       [](Wording& w) { clause(w, "1.4").zh += "是否必要由保险人决定。"; }},
      {lc::kInsurerDecides, "clauses[3].en",
       [](Wording& w) { clause(w, "1.4").en += " Need is at the discretion of the insurer."; }},
      {lc::kOpenWord, "clauses[3].zh",
       [](Wording& w) { clause(w, "1.4").zh += "限于合理的数额。"; }},
      {lc::kOpenWord, "clauses[3].en",
       [](Wording& w) { clause(w, "1.4").en += " Repairs, searches and so on."; }},
      {lc::kTranslationMissing, "clauses[3].en",
       [](Wording& w) { clause(w, "1.4").en = clause(w, "1.4").zh; }},
      {lc::kTranslationMissing, "title.zh", [](Wording& w) { w.title.zh = "Sample wording"; }},
      {lc::kTranslationShort, "clauses[3].en",
       [](Wording& w) { clause(w, "1.4").en = "Other cost."; }},
      {lc::kTranslationNumbers, "clauses[3].zh",
       [](Wording& w) { clause(w, "1.4").zh += "十日内支付。"; }},
      {lc::kNumberDiffers, "policy.sections[0].time.waiting_hours",
       [](Wording& w) { bi(w).time.waiting_hours = 12; }},
      {lc::kNumberDiffers, "policy.services[0].limit_agg",
       [](Wording& w) {
         w.terms.services = {{.code = "FP.SERVICE",
                              .serves = {"FP.EXT"},
                              .limit_occ = 500'000,
                              .limit_agg = 2'000'000,
                              .clause = "2.4"}};
       }},
      {lc::kNumberMissing, "policy.sections[0].time.waiting_hours",
       [](Wording& w) {
         clause(w, "2.3").zh = "营业中断有等待期，时间另计。";
         clause(w, "2.3").en = "Business interruption has a waiting period, counted apart.";
       }},
      {lc::kVoidByLaw, "clauses[11].zh",
       [](Wording& w) { clause(w, "4.2").zh += "逾期通知保险人的，保险人不承担赔偿责任。"; }},
      {lc::kVoidByLaw, "clauses[4].en",
       [](Wording& w) {
         clause(w, "1.5").en = "Mitigation cost is part of the limit of the cover concerned.";
       }},
  };
}

std::vector<std::string_view> codes_of(const std::vector<Finding>& findings) {
  std::vector<std::string_view> codes;
  for (const Finding& finding : findings) {
    if (std::find(codes.begin(), codes.end(), finding.code.name) == codes.end())
      codes.push_back(finding.code.name);
  }
  return codes;
}

std::string listed(const std::vector<Finding>& findings) {
  std::string out;
  for (const Finding& finding : findings) {
    out += std::string(finding.code.name) + " at " + finding.path + " (" + finding.clause + ")";
    for (const RefusalArg& arg : finding.args) out += " " + arg.name + "=" + arg.value;
    out += "\n";
  }
  return out;
}

}  // namespace

TEST_CASE("lint: nothing is found in a wording without faults") {
  const std::vector<FiledProduct> products{{.id = "p", .registration = "C0000123"}};
  const std::vector<Finding> findings = lint(clean(), &products);
  CHECK(listed(findings) == "");
}

TEST_CASE("lint: each code is found after the smallest change that brings it about, and no other") {
  std::vector<Row> rows = rows_of_terms();
  for (Row& row : rows_of_texts()) rows.push_back(std::move(row));
  std::set<std::string_view> shown;
  for (const Row& row : rows) {
    Wording wording = clean();
    row.change(wording);
    const std::vector<Finding> findings = lint(wording);
    INFO(row.code.name, " at ", row.path, ", found:\n", listed(findings));
    const auto same = [&](const Finding& finding) {
      return finding.code.name == row.code.name && finding.path == row.path;
    };
    CHECK(std::any_of(findings.begin(), findings.end(), same));
    for (const std::string_view code : codes_of(findings)) {
      const bool expected = code == row.code.name ||
                            std::find(row.also.begin(), row.also.end(), code) != row.also.end();
      CHECK_MESSAGE(expected, code);
    }
    shown.insert(row.code.name);
  }
  for (const LintCode& code : all_lint_codes()) {
    const bool of_products = code.name.starts_with("product_");
    CHECK_MESSAGE((of_products || shown.contains(code.name)), code.name);
  }
}

TEST_CASE("lint: a wording that no product uses, and a product that is filed otherwise, are told") {
  const std::vector<FiledProduct> none;
  CHECK(codes_of(lint(clean(), &none)) == std::vector<std::string_view>{"product_missing"});
  const std::vector<FiledProduct> other{{.id = "p", .registration = "C9"}};
  CHECK(codes_of(lint(clean(), &other)) ==
        std::vector<std::string_view>{"product_filed_otherwise"});
  CHECK(lint(clean()).empty());
}

TEST_CASE("lint: a text that the law voids is told with the article") {
  struct Law {
    std::string zh;
    std::string en;
    std::string article;
  };
  const Law laws[] = {
      {"未及时通知保险人的，不予赔偿。", "Where notice is late, the insurer is not liable.", "21"},
      {"施救费用计入赔偿限额。", "Mitigation cost erodes the limit.", "57"},
      {"施救措施没有效果的，费用不予赔偿。", "Mitigation without effect is not paid.", "6"},
      {"投保即视为已明确说明。", "The clauses are deemed explained.", "13"},
      {"本合同的解释权归保险人。", "The insurer has the right of interpretation.", "30"},
      {"未如实告知的，合同自始无效。", "After an untrue answer the contract is null and void.",
       "16"},
      {"危险程度增加未通知的，保险人不承担责任。",
       "Where an increase of danger is not notified, the insurer is not liable.", "52"},
      {"投保人解除合同的，不退还保险费。", "If the policyholder cancels, there is no refund.",
       "54"},
      {"拒赔时无需说明理由。", "The insurer may deny without giving reasons.", "24"},
      {"索赔应在一年内提出，否则丧失权利。", "A claim not made within one year is barred.", "26"},
      {"查勘费用由被保险人承担。", "The cost of survey is borne by the insured.", "64"},
      {"被保险人放弃诉讼权利。", "The insured waives its right to sue.", "19"},
  };
  for (const Law& law : laws) {
    for (const bool zh : {true, false}) {
      Wording wording = clean();
      Clause& changed = clause(wording, "1.4");
      (zh ? changed.zh : changed.en) += " " + (zh ? law.zh : law.en);
      std::string articles;
      for (const Finding& finding : lint(wording)) {
        if (finding.code.name != lc::kVoidByLaw.name) continue;
        articles += (articles.empty() ? "" : " ") + finding.args[1].value;
        CHECK(!finding.args[2].value.empty());
        CHECK(finding.path == (zh ? "clauses[3].zh" : "clauses[3].en"));
      }
      CAPTURE((zh ? law.zh : law.en));
      CHECK(articles == law.article);
    }
  }
}

TEST_CASE("lint: a head that any peril can cause pays for a peril that costs nothing else") {
  for (const char* code : {"TP.DEF", "TP.SEC", "TP.TECHEO", "TP.PRODLIAB"}) {
    Wording wording = clean();
    wording.perils.codes = {"ransomware", "regulatory", "system_failure"};
    wording.terms.sections.push_back({.code = code, .clause = "1.4"});
    CAPTURE(code);
    for (const Finding& finding : lint(wording)) {
      CHECK(finding.code.name != lc::kPerilWithoutSection.name);
      CHECK(finding.code.name != lc::kSectionWithoutPeril.name);
    }
  }
}

TEST_CASE("lint: late notice that costs only what became undeterminable is what the law says") {
  Wording wording = clean();
  clause(wording, "4.2").zh =
      "被保险人逾期通知保险人的，仅因迟延而无法查清的部分不予赔偿；期限为 48 小时。";
  clause(wording, "4.2").en =
      "Within 48 hours the insured notifies the insurer; where notice is late, only the part that "
      "the delay made impossible to establish is not indemnified.";
  for (const Finding& finding : lint(wording)) CHECK(finding.code.name != lc::kVoidByLaw.name);
}

TEST_CASE("lint: a defined word is not open, and a share may be stated as what is paid") {
  Wording wording = clean();
  clause(wording, "1.4").zh += "限于合理的数额。";
  wording.clauses.push_back({.ref = "5.1",
                             .kind = ClauseKind::kDefinition,
                             .zh = "合理，是指不高于市场价格。",
                             .en = "Reasonable means no higher than the market price."});
  CHECK(listed(lint(wording)) == "");
  bi(wording).participation_bp = 1'000;
  bi(wording).participation_clause = "2.4";
  clause(wording, "2.4").zh += "营业中断按 90 % 赔偿。";
  clause(wording, "2.4").en += " Business interruption is paid at 90 %.";
  CHECK(listed(lint(wording)) == "");
}

TEST_CASE("lint: the place of a finding is that of its term, or of the table around it") {
  Node term = Node::string("8");
  term.line = 7;
  term.column = 17;
  Node section = Node::table();
  section.line = 5;
  section.column = 1;
  section.add("deductible", term);
  Node sections = Node::list();
  sections.items.push_back(section);
  Node policy = Node::table();
  policy.add("sections", sections);
  Node root = Node::table();
  root.line = 1;
  root.column = 1;
  root.add("policy", policy);
  CHECK(place_of(root, "policy.sections[0].deductible").line == 7);
  CHECK(place_of(root, "policy.sections[0].inside_aggregate").line == 5);
  CHECK(place_of(root, "policy.sections[0].time.mode").line == 5);
  CHECK(place_of(root, "policy.sections[9].code").line == 1);
  CHECK(place_of(root, "").line == 1);
  CHECK(place_of(Node::table(), "policy").line == 0);
}
