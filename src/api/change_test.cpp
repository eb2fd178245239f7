// Changes of a running policy through the operations that a user types.
#include <doctest/doctest.h>

#include "api/desk_fixture_test.h"
#include "house/refusals.h"

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

// A company with a policy from 2026-03-10.
struct Insured {
  Desk desk{Library(platform::Artefacts())};
  std::string company = desk.company(0);
  std::string policy;

  Insured() {
    const std::string quote = to_text(desk.quote(company, "ningbo-2023-a"));
    desk.must("broker", {"quote", "explain", quote, "--confirmed-by", "e-sign"});
    policy = desk.must("uw", {"policy", "bind", quote}).json.find("id")->text;
  }
  Node endorse(const Words& more) {
    Words words{"policy", "endorse", policy, "--reason", "asked for"};
    words.insert(words.end(), more.begin(), more.end());
    return desk.must("uw", words).json;
  }
  std::string refused(const Words& more) {
    Words words{"policy", "endorse", policy, "--reason", "asked for"};
    words.insert(words.end(), more.begin(), more.end());
    desk.tick("uw");
    const auto reply = run_operation(desk.session(), words);
    return reply.ok() ? "accepted" : std::string(reply.refusal().code.name);
  }
  Node history(const Words& more = {}) {
    Words words{"policy", "history", policy};
    words.insert(words.end(), more.begin(), more.end());
    return desk.must("uw", words).json;
  }
};

const Words kLower{"--kind",   "factor",     "--from",  "2026-06-18",
                   "--factor", "protection", "--value", "85 %"};

TEST_CASE("policy endorse: the preview shows the premium by payer and records nothing") {
  Insured insured;
  Words words = kLower;
  words.emplace_back("--dry-run");
  const Node preview = insured.endorse(words);
  // 100 of 365 days at 2,800.00, the rest at 2,380.00
  CHECK(at(preview, {"written", "customer", "amount"}) == "124753");
  CHECK(at(preview, {"written_before", "customer", "amount"}) == "140000");
  CHECK(preview.find("segments")->items.size() == 2);
  CHECK(insured.history().find("endorsements")->items.empty());
  const Node done = insured.endorse(kLower);
  CHECK(at(done, {"written", "customer", "amount"}) == "124753");
  CHECK(at(done, {"number"}).ends_with("/1"));
  CHECK(insured.refused(kLower) == house::refusals::kEndorsementOverlap.name);
}

TEST_CASE("policy endorse: options and factors are those that the product filed") {
  Insured insured;
  CHECK(insured.refused({"--kind", "factor", "--from", "2026-06-18", "--factor", "protection",
                         "--value", "84"}) == house::refusals::kFactorOutsideFiling.name);
  CHECK(insured.refused({"--kind", "factor", "--from", "2026-06-18", "--factor", "weather",
                         "--value", "90"}) == "unknown_choice");
  CHECK(insured.refused({"--kind", "terms", "--from", "2026-06-18", "--option", "a9"}) ==
        "unknown_choice");
  insured.endorse({"--kind", "terms", "--from", "2026-06-18", "--option", "a8"});
  CHECK(at(insured.history({"--on", "2026-06-17"}), {"on_day", "wording"}) == "ningbo-2023-a");
  CHECK(at(insured.history({"--on", "2026-06-18"}), {"on_day", "wording"}) == "ningbo-2023-a8");
}

TEST_CASE("policy void: the premium is again what it was, and the record stays") {
  Insured insured;
  insured.endorse(kLower);
  const Node voided =
      insured.desk.must("uw", {"policy", "void", insured.policy, "1", "--reason", "mistake"}).json;
  CHECK(at(voided, {"written", "customer", "amount"}) == "140000");
  const Node history = insured.history();
  CHECK(history.find("segments")->items.size() == 1);
  CHECK(at(history.find("endorsements")->items.at(0), {"voided"}) == "true");
}

TEST_CASE("policy renewal: a choice is recorded and shown") {
  Insured insured;
  insured.desk.must("broker", {"policy", "renewal", insured.policy, "--choose", "automatic"});
  CHECK(at(insured.history(), {"renewal"}) == "automatic");
}

}  // namespace
}  // namespace anlan::api
