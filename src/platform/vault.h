// The vault: personal data, encrypted under one key per subject, outside the journal. Events carry
// a PersonalRef; destroying the subject's key erases it and the chain still verifies.
// docs/JOURNAL.md section 6.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "domain/party.h"
#include "platform/keys.h"
#include "platform/sqlite.h"

namespace anlan::platform {

inline constexpr std::size_t kPersonalBytesMax = std::size_t{64} << 10;

// One thread. Every call may also refuse as Database does (sqlite.h).
class Vault {
 public:
  static Result<Vault> create(const std::filesystem::path& file, SecretKey key);
  static Result<Vault> open(const std::filesystem::path& file, SecretKey key, DatabaseMode mode);

  // The subject made for `origin` (the actor and the key of the command that brought the data),
  // made now when there is none, so that a repeated command refers to the same subject.
  Result<domain::SubjectId> subject_for(std::string_view origin);

  // Stores a text durably; the same text again gives the same reference. Refuses kPersonalTooLong
  // (args limit), kPersonalMissing (no such subject), kSubjectErased, kPersonalKeyWrong.
  Result<domain::PersonalRef> put(domain::SubjectId subject, std::uint32_t slot,
                                  std::string_view text);

  // The text, or nothing when the subject is erased. Refuses kPersonalMissing (never stored here,
  // or the file was lost), kPersonalDamaged (the stored bytes are not those of the reference),
  // kPersonalKeyWrong (another keys/personal.key).
  Result<std::optional<std::string>> open(const domain::PersonalRef& ref);

  // Destroys the subject's key and items and empties the file's log. Erasing twice is no error. A
  // refusal leaves at most the log to be emptied: call again. Refuses kPersonalMissing.
  Result<Done> erase(domain::SubjectId subject);

  // Whether this is the key that the keys of the subjects were wrapped with. Refuses
  // kPersonalKeyWrong. Of a vault without a subject every key is.
  static Result<Done> check_key(Database& database, const SecretKey& key);
  // The tables of the vault, empty; within a transaction of the caller's. Restoring needs no key.
  static Result<Done> write_schema(Database& database);
  // Stored items whose bytes hash to their name; refuses kPersonalDamaged at the first that do not.
  static Result<std::uint64_t> check_items(Database& database);

  Database& database() { return database_; }

 private:
  Vault(Database database, SecretKey key) : database_(std::move(database)), key_(std::move(key)) {}
  Result<std::optional<SecretKey>> subject_key(domain::SubjectId subject);
  Result<domain::SubjectId> add_subject(const Digest& origin);

  Database database_;
  SecretKey key_;
};

}  // namespace anlan::platform
