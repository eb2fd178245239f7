// Identifiers of everything that a house records. The prefix is what people see and type: "pol_37".
#pragma once

#include <string_view>

#include "base/id.h"

namespace anlan::domain {

struct EnterpriseTag {
  static constexpr std::string_view kPrefix = "ent";
};
struct AssessmentTag {
  static constexpr std::string_view kPrefix = "asm";
};
struct OrderTag {
  static constexpr std::string_view kPrefix = "ord";
};
struct ObservationTag {
  static constexpr std::string_view kPrefix = "obs";
};
struct QuoteTag {
  static constexpr std::string_view kPrefix = "quo";
};
struct PolicyTag {
  static constexpr std::string_view kPrefix = "pol";
};
struct IncidentTag {
  static constexpr std::string_view kPrefix = "inc";
};
struct ClaimTag {
  static constexpr std::string_view kPrefix = "clm";
};
struct PostingTag {
  static constexpr std::string_view kPrefix = "pst";
};
struct DocumentTag {
  static constexpr std::string_view kPrefix = "doc";
};
struct DrillTag {
  static constexpr std::string_view kPrefix = "drl";
};
struct SubjectivityTag {
  static constexpr std::string_view kPrefix = "sbj";
};

struct SubmissionTag {
  static constexpr std::string_view kPrefix = "sub";
};
struct FactProposalTag {
  static constexpr std::string_view kPrefix = "prp";
};

struct NonDisclosureTag {
  static constexpr std::string_view kPrefix = "ndl";
};
struct SubjectTag {
  static constexpr std::string_view kPrefix = "per";
};

using EnterpriseId = Id<EnterpriseTag>;
using AssessmentId = Id<AssessmentTag>;
using OrderId = Id<OrderTag>;
using ObservationId = Id<ObservationTag>;
using QuoteId = Id<QuoteTag>;
using PolicyId = Id<PolicyTag>;
using IncidentId = Id<IncidentTag>;
using ClaimId = Id<ClaimTag>;
using PostingId = Id<PostingTag>;
using DocumentId = Id<DocumentTag>;
using DrillId = Id<DrillTag>;
using SubjectivityId = Id<SubjectivityTag>;
using SubmissionId = Id<SubmissionTag>;
using FactProposalId = Id<FactProposalTag>;
using NonDisclosureId = Id<NonDisclosureTag>;
using SubjectId = Id<SubjectTag>;  // a person whose data the vault holds

struct ActorTag {};
struct OrganisationTag {};
struct ProductTag {};
struct WordingTag {};
struct SecurityProductTag {};
struct PackageTag {};
struct ControlTag {};
struct SchemeTag {};
struct PerilTag {};
struct FactTag {};

using ActorName = Name<ActorTag>;  // "li.claims"
using OrganisationName = Name<OrganisationTag>;
using ProductName = Name<ProductTag>;  // an insurance product
using WordingName = Name<WordingTag>;
using SecurityProductName = Name<SecurityProductTag>;
using PackageName = Name<PackageTag>;
using ControlName = Name<ControlTag>;  // "BKP-02"
using SchemeName = Name<SchemeTag>;    // a subsidy scheme
using PerilName = Name<PerilTag>;      // "ransomware"
using FactName = Name<FactTag>;        // "revenue"

}  // namespace anlan::domain
