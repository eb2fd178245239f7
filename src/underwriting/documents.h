// Documents of a policy: the schedule that people read, and the tree that is signed.
#pragma once

#include <string>

#include "base/document.h"
#include "base/node.h"
#include "domain/certificate.h"
#include "domain/policy.h"
#include "domain/quote.h"
#include "terms/wording.h"
#include "underwriting/document_parts.h"
#include "underwriting/product.h"

namespace anlan::underwriting {

// The references live as long as the call; quote, product and wording are those of the policy.
struct ScheduleInput {
  const domain::Policy& policy;
  const domain::Quote& quote;
  const Product& product;
  const terms::Wording& wording;
  std::string insurer;  // name of the house
  std::string insured;  // legal name of the enterprise
  std::string credit_code;
  std::string grantor;  // who pays the subsidy; empty: nobody
};

enum class SchedulePages : unsigned char {
  kWhole,  // with the wording
  kAlone,  // it says where the wording stands
};

// In order: number, parties, period; limits; premium by payer; services; the wording in full, its
// exemption clauses marked; who confirmed their explanation, and when.
Document policy_schedule(const ScheduleInput& input, const Speech& speech,
                         SchedulePages pages = SchedulePages::kWhole);

// For whoever the insured shows it to: that there is cover, from when to when, up to what; that it
// changes nothing about the policy.
Document policy_certificate(const ScheduleInput& input, const Speech& speech);

// Of a member of a park: `certificate` ends on the day from which it no longer covers.
struct MemberInput {
  const ScheduleInput& master;  // its insured is the operator of the park
  const domain::Certificate& certificate;
  std::string member;  // legal name
  std::string credit_code;
};

// That the member is covered under the master policy, from when to when, up to what of its own; the
// limits of the master, which all members share; who is paid.
Document member_certificate(const MemberInput& input, const Speech& speech);
// The tree that is signed: that of the policy, and the certificate with its member.
Node member_document(const MemberInput& input);

// What a signature of the house stands for. Every amount in minor units, every clause as the
// digests of its two texts, the evidence of each explanation; no personal data. The order of
// members is fixed and all values are texts and whole numbers, so that equal policies give equal
// trees; the caller writes the bytes.
Node policy_document(const ScheduleInput& input);

}  // namespace anlan::underwriting
