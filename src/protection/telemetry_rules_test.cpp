#include "protection/telemetry_rules.h"

#include <doctest/doctest.h>

#include "base/refusals.h"
#include "protection/refusals.h"

namespace anlan::protection {
namespace {

Questionnaire asked() {
  Questionnaire out;
  for (const char* control : {"NET-04", "END-01"}) {
    Question question;
    question.control = {control};
    out.questions.push_back(question);
  }
  return out;
}

TelemetryWords words() {
  return {.formats = {"suricata_eve", "heartbeat"}, .meanings = {"alert", "trouble"}};
}

Node rule(std::string_view control, std::string_view meaning, bool contradicts = false) {
  Node row = Node::table();
  row.add("control", Node::string(control));
  Node list = Node::list();
  list.items.push_back(Node::string(meaning));
  row.add("meanings", list);
  if (contradicts) row.add("contradicts", Node::boolean(true));
  row.add("zh", Node::string("说明"));
  row.add("en", Node::string("says"));
  row.add("source", Node::string("assumption: a test"));
  return row;
}

Node tree_of(std::vector<Node> rows) {
  Node tree = Node::table();
  Node list = Node::list();
  list.items = std::move(rows);
  tree.add("rule", list);
  return tree;
}

TEST_CASE("telemetry rules: the first of a control and direction that fits speaks") {
  Node second = rule("NET-04", "alert");
  second.add("kind", Node::string("other"));
  Node formats = Node::list();
  formats.items.push_back(Node::string("heartbeat"));
  Node third = rule("END-01", "alert");
  third.add("formats", formats);
  const auto rules = read_telemetry_rules(
      tree_of({rule("NET-04", "alert"), second, third, rule("END-01", "trouble", true)}), asked(),
      words());
  REQUIRE(rules.ok());
  const auto found = rules->of(
      {.format = "suricata_eve", .product = "suricata", .kind = "other", .meaning = "alert"});
  REQUIRE(found.size() == 1);
  CHECK(found[0]->control.text == "NET-04");
  CHECK(
      rules->of({.format = "heartbeat", .product = "x", .kind = "k", .meaning = "alert"}).size() ==
      2);
  const auto trouble =
      rules->of({.format = "heartbeat", .product = "x", .kind = "k", .meaning = "trouble"});
  REQUIRE(trouble.size() == 1);
  CHECK(trouble[0]->contradicts);
  CHECK(rules->of({.format = "zeek", .product = "", .kind = "", .meaning = "dns"}).empty());
}

TEST_CASE("telemetry rules: a control that is not asked and a word that is not known are refused") {
  const auto control = read_telemetry_rules(tree_of({rule("NET-99", "alert")}), asked(), words());
  REQUIRE(!control.ok());
  CHECK(control.refusal().code == kControlUnknown);
  const auto meaning = read_telemetry_rules(tree_of({rule("NET-04", "song")}), asked(), words());
  REQUIRE(!meaning.ok());
  CHECK(meaning.refusal().code == refusals::kUnknownChoice);
  Node bare = rule("NET-04", "alert");
  bare.members.pop_back();
  CHECK(!read_telemetry_rules(tree_of({bare}), asked(), words()).ok());
}

}  // namespace
}  // namespace anlan::protection
