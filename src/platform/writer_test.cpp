#include "platform/writer.h"

#include <set>

#include <doctest/doctest.h>

#include "house/journal_refusals.h"
#include "house/memory_ports.h"
#include "house/refusals.h"
#include "house/replay.h"
#include "platform/refusals.h"
#include "platform/testing.h"

namespace anlan::platform {
namespace {

using namespace testing;
using house::Envelope;

constexpr std::int64_t kStart = 1'767'225'600'000'000;  // 2026-01-01T00:00:00Z
const house::PublicKey kKey = house::TestSigner().public_key();

// A writer over a journal that can fail, with actors and one enterprise.
struct Desk {
  house::MemoryJournal memory;
  house::FaultyJournal journal{memory};
  house::FixedClock clock{Instant::from_micros(kStart)};
  Writer writer{journal, clock, house::House{}};
  domain::EnterpriseId enterprise;

  Desk() {
    for (const auto& answer : writer.submit(opening_commands(kKey))) REQUIRE(answer.ok());
    enterprise = writer.house().enterprises.begin()->first;
  }
  Envelope order(const std::string& key, std::int64_t price = 5'000) const {
    return order_command(enterprise, key, price);
  }
  house::House replayed() { return house::replay(memory).value(); }
  std::size_t uses_of(const std::string& key) {
    std::size_t count = 0;
    const auto all = memory.read(1, 1'000'000).value();
    for (const auto& record : all) count += record.key == key ? 1 : 0;
    return count;
  }
};

TEST_CASE("writer: an answer names the records that the command became") {
  Desk desk;
  const std::uint64_t before = desk.writer.house().head.seq;
  const auto answer = desk.writer.submit(desk.order("o1"));
  REQUIRE(answer.ok());
  CHECK(answer->first_seq == before + 1);
  CHECK(answer->last_seq > answer->first_seq);
  CHECK(answer->last_seq == desk.memory.head()->seq);
  CHECK(answer->at == Instant::from_micros(kStart));
  CHECK_FALSE(answer->repeated);
}

TEST_CASE(
    "writer: the same key and input give the same answer and write nothing, also after a restart") {
  Desk desk;
  const Answer first = desk.writer.submit(desk.order("o1")).value();
  desk.clock.set(Instant::from_micros(kStart + 1'000'000));
  REQUIRE(desk.writer.submit(desk.order("o2")).ok());
  const std::uint64_t seq = desk.memory.head()->seq;
  Answer expected = first;
  expected.repeated = true;
  CHECK(desk.writer.submit(desk.order("o1")).value() == expected);
  Writer restarted(desk.journal, desk.clock, desk.replayed());
  CHECK(restarted.submit(desk.order("o1")).value() == expected);
  CHECK(restarted.find_answer({"broker"}, "o1").value() == std::optional(expected));
  CHECK(restarted.find_answer({"broker"}, "o3").value() == std::nullopt);
  CHECK(desk.memory.head()->seq == seq);
}

TEST_CASE(
    "writer: the same key with other inputs is refused, the same key of another actor is not") {
  Desk desk;
  REQUIRE(desk.writer.submit(desk.order("k", 5'000)).ok());
  const auto other = desk.writer.submit(desk.order("k", 5'001));
  REQUIRE(!other.ok());
  CHECK(other.refusal().code == house::refusals::kKeyReused);
  const auto order = desk.writer.house().orders.begin()->first;
  CHECK(desk.writer.submit(pay_command(order, "k")).ok());
}

TEST_CASE("writer: a key that comes twice in one batch gets the first one's answer") {
  Desk desk;
  const Envelope batch[] = {desk.order("a"), desk.order("b"), desk.order("a"), desk.order("b", 1),
                            desk.order("a")};
  const auto answers = desk.writer.submit(batch);
  REQUIRE(answers[0].ok());
  Answer again = answers[0].value();
  again.repeated = true;
  CHECK(answers[2].value() == again);
  CHECK(answers[4].value() == again);
  CHECK(answers[3].refusal().code == house::refusals::kKeyReused);
  CHECK(desk.uses_of("a") == 1);
  CHECK(desk.uses_of("b") == 1);
}

TEST_CASE("writer: a refused command writes nothing and its key stays free") {
  Desk desk;
  const std::uint64_t seq = desk.memory.head()->seq;
  CHECK_FALSE(desk.writer.submit(order_command({4'711}, "k", 100)).ok());
  CHECK(desk.memory.head()->seq == seq);
  CHECK(desk.writer.submit(desk.order("k")).ok());
}

TEST_CASE("writer: a command sees those ahead of it in the batch, and one append stores all") {
  Desk desk;
  const std::uint64_t appends = desk.journal.appends_seen();
  const domain::OrderId next{desk.writer.house().head.seq + 1};
  const Envelope batch[] = {desk.order("o"), pay_command(next, "p"), pay_command(next, "q")};
  const auto answers = desk.writer.submit(batch);
  CHECK(answers[0].ok());
  CHECK(answers[1].ok());
  CHECK(answers[2].refusal().code == house::refusals::kAlreadyDone);
  CHECK(desk.journal.appends_seen() == appends + 1);
  CHECK(desk.writer.house() == desk.replayed());
}

TEST_CASE("writer: a key has 1 to 255 printable characters without blanks, an actor is a name") {
  Desk desk;
  for (const std::string& key :
       {std::string(), std::string(256, 'k'), std::string("two words"), std::string("tab\t"),
        std::string("密钥"), std::string("del\x7f")}) {
    CAPTURE(key);
    const auto refused = desk.writer.submit(desk.order(key));
    REQUIRE(!refused.ok());
    CHECK(refused.refusal().code == house::refusals::kKeyMalformed);
  }
  CHECK(desk.writer.submit(desk.order(std::string(255, '~'))).ok());
  Envelope nameless = desk.order("k");
  nameless.actor.text = "no name";
  CHECK(desk.writer.submit(nameless).refusal().code == anlan::refusals::kNameMalformed);
}

TEST_CASE("writer: an event above the limit of a record is refused") {
  Desk desk;
  Envelope large = register_command(2, {});
  std::get<house::RegisterEnterprise>(large.command).enterprise.legal_name =
      std::string(17 << 20, 'x');
  const auto refused = desk.writer.submit(large);
  REQUIRE(!refused.ok());
  CHECK(refused.refusal().code.name == refusals::kRecordTooLarge.name);
  CHECK(desk.writer.house() == desk.replayed());
}

TEST_CASE("writer: time never goes back, whatever the clock says") {
  Desk desk;
  desk.clock.set(Instant::from_micros(kStart + 500));
  REQUIRE(desk.writer.submit(desk.order("a")).ok());
  desk.clock.set(Instant::from_micros(kStart - 3'600'000'000));
  CHECK(desk.writer.submit(desk.order("b"))->at == Instant::from_micros(kStart + 500));
  desk.clock.set(Instant::from_micros(kStart + 501));
  CHECK(desk.writer.submit(desk.order("c"))->at == Instant::from_micros(kStart + 501));
  CHECK(house::replay(desk.memory).ok());
}

TEST_CASE(
    "writer: when the disk is full the batch is refused, known keys are answered, and it resumes") {
  Desk desk;
  const Answer known = desk.writer.submit(desk.order("known")).value();
  const house::House before = desk.writer.house();
  desk.journal.fill_disk();
  const Envelope batch[] = {desk.order("a"), desk.order("known"), desk.order("b"),
                            order_command({4'711}, "c", 100)};
  for (int round = 0; round < 3; ++round) {
    CAPTURE(round);
    const auto answers = desk.writer.submit(batch);
    for (const int i : {0, 2}) {
      CHECK(answers[static_cast<std::size_t>(i)].refusal().code == house::refusals::kDiskFull);
    }
    CHECK(answers[1]->first_seq == known.first_seq);
    CHECK_FALSE(answers[3].ok());
    CHECK(desk.writer.read_only());
    CHECK(desk.writer.house() == before);
    CHECK(desk.replayed() == before);
  }
  // While read-only one command alone is tried, not the batch.
  CHECK(desk.journal.appends_seen() == 2 + 3);
  desk.journal.free_disk();
  const auto answers = desk.writer.submit(batch);
  CHECK(answers[0].ok());
  CHECK(answers[2].ok());
  CHECK_FALSE(desk.writer.read_only());
  CHECK(desk.uses_of("a") == 1);
  CHECK(desk.writer.house() == desk.replayed());
}

TEST_CASE("writer: an append refused after the probe got through leaves what the probe stored") {
  Desk desk;
  desk.journal.refuse_append(1);
  CHECK_FALSE(desk.writer.submit(desk.order("a")).ok());
  REQUIRE(desk.writer.read_only());
  desk.journal.refuse_append(2);
  const Envelope batch[] = {desk.order("a"), desk.order("b"), desk.order("a")};
  const auto answers = desk.writer.submit(batch);
  CHECK(answers[0].ok());
  CHECK(answers[1].refusal().code == house::refusals::kStorageFailed);
  CHECK(answers[2]->repeated);
  CHECK(desk.writer.read_only());
  CHECK(desk.writer.house() == desk.replayed());
  CHECK(desk.uses_of("a") == 1);
  CHECK(desk.uses_of("b") == 0);
}

TEST_CASE("writer: when the journal cannot even be read back everything is refused until it can") {
  Desk desk;
  desk.journal.refuse_append(1);
  desk.journal.refuse_reads(true);
  CHECK_FALSE(desk.writer.submit(desk.order("a")).ok());
  CHECK(desk.writer.broken());
  CHECK_FALSE(desk.writer.submit(desk.order("a")).ok());
  CHECK_FALSE(desk.writer.find_answer({"broker"}, "a").ok());
  desk.journal.refuse_reads(false);
  CHECK(desk.writer.submit(desk.order("a")).ok());
  CHECK_FALSE(desk.writer.broken());
  CHECK(desk.writer.house() == desk.replayed());
}

TEST_CASE(
    "writer: replay equals live after random commands in random batches with random failures") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    CAPTURE(seed);
    Desk desk;
    std::mt19937_64 random(seed);
    std::set<std::string> acknowledged;
    for (int round = 0; round < 60; ++round) {
      std::vector<Envelope> batch;
      const std::size_t size = 1 + random() % 8;
      for (std::size_t i = 0; i < size; ++i) {
        const std::string key = std::to_string(random() % 2'000);
        batch.push_back(random_command(desk.writer.house(), random, key));
      }
      if (random() % 5 == 0) desk.journal.refuse_append(1);
      desk.clock.set(
          Instant::from_micros(kStart + static_cast<std::int64_t>(random() % 10'000'000)));
      const auto answers = desk.writer.submit(batch);
      for (std::size_t i = 0; i < size; ++i) {
        if (answers[i].ok()) acknowledged.insert(batch[i].actor.text + "/" + batch[i].key);
      }
      REQUIRE(desk.writer.house().head == desk.memory.head().value());
    }
    REQUIRE(desk.writer.house() == desk.replayed());
    CHECK(acknowledged.size() > 20);
    std::map<std::string, int> found;
    const auto all = desk.memory.read(1, 1'000'000).value();
    for (const auto& record : all) {
      if (record.ordinal == 0) ++found[record.actor.text + "/" + record.key];
    }
    for (const std::string& key : acknowledged) CHECK(found[key] == 1);
    for (const auto& [key, times] : found) CHECK(times == 1);
  }
}

}  // namespace
}  // namespace anlan::platform
