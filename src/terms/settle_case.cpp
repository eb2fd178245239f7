#include "terms/settle_case.h"

#include <charconv>
#include <set>

#include "base/int128.h"
#include "base/node_reader.h"
#include "terms/refusals.h"
#include "terms/terms_reader.h"

namespace anlan::terms {
namespace {

// A whole number within [0, most]; nothing else, no 1.0 and no true.
std::optional<std::int64_t> whole_in(const Node& node, std::int64_t most) {
  if (node.kind != Node::Kind::kNumber) return std::nullopt;
  std::int64_t value = 0;
  const char* const last = node.text.data() + node.text.size();
  const auto [end, error] = std::from_chars(node.text.data(), last, value);
  if (error != std::errc() || end != last || value < 0 || value > most) return std::nullopt;
  return value;
}

// ---- policy cases
// ------------------------------------------------------------------------------------

// `parametric`: the hours are measured, a curve may be left out.
Outage read_outage(NodeReader& reader, bool parametric) {
  Outage outage;
  outage.minutes = reader.whole("minutes", 0, kMinutesMax);
  if (parametric && !reader.has("hourly")) {
    reader.finish();
    return outage;
  }
  const std::vector<NodeReader> hours = reader.list_required("hourly");
  reader.finish();
  const std::int64_t expected = (outage.minutes + 59) / 60;
  bool well_formed = static_cast<std::int64_t>(hours.size()) == expected;
  Int128 sum = 0;
  for (const NodeReader& hour : hours) {
    const std::optional<std::int64_t> amount = whole_in(hour.node(), kAmountMax);
    well_formed = well_formed && amount;
    outage.hourly.push_back(amount.value_or(0));
    sum += amount.value_or(0);
  }
  if (!well_formed) {
    reader.refuse(
        "hourly", refusals::kHourlyMalformed,
        {{"expected", std::to_string(expected)}, {"found", std::to_string(hours.size())}});
  }
  if (sum > kAmountMax) {
    reader.refuse("hourly", refusals::kHourlySumTooLarge, {{"max", std::to_string(kAmountMax)}});
  }
  return outage;
}

void read_losses(NodeReader reader, const Plan& plan, Incident& incident) {
  incident.losses.resize(plan.section_count());
  for (NodeReader::Entry& entry : reader.entries()) {
    const int index = plan.section_index(entry.key);
    if (index < 0) {
      entry.value.refuse("", refusals::kLossSectionUnknown, {{"section", entry.key}});
      return;
    }
    const auto section = static_cast<std::size_t>(index);
    if (plan.takes_outage(section)) {
      entry.value.refuse("", refusals::kLumpOnTimedSection, {{"section", entry.key}});
    }
    incident.losses[section] = entry.value.as_whole(0, kAmountMax);
  }
}

void read_outages(NodeReader reader, const Plan& plan, Incident& incident) {
  incident.outages.resize(plan.section_count());
  for (NodeReader::Entry& entry : reader.entries()) {
    const int index = plan.section_index(entry.key);
    if (index < 0) {
      entry.value.refuse("", refusals::kLossSectionUnknown, {{"section", entry.key}});
      return;
    }
    const auto section = static_cast<std::size_t>(index);
    const bool parametric = plan.terms().sections[section].time.parametric_hourly.has_value();
    incident.outages[section] = read_outage(entry.value, parametric);
  }
}

void read_values(NodeReader reader, const Plan& plan, Incident& incident) {
  incident.values.resize(plan.section_count());
  for (NodeReader::Entry& entry : reader.entries()) {
    const int index = plan.section_index(entry.key);
    if (index < 0) {
      entry.value.refuse("", refusals::kLossSectionUnknown, {{"section", entry.key}});
      return;
    }
    incident.values[static_cast<std::size_t>(index)] = {
        .declared = entry.value.whole("declared", 0, kAmountMax),
        .actual = entry.value.whole("actual", 1, kAmountMax)};
    entry.value.finish();
  }
}

Incident read_incident(NodeReader& reader, const Plan& plan) {
  Incident incident;
  read_losses(reader.table_or_empty("losses"), plan, incident);
  read_outages(reader.table_or_empty("outage"), plan, incident);
  incident.mitigation = reader.minor("mitigation", 0);
  incident.peril_covered = reader.flag("peril_covered", true);
  incident.premium_paid_bp =
      static_cast<std::int32_t>(reader.whole_or("premium_paid_bp", 0, kBasisPoints, kBasisPoints));
  incident.extra_retention = reader.minor("extra_retention", 0);
  read_values(reader.table_or_empty("values"), plan, incident);
  incident.other_sum_insured = reader.minor("other_sum_insured", 0);
  incident.other_paid = reader.minor("other_paid", 0);
  incident.extra_participation_bp =
      static_cast<std::int32_t>(reader.whole_or("extra_participation_bp", 0, kBasisPoints, 0));
  incident.limit_bp =
      static_cast<std::int32_t>(reader.whole_or("limit_bp", 0, kBasisPoints, kBasisPoints));
  if (reader.has("provider")) incident.provider = reader.text("provider");
  reader.finish();
  return incident;
}

PolicyCase read_policy_case(NodeReader& root) {
  PolicyCase out;
  std::vector<NodeReader> incidents = root.list_required("incidents");
  NodeReader policy = root.table("policy");
  out.terms = read_terms(policy, TermsFormat{});
  root.finish();
  if (root.refused()) return out;
  const Plan plan = compile(out.terms);
  for (NodeReader& reader : incidents) {
    out.incidents.push_back(read_incident(reader, plan));
    if (out.incidents.back().mitigation != 0 && !plan.mitigation_cap()) {
      policy.refuse("mitigation_cap", refusals::kMitigationNeedsCap);
    }
    if (root.refused()) return out;
  }
  return out;
}

// ---- tower cases
// -------------------------------------------------------------------------------------

std::vector<LayerShare> read_shares(NodeReader& layer) {
  std::vector<LayerShare> shares;
  std::set<std::string> names;
  std::int64_t sum = 0;
  bool well_formed = true;
  for (const NodeReader& item : layer.list("shares")) {
    const std::vector<Node>& pair = item.node().items;
    if (!item.node().is_list() || pair.size() != 2) {
      well_formed = false;
      break;
    }
    const std::optional<std::int64_t> bp = whole_in(pair[1], kBasisPoints);
    const bool named = pair[0].kind == Node::Kind::kText && !pair[0].text.empty() &&
                       names.insert(pair[0].text).second;
    well_formed = well_formed && bp && named;
    sum += bp.value_or(0);
    shares.push_back({.name = pair[0].text, .bp = bp.value_or(0)});
  }
  if (!well_formed || sum != kBasisPoints) layer.refuse("shares", refusals::kSharesMalformed);
  return shares;
}

std::optional<std::vector<std::string>> read_covers(NodeReader& layer) {
  if (layer.has("covers")) return layer.texts("covers");
  layer.texts_or_empty("covers");  // null says the same as nothing
  return std::nullopt;
}

std::optional<std::vector<std::string>> read_recognised(NodeReader& layer) {
  constexpr std::string_view kKey = "recognises_erosion_by";
  const Node* found = layer.node().find(kKey);
  if (!found || found->kind == Node::Kind::kText) {
    if (layer.text_or(kKey, "all") != "all") {
      layer.refuse(kKey, anlan::refusals::kUnknownChoice,
                   {{"choices", "all | [section, ...]"}, {"nearest", ""}});
    }
    return std::nullopt;
  }
  return layer.texts(kKey);
}

Layer read_layer(NodeReader& reader) {
  Layer layer;
  layer.name = reader.text("name");
  layer.limit = reader.whole("limit", 0, kAmountMax);
  layer.annual_limit = reader.minor("annual_limit", layer.limit);
  layer.covers = read_covers(reader);
  layer.recognises_erosion_by = read_recognised(reader);
  layer.shares = read_shares(reader);
  reader.finish();
  return layer;
}

Tower read_tower(NodeReader reader) {
  Tower tower;
  tower.retention = reader.minor("retention", 0);
  tower.drop_down = reader.flag("drop_down", true);
  std::set<std::string> names;
  std::vector<NodeReader> layers = reader.list("layers");
  if (layers.size() > kLayersMax) {
    reader.refuse("layers", refusals::kTooManyEntries, {{"max", std::to_string(kLayersMax)}});
    return tower;
  }
  for (NodeReader& item : layers) {
    tower.layers.push_back(read_layer(item));
    if (!names.insert(tower.layers.back().name).second) {
      item.refuse("name", anlan::refusals::kDuplicateValue);
    }
  }
  reader.finish();
  return tower;
}

TowerLoss read_tower_loss(NodeReader& reader, bool by_section) {
  TowerLoss loss;
  if (!reader.node().is_table()) {
    loss.push_back({.section = "loss", .amount = reader.as_whole(0, kAmountMax)});
    if (by_section) reader.refuse("", refusals::kLossNeedsSections);
    return loss;
  }
  for (NodeReader::Entry& entry : reader.entries()) {
    loss.push_back({.section = entry.key, .amount = entry.value.as_whole(0, kAmountMax)});
  }
  if (loss.size() > kSectionsMax) {
    reader.refuse("", refusals::kTooManyEntries, {{"max", std::to_string(kSectionsMax)}});
  }
  return loss;
}

TowerCase read_tower_case(NodeReader& root) {
  TowerCase out;
  std::vector<NodeReader> losses = root.list_required("losses");
  out.tower = read_tower(root.table("tower"));
  root.finish();
  bool by_section = false;
  for (const Layer& layer : out.tower.layers) {
    by_section = by_section || layer.covers || layer.recognises_erosion_by;
  }
  for (NodeReader& reader : losses) out.losses.push_back(read_tower_loss(reader, by_section));
  return out;
}

// ---- replies
// -----------------------------------------------------------------------------------------

Node money_or_null(const std::optional<Money>& money) {
  return money ? Node::number(money->minor()) : Node::null();
}

Node steps_node(const std::vector<domain::SettlementStep>& steps) {
  Node list = Node::list();
  list.items.reserve(steps.size());
  for (const domain::SettlementStep& step : steps) {
    Node item = Node::table();
    item.add("stage", Node::string(name_of(step.stage)));
    item.add("reason", Node::string(name_of(step.reason)));
    item.add("clause", Node::string(step.clause));
    item.add("section", Node::string(step.subject));
    item.add("before", Node::number(step.before.minor()));
    item.add("after", Node::number(step.after.minor()));
    list.items.push_back(std::move(item));
  }
  return list;
}

// `has_services`: of the policy; then the reply says what they rendered.
Node settlement_node(const domain::Settlement& settlement, bool has_services) {
  Node out = Node::table();
  Node& paid = out.add("paid", Node::table());
  for (const domain::SectionPaid& section : settlement.sections) {
    paid.add(section.section.text, Node::number(section.paid.minor()));
  }
  out.add("paid_total", Node::number(settlement.paid_total.minor()));
  out.add("mitigation_paid", Node::number(settlement.mitigation_paid.minor()));
  out.add("aggregate_left", money_or_null(settlement.aggregate_left));
  if (has_services) {
    Node& services = out.add("services", Node::table());
    for (const domain::ServicePaid& service : settlement.services_paid) {
      services.add(service.service.text, Node::number(service.rendered.minor()));
    }
  }
  out.add("steps", steps_node(settlement.steps));
  return out;
}

Node tower_node(const Tower& tower, const TowerSettlement& settlement) {
  Node out = Node::table();
  Node& layers = out.add("layers", Node::list());
  for (std::size_t i = 0; i < settlement.layers.size(); ++i) {
    Node layer = Node::table();
    layer.add("name", Node::string(tower.layers[i].name));
    layer.add("paid", Node::number(settlement.layers[i].paid));
    Node& shares = layer.add("shares", Node::table());
    for (std::size_t k = 0; k < tower.layers[i].shares.size(); ++k) {
      shares.add(tower.layers[i].shares[k].name, Node::number(settlement.layers[i].shares[k]));
    }
    layers.items.push_back(std::move(layer));
  }
  out.add("paid_total", Node::number(settlement.paid_total));
  out.add("uninsured", Node::number(settlement.uninsured));
  return out;
}

Node incidents_of(const PolicyCase& policy) {
  Node incidents = Node::list();
  const Plan plan = compile(policy.terms);
  YearState year = fresh_year(plan);
  for (const Incident& incident : policy.incidents) {
    incidents.items.push_back(
        settlement_node(settle(plan, incident, year), !plan.services().empty()));
  }
  return incidents;
}

Node incidents_of(const TowerCase& tower_case) {
  Node incidents = Node::list();
  TowerYear year = fresh_year(tower_case.tower);
  for (const TowerLoss& loss : tower_case.losses) {
    incidents.items.push_back(
        tower_node(tower_case.tower, settle_tower(tower_case.tower, loss, year)));
  }
  return incidents;
}

}  // namespace

Result<SettleCase> read_settle_case(const Node& root, const std::string& file) {
  ReadReport report(file);
  NodeReader reader(root, report, "case");
  if (!root.is_table()) {
    reader.finish();
    return report.refusal();
  }
  if (root.find("tower")) return report.result<SettleCase>(read_tower_case(reader));
  return report.result<SettleCase>(read_policy_case(reader));
}

Result<Tower> read_tower_file(const Node& root, const std::string& file) {
  ReadReport report(file);
  NodeReader reader(root, report, "case");
  Tower tower = read_tower(reader.table("tower"));
  reader.list_or_empty("losses");
  reader.finish();
  return report.result(std::move(tower));
}

Node settle_case_reply(const SettleCase& read) {
  Node reply = Node::table();
  reply.add("incidents", std::visit([](const auto& one) { return incidents_of(one); }, read));
  return reply;
}

}  // namespace anlan::terms
