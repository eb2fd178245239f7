// Refusals of platform: what files, databases, keys and the vault can say no to. The journal port's
// own (disk_full, not_after_head, storage_failed) stand in house/journal_refusals.h.
#pragma once

#include <array>

#include "base/result.h"

namespace anlan::platform::refusals {

// Files; path is "file", value its name. Too large a file is formats' file_too_large.
inline constexpr RefusalCode kFileMissing{8001, "file_missing"};
inline constexpr RefusalCode kFileUnreadable{8002, "file_unreadable"};   // args reason
inline constexpr RefusalCode kFileNotWritten{8003, "file_not_written"};  // args reason
inline constexpr RefusalCode kFileExists{8004, "file_exists"};
inline constexpr RefusalCode kDataFolder{8005, "data_folder"};           // args reason
inline constexpr RefusalCode kXlsxNotWritten{8006, "xlsx_not_written"};  // args reason
inline constexpr RefusalCode kPdfToolMissing{8007, "pdf_tool_missing"};
inline constexpr RefusalCode kPdfNotRead{8008, "pdf_not_read"};  // args reason
inline constexpr RefusalCode kPdfLimit{8009, "pdf_limit"};       // args seconds, max: MiB of text

// Databases and records.
inline constexpr RefusalCode kDatabaseDamaged{8010, "database_damaged"};  // args reason
inline constexpr RefusalCode kDatabaseFormat{8011, "database_format"};    // args found, expected
inline constexpr RefusalCode kRecordMalformed{8012, "record_malformed"};  // args seq, column
inline constexpr RefusalCode kRecordTooLarge{8013, "record_too_large"};   // args limit, in bytes

// The folder of a house.
inline constexpr RefusalCode kHouseMissing{8020, "house_missing"};
inline constexpr RefusalCode kHouseExists{8021, "house_exists"};
inline constexpr RefusalCode kHouseBusy{8022, "house_busy"};  // args pid

// Keys.
inline constexpr RefusalCode kKeysMissing{8030, "keys_missing"};
inline constexpr RefusalCode kKeysExist{8031, "keys_exist"};
inline constexpr RefusalCode kKeyFileOpen{8032, "key_file_open"};  // args mode
inline constexpr RefusalCode kKeyFileMalformed{8033, "key_file_malformed"};
inline constexpr RefusalCode kHexMalformed{8034, "hex_malformed"};  // args digits

// Signed heads; args seq.
inline constexpr RefusalCode kHeadUnsigned{8040, "head_unsigned"};
inline constexpr RefusalCode kHeadSignatureWrong{8041, "head_signature_wrong"};
inline constexpr RefusalCode kHeadKeyUntrusted{8042, "head_key_untrusted"};
inline constexpr RefusalCode kHeadOtherHouse{8043, "head_other_house"};  // args expected, found
inline constexpr RefusalCode kTailDropped{8044, "tail_dropped"};         // args seq, found
inline constexpr RefusalCode kHeadNotInJournal{8045, "head_not_in_journal"};

// Personal data and blobs.
inline constexpr RefusalCode kPersonalTooLong{8050, "personal_too_long"};  // args limit, in bytes
inline constexpr RefusalCode kPersonalMissing{8051, "personal_missing"};
inline constexpr RefusalCode kPersonalDamaged{8052, "personal_damaged"};
inline constexpr RefusalCode kPersonalKeyWrong{8053, "personal_key_wrong"};
inline constexpr RefusalCode kSubjectErased{8054, "subject_erased"};
inline constexpr RefusalCode kBlobDamaged{8055, "blob_damaged"};
inline constexpr RefusalCode kBlobTooLarge{8056, "blob_too_large"};  // args limit, in bytes
inline constexpr RefusalCode kBlobMissing{8057, "blob_missing"};     // args seq, file

// A house that is served.
inline constexpr RefusalCode kHouseLoaded{8058, "house_loaded"};

// Accounts of people and programs. None of them carries a password, a code or a token.
inline constexpr RefusalCode kAccountsBusy{8060, "accounts_busy"};  // args pid
inline constexpr RefusalCode kAccountMissing{8061, "account_missing"};
inline constexpr RefusalCode kLoginMalformed{8062, "login_malformed"};  // args max, in bytes
inline constexpr RefusalCode kLoginTaken{8063, "login_taken"};
inline constexpr RefusalCode kShownNameMalformed{8064, "shown_name_malformed"};  // args max
inline constexpr RefusalCode kAccountLimit{8065, "account_limit"};  // args limit; path says of what
inline constexpr RefusalCode kLastAdministrator{8066, "last_administrator"};
inline constexpr RefusalCode kPasswordTooShort{8067, "password_too_short"};  // args min, in signs
inline constexpr RefusalCode kPasswordTooLong{8068, "password_too_long"};    // args max, in bytes
inline constexpr RefusalCode kPasswordHoldsLogin{8069, "password_holds_login"};
inline constexpr RefusalCode kPasswordUsual{8070, "password_usual"};
inline constexpr RefusalCode kPasswordNotHashed{8071, "password_not_hashed"};
inline constexpr RefusalCode kMembershipMissing{8072, "membership_missing"};  // args house, actor
inline constexpr RefusalCode kSignInDelayed{8073, "sign_in_delayed"};         // args seconds
inline constexpr RefusalCode kSignInWrong{8074, "sign_in_wrong"};
inline constexpr RefusalCode kCodeRequired{8075, "code_required"};
inline constexpr RefusalCode kAccountDisabled{8076, "account_disabled"};
inline constexpr RefusalCode kSecondFactorThere{8077, "second_factor_there"};
inline constexpr RefusalCode kSecondFactorMissing{8078, "second_factor_missing"};
inline constexpr RefusalCode kSecondFactorWrong{8079, "second_factor_wrong"};
inline constexpr RefusalCode kSessionMissing{8080, "session_missing"};
inline constexpr RefusalCode kApiKeyMissing{8081, "api_key_missing"};
inline constexpr RefusalCode kApiKeyEnded{8082, "api_key_ended"};
inline constexpr RefusalCode kExpiryPassed{8083, "expiry_passed"};  // args now
inline constexpr RefusalCode kCredentialUnknown{8084, "credential_unknown"};
inline constexpr RefusalCode kCredentialExpired{8085, "credential_expired"};

// HTTP; path is "listen", value the address and port, the socket or the file.
inline constexpr RefusalCode kHttpAddressMalformed{8090, "http_address_malformed"};
inline constexpr RefusalCode kHttpAddressTaken{8091, "http_address_taken"};
inline constexpr RefusalCode kHttpNotListening{8092, "http_not_listening"};  // args reason
inline constexpr RefusalCode kHttpCertificateUnusable{8093,
                                                      "http_certificate_unusable"};  // args reason

// Sealed backups (sealed_file.h); path is "file". None of them carries a secret.
inline constexpr RefusalCode kSealVersion{8150, "seal_version"};  // args found, known
inline constexpr RefusalCode kSealBroken{8151, "seal_broken"};    // changed, or its end is missing
inline constexpr RefusalCode kBackupKeyWrong{8152, "backup_key_wrong"};
inline constexpr RefusalCode kPassphraseShort{8153, "passphrase_short"};  // args min, in bytes
inline constexpr RefusalCode kSealKeyMalformed{8154, "seal_key_malformed"};
inline constexpr RefusalCode kBackupSealed{8155, "backup_sealed"};          // and no key was given
inline constexpr RefusalCode kBackupNotSealed{8156, "backup_not_sealed"};   // and a key was given
inline constexpr RefusalCode kAccountsUnsealed{8157, "accounts_unsealed"};  // asked for in the open
inline constexpr RefusalCode kAccountsNotThere{8158, "accounts_not_there"};  // in this backup

// Upgrades (upgrade.h).
inline constexpr RefusalCode kFormatUnknown{8160, "format_unknown"};  // args found, known
inline constexpr RefusalCode kNothingKept{8161, "nothing_kept"};      // to roll back to
inline constexpr RefusalCode kChangedSince{8162, "changed_since"};    // the upgrade; args table

inline constexpr std::array kPlatform{
    kFileMissing,         kFileUnreadable,     kFileNotWritten,
    kFileExists,          kDataFolder,         kXlsxNotWritten,
    kPdfToolMissing,      kPdfNotRead,         kPdfLimit,
    kDatabaseDamaged,     kDatabaseFormat,     kRecordMalformed,
    kRecordTooLarge,      kHouseMissing,       kHouseExists,
    kHouseBusy,           kKeysMissing,        kKeysExist,
    kKeyFileOpen,         kKeyFileMalformed,   kHexMalformed,
    kHeadUnsigned,        kHeadSignatureWrong, kHeadKeyUntrusted,
    kHeadOtherHouse,      kTailDropped,        kHeadNotInJournal,
    kPersonalTooLong,     kPersonalMissing,    kPersonalDamaged,
    kPersonalKeyWrong,    kSubjectErased,      kBlobDamaged,
    kBlobTooLarge,        kBlobMissing,        kHouseLoaded,
    kAccountsBusy,        kAccountMissing,     kLoginMalformed,
    kLoginTaken,          kShownNameMalformed, kAccountLimit,
    kLastAdministrator,   kPasswordTooShort,   kPasswordTooLong,
    kPasswordHoldsLogin,  kPasswordUsual,      kPasswordNotHashed,
    kMembershipMissing,   kSignInDelayed,      kSignInWrong,
    kCodeRequired,        kAccountDisabled,    kSecondFactorThere,
    kSecondFactorMissing, kSecondFactorWrong,  kSessionMissing,
    kApiKeyMissing,       kApiKeyEnded,        kExpiryPassed,
    kCredentialUnknown,   kCredentialExpired,  kHttpAddressMalformed,
    kHttpAddressTaken,    kHttpNotListening,   kHttpCertificateUnusable,
    kSealVersion,         kSealBroken,         kBackupKeyWrong,
    kPassphraseShort,     kSealKeyMalformed,   kBackupSealed,
    kBackupNotSealed,     kAccountsUnsealed,   kAccountsNotThere,
    kFormatUnknown,       kNothingKept,        kChangedSince};

}  // namespace anlan::platform::refusals
