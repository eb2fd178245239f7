// Programme: how a policy stands beside others. A park master with certificates, an excess layer
// over a primary policy, a master over a local policy, and who is paid.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "base/node_reader.h"
#include "base/result.h"
#include "domain/ids.h"
#include "domain/settlement.h"
#include "terms/clause.h"
#include "terms/settle.h"
#include "terms/terms.h"
#include "terms/tower.h"

namespace anlan::terms {

// Each certificate holder has an annual limit of its own inside the master's aggregate limit.
struct Certificates {
  std::int64_t member_limit = 0;  // 1 minor unit to kAmountMax
  std::string clause = {};
  bool operator==(const Certificates&) const = default;
};

// Pays above the primary policy, on its terms, with the differences listed.
struct Excess {
  domain::WordingName follows = {};
  std::int64_t attachment = 0;
  // Sections of the primary policy whose payments lower the attachment; none: all.
  std::optional<std::vector<std::string>> recognises_erosion_by = {};
  std::vector<std::string> differs = {};  // where it does not follow, as texts
  std::string clause = {};
  bool operator==(const Excess&) const = default;
};

// The master pays what it would pay less what the local policy pays, cover by cover.
struct DifferenceIn {
  domain::WordingName local = {};
  bool conditions = false;  // also where the local policy pays nothing
  bool limits = false;      // also above what the local policy pays
  std::string clause = {};
  bool operator==(const DifferenceIn&) const = default;
};

enum class BeneficiaryRole : std::uint8_t { kInsured = 1, kCustomer = 2, kMember = 3 };
constexpr auto enum_names(BeneficiaryRole*) {
  using R = BeneficiaryRole;
  return std::array{EnumName<R>{R::kInsured, "insured"}, EnumName<R>{R::kCustomer, "customer"},
                    EnumName<R>{R::kMember, "member"}};
}

struct Beneficiary {
  BeneficiaryRole role = BeneficiaryRole::kInsured;
  std::string clause = {};
  bool operator==(const Beneficiary&) const = default;
};

struct Programme {
  std::optional<Certificates> certificates = {};
  std::optional<Excess> excess = {};
  std::optional<DifferenceIn> difference_in = {};
  std::optional<Beneficiary> beneficiary = {};
  bool operator==(const Programme&) const = default;
};

// [certificates], [excess], [difference_in] and [beneficiary] of the wording `id`. Refuses
// kProgrammeTermVoid (args term): a member limit that the aggregate limit is not above, an excess
// over itself or over nothing, a master that takes neither difference, the beneficiary `member`
// without certificates.
Programme read_programme(NodeReader& root, ClauseBook& book, const Terms& terms,
                         const domain::WordingName& id);

// The terms for one certificate holder who has used so much of its own limit in the year: what is
// left binds as the occurrence limit. Settle with them on the master's state of the year. A section
// outside the aggregate limit is outside this one too.
Terms member_terms(const Certificates& certificates, Terms terms, std::int64_t used);

// The primary policy and the excess one as a tower, for settle_tower: the primary pays up to its
// own limit, what lies between it and a higher attachment is the insured's. Refuses
// kExcessMismatch (args primary, attachment): the primary policy has no limit, or one above the
// attachment.
Result<Tower> excess_tower(const Excess& excess, const Terms& primary, const Terms& own);

// The loss of one incident as it enters that tower: what the primary policy would pay in a fresh
// year without its occurrence and aggregate limits.
TowerLoss loss_above_retention(const Terms& primary, const Incident& incident);

struct DifferencePaid {
  domain::CoverCode section = {};
  Money master = {};  // what the master would pay
  Money local = {};   // what the local policy pays
  Money paid = {};    // by the master
  bool operator==(const DifferencePaid&) const = default;
};

// Of two settlements of the same loss in one currency (anything else is a bug), in the order of the
// master's. Difference in conditions: the local policy pays nothing of the section. Difference in
// limits: it pays something, and less.
std::vector<DifferencePaid> difference_paid(const DifferenceIn& rule,
                                            const domain::Settlement& master,
                                            const domain::Settlement& local);

}  // namespace anlan::terms
