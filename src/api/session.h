// Session: what one caller works with: a language, a house folder, an actor, the artefacts.
//
// It opens the house when an operation first needs it and keeps it open: reading shares the folder,
// writing holds its lock. Not thread-safe.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "api/library.h"
#include "api/row_window.h"
#include "base/lang.h"
#include "base/progress.h"
#include "base/texts.h"
#include "house/command.h"
#include "house/house.h"
#include "platform/clock_system.h"
#include "platform/house_folder.h"
#include "platform/served_house.h"

namespace anlan::api {

// Telemetry of a day of a small company is some megabytes; a larger file is refused, not read.
inline constexpr std::size_t kInputBytesMax = std::size_t{64} << 20;

struct SessionOptions {
  std::string folder = "anlan-house";
  std::string actor;              // --as
  std::string key;                // --key; empty: one is made up, for this call only
  std::optional<std::string> at;  // --at: sets the clock of a sandbox house
  Lang lang = Lang::kZh;
  std::string data_folder;  // --data: files that replace artefacts
  // Of a request from elsewhere: the files that came with it. It reads no others but artefacts.
  std::optional<std::map<std::string, std::string, std::less<>>> files = {};
  // --dry-run: what is submitted is decided and not recorded; submit() then refuses kRehearsed.
  bool rehearse = false;
  const Progress* progress = nullptr;  // of whoever waits for long work; it outlives the operation
  // The rows that will be shown of a list; it outlives the operation. None: all.
  RowWindow* window = nullptr;
};

// The machine's clock, or the instant that a sandbox was told.
class SessionClock final : public house::Clock {
 public:
  Instant now() override { return fixed ? *fixed : system_.now(); }
  std::optional<Instant> fixed;

 private:
  platform::SystemClock system_;
};

class Session {
 public:
  Session(SessionOptions options, Library library);
  // On a house that a server keeps open: --house and the folder's lock are the server's.
  Session(SessionOptions options, Library library, platform::ServedHouse& served);
  ~Session();

  SessionOptions& options() { return options_; }
  Lang lang() const { return options_.lang; }
  const Texts& texts();
  std::string say(std::string_view key, const TextArgs& args = {}) {
    return texts().say(key, args);
  }
  Library& library() { return library_; }

  // The committed state of the house at --house.
  Result<const house::House*> house();
  // The house that an operation of this session has read, as it stands; null: none was opened.
  const house::House* house_read() const;
  Result<platform::HouseFolder*> open(platform::HouseMode mode);
  // Closes the folder; the next operation opens it anew. A served house is let go.
  void close();
  // For long work that only reads: house() is from now on a copy of the served house as it is,
  // which nobody waits for, until close() or the next submit().
  Result<Done> take_copy();

  struct Outcome {
    std::uint64_t first_seq = 0;
    std::uint64_t last_seq = 0;
    bool repeated = false;  // the key was known: this is the first answer again
  };
  Result<Outcome> submit(const house::Command& command);
  // Commands of whoever has opened the folder to write, in one transaction, at the time of the
  // session: each is answered for itself, as Writer::submit does.
  std::vector<Result<platform::Answer>> write_together(platform::HouseFolder& folder,
                                                       std::span<const house::Envelope> envelopes);
  // The events that a rehearsed submit() would have recorded.
  const std::vector<domain::Event>& rehearsed() const { return rehearsed_; }
  // A served house is let go while something is worked on that needs none.
  void let_go();
  Result<std::filesystem::path> projection_file();
  // To read them; of a served house beside whoever writes.
  Result<platform::FileBlobs> blobs();
  // Into the blobs of the house, before a record names them; a rehearsal keeps nothing.
  Result<Digest> keep(BytesView bytes);
  // One of the parts of long work is done. Refuses kCancelled once somebody asked for its end.
  Result<Done> step();
  void begin_steps(std::uint64_t of);
  // Before an operation that writes: looks its key up. A request that was answered before is in
  // known(), and the operation shows that answer again without calculating anything; another
  // request under the same key is refused (kKeyReused). Without --key there is nothing to look up.
  Result<Done> begin_request(const Digest& request);
  const std::optional<Outcome>& known() const { return known_; }
  // Records as Journal::read; of a served house beside whoever writes.
  Result<std::vector<house::Record>> records(std::uint64_t from_seq, std::size_t count);
  // The event of a record of this house.
  Result<domain::Event> event_at(std::uint64_t seq);
  // Makes the folder, its keys and its journal, and opens the house.
  Result<Outcome> create(domain::HouseOpened opening);

  // Lists of files that this session has found in the blobs of the house: they stay there.
  std::set<Digest>& kept_lists() { return kept_lists_; }
  house::Clock& clock() { return clock_; }
  // The instant at which the next command is recorded.
  Result<Instant> now();
  // The day in Beijing for what needs no house: of --at, else of the clock.
  Result<Date> today();
  // "@demo/incident.toml" an artefact, "-" standard input, else a file.
  Result<std::string> read_text(const std::string& path);
  Result<Bytes> read_bytes(const std::string& path);
  Result<Node> read_tree(const std::string& path);  // TOML, or JSON where the name ends in .json

  Node refusal_node(const Refusal& refusal);  // {"error": {...}}
  std::string refusal_sentence(const Refusal& refusal);

 private:
  Result<std::string> read_raw(const std::string& path);
  Result<Outcome> rehearse(const domain::ActorName& actor, const house::Command& command);
  Result<const house::House*> house_to_write();
  Result<platform::Answer> write(const house::Envelope& envelope);
  Result<Done> set_clock(const house::House& house);
  SessionOptions options_;
  SessionClock clock_;
  std::set<Digest> kept_lists_;
  Library library_;
  std::optional<std::string> standard_input_;  // it can be read once; its second reader gets this
  std::optional<Digest> request_;
  std::vector<domain::Event> rehearsed_;
  std::unique_ptr<const house::House> copy_;
  std::optional<Outcome> known_;
  std::optional<Texts> texts_;
  Lang texts_lang_ = Lang::kZh;
  std::unique_ptr<platform::HouseFolder> open_;
  platform::ServedHouse* served_ = nullptr;
  std::optional<platform::ServedHouse::Hold> hold_;  // of `served_`: shared, or whole in kWrite
  platform::HouseMode mode_ = platform::HouseMode::kRead;
};

}  // namespace anlan::api
