// The folder of a house: where its files stand, the lock of its one writer, and everything wired.
// docs/JOURNAL.md section 1.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "house/house.h"
#include "platform/blobs_files.h"
#include "platform/clock_system.h"
#include "platform/journal_sqlite.h"
#include "platform/keys.h"
#include "platform/signed_head.h"
#include "platform/vault.h"
#include "platform/writer.h"

namespace anlan::platform {

// The only place that knows the names.
struct HousePaths {
  std::filesystem::path folder;
  std::filesystem::path lock() const { return folder / "lock"; }
  std::filesystem::path journal() const { return folder / "journal.db"; }
  std::filesystem::path personal() const { return folder / "personal.db"; }
  std::filesystem::path blobs() const { return folder / "blobs"; }
  std::filesystem::path projection() const { return folder / "projection.db"; }  // may be deleted
  std::filesystem::path keys() const { return folder / "keys"; }
};

// Held by at most one process; let go when it ends, also when the process is killed.
class FolderLock {
 public:
  // Refuses kHouseBusy (args pid: of the process that holds it), kFileNotWritten.
  static Result<FolderLock> take(const HousePaths& paths);
  // The same of a file of accounts, whose lock stands beside it.
  static Result<FolderLock> take_accounts(const std::filesystem::path& accounts);
  FolderLock(FolderLock&& other) noexcept;
  FolderLock& operator=(FolderLock&&) = delete;
  ~FolderLock();

 private:
  explicit FolderLock(int handle) : handle_(handle) {}
  static Result<FolderLock> take_at(const std::filesystem::path& file,
                                    const std::filesystem::path& what);
  int handle_;
};

// What a new house records before it has its name: `folder` is where it stands until then.
using FirstRecords =
    std::function<Result<Done>(const std::filesystem::path& folder, const house::PublicKey& key)>;

// A folder of mode 0700 with a journal for the house of this name (1 to 64 of A-Z a-z 0-9 . _ -),
// an empty vault and new keys, after `first` wrote into it; there entirely or not at all: a process
// that is killed leaves at most a folder beside it that nothing reads. Returns the public key.
// Refuses kNameMalformed, kHouseExists (whatever stands at `folder`), kFileNotWritten, kDiskFull,
// and what `first` refuses.
Result<house::PublicKey> create_house_folder(const std::filesystem::path& folder,
                                             const std::string& name,
                                             const FirstRecords& first = {});

// Builds a folder beside its final place and gives it its name at the end; `build` fills it.
// Refuses kHouseExists, and what `build` refuses, and then leaves nothing behind.
Result<Done> build_house_folder(const std::filesystem::path& folder,
                                const std::function<Result<Done>(const HousePaths&)>& build);

enum class HouseMode : std::uint8_t { kRead = 1, kWrite = 2 };

struct OpenOptions {
  HouseMode mode = HouseMode::kRead;
  house::Clock* clock = nullptr;  // nullptr: the machine's
};

// A house with everything that it needs. One thread.
class HouseFolder {
 public:
  // Replays the journal. kWrite takes the lock and needs the keys. Refuses kHouseMissing,
  // kHouseBusy, kKeysMissing, and what the journal, the replay and the vault refuse.
  static Result<std::unique_ptr<HouseFolder>> open(const std::filesystem::path& folder,
                                                   const OpenOptions& options);

  const std::string& name() const { return journal_->house(); }
  const HousePaths& paths() const { return paths_; }
  const house::House& house() const { return writer_ ? writer_->house() : *house_; }
  SqliteJournal& journal() { return *journal_; }
  FileBlobs& blobs() { return blobs_; }
  house::Clock& clock() { return *clock_; }
  Writer& writer();                                               // only in kWrite
  FileSigner* signer() { return signer_ ? &*signer_ : nullptr; }  // nullptr in kRead without keys
  Vault* vault() { return vault_ ? &*vault_ : nullptr; }          // only in kWrite
  // The committed head, signed now. Refuses kKeysMissing.
  Result<SignedHead> signed_head();

 private:
  HouseFolder(HousePaths paths, house::Clock* clock);
  Result<Done> open_keys(HouseMode mode);
  Result<Done> open_journal(HouseMode mode);

  HousePaths paths_;
  SystemClock system_clock_;
  house::Clock* clock_;
  std::optional<FolderLock> lock_;
  std::unique_ptr<SqliteJournal> journal_;
  std::optional<FileSigner> signer_;
  std::optional<Vault> vault_;
  FileBlobs blobs_;
  std::optional<house::House> house_;  // kRead
  std::optional<Writer> writer_;       // kWrite
};

}  // namespace anlan::platform
