#include "api/webhook_event.h"

#include <algorithm>
#include <array>
#include <type_traits>

#include "base/to_node.h"
#include "formats/json.h"
#include "house/event_codec.h"

namespace anlan::api {
namespace {

using namespace domain;

// Who is told of a kind. Every kind stands in one of the two lists, which is checked below: a new
// one is told to nobody until somebody has thought about it.
constexpr std::array kOfTheHouse{
    HouseOpened::kName,          ActorAppointed::kName,     MoneyPosted::kName,
    PersonalDataErased::kName,   CapitalPaidIn::kName,      PremiumEarned::kName,
    PremiumWrittenOff::kName,    ClaimWrittenOff::kName,    SubsidyBudgetGranted::kName,
    RulesProposed::kName,        RulesPublished::kName,     RulesRolledBack::kName,
    QuoteOverridden::kName,      ReferralDecided::kName,    SubjectivitySet::kName,
    SubjectivityCleared::kName,  SubjectivityWaived::kName, SubjectivityFailed::kName,
    DunningSent::kName,          MonthClosed::kName,        AccumulationLimitSet::kName,
    RiskUnitRuleSet::kName,      ChargesSet::kName,         FacultativeCeded::kName,
    NonDisclosureLearned::kName, RescissionNoticed::kName,  PremiumFrozen::kName,
    NonDisclosureFound::kName,   TextShown::kName,          FilingRecorded::kName,
    LicenceRecorded::kName};
constexpr std::array kOfAnObject{EnterpriseRegistered::kName,
                                 FactsRecorded::kName,
                                 AssessmentRecorded::kName,
                                 OrderPlaced::kName,
                                 ObservationRecorded::kName,
                                 QuoteIssued::kName,
                                 ClauseExplained::kName,
                                 PolicyBound::kName,
                                 SubsidyDecided::kName,
                                 PremiumReceived::kName,
                                 IncidentReported::kName,
                                 LossStated::kName,
                                 ConditionRecorded::kName,
                                 ClaimAdjudicated::kName,
                                 ClaimApproved::kName,
                                 ClaimPaid::kName,
                                 PolicyCancelled::kName,
                                 PolicyLapsed::kName,
                                 DocumentIssued::kName,
                                 OrderPaid::kName,
                                 RefundPaid::kName,
                                 ClaimReturned::kName,
                                 ClaimReopened::kName,
                                 IncidentRelated::kName,
                                 ClaimRecovered::kName,
                                 DrillRecorded::kName,
                                 PolicyEndorsed::kName,
                                 EndorsementVoided::kName,
                                 PolicyReinstated::kName,
                                 RenewalChosen::kName,
                                 QuoteWithdrawn::kName,
                                 SubmissionRecorded::kName,
                                 SubmissionSent::kName,
                                 SubmissionWithdrawn::kName,
                                 FactsProposed::kName,
                                 ProposalDecided::kName,
                                 InstrumentApplied::kName,
                                 InstrumentDecided::kName,
                                 InstrumentPaid::kName,
                                 InstrumentClawedBack::kName,
                                 InstalmentPlanAgreed::kName,
                                 InvoiceIssued::kName,
                                 CertificatesAdded::kName,
                                 CertificateEnded::kName,
                                 IncidentFactsRecorded::kName,
                                 ConsentChanged::kName,
                                 AdjusterAppointed::kName};

template <std::size_t N>
constexpr bool holds(const std::array<std::string_view, N>& names, std::string_view name) {
  for (const std::string_view each : names) {
    if (each == name) return true;
  }
  return false;
}

template <class... Kind>
constexpr bool all_stand(const std::variant<Kind...>*) {
  return ((holds(kOfTheHouse, Kind::kName) != holds(kOfAnObject, Kind::kName)) && ...);
}
static_assert(all_stand(static_cast<const Event*>(nullptr)));

template <class... Kind>
std::vector<std::string_view> names_of(const std::variant<Kind...>*) {
  return {Kind::kName...};
}

// Amounts by these names are plain: what is paid, owed or offered, nothing of how it was found.
constexpr std::array<std::string_view, 11> kAmounts{
    "amount",  "premium", "customer_part", "subsidy_part", "subsidy",      "customer_pays",
    "payable", "price",   "unpaid",        "to_customer",  "to_government"};

struct NamedId {
  std::string name;
  std::string id;
};
struct Parts {
  std::vector<NamedId> ids;
  Node amounts = Node::table();
};

// The ids and plain amounts of an event, and of the record that it carries: one level down, where
// "id" is called by what it is of ("policy" of policy_bound).
class Collector {
 public:
  explicit Collector(Parts& parts) : parts_(parts) {}

  template <class Record>
  void collect(const Record& record, std::string_view of) {
    for_each_field(record, [&](std::string_view name, const auto& member) {
      see(name == "id" && !of.empty() ? of : name, member, of.empty());
    });
  }

 private:
  template <class T>
  void see(std::string_view name, const T& member, bool outermost) {
    if constexpr (HasFields<T>) {
      if (outermost) collect(member, name);
    } else if constexpr (std::is_same_v<T, Money>) {
      if (std::find(kAmounts.begin(), kAmounts.end(), name) == kAmounts.end()) return;
      if (!parts_.amounts.find(name)) parts_.amounts.add(name, to_node(member));
    }
  }
  template <class Tag>
  void see(std::string_view name, Id<Tag> id, bool) {
    // Which person it is about is nobody's business out there.
    if constexpr (!std::is_same_v<Tag, SubjectTag>) {
      if (id.exists()) parts_.ids.push_back({.name = std::string(name), .id = to_text(id)});
    }
  }
  Parts& parts_;
};

Parts parts_of(const Event& event) {
  Parts parts;
  std::visit([&](const auto& kind) { Collector(parts).collect(kind, {}); }, event);
  return parts;
}

bool starts_as(std::string_view id, std::string_view prefix) {
  return id.starts_with(prefix) && id.substr(prefix.size()).starts_with('_');
}

// What has no owner of its own, and stands beside what has one. (An assessment has, but would be
// found by going through all companies.)
bool stands_beside(std::string_view id) {
  return starts_as(id, AssessmentTag::kPrefix) || starts_as(id, ObservationTag::kPrefix) ||
         starts_as(id, InstrumentTag::kPrefix) || starts_as(id, PostingTag::kPrefix);
}

Node head_of(const house::House& house, std::string_view id, std::string_view type, Instant at) {
  Node node = Node::table();
  node.add("id", Node::string(id));
  node.add("type", Node::string(type));
  node.add("house", Node::string(house.opening->name));
  node.add("sandbox", Node::boolean(house.opening->sandbox));
  node.add("occurred_at", Node::string(to_text(at, house.offset())));
  return node;
}

}  // namespace

std::vector<std::string_view> webhook_event_kinds() {
  return names_of(static_cast<const Event*>(nullptr));
}

bool is_told(const house::House& house, const Viewer& viewer, const Event& event) {
  if (may_view(viewer.actor, Audience::kStaff)) return true;
  if (holds(kOfTheHouse, house::event_name(event))) return false;
  for (const NamedId& each : parts_of(event).ids) {
    if (!stands_beside(each.id)) return sees(house, viewer, each.id);
  }
  return false;
}

std::string webhook_body(const house::House& house, const Viewer& viewer,
                         const house::Record& record, const Event& event) {
  Parts parts = parts_of(event);
  Node data = Node::table();
  for (const NamedId& each : parts.ids) {
    if (!stands_beside(each.id) && !first_unseen(house, viewer, {"=" + each.id}).empty()) continue;
    if (!data.find(each.name)) data.add(each.name, Node::string(each.id));
  }
  for (Member& amount : parts.amounts.members) data.add(amount.key, std::move(amount.value));
  Node node =
      head_of(house, "evt_" + std::to_string(record.seq), house::event_name(event), record.at);
  node.add("data", std::move(data));
  return formats::write_json(node, {.indent = 0});
}

std::string ping_body(const house::House& house, std::string_view id, Instant at) {
  Node node = head_of(house, id, "ping", at);
  node.add("data", Node::table());
  return formats::write_json(node, {.indent = 0});
}

}  // namespace anlan::api
