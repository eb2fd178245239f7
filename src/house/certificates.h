// Certificates: the members of a park under the master policy of its operator. What a certificate
// must hold to, who is covered when, what a member has used of its own limit, and its part of the
// master's premium. decide refuses by these rules, and a record that is read must follow them too.
#pragma once

#include <span>
#include <vector>

#include "base/result.h"
#include "domain/certificate.h"
#include "house/evolve.h"
#include "house/house.h"

namespace anlan::house {

// Of one master policy, ended ones counted: assumption, four times the largest park of the case.
inline constexpr std::size_t kCertificatesMax = 2'000;

// Where and when certificates are added, and what they may say.
struct Adding {
  const PolicyFile& file;
  Instant at;
  const domain::CertificateTerms& terms;
};

// The first day from which a certificate recorded at `at` covers: the day after, so that nobody
// becomes a member after its incident; of a policy that has not begun, its first day.
Date first_certificate_day(const domain::Policy& policy, Instant at);

// One certificate to be added at `at`, behind those of the file and `before`; its limit is at most
// what the member's earlier claims left of the terms'. Refuses kNotFound (the enterprise),
// kCertificateDays, kCertificateTwice (a certificate of the same member has a day in common),
// kCertificateLimit (nothing, or above the terms), kCertificatePremium.
Result<Done> check_certificate(const House& house, const Adding& adding,
                               const domain::Certificate& certificate,
                               std::span<const domain::Certificate> before);

// All of them, and that they are not too many (kEmptyList, kCertificatesTooMany); each `number`
// must be 0. The certificates as they are recorded.
Result<std::vector<domain::Certificate>> numbered_certificates(
    const House& house, const Adding& adding, std::vector<domain::Certificate> certificates);

// The file with them, in the filed range of the master (kOutsideFiling).
Result<PolicyFile> file_with_certificates(const House& house, const PolicyFile& file,
                                          const EventContext& context,
                                          const std::vector<domain::Certificate>& numbered);

// `on`: the first day without cover, from tomorrow (or the first day of one that has not begun) to
// the last day of the certificate: kOutOfRange. Refuses kNotFound and kAlreadyDone too.
Result<Done> check_certificate_end(const PolicyFile& file, Instant at, std::uint32_t number,
                                   Date on);

// nullptr: the master has none of this number.
const CertificateOnFile* find_certificate(const PolicyFile& file, std::uint32_t number);
bool covers(const CertificateOnFile& certificate, Date day);

// Of the year, by the claims of this member under the master, but for `except`: of all its
// certificates together.
Money member_used(const House& house, const PolicyFile& file, domain::EnterpriseId member,
                  domain::ClaimId except = {});
// Of the certificate's limit, never below zero.
Money member_left(const House& house, const PolicyFile& file, const CertificateOnFile& certificate,
                  domain::ClaimId except = {});

// What is left for this incident: of the aggregate limit and, of a member, of its own.
Money limit_left(const House& house, domain::IncidentId incident, domain::ClaimId except = {});

// What a decision says of a member follows from the incident: it pays that member or the insured of
// the policy, and takes no more of the aggregate limit than the member had left. kInputsChanged.
Result<Done> check_member(const House& house, const domain::ClaimDecision& decision,
                          domain::ClaimId known);

// Each certificate's part of what is written for the master, in the proportion of its annual
// premium x its days; the parts sum to it to the fen. All zero where no certificate has a day.
std::vector<Money> member_shares(const PolicyFile& file);

// Incidents of an enterprise under masters of parks.
std::vector<domain::IncidentId> member_incidents(const House& house, domain::EnterpriseId member);

}  // namespace anlan::house
