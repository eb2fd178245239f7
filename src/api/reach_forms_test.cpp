// What of an incident reaches the terms where two forms meet, from texts: the outage of a named
// provider, partial gates on measured hours, windows before lists of vendors, an exclusion's limit
// beside a ladder, and mitigation cost under a write-back.
#include <doctest/doctest.h>

#include "api/wording_text_test.h"
#include "claims/refusals.h"
#include "terms/refusals.h"

using namespace anlan;
using namespace anlan::api::forms;

namespace {

// A section of the outages of cloud_one: 100.00 for each completed hour.
std::string measured(std::string_view more = "") {
  return "\n[[policy.sections]]\ncode = \"FP.CBI\"\nclause = \"1.2\"\nprovider = \"cloud_one\"\n"
         "[policy.sections.time]\nparametric_hourly = \"100.00\"\nparametric_clause = \"2.3\"\n" +
         clause("2.3", "limit") + std::string(more);
}

terms::Wording of_providers(const std::string& more) {
  terms::Wording out = wording(more);
  out.perils.codes.emplace_back("provider_outage");
  return out;
}

// Twenty hours in which 7.00 an hour were lost.
domain::IncidentInput outage(std::string_view provider, std::string_view peril) {
  domain::IncidentInput out = incident(
      "[interruption]\nsection = \"FP.CBI\"\nprovider = \"" + std::string(provider) +
      "\"\nstarted = \"2026-05-11T08:00:00+08:00\"\nrestored = \"2026-05-12T04:00:00+08:00\"\n"
      "[[interruption.profile]]\ndays = \"mon-sun\"\nhours = \"00-24\"\namount = \"7.00\"\n");
  out.incident.peril = {std::string(peril)};
  return out;
}

std::string excluded(std::string_view more) {
  return "\n[[exclusions]]\nname = \"war\"\nclause = \"3.1\"\n" + std::string(more) + "\n" +
         clause("3.1", "exclusion");
}

std::string scale(std::string_view step) {
  return "\n[[scales]]\nname = \"u\"\nmeasure = \"days_unpatched\"\nperils = [\"ransomware\"]\n"
         "clause = \"4.2\"\nsteps = [ { days = 1, " +
         std::string(step) + " } ]\n" + clause("4.2", "condition", true);
}

}  // namespace

TEST_CASE("form provider: the loss file says whose service failed, and unknown is never another") {
  struct Row {
    std::string_view provider;
    std::string_view peril;
    std::int64_t paid;
  };
  for (const Row& row :
       {Row{"cloud_one", "provider_outage", 2'000}, Row{"cloud_two", "provider_outage", 0},
        Row{"cloud_one", "ransomware", 0}, Row{"", "ransomware", 0}}) {
    CAPTURE(row.provider);
    CAPTURE(row.peril);
    const Claim claim{.wording = of_providers(measured()),
                      .input = outage(row.provider, row.peril)};
    const domain::ClaimDecision decision = decide(claim);
    CHECK(decision.payable == yuan(row.paid));
    REQUIRE(!decision.settlement.steps.empty());
    CHECK((decision.settlement.steps[0].reason == domain::StepReason::kOtherProvider) ==
          (row.paid == 0));
  }
}

TEST_CASE("refusal 6032 provider_not_stated: an outage of a provider that nobody names") {
  const Claim claim{.wording = of_providers(measured()), .input = outage("", "provider_outage")};
  const auto decision = try_decide(claim);
  REQUIRE_FALSE(decision.ok());
  CHECK(decision.refusal().code == claims::refusals::kProviderNotStated);
  CHECK(decision.refusal().path == "interruption.provider");
}

TEST_CASE("form unmet_bp: of measured hours a partial gate takes its share of the measured sum") {
  const std::string half = measured(
      "\n[[conditions]]\nname = \"log\"\nheads = [\"FP.CBI\"]\nunmet_bp = 2500\n"
      "clause = \"4.1\"\n" +
      clause("4.1", "condition"));
  Claim claim{.wording = of_providers(half), .input = outage("cloud_one", "provider_outage")};
  CHECK(payable(claim) == yuan(1'500));
  claim.input.conditions.push_back({.condition = "log", .reference = "r"});
  CHECK(payable(claim) == yuan(2'000));
}

TEST_CASE("form vendors: the share of others is that of what the windows left") {
  const std::string forms =
      "\n[[expense_windows]]\nheads = [\"FP.IR\"]\ndays = 30\nfrom = \"occurrence\"\nclause = "
      "\"4.6\"\n" +
      clause("4.6", "condition", true) +
      "\n[[conditions]]\nname = \"panel\"\nkind = \"designated_vendor\"\nvendors = [\"Panel\"]\n"
      "heads = [\"FP.IR\"]\nclause = \"4.1\"\n" +
      clause("4.1", "condition");
  const std::string soon = "incurred = \"2026-05-12T08:00:00+08:00\"\n";
  const std::string late = "incurred = \"2026-09-12T08:00:00+08:00\"\n";
  struct Row {
    std::string listed;
    std::string other;
    std::int64_t paid;
  };
  for (const Row& row :
       {Row{soon, late, 100}, Row{late, soon, 0}, Row{soon, soon, 100}, Row{late, late, 0}}) {
    CAPTURE(row.paid);
    const Claim claim{
        .wording = wording(forms),
        .input = incident(item("FP.IR", "100.00", "vendor = \"Panel\"\n" + row.listed) +
                          item("FP.IR", "300.00", "vendor = \"Else\"\n" + row.other))};
    CHECK(payable(claim) == yuan(row.paid));
  }
}

TEST_CASE("an exclusion's limit and what a ladder leaves of the limit: the smaller binds") {
  const auto limited = [](std::string_view amount) {
    return excluded("causes = [\"war\"]\nlimit = \"" + std::string(amount) +
                    "\"\nlimit_clause = \"3.9\"") +
           clause("3.9", "limit", true);
  };
  // Half of 1,000,000 beside the limit of the exclusion, of a loss of 900,000.
  struct Row {
    std::string forms;
    std::int64_t paid;
  };
  for (const Row& row : {Row{limited("200000.00"), 200'000}, Row{scale("limit_bp = 5000"), 500'000},
                         Row{limited("200000.00") + scale("limit_bp = 5000"), 200'000},
                         Row{limited("700000.00") + scale("limit_bp = 5000"), 500'000}}) {
    CAPTURE(row.forms);
    Claim claim{.wording = wording(row.forms),
                .input = incident("causes = [\"war\"]\n" + item("FP.IR", "900000.00"))};
    claim.days_unpatched = 50;
    CHECK(payable(claim) == yuan(row.paid));
  }
}

TEST_CASE("a share of the loss is that of measured hours, and never of what is rendered in kind") {
  Claim claim{.wording = of_providers(measured(scale("loss_bp = 1000"))),
              .input = outage("cloud_one", "provider_outage")};
  claim.wording.scales.front().perils = {"provider_outage"};
  claim.days_unpatched = 50;
  CHECK(payable(claim) == yuan(1'800));
  const std::string served =
      "\n[[policy.services]]\ncode = \"FP.SERVICE\"\nserves = [\"FP.IR\"]\nlimit_agg = "
      "\"1000.00\"\nclause = \"1.4\"\n";
  claim = {.wording = wording(served + scale("loss_bp = 1000")),
           .input = incident(item("FP.IR", "1500.00"))};
  claim.days_unpatched = 50;
  CHECK(payable(claim) == yuan(450));  // a tenth of 500
}

TEST_CASE("mitigation: written back by its own head only, whichever section stands first") {
  struct Row {
    std::string_view exclusion;
    std::int64_t paid;
  };
  const std::string causes = "causes = [\"war\"]\n";
  for (const Row& row :
       {Row{"", 0}, Row{"except_heads = [\"FP.BI\"]", 0}, Row{"except_heads = [\"FP.IR\"]", 0},
        Row{"except_heads = [\"FP.MITIG\"]", 50}, Row{"heads = [\"FP.BI\"]", 50}}) {
    CAPTURE(row.exclusion);
    const Claim claim{
        .wording = wording(excluded(causes + std::string(row.exclusion))),
        .input = incident(causes + "mitigation = \"50.00\"\n" + item("FP.EXT.COST", "0.00"))};
    CHECK(payable(claim) == yuan(row.paid));
  }
  const auto of_heads =
      try_wording(wording_text(excluded("heads = [\"FP.EXT\"]\nexcept_heads = [\"FP.MITIG\"]")));
  REQUIRE_FALSE(of_heads.ok());
  CHECK(of_heads.refusal().code == terms::refusals::kExclusionTermVoid);
}
