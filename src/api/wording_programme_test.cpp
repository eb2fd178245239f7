// Programmes, the status of covers and the rules of law, from wording texts.
#include <filesystem>

#include <doctest/doctest.h>

#include "api/wording_text_test.h"
#include "terms/cover_status.h"
#include "terms/plan.h"
#include "terms/programme.h"
#include "terms/refusals.h"
#include "terms/statutory.h"
#include "terms/tower.h"

using namespace anlan;
using namespace anlan::api::forms;

namespace {

std::string table(std::string_view text, std::string_view kind = "condition") {
  return "\n" + std::string(text) + "\nclause = \"9.1\"\n" + clause("9.1", kind);
}

// Lump sums by section, in the order FP.BI, FP.EXT, FP.IR, FP.PR.
terms::Incident lumps(std::int64_t ext, std::int64_t ir, std::int64_t pr) {
  return {.losses = {0, ext * 100, ir * 100, pr * 100}};
}

domain::Settlement settle_fresh(const terms::Terms& terms, const terms::Incident& incident) {
  const terms::Plan plan = terms::compile(terms);
  terms::YearState year = terms::fresh_year(plan);
  return terms::settle(plan, incident, year);
}

}  // namespace

TEST_CASE("form [certificates] member_limit: each member has its own year inside the master's") {
  const terms::Wording master =
      wording(table("[certificates]\nmember_limit = \"300000.00\"", "limit"));
  REQUIRE(master.programme.certificates);
  terms::YearState year = terms::fresh_year(terms::compile(master.terms));
  struct Row {
    int member;
    std::int64_t loss;
    std::int64_t paid;
    std::string_view clause;
  };
  // The master's aggregate limit is 1,000,000.
  std::array<std::int64_t, 4> used = {};
  for (const Row& row : std::vector<Row>{{0, 250'000, 250'000, ""},
                                         {0, 250'000, 50'000, "9.1"},
                                         {1, 400'000, 300'000, "9.1"},
                                         {2, 300'000, 300'000, ""},
                                         {3, 300'000, 100'000, "2.1"},
                                         {0, 100, 0, "9.1"}}) {
    CAPTURE(row.member);
    CAPTURE(row.loss);
    auto& own = used[static_cast<std::size_t>(row.member)];
    const terms::Plan plan =
        terms::compile(terms::member_terms(*master.programme.certificates, master.terms, own));
    const domain::Settlement settled = terms::settle(plan, lumps(0, row.loss, 0), year);
    for (const domain::SectionPaid& section : settled.sections) own += section.eroded.minor();
    CHECK(settled.paid_total == yuan(row.paid));
    CHECK((settled.steps.empty() ? "" : settled.steps.back().clause) == row.clause);
  }
}

TEST_CASE("form [excess] attachment, recognises_erosion_by: E15, what is not recognised is a gap") {
  const auto excess = [](std::string_view keys) {
    return wording(table("[excess]\nfollows = \"primary-1\"\n" + std::string(keys) +
                             "\ndiffers = [\"No extortion.\"]",
                         "limit"));
  };
  terms::Terms primary = wording("").terms;
  primary.aggregate_limit = 1'000'000'000;  // 10 million
  primary.sections[0].time = {};
  struct Row {
    std::string_view keys;
    std::int64_t primary;
    std::int64_t excess;
    std::int64_t uninsured;
  };
  // A first loss of 8 million interruption and 2 million extortion, then 6 million interruption.
  for (const Row& row : std::vector<Row>{
           {"attachment = \"10000000.00\"\nrecognises_erosion_by = [\"FP.BI\", \"FP.IR\"]", 0, 4,
            2},
           {"attachment = \"10000000.00\"\nrecognises_erosion_by = \"all\"", 0, 6, 0},
           {"attachment = \"10000000.00\"", 0, 6, 0},
           {"attachment = \"11000000.00\"", 0, 5, 1}}) {
    CAPTURE(row.keys);
    terms::Wording above = excess(row.keys);
    CHECK(above.programme.excess->differs == std::vector<std::string>{"No extortion."});
    above.terms.aggregate_limit = 2'000'000'000;
    std::erase_if(above.terms.sections,
                  [](const terms::Section& section) { return section.code == "FP.EXT"; });
    const auto tower = terms::excess_tower(*above.programme.excess, primary, above.terms);
    REQUIRE(tower.ok());
    terms::TowerYear year = terms::fresh_year(*tower);
    const terms::Incident first = {.losses = {800'000'000, 200'000'000, 0, 0}};
    const terms::Incident second = {.losses = {600'000'000, 0, 0, 0}};
    terms::settle_tower(*tower, terms::loss_above_retention(primary, first), year);
    const terms::TowerSettlement next =
        terms::settle_tower(*tower, terms::loss_above_retention(primary, second), year);
    CHECK(next.layers.front().paid == row.primary * 100'000'000);
    CHECK(next.layers.back().paid == row.excess * 100'000'000);
    const std::int64_t insured = next.layers.size() == 3 ? next.layers[1].paid : 0;
    CHECK(next.uninsured + insured == row.uninsured * 100'000'000);
  }
}

TEST_CASE("refusal 1046 excess_mismatch: the attachment is no lower than the primary limit") {
  const terms::Excess low{.follows = {"primary-1"}, .attachment = 99'999'999};
  terms::Terms primary = wording("").terms;
  CHECK(terms::excess_tower(low, primary, primary).refusal().code.name ==
        terms::refusals::kExcessMismatch.name);
  primary.aggregate_limit = std::nullopt;
  CHECK(!terms::excess_tower(low, primary, wording("").terms).ok());
}

TEST_CASE(
    "form [difference_in] conditions, limits: the master pays what the local policy does not") {
  terms::Terms local = wording("").terms;
  local.sections[2].sublimit_occ = 20'000'00;  // FP.IR
  local.sections[3].sublimit_occ = 0;          // FP.PR: no cover
  struct Row {
    std::string_view keys;
    std::int64_t ir;
    std::int64_t pr;
  };
  for (const Row& row : std::vector<Row>{{"conditions = true\nlimits = true", 30'000, 10'000},
                                         {"conditions = true", 0, 10'000},
                                         {"limits = true", 30'000, 0}}) {
    CAPTURE(row.keys);
    const terms::Wording master =
        wording(table("[difference_in]\nlocal = \"local-1\"\n" + std::string(row.keys), "limit"));
    const terms::Incident incident = lumps(0, 50'000, 10'000);
    const auto lines =
        terms::difference_paid(*master.programme.difference_in,
                               settle_fresh(master.terms, incident), settle_fresh(local, incident));
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].paid == yuan(row.ir));
    CHECK(lines[1].paid == yuan(row.pr));
  }
}

TEST_CASE("form [beneficiary] role: who is paid") {
  for (const auto& [word, role] : std::vector<std::pair<std::string, terms::BeneficiaryRole>>{
           {"insured", terms::BeneficiaryRole::kInsured},
           {"customer", terms::BeneficiaryRole::kCustomer}}) {
    const terms::Wording read = wording(table("[beneficiary]\nrole = \"" + word + "\""));
    CHECK(read.programme.beneficiary->role == role);
    CHECK(read.programme.beneficiary->clause == "9.1");
  }
  CHECK(!wording("").programme.beneficiary);
}

TEST_CASE("cover status: derived from the terms, with the clauses that make it so") {
  const std::string forms =
      "\n[[exclusions]]\nname = \"pr\"\nheads = [\"FP.PR\"]\nclause = \"3.1\"\n" +
      clause("3.1", "exclusion") +
      "\n[[exclusions]]\nname = \"war\"\ncauses = [\"war\"]\nclause = \"3.2\"\n" +
      clause("3.2", "exclusion") +
      "\n[[conditions]]\nname = \"agreed\"\nheads = [\"FP.EXT.RANSOM\", \"FP.IR\"]\nclause = "
      "\"4.1\"\n" +
      clause("4.1", "condition") +
      "\n[[policy.sections]]\ncode = \"FP.DATA\"\nclause = \"1.6\"\nsublimit_occ = "
      "\"20000.00\"\nsublimit_clause = \"2.3\"\n" +
      clause("1.6", "insuring") + clause("2.3", "limit") +
      "\n[[policy.sections]]\ncode = \"FP.HW\"\nclause = \"1.6\"\ncoins_bp = 1000\n"
      "participation_clause = \"2.3\"\n" +
      "\n[[policy.sections]]\ncode = \"FP.LEGAL\"\nclause = \"1.6\"\nsublimit_occ = "
      "\"1000000.00\"\nsublimit_clause = \"2.3\"\n" +
      "\n[[policy.sections]]\ncode = \"TP.REG.FINE\"\nclause = \"1.6\"\n" +
      "\n[[statuses]]\ncover = \"TP.REG.FINE\"\nstatus = \"nominal_only\"\nclause = \"4.1\"\n" +
      "\n[[statuses]]\ncover = \"FP.CBI\"\nstatus = \"excluded\"\nclause = \"4.1\"\n";
  const terms::Wording read = wording(forms);
  struct Row {
    std::string_view code;
    terms::CoverStatus status;
    std::vector<std::string> clauses;
  };
  using S = terms::CoverStatus;
  for (const Row& row : std::vector<Row>{{"FP.BI", S::kCovered, {"1.2"}},
                                         {"FP.EXT", S::kLimited, {"4.1"}},
                                         {"FP.EXT.RANSOM", S::kConditional, {"4.1"}},
                                         {"FP.EXT.COST", S::kCovered, {"1.3"}},
                                         {"FP.IR", S::kConditional, {"4.1"}},
                                         {"FP.PR", S::kExcluded, {"3.1"}},
                                         {"FP.DATA", S::kLimited, {"2.3"}},
                                         {"FP.HW", S::kLimited, {"2.3"}},
                                         {"FP.LEGAL", S::kCovered, {"1.6"}},
                                         {"TP.REG.FINE", S::kNominalOnly, {"4.1"}},
                                         {"FP.CBI", S::kExcluded, {"4.1"}},
                                         {"FP.MITIG", S::kCovered, {"2.1"}},
                                         {"TP.PRIV", S::kNotMentioned, {}}}) {
    CAPTURE(row.code);
    const terms::StatusOfCover found = terms::cover_status(read, row.code);
    CHECK(name_of(found.status) == name_of(row.status));
    CHECK(found.clauses == row.clauses);
  }
  // Without the statements nothing of it is known.
  const terms::Wording plain = wording("");
  CHECK(terms::cover_status(plain, "FP.CBI").status == S::kNotMentioned);
  CHECK(terms::cover_status(plain, "FP.PR").status == S::kCovered);
}

TEST_CASE(
    "statutory rules: each names its article, says what it does, and where it acts is there") {
  std::vector<std::string> seen;
  for (const terms::StatutoryRule& rule : terms::statutory_rules()) {
    CAPTURE(rule.article);
    const std::string key =
        std::to_string(static_cast<int>(rule.statute)) + " " + std::string(rule.article);
    CHECK(std::find(seen.begin(), seen.end(), key) == seen.end());
    seen.push_back(key);
    CHECK(!rule.zh.empty());
    CHECK(!rule.en.empty());
    if (rule.acts_in.empty()) continue;
    const std::string base = std::string(ANLAN_SOURCE_DIR) + "/src/" + std::string(rule.acts_in);
    CHECK_MESSAGE(std::filesystem::exists(base + ".cpp"), base);
  }
  for (const std::string_view article : {"1 16", "1 17", "1 21", "1 57", "1 65"}) {
    CHECK(std::find(seen.begin(), seen.end(), article) != seen.end());
  }
}

TEST_CASE(
    "statutory rules: late notice costs what became undeterminable, whatever the wording says") {
  const std::string harsh =
      "\n[late_notice]\nhours = 1\nclause = \"4.1\"\n" + clause("4.1", "condition");
  Claim claim{.wording = wording(harsh),
              .input = incident(item("FP.IR", "100.00")),
              .reported = at("2026-08-01T00:00:00+08:00")};
  CHECK(payable(claim) == yuan(100));
}
