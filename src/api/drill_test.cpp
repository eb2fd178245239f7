// Disclosure and drills through the operations that a user types.
#include <algorithm>

#include <doctest/doctest.h>

#include "api/desk_fixture_test.h"
#include "api/refusals.h"
#include "protection/answer.h"

namespace anlan::api {
namespace {

using namespace domain;
using fixture::Desk;
using fixture::Words;

std::string at(const Node& node, std::initializer_list<std::string_view> path) {
  const Node* found = &node;
  for (const std::string_view key : path) {
    found = found->find(key);
    if (!found) return "-";
  }
  return found->text;
}

// A company with a policy in force from 2026-03-10.
struct Insured {
  Desk desk{Library(platform::Artefacts())};
  std::string company = desk.company(0);
  std::string policy;

  Insured() {
    const std::string quote = to_text(desk.quote(company, "ningbo-2023-a"));
    desk.must("broker", {"quote", "explain", quote, "--confirmed-by", "e-sign"});
    policy = desk.must("uw", {"policy", "bind", quote}).json.find("id")->text;
  }
  Node drill(const std::string& script, const Words& more = {}) {
    Words words{"drill", policy, "--incident", script, "--on", "2026-04-15"};
    words.insert(words.end(), more.begin(), more.end());
    return desk.must("broker", words).json;
  }
  std::string sheet(const std::string& plan, const std::string& lessons,
                    const std::string& held_on = "2026-02-23") {
    std::string text = "plan = \"" + plan + "\"\nheld_on = \"" + held_on + "\"\n[answers]\n";
    for (const std::string_view question : kDrillQuestions) {
      text += std::string(question) + " = \"" + (question == "lessons" ? lessons : "x") + "\"\n";
    }
    return desk.file("sheet.toml", text);
  }
  Node record(const std::string& plan, const std::string& lessons,
              const std::string& held_on = "2026-02-23") {
    return desk
        .must("broker", {"drill", "record", policy, "--incident", "everyday-ransom",
                         "--participants", "7", "--file", sheet(plan, lessons, held_on)})
        .json;
  }
  std::string answer() {
    const house::House* house = desk.session().house().value();
    for (const auto& [id, file] : house->enterprises) {
      for (const Answer& answer : file.assessment->answers.get()) {
        if (answer.control.text != kDrillControl) continue;
        return answer.value + " " + std::string(name_of(answer.source)) + " " +
               to_text(answer.answered_on);
      }
    }
    return "none";
  }
};

}  // namespace

TEST_CASE("claim disclosure: the four cases of the library end as the law has it") {
  struct Row {
    std::string_view name;
    std::string_view right;
    std::string_view claim;
    std::string_view rescind_by;
    std::string_view decides;
  };
  const std::vector<Row> rows{
      {"mfa-everywhere", "barred", "pays", "", "knew_at_formation"},
      {"mfa-scan-not-seen", "open", "pays_unless_rescinded", "2026-07-20", "rescinded"},
      {"mfa-learnt-31-days-ago", "expired", "pays", "", "thirty_days"},
      {"mfa-premium-after", "waived", "pays", "", "collected_knowing"},
  };
  for (const Lang lang : {Lang::kZh, Lang::kEn}) {
    Session session({.lang = lang}, Library(platform::Artefacts()));
    for (const Row& row : rows) {
      CAPTURE(row.name);
      const auto reply =
          run_operation(session, {"claim", "disclosure", "--case",
                                  "@disclosure_cases/" + std::string(row.name) + ".toml"});
      REQUIRE(reply.ok());
      const Node& found = reply->json.find("cases")->items.at(0);
      CHECK(at(found, {"right"}) == row.right);
      CHECK(at(found, {"claim"}) == row.claim);
      CHECK(at(found, {"rescind_by"}) == row.rescind_by);
      CHECK(at(found, {"two_years", "last"}) == "2028-01-12");
      const auto& steps = found.find("steps")->items;
      const auto deciding = std::find_if(steps.begin(), steps.end(), [](const Node& step) {
        return step.find("decides")->text == "true";
      });
      REQUIRE(deciding != steps.end());
      CHECK(at(*deciding, {"rule"}) == row.decides);
    }
  }
}

TEST_CASE("drill: the amounts of a claim, kept and paid make the loss, nothing is recorded") {
  Insured insured;
  const house::Head before = insured.desk.session().house().value()->head;
  for (const std::string script : {"everyday-ransom", "everyday-cloud-outage", "fab-60-hours"}) {
    CAPTURE(script);
    const Node json = insured.drill(script);
    const auto amount = [&](std::string_view key) { return std::stoll(at(json, {key, "amount"})); };
    CHECK(amount("payable") + amount("kept") == amount("stated"));
    CHECK(amount("payable") > 0);
    CHECK(amount("payable") <= 55'000'000);  // one incident's maximum, and mitigation cost
  }
  CHECK(insured.desk.session().house().value()->head == before);
}

TEST_CASE("drill: clocks with their days, and what the script leaves missing") {
  Insured insured;
  const Node json = insured.drill("everyday-ransom");
  std::string clocks;
  for (const Node& clock : json.find("clocks")->items) {
    clocks += at(clock, {"kind"}) + " " + at(clock, {"due"}) + "; ";
  }
  // Occurs 08:00 on 15 April, found 08:20; the last cost is incurred 300 hours later, on 27 April.
  CHECK(clocks.find("regulator 2026-04-15T12:20:00+08:00; ") != std::string::npos);
  CHECK(clocks.find("documents_once 2026-04-27; ") != std::string::npos);
  CHECK(clocks.find("decision 2026-05-27; ") != std::string::npos);
  CHECK(clocks.find("payment 2026-06-08; ") != std::string::npos);  // 6 June is a Saturday
  CHECK(clocks.find("provisional_payment 2026-06-26; ") != std::string::npos);
  int missing = 0;
  int conditions = 0;
  for (const Node& paper : json.find("documents")->items) {
    if (at(paper, {"there"}) == "false") ++missing;
    if (at(paper, {"paper"}) == "condition") {
      ++conditions;
      CHECK(at(paper, {"there"}) == "true");  // the script's insured was diligent
      CHECK(at(paper, {"clause"}) != "");
    }
  }
  CHECK(missing > 0);
  CHECK(conditions >= 3);
}

TEST_CASE(
    "drill: an incident outside the policy's period pays nothing, and one that is unknown "
    "is refused with the nearest name") {
  Insured insured;
  const Node outside = insured.desk
                           .must("broker", {"drill", insured.policy, "--incident",
                                            "everyday-ransom", "--on", "2026-03-01"})
                           .json;
  CHECK(at(outside, {"payable", "amount"}) == "0");
  CHECK(at(outside, {"state"}) == "bound");
  // After the end: the state and the last day come first, and no service is promised.
  const auto shown = [&](const std::string& on) {
    return insured.desk
        .must("broker", {"drill", insured.policy, "--incident", "everyday-ransom", "--on", on})
        .document;
  };
  const auto services = [](const Document& document) {
    return std::count_if(document.blocks.begin(), document.blocks.end(), [](const Block& block) {
      const auto* const bullet = std::get_if<Bullet>(&block);
      return bullet && bullet->text.starts_with("service with the policy");
    });
  };
  const Document during = shown("2026-04-15");
  const Document after = shown("2027-03-10");
  CHECK(services(during) > 0);
  CHECK(services(after) == 0);
  CHECK(std::get_if<Bullet>(&during.blocks.at(1)) == nullptr);
  const auto* const state = std::get_if<Bullet>(&after.blocks.at(1));
  REQUIRE(state != nullptr);
  CHECK(state->text.find("expired") != std::string::npos);
  CHECK(state->text.find("2027-03-09") != std::string::npos);
  const auto unknown = run_operation(insured.desk.session(),
                                     {"drill", insured.policy, "--incident", "everyday-ransm"});
  REQUIRE_FALSE(unknown.ok());
  CHECK(unknown.refusal().code == refusals::kScriptUnknown);
  CHECK(unknown.refusal().args.at(0).value == "everyday-ransom");
}

TEST_CASE("drill: at the company's own size the loss is another") {
  Insured insured;
  const Node stated = insured.drill("fab-60-hours");
  const Node scaled = insured.drill("fab-60-hours", {"--scaled"});
  CHECK(std::stoll(at(scaled, {"stated", "amount"})) <
        std::stoll(at(stated, {"stated", "amount"})));
}

TEST_CASE("drill record: a finished exercise becomes the documented answer of its control") {
  Insured insured;
  CHECK(insured.answer() == "written declared 2026-02-20");
  const auto unused = [&](const std::string& plan, const std::string& lessons,
                          const std::string& held_on = "2026-02-23") {
    return at(insured.record(plan, lessons, held_on), {"unused_because"});
  };
  for (const char* const blank : {"", " ", "\\t", "\u3000 \u00A0"}) {
    CHECK(unused(blank, "y") == "no_plan");
    CHECK(unused("plan 1", blank) == "open_questions");
  }
  CHECK(unused("plan 1", "y", "2025-02-23") == "over_a_year");
  CHECK(insured.answer() == "written declared 2026-02-20");
  const Node done = insured.record("plan 1", "y");
  CHECK(at(done, {"evidence_for"}) == kDrillControl);
  CHECK(at(done, {"finished"}) == "true");
  CHECK(insured.answer() == "exercised_12m documented 2026-02-23");
  CHECK(at(done, {"unused_because"}).empty());
  CHECK(unused("plan 1", "y again") == "newer_answer");
  const Reply before = insured.desk.must(
      "broker", {"drill", "record", insured.policy, "--incident", "everyday-ransom",
                 "--participants", "7", "--file", insured.sheet("plan 1", "y", "2026-02-22")});
  CHECK(before.brief.at(0).find("before the policy began on 2026-03-10") != std::string::npos);
  const Node list = insured.desk.must("broker", {"drill", "list"}).json;
  REQUIRE(list.items.size() == 12);
  CHECK(at(list.items[9], {"finished"}) == "true");
  CHECK(at(list.items[1], {"finished"}) == "false");
}

TEST_CASE("drill record: the control and the answer stand in the questionnaire") {
  Library library{platform::Artefacts()};
  const protection::Question* question = library.questionnaire().value()->find(kDrillControl);
  REQUIRE(question != nullptr);
  const auto answer = protection::check_answer(*question, kDrillAnswer,
                                               parse_date("2026-02-23", "test").value(), "answer");
  REQUIRE(answer.ok());
  CHECK(*answer == kDrillAnswer);
}

TEST_CASE("plan response and drill sheet: every step and question has its words") {
  Insured insured;
  for (const Lang lang : {Lang::kZh, Lang::kEn}) {
    insured.desk.session().options().lang = lang;
    const Reply plan = insured.desk.must("broker", {"plan", "response", insured.company});
    CHECK(plan.json.find("steps")->items.size() >= 8);
    const Reply sheet = insured.desk.must("broker", {"drill", "sheet"});
    CHECK(sheet.text.find('[') == sheet.text.find("[answers]"));
    const Reply drill = insured.desk.must(
        "broker", {"drill", insured.policy, "--incident", "everyday-ransom", "--on", "2026-04-15"});
    for (const Document* document : {&plan.document, &drill.document}) {
      for (const Block& block : document->blocks) {
        const Table* table = std::get_if<Table>(&block);
        if (!table) continue;
        for (const auto& row : table->rows) {
          for (const std::string& cell : row) CHECK_FALSE(cell.starts_with("["));
        }
      }
    }
  }
}

}  // namespace anlan::api
