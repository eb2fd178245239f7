// The rules of underwriting through the operations, on a house on disk.
#include <algorithm>

#include <doctest/doctest.h>

#include "api/desk_fixture_test.h"
#include "api/quote_again.h"
#include "api/refusals.h"
#include "house/offer.h"
#include "house/refusals.h"

namespace anlan::api {
namespace {

using namespace domain;
using fixture::Desk;

constexpr std::string_view kFile = R"(name = "staff"
zh = "按人数"
en = "By staff"

[[rules]]
code = "many_people"
when = [{ test = "employees", at_least = 20 }]
then = "refer"
zh = "人数较多，须复核"
en = "Many people work there: somebody else looks"

[[rules]]
code = "paper"
when = [{ test = "employees", at_least = 1 }]
then = "condition"
zh = "请提交人数的书面依据"
en = "Show a document of the number of staff"
[rules.condition]
days = 30
clears = "fact_documented"
subject = "employees"
effect = "bind_blocker"

[[authority]]
authority_from = "0.00"
limit_alone = "2000000.00"
cii = true
outside_range = true
)";

struct DeskOfTwo : Desk {
  DeskOfTwo() : Desk(Library(platform::Artefacts())) {
    must("op", {"actor", "appoint", "uw2", "--role", "underwriter", "--authority", "1000000.00"});
  }
};

std::string said(const Reply& reply) {
  std::string out;
  for (const Block& block : reply.document.blocks) {
    if (const auto* bullet = std::get_if<Bullet>(&block)) out += bullet->text + "\n";
    if (const auto* paragraph = std::get_if<Paragraph>(&block)) out += paragraph->text + "\n";
    if (const auto* table = std::get_if<Table>(&block)) {
      for (const auto& row : table->rows) {
        for (const std::string& cell : row) out += cell + " ";
      }
    }
  }
  return out;
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

std::string_view refused(Desk& desk, const std::string& actor, const fixture::Words& words) {
  desk.tick(actor);
  const auto reply = run_operation(desk.session(), words);
  return reply.ok() ? std::string_view("accepted") : reply.refusal().code.name;
}

TEST_CASE("rules: the shipped files have no error, and the house's own decides as ever") {
  DeskOfTwo desk;
  for (const char* file : {"@rules/house.toml", "@rules/prudent-2026.toml"}) {
    const Reply reply = desk.must("uw", {"rules", "check", file});
    CAPTURE(reply.text);
    CHECK(reply.status == 0);
  }
  Library library{platform::Artefacts()};
  const auto rules = library.rules();
  REQUIRE(rules.ok());
  CHECK((*rules)->rules.empty());
  CHECK((*rules)->authority == default_authority(Currency::kCny));
  CHECK(!(*rules)->decide_before_bind);
}

TEST_CASE("rules check: all errors of a file at once, each with line and column") {
  DeskOfTwo desk;
  std::string bad(kFile);
  const auto replace = [&](std::string_view from, std::string_view to) {
    bad.replace(bad.find(from), from.size(), to);
  };
  replace("at_least = 20", "at_least = \"many\"");
  replace("\"fact_documented\"", "\"fact_dokumented\"");
  replace("\"bind_blocker\"", "\"block\"");
  bad += "\n[[authority]]\nauthority_from = \"0.00\"\nlimit_alone = \"1.00\"\n";
  bad +=
      "\n[[rules]]\ncode = \"paper\"\nwhen = [{ test = \"control_gap\", of = \"BKP-99\", above = "
      "\"5 %\" }]\nthen = \"refer\"\nzh = \"甲\"\nen = \"A\"\n";
  const Reply reply = desk.must("uw", {"rules", "check", desk.file("bad.toml", bad)});
  CHECK(reply.status == 2);
  const Node& errors = *reply.json.find("errors");
  std::vector<std::string> codes;
  std::vector<std::string> lines;
  for (const Node& error : errors.items) {
    codes.push_back(error.find("code")->text);
    lines.push_back(error.find("line")->text);
    CHECK(error.find("column")->text != "0");
  }
  CAPTURE(reply.text);
  CHECK(errors.items.size() == 6);
  CHECK(lines.front() == "7");
  CHECK(std::count(codes.begin(), codes.end(), "control_unknown") == 1);
  CHECK(std::count(codes.begin(), codes.end(), "authority_twice") == 1);
  CHECK(std::count(codes.begin(), codes.end(), "rule_code_twice") == 1);
  CHECK(refused(desk, "uw", {"rules", "propose", desk.file("bad.toml", bad), "--note", "n"}) !=
        "accepted");
}

TEST_CASE("rules: proposed, previewed, published by a second person, explained, rolled back") {
  DeskOfTwo desk;
  const std::string small = desk.company(2);  // 18 staff
  const std::string large = desk.company(7);  // 43 staff
  const QuoteId first = desk.quote(large, "ningbo-2023-a");
  const std::string path = desk.file("rules.toml", std::string(kFile));
  const Reply preview = desk.must("uw", {"rules", "preview", path});
  CHECK(preview.json.find("judged")->text == "1");
  CHECK(preview.json.find("changed")->text == "1");
  CHECK(contains(said(preview), "many_people"));
  CHECK(contains(said(preview), "43"));
  desk.must("uw", {"rules", "propose", path, "--note", "staff counts"});
  CHECK(refused(desk, "uw", {"rules", "publish", "1"}) == house::refusals::kFourEyes.name);
  desk.must("uw2", {"rules", "publish", "1"});
  // The quote of before says what the rules of now would make of it.
  const std::string before = said(desk.must("uw", {"quote", "show", to_text(first)}));
  CHECK(contains(before, "many_people"));
  CHECK(contains(before, "bindable"));
  const QuoteId second = desk.quote(large, "ningbo-2023-a");
  const QuoteId third = desk.quote(small, "ningbo-2023-a");
  const house::House& house = *desk.session().house().value();
  const house::QuoteFile& file = *house::find_quote(house, second);
  CHECK(file.quote.rules_version == 1);
  CHECK(file.quote.decision == QuoteDecision::kReferred);
  CHECK(file.quote.applied.size() == 2);
  CHECK(house::find_quote(house, third)->quote.applied.size() == 1);
  CHECK(house.subjectivities.size() == 2);
  const std::string shown = said(desk.must("uw", {"quote", "show", to_text(second)}));
  CHECK(contains(shown, "many_people"));
  CHECK(contains(shown, "binds"));
  const std::string context = said(desk.must("uw2", {"quote", "refer", to_text(second)}));
  CHECK(contains(context, "uw2"));
  CHECK(contains(context, "at least 20"));
  const Reply waits =
      desk.must("uw2", {"rules", "roll-back", "--to", "0", "--reason", "it refers too many"});
  CHECK(contains(waits.brief.front(), "waits for a second person"));
  desk.must("uw", {"rules", "roll-back", "--confirms", waits.json.find("first_seq")->text});
  const QuoteId fourth = desk.quote(large, "ningbo-2023-a");
  const house::House& later = *desk.session().house().value();
  CHECK(house::find_quote(later, fourth)->quote.applied.empty());
  CHECK(contains(said(desk.must("uw", {"quote", "show", to_text(second)})), "No longer"));
  // Each can be calculated again from what is kept, under the rules of then.
  PastHouses past(desk.session());
  for (const QuoteId id : {first, second, third, fourth}) {
    const auto again = quote_again(desk.session(), past, id);
    REQUIRE(again.ok());
    CHECK(again->same());
  }
}

TEST_CASE("quote decide, override, subjectivity: what people decide is told and counted") {
  DeskOfTwo desk;
  const std::string large = desk.company(7);
  const std::string path = desk.file("rules.toml", std::string(kFile));
  desk.must("uw", {"rules", "propose", path, "--note", "n"});
  desk.must("uw2", {"rules", "publish", "1"});
  const std::string id = to_text(desk.quote(large, "ningbo-2023-a"));
  CHECK(refused(desk, "uw2",
                {"quote", "override", id, "--premium", "3000.00", "--finding", "x", "--to",
                 "bindable", "--reason", "precedent", "--why", "w"}) ==
        refusals::kOverrideMalformed.name);
  desk.must("uw2", {"quote", "override", id, "--premium", "3000.00", "--reason", "risk_worse",
                    "--why", "two sites"});
  CHECK(contains(said(desk.must("uw", {"quote", "show", id})), "2800.00 -> 3000.00"));
  const std::string conditions = desk.file("conditions.toml", R"([[conditions]]
code = "visit"
zh = "现场查看"
en = "A visit to the plant"
days = 10
effect = "advice"
)");
  desk.must("uw2", {"quote", "decide", id, "--outcome", "conditions", "--reason", "well kept",
                    "--file", conditions});
  const Reply listed = desk.must("uw", {"subjectivity", "list", id});
  CHECK(listed.json.items.size() == 2);
  CHECK(contains(said(listed), "advises"));
  CHECK(contains(said(listed), "policyholder"));
  CHECK(contains(said(listed), "a fact with a document employees"));
  CHECK(contains(said(listed), "binds: no cover"));
  desk.must("broker", {"quote", "explain", id, "--confirmed-by", "t"});
  CHECK(refused(desk, "uw", {"policy", "bind", id}) == house::refusals::kSubjectivitiesOpen.name);
  const std::string blocker = listed.json.items[0].find("id")->text;
  CHECK(refused(desk, "uw", {"subjectivity", "clear", blocker, "--reference", "r"}) ==
        house::refusals::kNotEvidenced.name);
  desk.must("uw2", {"subjectivity", "waive", blocker, "--reason", "seen on the pay-roll"});
  const Reply bound = desk.must("uw", {"policy", "bind", id});
  const std::string told = said(desk.must("uw", {"sale", "replay", bound.json.find("id")->text}));
  for (const char* part : {"2800.00 -> 3000.00", "two sites", "well kept", "A visit to the plant",
                           "seen on the pay-roll"}) {
    CAPTURE(part);
    CHECK(contains(told, part));
  }
  const Reply quotes = desk.must("uw", {"quote", "list"});
  CHECK(quotes.json.items[0].find("state")->text == "bound");
  CHECK(quotes.json.items[0].find("premium")->find("amount") != nullptr);
}

void publish_rules(Desk& desk, const std::string& text) {
  desk.must("uw", {"rules", "propose", desk.file("rules.toml", text), "--note", "n"});
  const auto version = desk.session().house().value()->rules.versions.size();
  desk.must("uw2", {"rules", "publish", std::to_string(version)});
}

// The number of staff, confirmed from a document.
void document_staff(Desk& desk, const std::string& company, const std::string& staff) {
  const auto enterprise = parse_id<EnterpriseTag>(company, "id").value();
  desk.tick("broker");
  const auto proposed = desk.session().submit(house::ProposeFacts{
      .proposal = {.id = {},
                   .enterprise = enterprise,
                   .document = sha256(bytes_of("the pay-roll")),
                   .items = {{.kind = ProposedKind::kFact, .name = "employees", .value = staff}}}});
  REQUIRE(proposed.ok());
  desk.tick("uw2");
  const auto confirmed = desk.session().submit(
      house::DecideProposal{.proposal = FactProposalId{proposed->first_seq},
                            .items = {1},
                            .confirm = true,
                            .observed_on = parse_date("2026-02-20", "on").value(),
                            .reason = {},
                            .questionnaire = {}});
  REQUIRE(confirmed.ok());
}

TEST_CASE(
    "subjectivity clear: evidence that came in is priced again, and the quote is bound on it") {
  DeskOfTwo desk;
  publish_rules(desk, std::string(kFile));
  const std::string company = desk.company(2);
  const std::string id = to_text(desk.quote(company, "ningbo-2023-a"));
  desk.must("broker", {"quote", "explain", id, "--confirmed-by", "t"});
  const std::string blocker =
      desk.must("uw", {"subjectivity", "list", id}).json.items[0].find("id")->text;
  document_staff(desk, company, "18");  // what was declared
  CHECK(refused(desk, "uw2", {"policy", "bind", id}) == house::refusals::kInputsChanged.name);
  desk.must("broker", {"subjectivity", "clear", blocker});
  desk.must("uw2", {"policy", "bind", id});
}

TEST_CASE("subjectivity clear: evidence of a worse risk is quoted again") {
  DeskOfTwo desk;
  publish_rules(desk, std::string(kFile));
  const std::string company = desk.company(2);
  const std::string id = to_text(desk.quote(company, "ningbo-2023-a"));
  const std::string blocker =
      desk.must("uw", {"subjectivity", "list", id}).json.items[0].find("id")->text;
  document_staff(desk, company, "35");  // many_people refers that
  CHECK(refused(desk, "broker", {"subjectivity", "clear", blocker}) ==
        house::refusals::kRiskWorse.name);
}

TEST_CASE("quote explain: a rule's decline that was overridden is explained, shown and bound") {
  DeskOfTwo desk;
  std::string text(kFile);
  text.replace(text.find("then = \"refer\""), 14, "then = \"decline\"");
  text.replace(text.find("effect = \"bind_blocker\""), 23, "effect = \"advice\"");
  publish_rules(desk, text);
  const std::string id = to_text(desk.quote(desk.company(7), "ningbo-2023-a"));
  const fixture::Words explain = {"quote", "explain", id, "--confirmed-by", "t"};
  CHECK(refused(desk, "broker", explain) == house::refusals::kNotBindable.name);
  desk.must("uw2", {"quote", "override", id, "--finding", "many_people", "--to", "bindable",
                    "--reason", "evidence_seen", "--why", "two shifts of one team"});
  desk.must("broker", explain);
  const Reply shown = desk.must("uw", {"quote", "show", id});
  CHECK(shown.json.find("decision")->text != "declined");
  desk.must("uw2", {"policy", "bind", id});
}

TEST_CASE("refusal 9120 rules_missing: a version whose file the house no longer has") {
  DeskOfTwo desk;
  desk.tick("uw");
  const auto proposed =
      desk.session().submit(house::ProposeRules{.artefact = sha256(bytes_of("nowhere")),
                                                .note = "n",
                                                .authority = default_authority(Currency::kCny)});
  REQUIRE(proposed.ok());
  desk.must("uw2", {"rules", "publish", "1"});
  const std::string company = desk.company(2);
  CHECK(refused(desk, "uw",
                {"quote", "issue", company, "--product", "ningbo-2023-a", "--from",
                 "2026-03-10"}) == refusals::kRulesMissing.name);
  CHECK(refused(desk, "uw", {"rules", "show"}) == refusals::kRulesMissing.name);
}

}  // namespace
}  // namespace anlan::api
