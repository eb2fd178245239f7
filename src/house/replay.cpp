#include "house/replay.h"

#include "house/consistency.h"
#include "house/event_codec.h"
#include "house/evolve.h"

namespace anlan::house {
namespace {

Refusal at_seq(Refusal refusal, std::uint64_t seq) {
  refusal.args.insert(refusal.args.begin(), {.name = "seq", .value = std::to_string(seq)});
  return refusal;
}

}  // namespace

Result<domain::Event> read_event_of(const Record& record) {
  Result<domain::Event> event = read_event(record.kind, record.version, record.body);
  if (event.ok()) return event;
  return at_seq(event.refusal(), record.seq);
}

Result<Done> accept_event(House& house, const Record& record, const domain::Event& event) {
  const EventContext context{.seq = record.seq, .at = record.at, .actor = record.actor};
  const Result<Done> follows = check_follows(house, context, event);
  if (!follows.ok()) return at_seq(follows.refusal(), record.seq);
  evolve(house, context, event);
  if (record.ordinal + 1 == record.count) {
    const Result<Done> booked = check_booked(house, event);
    if (!booked.ok()) return at_seq(booked.refusal(), record.seq);
  }
  if (record.ordinal == 0) {
    house.keys[{record.actor, record.key}] = KeyUse{
        .input = record.input, .first_seq = record.seq, .last_seq = record.seq + record.count - 1};
  }
  house.head = Head{.seq = record.seq, .chain = record.chain};
  house.last_at = record.at;
  return Done{};
}

Result<Done> accept_record(House& house, const Record& record) {
  ANLAN_TRY(const domain::Event event, read_event_of(record));
  return accept_event(house, record, event);
}

Result<House> replay(Journal& journal) {
  constexpr std::size_t kRecordsPerRead = 1024;
  House house;
  ChainWalk walk;
  for (;;) {
    ANLAN_TRY(const std::vector<Record> records, journal.read(house.head.seq + 1, kRecordsPerRead));
    if (records.empty()) {
      ANLAN_REQUIRE(walk.finish());
      return house;
    }
    for (const Record& record : records) {
      ANLAN_REQUIRE(walk.accept(record));
      ANLAN_REQUIRE(accept_record(house, record));
    }
  }
}

}  // namespace anlan::house
