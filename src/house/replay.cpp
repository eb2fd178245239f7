#include "house/replay.h"

#include "house/event_codec.h"
#include "house/evolve.h"

namespace anlan::house {

Result<Done> accept_record(House& house, const Record& record) {
  ANLAN_TRY(const domain::Event event, read_event(record.kind, record.version, record.body));
  evolve(house, EventContext{.seq = record.seq, .at = record.at, .actor = record.actor}, event);
  if (record.ordinal == 0) {
    house.keys[{record.actor, record.key}] = KeyUse{
        .input = record.input, .first_seq = record.seq, .last_seq = record.seq + record.count - 1};
  }
  house.head = Head{.seq = record.seq, .chain = record.chain};
  house.last_at = record.at;
  return Done{};
}

Result<House> replay(Journal& journal) {
  constexpr std::size_t kRecordsPerRead = 1024;
  House house;
  ChainWalk walk;
  for (;;) {
    ANLAN_TRY(const std::vector<Record> records, journal.read(house.head.seq + 1, kRecordsPerRead));
    if (records.empty()) return house;
    for (const Record& record : records) {
      ANLAN_REQUIRE(walk.accept(record));
      ANLAN_REQUIRE(accept_record(house, record));
    }
  }
}

}  // namespace anlan::house
