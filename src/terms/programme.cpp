#include "terms/programme.h"

#include <algorithm>

#include "base/check.h"
#include "terms/codes.h"
#include "terms/plan.h"
#include "terms/refusals.h"

namespace anlan::terms {
namespace {

void refuse_void(NodeReader& reader, std::string_view key) {
  reader.refuse(key, refusals::kProgrammeTermVoid, {{"term", std::string(key)}});
}

std::optional<Certificates> read_certificates(NodeReader& root, ClauseBook& book,
                                              const Terms& terms) {
  if (!root.has("certificates")) return std::nullopt;
  NodeReader reader = root.table("certificates");
  Certificates out{.member_limit = reader.money("member_limit", terms.currency).minor(),
                   .clause = book.reference(reader, "clause", true)};
  reader.finish();
  const bool inside = terms.aggregate_limit && out.member_limit < *terms.aggregate_limit;
  if (!inside || out.member_limit == 0) refuse_void(reader, "member_limit");
  return out;
}

std::optional<std::vector<std::string>> read_recognised(NodeReader& reader) {
  const Node* node = reader.node().find("recognises_erosion_by");
  if (!node || node->kind == Node::Kind::kText) {
    const std::string word = reader.text_or("recognises_erosion_by", "all");
    if (word != "all") {
      reader.refuse("recognises_erosion_by", anlan::refusals::kUnknownChoice,
                    {{"choices", "all"}, {"nearest", "all"}});
    }
    return std::nullopt;
  }
  std::vector<std::string> codes = reader.texts_or_empty("recognises_erosion_by");
  for (const std::string& code : codes) check_head(reader, "recognises_erosion_by", code);
  return codes;
}

std::optional<Excess> read_excess(NodeReader& root, ClauseBook& book, const Terms& terms,
                                  const domain::WordingName& id) {
  if (!root.has("excess")) return std::nullopt;
  NodeReader reader = root.table("excess");
  Excess out{.follows = reader.name<domain::WordingTag>("follows"),
             .attachment = reader.money("attachment", terms.currency).minor(),
             .recognises_erosion_by = read_recognised(reader),
             .differs = reader.texts_or_empty("differs"),
             .clause = book.reference(reader, "clause", true)};
  reader.finish();
  if (out.follows == id) refuse_void(reader, "follows");
  if (out.attachment == 0) refuse_void(reader, "attachment");
  return out;
}

std::optional<DifferenceIn> read_difference_in(NodeReader& root, ClauseBook& book,
                                               const domain::WordingName& id) {
  if (!root.has("difference_in")) return std::nullopt;
  NodeReader reader = root.table("difference_in");
  DifferenceIn out{.local = reader.name<domain::WordingTag>("local"),
                   .conditions = reader.flag("conditions", false),
                   .limits = reader.flag("limits", false),
                   .clause = book.reference(reader, "clause", true)};
  reader.finish();
  if (out.local == id) refuse_void(reader, "local");
  if (!out.conditions && !out.limits) refuse_void(reader, "conditions");
  return out;
}

std::optional<Beneficiary> read_beneficiary(NodeReader& root, ClauseBook& book,
                                            bool has_certificates) {
  if (!root.has("beneficiary")) return std::nullopt;
  NodeReader reader = root.table("beneficiary");
  Beneficiary out{.role = reader.choice<BeneficiaryRole>("role"),
                  .clause = book.reference(reader, "clause", true)};
  reader.finish();
  if (out.role == BeneficiaryRole::kMember && !has_certificates) refuse_void(reader, "role");
  return out;
}

// The most that a policy pays for one incident; none: no limit.
std::optional<std::int64_t> occurrence_cap(const Terms& terms) {
  if (!terms.occurrence_limit) return terms.aggregate_limit;
  if (!terms.aggregate_limit) return terms.occurrence_limit;
  return std::min(*terms.occurrence_limit, *terms.aggregate_limit);
}

std::vector<std::string> section_codes(const Terms& terms) {
  std::vector<std::string> codes;
  for (const Section& section : terms.sections) codes.push_back(section.code);
  return codes;
}

}  // namespace

Programme read_programme(NodeReader& root, ClauseBook& book, const Terms& terms,
                         const domain::WordingName& id) {
  Programme out;
  out.certificates = read_certificates(root, book, terms);
  out.excess = read_excess(root, book, terms, id);
  out.difference_in = read_difference_in(root, book, id);
  out.beneficiary = read_beneficiary(root, book, out.certificates.has_value());
  return out;
}

Terms member_terms(const Certificates& certificates, Terms terms, std::int64_t used) {
  ANLAN_CHECK(used >= 0);
  const std::int64_t left = std::max<std::int64_t>(0, certificates.member_limit - used);
  if (terms.occurrence_limit && *terms.occurrence_limit <= left) return terms;
  terms.occurrence_limit = left;
  terms.occurrence_clause = certificates.clause;
  return terms;
}

Result<Tower> excess_tower(const Excess& excess, const Terms& primary, const Terms& own) {
  const std::optional<std::int64_t> below = occurrence_cap(primary);
  const std::optional<std::int64_t> limit = occurrence_cap(own);
  if (!below || !limit || *below > excess.attachment) {
    const auto amount = [&](std::int64_t minor) {
      return to_decimal(Money::from_minor(minor, own.currency));
    };
    return Refusal{.code = refusals::kExcessMismatch,
                   .path = "excess.attachment",
                   .value = amount(excess.attachment),
                   .args = {{.name = "primary", .value = below ? amount(*below) : ""},
                            {.name = "attachment", .value = amount(excess.attachment)}},
                   .at = {}};
  }
  Tower tower;
  tower.layers.push_back({.name = "primary",
                          .limit = *below,
                          .annual_limit = primary.aggregate_limit.value_or(kAmountMax),
                          .covers = section_codes(primary)});
  if (excess.attachment > *below) {
    tower.layers.push_back({.name = "insured",
                            .limit = excess.attachment - *below,
                            .annual_limit = kAmountMax,
                            .covers = section_codes(primary)});
  }
  tower.layers.push_back({.name = "excess",
                          .limit = *limit,
                          .annual_limit = own.aggregate_limit.value_or(kAmountMax),
                          .covers = section_codes(own),
                          .recognises_erosion_by = excess.recognises_erosion_by});
  return tower;
}

TowerLoss loss_above_retention(const Terms& primary, const Incident& incident) {
  Terms unlimited = primary;
  unlimited.occurrence_limit = unlimited.aggregate_limit = std::nullopt;
  if (!unlimited.mitigation_cap) unlimited.mitigation_cap = primary.aggregate_limit;
  const Plan plan = compile(unlimited);
  YearState year = fresh_year(plan);
  TowerLoss loss;
  for (const domain::SectionPaid& section : settle(plan, incident, year).sections) {
    loss.push_back({.section = section.section.text, .amount = section.paid.minor()});
  }
  return loss;
}

std::vector<DifferencePaid> difference_paid(const DifferenceIn& rule,
                                            const domain::Settlement& master,
                                            const domain::Settlement& local) {
  std::vector<DifferencePaid> out;
  for (const domain::SectionPaid& section : master.sections) {
    DifferencePaid line{.section = section.section,
                        .master = section.paid,
                        .local = Money::zero(section.paid.currency()),
                        .paid = Money::zero(section.paid.currency())};
    for (const domain::SectionPaid& other : local.sections) {
      if (other.section == section.section) line.local = other.paid;
    }
    ANLAN_CHECK(line.local.currency() == line.master.currency());
    const bool takes = line.local.is_zero() ? rule.conditions : rule.limits;
    if (takes && line.master > line.local) line.paid = line.master - line.local;
    out.push_back(std::move(line));
  }
  return out;
}

}  // namespace anlan::terms
