#include "api/visibility.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/check.h"
#include "house/access.h"
#include "house/certificates.h"
#include "house/subjectivities.h"
#include "platform/account_records.h"

namespace anlan::api {
namespace {

using namespace domain;

struct Line {
  std::string_view operation;
  Audience audience;
};

constexpr std::array kViews{
    Line{"accumulation show", Audience::kStaff},
    Line{"actor list", Audience::kOffice},
    Line{"aggregate", Audience::kAll},
    Line{"assessment show", Audience::kOwn},
    Line{"backup", Audience::kStaff},
    Line{"backup verify", Audience::kOperator},
    Line{"calendar show", Audience::kAll},
    Line{"charge show", Audience::kStaff},
    Line{"claim clocks", Audience::kOwn},
    Line{"claim disclosure", Audience::kStaff},
    Line{"claim list", Audience::kOwn},
    Line{"claim show", Audience::kOwn},
    Line{"compare", Audience::kOwn},
    Line{"doctor", Audience::kOperator},
    Line{"document list", Audience::kOwn},
    Line{"document show", Audience::kOwn},
    Line{"drill", Audience::kOwn},
    Line{"drill list", Audience::kOwn},
    Line{"drill sheet", Audience::kAll},
    Line{"enterprise export", Audience::kOwn},
    Line{"enterprise list", Audience::kOwn},
    Line{"enterprise show", Audience::kOwn},
    Line{"filing list", Audience::kAll},
    Line{"filing show", Audience::kAll},
    Line{"incident library", Audience::kAll},
    Line{"incident list", Audience::kOwn},
    Line{"incident script", Audience::kAll},
    Line{"incident show", Audience::kOwn},
    Line{"init", Audience::kStaff},
    Line{"instrument list", Audience::kAll},
    Line{"instrument show", Audience::kOwn},
    Line{"journal head", Audience::kOffice},
    Line{"journal show", Audience::kStaff},
    Line{"journal verify", Audience::kOffice},
    Line{"ledger show", Audience::kStaff},
    Line{"licence list", Audience::kAll},
    Line{"ledger months", Audience::kStaff},
    Line{"projection", Audience::kStaff},
    Line{"search", Audience::kOwn},
    Line{"model card", Audience::kAll},
    Line{"model rerate", Audience::kStaff},
    Line{"month show", Audience::kStaff},
    Line{"order list", Audience::kOwn},
    Line{"order show", Audience::kOwn},
    Line{"package list", Audience::kAll},
    Line{"plan response", Audience::kOwn},
    Line{"policy certificate list", Audience::kOwn},
    Line{"policy clocks", Audience::kOwn},
    Line{"policy disclosure", Audience::kStaff},
    Line{"policy history", Audience::kOwn},
    Line{"policy list", Audience::kOwn},
    Line{"policy show", Audience::kOwn},
    Line{"premium debts", Audience::kStaff},
    Line{"premium invoices", Audience::kOwn},
    Line{"premium payments", Audience::kOwn},
    Line{"product list", Audience::kAll},
    Line{"questions", Audience::kOwn},
    Line{"quote indicate", Audience::kAll},
    Line{"quote list", Audience::kOwn},
    Line{"quote options", Audience::kOwn},
    Line{"quote refer", Audience::kStaff},
    Line{"quote show", Audience::kOwn},
    Line{"quote verify", Audience::kStaff},
    Line{"quote walk", Audience::kOwn},
    Line{"report executive", Audience::kOwn},
    Line{"restore", Audience::kStaff},
    Line{"risk", Audience::kOwn},
    Line{"risk grid", Audience::kOwn},
    Line{"risk tower", Audience::kOwn},
    Line{"risk worth", Audience::kOwn},
    Line{"rules check", Audience::kStaff},
    Line{"rules list", Audience::kStaff},
    Line{"rules preview", Audience::kStaff},
    Line{"rules show", Audience::kStaff},
    Line{"sale replay", Audience::kStaff},
    Line{"settle", Audience::kAll},
    Line{"share list", Audience::kAll},
    Line{"share views", Audience::kAll},
    Line{"subjectivity list", Audience::kStaff},
    Line{"submission list", Audience::kOwn},
    Line{"submission show", Audience::kOwn},
    Line{"subsidy show", Audience::kPublicMoney},
    Line{"telemetry explain", Audience::kAll},
    Line{"verify", Audience::kAll},
    Line{"webhook list", Audience::kAll},
    Line{"webhook show", Audience::kAll},
    Line{"wording check", Audience::kAll},
    Line{"wording codes", Audience::kAll},
    Line{"wording compare", Audience::kAll},
    Line{"wording draft compare", Audience::kAll},
    Line{"wording draft play", Audience::kAll},
    Line{"wording draft show", Audience::kAll},
    Line{"wording lint", Audience::kAll},
    Line{"wording list", Audience::kAll},
    Line{"wording play", Audience::kAll},
    Line{"wording show", Audience::kAll},
};

bool is_one_of(const Actor& actor, std::initializer_list<Role> roles) {
  return std::any_of(roles.begin(), roles.end(),
                     [&](Role role) { return house::has_role(actor, role); });
}

bool is_staff(const Actor& actor) {
  return is_one_of(actor, {Role::kUnderwriter, Role::kClaimsHandler, Role::kClaimsManager,
                           Role::kFinance, Role::kAuditor});
}

// What somebody must see to see an object: a company, and where the object is one, an order or a
// policy.
struct Owner {
  const house::EnterpriseFile* enterprise = nullptr;
  const house::OrderFile* order = nullptr;
  const house::PolicyFile* policy = nullptr;
  const house::IncidentFile* incident = nullptr;
  QuoteId quote = {};
};

class Owners {
 public:
  explicit Owners(const house::House& house) : house_(house) {}

  std::optional<Owner> of(std::string_view id) const {
    const std::string_view prefix = id.substr(0, id.find('_'));
    if (prefix == EnterpriseTag::kPrefix) return of(id_of<EnterpriseTag>(id));
    if (prefix == OrderTag::kPrefix) return of(id_of<OrderTag>(id));
    if (prefix == QuoteTag::kPrefix) return of(id_of<QuoteTag>(id));
    if (prefix == PolicyTag::kPrefix) return of(id_of<PolicyTag>(id));
    if (prefix == IncidentTag::kPrefix) return of(id_of<IncidentTag>(id));
    if (prefix == ClaimTag::kPrefix) return of(id_of<ClaimTag>(id));
    if (prefix == SubjectivityTag::kPrefix) return of(id_of<SubjectivityTag>(id));
    if (prefix == SubmissionTag::kPrefix) return of(id_of<SubmissionTag>(id));
    if (prefix == FactProposalTag::kPrefix) return of(id_of<FactProposalTag>(id));
    if (prefix == NonDisclosureTag::kPrefix) return of(id_of<NonDisclosureTag>(id));
    if (prefix == DrillTag::kPrefix) return of(id_of<DrillTag>(id));
    if (prefix == AssessmentTag::kPrefix) return of(id_of<AssessmentTag>(id));
    return std::nullopt;
  }

 private:
  template <class Tag>
  static Id<Tag> id_of(std::string_view text) {
    const Result<Id<Tag>> id = parse_id<Tag>(text, "id");
    return id.ok() ? *id : Id<Tag>{};
  }
  std::optional<Owner> of(EnterpriseId id) const {
    const auto* file = house::find_enterprise(house_, id);
    if (!file) return std::nullopt;
    return Owner{.enterprise = file};
  }
  std::optional<Owner> of(OrderId id) const {
    const auto* file = house::find_order(house_, id);
    if (!file) return std::nullopt;
    std::optional<Owner> owner = of(file->order.enterprise);
    if (owner) owner->order = file;
    return owner;
  }
  std::optional<Owner> of(QuoteId id) const {
    const auto* file = house::find_quote(house_, id);
    if (!file) return std::nullopt;
    std::optional<Owner> owner = of(file->quote.enterprise);
    if (owner) owner->quote = id;
    return owner;
  }
  std::optional<Owner> of(PolicyId id) const {
    const auto* file = house::find_policy(house_, id);
    if (!file) return std::nullopt;
    std::optional<Owner> owner = of(file->policy.enterprise);
    if (owner) owner->policy = file;
    if (owner) owner->quote = file->policy.quote;
    return owner;
  }
  // Of a member of a park, the member's. Who pays a part of the premium learns nothing of it.
  std::optional<Owner> of(IncidentId id) const {
    const auto* file = house::find_incident(house_, id);
    if (!file) return std::nullopt;
    const auto* policy = house::find_policy(house_, file->incident.policy);
    const auto* own = house::find_certificate(*policy, file->incident.certificate);
    std::optional<Owner> owner = of(own ? own->certificate.enterprise : policy->policy.enterprise);
    if (owner) owner->incident = file;
    if (owner) owner->quote = policy->policy.quote;
    return owner;
  }
  std::optional<Owner> of(ClaimId id) const {
    const auto* file = house::find_claim(house_, id);
    return file ? of(file->decision.incident) : std::nullopt;
  }
  std::optional<Owner> of(SubjectivityId id) const {
    const auto* file = house::find_subjectivity(house_, id);
    return file ? of(file->subjectivity.quote) : std::nullopt;
  }
  std::optional<Owner> of(SubmissionId id) const {
    const auto* file = house::find_submission(house_, id);
    return file ? of(file->submission.enterprise) : std::nullopt;
  }
  std::optional<Owner> of(FactProposalId id) const {
    const auto* file = house::find_proposal(house_, id);
    return file ? of(file->proposal.enterprise) : std::nullopt;
  }
  std::optional<Owner> of(NonDisclosureId id) const {
    const auto* file = house::find_nondisclosure(house_, id);
    return file ? of(file->nondisclosure.policy) : std::nullopt;
  }
  std::optional<Owner> of(DrillId id) const {
    const auto file = house_.drills.find(id);
    return file != house_.drills.end() ? of(file->second.drill.enterprise) : std::nullopt;
  }
  std::optional<Owner> of(AssessmentId id) const {
    for (const auto& [enterprise, file] : house_.enterprises) {
      if (file.assessment && file.assessment->id == id) return Owner{.enterprise = &file};
    }
    return std::nullopt;
  }

  const house::House& house_;
};

// "ent_9": three letters, a line, a number.
bool is_id(std::string_view text) {
  constexpr std::size_t kPrefix = 3;
  if (text.size() < kPrefix + 2 || text[kPrefix] != '_') return false;
  const std::string_view number = text.substr(kPrefix + 1);
  return std::all_of(number.begin(), number.end(), [](char c) { return '0' <= c && c <= '9'; });
}

}  // namespace

Audience audience_of(const Operation& operation) {
  if (!operation.command.empty() || operation.writes) return Audience::kOwn;
  const auto found = std::find_if(kViews.begin(), kViews.end(), [&](const Line& line) {
    return line.operation == operation.name;
  });
  ANLAN_CHECK(found != kViews.end());
  return found->audience;
}

bool sees(const house::House& house, const Viewer& viewer, std::string_view id) {
  const Actor& actor = viewer.actor;
  const std::optional<Owner> owner = Owners(house).of(id);
  if (!owner) return false;
  if (is_staff(actor)) return true;
  // The people of the house itself are no vendor, and no company that insures itself with it.
  const bool own_people = actor.organisation.text == platform::kOwnOrganisation;
  if (owner->order && !own_people && owner->order->order.vendor == actor.organisation) return true;
  const bool pays = owner->policy && owner->policy->policy.scheme.exists();
  if (pays && house::has_role(actor, Role::kSubsidyOfficer)) return true;
  // Who carries a share sees what it is a share of; who adjusts a loss, the loss.
  if (house::has_role(actor, Role::kReinsurer) &&
      house::is_reinsurer_of(house, owner->quote, actor.organisation))
    return true;
  if (owner->incident && house::has_role(actor, Role::kAdjuster) &&
      house::is_adjuster_of(house, *owner->incident, actor.organisation))
    return true;
  const bool client = is_one_of(actor, {Role::kBroker, Role::kPolicyholder});
  const bool brings = !own_people || house::has_role(actor, Role::kBroker);
  return client && ((brings && owner->enterprise->brought_by == actor.organisation) ||
                    std::binary_search(viewer.granted.begin(), viewer.granted.end(),
                                       owner->enterprise->enterprise.id));
}

std::function<bool(std::string_view)> rows_seen(const house::House& house,
                                                const Operation& operation, Viewer viewer) {
  if (audience_of(operation) != Audience::kOwn || is_staff(viewer.actor)) return {};
  return [&house, viewer](std::string_view id) { return sees(house, viewer, id); };
}

std::string first_unseen(const house::House& house, const Viewer& viewer,
                         const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    const std::string_view value = std::string_view(word).substr(word.find('=') + 1);
    if (is_id(value) && Owners(house).of(value) && !sees(house, viewer, value)) return word;
  }
  return {};
}

bool may_view(const Actor& actor, Audience audience) {
  const bool runs = house::has_role(actor, Role::kOperator);
  switch (audience) {
    case Audience::kAll:
    case Audience::kOwn:
      return true;
    case Audience::kStaff:
      return is_staff(actor);
    case Audience::kOffice:
      return runs || is_staff(actor);
    case Audience::kOperator:
      return runs;
    case Audience::kPublicMoney:
      return house::has_role(actor, Role::kSubsidyOfficer) || is_staff(actor);
  }
  return false;
}

std::string_view viewers_of(Audience audience) {
  switch (audience) {
    case Audience::kAll:
    case Audience::kOwn:
    case Audience::kStaff:
      break;
    case Audience::kOffice:
      return "operator, auditor";
    case Audience::kOperator:
      return "operator";
    case Audience::kPublicMoney:
      return "subsidy_officer, finance";
  }
  return "underwriter, auditor";
}

}  // namespace anlan::api
