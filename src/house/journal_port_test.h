// The shared test of the Journal port: sentences that hold for every implementation. A test makes a
// fresh empty journal for each row and expects holds(journal) to be true:
//
//   for (const JournalBehaviour& row : kJournalBehaviours) { ...; CHECK(row.holds(*journal)); }
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "house/journal_refusals.h"
#include "house/ports.h"

namespace anlan::house::journal_port {

struct CommandShape {
  std::uint32_t events = 1;
  std::size_t body_bytes = 40;
};

// Records of `commands` commands, sealed to follow `head`; every field differs between records.
inline std::vector<Record> sealed_records(Head head, std::size_t commands,
                                          CommandShape shape = {}) {
  std::vector<Record> records;
  for (std::size_t c = 0; c < commands; ++c) {
    const std::uint64_t first_seq = head.seq + 1;
    for (std::uint32_t ordinal = 0; ordinal < shape.events; ++ordinal) {
      Record record{.at = Instant::from_micros(static_cast<std::int64_t>(1'000'000 + first_seq)),
                    .kind = static_cast<std::uint16_t>(1 + head.seq % 40'000),
                    .version = static_cast<std::uint16_t>(1 + head.seq % 3),
                    .ordinal = ordinal,
                    .count = shape.events,
                    .actor = {"actor-" + std::to_string(first_seq % 5)},
                    .key = ordinal == 0 ? "key-" + std::to_string(first_seq) : "",
                    .input = ordinal == 0 ? sha256(bytes_of(std::to_string(first_seq))) : Digest{},
                    .body = Bytes(shape.body_bytes),
                    .chain = {}};
      for (std::size_t i = 0; i < record.body.size(); ++i) {
        record.body[i] = static_cast<std::byte>((head.seq * 7 + i) & 0xFF);
      }
      seal(head, record);
      head = Head{.seq = record.seq, .chain = record.chain};
      records.push_back(std::move(record));
    }
  }
  return records;
}

inline bool refused_with(const Result<Done>& result, RefusalCode code) {
  return !result.ok() && result.refusal().code == code;
}

inline bool stores(Journal& journal, const std::vector<Record>& records) {
  const auto found = journal.read(1, records.size() + 1);
  return found.ok() && found.value() == records;
}

inline bool empty_has_no_head(Journal& journal) {
  return journal.head().ok() && journal.head().value() == Head{} && stores(journal, {});
}

inline bool reads_what_was_appended(Journal& journal) {
  const auto records = sealed_records({}, 7, {.events = 3});
  return journal.append(records).ok() && stores(journal, records);
}

inline bool head_is_of_last_record(Journal& journal) {
  const auto records = sealed_records({}, 2, {.events = 2});
  if (!journal.append(records).ok()) return false;
  const auto head = journal.head();
  return head.ok() && head->seq == 4 && head->chain == records.back().chain;
}

inline bool appends_follow_each_other(Journal& journal) {
  std::vector<Record> all;
  for (int round = 0; round < 20; ++round) {
    const auto more =
        sealed_records(journal.head().value(), 1 + static_cast<std::size_t>(round % 3));
    if (!journal.append(more).ok()) return false;
    all.insert(all.end(), more.begin(), more.end());
  }
  ChainWalk walk;
  for (const Record& record : all) {
    if (!walk.accept(record).ok()) return false;
  }
  return stores(journal, all) && walk.head() == journal.head().value();
}

inline bool reads_parts(Journal& journal) {
  const auto records = sealed_records({}, 10);
  if (!journal.append(records).ok()) return false;
  const auto middle = journal.read(4, 3);
  const auto rest = journal.read(9, 100);
  const auto none = journal.read(11, 5);
  return middle.ok() && middle.value() == std::vector(records.begin() + 3, records.begin() + 6) &&
         rest.ok() && rest.value() == std::vector(records.begin() + 8, records.end()) &&
         none.ok() && none->empty();
}

inline bool refuses_records_that_do_not_follow(Journal& journal) {
  const auto records = sealed_records({}, 3);
  if (!journal.append(records).ok()) return false;
  const Head head = journal.head().value();
  auto gap = sealed_records({.seq = head.seq + 1, .chain = head.chain}, 1);
  auto again = std::vector(records.end() - 1, records.end());
  auto other_past = sealed_records({.seq = head.seq, .chain = {}}, 1);
  auto altered = sealed_records(head, 3);
  altered[1].body.push_back(std::byte{1});
  auto swapped = sealed_records(head, 3);
  std::swap(swapped[1], swapped[2]);
  for (const auto& wrong : {gap, again, other_past, altered, swapped}) {
    if (!refused_with(journal.append(wrong), refusals::kNotAfterHead)) return false;
    if (!stores(journal, records)) return false;
  }
  return journal.append(sealed_records(head, 1)).ok();
}

inline bool keeps_every_byte(Journal& journal) {
  std::vector<Record> records;
  Head head;
  const auto add = [&](std::size_t body_bytes) {
    auto one = sealed_records(head, 1, {.events = 1, .body_bytes = body_bytes});
    one[0].at = Instant::from_micros(INT64_MAX - 100);
    one[0].kind = UINT16_MAX;
    one[0].version = UINT16_MAX;
    one[0].actor.text = std::string(64, 'z');
    one[0].key = std::string(255, '~');
    seal(head, one[0]);
    head = Head{.seq = one[0].seq, .chain = one[0].chain};
    records.push_back(one[0]);
  };
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{1}, std::size_t{256}, std::size_t{1} << 20})
    add(size);
  return journal.append(records).ok() && stores(journal, records);
}

inline bool appends_nothing(Journal& journal) {
  const auto records = sealed_records({}, 1);
  return journal.append({}).ok() && journal.append(records).ok() && journal.append({}).ok() &&
         stores(journal, records);
}

struct JournalBehaviour {
  std::string_view sentence;
  bool (*holds)(Journal& empty_journal);
};

inline constexpr std::array kJournalBehaviours{
    JournalBehaviour{"an empty journal has the zero head and no record", empty_has_no_head},
    JournalBehaviour{"what was appended is read back, field by field", reads_what_was_appended},
    JournalBehaviour{"the head is that of the last record", head_is_of_last_record},
    JournalBehaviour{"appends follow each other and the chain holds", appends_follow_each_other},
    JournalBehaviour{"a part is read from any seq, fewer only at the end", reads_parts},
    JournalBehaviour{"records that do not follow are refused and none is stored",
                     refuses_records_that_do_not_follow},
    JournalBehaviour{"the largest and smallest values come back as they went in", keeps_every_byte},
    JournalBehaviour{"appending nothing changes nothing", appends_nothing},
};

}  // namespace anlan::house::journal_port
