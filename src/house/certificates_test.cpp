// Members of a park: the days and the premium of certificates, a member's own limit beside the
// aggregate limit of all, and lists that are refused. The random sequences of transactions_test add
// and end certificates too.
#include "house/certificates.h"

#include <array>
#include <functional>

#include <doctest/doctest.h>

#include "base/refusals.h"
#include "house/consistency.h"
#include "house/desk_test.h"
#include "house/refusals.h"

namespace anlan::house {
namespace {

using namespace desk;

// A master policy of 2,800.00 a year, 1,400.00 of it subsidised, filed up to 3,640.00, with three
// companies that may become members.
struct Park {
  Desk desk;
  PolicyId policy;
  std::vector<EnterpriseId> members;

  const PolicyFile& file() const { return *find_policy(desk.house, policy); }
  static CertificateTerms terms() {
    return {.limit = yuan(200'000), .premium_low = yuan(100), .premium_high = yuan(2'000)};
  }
  Certificate certificate(std::size_t member, Money premium = yuan(1'200),
                          std::string_view from = "2026-03-01",
                          std::string_view until = "2027-03-01") const {
    return {.number = 0,
            .enterprise = members.at(member),
            .from = day(from),
            .until = day(until),
            .limit = yuan(200'000),
            .premium = premium};
  }
  AddCertificates adding(std::vector<Certificate> certificates) const {
    return {.policy = policy, .terms = terms(), .certificates = std::move(certificates)};
  }
  AddCertificates all(Money premium = yuan(1'200)) const {
    return adding({certificate(0, premium), certificate(1, premium), certificate(2, premium)});
  }
  EndCertificate ending(std::uint32_t number, Date on) const {
    return {.policy = policy, .number = number, .on = on, .reason = "moved away"};
  }
};

Park park() {
  Park park;
  park.desk.open();
  park.policy = park.desk.policy_in_force();
  for (const std::size_t which : {1u, 2u, 3u}) park.members.push_back(park.desk.enterprise(which));
  return park;
}

void check_replay(const Park& park) {
  Desk copy = park.desk;
  const auto replayed = replay(copy.journal);
  REQUIRE(replayed.ok());
  CHECK(*replayed == park.desk.house);
}

PremiumParts parts(std::int64_t customer, std::int64_t government) {
  return {.customer = fen(customer), .government = fen(government)};
}

TEST_CASE(
    "certificates: the master costs what its members cost by day, and never less than as bound") {
  Park p = park();
  p.desk.must("uw", p.adding({p.certificate(0), p.certificate(1)}));
  CHECK(written_of(p.file()) == parts(140'000, 140'000));  // 2,400.00 is below the 2,800.00
  p.desk.must("uw", p.adding({p.certificate(2)}));
  // 3,600.00; the government pays what it promised and no more.
  CHECK(written_of(p.file()) == parts(220'000, 140'000));
  CHECK(owed_by(p.file(), Payer::kCustomer) == yuan(800));
  CHECK(find_certificate(p.file(), 3)->certificate.number == 3);
  CHECK(find_certificate(p.file(), 4) == nullptr);
  // One leaves after 100 days. The customer: 2,200.00 for 100 days, 1,400.00 for 265.
  const Date on = plus_days(day("2026-03-01"), 100);
  p.desk.must("uw", p.ending(2, on));
  CHECK(written_of(p.file()) == parts(161'918, 140'000));
  CHECK(covers(*find_certificate(p.file(), 2), plus_days(on, -1)));
  CHECK(!covers(*find_certificate(p.file(), 2), on));
  // A new member may take the days that the one before it left.
  p.desk.must("uw", p.adding({p.certificate(1, yuan(1'200), to_text(on))}));
  CHECK(written_of(p.file()) == parts(220'000, 140'000));
  p.desk.now = at("2026-06-30T09:00:00+08:00");
  p.desk.must("finance", EarnPremium{day("2026-06-29")});
  p.desk.must("uw", p.desk.cancellation(p.policy, day("2026-07-01")));
  check_replay(p);
}

TEST_CASE("certificates: the order in which members are entered says nothing about the premium") {
  const Park prepared = park();
  const std::vector<Certificate> list{
      prepared.certificate(0, fen(120'001), "2026-03-01", "2026-08-17"),
      prepared.certificate(1, fen(155'537), "2026-04-11", "2027-03-01"),
      prepared.certificate(2, fen(83'333), "2026-05-02", "2026-12-24")};
  std::optional<PremiumParts> first;
  for (const std::array<std::size_t, 3>& order :
       std::vector<std::array<std::size_t, 3>>{{0, 1, 2}, {2, 1, 0}, {1, 0, 2}}) {
    Park p = prepared;
    for (const std::size_t n : order) p.desk.must("uw", p.adding({list[n]}));
    Park whole = prepared;
    whole.desk.must("uw", whole.adding(list));
    CHECK(written_of(p.file()) == written_of(whole.file()));
    if (!first) first = written_of(p.file());
    CHECK(written_of(p.file()) == *first);
  }
  CHECK(first->customer > yuan(1'400));
}

TEST_CASE("certificates: the members' parts of the premium sum to what is written, to the fen") {
  Park p = park();
  CHECK(member_shares(p.file()).empty());
  p.desk.must("uw", p.adding({p.certificate(0, fen(120'001)), p.certificate(1, fen(99'999)),
                              p.certificate(2, fen(77'777), "2026-05-02", "2026-12-24")}));
  p.desk.must("uw", p.ending(2, day("2026-09-09")));
  const std::vector<Money> shares = member_shares(p.file());
  Money sum = yuan(0);
  for (const Money share : shares) sum += share;
  const PremiumParts written = written_of(p.file());
  CHECK(sum == written.customer + written.government);
  CHECK(shares[0] > shares[1]);
  CHECK(shares[1] > shares[2]);
}

TEST_CASE("certificates: a park of 2,000 members is priced by day, and takes no more") {
  Park p = park();
  for (std::uint32_t n = 1; n <= kCertificatesMax; ++n) {
    PolicyFile& file = p.desk.house.policies.at(p.policy);
    Certificate each = p.certificate(0, fen(100));
    each.number = n;
    each.from = plus_days(each.from, static_cast<std::int32_t>(n % 300));
    CertificateOnFile known;
    known.certificate = each;
    file.life.changes.edit().certificates.push_back(known);
  }
  const auto segments = underwriting::premium_segments(timeline_of(p.file()));
  CHECK(segments.size() == 1);  // 2,000.00 in all: the premium as bound
  CHECK(p.desk.refused("uw", p.adding({p.certificate(1)})) == refusals::kCertificatesTooMany.name);
}

struct Row {
  RefusalCode code;
  const char* when;
  std::function<std::string_view(Park&)> refused;
};

TEST_CASE("refusals 7152 to 7158: certificates that are refused, each with its rule") {
  const auto add = [](auto change) {
    return [change](Park& p) {
      AddCertificates command = p.adding({p.certificate(0), p.certificate(1)});
      change(p, command);
      return p.desk.refused("uw", command);
    };
  };
  const auto report = [](std::uint32_t certificate) {
    return [certificate](Park& p) {
      p.desk.must("uw", p.all());
      p.desk.now = at("2026-05-18T09:00:00+08:00");
      Incident incident = claims::ningbo::incident();
      incident.id = {};
      incident.policy = p.policy;
      incident.certificate = certificate;
      return p.desk.refused("holder", ReportIncident{.incident = incident});
    };
  };
  const std::vector<Row> rows{
      {refusals::kNotFound, "a member is a registered company",
       add([](Park&, AddCertificates& c) { c.certificates[1].enterprise = {9'999}; })},
      {refusals::kCertificateDays, "not before the period",
       add([](Park&, AddCertificates& c) { c.certificates[1].from = day("2026-02-28"); })},
      {refusals::kCertificateDays, "not after it",
       add([](Park&, AddCertificates& c) { c.certificates[1].until = day("2027-03-02"); })},
      {refusals::kCertificateDays, "not without a day",
       add([](Park&, AddCertificates& c) { c.certificates[1].until = c.certificates[1].from; })},
      {refusals::kCertificateDays, "not for days that are over",
       add([](Park& p, AddCertificates&) { p.desk.now = at("2026-03-02T09:00:00+08:00"); })},
      {refusals::kCertificateDays, "not from the day of the record: its hours before are over",
       add([](Park& p, AddCertificates& c) {
         p.desk.now = at("2026-03-02T09:00:00+08:00");
         c.certificates = {p.certificate(0, yuan(1'200), "2026-03-02")};
       })},
      {refusals::kAboveAuthority, "an underwriter whose authority does not reach the master",
       [](Park& p) { return p.desk.refused("uw.junior", p.all()); }},
      {refusals::kCertificateTwice, "a member twice in one list",
       add([](Park&, AddCertificates& c) { c.certificates[1] = c.certificates[0]; })},
      {refusals::kCertificateTwice, "a member on a day that another certificate covers",
       add([](Park& p, AddCertificates& c) {
         p.desk.must("uw", p.all(yuan(1'000)));
         c.certificates = {p.certificate(0, yuan(100), "2027-02-28")};
       })},
      {refusals::kCertificateLimit, "above the limit of a member",
       add([](Park&, AddCertificates& c) { c.certificates[0].limit = fen(20'000'001); })},
      {refusals::kCertificateLimit, "no limit at all",
       add([](Park&, AddCertificates& c) { c.certificates[0].limit = fen(0); })},
      {refusals::kCertificatePremium, "below what is filed",
       add([](Park&, AddCertificates& c) { c.certificates[0].premium = fen(9'999); })},
      {refusals::kCertificatePremium, "above it",
       add([](Park&, AddCertificates& c) { c.certificates[0].premium = fen(200'001); })},
      {refusals::kOutsideFiling, "all members together above what is filed for the master",
       [](Park& p) { return p.desk.refused("uw", p.all(yuan(1'214))); }},
      {refusals::kCertificatesTooMany, "more than one command takes",
       add([](Park& p, AddCertificates& c) {
         c.certificates.assign(kCertificatesAtOnce + 1, p.certificate(0));
       })},
      {anlan::refusals::kEmptyList, "nobody",
       add([](Park&, AddCertificates& c) { c.certificates.clear(); })},
      {refusals::kIdGiven, "the house gives the number",
       add([](Park&, AddCertificates& c) { c.certificates[0].number = 1; })},
      {refusals::kCurrencyOfHouse, "a limit in another currency",
       add([](Park&, AddCertificates& c) {
         c.certificates[0].limit = Money::from_minor(1, Currency::kUsd);
       })},
      {refusals::kCertificateNeeded, "an incident names the member", report(0)},
      {refusals::kNotFound, "an incident names a certificate that there is", report(4)},
      {refusals::kOtherMember, "members hit by one cause each have an incident of their own",
       [](Park& p) {
         p.desk.must("uw", p.all());
         p.desk.now = at("2026-05-18T09:00:00+08:00");
         ReportIncident command{.incident = claims::ningbo::incident()};
         command.incident.id = {};
         command.incident.policy = p.policy;
         command.incident.certificate = 1;
         const IncidentId first{p.desk.must("holder", command)};
         command.incident.certificate = 2;
         command.incident.related_to = first;
         return p.desk.refused("handler", command);
       }},
      {refusals::kNotFound, "the end of a certificate that there is not",
       [](Park& p) { return p.desk.refused("uw", p.ending(1, day("2026-06-01"))); }},
      {anlan::refusals::kOutOfRange, "an end in the past",
       [](Park& p) {
         p.desk.must("uw", p.all());
         p.desk.now = at("2026-06-01T09:00:00+08:00");
         return p.desk.refused("uw", p.ending(1, day("2026-06-01")));
       }},
      {anlan::refusals::kOutOfRange, "an end after the last day",
       [](Park& p) {
         p.desk.must("uw", p.all());
         return p.desk.refused("uw", p.ending(1, day("2027-03-01")));
       }},
      {refusals::kAlreadyDone, "an end twice",
       [](Park& p) {
         p.desk.must("uw", p.all());
         p.desk.must("uw", p.ending(1, day("2026-06-01")));
         return p.desk.refused("uw", p.ending(1, day("2026-07-01")));
       }},
      {refusals::kWrongState, "a cancelled master takes no members",
       [](Park& p) {
         p.desk.must("uw", p.desk.cancellation(p.policy, day("2026-03-01")));
         return p.desk.refused("uw", p.all());
       }},
  };
  const Park prepared = park();
  for (const Row& row : rows) {
    CAPTURE(row.when);
    Park p = prepared;
    CHECK(row.refused(p) == row.code.name);
  }
}

// ---- claims

terms::Wording park_wording() {
  terms::Wording wording = claims::ningbo::wording();
  wording.programme.certificates = terms::Certificates{.member_limit = 20'000'000, .clause = "2.2"};
  wording.programme.beneficiary =
      terms::Beneficiary{.role = terms::BeneficiaryRole::kMember, .clause = "1.1"};
  return wording;
}

// E02 of a member: 150,000.00 by the terms of the master.
AdjudicateClaim decision_for(Park& p, std::uint32_t certificate) {
  p.desk.now = std::max(p.desk.now, at("2026-05-18T09:00:00+08:00"));
  ReportIncident command{.incident = claims::ningbo::incident()};
  command.incident.id = {};
  command.incident.policy = p.policy;
  command.incident.certificate = certificate;
  command.incident.occurred =
      plus_minutes(command.incident.occurred, static_cast<std::int64_t>(p.file().incidents.size()));
  const IncidentId incident{p.desk.must("holder", command)};
  p.desk.state_e02(incident);
  const terms::Wording wording = park_wording();
  const auto decision = claims::adjudicate(adjudication_input(p.desk.house, wording, incident, {}));
  REQUIRE(decision.ok());
  return {.decision = *decision, .based_on = adjudication_inputs(p.desk.house, incident)};
}

TEST_CASE(
    "certificates: a member is paid up to its own limit of the year, all members together up to "
    "the aggregate limit, and the house keeps what each has used") {
  Park p = park();
  p.desk.must("uw", p.all());
  p.desk.must("finance", ReceivePremium{p.policy, Payer::kCustomer, yuan(800)});
  struct Step {
    std::uint32_t certificate;
    std::int64_t payable;
    std::int64_t left_of_member;
    std::int64_t left_of_all;
  };
  // 150,000.00 each by the terms, 200,000.00 for a member, 400,000.00 for all.
  for (const Step& step : std::vector<Step>{{1, 150'000, 50'000, 250'000},
                                            {1, 50'000, 0, 200'000},
                                            {2, 150'000, 50'000, 50'000},
                                            {3, 50'000, 150'000, 0},
                                            {1, 0, 0, 0}}) {
    CAPTURE(step.certificate);
    CAPTURE(step.payable);
    const AdjudicateClaim command = decision_for(p, step.certificate);
    CHECK(command.decision.payable == yuan(step.payable));
    CHECK(command.decision.payee == p.members.at(step.certificate - 1));
    p.desk.must("handler", command);
    const CertificateOnFile& own = *find_certificate(p.file(), step.certificate);
    CHECK(member_left(p.desk.house, p.file(), own) == yuan(step.left_of_member));
    CHECK(aggregate_left(p.desk.house, p.file()) == yuan(step.left_of_all));
  }
  CHECK(member_incidents(p.desk.house, p.members[0]).size() == 3);
  CHECK(member_incidents(p.desk.house, p.members[2]).size() == 1);
  check_replay(p);
}

TEST_CASE("certificates: what a member has used up is not sold to it again") {
  Park p = park();
  p.desk.must("uw", p.adding({p.certificate(0)}));
  p.desk.must("handler", decision_for(p, 1));  // 150,000.00 of 200,000.00
  p.desk.must("uw", p.ending(1, day("2026-06-01")));
  Certificate again = p.certificate(0, yuan(1'200), "2026-06-01");
  CHECK(p.desk.refused("uw", p.adding({again})) == refusals::kCertificateLimit.name);
  again.limit = yuan(50'000);
  p.desk.must("uw", p.adding({again}));
  check_replay(p);
}

TEST_CASE("certificates: one that was ended before its first day is in nobody's way") {
  Park p = park();
  p.desk.must("uw", p.adding({p.certificate(0, yuan(1'200), "2026-06-01")}));
  p.desk.must("uw", p.ending(1, day("2026-06-01")));
  p.desk.must("uw", p.adding({p.certificate(0, yuan(1'200), "2026-05-01")}));
  check_replay(p);
}

TEST_CASE("certificates: an incident of a member is the member's history, not the operator's") {
  Park p = park();
  p.desk.must("uw", p.all());
  const auto incidents_of = [&](EnterpriseId company) {
    for (const Fact& fact : known_facts(p.desk.house, company, day("2026-06-01"))) {
      if (fact.name.text == "incidents_36m") return fact.value;
    }
    return std::string("none stated");
  };
  const EnterpriseId master = p.file().policy.enterprise;
  for (const EnterpriseId company : {master, p.members[0], p.members[1]}) {
    const Fact none{.name = {"incidents_36m"}, .value = "0", .observed_on = day("2026-02-01")};
    p.desk.must("broker", RecordFacts{.enterprise = company, .facts = {none}});
  }
  for (const std::uint32_t member : {1u, 1u, 2u}) decision_for(p, member);
  CHECK(incidents_of(master) == "0");
  CHECK(incidents_of(p.members[0]) == "2");
  CHECK(incidents_of(p.members[1]) == "1");
}

TEST_CASE("certificates: a decision that pays another, or more than the member has left, is none") {
  Park p = park();
  p.desk.must("uw", p.all());
  p.desk.must("handler", decision_for(p, 1));
  AdjudicateClaim command = decision_for(p, 1);
  command.decision.payee = p.members[1];
  CHECK(p.desk.refused("handler", command) == refusals::kInputsChanged.name);
  command.decision.payee = p.members[0];
  Settlement& settled = command.decision.settlement;
  settled.paid_total = command.decision.payable = yuan(60'000);
  settled.aggregate_left = yuan(190'000);
  CHECK(p.desk.refused("handler", command) == refusals::kInputsChanged.name);
  CHECK(!check_follows(p.desk.house,
                       {.seq = p.desk.house.head.seq + 1, .at = p.desk.now, .actor = {"handler"}},
                       Event(ClaimAdjudicated{.decision = command.decision}))
             .ok());
}

TEST_CASE("certificates: outside the days of its certificate a member has no cover") {
  Park p = park();
  p.desk.must("uw", p.adding({p.certificate(0, yuan(1'200), "2026-06-01"), p.certificate(1)}));
  const AdjudicateClaim early = decision_for(p, 1);
  CHECK(early.decision.outcome == ClaimOutcome::kDenied);
  CHECK(early.decision.admission.front().reason == StepReason::kOutsidePeriod);
  CHECK(decision_for(p, 2).decision.payable == yuan(150'000));
}

TEST_CASE("certificates: two members hit at one moment have an incident each") {
  Park p = park();
  p.desk.must("uw", p.all());
  p.desk.now = at("2026-05-18T09:00:00+08:00");
  ReportIncident command{.incident = claims::ningbo::incident()};
  command.incident.id = {};
  command.incident.policy = p.policy;
  for (const std::uint32_t certificate : {1u, 2u}) {
    command.incident.certificate = certificate;
    p.desk.must("holder", command);
  }
  CHECK(p.desk.refused("holder", command) == refusals::kAlreadyDone.name);
}

TEST_CASE("certificates: a decision is refused when the certificate ended in between") {
  Park p = park();
  p.desk.must("uw", p.all());
  const AdjudicateClaim command = decision_for(p, 1);
  p.desk.must("uw", p.ending(1, day("2026-06-01")));
  CHECK(p.desk.refused("handler", command) == refusals::kInputsChanged.name);
}

// ---- records that contradict

TEST_CASE("refusal 7052 contradiction: a record of certificates that does not follow") {
  Park p = park();
  p.desk.must("uw", p.adding({p.certificate(0)}));
  const auto follows = [&](const Event& event) {
    return check_follows(
        p.desk.house, {.seq = p.desk.house.head.seq + 1, .at = p.desk.now, .actor = {"uw"}}, event);
  };
  Certificate second = p.certificate(1);
  second.number = 2;
  const CertificatesAdded good{.policy = p.policy,
                               .terms = Park::terms(),
                               .certificates = {second},
                               .written = written_of(p.file())};
  CHECK(follows(good).ok());
  const auto changed = [&](auto change) {
    CertificatesAdded event = good;
    change(event);
    return !follows(event).ok();
  };
  CHECK(changed([](CertificatesAdded& e) { e.certificates[0].number = 3; }));
  CHECK(changed([&](CertificatesAdded& e) { e.certificates[0].enterprise = p.members[0]; }));
  CHECK(changed([](CertificatesAdded& e) { e.certificates[0].until = day("2027-03-02"); }));
  CHECK(changed([](CertificatesAdded& e) { e.certificates[0].limit = yuan(200'001); }));
  CHECK(changed([](CertificatesAdded& e) { e.certificates.clear(); }));
  CHECK(changed([](CertificatesAdded& e) { e.written.customer += fen(1); }));
  const CertificateEnded end{.policy = p.policy,
                             .number = 1,
                             .on = day("2026-06-01"),
                             .reason = "moved",
                             .written = written_of(p.file())};
  CHECK(follows(end).ok());
  CertificateEnded past = end;
  past.on = date_of(p.desk.now);
  CHECK(!follows(past).ok());
  CertificateEnded missing = end;
  missing.number = 2;
  CHECK(!follows(missing).ok());
}

}  // namespace
}  // namespace anlan::house
