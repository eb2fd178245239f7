#include "api/journal_scan.h"

#include <algorithm>
#include <set>
#include <type_traits>

#include "api/render.h"
#include "house/access.h"
#include "house/event_codec.h"
#include "house/views.h"

namespace anlan::api {
namespace {

using namespace domain;
using claims::ClaimRecords;
using claims::ClockRecord;

constexpr std::size_t kRecordsPerRead = 1024;

// Follows one claim through the journal.
struct Follower {
  ClaimId claim;
  std::vector<IncidentId> incidents;
  ClaimRecords out = {};
  bool finds_nothing = false;

  bool is_own(IncidentId id) const {
    return std::find(incidents.begin(), incidents.end(), id) != incidents.end();
  }
  void see(const ClockRecord& record, const Event& event) {
    if (const auto* reported = std::get_if<IncidentReported>(&event)) {
      if (reported->incident.id == incidents.front()) out.reported = record;
    } else if (const auto* stated = std::get_if<LossStated>(&event)) {
      if (is_own(stated->statement.incident) && !out.documents) out.documents = record;
    } else if (const auto* decided = std::get_if<ClaimAdjudicated>(&event)) {
      if (decided->decision.id == claim)
        finds_nothing = decided->decision.outcome == ClaimOutcome::kDenied;
    } else if (const auto* approved = std::get_if<ClaimApproved>(&event)) {
      if (approved->claim != claim) return;
      if (!out.decided) out.decided = record;
      out.agreed = record;
      out.denied = finds_nothing;
      out.paid = {};
      out.notice = {};
    } else if (const auto* paid = std::get_if<ClaimPaid>(&event)) {
      if (paid->claim == claim) out.paid = out.last_paid = record;
    } else if (const auto* issued = std::get_if<DocumentIssued>(&event)) {
      const bool of_claim = issued->kind == DocumentKind::kDecision &&
                            issued->number.starts_with(to_text(claim) + "/");
      if (of_claim && out.agreed && !out.notice) out.notice = record;
    }
  }
};

}  // namespace

Result<Done> scan_journal(Session& session, std::uint64_t first, const SeeEvent& see) {
  std::uint64_t next = first;
  for (;;) {
    ANLAN_TRY(const std::vector<house::Record> records, session.records(next, kRecordsPerRead));
    if (records.empty()) return Done{};
    for (const house::Record& record : records) {
      ANLAN_TRY(const Event event, house::read_event(record.kind, record.version, record.body));
      see(record, event);
    }
    next = records.back().seq + 1;
  }
}

Result<std::vector<ClaimRecords>> claim_records(Session& session, const std::vector<ClaimId>& ids) {
  ANLAN_TRY(const house::House* house, session.house());
  const UtcOffset offset = house->offset();
  std::vector<Follower> followers;
  for (const ClaimId id : ids) {
    const house::ClaimFile* claim = house::find_claim(*house, id);
    if (!claim) return not_found("claim", to_text(id));
    const house::IncidentFile* first = house::find_incident(*house, claim->decision.incident);
    Follower follower{.claim = id, .incidents = {first->incident.id}};
    for (const IncidentId part : first->parts) follower.incidents.push_back(part);
    follower.out.discovered = date_of(first->incident.discovered, offset);
    followers.push_back(std::move(follower));
  }
  // What the insured prints for itself is no notice to it.
  std::set<ActorName> insured;
  for (const auto& [name, actor] : house->actors) {
    if (house::has_role(actor, Role::kPolicyholder)) insured.insert(name);
  }
  std::uint64_t first = house->head.seq + 1;
  for (const Follower& follower : followers) {
    for (const IncidentId part : follower.incidents) first = std::min(first, part.number);
  }
  ANLAN_REQUIRE(scan_journal(session, first, [&](const house::Record& record, const Event& event) {
    if (std::holds_alternative<DocumentIssued>(event) && insured.contains(record.actor)) return;
    for (Follower& follower : followers)
      follower.see({.on = date_of(record.at, offset), .seq = record.seq}, event);
  }));
  ANLAN_TRY(house, session.house());
  std::vector<ClaimRecords> all;
  for (Follower& follower : followers) {
    const ClaimState state = house::find_claim(*house, follower.claim)->state;
    follower.out.nothing_to_pay = state == ClaimState::kPaid && !follower.out.paid;
    all.push_back(std::move(follower.out));
  }
  return all;
}

}  // namespace anlan::api
