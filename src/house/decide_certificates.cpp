// Members of a park: certificates added by one list, all or none, and ended on a day.
#include "base/refusals.h"
#include "house/certificates.h"
#include "house/decision.h"
#include "house/endorse_rules.h"
#include "house/life.h"
#include "house/views.h"

namespace anlan::house {

using namespace domain;

namespace {

EventContext context_of(const Decision& decision) {
  return {
      .seq = decision.next_seq(), .at = decision.context().at, .actor = decision.context().actor};
}

}  // namespace

Result<Done> decide_certificates(Decision& decision, const AddCertificates& command) {
  ANLAN_TRY(const PolicyFile* file, need_live_policy(decision, command.policy));
  ANLAN_REQUIRE(
      check_sells(decision, *file, aggregate_limit_on(decision.house(), *file, decision.today())));
  const Adding adding{.file = *file, .at = decision.context().at, .terms = command.terms};
  ANLAN_TRY(std::vector<Certificate> numbered,
            numbered_certificates(decision.house(), adding, command.certificates));
  ANLAN_TRY(const PolicyFile after,
            file_with_certificates(decision.house(), *file, context_of(decision), numbered));
  return decision.book(CertificatesAdded{.policy = command.policy,
                                         .terms = command.terms,
                                         .certificates = std::move(numbered),
                                         .written = written_of(after)});
}

Result<Done> decide_certificates(Decision& decision, const EndCertificate& command) {
  ANLAN_TRY(const PolicyFile* file, need_live_policy(decision, command.policy));
  if (command.reason.empty()) return refuse(anlan::refusals::kEmptyText, "reason");
  ANLAN_REQUIRE(check_certificate_end(*file, decision.context().at, command.number, command.on));
  CertificateEnded event{.policy = command.policy,
                         .number = command.number,
                         .on = command.on,
                         .reason = command.reason,
                         .written = {}};
  PolicyFile after = *file;
  take_certificate_end(after, context_of(decision), event);
  event.written = written_of(after);
  return decision.book(std::move(event));
}

}  // namespace anlan::house
