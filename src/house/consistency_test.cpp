#include "house/consistency.h"

#include <functional>
#include <map>

#include <doctest/doctest.h>

#include "base/random.h"
#include "house/desk_test.h"
#include "house/refusals.h"

namespace anlan::house {
namespace {

using namespace desk;

RecordIncidentFacts facts_found(IncidentId incident) {
  return {
      .incident = incident,
      .facts = {
          .days_unpatched = 47,
          .values = {{{"FP.BI"}, yuan(800'000), yuan(1'000'000)}},
          .other_insurance = OtherCover{.sum_insured = yuan(100'000), .paid = yuan(0)},
          .causes = std::vector<std::string>{},
          .lapses = {{.control = {"END-01"}, .from = day("2026-04-01"), .found_by = {"handler"}}},
          .note = "report of the adjuster",
          .evidence = sha256(bytes_of("report"))}};
}

// A year with every kind of event in it but a lapse.
Desk year() {
  Desk desk;
  desk.open();
  const PolicyId policy = desk.policy_in_force();
  const EnterpriseId enterprise = find_policy(desk.house, policy)->policy.enterprise;
  const OrderId order{desk.must("broker", PlaceOrder{.order = Desk::order(enterprise)})};
  desk.must("vendor", RecordObservation{.observation = desk.observation(order)});
  desk.must("finance", PayOrder{order});
  desk.must("broker",
            IssueDocument{.document = {.number = "1", .policy = policy, .signature = Bytes(64)}});
  const ClaimId claim = desk.claim(policy);
  desk.must("manager", ReturnClaim{claim, "the sales are missing"});
  desk.must("manager", facts_found(find_claim(desk.house, claim)->decision.incident));
  desk.must("handler", desk.adjudication(find_claim(desk.house, claim)->decision.incident));
  desk.must("manager", ApproveClaim{claim});
  desk.must("finance", PayClaim{claim});
  desk.must("manager", ReopenClaim{claim, "a late invoice"});
  desk.must("handler", desk.adjudication(find_claim(desk.house, claim)->decision.incident));
  desk.must("manager", ApproveClaim{claim});
  desk.must("op", ErasePersonalData{.subject = {7}, .reason = "asked for"});
  desk.must("uw", desk.cancellation(policy, plus_days(date_of(desk.now), 1)));
  desk.must("finance", PayRefund{policy});
  return desk;
}

std::vector<Record> records_of(Desk& desk) { return desk.journal.read(1, 1'000'000).value(); }

// What somebody who can write the file does: any content, and the chain made anew over it.
MemoryJournal rechained(std::vector<Record> records) {
  Head head;
  for (Record& record : records) {
    seal(head, record);
    head = Head{.seq = record.seq, .chain = record.chain};
  }
  MemoryJournal journal;
  ANLAN_CHECK(journal.append(records).ok());
  return journal;
}

template <class E>
std::vector<Record> changed(std::vector<Record> records, std::function<void(E&)> change) {
  for (Record& record : records) {
    if (record.kind != E::kKind) continue;
    Event event = read_event(record.kind, record.version, record.body).value();
    change(std::get<E>(event));
    record.body = event_bytes(event);
    return records;
  }
  ANLAN_CHECK(false);
}

// The posting by which the first decision holds its amount.
std::size_t place_of_reserve(const std::vector<Record>& records) {
  for (std::size_t n = 0; n < records.size(); ++n) {
    if (records[n].kind != MoneyPosted::kKind) continue;
    const Event event = read_event(records[n].kind, records[n].version, records[n].body).value();
    if (std::get<MoneyPosted>(event).posting.kind == PostingKind::kReserve) return n;
  }
  ANLAN_CHECK(false);
}

std::vector<Record> reserve_changed(std::vector<Record> records,
                                    const std::function<void(Posting&)>& change) {
  Record& record = records[place_of_reserve(records)];
  Event event = read_event(record.kind, record.version, record.body).value();
  change(std::get<MoneyPosted>(event).posting);
  record.body = event_bytes(event);
  return records;
}

// The decision as a command of its own that posts nothing; what came later is left out.
std::vector<Record> without_reserve(std::vector<Record> records) {
  const std::size_t place = place_of_reserve(records);
  records.resize(place);
  records.back().count = 1;
  return records;
}

TEST_CASE("consistency: a journal as it was written is replayed, event by event") {
  Desk desk = year();
  const auto replayed = replay(desk.journal);
  REQUIRE(replayed.ok());
  CHECK(*replayed == desk.house);
}

TEST_CASE("consistency: refusal 7052 contradiction names the record, the event and the field") {
  Desk desk = year();
  const std::vector<Record> good = records_of(desk);
  struct Row {
    std::string_view what;
    std::vector<Record> records;
    std::string_view event;
    std::string_view path;
  };
  const Row rows[] = {
      {"a policy of a quote that is not there",
       changed<PolicyBound>(good, [](PolicyBound& e) { e.policy.quote = {9'999}; }), "policy_bound",
       "quote"},
      {"a lapse that nobody found",
       changed<IncidentFactsRecorded>(
           good, [](IncidentFactsRecorded& e) { e.facts.lapses[0].found_by = {"nobody"}; }),
       "incident_facts_recorded", "lapses.found_by"},
      {"facts of an incident that is not there",
       changed<IncidentFactsRecorded>(good, [](IncidentFactsRecorded& e) { e.incident = {9'999}; }),
       "incident_facts_recorded", "incident"},
      {"a claim with somebody else's number",
       changed<ClaimAdjudicated>(good, [](ClaimAdjudicated& e) { e.decision.id = {3}; }),
       "claim_adjudicated", "id"},
      {"more left of the year than there was",
       changed<ClaimAdjudicated>(
           good, [](ClaimAdjudicated& e) { e.decision.settlement.aggregate_left = yuan(400'001); }),
       "claim_adjudicated", "aggregate_left"},
      {"a payment that is not what was decided",
       changed<ClaimPaid>(good, [](ClaimPaid& e) { e.amount += fen(1); }), "claim_paid", "amount"},
      {"the approval of a claim that is not there",
       changed<ClaimApproved>(good, [](ClaimApproved& e) { e.claim = {9'999}; }), "claim_approved",
       "claim"},
      {"premium in another currency",
       changed<PremiumReceived>(
           good, [](PremiumReceived& e) { e.amount = Money::from_minor(1, Currency::kUsd); }),
       "premium_received", "amount"},
      {"an amount beyond all amounts",
       changed<OrderPlaced>(
           good,
           [](OrderPlaced& e) { e.order.price = Money::from_minor(INT64_MAX, Currency::kCny); }),
       "order_placed", "price"},
      {"a posting between one account and itself",
       changed<MoneyPosted>(good, [](MoneyPosted& e) { e.posting.credit = e.posting.debit; }),
       "money_posted", "posting.credit"},
      {"a posting of one fen more than its event",
       changed<MoneyPosted>(good, [](MoneyPosted& e) { e.posting.amount += fen(1); }),
       "money_posted", "posting.amount"},
      {"a reserve that is posted at once",
       reserve_changed(good, [](Posting& posting) { posting.kind = PostingKind::kPost; }),
       "money_posted", "posting.kind"},
      {"a reserve of another amount",
       reserve_changed(good, [](Posting& posting) { posting.amount -= fen(1); }), "money_posted",
       "posting.amount"},
      {"a decision without its reserve", without_reserve(good), "claim_adjudicated", "posting"},
      {"a payable amount that was not settled",
       changed<ClaimAdjudicated>(good, [](ClaimAdjudicated& e) { e.decision.payable += fen(1); }),
       "claim_adjudicated", "payable"},
      {"nothing, in another currency",
       changed<ClaimAdjudicated>(good,
                                 [](ClaimAdjudicated& e) {
                                   e.decision.settlement.mitigation_paid =
                                       Money::zero(Currency::kUsd);
                                 }),
       "claim_adjudicated", "mitigation_paid"},
      {"an end of cover on the day of the notice",
       changed<PolicyCancelled>(good, [](PolicyCancelled& e) { e.on = plus_days(e.on, -1); }),
       "policy_cancelled", "on"},
      {"more devices seen than there are",
       changed<ObservationRecorded>(good, [](ObservationRecorded& e) { e.observation.seen = 9; }),
       "observation_recorded", "seen"},
      {"the same company twice",
       [&] {
         std::vector<Record> twice = good;
         const auto first = std::find_if(twice.begin(), twice.end(), [](const Record& record) {
           return record.kind == EnterpriseRegistered::kKind;
         });
         Record again = *first;
         EnterpriseRegistered event = std::get<EnterpriseRegistered>(
             read_event(again.kind, again.version, again.body).value());
         event.enterprise.id.number = first->seq + 1;
         again.body = event_bytes(event);
         again.key = "again";
         twice.resize(first->seq);
         twice.push_back(again);
         return twice;
       }(),
       "enterprise_registered", "credit_code"},
      {"an actor whom nobody appointed",
       [&] {
         std::vector<Record> other = good;
         for (Record& record : other) {
           if (record.kind == QuoteIssued::kKind) record.actor = {"stranger"};
         }
         return other;
       }(),
       "quote_issued", "actor"},
      {"a house that was never opened", {good.begin() + 1, good.end()}, "actor_appointed", "house"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    MemoryJournal journal = rechained(row.records);
    const auto replayed = replay(journal);
    REQUIRE(!replayed.ok());
    const Refusal& refusal = replayed.refusal();
    CHECK(refusal.code.name == refusals::kContradiction.name);
    CHECK(refusal.path == row.path);
    REQUIRE(refusal.args.size() == 2);
    CHECK(refusal.args[0].name == "seq");
    CHECK(refusal.args[1].value == row.event);
  }
}

TEST_CASE("consistency: every posting of a year is its event's own, and none is left out") {
  Desk desk = year();
  const std::vector<Record> good = records_of(desk);
  const std::function<void(Posting&)> changes[] = {
      [](Posting& p) { p.amount += fen(1); },
      [](Posting& p) { p.amount = Money::from_minor(p.amount.minor(), Currency::kUsd); },
      [](Posting& p) { ++p.debit.owner; },
      [](Posting& p) { ++p.credit.owner; },
      [](Posting& p) { std::swap(p.debit, p.credit); },
      [](Posting& p) { --p.business; },
      [](Posting& p) { ++p.reserve.number; },
      [](Posting& p) {
        p.kind = p.kind == PostingKind::kPost ? PostingKind::kReserve : PostingKind::kPost;
      }};
  std::size_t postings = 0;
  for (std::size_t place = 0; place < good.size(); ++place) {
    if (good[place].kind != MoneyPosted::kKind) continue;
    ++postings;
    CAPTURE(place);
    const Event event = read_event(good[place].kind, good[place].version, good[place].body).value();
    for (const auto& change : changes) {
      MoneyPosted forged = std::get<MoneyPosted>(event);
      change(forged.posting);
      std::vector<Record> records = good;
      records[place].body = event_bytes(forged);
      MemoryJournal journal = rechained(records);
      const auto replayed = replay(journal);
      REQUIRE(!replayed.ok());
      CHECK(replayed.refusal().code.name == refusals::kContradiction.name);
    }
    // The command ends in front of this posting, and so does the journal.
    std::vector<Record> short_of(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(place));
    for (std::size_t n = 0; n < good[place].ordinal; ++n)
      short_of[place - 1 - n].count = good[place].ordinal;
    MemoryJournal journal = rechained(short_of);
    const auto replayed = replay(journal);
    REQUIRE(!replayed.ok());
    CHECK(replayed.refusal().path == "posting");
  }
  CHECK(postings > 15);
}

TEST_CASE("replay: a journal whose last command is cut short is refused as torn") {
  Desk desk = year();
  std::vector<Record> records = records_of(desk);
  while (records.back().ordinal + 1 == records.back().count) {
    if (records.back().count > 1) {
      records.pop_back();
      break;
    }
    records.pop_back();
  }
  REQUIRE(records.back().ordinal + 1 < records.back().count);
  MemoryJournal journal = rechained(records);
  const auto replayed = replay(journal);
  REQUIRE(!replayed.ok());
  CHECK(replayed.refusal().code.name == refusals::kCommandTorn.name);
  CHECK(replayed.refusal().args[0].value == std::to_string(records.size()));
}

class Forger {
 public:
  Forger(std::vector<Record> good, std::uint64_t seed)
      : good_(std::move(good)), random_(RandomKey{.seed = seed}) {}

  std::vector<Record> forged() {
    std::vector<Record> records = good_;
    const std::size_t place = below(records.size());
    Record& record = records[place];
    switch (below(6)) {
      case 0:  // the event of another record
        copy_event(record, records[below(records.size())]);
        break;
      case 1:  // two events change places
        swap_events(record, records[below(records.size())]);
        break;
      case 2:
        record.actor = records[below(records.size())].actor;
        break;
      case 3: {  // a small number instead of eight bytes: an id of something else
        const std::size_t at = below(record.body.size());
        for (std::size_t i = at; i < std::min(at + 8, record.body.size()); ++i)
          record.body[i] = std::byte{0};
        record.body[std::min(at + 7, record.body.size() - 1)] = static_cast<std::byte>(below(90));
        break;
      }
      default:
        for (std::uint64_t i = below(3) + 1; i > 0; --i)
          record.body[below(record.body.size())] = static_cast<std::byte>(below(256));
    }
    return records;
  }

 private:
  std::uint64_t below(std::uint64_t count) { return random_.bits(draw_++) % count; }
  static void copy_event(Record& to, const Record& from) {
    to.kind = from.kind;
    to.version = from.version;
    to.body = from.body;
  }
  static void swap_events(Record& a, Record& b) {
    const Record kept = a;
    copy_event(a, b);
    copy_event(b, kept);
  }

  std::vector<Record> good_;
  RandomStream random_;
  std::uint64_t draw_ = 0;
};

TEST_CASE(
    "replay: any forged content with a chain that holds is refused or replayed, never a stop") {
  Desk desk = year();
  Forger forger(records_of(desk), 20'261'122);
  std::map<std::string_view, int> ends;
  for (int round = 0; round < 2'000; ++round) {
    CAPTURE(round);
    MemoryJournal journal = rechained(forger.forged());
    const auto replayed = replay(journal);
    ++ends[replayed.ok() ? "replayed" : replayed.refusal().code.name];
    if (!replayed.ok()) continue;
    for (const auto& [id, file] : replayed->policies) {
      CHECK(aggregate_left(*replayed, file) <=
            find_quote(*replayed, file.policy.quote)->quote.aggregate_limit);
      CHECK(name_of(policy_state(file, desk.now)).size() > 0);
    }
    CHECK(replayed->ledger.sum_of_balances(Currency::kCny).is_zero());
  }
  CHECK(ends["replayed"] > 100);
  CHECK(ends[refusals::kContradiction.name] > 300);
  CHECK(ends[refusals::kEventMalformed.name] > 50);
  CHECK(ends.size() == 3);
}

}  // namespace
}  // namespace anlan::house
