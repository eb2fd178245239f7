// What a tower of layers costs its insurers: anlan risk tower.
#include <algorithm>

#include <fmt/core.h>

#include "api/market.h"
#include "api/render.h"
#include "base/node_reader.h"
#include "domain/cover.h"
#include "domain/peril.h"
#include "engine/tower_year.h"
#include "formats/json.h"
#include "house/views.h"
#include "terms/refusals.h"
#include "terms/settle_case.h"

namespace anlan::api {
namespace {

using namespace domain;
using engine::LayerLoss;
using engine::Sampled;

constexpr std::size_t kTowerPoints = 1024;  // of each peril and replicate: upper layers are rare

// ---- what enters the tower

void add_once(std::vector<std::string>& words, const std::string& word) {
  if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
}

using Codes = std::optional<std::vector<std::string>>;

// The sections of the product and those that a layer names.
std::vector<std::string> codes_of(const terms::Terms& product, const terms::Tower& tower) {
  std::vector<std::string> codes;
  for (const terms::Section& section : product.sections) add_once(codes, section.code);
  for (const terms::Layer& layer : tower.layers) {
    if (!layer.covers) continue;
    for (const std::string& code : *layer.covers) add_once(codes, code);
  }
  return codes;
}

// FP.EXT stands for all heads below it, also for one that enters the tower apart because another
// layer names it.
void add_heads_below(const std::vector<std::string>& codes, Codes& named) {
  if (!named) return;
  const std::vector<std::string> written = *named;
  for (const std::string& code : written) {
    for (const std::string& other : codes) {
      if (belongs_to(other, code)) add_once(*named, other);
    }
  }
}

// A code outside the taxonomy would never take a loss.
Result<Done> check_codes(const Codes& codes, const std::string& path, const std::string& file) {
  if (!codes) return Done{};
  for (const std::string& code : *codes) {
    if (find_head(code)) continue;
    std::vector<std::string> known;
    for (const CoverKind& kind : cover_kinds()) known.emplace_back(kind.code);
    for (const CoverKind& kind : sub_heads()) known.emplace_back(kind.code);
    Refusal refusal{.code = terms::refusals::kHeadUnknown,
                    .path = path,
                    .value = code,
                    .args = {{.name = "head", .value = code},
                             {.name = "nearest", .value = nearest(code, known)}},
                    .at = {}};
    refusal.at.file = file;
    return refusal;
  }
  return Done{};
}

Result<Done> check_layers(const terms::Tower& tower, const std::string& file) {
  for (std::size_t i = 0; i < tower.layers.size(); ++i) {
    const std::string layer = fmt::format("tower.layers[{}]", i);
    ANLAN_REQUIRE(check_codes(tower.layers[i].covers, layer + ".covers", file));
    ANLAN_REQUIRE(
        check_codes(tower.layers[i].recognises_erosion_by, layer + ".recognises_erosion_by", file));
  }
  return Done{};
}

// The perils asked for, else those of the product.
std::vector<PerilName> perils_of(NodeReader& options, const Market& market) {
  std::vector<PerilName> out;
  for (NodeReader& item : options.list_or_empty("peril")) {
    const std::string code = item.as_text();
    if (!find_peril_kind(code)) {
      std::vector<std::string> known;
      for (const PerilKind& kind : peril_kinds()) known.emplace_back(kind.code);
      item.refuse("", terms::refusals::kPerilUnknown,
                  {{"peril", code}, {"nearest", nearest(code, known)}});
    }
    out.push_back(PerilName{code});
  }
  return out.empty() ? market.cover.perils : out;
}

// ---- how it is written

std::string rate_text(double expected, std::int64_t limit) {
  if (limit == 0) return "–";
  return fmt::format("{:.3f} %", 100.0 * expected / static_cast<double>(limit));
}

Table layer_table(Session& session, const terms::Tower& tower, const engine::TowerLosses& losses) {
  Table table{.columns = {{session.say("tower.layer")},
                          {session.say("tower.limit"), Align::kRight},
                          {session.say("tower.attach"), Align::kRight},
                          {session.say("risk.expected"), Align::kRight},
                          {session.say("risk.error"), Align::kRight},
                          {session.say("tower.rate"), Align::kRight},
                          {session.say("tower.reached"), Align::kRight},
                          {session.say("tower.exhausted"), Align::kRight}}};
  for (std::size_t i = 0; i < tower.layers.size(); ++i) {
    const LayerLoss& layer = losses.layers[i];
    table.rows.push_back(
        {tower.layers[i].name, rounded_text(static_cast<double>(tower.layers[i].limit)),
         rounded_text(layer.attach), rounded_text(layer.expected.value),
         rounded_text(layer.expected.error), rate_text(layer.expected.value, tower.layers[i].limit),
         share_text(layer.reached.value), share_text(layer.exhausted.value)});
  }
  return table;
}

Table share_table(Session& session, const terms::Tower& tower, const engine::TowerLosses& losses) {
  Table table{.columns = {{session.say("tower.layer")},
                          {session.say("tower.insurer")},
                          {session.say("tower.share"), Align::kRight},
                          {session.say("risk.expected"), Align::kRight},
                          {session.say("risk.error"), Align::kRight}}};
  for (std::size_t i = 0; i < tower.layers.size(); ++i) {
    for (std::size_t k = 0; k < tower.layers[i].shares.size(); ++k) {
      const terms::LayerShare& share = tower.layers[i].shares[k];
      const Sampled& expected = losses.layers[i].shares[k];
      table.rows.push_back({tower.layers[i].name, share.name,
                            fmt::format("{:.2f} %", static_cast<double>(share.bp) / 100.0),
                            rounded_text(expected.value), rounded_text(expected.error)});
    }
  }
  return table;
}

void add_sampled(Node& node, const std::string& name, const Sampled& figure, bool amount) {
  node.add(name, amount ? amount_node(figure.value) : share_node(figure.value));
  node.add(name + "_error", amount ? amount_node(figure.error) : share_node(figure.error));
}

Node layer_node(const terms::Layer& terms, const LayerLoss& layer) {
  Node out = Node::table();
  out.add("name", Node::string(terms.name));
  out.add("attach", amount_node(layer.attach));
  out.add("limit", Node::number(terms.limit));
  out.add("annual_limit", Node::number(terms.annual_limit));
  add_sampled(out, "expected", layer.expected, true);
  out.add("rate_on_line",
          terms.limit == 0 ? Node::null()
                           : share_node(layer.expected.value / static_cast<double>(terms.limit)));
  add_sampled(out, "reached", layer.reached, false);
  add_sampled(out, "exhausted", layer.exhausted, false);
  Node& shares = out.add("shares", Node::list());
  for (std::size_t k = 0; k < terms.shares.size(); ++k) {
    Node share = Node::table();
    share.add("name", Node::string(terms.shares[k].name));
    share.add("bp", Node::number(terms.shares[k].bp));
    add_sampled(share, "expected", layer.shares[k], true);
    shares.items.push_back(std::move(share));
  }
  return out;
}

Node tower_node(const Market& market, const terms::Tower& tower,
                const engine::TowerLosses& losses) {
  Node out = Node::table();
  out.add("model", Node::string(market.hazard->model));
  out.add("seed", Node::string(std::to_string(market.table->options().seed)));
  out.add("product", Node::string(market.risk.product->id.text));
  Node& perils = out.add("perils", Node::list());
  for (const PerilName& peril : market.cover.perils) {
    perils.items.push_back(Node::string(peril.text));
  }
  Node& sections = out.add("sections", Node::list());
  for (const terms::Section& section : market.plan.terms().sections) {
    sections.items.push_back(Node::string(section.code));
  }
  out.add("retention", Node::number(tower.retention));
  out.add("drop_down", Node::boolean(tower.drop_down));
  add_sampled(out, "expected_loss", losses.loss, true);
  add_sampled(out, "expected_retained", losses.retained, true);
  add_sampled(out, "expected_paid", losses.paid, true);
  add_sampled(out, "expected_uninsured", losses.uninsured, true);
  Node& layers = out.add("layers", Node::list());
  for (std::size_t i = 0; i < tower.layers.size(); ++i) {
    layers.items.push_back(layer_node(tower.layers[i], losses.layers[i]));
  }
  return out;
}

Document tower_document(Session& session, const std::string& company, const terms::Tower& tower,
                        const engine::TowerLosses& losses) {
  Document document;
  document.heading(1, session.say("tower.title", {{"company", company}}));
  document.paragraph(
      session.say("tower.year", {{"loss", rounded_text(losses.loss.value)},
                                 {"retained", rounded_text(losses.retained.value)},
                                 {"paid", rounded_text(losses.paid.value)},
                                 {"paid_error", rounded_text(losses.paid.error)},
                                 {"uninsured", rounded_text(losses.uninsured.value)},
                                 {"uninsured_error", rounded_text(losses.uninsured.error)}}));
  document.heading(2, session.say("tower.layers"));
  document.table(layer_table(session, tower, losses));
  document.paragraph(session.say(tower.drop_down ? "tower.drop_down" : "tower.fixed"));
  document.heading(2, session.say("tower.shares"));
  document.table(share_table(session, tower, losses));
  document.paragraph(session.say("tower.note"));
  return document;
}

Result<Reply> risk_tower(Session& session, NodeReader& options) {
  const auto enterprise = options.id<EnterpriseTag>("enterprise");
  const auto product = options.name<ProductTag>("product");
  const std::string path = options.text("tower");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const std::string text, session.read_text(path));
  ANLAN_TRY(const Node tree, formats::parse_json(text, path));
  ANLAN_TRY(terms::Tower tower, terms::read_tower_file(tree, path));
  ANLAN_REQUIRE(check_layers(tower, path));
  ANLAN_TRY(const auto market, market_of(session, enterprise, product));
  // Layers take the losses as they come: no trigger and no obligation of the product.
  market->cover = {.plan = &market->plan, .perils = perils_of(options, *market)};
  if (options.refused()) return options.report().refusal();
  const std::vector<std::string> codes = codes_of(market->risk.wording->terms, tower);
  for (terms::Layer& layer : tower.layers) {
    add_heads_below(codes, layer.covers);
    add_heads_below(codes, layer.recognises_erosion_by);
  }
  market->plan = engine::tower_sections(codes);
  market->table = std::make_unique<engine::ScenarioTable>(
      *market->hazard, engine::ScenarioOptions{.points = kTowerPoints}, *market->executor);
  const engine::LossModel model =
      engine::make_loss_model(*market->hazard, market->risk.input, engine::ControlUse::kOwn);
  const engine::TowerLosses losses =
      engine::tower_year(market->setting(), tower, model, *market->executor);
  ANLAN_TRY(const house::House* house, session.house());
  Reply reply;
  reply.document = tower_document(session, company_name(*house, enterprise), tower, losses);
  reply.json = tower_node(*market, tower, losses);
  return reply;
}

}  // namespace

std::vector<Operation> tower_operations() {
  return {
      {.name = "risk tower",
       .command = "",
       .zh = "分层保险的预期赔付：每一层、每个共保人、没有保障的部分",
       .en = "a tower of layers: what each layer, each co-insurer and nobody pays",
       .options = {positional("enterprise", "ENTERPRISE", "企业", "the company"),
                   named("product", "PRODUCT", "哪个产品的保障项与风险",
                         "whose sections and perils", true),
                   named("tower", "FILE", "分层文件（JSON，格式同理算案例的 tower）",
                         "the tower (JSON, as `tower` of a settle case)", true),
                   many("peril", "CODE", "承保的风险，如 ransomware（默认按产品；可多个）",
                        "covered peril, e.g. ransomware (those of the product; several)")},
       .run = risk_tower},
  };
}

}  // namespace anlan::api
