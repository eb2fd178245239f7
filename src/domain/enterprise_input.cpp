#include "domain/enterprise_input.h"

#include "base/node_reader.h"
#include "domain/refusals.h"

namespace anlan::domain {
namespace {

// A value as written, and where it comes from.
struct Stated {
  std::string value;
  FactSource source = FactSource::kDeclared;
  Date on;
  Digest evidence;  // of answers only
};

// The text of a scalar; true and false are yes and no.
std::string scalar_text(NodeReader& reader) {
  const Node& node = reader.node();
  if (node.kind == Node::Kind::kNumber) return node.text;
  if (node.kind == Node::Kind::kBoolean) return node.text == "true" ? "yes" : "no";
  return reader.as_text();
}

Digest read_evidence(NodeReader& reader) {
  const std::string text = reader.text_or("evidence", "");
  if (reader.refused() || text.empty()) return {};
  const auto digest = parse_digest(text, reader.child("evidence"));
  if (digest.ok()) return digest.value();
  reader.refuse("evidence", digest.refusal().code, digest.refusal().args);
  return {};
}

enum class StatedAs { kFact, kAnswer };

// A scalar that is declared on `day`, or a table of value, source and day; of an answer also its
// evidence.
Stated read_stated(NodeReader& reader, Date day, StatedAs as) {
  Stated stated{.value = "", .source = FactSource::kDeclared, .on = day, .evidence = {}};
  if (!reader.node().is_table()) {
    stated.value = scalar_text(reader);
    return stated;
  }
  stated.value = reader.text("value");
  stated.source = reader.choice_or<FactSource>("source", FactSource::kDeclared);
  if (reader.has("observed_on")) stated.on = reader.date("observed_on");
  if (as == StatedAs::kAnswer) stated.evidence = read_evidence(reader);
  reader.finish();
  return stated;
}

Fact read_fact(NodeReader::Entry& entry, Date day) {
  Fact fact;
  fact.name.text = entry.key;
  const FactKind* kind = find_fact_kind(entry.key);
  if (kind == nullptr) {
    std::vector<std::string> known;
    for (const FactKind& each : fact_kinds()) known.emplace_back(each.name);
    entry.value.refuse("", kFactUnknown, {{.name = "nearest", .value = nearest(entry.key, known)}});
    return fact;
  }
  const Stated stated = read_stated(entry.value, day, StatedAs::kFact);
  const bool is_table = entry.value.node().is_table();
  if (entry.value.refused()) return fact;
  const auto value = canonical_fact_value(*kind, stated.value, entry.value.path());
  if (!value.ok()) {
    entry.value.refuse(is_table ? "value" : "", value.refusal().code, value.refusal().args);
    return fact;
  }
  fact.value = value.value();
  fact.source = stated.source;
  fact.observed_on = stated.on;
  return fact;
}

// In the order of the form, whatever the order of the file.
std::vector<Fact> read_facts(NodeReader reader, Date day) {
  std::vector<Fact> written;
  for (NodeReader::Entry& entry : reader.entries()) written.push_back(read_fact(entry, day));
  std::vector<Fact> facts;
  for (const FactKind& kind : fact_kinds()) {
    if (const Fact* fact = find_fact(written, kind.name)) facts.push_back(*fact);
  }
  return facts;
}

Contact read_contact(NodeReader reader) {
  Contact contact{.name = reader.text("name"),
                  .phone = reader.text_or("phone", ""),
                  .email = reader.text_or("email", "")};
  reader.finish();
  return contact;
}

std::string read_credit_code(NodeReader& reader) {
  const std::string text = reader.text("credit_code");
  if (reader.refused()) return "";
  const auto code = parse_credit_code(text, reader.child("credit_code"));
  if (code.ok()) return code.value();
  reader.refuse("credit_code", code.refusal().code, code.refusal().args);
  return "";
}

Answer read_answer(NodeReader::Entry& entry, Date day) {
  Answer answer;
  const auto control = parse_name<ControlTag>(entry.key, entry.value.path());
  if (!control.ok()) {
    entry.value.refuse("", control.refusal().code, control.refusal().args);
    return answer;
  }
  const Stated stated = read_stated(entry.value, day, StatedAs::kAnswer);
  answer.control = control.value();
  answer.value = stated.value;
  answer.source = stated.source;
  answer.evidence = stated.evidence;
  answer.answered_on = stated.on;
  return answer;
}

}  // namespace

Result<EnterpriseInput> read_enterprise(const Node& root, std::string_view file) {
  ReadReport report{std::string(file)};
  NodeReader reader(root, report, "enterprise");
  EnterpriseInput input;
  input.legal_name = reader.text("legal_name");
  input.credit_code = read_credit_code(reader);
  input.assess_consent = reader.flag("assess_consent", false);
  input.monitor_consent = reader.flag("monitor_consent", false);
  const Date stated_on = reader.date("stated_on");
  if (reader.has("contact")) input.contact = read_contact(reader.table("contact"));
  input.facts = read_facts(reader.table("facts"), stated_on);
  reader.finish();
  return report.result(std::move(input));
}

Result<std::vector<Answer>> read_answers(const Node& root, std::string_view file) {
  ReadReport report{std::string(file)};
  NodeReader reader(root, report, "answers");
  std::vector<Answer> answers;
  const Date stated_on = reader.date("stated_on");
  NodeReader table = reader.table("answers");
  for (NodeReader::Entry& entry : table.entries()) {
    // Left blank, as in the template: not answered, and asked for with all the others.
    const Node& node = entry.value.node();
    if (node.kind == Node::Kind::kText && node.text.empty()) continue;
    answers.push_back(read_answer(entry, stated_on));
  }
  reader.finish();
  return report.result(std::move(answers));
}

}  // namespace anlan::domain
