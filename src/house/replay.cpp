#include "house/replay.h"

#include <optional>
#include <vector>

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

namespace {

// Records that were read and whose chain was walked, and what was wrong behind them.
struct Stretch {
  std::vector<Record> records;
  std::optional<Refusal> refused;
};

Stretch read_stretch(Journal& journal, ChainWalk& walk, std::uint64_t from) {
  constexpr std::size_t kRecordsPerRead = 1024;
  Stretch out;
  Result<std::vector<Record>> read = journal.read(from, kRecordsPerRead);
  if (!read.ok()) {
    out.refused = read.refusal();
    return out;
  }
  std::vector<Record> records = std::move(read).value();
  for (Record& record : records) {
    if (const Result<Done> follows = walk.accept(record); !follows.ok()) {
      out.refused = follows.refusal();
      return out;
    }
    out.records.push_back(std::move(record));
  }
  return out;
}

Result<Done> accept_all(House& house, const std::vector<Record>& records) {
  for (const Record& record : records) ANLAN_REQUIRE(accept_record(house, record));
  return Done{};
}

}  // namespace

Result<House> replay(Journal& journal, Executor& executor) {
  House house;
  ChainWalk walk;
  Stretch now = read_stretch(journal, walk, 1);
  for (;;) {
    // The next stretch is read while this one is taken in.
    Stretch next;
    Result<Done> accepted = Done{};
    executor.run(2, [&](std::size_t part) {
      if (part == 0) {
        accepted = accept_all(house, now.records);
      } else if (!now.refused && !now.records.empty()) {
        next = read_stretch(journal, walk, now.records.back().seq + 1);
      }
    });
    ANLAN_REQUIRE(accepted);
    if (now.refused) return *now.refused;
    if (now.records.empty()) {
      ANLAN_REQUIRE(walk.finish());
      return house;
    }
    now = std::move(next);
  }
}

Result<House> replay(Journal& journal) {
  SerialExecutor one;
  return replay(journal, one);
}

}  // namespace anlan::house
