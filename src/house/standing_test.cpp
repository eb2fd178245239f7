// Licence, consent and adjusters: who stands how to the house.
#include <doctest/doctest.h>

#include "base/refusals.h"
#include "house/access.h"
#include "house/desk_test.h"
#include "house/refusals.h"

namespace anlan::house {
namespace {

using namespace desk;

LicenceRecorded licence(std::string_view from, std::optional<std::string_view> until = {}) {
  LicenceRecorded out{.number = "P00002", .from = day(from)};
  if (until) out.until = day(*until);
  out.evidence = sha256(bytes_of("paper"));
  return out;
}

Desk real_desk() {
  Desk desk;
  OpenHouse opened = opening();
  opened.opening.sandbox = false;
  desk.must("op", opened);
  for (const Person& person : kPeople) desk.must("op", AppointActor{.actor = actor_of(person)});
  return desk;
}

TEST_CASE("licence: refusal 7184 no_licence until one on record covers the day") {
  Desk desk = real_desk();
  const QuoteId quote = desk.issue(desk.enterprise());
  desk.must("broker", desk.explanation(quote));
  CHECK(desk.refused("uw", BindPolicy{quote}) == refusals::kNoLicence.name);
  desk.must("finance", RecordLicence{licence("2026-02-24")});
  CHECK(desk.refused("uw", BindPolicy{quote}) == refusals::kNoLicence.name);  // not yet begun
  desk.must("finance", RecordLicence{licence("2026-01-01", "2026-02-23")});
  CHECK(desk.refused("uw", BindPolicy{quote}) == refusals::kNoLicence.name);  // over since today
  desk.must("finance", RecordLicence{licence("2026-01-01", "2026-02-24")});
  const PolicyId policy{desk.must("uw", BindPolicy{quote})};
  const ReceivePremium premium{.policy = policy, .payer = Payer::kCustomer, .amount = yuan(1'400)};
  desk.now = at("2026-02-24T09:00:00+08:00");
  desk.must("finance", premium);  // under the one that has begun
  desk.must("finance", RecordLicence{licence("2026-02-25", "2026-02-26")});
  desk.now = at("2026-02-26T09:00:00+08:00");
  CHECK(desk.refused("finance", premium) == refusals::kNoLicence.name);  // the newest counts
}

TEST_CASE("licence: what binds and what collects asks for one, what pays does not") {
  for (const std::string_view name :
       {BindPolicy::kName, EndorsePolicy::kName, ReinstatePolicy::kName, RewritePolicy::kName,
        AddCertificates::kName, ReceivePremium::kName})
    CHECK(binds_or_collects(name));
  for (const std::string_view name : {IssueQuote::kName, PayClaim::kName, PayRefund::kName,
                                      CancelPolicy::kName, AdjudicateClaim::kName})
    CHECK_FALSE(binds_or_collects(name));
}

TEST_CASE("licence: refusal 7185 licence_days, and whose it can be") {
  Desk desk;
  desk.open();
  CHECK(desk.refused("finance", RecordLicence{licence("2026-02-01", "2026-02-01")}) ==
        refusals::kLicenceDays.name);
  LicenceRecorded nameless = licence("2026-02-01");
  nameless.number.clear();
  CHECK(desk.refused("finance", RecordLicence{nameless}) == anlan::refusals::kEmptyText.name);
  CHECK(desk.refused("op", RecordLicence{licence("2026-02-01")}) == refusals::kRoleMissing.name);
  Desk market;
  market.open(HouseKind::kMarketplace);
  CHECK(market.refused("finance", RecordLicence{licence("2026-02-01")}) ==
        refusals::kNotLicensed.name);
}

TEST_CASE("consent: withdrawn, nothing new is watched or assessed; given again, it is") {
  Desk desk;
  desk.open();
  const EnterpriseId company = desk.enterprise();
  const OrderId order{desk.must("broker", PlaceOrder{.order = Desk::order(company)})};
  const auto change = [&](bool assess, bool monitor) {
    return ChangeConsent{
        {.enterprise = company, .assess = assess, .monitor = monitor, .reason = "asked to"}};
  };
  CHECK(desk.refused("broker", change(true, true)) == refusals::kAlreadyDone.name);
  desk.must("broker", change(true, false));
  desk.now = at("2026-03-02T09:00:00+08:00");
  const RecordObservation seen{.observation = desk.observation(order)};
  CHECK(desk.refused("vendor", seen) == refusals::kConsentMissing.name);
  const QuoteId quote = desk.issue(company);
  CHECK(find_quote(desk.house, quote) != nullptr);
  desk.must("broker", change(false, true));
  CHECK(desk.refused("broker", IssueQuote{.quote = desk.quote(company)}) ==
        refusals::kConsentMissing.name);
  CHECK(desk.refused("broker", RecordAssessment{.assessment = {.enterprise = company}}) ==
        refusals::kConsentMissing.name);
  desk.must("vendor", seen);
  ChangeConsent silent = change(true, true);
  silent.change.reason.clear();
  CHECK(desk.refused("broker", silent) == anlan::refusals::kEmptyText.name);
  desk.must("broker", change(true, true));
  desk.must("broker", IssueQuote{.quote = desk.quote(company)});
}

TEST_CASE("adjuster: refusal 7186 not_appointed, and what an appointment opens") {
  Desk desk;
  desk.open();
  desk.must("op", AppointActor{.actor = {.name = {"adjuster"},
                                         .organisation = {"adjust-one"},
                                         .roles = {Role::kAdjuster},
                                         .authority = yuan(0)}});
  const IncidentId incident = desk.report(desk.policy_in_force());
  const RecordCondition receipt{
      .condition = {.incident = incident, .condition = "sanctions_screen", .reference = "A-1"}};
  CHECK(desk.refused("adjuster", receipt) == refusals::kNotAppointed.name);
  AppointAdjuster command{
      {.incident = incident, .adjuster = {"adjust-one"}, .brief = "hours of interruption"}};
  command.appointment.adjuster = {"insurer"};
  CHECK(desk.refused("handler", command) == refusals::kFourEyes.name);
  command.appointment.adjuster =
      find_enterprise(desk.house,
                      find_policy(desk.house, find_incident(desk.house, incident)->incident.policy)
                          ->policy.enterprise)
          ->brought_by;
  CHECK(desk.refused("handler", command) == refusals::kFourEyes.name);
  command.appointment.adjuster = {"adjust-one"};
  CHECK(desk.refused("adjuster", command) == refusals::kRoleMissing.name);
  desk.must("handler", command);
  CHECK(desk.refused("handler", command) == refusals::kAlreadyDone.name);
  desk.must("adjuster", receipt);
  desk.state_e02(incident);
  CHECK(desk.refused("adjuster", desk.adjudication(incident)) == refusals::kRoleMissing.name);
}

}  // namespace

TEST_CASE("explaining: the insured confirms for itself, nobody for whom he merely sees") {
  Desk desk;
  desk.open();
  const QuoteId brokered = desk.issue(desk.enterprise());
  CHECK(desk.refused("holder", desk.explanation(brokered)) == refusals::kRoleMissing.name);
  const EnterpriseId own{
      desk.must("holder", RegisterEnterprise{.enterprise = Desk::registration(1)})};
  const QuoteId asked{desk.must("holder", IssueQuote{.quote = desk.quote(own)})};
  desk.must("holder", desk.explanation(asked));
  const std::size_t clauses = find_quote(desk.house, asked)->explained.get().size();
  CHECK(clauses > 0);
  // The same once more adds nothing; to somebody else it is another explanation.
  CHECK(desk.refused("holder", desk.explanation(asked)) == refusals::kAlreadyDone.name);
  ExplainClauses other = desk.explanation(asked);
  other.confirmed_by = "token-2";
  desk.must("broker", other);
  CHECK(find_quote(desk.house, asked)->explained.get().size() == 2 * clauses);
}

}  // namespace anlan::house
