// What the tests of this module share: a small questionnaire with every kind of answer, what its
// answers are worth, and a catalogue of two products.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/node.h"
#include "protection/answer_table.h"
#include "protection/catalogue.h"

namespace anlan::protection::fixture {

inline Instant instant(std::string_view text) { return parse_instant(text, "test").value(); }
inline Date date(std::string_view text) { return parse_date(text, "test").value(); }

inline Node texts(std::initializer_list<std::string_view> words) {
  Node list = Node::list();
  for (const std::string_view word : words) list.items.push_back(Node::string(word));
  return list;
}

// The first member of that key, to be changed.
inline Node& member(Node& table, std::string_view key) {
  for (Member& each : table.members) {
    if (each.key == key) return each.value;
  }
  return table.add(key, Node::null());
}

struct QuestionText {
  std::string_view id;
  std::string_view type;
  std::string_view options;
  std::string_view tier = "S";
  std::string_view verification = "T";
  std::string_view category = "";
};

// One row of data/controls.csv as the CSV reader gives it.
inline Node question_row(const QuestionText& question) {
  Node row = Node::table();
  for (const std::string_view column : questionnaire_columns()) row.add(column, Node::string("x"));
  member(row, "id") = Node::string(question.id);
  member(row, "answer_type") = Node::string(question.type);
  member(row, "options_or_unit") = Node::string(question.options);
  member(row, "tier") = Node::string(question.tier);
  member(row, "verification") = Node::string(question.verification);
  member(row, "product_category") = Node::string(question.category);
  member(row, "min_requirement") = Node::string("N");
  member(row, "warranty_candidate") = Node::string("Y");
  member(row, "mlps2_L3_clause") = Node::string("8.1.4.1;8.1.4.4");
  member(row, "rr_side") = Node::string("freq");
  member(row, "rr_absent_lo") = Node::string("1.1");
  member(row, "rr_absent_mid") = Node::string("1.25");
  member(row, "rr_absent_hi") = Node::string("2");
  return row;
}

inline Node question_rows() {
  const QuestionText questions[] = {
      {"GOV-01", "bool", "yes|no", "S", "A+D"},
      {"GOV-02", "enum", "none|filed|passed; level:1-5?; on:date?", "S", "D"},
      {"GOV-03", "enum", "any_of none|CII|II_L1|data", "S", "D"},
      {"AST-03", "count", "0-1000; internet_facing:0-1000?", "S", "T+X", "EPP_EDR"},
      {"IAM-04", "bool", "yes|no|na", "M", "T+X"},
      {"END-01", "percent", "0-100; servers:0-100?", "S", "T", "EPP_EDR"},
      {"END-05", "percent", "0-100", "L;OT", "T", "EPP_EDR"},
      {"VUL-01", "days", "0-365", "S", "T+X", "MSS"},
      {"NET-03", "enum", "flat|vlan", "M", "D+E", "IPS"},
      {"NET-04", "enum", "none|detect|block", "S", "T", "IPS"},
      {"BKP-03", "date", "none|date; rto_hours:0-8760?", "S", "D"},
      {"IRP-02", "hours", "none|0-72", "S", "D", "MSS"},
      {"BCP-01", "hours", "0-8760; profit:money?", "S", "A+D"},
      {"SUP-01", "count", "0-100; list:text?", "S", "A+D"},
      {"DAT-02", "percent", "0-100", "DATA", "D+E"},
  };
  Node rows = Node::list();
  for (const QuestionText& question : questions) rows.items.push_back(question_row(question));
  Node file = Node::table();
  file.add("rows", std::move(rows));
  return file;
}

inline Questionnaire questionnaire() {
  return read_questionnaire(question_rows(), "controls.csv", Digest{}).value();
}

inline Node points(std::initializer_list<std::pair<std::int64_t, std::int64_t>> corners) {
  Node list = Node::list();
  for (const auto& [at, ppm] : corners) {
    Node point = Node::table();
    point.add("at", Node::number(at));
    point.add("ppm", Node::number(ppm));
    list.items.push_back(std::move(point));
  }
  return list;
}

inline Node states(std::initializer_list<std::pair<std::string_view, std::int64_t>> words) {
  Node table = Node::table();
  for (const auto& [word, ppm] : words) table.add(word, Node::number(ppm));
  return table;
}

inline Node control_row(std::string_view id) {
  Node row = Node::table();
  row.add("id", Node::string(id));
  return row;
}

inline Node part_row(std::string_view part, Node curve) {
  Node row = Node::table();
  row.add("part", Node::string(part));
  row.add("points", std::move(curve));
  Node list = Node::list();
  list.items.push_back(std::move(row));
  return list;
}

inline Node trust_rows() {
  Node list = Node::list();
  for (const auto& [source, ppm] : {std::pair<std::string_view, std::int64_t>{"declared", 500'000},
                                    {"documented", 700'000},
                                    {"scanned", 800'000},
                                    {"telemetry", 900'000}}) {
    Node row = Node::table();
    row.add("source", Node::string(source));
    row.add("points", points({{0, ppm}, {100, ppm / 2}}));
    list.items.push_back(std::move(row));
  }
  return list;
}

// data/hazard/answers.toml for the questions above.
inline Node answers_file() {
  Node rows = Node::list();
  const auto add = [&](std::string_view id, std::string_view key, Node value) -> Node& {
    rows.items.push_back(control_row(id));
    rows.items.back().add(key, std::move(value));
    return rows.items.back();
  };
  const auto covered = [] { return points({{0, 0}, {80, 400'000}, {100, 1'000'000}}); };
  add("GOV-01", "states", states({{"yes", 1'000'000}, {"no", 0}}));
  add("GOV-02", "states", states({{"none", 0}, {"filed", 600'000}, {"passed", 1'000'000}}));
  add("AST-03", "points", points({{0, 1'000'000}, {10, 0}}))
      .add("parts", part_row("internet_facing", points({{0, 1'000'000}, {2, 0}})));
  add("IAM-04", "states", states({{"yes", 1'000'000}, {"no", 0}, {"na", 1'000'000}}));
  add("END-01", "points", covered()).add("parts", part_row("servers", covered()));
  add("END-05", "points", covered());
  add("VUL-01", "points", points({{7, 1'000'000}, {365, 0}}));
  add("NET-03", "states", states({{"flat", 0}, {"vlan", 1'000'000}}));
  add("NET-04", "states", states({{"none", 0}, {"detect", 500'000}, {"block", 1'000'000}}));
  add("BKP-03", "states", states({{"none", 0}})).add("points", points({{0, 1'000'000}, {100, 0}}));
  add("IRP-02", "states", states({{"none", 0}})).add("points", points({{4, 1'000'000}, {72, 0}}));
  add("DAT-02", "points", covered());
  Node file = Node::table();
  file.add("status", Node::string("assumption"));
  file.add("trust", trust_rows());
  file.add("control", std::move(rows));
  return file;
}

// data/hazard/controls.toml: typical 0.4, three facts.
inline Node controls_file() {
  Node rows = Node::list();
  for (const Question& question : questionnaire().questions) {
    const std::string& id = question.control.text;
    rows.items.push_back(control_row(id));
    const bool is_fact = id == "GOV-03" || id == "BCP-01" || id == "SUP-01";
    if (is_fact) rows.items.back().add("fact", Node::boolean(true));
    if (!is_fact) rows.items.back().add("typical", Node::number_text("0.4"));
    rows.items.back().add("drivers", texts({"cost"}));
  }
  Node file = Node::table();
  file.add("control", std::move(rows));
  return file;
}

inline AnswerTable answer_table() {
  return read_answer_table({.answers = answers_file(), .controls = controls_file()},
                           questionnaire())
      .value();
}

inline Node proof_row(std::string_view control, std::string_view answer) {
  Node row = Node::table();
  row.add("control", Node::string(control));
  row.add("answer", Node::string(answer));
  return row;
}

inline Node product_row(std::string_view id, std::string_view category, std::string_view code) {
  Node row = Node::table();
  row.add("id", Node::string(id));
  row.add("category", Node::string(category));
  row.add("code", Node::string(code));
  for (const std::string_view key : {"zh", "en", "line_zh", "line_en"}) {
    row.add(key, Node::string("x"));
  }
  row.add("signal_days_max", Node::number(7));
  return row;
}

inline Node products_file() {
  Node edr = product_row("edr", "endpoint", "EPP_EDR");
  edr.add("format", Node::string("syslog"));
  edr.add("devices", Node::string("endpoints"));
  edr.add("seen_min", Node::string("90 %"));
  edr.add("price_base", Node::string("100.00"));
  edr.add("price_per_endpoint", Node::string("60.00"));
  edr.add("controls", texts({"END-01", "END-05", "AST-03"}));
  Node edr_proofs = Node::list();
  edr_proofs.items.push_back(proof_row("END-01", "seen"));
  edr.add("proof", std::move(edr_proofs));
  Node ips = product_row("ips", "ips", "IPS");
  ips.add("format", Node::string("suricata_eve"));
  ips.add("devices", Node::string("one"));
  ips.add("seen_min", Node::string("100 %"));
  ips.add("price_base", Node::string("1600.00"));
  ips.add("price_per_endpoint", Node::string("0"));
  ips.add("controls", texts({"NET-03", "NET-04"}));
  Node ips_proofs = Node::list();
  ips_proofs.items.push_back(proof_row("NET-04", "detect"));
  ips.add("proof", std::move(ips_proofs));
  Node list = Node::list();
  list.items.push_back(std::move(edr));
  list.items.push_back(std::move(ips));
  Node file = Node::table();
  file.add("product", std::move(list));
  return file;
}

inline Node packages_file() {
  Node row = Node::table();
  row.add("id", Node::string("guard"));
  for (const std::string_view key : {"zh", "en", "line_zh", "line_en"}) {
    row.add(key, Node::string("x"));
  }
  row.add("vendor", Node::string("guard-vendor"));
  row.add("products", texts({"edr", "ips"}));
  Node list = Node::list();
  list.items.push_back(std::move(row));
  Node file = Node::table();
  file.add("package", std::move(list));
  return file;
}

inline Catalogue catalogue() {
  return read_catalogue(
             {.products = products_file(), .packages = packages_file(), .digest = Digest{}},
             questionnaire())
      .value();
}

}  // namespace anlan::protection::fixture
