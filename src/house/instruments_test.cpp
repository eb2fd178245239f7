#include "house/instruments.h"

#include <doctest/doctest.h>

#include "house/money_desk_test.h"
#include "house/refusals.h"

namespace anlan::house {
namespace {

using namespace desk;

TEST_CASE("instruments: a tax deduction of what the customer bears, from application to clawback") {
  Desk desk;
  desk.open();
  const PolicyId policy = desk.policy_in_force();
  const InstrumentId id{desk.must("holder", ApplyInstrument{policy, tax_deduction()})};
  CHECK(find_instrument(desk.house, id)->application.amount == yuan(70));  // 5 % of 1,400
  CHECK(desk.refused("holder", ApplyInstrument{policy, tax_deduction()}) ==
        refusals::kAlreadyDone.name);
  CHECK(desk.refused("office", PayInstrument{id}) == refusals::kWrongState.name);
  desk.must("office", DecideInstrument{id, true, ""});
  CHECK(desk.refused("office", DecideInstrument{id, true, ""}) == refusals::kAlreadyDone.name);
  desk.must("office", PayInstrument{id});
  CHECK(desk.refused("office", PayInstrument{id}) == refusals::kWrongState.name);
  CHECK(desk.refused("office", ClawBackInstrument{id, "none"}) == refusals::kWrongState.name);
  PremiumBorne borne = premium_borne(desk.house, *find_policy(desk.house, policy));
  CHECK(borne.customer == yuan(1'330));
  CHECK(borne.subsidy == yuan(1'400));
  CHECK(borne.instruments == decltype(borne.instruments){{id, yuan(70)}});

  desk.now = at("2026-06-08T09:00:00+08:00");
  desk.must("uw", desk.cancellation(policy, day("2026-06-09")));
  CHECK(desk.refused("office", ClawBackInstrument{id, ""}) == "empty_text");
  desk.must("office", ClawBackInstrument{id, "cancelled"});
  borne = premium_borne(desk.house, *find_policy(desk.house, policy));
  CHECK(borne.instruments[0].second == fen(1'918));  // 5 % of 383.56
  CHECK(borne.kept == fen(76'712));
  CHECK(borne.customer + borne.subsidy + borne.instruments[0].second == borne.kept);
  CHECK(desk.refused("office", ClawBackInstrument{id, "again"}) == refusals::kWrongState.name);
}

TEST_CASE("refusal 7111 instrument_excluded: in whatever order they are applied for") {
  Desk desk;
  desk.open();
  const PolicyId policy = desk.bind(desk.enterprise());
  // The subsidy of the premium may still be granted.
  CHECK(desk.refused("holder", ApplyInstrument{policy, first_set()}) ==
        refusals::kInstrumentExcluded.name);
  desk.must("office", DecideSubsidy{policy, false, "region"});
  InstrumentTerms jealous = tax_deduction();
  jealous.excludes = {{"first-set"}};
  const InstrumentId first{desk.must("holder", ApplyInstrument{policy, first_set()})};
  CHECK(desk.refused("holder", ApplyInstrument{policy, jealous}) ==
        refusals::kInstrumentExcluded.name);
  InstrumentTerms open = tax_deduction();
  open.excludes.clear();
  InstrumentTerms closed = first_set();
  closed.scheme = {"other"};
  closed.excludes = {{"first-set"}};
  CHECK(desk.refused("holder", ApplyInstrument{policy, closed}) ==
        refusals::kInstrumentExcluded.name);
  CHECK(desk.refused("office", DecideInstrument{first, false, ""}) == "empty_text");
  desk.must("office", DecideInstrument{first, false, "no first set"});
  desk.must("holder", ApplyInstrument{policy, jealous});  // what was refused excludes nothing
}

TEST_CASE(
    "refusal 7112 public_share_exceeded: the lowest cap holds for all public money together") {
  Desk desk;
  desk.open();
  const PolicyId policy = desk.policy_in_force();  // half of it is public already
  InstrumentTerms capped = tax_deduction();
  capped.public_share_max = Share::from_bp(5'249);
  CHECK(desk.refused("holder", ApplyInstrument{policy, capped}) ==
        refusals::kPublicShareExceeded.name);
  capped.public_share_max = Share::from_bp(5'250);  // 1,470.00 of 2,800.00
  desk.must("holder", ApplyInstrument{policy, capped});
  InstrumentTerms more = tax_deduction();
  more.scheme = {"more"};
  more.share = Share::from_bp(1);
  CHECK(desk.refused("holder", ApplyInstrument{policy, more}) ==
        refusals::kPublicShareExceeded.name);
}

TEST_CASE("instruments: nothing is paid for premium that the customer still owes") {
  Desk desk;
  desk.open();
  const PolicyId policy = desk.bind(desk.enterprise());
  const InstrumentId id{desk.must("broker", ApplyInstrument{policy, tax_deduction()})};
  desk.must("office", DecideInstrument{id, true, ""});
  CHECK(desk.refused("office", PayInstrument{id}) == refusals::kWrongState.name);
  desk.must("finance", ReceivePremium{policy, Payer::kCustomer, yuan(1'400)});
  desk.must("office", PayInstrument{id});
}

TEST_CASE("instruments: a scheme's maximum bounds one policy") {
  Desk desk;
  desk.open();
  const PolicyId policy = desk.policy_in_force();
  InstrumentTerms small = tax_deduction();
  small.maximum = yuan(12);
  const InstrumentId id{desk.must("holder", ApplyInstrument{policy, small})};
  CHECK(find_instrument(desk.house, id)->application.amount == yuan(12));
  CHECK(desk.refused("holder", ApplyInstrument{policy, {}}) == "empty_text");
}

}  // namespace
}  // namespace anlan::house
