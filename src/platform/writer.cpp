#include "platform/writer.h"

#include <algorithm>

#include "house/decide.h"
#include "house/event_codec.h"
#include "house/refusals.h"
#include "house/replay.h"
#include "platform/journal_sqlite.h"
#include "platform/refusals.h"

namespace anlan::platform {
namespace {

using house::Envelope;
using house::Record;

Result<Done> check_key(const std::string& key) {
  const bool printable =
      std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c < 127; });
  if (!key.empty() && key.size() <= kKeyCharactersMax && printable) return Done{};
  return Refusal{.code = house::refusals::kKeyMalformed,
                 .path = "key",
                 .value = key,
                 .args = {{.name = "limit", .value = std::to_string(kKeyCharactersMax)}},
                 .at = {}};
}

Result<Done> check_size(const Record& record) {
  if (record.body.size() <= kBodyBytesMax) return Done{};
  return Refusal{.code = refusals::kRecordTooLarge,
                 .path = "command",
                 .value = std::to_string(record.body.size()),
                 .args = {{.name = "limit", .value = std::to_string(kBodyBytesMax)}},
                 .at = {}};
}

Answer answer_of(std::span<const Record> records) {
  return Answer{.first_seq = records.front().seq,
                .last_seq = records.back().seq,
                .at = records.front().at,
                .repeated = false};
}

}  // namespace

Writer::Writer(house::Journal& journal, house::Clock& clock, house::House house)
    : journal_(&journal), clock_(&clock), house_(std::move(house)), durable_seq_(house_.head.seq) {}

const house::House& Writer::house() const {
  ANLAN_CHECK(!broken_);
  return house_;
}

std::vector<Result<Answer>> Writer::submit(std::span<const Envelope> batch) {
  ANLAN_CHECK(batch.size() <= kBatchCommandsMax);
  if (broken_) replay_again();
  if (broken_) return std::vector<Result<Answer>>(batch.size(), *broken_);

  probe_refused_.reset();
  std::vector<Result<Answer>> answers;
  answers.reserve(batch.size());
  for (const Envelope& envelope : batch) answers.push_back(handle(envelope));

  const Result<Done> stored = append_staged();
  if (stored.ok()) return answers;
  // What was decided here was decided on a state that never came to be.
  for (Result<Answer>& answer : answers) {
    const bool durable = answer.ok() && answer->last_seq <= durable_seq_;
    if (!durable) answer = stored.refusal();
  }
  read_only_ = true;
  replay_again();
  return answers;
}

Result<Answer> Writer::submit(const Envelope& envelope) {
  return std::move(submit(std::span(&envelope, 1)).front());
}

Result<std::optional<Answer>> Writer::find_answer(const domain::ActorName& actor,
                                                  const std::string& key) {
  if (broken_) return *broken_;
  const auto use = house_.keys.find({actor, key});
  if (use == house_.keys.end()) return std::optional<Answer>{};
  ANLAN_TRY(const Answer answer, repeat(use->second));
  return std::optional<Answer>(answer);
}

Result<Answer> Writer::handle(const Envelope& envelope) {
  ANLAN_REQUIRE(parse_name_text(envelope.actor.text, "actor"));
  ANLAN_REQUIRE(check_key(envelope.key));
  const Digest input = house::input_digest(envelope);
  const auto use = house_.keys.find({envelope.actor, envelope.key});
  if (use == house_.keys.end()) return handle_new(envelope, input);
  if (use->second.input == input) return repeat(use->second);
  return Refusal{.code = house::refusals::kKeyReused,
                 .path = "key",
                 .value = envelope.key,
                 .args = {{.name = "seq", .value = std::to_string(use->second.first_seq)}},
                 .at = {}};
}

Result<Answer> Writer::handle_new(const Envelope& envelope, const Digest& input) {
  if (probe_refused_) return *probe_refused_;
  ANLAN_TRY(std::vector<Record> records, decide_records(envelope, input));
  const Answer answer = answer_of(records);
  if (read_only_) {
    ANLAN_REQUIRE(probe(records));
    accept(records);
  } else {
    accept(records);
    std::move(records.begin(), records.end(), std::back_inserter(staged_));
  }
  return answer;
}

// `at` stands in the records: in the journal, or in what this batch has staged.
Result<Answer> Writer::repeat(const house::KeyUse& use) const {
  Answer answer{.first_seq = use.first_seq, .last_seq = use.last_seq, .at = {}, .repeated = true};
  if (use.first_seq > durable_seq_) {
    answer.at = staged_[use.first_seq - durable_seq_ - 1].at;
    return answer;
  }
  ANLAN_TRY(const std::vector<Record> found, journal_->read(use.first_seq, 1));
  if (found.empty() || found.front().seq != use.first_seq) {
    return Refusal{.code = house::refusals::kSeqGap,
                   .path = "seq",
                   .value = {},
                   .args = {{.name = "seq", .value = std::to_string(use.first_seq)},
                            {.name = "found", .value = "nothing"}},
                   .at = {}};
  }
  answer.at = found.front().at;
  return answer;
}

Result<std::vector<Record>> Writer::decide_records(const Envelope& envelope,
                                                   const Digest& input) const {
  const Instant at = std::max(clock_->now(), house_.last_at);
  ANLAN_TRY(const std::vector<domain::Event> events,
            house::decide(house_,
                          house::DecideContext{
                              .at = at, .actor = envelope.actor, .next_seq = house_.head.seq + 1},
                          envelope.command));
  ANLAN_CHECK(!events.empty());
  ANLAN_CHECK(events.size() <= kCommandEventsMax);
  std::vector<Record> records;
  house::Head head = house_.head;
  for (const domain::Event& event : events) {
    const bool first = records.empty();
    Record record{.seq = 0,
                  .at = at,
                  .kind = house::event_kind(event),
                  .version = house::event_version(event),
                  .ordinal = static_cast<std::uint32_t>(records.size()),
                  .count = static_cast<std::uint32_t>(events.size()),
                  .actor = envelope.actor,
                  .key = first ? envelope.key : std::string(),
                  .input = first ? input : Digest{},
                  .body = house::event_bytes(event),
                  .chain = {}};
    ANLAN_REQUIRE(check_size(record));
    house::seal(head, record);
    head = house::Head{.seq = record.seq, .chain = record.chain};
    records.push_back(std::move(record));
  }
  return records;
}

// While read-only the journal is asked first, so that a refusal costs no replay.
Result<Done> Writer::probe(std::span<const Record> records) {
  const Result<Done> stored = journal_->append(records);
  if (!stored.ok()) {
    probe_refused_ = stored.refusal();
    return stored;
  }
  durable_seq_ = records.back().seq;
  read_only_ = false;
  return stored;
}

Result<Done> Writer::append_staged() {
  if (staged_.empty()) return Done{};
  const Result<Done> stored = journal_->append(staged_);
  if (stored.ok()) durable_seq_ = staged_.back().seq;
  staged_.clear();
  return stored;
}

void Writer::accept(std::span<const Record> records) {
  for (const Record& record : records) ANLAN_CHECK(house::accept_record(house_, record).ok());
}

void Writer::replay_again() {
  Result<house::House> replayed = house::replay(*journal_);
  broken_.reset();
  if (!replayed.ok()) {
    broken_ = replayed.refusal();
    return;
  }
  house_ = std::move(replayed).value();
  durable_seq_ = house_.head.seq;
}

}  // namespace anlan::platform
