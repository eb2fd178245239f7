// Operations that need no house: settle a case file, help with the exchange format.
#include "api/case_lines.h"
#include "api/render.h"
#include "formats/json.h"
#include "terms/settle_case.h"

namespace anlan::api {
namespace {

Result<Node> settle_node(const Node& tree, const std::string& file) {
  ANLAN_TRY(const terms::SettleCase settle_case, terms::read_settle_case(tree, file));
  return terms::settle_case_reply(settle_case);
}

std::string amount_text(const Node* node) {
  if (!node || node->kind != Node::Kind::kNumber) return {};
  return to_grouped(Money::from_minor(std::stoll(node->text), Currency::kCny));
}

std::string member_text(const Node& node, std::string_view key) {
  const Node* found = node.find(key);
  return found ? found->text : std::string();
}

// A policy's incident: what each section pays, then every step that changed an amount.
void add_incident(Session& session, const Node& incident, Document& document) {
  std::string paid;
  for (const Member& section : incident.find("paid")->members) {
    paid += (paid.empty() ? "" : " + ") + cover_name(session, section.key) + " " +
            amount_text(&section.value);
  }
  document.paragraph(
      session.say("settle.paid", {{"paid", paid},
                                  {"total", amount_text(incident.find("paid_total"))},
                                  {"left", amount_text(incident.find("aggregate_left"))}}));
  if (const Node* const services = incident.find("services")) {
    for (const Member& service : services->members) {
      document.paragraph(session.say("settle.service", {{"name", cover_name(session, service.key)},
                                                        {"amount", amount_text(&service.value)}}));
    }
  }
  const std::string mitigation = amount_text(incident.find("mitigation_paid"));
  if (mitigation != "0.00")
    document.paragraph(session.say("settle.mitigation", {{"amount", mitigation}}));
  for (const Node& step : incident.find("steps")->items) {
    document.bullet(session.say(
        "brief.step", {{"clause", member_text(step, "clause")},
                       {"subject", cover_name(session, member_text(step, "section"))},
                       {"before", amount_text(step.find("before"))},
                       {"after", amount_text(step.find("after"))},
                       {"reason", session.say("step." + member_text(step, "reason") + ".short")}}));
  }
}

void add_tower(Session& session, const Node& incident, Document& document) {
  for (const Node& layer : incident.find("layers")->items) {
    std::string shares;
    for (const Member& share : layer.find("shares")->members) {
      shares += (shares.empty() ? "" : ", ") + share.key + " " + amount_text(&share.value);
    }
    document.bullet(session.say("settle.layer", {{"name", member_text(layer, "name")},
                                                 {"paid", amount_text(layer.find("paid"))},
                                                 {"shares", shares}}));
  }
  document.paragraph(
      session.say("settle.tower", {{"total", amount_text(incident.find("paid_total"))},
                                   {"uninsured", amount_text(incident.find("uninsured"))}}));
}

Document settle_document(Session& session, const Node& reply) {
  Document document;
  document.heading(1, session.say("settle.title"));
  int number = 0;
  for (const Node& incident : reply.find("incidents")->items) {
    document.heading(2, session.say("settle.incident", {{"n", std::to_string(++number)}}));
    if (incident.find("layers")) {
      add_tower(session, incident, document);
    } else {
      add_incident(session, incident, document);
    }
  }
  return document;
}

Result<Reply> settle(Session& session, NodeReader& options) {
  const std::string path = options.text("file");
  const bool lines = options.flag("lines", false);
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const std::string text, session.read_text(path));
  if (lines) {
    return Reply{
        .document = {}, .json = answer_lines(session, text, path, settle_node), .brief = {}};
  }
  ANLAN_TRY(const Node tree, formats::parse_json(text, path));
  Reply reply;
  ANLAN_TRY(reply.json, settle_node(tree, path));
  reply.document = settle_document(session, reply.json);
  return reply;
}

}  // namespace

std::vector<Operation> terms_operations() {
  return {
      {.name = "settle",
       .command = "",
       .zh = "按保单条件理算一个案例文件（逐步说明）",
       .en = "settle a case file against its policy, step by step",
       .options = {positional("file", "FILE", "案例文件（JSON）", "case file (JSON)"),
                   flag("lines", "文件每行一个案例", "the file has one case per line")},
       .run = settle},
  };
}

}  // namespace anlan::api
