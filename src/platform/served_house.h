// A house that many threads use at once: readers share its committed state, commands of all of them
// are written together (group commit). docs/ARCHITECTURE.md, "Truth".
//
// A thread that reads takes a Hold and keeps it for as long as it looks at the house; while anybody
// holds it, nothing is written. A command is submitted without a hold: the writing thread takes
// what waits, writes it in one transaction and answers each. A thread that needs the folder itself
// (its vault, its blobs beside the record) takes the whole house for that time.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "house/command.h"
#include "house/house.h"
#include "platform/house_folder.h"
#include "platform/writer.h"

namespace anlan::platform {

inline constexpr std::size_t kWaitingMax = 4'096;  // commands; more are refused with kHouseLoaded

class ServedHouse {
 public:
  // Takes the lock of the folder and replays its journal. Refuses as HouseFolder::open. `clock`
  // outlives the house; nullptr: the machine's.
  static Result<std::unique_ptr<ServedHouse>> open(const std::filesystem::path& folder,
                                                   house::Clock* clock = nullptr);
  ~ServedHouse();  // what was submitted is answered first

  // Reads: nobody writes while it lives. Any number at once. Moves; not across threads.
  class Hold {
   public:
    Hold(Hold&&) noexcept;
    Hold& operator=(Hold&&) noexcept;
    ~Hold();

   private:
    friend class ServedHouse;
    struct Lock;
    explicit Hold(std::unique_ptr<Lock> lock);
    std::unique_ptr<Lock> lock_;
  };
  Hold share();  // waits until a commit that is under way has ended
  Hold whole();  // alone: for what needs folder()

  // Only under a hold.
  const house::House& house() const { return folder_->house(); }
  // The journal could not be read back after a write was refused: house() must not be called.
  bool broken() const;
  bool read_only() const;
  // Under any hold or none: a blob is there entirely or not at all.
  const HousePaths& paths() const { return folder_->paths(); }
  FileBlobs blobs() const { return FileBlobs(folder_->paths().blobs()); }
  // Only under whole().
  HouseFolder& folder() { return *folder_; }

  // Waits for the commit. Never under a hold of this thread. `at`: the instant at which a sandbox
  // records it; none: the clock's. Refuses as Writer::submit, and kHouseLoaded when kWaitingMax
  // commands wait.
  Result<Answer> submit(const house::Envelope& envelope, std::optional<Instant> at = {});
  // As submit, under whole().
  Result<Answer> submit_alone(const house::Envelope& envelope, std::optional<Instant> at = {});
  // Several in one transaction, as Writer::submit.
  std::vector<Result<Answer>> submit_alone(std::span<const house::Envelope> envelopes,
                                           std::optional<Instant> at = {});

  // Records as Journal::read, by a connection of its own: under any hold or none.
  Result<std::vector<house::Record>> read(std::uint64_t from_seq, std::size_t count);

  struct Counts {
    std::uint64_t commands = 0;  // answered, refusals too
    std::uint64_t commits = 0;
    std::size_t waiting = 0;
  };
  Counts counts() const;

 private:
  class ServedClock;
  struct Queue;
  ServedHouse();
  void write_waiting();

  std::unique_ptr<ServedClock> clock_;
  std::unique_ptr<HouseFolder> folder_;
  std::unique_ptr<SqliteJournal> reader_;
  std::unique_ptr<Queue> queue_;
};

}  // namespace anlan::platform
