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
inline constexpr std::uint32_t kWebhooksId = 0x414E4C48;  // "ANLH"
inline constexpr std::uint32_t kPaymentsId = 0x414E4C59;  // "ANLY"
inline constexpr std::uint32_t kGatewayId = 0x414E4C47;   // "ANLG"
inline constexpr int kFormat = 1;                         // of journals, vaults and backups
inline constexpr int kAccountsFormat = 2;  // since 2: upgrades. upgrade.h leads from 1 to it

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
// microseconds since 1970. second_factor is NULL where none was begun, counts once confirmed, and
// is sealed where the service has a key for it. organisation is "" where there is none.
inline constexpr std::string_view kAccountRows =
    "CREATE TABLE accounts(account INTEGER PRIMARY KEY, login TEXT NOT NULL UNIQUE, "
    "display_name TEXT NOT NULL, password TEXT NOT NULL, administrator INTEGER NOT NULL, "
    "disabled INTEGER NOT NULL, created INTEGER NOT NULL, second_factor BLOB, "
    "second_factor_confirmed INTEGER NOT NULL, second_factor_step INTEGER NOT NULL, "
    "organisation TEXT NOT NULL) STRICT";
inline constexpr std::string_view kMemberships =
    "CREATE TABLE memberships(account INTEGER NOT NULL, house TEXT NOT NULL, actor TEXT NOT NULL, "
    "PRIMARY KEY(account, house, actor)) STRICT, WITHOUT ROWID";
inline constexpr std::string_view kRecoveryCodes =
    "CREATE TABLE recovery_codes(account INTEGER NOT NULL, code BLOB NOT NULL, "
    "PRIMARY KEY(account, code)) STRICT, WITHOUT ROWID";
inline constexpr std::string_view kSessions =
    "CREATE TABLE sessions(session INTEGER PRIMARY KEY, account INTEGER NOT NULL, "
    "token BLOB NOT NULL UNIQUE, created INTEGER NOT NULL, used INTEGER NOT NULL, "
    "peer TEXT NOT NULL, second_factor INTEGER) STRICT";
inline constexpr std::string_view kApiKeys =
    "CREATE TABLE api_keys(api_key INTEGER PRIMARY KEY, account INTEGER NOT NULL, "
    "name TEXT NOT NULL, kind INTEGER NOT NULL, scope INTEGER NOT NULL, house TEXT NOT NULL, "
    "actor TEXT NOT NULL, operations TEXT NOT NULL, shown TEXT NOT NULL, "
    "token BLOB NOT NULL UNIQUE, token_before BLOB UNIQUE, token_before_until INTEGER NOT NULL, "
    "created INTEGER NOT NULL, expires INTEGER, revoked INTEGER, used INTEGER) STRICT";
// When the file was brought from which format to which (upgrade.h).
inline constexpr std::string_view kUpgrades =
    "CREATE TABLE upgrades(at INTEGER NOT NULL, found INTEGER NOT NULL, reached INTEGER NOT NULL) "
    "STRICT";
inline constexpr std::string_view kInvitations =
    "CREATE TABLE invitations(account INTEGER PRIMARY KEY, token BLOB NOT NULL UNIQUE, "
    "ends INTEGER NOT NULL) STRICT";
// public_key: COSE_Key as the authenticator gave it.
inline constexpr std::string_view kPasskeys =
    "CREATE TABLE passkeys(passkey INTEGER PRIMARY KEY, account INTEGER NOT NULL, "
    "name TEXT NOT NULL, credential BLOB NOT NULL UNIQUE, public_key BLOB NOT NULL, "
    "counter INTEGER NOT NULL, created INTEGER NOT NULL, used INTEGER) STRICT";
inline constexpr std::string_view kOrganisations =
    "CREATE TABLE organisations(organisation TEXT PRIMARY KEY, kind INTEGER NOT NULL, "
    "licence TEXT NOT NULL) STRICT, WITHOUT ROWID";
inline constexpr std::string_view kOrganisationHouses =
    "CREATE TABLE organisation_houses(house TEXT PRIMARY KEY, organisation TEXT NOT NULL) STRICT, "
    "WITHOUT ROWID";
inline constexpr std::string_view kCompanyGrants =
    "CREATE TABLE company_grants(house TEXT NOT NULL, organisation TEXT NOT NULL, "
    "enterprise INTEGER NOT NULL, PRIMARY KEY(house, organisation, enterprise)) STRICT, "
    "WITHOUT ROWID";
inline constexpr std::array kAccounts{
    kAccountRows, kMemberships,   kRecoveryCodes,      kSessions,      kApiKeys, kInvitations,
    kPasskeys,    kOrganisations, kOrganisationHouses, kCompanyGrants, kUpgrades};

// Format 1 had neither organisations nor passkeys.
inline constexpr std::string_view kAccountRows1 =
    "CREATE TABLE accounts(account INTEGER PRIMARY KEY, login TEXT NOT NULL UNIQUE, "
    "display_name TEXT NOT NULL, password TEXT NOT NULL, administrator INTEGER NOT NULL, "
    "disabled INTEGER NOT NULL, created INTEGER NOT NULL, second_factor BLOB, "
    "second_factor_confirmed INTEGER NOT NULL, second_factor_step INTEGER NOT NULL) STRICT";
inline constexpr std::string_view kSessions1 =
    "CREATE TABLE sessions(session INTEGER PRIMARY KEY, account INTEGER NOT NULL, "
    "token BLOB NOT NULL UNIQUE, created INTEGER NOT NULL, used INTEGER NOT NULL, "
    "peer TEXT NOT NULL) STRICT";
inline constexpr std::array kAccountsFormat1{kAccountRows1, kMemberships, kRecoveryCodes,
                                             kSessions1, kApiKeys};
// What format 1 held, into the tables of format 2.
inline constexpr std::array<std::string_view, 14> kAccountsFromFormat1{
    "ALTER TABLE accounts RENAME TO accounts_1",
    "ALTER TABLE sessions RENAME TO sessions_1",
    kAccountRows,
    kSessions,
    "INSERT INTO accounts SELECT account, login, display_name, password, administrator, disabled, "
    "created, second_factor, second_factor_confirmed, second_factor_step, '' FROM accounts_1",
    "INSERT INTO sessions SELECT session, account, token, created, used, peer, NULL FROM "
    "sessions_1",
    "DROP TABLE accounts_1",
    "DROP TABLE sessions_1",
    kInvitations,
    kPasskeys,
    kOrganisations,
    kOrganisationHouses,
    kCompanyGrants,
    kUpgrades};

// Whom the service calls when something happened (webhooks.h). The secrets stand in clear: bodies
// are signed with them. Times are microseconds since 1970. secret_before is NULL where none was
// rotated out; a removed endpoint keeps its row, so that its id is never given again.
inline constexpr std::string_view kEndpoints =
    "CREATE TABLE endpoints(endpoint INTEGER PRIMARY KEY, account INTEGER NOT NULL, "
    "house TEXT NOT NULL, actor TEXT NOT NULL, url TEXT NOT NULL, events TEXT NOT NULL, "
    "secret TEXT NOT NULL, secret_before TEXT, secret_before_until INTEGER NOT NULL, "
    "state INTEGER NOT NULL, created INTEGER NOT NULL, seen INTEGER NOT NULL) STRICT";
inline constexpr std::string_view kDeliveries =
    "CREATE TABLE deliveries(delivery INTEGER PRIMARY KEY, endpoint INTEGER NOT NULL, "
    "seq INTEGER NOT NULL, state INTEGER NOT NULL, attempts INTEGER NOT NULL, "
    "queued INTEGER NOT NULL, next INTEGER NOT NULL, status INTEGER NOT NULL, "
    "failure INTEGER NOT NULL) STRICT";
inline constexpr std::string_view kDeliveriesDue =
    "CREATE INDEX deliveries_due ON deliveries(endpoint, next) WHERE state = 1";
inline constexpr std::string_view kDeliveriesOf =
    "CREATE INDEX deliveries_of ON deliveries(endpoint, delivery)";
inline constexpr std::string_view kWebhookAnswers =
    "CREATE TABLE answers(house TEXT NOT NULL, actor TEXT NOT NULL, key TEXT NOT NULL, "
    "input BLOB NOT NULL, endpoint INTEGER NOT NULL, number INTEGER NOT NULL, "
    "secret TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY(house, actor, key)) "
    "STRICT, WITHOUT ROWID";
inline constexpr std::array kWebhooks{kEndpoints, kDeliveries, kDeliveriesDue, kDeliveriesOf,
                                      kWebhookAnswers};

// What the house asked a gateway to take (payments.h). How a payment stands is not here: the
// gateway and the journal know it.
inline constexpr std::string_view kPaymentRows =
    "CREATE TABLE payments(payment TEXT PRIMARY KEY, policy INTEGER NOT NULL, "
    "minor INTEGER NOT NULL, currency TEXT NOT NULL, actor TEXT NOT NULL, at INTEGER NOT NULL, "
    "place INTEGER NOT NULL UNIQUE) STRICT";
inline constexpr std::array kPayments{kPaymentRows};

// What the sandbox's gateway knows (sandbox_gateway.h). to_tell: how often the house is still to
// take the notice; tell_at: by the machine's clock.
inline constexpr std::string_view kGatewayOrders =
    "CREATE TABLE orders(payment TEXT PRIMARY KEY, house TEXT NOT NULL, reference TEXT NOT NULL, "
    "minor INTEGER NOT NULL, currency TEXT NOT NULL, begun INTEGER NOT NULL, "
    "state INTEGER NOT NULL, changed INTEGER NOT NULL, to_tell INTEGER NOT NULL, "
    "tell_at INTEGER NOT NULL) STRICT";
inline constexpr std::array kGateway{kMeta, kGatewayOrders};

}  // namespace anlan::platform::schema
