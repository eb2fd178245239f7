// Looks at an installation and says what is wrong with it: folders and keys of houses, journals,
// vaults, blobs, accounts, backups, certificates, ports. Nothing is changed; a house that runs goes
// on. What is said to people stands with the texts, under the name of the kind.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"
#include "base/result.h"
#include "base/time.h"
#include "house/ports.h"
#include "platform/http.h"
#include "platform/signed_head.h"

namespace anlan::platform {

enum class Severity : std::uint8_t {
  kNote = 1,     // nothing is wrong; good to know
  kWarning = 2,  // it runs, and will not for ever, or not as safely as it should
  kError = 3,    // it does not run, or what it holds is not what was written
};
constexpr auto enum_names(Severity*) {
  using S = Severity;
  return std::array{EnumName<S>{S::kNote, "note"}, EnumName<S>{S::kWarning, "warning"},
                    EnumName<S>{S::kError, "error"}};
}

struct FindingKind {
  std::string_view name;
  Severity severity = Severity::kError;
};

namespace findings {

inline constexpr auto kError = Severity::kError;
inline constexpr auto kWarning = Severity::kWarning;
inline constexpr auto kNote = Severity::kNote;

// The folder of a house; subject: the folder or the file.
inline constexpr FindingKind kHouseMissing{"house_missing", kError};
inline constexpr FindingKind kFolderOpen{"folder_open", kError};  // args mode
inline constexpr FindingKind kFolderNotWritable{"folder_not_writable", kError};
inline constexpr FindingKind kReadOnlyFileSystem{"read_only_file_system", kError};
inline constexpr FindingKind kOwnerDiffers{"owner_differs", kError};  // args owner, count
inline constexpr FindingKind kHouseInUse{"house_in_use", kNote};      // args pid
inline constexpr FindingKind kHouseTwice{"house_twice", kError};      // args name
inline constexpr FindingKind kLeftover{"leftover", kWarning};
inline constexpr FindingKind kDiskNearlyFull{"disk_nearly_full",
                                             kWarning};  // args free, wanted MiB

// Its keys.
inline constexpr FindingKind kKeyMissing{"key_missing", kError};
inline constexpr FindingKind kKeyOpen{"key_open", kError};  // args mode
inline constexpr FindingKind kKeyMalformed{"key_malformed", kError};
inline constexpr FindingKind kKeyOfOther{"key_of_other", kError};  // args fingerprint
inline constexpr FindingKind kPersonalKeyWrong{"personal_key_other", kError};

// Its journal, vault and blobs; what refused it says where.
inline constexpr FindingKind kLogLeft{"log_left", kNote};  // args bytes
inline constexpr FindingKind kLogUnreadable{"log_unreadable", kError};
inline constexpr FindingKind kJournalForeign{"journal_foreign", kError};
inline constexpr FindingKind kJournalNewer{"journal_newer", kError};  // args found, known
inline constexpr FindingKind kJournalDamaged{"journal_damaged", kError};
inline constexpr FindingKind kJournalBroken{"journal_broken", kError};
inline constexpr FindingKind kEventUnknown{"event_unknown", kError};
inline constexpr FindingKind kClockBehind{"clock_stepped_back", kError};  // args last, now
inline constexpr FindingKind kTailDropped{"journal_shortened", kError};   // args head
inline constexpr FindingKind kHeadContradicted{"head_contradicted", kError};
inline constexpr FindingKind kVaultMissing{"vault_missing", kError};
inline constexpr FindingKind kVaultDamaged{"vault_damaged", kError};
inline constexpr FindingKind kBlobDamaged{"blob_altered", kError};
inline constexpr FindingKind kBlobMissing{"blob_gone", kError};

// Backups; subject: the folder or the file.
inline constexpr FindingKind kBackupMissing{"backup_missing", kWarning};  // args house
inline constexpr FindingKind kBackupOld{"backup_old", kWarning};          // args days, most
inline constexpr FindingKind kBackupDamaged{"backup_damaged", kError};

// Accounts.
inline constexpr FindingKind kAccountsMissing{"accounts_missing", kError};
inline constexpr FindingKind kAccountsOpen{"accounts_open", kError};    // args mode
inline constexpr FindingKind kAccountsInUse{"accounts_in_use", kNote};  // args pid
inline constexpr FindingKind kAccountsForeign{"accounts_foreign", kError};
inline constexpr FindingKind kAccountsNewer{"accounts_newer", kError};  // args found, known
inline constexpr FindingKind kAccountsOlder{"accounts_older", kError};  // args found, known
inline constexpr FindingKind kAccountsDamaged{"accounts_damaged", kError};
inline constexpr FindingKind kNoAdministrator{"no_administrator", kError};
inline constexpr FindingKind kOneFactor{"administrator_one_factor", kWarning};  // args login
inline constexpr FindingKind kActsNowhere{"membership_unknown",
                                          kWarning};  // args login, house, actor

// What the server is told.
inline constexpr FindingKind kConfigUnknownKey{"config_unknown_key", kError};
inline constexpr FindingKind kConfigRefused{"config_refused", kError};
inline constexpr FindingKind kTlsHalf{"tls_half", kError};
inline constexpr FindingKind kCertificateUnusable{"certificate_unusable", kError};
inline constexpr FindingKind kCertificateExpired{"certificate_expired", kError};  // args until
inline constexpr FindingKind kCertificateEarly{"certificate_early", kError};      // args from
inline constexpr FindingKind kCertificateSoon{"certificate_ends_soon",
                                              kWarning};  // args until, days
inline constexpr FindingKind kCertificateKey{"certificate_key_differs", kError};
inline constexpr FindingKind kTlsKeyOpen{"tls_key_open", kError};                 // args mode
inline constexpr FindingKind kWithoutTls{"public_without_tls", kWarning};         // args address
inline constexpr FindingKind kPortTaken{"port_taken", kError};                    // args address
inline constexpr FindingKind kAddressUnavailable{"address_unavailable", kError};  // args reason
inline constexpr FindingKind kSocketFolder{"socket_folder", kError};
inline constexpr FindingKind kFilesFew{"files_few", kWarning};  // args found, wanted

inline constexpr std::array kAll{
    kHouseMissing,        kFolderOpen,         kFolderNotWritable, kReadOnlyFileSystem,
    kOwnerDiffers,        kHouseInUse,         kHouseTwice,        kLeftover,
    kDiskNearlyFull,      kKeyMissing,         kKeyOpen,           kKeyMalformed,
    kKeyOfOther,          kPersonalKeyWrong,   kLogLeft,           kLogUnreadable,
    kJournalForeign,      kJournalNewer,       kJournalDamaged,    kJournalBroken,
    kEventUnknown,        kClockBehind,        kTailDropped,       kHeadContradicted,
    kVaultMissing,        kVaultDamaged,       kBlobDamaged,       kBlobMissing,
    kBackupMissing,       kBackupOld,          kBackupDamaged,     kAccountsMissing,
    kAccountsOpen,        kAccountsInUse,      kAccountsForeign,   kAccountsNewer,
    kAccountsOlder,       kAccountsDamaged,    kNoAdministrator,   kOneFactor,
    kActsNowhere,         kConfigUnknownKey,   kConfigRefused,     kTlsHalf,
    kCertificateUnusable, kCertificateExpired, kCertificateEarly,  kCertificateSoon,
    kCertificateKey,      kTlsKeyOpen,         kWithoutTls,        kPortTaken,
    kAddressUnavailable,  kSocketFolder,       kFilesFew};

}  // namespace findings

struct Finding {
  FindingKind kind;
  std::string subject;  // a file, a folder, an address
  std::vector<RefusalArg> args = {};
  std::optional<Refusal> cause = {};  // where a check of the program itself refused
};

struct Installation {
  std::vector<std::filesystem::path> houses;
  std::filesystem::path accounts = {};         // empty: not looked at; so below
  std::optional<HttpServerOptions> http = {};  // what a server would be started with
  std::filesystem::path backups = {};          // a folder of backups
  std::optional<SignedHead> head = {};         // kept elsewhere, of one of the houses
  std::int64_t backup_days_max = 7;
  std::int64_t certificate_days_min = 30;
  std::uint64_t free_bytes_min = std::uint64_t{1} << 30;
  Instant now;  // of the clock, or a day to look ahead to
};

// The newest backup of a house in a folder of them.
struct FoundBackup {
  std::filesystem::path file;
  Instant at;           // when the file was last changed
  bool sealed = false;  // whose house it holds cannot be seen: it counts for every house
};
// None: there is none. Backups in the open count for the house that they name.
std::optional<FoundBackup> newest_backup(const std::filesystem::path& folder,
                                         const std::string& house);

// What is there of a house, whether or not anything is wrong with it.
struct HouseFacts {
  std::filesystem::path folder;
  std::string name;                          // empty: not known
  std::uint64_t records = 0;                 // of a journal that could be read to its end, as below
  std::optional<house::Head> head;           // of it
  std::uint64_t journal_bytes = 0;           // with what its log holds
  std::uint64_t free_bytes = 0;              // of the medium, for whoever runs the program
  std::optional<std::int64_t> bytes_a_day;   // of the journal from its first record to its last;
                                             // none: it is not a day old
  std::optional<std::int64_t> days_of_disk;  // until the medium is full if it goes on so
  std::optional<FoundBackup> backup;
};
struct CertificateFacts {
  Instant begins;
  Instant ends;
  std::int64_t days = 0;  // whole days that are left at Installation::now; below zero: it is over
};
struct Examined {
  std::vector<Finding> findings;   // houses first
  std::vector<HouseFacts> houses;  // those that are there, in the order of the installation
  std::optional<CertificateFacts> certificate;
};

// Cost: verify_journal of each house and of its newest backup.
Examined examine_all(const Installation& installation);
// The findings of it alone.
std::vector<Finding> examine(const Installation& installation);

}  // namespace anlan::platform
