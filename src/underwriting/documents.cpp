#include "underwriting/documents.h"

#include "base/to_node.h"
#include "underwriting/bind.h"

namespace anlan::underwriting {
namespace {

using domain::ExplainedClause;
using domain::Policy;

Date first_day(const Policy& policy) { return date_of(policy.from, policy.offset); }
Date day_after(const Policy& policy) { return date_of(policy.until, policy.offset); }

void add_parties(const ScheduleInput& input, const Speech& speech, Document& document) {
  const Policy& policy = input.policy;
  document.table(
      {.columns = {{.title = ""}, {.title = ""}},
       .rows = {{speech.say("schedule.insurer"), input.insurer},
                {speech.say("schedule.insured"), input.insured},
                {speech.say("schedule.credit_code"), input.credit_code},
                {speech.say("schedule.product"), input.product.name(speech.lang)},
                {speech.say("schedule.wording"),
                 speech.pick(input.wording.title.zh, input.wording.title.en)},
                {speech.say("schedule.registration"), input.product.registration},
                {speech.say("schedule.period"), period_text(first_day(policy), day_after(policy))},
                {speech.say("schedule.year"), std::to_string(policy.policy_year)}}});
}

void add_premium(const ScheduleInput& input, const Speech& speech, Document& document) {
  const Policy& policy = input.policy;
  const TextArgs grantor = {{"grantor", policy.subsidy_part.is_zero() ? "" : input.grantor}};
  document.heading(2, speech.say("slip.premium_heading"));
  document.table(amount_table({{speech.say("schedule.customer_part"), policy.customer_part},
                               {speech.say("schedule.subsidy_part", grantor), policy.subsidy_part},
                               {speech.say("slip.premium"), policy.premium}}));
  add_words(speech, "slip.premium_words", policy.premium, document);
  const RefundTerms& refund = input.product.refund;
  document.paragraph(speech.say("schedule.cancel_" + std::string(name_of(refund.rule))) +
                     speech.say("schedule.refund_" + std::string(name_of(refund.after_claims))));
}

void add_wording(const ScheduleInput& input, const Speech& speech, Document& document) {
  document.heading(2, speech.say("schedule.clauses"));
  document.paragraph(speech.say("schedule.mark", {{"mark", std::string(kExemptionMark)}}));
  std::vector<std::string> refs;
  for (const terms::Clause& clause : input.wording.clauses) refs.push_back(clause.ref);
  add_clauses(speech, input.wording, refs, document);
}

void add_explained(const ScheduleInput& input, const Speech& speech, Document& document) {
  if (input.policy.explained.get().empty()) return;
  document.heading(2, speech.say("schedule.explained"));
  for (const ExplainedClause& evidence : input.policy.explained.get()) {
    document.bullet(
        speech.say("schedule.evidence", {{"clause", evidence.clause},
                                         {"at", to_text(evidence.at, input.policy.offset)},
                                         {"text", short_hex(evidence.text)}}));
  }
}

Node clause_node(const terms::Clause& clause) {
  Node node = Node::table();
  node.add("ref", Node::string(clause.ref));
  node.add("exemption", Node::boolean(clause.exemption));
  node.add("zh", to_node(sha256(bytes_of(clause.zh))));
  node.add("en", to_node(sha256(bytes_of(clause.en))));
  return node;
}

Node cap_node(const std::optional<std::int64_t>& cap) {
  return cap ? Node::number(*cap) : Node::null();
}

Node limits_node(const terms::Terms& terms) {
  Node limits = Node::table();
  limits.add("aggregate", cap_node(terms.aggregate_limit));
  limits.add("occurrence", cap_node(terms.occurrence_limit));
  Node sections = Node::list();
  for (const terms::Section& section : terms.sections) {
    Node node = Node::table();
    node.add("code", Node::string(section.code));
    node.add("occurrence", cap_node(section.sublimit_occ));
    node.add("aggregate", cap_node(section.sublimit_agg));
    sections.items.push_back(std::move(node));
  }
  limits.add("sections", std::move(sections));
  Node groups = Node::list();
  for (const terms::Group& group : terms.groups) {
    Node node = Node::table();
    node.add("id", Node::string(group.id));
    node.add("sections", to_node(group.codes));
    node.add("occurrence", cap_node(group.sublimit_occ));
    node.add("aggregate", cap_node(group.sublimit_agg));
    groups.items.push_back(std::move(node));
  }
  limits.add("groups", std::move(groups));
  return limits;
}

}  // namespace

Document policy_schedule(const ScheduleInput& input, const Speech& speech, SchedulePages pages) {
  Document document;
  const bool alone = pages == SchedulePages::kAlone;
  document.heading(1, speech.say(alone ? "schedule.title_alone" : "schedule.title",
                                 {{"number", input.policy.number}}));
  add_parties(input, speech, document);
  document.heading(2, speech.say("slip.limits"));
  add_limits(speech, input.wording.terms, document);
  add_premium(input, speech, document);
  add_services(speech, input.product, document);
  if (alone) {
    document.paragraph(speech.say("schedule.wording_apart"));
    return document;
  }
  add_wording(input, speech, document);
  add_explained(input, speech, document);
  return document;
}

Document policy_certificate(const ScheduleInput& input, const Speech& speech) {
  const Policy& policy = input.policy;
  Document document;
  document.heading(1, speech.say("schedule.certificate", {{"number", policy.number}}));
  document.paragraph(
      speech.say("schedule.certified", {{"insurer", input.insurer},
                                        {"insured", input.insured},
                                        {"number", policy.number},
                                        {"from", to_text(first_day(policy))},
                                        {"until", to_text(plus_days(day_after(policy), -1))}}));
  add_parties(input, speech, document);
  document.heading(2, speech.say("slip.limits"));
  add_limits(speech, input.wording.terms, document);
  document.paragraph(speech.say("schedule.certificate_note"));
  return document;
}

Node policy_document(const ScheduleInput& input) {
  Node document = Node::table();
  document.add("document", Node::string("policy"));
  document.add("insurer", Node::string(input.insurer));
  document.add("insured", Node::string(input.insured));
  document.add("credit_code", Node::string(input.credit_code));
  document.add("registration", Node::string(input.product.registration));
  document.add("product_name", Node::string(input.product.zh));
  document.add("policy", to_node(input.policy));
  document.add("limits", limits_node(input.wording.terms));
  Node clauses = Node::list();
  for (const terms::Clause& clause : input.wording.clauses) {
    clauses.items.push_back(clause_node(clause));
  }
  document.add("clauses", std::move(clauses));
  document.add("services", to_node(input.product.services_zh));
  document.add("product_artefact", to_node(input.quote.product_artefact));
  document.add("pricing_artefact", to_node(input.quote.pricing_artefact));
  return document;
}

Document member_certificate(const MemberInput& input, const Speech& speech) {
  const ScheduleInput& master = input.master;
  const domain::Certificate& certificate = input.certificate;
  const std::string number = domain::certificate_number(master.policy.number, certificate.number);
  Document document;
  document.heading(1, speech.say("schedule.certificate", {{"number", number}}));
  document.paragraph(speech.say("schedule.member_certified",
                                {{"insurer", master.insurer},
                                 {"member", input.member},
                                 {"operator", master.insured},
                                 {"policy", master.policy.number},
                                 {"from", to_text(certificate.from)},
                                 {"until", to_text(plus_days(certificate.until, -1))}}));
  document.table(
      {.columns = {{.title = ""}, {.title = ""}},
       .rows = {{speech.say("schedule.insurer"), master.insurer},
                {speech.say("schedule.holder"), master.insured},
                {speech.say("schedule.insured"), input.member},
                {speech.say("schedule.credit_code"), input.credit_code},
                {speech.say("schedule.product"), master.product.name(speech.lang)},
                {speech.say("schedule.wording"),
                 speech.pick(master.wording.title.zh, master.wording.title.en)},
                {speech.say("schedule.registration"), master.product.registration},
                {speech.say("schedule.period"), period_text(certificate.from, certificate.until)},
                {speech.say("schedule.member_limit"), to_grouped(certificate.limit)}}});
  document.heading(2, speech.say("schedule.shared_limits"));
  add_limits(speech, master.wording.terms, document);
  const auto& beneficiary = master.wording.programme.beneficiary;
  if (beneficiary && beneficiary->role == terms::BeneficiaryRole::kMember) {
    document.paragraph(speech.say("schedule.member_paid",
                                  {{"member", input.member}, {"clause", beneficiary->clause}}));
  }
  document.paragraph(speech.say("schedule.certificate_note"));
  return document;
}

Node member_document(const MemberInput& input) {
  Node document = policy_document(input.master);
  Node& member = document.add("certificate", to_node(input.certificate));
  member.add("member", Node::string(input.member));
  member.add("credit_code", Node::string(input.credit_code));
  return document;
}

}  // namespace anlan::underwriting
