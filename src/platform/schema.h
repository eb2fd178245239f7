// The tables of our SQLite files, statement by statement as SQLite keeps them in its schema: a file
// whose schema differs by a character is not ours. docs/JOURNAL.md, section 1.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace anlan::platform::schema {

inline constexpr std::uint32_t kJournalId = 0x414E4C4E;   // "ANLN"
inline constexpr std::uint32_t kPersonalId = 0x414E4C50;  // "ANLP"
inline constexpr std::uint32_t kBackupId = 0x414E4C42;    // "ANLB"
inline constexpr std::uint32_t kAccountsId = 0x414E4C41;  // "ANLA"
inline constexpr int kFormat = 1;

inline constexpr std::string_view kMeta =
    "CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT";
inline constexpr std::string_view kRecords =
    "CREATE TABLE records(seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, kind INTEGER NOT NULL, "
    "version INTEGER NOT NULL, ordinal INTEGER NOT NULL, count INTEGER NOT NULL, "
    "actor TEXT NOT NULL, key TEXT NOT NULL, input BLOB NOT NULL, body BLOB NOT NULL, "
    "chain BLOB NOT NULL) STRICT";
inline constexpr std::string_view kRecordsNotUpdated =
    "CREATE TRIGGER records_not_updated BEFORE UPDATE ON records "
    "BEGIN SELECT RAISE(ABORT, 'a record is never changed'); END";
inline constexpr std::string_view kRecordsNotDeleted =
    "CREATE TRIGGER records_not_deleted BEFORE DELETE ON records "
    "BEGIN SELECT RAISE(ABORT, 'a record is never deleted'); END";
inline constexpr std::array kJournal{kMeta, kRecords, kRecordsNotUpdated, kRecordsNotDeleted};

// `origin` is what a subject was made for, so that a repeated command finds it again. wrapped_key
// is NULL once the subject is erased.
inline constexpr std::string_view kSubjects =
    "CREATE TABLE subjects(subject INTEGER PRIMARY KEY, origin BLOB NOT NULL UNIQUE, "
    "wrapped_key BLOB) STRICT";
inline constexpr std::string_view kItems =
    "CREATE TABLE items(subject INTEGER NOT NULL, slot INTEGER NOT NULL, cipher BLOB NOT NULL, "
    "sealed BLOB NOT NULL, PRIMARY KEY(subject, slot, cipher)) STRICT, WITHOUT ROWID";
inline constexpr std::array kPersonal{kSubjects, kItems};

inline constexpr std::string_view kHeads =
    "CREATE TABLE heads(house TEXT NOT NULL, seq INTEGER NOT NULL, chain BLOB NOT NULL, "
    "at INTEGER NOT NULL, public_key BLOB NOT NULL, signature BLOB NOT NULL) STRICT";
inline constexpr std::string_view kBlobs =
    "CREATE TABLE blobs(digest BLOB PRIMARY KEY, bytes BLOB NOT NULL) STRICT, WITHOUT ROWID";
inline constexpr std::array kBackup{
    kMeta, kRecords, kRecordsNotUpdated, kRecordsNotDeleted, kSubjects, kItems, kHeads, kBlobs};

// Who may use the service (accounts.h). Of every token and code only its SHA-256 is here; times are
// microseconds since 1970. second_factor is NULL where none was begun, and counts once confirmed.
inline constexpr std::string_view kAccountRows =
    "CREATE TABLE accounts(account INTEGER PRIMARY KEY, login TEXT NOT NULL UNIQUE, "
    "display_name TEXT NOT NULL, password TEXT NOT NULL, administrator INTEGER NOT NULL, "
    "disabled INTEGER NOT NULL, created INTEGER NOT NULL, second_factor BLOB, "
    "second_factor_confirmed INTEGER NOT NULL, second_factor_step INTEGER NOT NULL) STRICT";
inline constexpr std::string_view kMemberships =
    "CREATE TABLE memberships(account INTEGER NOT NULL, house TEXT NOT NULL, actor TEXT NOT NULL, "
    "PRIMARY KEY(account, house, actor)) STRICT, WITHOUT ROWID";
inline constexpr std::string_view kRecoveryCodes =
    "CREATE TABLE recovery_codes(account INTEGER NOT NULL, code BLOB NOT NULL, "
    "PRIMARY KEY(account, code)) STRICT, WITHOUT ROWID";
inline constexpr std::string_view kSessions =
    "CREATE TABLE sessions(session INTEGER PRIMARY KEY, account INTEGER NOT NULL, "
    "token BLOB NOT NULL UNIQUE, created INTEGER NOT NULL, used INTEGER NOT NULL, "
    "peer TEXT NOT NULL) STRICT";
inline constexpr std::string_view kApiKeys =
    "CREATE TABLE api_keys(api_key INTEGER PRIMARY KEY, account INTEGER NOT NULL, "
    "name TEXT NOT NULL, kind INTEGER NOT NULL, scope INTEGER NOT NULL, house TEXT NOT NULL, "
    "actor TEXT NOT NULL, operations TEXT NOT NULL, shown TEXT NOT NULL, "
    "token BLOB NOT NULL UNIQUE, token_before BLOB UNIQUE, token_before_until INTEGER NOT NULL, "
    "created INTEGER NOT NULL, expires INTEGER, revoked INTEGER, used INTEGER) STRICT";
inline constexpr std::array kAccounts{kAccountRows, kMemberships, kRecoveryCodes, kSessions,
                                      kApiKeys};

}  // namespace anlan::platform::schema
