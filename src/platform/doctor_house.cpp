#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <map>
#include <system_error>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "house/journal_refusals.h"
#include "house/refusals.h"
#include "platform/doctor_checks.h"
#include "platform/files.h"
#include "platform/house_folder.h"
#include "platform/keys.h"
#include "platform/refusals.h"
#include "platform/schema.h"
#include "platform/sealed_file.h"

namespace anlan::platform {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kMicrosOfDay = 86'400'000'000;
constexpr std::int64_t kClockTolerance = 60'000'000;  // one minute, in microseconds
constexpr std::size_t kLogHeadBytes = 32;  // of a write-ahead log (sqlite.org/fileformat)

RefusalArg number(std::string_view name, std::uint64_t value) {
  return {.name = std::string(name), .value = std::to_string(value)};
}
RefusalArg text(std::string_view name, std::string value) {
  return {.name = std::string(name), .value = std::move(value)};
}

// ---- the folder

// What `init` makes, and what processes leave that were killed: "house.new-a1B2c3" beside it and
// "backup.new-123" within.
bool is_left(const fs::path& entry) {
  const std::string name = entry.filename();
  constexpr std::string_view kWork = "backup.new-";
  if (!name.starts_with(kWork)) return false;
  const int process = std::atoi(name.c_str() + kWork.size());
  return process > 0 && ::kill(process, 0) != 0 && errno == ESRCH;
}

void find_leftovers(const fs::path& folder, std::vector<Finding>& found) {
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    if (is_left(entry.path()))
      found.push_back({.kind = findings::kLeftover, .subject = entry.path().string()});
  }
  const fs::path whole = fs::absolute(folder, error);
  const fs::path house = whole.has_filename() ? whole : whole.parent_path();
  const std::string begin = house.filename().string() + ".new-";
  for (const fs::directory_entry& entry : fs::directory_iterator(house.parent_path(), error)) {
    if (entry.path().filename().string().starts_with(begin) && entry.is_directory(error))
      found.push_back({.kind = findings::kLeftover, .subject = entry.path().string()});
  }
}

void check_owners(const fs::path& folder, const struct stat& owner, std::vector<Finding>& found) {
  std::uint64_t others = 0;
  std::string first;
  std::error_code error;
  for (fs::recursive_directory_iterator entry(folder, error), last; !error && entry != last;
       entry.increment(error)) {
    struct stat info {};
    if (::lstat(entry->path().c_str(), &info) != 0 || info.st_uid == owner.st_uid) continue;
    const std::string name = entry->path().string();
    if (others++ == 0 || name < first) first = name;
  }
  if (others == 0) return;
  found.push_back({.kind = findings::kOwnerDiffers,
                   .subject = first,
                   .args = {number("count", others), number("owner", owner.st_uid),
                            text("house", folder.string())}});
}

void check_folder(const Installation& installation, const fs::path& folder,
                  std::vector<Finding>& found) {
  struct stat info {};
  struct statvfs medium {};
  if (::stat(folder.c_str(), &info) != 0 || ::statvfs(folder.c_str(), &medium) != 0) return;
  const auto add = [&](const FindingKind& kind, std::vector<RefusalArg> args = {}) {
    found.push_back({.kind = kind, .subject = folder.string(), .args = std::move(args)});
  };
  if ((info.st_mode & 0077) != 0) add(findings::kFolderOpen, {text("mode", octal_mode(info))});
  if ((medium.f_flag & ST_RDONLY) != 0) {
    add(findings::kReadOnlyFileSystem);
  } else if ((info.st_mode & 0300) != 0300 || ::access(folder.c_str(), W_OK | X_OK) != 0) {
    add(findings::kFolderNotWritable, {text("mode", octal_mode(info))});
  }
  const std::uint64_t free = std::uint64_t{medium.f_bavail} * medium.f_frsize;
  if (free < installation.free_bytes_min) {
    add(findings::kDiskNearlyFull,
        {number("free", free >> 20), number("wanted", installation.free_bytes_min >> 20)});
  }
  check_owners(folder, info, found);
  find_leftovers(folder, found);
}

// ---- keys

// Nothing where the keys are there and can be read.
std::optional<Finding> key_finding(const Refusal& refusal) {
  const FindingKind& kind = refusal.code == refusals::kKeysMissing   ? findings::kKeyMissing
                            : refusal.code == refusals::kKeyFileOpen ? findings::kKeyOpen
                                                                     : findings::kKeyMalformed;
  return Finding{.kind = kind, .subject = refusal.value, .args = refusal.args, .cause = refusal};
}

void check_keys(const HousePaths& paths, const ExaminedHouse& house, std::vector<Finding>& found) {
  const Result<FileSigner> signer = FileSigner::open(paths.keys());
  const Result<SecretKey> personal = read_personal_key(paths.keys());
  if (!signer.ok()) found.push_back(*key_finding(signer.refusal()));
  if (!personal.ok()) found.push_back(*key_finding(personal.refusal()));
  if (!house.report) return;
  if (signer.ok() && house.report->house_key && signer->public_key() != *house.report->house_key) {
    found.push_back({.kind = findings::kKeyOfOther,
                     .subject = (paths.keys() / "signing.key").string(),
                     .args = {text("fingerprint", fingerprint(*house.report->house_key))}});
  }
  if (!personal.ok()) return;
  Result<Database> vault = Database::open(
      paths.personal(), house.in_use ? DatabaseMode::kReadOnly : DatabaseMode::kUntouched);
  if (!vault.ok()) return;
  Database opened = std::move(vault).value();
  const Result<Done> fits = Vault::check_key(opened, *personal);
  if (!fits.ok() && fits.refusal().code == refusals::kPersonalKeyWrong) {
    found.push_back({.kind = findings::kPersonalKeyWrong,
                     .subject = (paths.keys() / "personal.key").string(),
                     .args = {},
                     .cause = fits.refusal()});
  }
}

// ---- the log of a database

std::uint32_t big_endian(BytesView bytes, std::size_t place) {
  std::uint32_t value = 0;
  for (std::size_t n = 0; n < 4; ++n)
    value = value << 8 | static_cast<std::uint32_t>(bytes[place + n]);
  return value;
}
std::uint32_t little_endian(BytesView bytes, std::size_t place) {
  std::uint32_t value = 0;
  for (std::size_t n = 4; n > 0; --n)
    value = value << 8 | static_cast<std::uint32_t>(bytes[place + n - 1]);
  return value;
}

// The head of a write-ahead log and its checksum, as sqlite.org/fileformat 4.2 has them. SQLite
// itself takes a log with another head for none at all, and what it holds for never written.
bool is_log_head(BytesView head) {
  constexpr std::uint32_t kLittle = 0x377F0682;
  const std::uint32_t magic = big_endian(head, 0);
  if ((magic & ~std::uint32_t{1}) != kLittle) return false;
  const auto word = (magic & 1) != 0 ? big_endian : little_endian;
  std::uint32_t first = 0;
  std::uint32_t second = 0;
  for (std::size_t place = 0; place < 24; place += 8) {
    first += word(head, place) + second;
    second += word(head, place + 4) + first;
  }
  return first == big_endian(head, 24) && second == big_endian(head, 28);
}

// Whether the database can be opened: with a log that is none SQLite would take it away.
bool check_log(const fs::path& database, bool in_use, std::vector<Finding>& found) {
  const std::string file = database.string() + "-wal";
  std::error_code error;
  const std::uintmax_t bytes = fs::file_size(file, error);
  if (error || bytes == 0 || in_use) return true;
  constexpr std::size_t kLogBytesMax = std::size_t{1} << 30;
  const Result<std::string> held = read_file(file, kLogBytesMax);
  const bool readable = held.ok() && held->size() >= kLogHeadBytes &&
                        is_log_head(bytes_of(*held).first(kLogHeadBytes));
  found.push_back({.kind = readable ? findings::kLogLeft : findings::kLogUnreadable,
                   .subject = file,
                   .args = {number("bytes", bytes)}});
  return readable;
}

// ---- journal, vault, blobs

bool is_one_of(const RefusalCode& code, std::initializer_list<RefusalCode> codes) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

std::string arg_of(const Refusal& refusal, std::string_view name) {
  for (const RefusalArg& arg : refusal.args) {
    if (arg.name == name) return arg.value;
  }
  return {};
}

// "1095650382.2" of check_identity: who made the file, and in which format.
bool is_newer_format(const Refusal& refusal) {
  const std::string found = arg_of(refusal, "found");
  const std::string expected = arg_of(refusal, "expected");
  const std::size_t dot = found.find('.');
  if (dot == std::string::npos || found.substr(0, dot) != expected.substr(0, expected.find('.')))
    return false;
  return std::atoll(found.c_str() + dot + 1) >
         std::atoll(expected.c_str() + expected.find('.') + 1);
}

FindingKind kind_of(const Refusal& refusal, const HousePaths& paths) {
  const RefusalCode& code = refusal.code;
  const bool vault = refusal.value == paths.personal().string();
  if (code == refusals::kDatabaseFormat)
    return is_newer_format(refusal) ? findings::kJournalNewer : findings::kJournalForeign;
  if (code == refusals::kPersonalDamaged) return findings::kVaultDamaged;
  if (vault) {
    return code == refusals::kFileMissing ? findings::kVaultMissing : findings::kVaultDamaged;
  }
  if (code == refusals::kBlobDamaged) return findings::kBlobDamaged;
  if (code == refusals::kBlobMissing) return findings::kBlobMissing;
  if (code == house::refusals::kUnknownEvent) return findings::kEventUnknown;
  if (code == refusals::kTailDropped) return findings::kTailDropped;
  if (is_one_of(code, {refusals::kHeadNotInJournal, refusals::kHeadKeyUntrusted,
                       refusals::kHeadSignatureWrong, refusals::kHeadOtherHouse}))
    return findings::kHeadContradicted;
  if (is_one_of(code, {refusals::kDatabaseDamaged, refusals::kFileUnreadable,
                       house::refusals::kStorageFailed}))
    return findings::kJournalDamaged;
  return findings::kJournalBroken;
}

Finding finding_of(const Refusal& refusal, const HousePaths& paths) {
  const FindingKind kind = kind_of(refusal, paths);
  Finding finding{.kind = kind, .subject = paths.journal().string(), .args = refusal.args};
  if (kind.name == findings::kVaultMissing.name || kind.name == findings::kVaultDamaged.name)
    finding.subject = paths.personal().string();
  if (kind.name == findings::kBlobDamaged.name || kind.name == findings::kBlobMissing.name)
    finding.subject = refusal.value;
  finding.args.push_back(text("house", paths.folder.string()));
  finding.cause = refusal;
  return finding;
}

// ---- backups

Instant changed_at(const fs::path& file) {
  struct stat info {};
  if (::stat(file.c_str(), &info) != 0) return Instant::from_micros(0);
  return Instant::from_micros(static_cast<std::int64_t>(info.st_mtim.tv_sec) * 1'000'000 +
                              info.st_mtim.tv_nsec / 1'000);
}

// The name of the house in a backup in the open; none: no such file, or damaged.
std::optional<std::string> house_in(const fs::path& file) {
  Result<Database> opened = Database::open(file, DatabaseMode::kImmutable);
  if (!opened.ok()) return std::nullopt;
  Database database = std::move(opened).value();
  const Result<std::int64_t> id = database.whole_of("PRAGMA application_id");
  if (!id.ok() || *id != static_cast<std::int32_t>(schema::kBackupId)) return std::nullopt;
  const Result<std::string> name = database.text_of("SELECT value FROM meta WHERE name = 'house'");
  return name.ok() ? std::optional(*name) : std::nullopt;
}

// The head that the newest backup in the open was sealed with, for the journal to hold.
std::optional<SignedHead> check_backups(const Installation& installation, const std::string& house,
                                        std::vector<Finding>& found) {
  if (installation.backups.empty()) return std::nullopt;
  const std::optional<FoundBackup> newest = newest_backup(installation.backups, house);
  if (!newest) {
    found.push_back({.kind = findings::kBackupMissing,
                     .subject = installation.backups.string(),
                     .args = {text("name", house)}});
    return std::nullopt;
  }
  const std::int64_t days = (installation.now.micros() - newest->at.micros()) / kMicrosOfDay;
  if (days > installation.backup_days_max) {
    found.push_back({.kind = findings::kBackupOld,
                     .subject = newest->file.string(),
                     .args = {text("days", std::to_string(days)),
                              text("most", std::to_string(installation.backup_days_max))}});
  }
  if (newest->sealed) return std::nullopt;
  const Result<VerifyReport> verified = verify_journal(newest->file, {});
  if (verified.ok()) return verified->sealed;
  found.push_back({.kind = findings::kBackupDamaged,
                   .subject = newest->file.string(),
                   .args = {},
                   .cause = verified.refusal()});
  return std::nullopt;
}

// The name that a house states, whatever else may be wrong with it.
std::string name_of_house(const HousePaths& paths, bool in_use) {
  Result<Database> opened =
      Database::open(paths.journal(), in_use ? DatabaseMode::kReadOnly : DatabaseMode::kUntouched);
  if (!opened.ok()) return {};
  Database database = std::move(opened).value();
  const Result<std::string> name = database.text_of("SELECT value FROM meta WHERE name = 'house'");
  return name.ok() ? *name : std::string();
}

// A process that began meanwhile may have written what was read without a lock: then once more,
// beside it.
Result<VerifyReport> verify_house(const HousePaths& paths, std::optional<SignedHead> head,
                                  ExaminedHouse& house) {
  VerifyOptions options{.key = {}, .head = std::move(head), .untouched = !house.in_use};
  Result<VerifyReport> report = verify_journal(paths.folder, options);
  if (report.ok() || house.in_use || !lock_holder(paths.lock())) return report;
  house.in_use = true;
  options.untouched = false;
  return verify_journal(paths.folder, options);
}

void check_clock(const Installation& installation, const ExaminedHouse& house,
                 std::vector<Finding>& found) {
  const VerifyReport& report = *house.report;
  if (report.sandbox || !report.last_at) return;  // the clock of a sandbox is set by hand
  if (report.last_at->micros() <= installation.now.micros() + kClockTolerance) return;
  found.push_back(
      {.kind = findings::kClockBehind,
       .subject = house.folder.string(),
       .args = {text("last", to_text(*report.last_at)), text("now", to_text(installation.now))}});
}

}  // namespace

std::optional<FoundBackup> newest_backup(const fs::path& folder, const std::string& house) {
  std::optional<FoundBackup> newest;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    if (!entry.is_regular_file(error)) continue;
    FoundBackup each{.file = entry.path(), .at = changed_at(entry.path())};
    each.sealed = is_sealed(each.file);
    if (!each.sealed && house_in(each.file) != house) continue;
    if (!newest || each.at > newest->at) newest = each;
  }
  return newest;
}

std::optional<std::string> lock_holder(const fs::path& lock) {
  const int handle = ::open(lock.c_str(), O_RDONLY | O_CLOEXEC);
  if (handle < 0) return std::nullopt;
  std::optional<std::string> holder;
  if (::flock(handle, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
    std::array<char, 32> held{};
    const ssize_t count = ::pread(handle, held.data(), held.size(), 0);
    holder.emplace(held.data(), count > 0 ? static_cast<std::size_t>(count) : 0);
    while (!holder->empty() && (holder->back() < '0' || holder->back() > '9')) holder->pop_back();
    if (holder->empty()) *holder = "?";
  }
  ::close(handle);
  return holder;
}

std::string octal_mode(const struct stat& info) {
  std::string text = "0";
  for (const unsigned shift : {6U, 3U, 0U})
    text += static_cast<char>('0' + static_cast<char>((info.st_mode >> shift) & 7U));
  return text;
}

ExaminedHouse examine_house(const Installation& installation, const fs::path& folder,
                            std::vector<Finding>& found) {
  const HousePaths paths{.folder = folder};
  ExaminedHouse house{.folder = folder, .report = {}, .name = {}, .in_use = false};
  std::error_code error;
  if (!fs::is_regular_file(paths.journal(), error)) {
    found.push_back({.kind = findings::kHouseMissing, .subject = folder.string()});
    return house;
  }
  check_folder(installation, folder, found);
  if (const auto holder = lock_holder(paths.lock())) {
    house.in_use = true;
    found.push_back({.kind = findings::kHouseInUse,
                     .subject = folder.string(),
                     .args = {text("pid", *holder)}});
  }
  const bool journal_opens = check_log(paths.journal(), house.in_use, found);
  const bool vault_opens = check_log(paths.personal(), house.in_use, found);
  if (!journal_opens || !vault_opens) return house;
  house.name = name_of_house(paths, house.in_use);
  std::optional<SignedHead> head;
  if (!house.name.empty()) head = check_backups(installation, house.name, found);
  if (installation.head && installation.head->house == house.name) head = installation.head;
  Result<VerifyReport> report = verify_house(paths, std::move(head), house);
  if (report.ok()) {
    house.report = std::move(report).value();
    check_clock(installation, house, found);
  } else {
    found.push_back(finding_of(report.refusal(), paths));
  }
  check_keys(paths, house, found);
  return house;
}

}  // namespace anlan::platform
