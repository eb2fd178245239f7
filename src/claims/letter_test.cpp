#include "claims/letter.h"

#include <fstream>
#include <string>

#include <doctest/doctest.h>

#include "claims/ningbo_test.h"
#include "claims/refusals.h"
#include "domain/settlement.h"
#include "ledger/refusals.h"

using namespace anlan;
using namespace anlan::claims;
using domain::ClaimDecision;
using ningbo::Claim;
using ningbo::item;
using ningbo::yuan;

namespace {

// The sentences of data/locales by dotted key. The files hold one `key = "text"` a line under their
// [tables]; formats reads them for the program, claims may not.
Texts locale(Lang lang) {
  std::ifstream file(std::string(ANLAN_SOURCE_DIR) + "/data/locales/" + std::string(name_of(lang)) +
                     ".toml");
  REQUIRE(file.good());
  Texts texts;
  std::string table;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('[')) table = line.substr(1, line.find(']') - 1);
    const std::size_t equals = line.find(" = \"");
    if (line.starts_with('#') || line.starts_with('"') || equals == std::string::npos) continue;
    texts.by_key[table + "." + line.substr(0, equals)] =
        line.substr(equals + 4, line.rfind('"') - equals - 4);
  }
  return texts;
}

std::string flat(const Document& document) {
  std::string out;
  for (const Block& block : document.blocks) {
    if (const auto* heading = std::get_if<Heading>(&block)) out += "# " + heading->text;
    if (const auto* paragraph = std::get_if<Paragraph>(&block)) out += paragraph->text;
    if (const auto* bullet = std::get_if<Bullet>(&block)) out += "- " + bullet->text;
    if (const auto* table = std::get_if<Table>(&block)) {
      for (const auto& row : table->rows) {
        CHECK(row.size() == table->columns.size());
        for (const std::string& cell : row) out += cell + " | ";
        out += "\n";
      }
    }
    out += "\n";
  }
  return out;
}

std::string letter_of(const Claim& claim, const ClaimDecision& decision, Lang lang,
                      domain::ClaimState state = domain::ClaimState::kApproved) {
  const std::string text = flat(letter({.decision = decision,
                                        .policy = claim.policy,
                                        .incident = claim.incident,
                                        .wording = claim.wording,
                                        .texts = locale(lang),
                                        .lang = lang,
                                        .insurer = "示例保险",
                                        .insured = "示例企业",
                                        .state = state,
                                        .dated = parse_date("2026-05-20", "").value()}));
  // Every key has its sentence and every argument its value.
  CHECK(text.find("[letter.") == std::string::npos);
  CHECK(text.find("[step.") == std::string::npos);
  CHECK(text.find("[clause_kind.") == std::string::npos);
  CHECK(text.find('{') == std::string::npos);
  return text;
}

void check_has(const std::string& text, const std::vector<std::string>& parts) {
  for (const std::string& part : parts) {
    INFO(text);
    CAPTURE(part);
    CHECK(text.find(part) != std::string::npos);
  }
}

}  // namespace

TEST_CASE(
    "letter: it names every head, every clause that changed an amount, and quotes the clause") {
  Claim claim;
  claim.loss = ningbo::hourly_loss();
  ClaimDecision decision = claim.adjudicate().value();
  decision.id = {44};
  check_has(letter_of(claim, decision, Lang::kEn),
            {"# Decision on your claim", "AL-2026-000030", "clm_44", "of 2026-05-11",
             "accepted in part. We pay 150,000.00.",
             "Business interruption | 145,200.00 | 130,000.00 | 130,000.00 | ",
             "Ransom | 38,000.00 | 38,000.00 | 38,000.00 | ",
             "Business interruption | 130,000.00 | 100,000.00 | ",
             "Hardware improvement | 8,000.00 | 4,571.43 | ", "Total |  | 150,000.00 | ",
             "the records show 130,000.00 instead of the stated 145,200.00 (clause 5.1)",
             "(clause 2.2); 130,000.00 becomes 100,000.00", "- Clause 2.2 (limit): Text of 2.2.",
             "- Clause 2.4 (limit): Text of 2.4.", "250,000.00 is left", "BKP-02",
             "within ten days", "complain"});
  check_has(letter_of(claim, decision, Lang::kZh),
            {"# 理赔决定通知书", "予以部分赔付，赔款 150,000.00", "营业中断 | 145,200.00",
             "赎金 | 38,000.00", "（第 2.2 条）；130,000.00 减为 100,000.00",
             "- 第 2.2 条（赔偿限额）　第2.2条文本", "余额为 250,000.00", "十日内", "12378"});
}

TEST_CASE("letter: nobody is promised money before the claim is approved") {
  using S = domain::ClaimState;
  Claim claim;
  claim.loss = ningbo::hourly_loss();
  const ClaimDecision decision = claim.adjudicate().value();
  const std::string proposed = letter_of(claim, decision, Lang::kEn, S::kAdjudicated);
  check_has(proposed,
            {"# Proposed decision", "To: 示例企业", "proposed to accept your claim in part",
             "no decision until it is approved", "# What is proposed", "示例保险, 2026-05-20"});
  CHECK(proposed.find("We pay") == std::string::npos);
  check_has(letter_of(claim, decision, Lang::kZh, S::kAdjudicated),
            {"# 理赔意见（尚待核赔）", "致：示例企业", "拟赔款 150,000.00", "核赔后方为决定"});
  check_has(letter_of(claim, decision, Lang::kEn, S::kApproved),
            {"# Decision on your claim", "We pay 150,000.00.", "within ten days"});
  const std::string paid = letter_of(claim, decision, Lang::kEn, S::kPaid);
  check_has(paid, {"We paid 150,000.00 on 2026-05-20.", "We paid on 2026-05-20."});
  CHECK(paid.find("within ten days") == std::string::npos);
}

TEST_CASE("letter: what is paid names the clause that grants it") {
  Claim claim;
  claim.loss.items = {item("FP.IR", yuan(1'000))};
  claim.loss.interruption.reset();
  claim.wording.terms.sections[4].clause = "1.6";
  check_has(letter_of(claim, claim.adjudicate().value(), Lang::kEn),
            {"Your claim is accepted. We pay 1,000.00.",
             "Incident response and forensics | 1,000.00 | 1,000.00 | 1.6 | "});
}

TEST_CASE("letter: a head that no cover takes and an incident out of time name their clauses") {
  Claim claim;
  claim.loss.items = {item("FP.NOTIFY", yuan(9'000)), item("FP.IR", yuan(1'000))};
  claim.loss.interruption.reset();
  claim.wording.terms.sections[4].clause = "1.7";
  check_has(letter_of(claim, claim.adjudicate().value(), Lang::kEn),
            {"Notification: the covers of the policy (clauses 1.7) do not include this head",
             "Clause 1.7 (cover): Text of 1.7."});
  claim.incident.occurred = ningbo::at("2020-01-01T00:00:00+08:00");
  check_has(letter_of(claim, claim.adjudicate().value(), Lang::kEn, domain::ClaimState::kDenied),
            {"outside the policy period (clause 1.1)", "Clause 1.1 (cover): Text of 1.1.",
             "within three days of the decision"});
}

TEST_CASE("letter: a denial states its reason, its clause and the right to complain") {
  Claim claim;
  claim.loss.items = {item("FP.EXT.RANSOM", yuan(38'000))};
  claim.conditions.erase(claim.conditions.begin());
  const ClaimDecision decision = claim.adjudicate().value();
  const std::string en = letter_of(claim, decision, Lang::kEn);
  check_has(en, {"Your claim is denied.", "Ransom | 38,000.00 | 38,000.00 | 0.00 | ",
                 "a condition of the policy is not met or not evidenced (clause 4.2)",
                 "Clause 4.2 (condition): Text of 4.2.", "within three days of the decision",
                 "complain"});
  CHECK(en.find("within ten days") == std::string::npos);
  check_has(letter_of(claim, decision, Lang::kZh),
            {"不予赔付", "（第 4.2 条）", "第4.2条文本", "三日内", "投诉"});
}

TEST_CASE("letter: clauses that were left out or applied on authority are listed with their text") {
  Claim claim;
  claim.conditions.clear();
  claim.forget_explanation("4.2");
  claim.forget_explanation("4.3");
  claim.overrides = {"4.3"};
  const ClaimDecision decision = claim.adjudicate().value();
  check_has(letter_of(claim, decision, Lang::kEn),
            {"were not applied against you", "- Clause 4.2 (condition): Text of 4.2.",
             "by decision of an authorised person", "- Clause 4.3 (condition): Text of 4.3."});
}

TEST_CASE(
    "letter: of a claim that is rendered in kind alone nothing is paid, and no date is told") {
  Claim claim;
  claim.wording.terms.services = {
      {.code = "FP.SERVICE", .serves = {"FP.IR"}, .limit_agg = 10'000'000, .clause = "2.4"}};
  claim.loss.items = {item("FP.IR", yuan(60'000))};
  const ClaimDecision decision = claim.adjudicate().value();
  const auto text = [&](Lang lang, domain::ClaimState state) {
    return letter_of(claim, decision, lang, state);
  };
  const std::string settled = text(Lang::kEn, domain::ClaimState::kPaid);
  check_has(settled, {"Help worth 60,000.00 is rendered in kind; nothing remains to be paid.",
                      "there is no payment to wait for"});
  CHECK(settled.find("We paid") == std::string::npos);
  check_has(text(Lang::kZh, domain::ClaimState::kPaid), {"以服务给付，折合 60,000.00"});
  check_has(text(Lang::kEn, domain::ClaimState::kAdjudicated), {"nothing would remain to be paid"});
  check_has(text(Lang::kZh, domain::ClaimState::kAdjudicated), {"本意见须经核赔后方为决定"});
}

TEST_CASE("letter: what was paid before is taken off; no table stands where nothing is claimed") {
  Claim claim;
  claim.loss.items = {item("FP.IR", yuan(1'000))};
  const ClaimDecision decision = claim.adjudicate().value();
  const auto text = [&](std::optional<Money> paid) {
    return flat(letter({.decision = decision,
                        .policy = claim.policy,
                        .incident = claim.incident,
                        .wording = claim.wording,
                        .texts = locale(Lang::kEn),
                        .lang = Lang::kEn,
                        .state = domain::ClaimState::kApproved,
                        .paid_before = paid}));
  };
  CHECK(text({}).find("before;") == std::string::npos);
  CHECK(text(yuan(0)).find("before;") == std::string::npos);
  check_has(text(yuan(400)),
            {"Of the 1,000.00, 400.00 was paid before; 600.00 is to be paid now."});
  check_has(text(yuan(1'000)), {"1,000.00 was paid before; nothing is to be paid now."});
  ClaimDecision nothing = decision;
  nothing.outcome = domain::ClaimOutcome::kDenied;
  nothing.settlement.sections.clear();
  CHECK(letter_of(claim, decision, Lang::kEn).find("# What we pay") != std::string::npos);
  CHECK(letter_of(claim, nothing, Lang::kEn).find("# What we pay") == std::string::npos);
}

TEST_CASE("letter: mitigation stands outside the limits") {
  Claim claim;
  claim.loss.mitigation = yuan(30'000);
  const ClaimDecision decision = claim.adjudicate().value();
  check_has(letter_of(claim, decision, Lang::kEn),
            {"Mitigation cost, in addition to the limits |  | 30,000.00 | ",
             "Total |  | 180,000.00 | ", "Clause 1.7 (cover): Text of 1.7."});
}

TEST_CASE(
    "locales: every refusal of ledger and claims and every step has its sentences in both "
    "languages") {
  for (const Lang lang : {Lang::kZh, Lang::kEn}) {
    const Texts texts = locale(lang);
    CAPTURE(name_of(lang));
    const auto has = [&](std::string_view key) {
      CAPTURE(key);
      CHECK(texts.has(key));
    };
    for (const RefusalCode& code : ledger::refusals::kRefusals) {
      has(std::string(code.name) + ".rule");
      has(std::string(code.name) + ".fix");
    }
    for (const RefusalCode& code : claims::refusals::kRefusals) {
      has(std::string(code.name) + ".rule");
      has(std::string(code.name) + ".fix");
    }
    for (const auto& reason : enum_names(static_cast<domain::StepReason*>(nullptr))) {
      has("step." + std::string(reason.name) + ".short");
      has("step." + std::string(reason.name) + ".text");
    }
    for (const auto& outcome : enum_names(static_cast<domain::ClaimOutcome*>(nullptr))) {
      has("outcome." + std::string(outcome.name));
    }
  }
}

TEST_CASE("refusals: the codes of ledger and claims stand in numeric order within their ranges") {
  const auto check_range = [](const auto& codes, std::uint16_t first) {
    CHECK(codes[0].number == first);
    for (std::size_t n = 1; n < codes.size(); ++n) {
      CHECK(codes[n].number > codes[n - 1].number);
      CHECK(codes[n].number < first + 999);
    }
  };
  check_range(ledger::refusals::kRefusals, 2001);
  check_range(claims::refusals::kRefusals, 6001);
}
