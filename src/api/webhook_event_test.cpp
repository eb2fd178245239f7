#include "api/webhook_event.h"

#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

#include "api/webhook_desk.h"
#include "house/event_codec.h"

namespace anlan::api {
namespace {

using namespace domain;

Actor actor_of(Role role, std::string organisation) {
  return {.name = {"x"}, .organisation = {std::move(organisation)}, .roles = {role}};
}

// One company of each of two brokers, each with a policy.
house::House two_brokers() {
  house::House house;
  house.opening = HouseOpened{.name = "ningbo", .sandbox = true};
  for (const auto& [number, broker] : {std::pair{9, "one"}, std::pair{19, "two"}}) {
    const auto seq = static_cast<std::uint64_t>(number);
    const EnterpriseId enterprise{seq};
    house.enterprises[enterprise] = {.enterprise = {.id = enterprise}, .brought_by = {broker}};
    house::PolicyFile& policy = house.policies[PolicyId{seq + 5}];
    policy.policy.id = {seq + 5};
    policy.policy.enterprise = enterprise;
  }
  return house;
}

Event bound(std::uint64_t policy, std::uint64_t enterprise) {
  PolicyBound event;
  event.policy.id = {policy};
  event.policy.enterprise = {enterprise};
  event.policy.quote = {policy - 1};
  event.policy.premium = Money::from_minor(280'000, Currency::kCny);
  return event;
}

house::Record record_at(std::uint64_t seq) {
  house::Record record;
  record.seq = seq;
  record.at = parse_instant("2026-03-01T10:00:00+08:00", "at").value();
  return record;
}

}  // namespace

TEST_CASE(
    "webhook event: a broker is told of its own companies, staff of all, an operator of none") {
  const house::House house = two_brokers();
  const Event mine = bound(14, 9);
  const Event theirs = bound(24, 19);
  CHECK(is_told(house, actor_of(Role::kBroker, "one"), mine));
  CHECK(!is_told(house, actor_of(Role::kBroker, "one"), theirs));
  CHECK(is_told(house, actor_of(Role::kBroker, "two"), theirs));
  for (const Role role :
       {Role::kUnderwriter, Role::kClaimsHandler, Role::kFinance, Role::kAuditor}) {
    CHECK(is_told(house, actor_of(role, "insurer"), mine));
    CHECK(is_told(house, actor_of(role, "insurer"), theirs));
  }
  CHECK(!is_told(house, actor_of(Role::kOperator, "insurer"), mine));
  CHECK(!is_told(house, actor_of(Role::kBroker, ""), mine));
}

TEST_CASE("webhook event: what an organisation was granted is told to it as well") {
  const house::House house = two_brokers();
  const Event theirs = bound(24, 19);
  const Actor actor = actor_of(Role::kPolicyholder, "factory");
  CHECK(!is_told(house, actor, theirs));
  const std::vector<EnterpriseId> granted{{19}};
  CHECK(is_told(house, {actor, granted}, theirs));
  CHECK(!is_told(house, {actor, granted}, bound(14, 9)));
  const std::string body = webhook_body(house, {actor, granted}, record_at(24), theirs);
  CHECK(body.find("\"enterprise\":\"ent_19\"") != std::string::npos);
}

TEST_CASE("visibility: the people of the house itself are no vendor and no policyholder") {
  house::House house = two_brokers();
  for (auto& [id, file] : house.enterprises) file.brought_by = {"house"};
  Order& order = house.orders[OrderId{30}].order;
  order.id = {30};
  order.enterprise = {9};
  order.vendor = {"house"};
  CHECK(!sees(house, actor_of(Role::kPolicyholder, "house"), "ent_9"));
  CHECK(!sees(house, actor_of(Role::kSubsidyOfficer, "house"), "ord_30"));
  CHECK(!sees(house, actor_of(Role::kSecurityVendor, "house"), "ord_30"));
  CHECK(sees(house, actor_of(Role::kBroker, "house"), "ent_9"));
  CHECK(sees(house, actor_of(Role::kUnderwriter, "house"), "ord_30"));
}

TEST_CASE(
    "webhook event: what the house weighs about a policyholder is told to its own people only") {
  const house::House house = two_brokers();
  const Actor broker = actor_of(Role::kBroker, "one");
  const Actor staff = actor_of(Role::kUnderwriter, "insurer");
  const PolicyId policy{14};
  const EnterpriseId enterprise{9};
  NonDisclosureLearned learned;
  learned.nondisclosure.policy = policy;
  MoneyPosted posted;
  const std::vector<Event> own_business{learned,
                                        PremiumFrozen{.policy = policy, .frozen = true},
                                        RescissionNoticed{.policy = policy},
                                        posted,
                                        RulesPublished{.version = 1},
                                        CapitalPaidIn{},
                                        ActorAppointed{}};
  for (const Event& event : own_business) {
    CAPTURE(house::event_name(event));
    CHECK(!is_told(house, broker, event));
    CHECK(is_told(house, staff, event));
  }
  CHECK(is_told(house, broker, PolicyCancelled{.policy = policy}));
  CHECK(is_told(house, broker, FactsRecorded{.enterprise = enterprise}));
}

TEST_CASE("webhook event: the body is the kind, typed ids and plain amounts") {
  const house::House house = two_brokers();
  CHECK(webhook_body(house, actor_of(Role::kBroker, "one"), record_at(14), bound(14, 9)) ==
        R"({"id":"evt_14","type":"policy_bound","house":"ningbo","sandbox":true,)"
        R"("occurred_at":"2026-03-01T10:00:00+08:00","data":{"policy":"pol_14","quote":"quo_13",)"
        R"("enterprise":"ent_9","premium":{"amount":280000,"currency":"CNY"},)"
        R"("customer_part":{"amount":0,"currency":"CNY"},)"
        R"("subsidy_part":{"amount":0,"currency":"CNY"}}})");
}

TEST_CASE("webhook event: an id that the actor does not see is left out, a person's always") {
  const house::House house = two_brokers();
  Event event = bound(14, 9);
  std::get<PolicyBound>(event).policy.renewal_of = {24};  // of the other broker
  const std::string mine =
      webhook_body(house, actor_of(Role::kBroker, "one"), record_at(14), event);
  CHECK(mine.find("pol_24") == std::string::npos);
  CHECK(mine.find("pol_14") != std::string::npos);
  const std::string all =
      webhook_body(house, actor_of(Role::kUnderwriter, "insurer"), record_at(14), event);
  CHECK(all.find("pol_24") != std::string::npos);
  PersonalDataErased erased;
  erased.subject = {7};
  erased.reason = "asked";
  const std::string person =
      webhook_body(house, actor_of(Role::kAuditor, "insurer"), record_at(15), erased);
  CHECK(person.find("per_7") == std::string::npos);
  CHECK(person.find("asked") == std::string::npos);
}

TEST_CASE("webhook event: the reference names every kind, once in its list") {
  std::ifstream file(std::string(ANLAN_SOURCE_DIR) + "/docs/reference/WEBHOOKS.md");
  std::stringstream text;
  text << file.rdbuf();
  const std::vector<std::string_view> kinds = webhook_event_kinds();
  CHECK(kinds.size() == std::variant_size_v<EventVariant>);
  for (const std::string_view kind : kinds) {
    CAPTURE(kind);
    CHECK(text.str().find("`" + std::string(kind) + "`") != std::string::npos);
  }
}

}  // namespace anlan::api
