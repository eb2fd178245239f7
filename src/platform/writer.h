// The one writer of a house: commands in, durable answers out. docs/JOURNAL.md section 4.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "house/command.h"
#include "house/house.h"
#include "house/ports.h"

namespace anlan::platform {

inline constexpr std::size_t kBatchCommandsMax = 10'000;  // bounds time and memory of one commit
inline constexpr std::size_t kCommandEventsMax = 10'000;  // one command is one transaction

// What a command became: the records first_seq to last_seq, written at `at`. A function of the
// journal alone, so that the same key always gets the same answer.
struct Answer {
  std::uint64_t first_seq = 0;
  std::uint64_t last_seq = 0;
  Instant at;
  bool repeated = false;  // the key was used before with the same input; nothing was written now
  bool operator==(const Answer&) const = default;
};

// Thread rule: one thread. Between two calls house() is the committed state and stays unchanged, so
// whoever serves readers copies or shares it then.
class Writer {
 public:
  // `house` must be replay(journal). Both ports outlive the writer.
  Writer(house::Journal& journal, house::Clock& clock, house::House house);

  // One result per envelope, in order; when it returns, every answer is durable. At most
  // kBatchCommandsMax envelopes. Commands see those ahead of them in the batch. Refusals: those of
  // decide; kKeyMalformed, kKeyReused; and when the journal takes nothing (kDiskFull, ...), that
  // refusal for every command of the batch whose key was not already in the journal.
  // kRecordTooLarge for an event above kBodyBytesMax.
  std::vector<Result<Answer>> submit(std::span<const house::Envelope> batch);
  Result<Answer> submit(const house::Envelope& envelope);

  // What became of a key, for whoever does not know the outcome; nothing when it is not used.
  Result<std::optional<Answer>> find_answer(const domain::ActorName& actor, const std::string& key);

  // Must not be called while broken(): what is in memory is then not what the journal holds.
  const house::House& house() const;
  // The last append was refused. The next new command is tried alone and ends this when it gets
  // through.
  bool read_only() const { return read_only_; }
  // An append was refused and the journal could not be read back. Every submit tries to replay
  // again and refuses everything until that succeeds.
  bool broken() const { return broken_.has_value(); }

 private:
  Result<Answer> handle(const house::Envelope& envelope);
  Result<Answer> handle_new(const house::Envelope& envelope, const Digest& input);
  Result<Answer> repeat(const house::KeyUse& use) const;
  Result<std::vector<house::Record>> decide_records(const house::Envelope& envelope,
                                                    const Digest& input) const;
  Result<Done> probe(std::span<const house::Record> records);
  Result<Done> append_staged();
  void accept(std::span<const house::Record> records);
  void replay_again();

  house::Journal* journal_;
  house::Clock* clock_;
  house::House house_;
  std::uint64_t durable_seq_;          // of the last record in the journal
  std::vector<house::Record> staged_;  // in house_, not yet in the journal
  bool read_only_ = false;
  std::optional<Refusal> probe_refused_;  // in this batch: nothing more is tried
  std::optional<Refusal> broken_;
};

}  // namespace anlan::platform
