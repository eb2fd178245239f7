#include "house/certificates.h"

#include <algorithm>

#include "base/allot.h"
#include "base/refusals.h"
#include "house/command.h"
#include "house/decision.h"
#include "house/endorse_rules.h"
#include "house/filings.h"
#include "house/life.h"
#include "house/views.h"

namespace anlan::house {

using namespace domain;

namespace {

// One that was ended before its first day has no day to share.
bool overlap(Date a_from, Date a_until, Date b_from, Date b_until) {
  return a_from < a_until && b_from < b_until && a_from < b_until && b_from < a_until;
}

Refusal too_many(std::size_t found, std::size_t most) {
  return refuse(refusals::kCertificatesTooMany, "certificates", std::to_string(found),
                {{.name = "max", .value = std::to_string(most)}});
}

Result<Done> check_days(const PolicyFile& file, Instant at, const Certificate& certificate) {
  const Date first = first_certificate_day(file.policy, at);
  const Date until = end_day(file.policy);
  if (first <= certificate.from && certificate.from < certificate.until &&
      certificate.until <= until)
    return Done{};
  const bool late = certificate.from < first || certificate.from >= until;
  return refuse(refusals::kCertificateDays, late ? "certificate.from" : "certificate.until",
                to_text(late ? certificate.from : plus_days(certificate.until, -1)),
                {{.name = "first", .value = to_text(first)},
                 {.name = "last", .value = to_text(plus_days(until, -1))}});
}

Refusal twice(const House& house, const Certificate& certificate, const std::string& other) {
  return refuse(refusals::kCertificateTwice, "certificate.enterprise",
                find_enterprise(house, certificate.enterprise)->enterprise.legal_name,
                {{.name = "other", .value = other}});
}

Result<Done> check_once(const House& house, const PolicyFile& file, const Certificate& certificate,
                        std::span<const Certificate> before) {
  for (const CertificateOnFile& known : file.life.changes->certificates) {
    const Certificate& other = known.certificate;
    if (other.enterprise == certificate.enterprise &&
        overlap(other.from, known.until(), certificate.from, certificate.until))
      return twice(house, certificate, certificate_number(file.policy.number, other.number));
  }
  for (const Certificate& other : before) {
    if (other.enterprise == certificate.enterprise &&
        overlap(other.from, other.until, certificate.from, certificate.until))
      return twice(house, certificate, {});
  }
  return Done{};
}

}  // namespace

Date first_certificate_day(const Policy& policy, Instant at) {
  const Date today = date_of(at, policy.offset);
  return today < first_day(policy) ? first_day(policy) : plus_days(today, 1);
}

Result<Done> check_certificate(const House& house, const Adding& adding,
                               const Certificate& certificate,
                               std::span<const Certificate> before) {
  const CertificateTerms& terms = adding.terms;
  if (!find_enterprise(house, certificate.enterprise))
    return refuse(refusals::kNotFound, "enterprise", to_text(certificate.enterprise));
  ANLAN_REQUIRE(check_days(adding.file, adding.at, certificate));
  ANLAN_REQUIRE(check_once(house, adding.file, certificate, before));
  ANLAN_REQUIRE(check_amount(house, certificate.limit, "certificate.limit"));
  ANLAN_REQUIRE(check_amount(house, certificate.premium, "certificate.premium"));
  // What its earlier claims took of the year's limit is not sold a second time.
  const Money used = member_used(house, adding.file, certificate.enterprise, {});
  const Money most = std::max(terms.limit - used, Money::zero(terms.limit.currency()));
  if (certificate.limit.is_zero() || certificate.limit > most) {
    return refuse(refusals::kCertificateLimit, "certificate.limit", to_grouped(certificate.limit),
                  {{.name = "most", .value = to_grouped(most)}});
  }
  if (certificate.premium < terms.premium_low || certificate.premium > terms.premium_high) {
    return refuse(refusals::kCertificatePremium, "certificate.premium",
                  to_grouped(certificate.premium),
                  {{.name = "low", .value = to_grouped(terms.premium_low)},
                   {.name = "high", .value = to_grouped(terms.premium_high)}});
  }
  return Done{};
}

Result<std::vector<Certificate>> numbered_certificates(const House& house, const Adding& adding,
                                                       std::vector<Certificate> certificates) {
  if (certificates.empty()) return refuse(anlan::refusals::kEmptyList, "certificates");
  if (certificates.size() > kCertificatesAtOnce)
    return too_many(certificates.size(), kCertificatesAtOnce);
  const std::size_t all = adding.file.life.changes->certificates.size() + certificates.size();
  if (all > kCertificatesMax) return too_many(all, kCertificatesMax);
  for (const Money amount :
       {adding.terms.limit, adding.terms.premium_low, adding.terms.premium_high})
    ANLAN_REQUIRE(check_amount(house, amount, "certificates"));
  ANLAN_REQUIRE(check_certificate_filing(house, adding.file, adding.terms));
  for (std::size_t n = 0; n < certificates.size(); ++n) {
    if (certificates[n].number != 0)
      return refuse(refusals::kIdGiven, "certificate", std::to_string(certificates[n].number));
    ANLAN_REQUIRE(
        check_certificate(house, adding, certificates[n], std::span(certificates).first(n)));
  }
  for (std::size_t n = 0; n < certificates.size(); ++n)
    certificates[n].number =
        static_cast<std::uint32_t>(adding.file.life.changes->certificates.size() + n + 1);
  return certificates;
}

Result<PolicyFile> file_with_certificates(const House& house, const PolicyFile& file,
                                          const EventContext& context,
                                          const std::vector<Certificate>& numbered) {
  PolicyFile after = file;
  take_certificates(after, context, numbered);
  ANLAN_REQUIRE(check_filed_range(house, after));
  return after;
}

Result<Done> check_certificate_end(const PolicyFile& file, Instant at, std::uint32_t number,
                                   Date on) {
  const std::string named = certificate_number(file.policy.number, number);
  const CertificateOnFile* known = find_certificate(file, number);
  if (!known) return refuse(refusals::kNotFound, "certificate", named);
  if (known->ended_on) {
    return refuse(refusals::kAlreadyDone, "certificate", named,
                  {{.name = "what", .value = to_text(*known->ended_on)}});
  }
  const Date tomorrow = plus_days(date_of(at, file.policy.offset), 1);
  const Date first = std::max(tomorrow, known->certificate.from);
  const Date last = plus_days(known->certificate.until, -1);
  if (first <= on && on <= last) return Done{};
  return refuse(
      anlan::refusals::kOutOfRange, "on", to_text(on),
      {{.name = "min", .value = to_text(first)}, {.name = "max", .value = to_text(last)}});
}

const CertificateOnFile* find_certificate(const PolicyFile& file, std::uint32_t number) {
  if (number == 0 || number > file.life.changes->certificates.size()) return nullptr;
  return &file.life.changes->certificates[number - 1];
}

bool covers(const CertificateOnFile& certificate, Date day) {
  return certificate.certificate.from <= day && day < certificate.until();
}

Money member_used(const House& house, const PolicyFile& file, EnterpriseId member, ClaimId except) {
  Money used = Money::zero(file.policy.premium.currency());
  for (const ClaimId id : file.claims) {
    const ClaimFile* claim = find_claim(house, id);
    const Incident& incident = find_incident(house, claim->decision.incident)->incident;
    const CertificateOnFile* own = find_certificate(file, incident.certificate);
    if (id != except && own && own->certificate.enterprise == member) used += claim->aggregate_used;
  }
  return used;
}

Money member_left(const House& house, const PolicyFile& file, const CertificateOnFile& certificate,
                  ClaimId except) {
  const Money limit = certificate.certificate.limit;
  const Money used = member_used(house, file, certificate.certificate.enterprise, except);
  return used < limit ? limit - used : Money::zero(limit.currency());
}

Money limit_left(const House& house, IncidentId id, ClaimId except) {
  const Incident& incident = find_incident(house, id)->incident;
  const PolicyFile& file = *find_policy(house, incident.policy);
  const Money left = aggregate_left(house, file, except, incident_day(house, id));
  const CertificateOnFile* own = find_certificate(file, incident.certificate);
  return own ? std::min(left, member_left(house, file, *own, except)) : left;
}

Result<Done> check_member(const House& house, const ClaimDecision& decision, ClaimId known) {
  const PolicyFile& file = *find_policy(house, decision.policy);
  const Incident& incident = find_incident(house, decision.incident)->incident;
  const CertificateOnFile* own = find_certificate(file, incident.certificate);
  const bool may_be_paid =
      !decision.payee.exists() || (own && decision.payee == own->certificate.enterprise);
  if (!may_be_paid) return refuse(refusals::kInputsChanged, "claim.payee", to_text(decision.payee));
  const std::optional<Money>& left = decision.settlement.aggregate_left;
  if (!own || !left) return Done{};
  const Date day = incident_day(house, decision.incident);
  const Money used = aggregate_left(house, file, known, day) - *left;
  if (used <= member_left(house, file, *own, known)) return Done{};
  return refuse(refusals::kInputsChanged, "claim.member_left", to_decimal(used));
}

std::vector<Money> member_shares(const PolicyFile& file) {
  std::vector<std::int64_t> weights;
  Int128 sum = 0;
  for (const CertificateOnFile& member : file.life.changes->certificates) {
    const std::int32_t days = std::max(0, days_between(member.certificate.from, member.until()));
    weights.push_back(member.certificate.premium.minor() * days);
    sum += weights.back();
  }
  const PremiumParts written = written_of(file);
  const Money whole = written.customer + written.government;
  return allot(sum == 0 ? Money::zero(whole.currency()) : whole, weights);
}

std::vector<IncidentId> member_incidents(const House& house, EnterpriseId member) {
  std::vector<IncidentId> incidents;
  for (const PolicyId id : find_enterprise(house, member)->masters) {
    const PolicyFile& file = *find_policy(house, id);
    for (const IncidentId incident : file.incidents) {
      const CertificateOnFile* own =
          find_certificate(file, find_incident(house, incident)->incident.certificate);
      if (own && own->certificate.enterprise == member) incidents.push_back(incident);
    }
  }
  return incidents;
}

}  // namespace anlan::house
