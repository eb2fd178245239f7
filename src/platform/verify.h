// Whether a journal, live or in a backup, is what was written. docs/JOURNAL.md section 7 says in
// which order things are checked, and what no check can find.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/node.h"
#include "platform/signed_head.h"

namespace anlan::platform {

// Told after every thousand records or so: how many of how many. What it refuses ends the check.
using VerifyTold = std::function<Result<Done>(std::uint64_t done, std::uint64_t of)>;

struct VerifyOptions {
  std::optional<house::PublicKey> key;  // the house must have signed with this one
  std::optional<SignedHead> head;       // the journal must hold this, and may have gone on
  bool untouched = false;  // no process has the house open: it is read without a file beside it
  const VerifyTold* told = nullptr;  // null: nobody asks; it outlives the check
};

struct VerifyReport {
  std::string house;
  bool is_backup = false;
  std::uint64_t records = 0;
  std::uint64_t commands = 0;
  house::Head head;
  std::optional<Instant> first_at;
  std::optional<Instant> last_at;
  std::optional<house::PublicKey> house_key;  // of the event that opened the house
  std::optional<SignedHead> sealed;           // the signed head inside a backup
  bool sandbox = false;
  std::vector<std::string> actors;  // who was appointed, in order
  std::uint64_t personal_items = 0;
  std::uint64_t blobs = 0;
};

// `path` is the folder of a house or a backup file; nothing is written. Refuses with the first
// fault: kHouseMissing, kFileMissing, kDatabaseDamaged, kDatabaseFormat, kRecordMalformed, kSeqGap,
// kTimeBackwards, kCommandTorn, kChainBroken, kUnknownEvent, kEventMalformed, kContradiction (all
// args seq),
// kHeadUnsigned, kHeadSignatureWrong, kHeadOtherHouse, kTailDropped, kHeadNotInJournal,
// kHeadKeyUntrusted, kPersonalDamaged, kBlobDamaged,
// kBlobMissing (a file that a quote was priced with), and what `told` refuses. Cost: about 4 us a
// record (docs/BENCHMARKS.md), and the memory of the house.
Result<VerifyReport> verify_journal(const std::filesystem::path& path,
                                    const VerifyOptions& options);

Node to_node(const VerifyReport& report);

}  // namespace anlan::platform
