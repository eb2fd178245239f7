// The actuarial calculator: no house, no company, one case file.
#include <cstdlib>

#include <fmt/core.h>

#include "api/case_lines.h"
#include "api/render.h"
#include "engine/aggregate_case.h"
#include "formats/json.h"

namespace anlan::api {
namespace {

std::string short_number(const Node* node, int digits = 9) {
  if (!node || node->kind != Node::Kind::kNumber) return "-";
  return fmt::format("{:.{}g}", std::strtod(node->text.c_str(), nullptr), digits);
}

Table table_of(Session& session, const std::vector<std::string_view>& titles) {
  Table table;
  for (const std::string_view title : titles) {
    table.columns.push_back({.title = session.say("aggregate." + std::string(title)),
                             .align = table.columns.empty() ? Align::kLeft : Align::kRight});
  }
  return table;
}

// One row per number asked for: "cdf(1000)", its value, its bound.
void add_measures(Session& session, const Node& tree, const Node& reply, Document& document) {
  const Node& values = *reply.find("ground_up");
  if (values.members.empty()) return;
  const Node& errors = *reply.find("error");
  const Node* ask = tree.find("ask");
  Table table = table_of(session, {"measure", "value", "error"});
  for (const Member& member : values.members) {
    const Node* error = errors.find(member.key);
    if (!member.value.is_list()) {
      table.rows.push_back({member.key, short_number(&member.value), short_number(error, 2)});
      continue;
    }
    const Node* at = ask ? ask->find(member.key) : nullptr;
    for (std::size_t i = 0; i < member.value.items.size(); ++i) {
      const std::string place = at && i < at->items.size() ? at->items[i].text : "";
      table.rows.push_back({member.key + "(" + place + ")", short_number(&member.value.items[i]),
                            short_number(&error->items[i], 2)});
    }
  }
  document.table(std::move(table));
}

void add_layers(Session& session, const Node& tree, const Node& reply, Document& document) {
  const Node* layers = reply.find("layers");
  if (!layers) return;
  document.heading(2, session.say("aggregate.layers"));
  Table table = table_of(session, {"layer", "expected", "error", "claims", "base_premium"});
  for (std::size_t i = 0; i < layers->items.size(); ++i) {
    const Node& terms = tree.find("layers")->items[i];
    const Node& layer = layers->items[i];
    const Node* limit = terms.find("limit");
    const Node* attach = terms.find("attach");
    table.rows.push_back({(limit ? limit->text : "-") + " xs " + (attach ? attach->text : "0"),
                          short_number(layer.find("expected")),
                          short_number(layer.find("error"), 2),
                          short_number(layer.find("claims"), 6),
                          short_number(layer.find("reinstatement_base_premium"))});
  }
  document.table(std::move(table));
}

// A table of the reply whose rows are tables of numbers; each key is a title.
void add_rows(Session& session, const Node& reply, std::string_view key,
              const std::vector<std::string_view>& columns, Document& document) {
  const Node* rows = reply.find(key);
  if (!rows) return;
  Table table = table_of(session, columns);
  for (const Node& row : rows->items) {
    std::vector<std::string>& cells = table.rows.emplace_back();
    for (const std::string_view column : columns) {
      cells.push_back(short_number(row.find(column), 7));
    }
  }
  document.table(std::move(table));
}

Document aggregate_document(Session& session, const Node& tree, const Node& reply) {
  Document document;
  document.heading(1, session.say("aggregate.title"));
  if (reply.find("ground_up")) {
    add_measures(session, tree, reply, document);
    add_layers(session, tree, reply, document);
    if (reply.find("increased_limits")) document.heading(2, session.say("aggregate.limits"));
    add_rows(session, reply, "increased_limits",
             {"limit", "lev", "factor", "premium", "layer_premium"}, document);
    if (reply.find("deductibles")) document.heading(2, session.say("aggregate.deductibles"));
    add_rows(session, reply, "deductibles",
             {"deductible", "eliminated", "lev", "credit", "count", "pure_premium"}, document);
    document.paragraph(session.say("aggregate.method_" + reply.find("method")->text));
  }
  if (const Node* credibility = reply.find("credibility")) {
    document.paragraph(session.say(
        "aggregate.credibility", {{"mean", short_number(credibility->find("posterior_mean"), 7)},
                                  {"z", short_number(credibility->find("credibility"), 7)},
                                  {"none", short_number(credibility->find("predictive_p0"), 7)}}));
  }
  return document;
}

Result<Node> aggregate_node(const Node& tree, const std::string& file) {
  ANLAN_TRY(const engine::AggregateCase given, engine::read_aggregate_case(tree, file));
  return engine::aggregate_reply(given);
}

Result<Reply> aggregate(Session& session, NodeReader& options) {
  const std::string path = options.text("file");
  const bool lines = options.flag("lines", false);
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const std::string text, session.read_text(path));
  if (lines) {
    return Reply{
        .document = {}, .json = answer_lines(session, text, path, aggregate_node), .brief = {}};
  }
  ANLAN_TRY(const Node tree, formats::parse_json(text, path));
  Reply reply;
  ANLAN_TRY(reply.json, aggregate_node(tree, path));
  reply.document = aggregate_document(session, tree, reply.json);
  return reply;
}

}  // namespace

std::vector<Operation> engine_operations() {
  return {
      {.name = "aggregate",
       .command = "",
       .zh = "计算年度总损失分布、分层与风险度量，每个数都有误差上限",
       .en = "a year's total: layers and risk measures, each number with an error bound",
       .options = {positional("file", "FILE", "案例文件（JSON）", "case file (JSON)"),
                   flag("lines", "文件每行一个案例", "the file has one case per line")},
       .run = aggregate},
  };
}

}  // namespace anlan::api
