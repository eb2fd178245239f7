#include "house/record.h"

#include <functional>

#include <doctest/doctest.h>

#include "house/journal_port_test.h"
#include "house/refusals.h"

namespace anlan::house {
namespace {

using journal_port::sealed_records;

Record known_record() {
  Record record{.at = Instant::from_micros(1'767'225'600'000'000),
                .kind = 10,
                .version = 1,
                .ordinal = 0,
                .count = 1,
                .actor = {"wang.uw"},
                .key = "bind-1",
                .input = sha256(bytes_of("command")),
                .body = {std::byte{0xAB}, std::byte{0xCD}},
                .chain = {}};
  seal(Head{}, record);
  return record;
}

TEST_CASE("record: the canonical bytes are those of docs/JOURNAL.md") {
  const std::string expected =
      "0100000000000000"  // seq
      "0040204648470600"  // at
      "0a00"
      "0100"  // kind, version
      "00000000"
      "01000000"  // ordinal, count
      "07000000"
      "77616e672e7577"  // actor
      "06000000"
      "62696e642d31"  // key
      + to_hex(sha256(bytes_of("command"))) + "02000000abcd";
  CHECK(to_hex(record_bytes(known_record())) == expected);
}

TEST_CASE("record: the chain is SHA-256 over the chain ahead and the bytes") {
  const Record record = known_record();
  ByteWriter joined;
  joined.raw(Digest{}.bytes);
  joined.raw(record_bytes(record));
  CHECK(record.chain == sha256(joined.bytes()));
}

TEST_CASE("record: a journal of whole commands walks to its head") {
  const auto records = sealed_records({}, 5, {.events = 3});
  ChainWalk walk;
  for (const Record& record : records) REQUIRE(walk.accept(record).ok());
  CHECK(walk.head() == Head{.seq = 15, .chain = records.back().chain});
}

struct Breach {
  const char* what;
  std::function<void(Record&)> change;
  RefusalCode code;
};

const std::vector<Breach>& breaches() {
  static const std::vector<Breach> kBreaches{
      {"seq one too high", [](Record& r) { ++r.seq; }, refusals::kSeqGap},
      {"seq again", [](Record& r) { --r.seq; }, refusals::kSeqGap},
      {"chain changed", [](Record& r) { r.chain.bytes[31] ^= std::byte{1}; },
       refusals::kChainBroken},
      {"body changed", [](Record& r) { r.body[0] ^= std::byte{1}; }, refusals::kChainBroken},
      {"kind changed", [](Record& r) { ++r.kind; }, refusals::kChainBroken},
      {"version changed", [](Record& r) { ++r.version; }, refusals::kChainBroken},
      {"actor changed", [](Record& r) { r.actor.text += "x"; }, refusals::kChainBroken},
      {"time before the record ahead", [](Record& r) { r.at = Instant::from_micros(1); },
       refusals::kTimeBackwards},
      {"time changed within a command", [](Record& r) { r.at = plus_minutes(r.at, 1); },
       refusals::kTimeBackwards},
      {"ordinal repeated", [](Record& r) { --r.ordinal; }, refusals::kCommandTorn},
      {"count changed within a command", [](Record& r) { ++r.count; }, refusals::kCommandTorn},
      {"a key in a later event", [](Record& r) { r.key = "k"; }, refusals::kCommandTorn},
      {"an input hash in a later event", [](Record& r) { r.input.bytes[0] = std::byte{1}; },
       refusals::kCommandTorn},
  };
  return kBreaches;
}

TEST_CASE("record: the first record that does not follow is refused with its seq") {
  for (const Breach& breach : breaches()) {
    CAPTURE(breach.what);
    auto records = sealed_records({}, 4, {.events = 3});
    breach.change(records[7]);
    ChainWalk walk;
    for (int i = 0; i < 7; ++i) REQUIRE(walk.accept(records[static_cast<std::size_t>(i)]).ok());
    const auto result = walk.accept(records[7]);
    REQUIRE(!result.ok());
    CHECK(result.refusal().code.name == breach.code.name);
    CHECK(result.refusal().args[0].value == "8");
    CHECK(walk.head().seq == 7);
  }
}

TEST_CASE("record: a first event without a key, or one that starts inside a command, is refused") {
  auto keyless = sealed_records({}, 1);
  keyless[0].key.clear();
  seal({}, keyless[0]);
  CHECK(ChainWalk().accept(keyless[0]).refusal().code == refusals::kCommandTorn);
  auto inside = sealed_records({}, 1, {.events = 2});
  inside[1].seq = 1;
  CHECK(ChainWalk().accept(inside[1]).refusal().code == refusals::kCommandTorn);
}

TEST_CASE("record: with chains recomputed after a change the walk still ends at another head") {
  auto records = sealed_records({}, 4);
  const Head before{.seq = records.back().seq, .chain = records.back().chain};
  records[1].body[0] ^= std::byte{1};
  Head head{.seq = 1, .chain = records[0].chain};
  for (std::size_t i = 1; i < records.size(); ++i) {
    seal(head, records[i]);
    head = Head{.seq = records[i].seq, .chain = records[i].chain};
  }
  ChainWalk walk;
  for (const Record& record : records) REQUIRE(walk.accept(record).ok());
  CHECK(walk.head().seq == before.seq);
  CHECK(walk.head() != before);
}

}  // namespace
}  // namespace anlan::house
