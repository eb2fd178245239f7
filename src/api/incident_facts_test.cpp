// Facts of an incident from the file to the decision: recorded, shown with who said so, and taken
// by the claim.
#include <doctest/doctest.h>

#include "api/desk_fixture_test.h"
#include "house/refusals.h"
#include "house/views.h"
#include "protection/refusals.h"
#include "terms/refusals.h"

namespace anlan::api {
namespace {

using fixture::Desk;
using fixture::Words;

// Under endpoint-ransomware: clause 4.2 takes 10 % of the loss where protection on the endpoints
// stood still for 7 days, 30 % after 30.
struct Hit {
  Desk desk{Library(platform::Artefacts())};
  std::string incident;

  Hit() {
    for (const std::string role : {"claims_handler", "claims_manager"}) {
      desk.must("op", {"actor", "appoint", role == "claims_handler" ? "handler" : "manager",
                       "--role", role, "--authority", "100000.00"});
    }
    desk.must("op", {"actor", "appoint", "senior", "--role", "underwriter", "--authority",
                     "100000000.00"});
    const std::string company = desk.company(0);
    const std::string quote = desk.must("senior", {"quote", "issue", company, "--product",
                                                   "endpoint-ransomware", "--from", "2026-03-10"})
                                  .json.find("id")
                                  ->text;
    desk.must("broker", {"quote", "explain", quote, "--confirmed-by", "e-sign"});
    const std::string policy = desk.must("senior", {"policy", "bind", quote}).json.find("id")->text;
    desk.to_day(60);
    const std::string path = desk.file("loss.toml",
                                       "peril = \"ransomware\"\n"
                                       "occurred = \"2026-04-20T08:00:00+08:00\"\n"
                                       "discovered = \"2026-04-20T08:20:00+08:00\"\n"
                                       "summary = \"x\"\n[[items]]\nhead = \"FP.DATA\"\n"
                                       "amount = \"60000.00\"\nnote = \"n\"\n");
    incident = desk.must("broker", {"incident", "report", policy, path}).json.find("id")->text;
    desk.must("broker", {"incident", "loss", incident, path});
  }
  Reply record(const std::string& facts, const std::string& actor = "manager") {
    return desk.must(actor, {"incident", "facts", incident, desk.file("facts.toml", facts),
                             "--evidence", desk.file("report.pdf", "bytes of the report")});
  }
  std::string refused(const std::string& facts) {
    desk.tick("manager");
    const auto reply = run_operation(
        desk.session(), {"incident", "facts", incident, desk.file("facts.toml", facts)});
    return reply.ok() ? "accepted" : std::string(reply.refusal().code.name);
  }
};

const std::string kLapse =
    "note = \"forensic report, page 9\"\n[[lapses]]\ncontrol = \"END-01\"\n"
    "from = \"2026-04-01\"\nfound_by = \"handler\"\n";

bool says(const Document& document, const std::string& text) {
  for (const Block& block : document.blocks) {
    const auto* list = std::get_if<Bullet>(&block);
    if (list && list->text.find(text) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("incident facts: a lapse that a person recorded takes its step, and who said so stands") {
  Hit hit;
  const Reply recorded = hit.record(kLapse);
  CHECK(recorded.brief.size() == 1);  // the wording asks for this control
  CHECK(recorded.brief[0].find("19 days") != std::string::npos);
  const Reply claim = hit.desk.must("handler", {"claim", "adjudicate", hit.incident});
  bool took = false;
  for (const Node& step : claim.json.find("settlement")->find("steps")->items)
    took = took || step.find("clause")->text == "4.2";
  CHECK(took);
  for (const Words& words : {Words{"incident", "show", hit.incident},
                             Words{"claim", "show", claim.json.find("id")->text}}) {
    const Reply shown = hit.desk.must("handler", words);
    CHECK(says(shown.document, "END-01"));
    CHECK(says(shown.document, "by manager (forensic report, page 9, evidence "));
    REQUIRE(shown.json.find("facts")->items.size() == 1);
    CHECK(shown.json.find("facts_counting")->items[0].find("item")->text == "lapse");
  }
}

TEST_CASE("incident facts: an item that no term looks at is recorded and said to be so") {
  Hit hit;
  const Reply recorded = hit.record(
      "note = \"n\"\n[[values]]\nsection = \"FP.DATA\"\n"
      "declared = \"1.00\"\nactual = \"2.00\"\n");
  REQUIRE(recorded.brief.size() == 2);
  CHECK(recorded.brief[1].find("no term") == 0);
  hit.record(
      "note = \"n\"\n[[values]]\nsection = \"FP.DATA\"\ndeclared = \"2.00\"\n"
      "actual = \"2.00\"\n");
  const Reply shown = hit.desk.must("handler", {"incident", "show", hit.incident});
  CHECK(shown.json.find("facts")->items.size() == 2);
  CHECK(shown.json.find("facts_counting")->items.size() == 1);
  CHECK(says(shown.document, "a later record took its place"));
}

TEST_CASE("refusals of incident facts: a control or a cause that nobody knows, and the house's") {
  Hit hit;
  CHECK(hit.refused("note = \"n\"\n[[lapses]]\ncontrol = \"END-99\"\nfrom = \"2026-04-01\"\n") ==
        protection::kControlUnknown.name);
  CHECK(hit.refused("note = \"n\"\ncauses = [\"wra\"]\n") == terms::refusals::kCauseUnknown.name);
  CHECK(hit.refused(kLapse) == house::refusals::kFactUnevidenced.name);
  CHECK(hit.refused("note = \"n\"\n") == house::refusals::kNoFactsStated.name);
}

}  // namespace anlan::api
