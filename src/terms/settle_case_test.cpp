// The JSON of settle cases as a tree. tests/settle_reference.py holds the whole format against the
// executable reference; here each refusal of the module is shown with its code and path.
#include "terms/settle_case.h"

#include <functional>

#include <doctest/doctest.h>

#include "base/node_reader.h"
#include "terms/refusals.h"

using namespace anlan;
using namespace anlan::terms;

namespace {

using Pairs = std::vector<std::pair<std::string, Node>>;

Node table(const Pairs& members) {
  Node node = Node::table();
  for (const auto& [key, value] : members) node.add(key, value);
  return node;
}

Node list(const std::vector<Node>& items) {
  Node node = Node::list();
  node.items = items;
  return node;
}

Node text(std::string_view value) { return Node::string(value); }
Node number(std::int64_t value) { return Node::number(value); }

// The member of that key; added when it is not there.
Node& at(Node& node, std::string_view key) {
  for (Member& member : node.members) {
    if (member.key == key) return member.value;
  }
  return node.add(key, Node::null());
}

Node section(std::string_view code) { return table({{"code", text(code)}}); }

// FP.BI waits 8 hours; FP.EXT and FP.IR take lump sums.
Node policy_case() {
  Node bi = section("FP.BI");
  bi.add("time", table({{"waiting_hours", number(8)}}));
  Node outage = table({{"minutes", number(60)}, {"hourly", list({number(5)})}});
  return table(
      {{"policy",
        table({{"aggregate_limit", number(1000)},
               {"sections", list({bi, section("FP.EXT"), section("FP.IR")})},
               {"groups", list({table({{"id", text("g")}, {"codes", list({text("FP.IR")})}})})}})},
       {"incidents", list({table({{"losses", table({{"FP.EXT", number(100)}})},
                                  {"outage", table({{"FP.BI", outage}})}})})}});
}

Node tower_case() {
  return table(
      {{"tower",
        table({{"layers", list({table({{"name", text("L")},
                                       {"limit", number(100)},
                                       {"shares", list({list({text("A"), number(10000)})})}})})}})},
       {"losses", list({number(70)})}});
}

Node& policy(Node& root) { return at(root, "policy"); }
Node& section_of(Node& root, std::size_t i) { return at(policy(root), "sections").items[i]; }
Node& group_of(Node& root) { return at(policy(root), "groups").items[0]; }
Node& incident_of(Node& root) { return at(root, "incidents").items[0]; }
Node& layer_of(Node& root) { return at(at(root, "tower"), "layers").items[0]; }

struct Row {
  RefusalCode code;
  std::string path;
  std::function<void(Node&)> spoil;
};

void check_refused(const std::function<Node()>& make, const std::vector<Row>& rows) {
  REQUIRE(read_settle_case(make(), "case.json").ok());
  for (const Row& row : rows) {
    CAPTURE(row.path);
    CAPTURE(row.code.name);
    Node root = make();
    row.spoil(root);
    const Result<SettleCase> read = read_settle_case(root, "case.json");
    REQUIRE(!read.ok());
    CHECK(read.refusal().code == row.code);
    CHECK(read.refusal().path == row.path);
    CHECK(read.refusal().at.file == "case.json");
  }
}

}  // namespace

TEST_CASE(
    "settle case: each rule of a policy case refuses with its code and the path of the field") {
  namespace r = terms::refusals;
  const auto hourly = [](Node& root) -> Node& {
    return at(at(at(incident_of(root), "outage"), "FP.BI"), "hourly");
  };
  check_refused(
      policy_case,
      {{r::kTooManyEntries, "policy.sections",
        [](Node& root) {
          for (int i = 0; i < 65; ++i)
            at(policy(root), "sections").items.push_back(section(std::to_string(i)));
        }},
       {r::kOccurrenceRetentionVoid, "policy.occurrence_retention",
        [](Node& root) {
          policy(root).add("retention_rule", text("single_highest"));
          policy(root).add("occurrence_retention", number(5));
        }},
       {r::kOwnRetentionVoid, "policy.sections[1].own_retention",
        [](Node& root) { section_of(root, 1).add("own_retention", number(5)); }},
       {r::kTimeMonetaryVoid, "policy.sections[0].time.monetary",
        [](Node& root) { at(section_of(root, 0), "time").add("monetary", number(5)); }},
       {r::kWaitingEndVoid, "policy.sections[0].time.indemnity_start",
        [](Node& root) {
          at(section_of(root, 0), "time").add("mode", text("qualifying"));
          at(section_of(root, 0), "time").add("indemnity_start", text("waiting_end"));
        }},
       {r::kGroupSectionUnknown, "policy.groups[0].codes",
        [](Node& root) { at(group_of(root), "codes").items.push_back(text("FP.NONE")); }},
       {r::kGroupSectionTwice, "policy.groups[1].codes",
        [](Node& root) {
          at(policy(root), "groups")
              .items.push_back(table({{"id", text("h")}, {"codes", list({text("FP.IR")})}}));
        }},
       {r::kGroupMixesAggregate, "policy.groups[0].codes",
        [](Node& root) {
          section_of(root, 1).add("inside_aggregate", Node::boolean(false));
          at(group_of(root), "codes").items.push_back(text("FP.EXT"));
        }},
       {r::kLossSectionUnknown, "incidents[0].losses.FP.NONE",
        [](Node& root) { at(incident_of(root), "losses").add("FP.NONE", number(1)); }},
       {r::kLossSectionUnknown, "incidents[0].outage.FP.NONE",
        [](Node& root) { at(incident_of(root), "outage").add("FP.NONE", table({})); }},
       {r::kLumpOnTimedSection, "incidents[0].losses.FP.BI",
        [](Node& root) { at(incident_of(root), "losses").add("FP.BI", number(1)); }},
       {r::kHourlyMalformed, "incidents[0].outage.FP.BI.hourly",
        [&](Node& root) { hourly(root).items.push_back(number(5)); }},
       {r::kHourlyMalformed, "incidents[0].outage.FP.BI.hourly",
        [&](Node& root) { hourly(root).items[0] = Node::number_text("5.0"); }},
       {r::kHourlySumTooLarge, "incidents[0].outage.FP.BI.hourly",
        [&](Node& root) {
          at(at(at(incident_of(root), "outage"), "FP.BI"), "minutes") = number(120);
          hourly(root) = list({number(kAmountMax), number(1)});
        }},
       {r::kMitigationNeedsCap, "policy.mitigation_cap",
        [](Node& root) {
          at(policy(root), "aggregate_limit") = Node::null();
          incident_of(root).add("mitigation", number(1));
        }},
       {anlan::refusals::kDuplicateValue, "policy.sections[3].code",
        [](Node& root) { at(policy(root), "sections").items.push_back(section("FP.BI")); }},
       {anlan::refusals::kDuplicateValue, "policy.groups[0].id",
        [](Node& root) { at(group_of(root), "id") = text("FP.BI"); }},
       {anlan::refusals::kUnknownKey, "note", [](Node& root) { root.add("note", number(1)); }},
       {anlan::refusals::kUnknownKey, "policy.sections[1].deductible_clause",
        [](Node& root) { section_of(root, 1).add("deductible_clause", text("2.1")); }},
       {anlan::refusals::kDuplicateKey, "incidents[0].losses.FP.EXT",
        [](Node& root) { at(incident_of(root), "losses").add("FP.EXT", number(1)); }},
       {anlan::refusals::kMissingKey, "incidents", [](Node& root) { root.members.pop_back(); }},
       {anlan::refusals::kWrongType, "case", [](Node& root) { root = number(1); }}});
}

TEST_CASE(
    "settle case: each rule of a tower case refuses with its code and the path of the field") {
  namespace r = terms::refusals;
  const auto shares = [](Node& root) -> Node& { return at(layer_of(root), "shares"); };
  check_refused(
      tower_case,
      {{r::kTooManyEntries, "tower.layers",
        [](Node& root) { at(at(root, "tower"), "layers").items.resize(257, layer_of(root)); }},
       {r::kTooManyEntries, "losses[1]",
        [](Node& root) {
          Node loss = Node::table();
          for (int i = 0; i < 65; ++i) loss.add(std::to_string(i), number(1));
          at(root, "losses").items.push_back(loss);
        }},
       {r::kSharesMalformed, "tower.layers[0].shares",
        [&](Node& root) { shares(root).items[0].items[1] = number(9999); }},
       {r::kSharesMalformed, "tower.layers[0].shares",
        [&](Node& root) { shares(root).items[0].items.push_back(number(1)); }},
       {r::kSharesMalformed, "tower.layers[0].shares",
        [&](Node& root) {
          shares(root) = list({list({text("A"), number(5000)}), list({text("A"), number(5000)})});
        }},
       {r::kLossNeedsSections, "losses[0]",
        [](Node& root) { layer_of(root).add("covers", list({text("FP.BI")})); }},
       {anlan::refusals::kUnknownChoice, "tower.layers[0].recognises_erosion_by",
        [](Node& root) { layer_of(root).add("recognises_erosion_by", text("some")); }},
       {anlan::refusals::kEmptyList, "tower.layers[0].covers",
        [](Node& root) { layer_of(root).add("covers", list({})); }},
       {anlan::refusals::kDuplicateValue, "tower.layers[1].name",
        [](Node& root) { at(at(root, "tower"), "layers").items.push_back(layer_of(root)); }},
       {anlan::refusals::kUnknownKey, "policy",
        [](Node& root) { root.add("policy", table({})); }}});
}

TEST_CASE("settle case: the reply lists what is paid, what is left and the steps") {
  Node root = policy_case();
  at(incident_of(root), "outage") = table({});
  section_of(root, 1).add("sublimit_occ", number(30));
  const Result<SettleCase> read = read_settle_case(root, "case.json");
  REQUIRE(read.ok());
  const Node reply = settle_case_reply(read.value());
  const Node& incident = reply.find("incidents")->items[0];
  CHECK(incident.find("paid")->find("FP.EXT")->text == "30");
  CHECK(incident.find("paid")->members.size() == 1);
  CHECK(incident.find("paid_total")->text == "30");
  CHECK(incident.find("mitigation_paid")->text == "0");
  CHECK(incident.find("aggregate_left")->text == "970");
  const Node& step = incident.find("steps")->items[0];
  CHECK(step.find("stage")->text == "sublimit");
  CHECK(step.find("reason")->text == "sublimit_occurrence");
  CHECK(step.find("section")->text == "FP.EXT");
  CHECK(step.find("before")->text == "100");
  CHECK(step.find("after")->text == "30");
}

TEST_CASE("settle case: a tower's reply lists the shares of each layer by name") {
  const Result<SettleCase> read = read_settle_case(tower_case(), "case.json");
  REQUIRE(read.ok());
  const Node reply = settle_case_reply(read.value());
  const Node& layer = reply.find("incidents")->items[0].find("layers")->items[0];
  CHECK(layer.find("name")->text == "L");
  CHECK(layer.find("paid")->text == "70");
  CHECK(layer.find("shares")->find("A")->text == "70");
}

TEST_CASE("terms: refusal codes are in numeric order, within the range of the module, each once") {
  int last = 1000;
  for (const RefusalCode& code : terms::refusals::kRefusals) {
    CAPTURE(code.name);
    CHECK(code.number > last);
    CHECK(code.number < 2000);
    last = code.number;
  }
}
