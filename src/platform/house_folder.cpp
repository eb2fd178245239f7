#include "platform/house_folder.h"

#include <cerrno>
#include <cstdlib>
#include <system_error>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "house/replay.h"
#include "platform/executor_tbb.h"
#include "platform/files.h"
#include "platform/refusals.h"

namespace anlan::platform {
namespace {

namespace fs = std::filesystem;

Refusal about(const fs::path& file, RefusalCode code, std::vector<RefusalArg> args = {}) {
  return Refusal{
      .code = code, .path = "house", .value = file.string(), .args = std::move(args), .at = {}};
}

Refusal not_written(const fs::path& file, int error) {
  return about(file, refusals::kFileNotWritten,
               {{.name = "reason", .value = std::system_category().message(error)}});
}

// What the holder of the lock wrote about itself, for the sentence to the second one.
std::string holder_of(int handle) {
  std::string text(32, '\0');
  const ssize_t count = ::pread(handle, text.data(), text.size(), 0);
  text.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
  while (!text.empty() && (text.back() < '0' || text.back() > '9')) text.pop_back();
  return text.empty() ? "?" : text;
}

}  // namespace

Result<FolderLock> FolderLock::take(const HousePaths& paths) {
  return take_at(paths.lock(), paths.folder);
}

Result<FolderLock> FolderLock::take_accounts(const fs::path& accounts) {
  return take_at(accounts.string() + ".lock", accounts);
}

Result<FolderLock> FolderLock::take_at(const fs::path& file, const fs::path& what) {
  const int handle = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (handle < 0) return not_written(file, errno);
  FolderLock lock(handle);
  if (::flock(handle, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return not_written(file, errno);
    return about(what, refusals::kHouseBusy, {{.name = "pid", .value = holder_of(handle)}});
  }
  // Only for the sentence above: whether it could be written decides nothing.
  const std::string pid = std::to_string(::getpid()) + "\n";
  if (::ftruncate(handle, 0) == 0 && ::pwrite(handle, pid.data(), pid.size(), 0) < 0) errno = 0;
  return lock;
}

FolderLock::FolderLock(FolderLock&& other) noexcept : handle_(std::exchange(other.handle_, -1)) {}

FolderLock::~FolderLock() {
  if (handle_ >= 0) ::close(handle_);
}

Result<Done> build_house_folder(const fs::path& folder,
                                const std::function<Result<Done>(const HousePaths&)>& build) {
  // "houses/x/" names the same folder as "houses/x".
  const fs::path target = folder.has_filename() ? folder : folder.parent_path();
  std::error_code error;
  if (fs::symlink_status(target, error).type() != fs::file_type::not_found) {
    return about(target, refusals::kHouseExists);
  }
  std::string beside = target.string() + ".new-XXXXXX";
  if (!::mkdtemp(beside.data())) return not_written(target, errno);
  Result<Done> built = build(HousePaths{.folder = beside});
  if (built.ok()) built = sync_folder(beside);
  if (built.ok()) built = rename_new(beside, target);
  if (built.ok()) return built;
  fs::remove_all(beside, error);
  if (built.refusal().code == refusals::kFileExists) {
    return about(target, refusals::kHouseExists);
  }
  return built;
}

Result<house::PublicKey> create_house_folder(const fs::path& folder, const std::string& name,
                                             const FirstRecords& first) {
  ANLAN_REQUIRE(parse_name_text(name, "house"));
  house::PublicKey public_key{};
  ANLAN_REQUIRE(build_house_folder(folder, [&](const HousePaths& paths) -> Result<Done> {
    ANLAN_REQUIRE(create_keys(paths.keys()));
    ANLAN_TRY(const FileSigner signer, FileSigner::open(paths.keys()));
    public_key = signer.public_key();
    ANLAN_TRY(SecretKey personal, read_personal_key(paths.keys()));
    ANLAN_REQUIRE(Vault::create(paths.personal(), std::move(personal)));
    ANLAN_REQUIRE(SqliteJournal::create(paths.journal(), name));
    if (::mkdir(paths.blobs().c_str(), 0700) != 0) return not_written(paths.blobs(), errno);
    return first ? first(paths.folder, public_key) : Result<Done>(Done{});
  }));
  return public_key;
}

HouseFolder::HouseFolder(HousePaths paths, house::Clock* clock)
    : paths_(std::move(paths)), clock_(clock ? clock : &system_clock_), blobs_(paths_.blobs()) {}

Result<std::unique_ptr<HouseFolder>> HouseFolder::open(const fs::path& folder,
                                                       const OpenOptions& options) {
  std::unique_ptr<HouseFolder> opened(new HouseFolder(HousePaths{.folder = folder}, options.clock));
  std::error_code error;
  if (!fs::is_regular_file(opened->paths_.journal(), error)) {
    return about(folder, refusals::kHouseMissing);
  }
  if (options.mode == HouseMode::kWrite) {
    ANLAN_TRY(FolderLock lock, FolderLock::take(opened->paths_));
    opened->lock_.emplace(std::move(lock));
  }
  ANLAN_REQUIRE(opened->open_keys(options.mode));
  ANLAN_REQUIRE(opened->open_journal(options.mode));
  return opened;
}

Result<Done> HouseFolder::open_keys(HouseMode mode) {
  std::error_code error;
  if (mode == HouseMode::kRead && !fs::exists(paths_.keys(), error)) return Done{};
  ANLAN_TRY(FileSigner signer, FileSigner::open(paths_.keys()));
  signer_.emplace(std::move(signer));
  if (mode == HouseMode::kRead)
    return Done{};  // readers open no vault: it would need space of its own
  ANLAN_TRY(SecretKey personal, read_personal_key(paths_.keys()));
  ANLAN_TRY(Vault vault,
            Vault::open(paths_.personal(), std::move(personal), DatabaseMode::kReadWrite));
  vault_.emplace(std::move(vault));
  return Done{};
}

Result<Done> HouseFolder::open_journal(HouseMode mode) {
  const bool writes = mode == HouseMode::kWrite;
  ANLAN_TRY(journal_, SqliteJournal::open(paths_.journal(), writes ? DatabaseMode::kReadWrite
                                                                   : DatabaseMode::kReadOnly));
  TbbExecutor two(2);
  ANLAN_TRY(house::House replayed, house::replay(*journal_, two));
  if (writes) {
    writer_.emplace(*journal_, *clock_, std::move(replayed));
  } else {
    house_.emplace(std::move(replayed));
  }
  return Done{};
}

Writer& HouseFolder::writer() {
  ANLAN_CHECK(writer_.has_value());
  return *writer_;
}

Result<SignedHead> HouseFolder::signed_head() {
  if (!signer_) return about(paths_.keys(), refusals::kKeysMissing);
  return sign_head(HeadStatement{.house = name(), .head = house().head, .at = clock_->now()},
                   *signer_);
}

}  // namespace anlan::platform
