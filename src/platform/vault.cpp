#include "platform/vault.h"

#include <sodium.h>

#include "platform/refusals.h"
#include "platform/schema.h"

namespace anlan::platform {
namespace {

constexpr std::size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(kNonceBytes == 24 && kTagBytes == 16);
static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == 32);

using Nonce = std::array<std::byte, kNonceBytes>;

unsigned char* raw(std::byte* bytes) { return reinterpret_cast<unsigned char*>(bytes); }
const unsigned char* raw(const std::byte* bytes) {
  return reinterpret_cast<const unsigned char*>(bytes);
}

Refusal about(RefusalCode code, domain::SubjectId subject, std::vector<RefusalArg> args = {}) {
  return Refusal{.code = code,
                 .path = "subject",
                 .value = to_text(subject),
                 .args = std::move(args),
                 .at = {}};
}

// Ties a sealed text to its place, so that it opens nowhere else.
Bytes place_of_subject(domain::SubjectId subject) {
  ByteWriter out;
  out.text("anlan.subject.1");
  out.whole(subject.number);
  return out.take();
}

Bytes place_of_item(domain::SubjectId subject, std::uint32_t slot) {
  ByteWriter out;
  out.text("anlan.item.1");
  out.whole(subject.number);
  out.whole(slot);
  return out.take();
}

// Nonce, then ciphertext and tag.
Bytes seal(BytesView text, BytesView place, const Nonce& nonce, const SecretKey& key) {
  Bytes sealed(nonce.begin(), nonce.end());
  sealed.resize(kNonceBytes + text.size() + kTagBytes);
  crypto_aead_xchacha20poly1305_ietf_encrypt(
      raw(sealed.data() + kNonceBytes), nullptr, raw(text.data()), text.size(), raw(place.data()),
      place.size(), nullptr, raw(nonce.data()), raw(key.bytes().data()));
  return sealed;
}

std::optional<Bytes> unseal(BytesView sealed, BytesView place, const SecretKey& key) {
  if (sealed.size() < kNonceBytes + kTagBytes) return std::nullopt;
  const BytesView body = sealed.subspan(kNonceBytes);
  Bytes text(body.size() - kTagBytes);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(
          raw(text.data()), nullptr, nullptr, raw(body.data()), body.size(), raw(place.data()),
          place.size(), raw(sealed.data()), raw(key.bytes().data())) != 0) {
    return std::nullopt;
  }
  return text;
}

Nonce random_nonce() {
  Nonce nonce{};
  randombytes_buf(nonce.data(), nonce.size());
  return nonce;
}

// A function of key, slot and text: storing the same text again gives the same bytes. Two texts
// share a nonce with probability 2^-96 or less (BLAKE2b of 24 bytes), and only under one subject's
// key.
Nonce nonce_of_text(std::string_view text, std::uint32_t slot, const SecretKey& key) {
  constexpr std::string_view kPurpose = "anlan.nonce.1";
  std::array<unsigned char, 32> nonce_key{};
  crypto_generichash(nonce_key.data(), nonce_key.size(), raw(bytes_of(kPurpose).data()),
                     kPurpose.size(), raw(key.bytes().data()), key.bytes().size());
  ByteWriter message;
  message.whole(slot);
  message.text(text);
  Nonce nonce{};
  crypto_generichash(raw(nonce.data()), nonce.size(), raw(message.bytes().data()),
                     message.bytes().size(), nonce_key.data(), nonce_key.size());
  sodium_memzero(nonce_key.data(), nonce_key.size());
  return nonce;
}

Result<Done> empty_deleted(Database& database) { return database.run("PRAGMA secure_delete=ON"); }

}  // namespace

Result<Vault> Vault::create(const std::filesystem::path& file, SecretKey key) {
  ANLAN_TRY(Database database, Database::open(file, DatabaseMode::kCreate));
  ANLAN_REQUIRE(empty_deleted(database));
  ANLAN_REQUIRE(database.write_durably());
  ANLAN_TRY(WriteTransaction transaction, WriteTransaction::start(database));
  ANLAN_REQUIRE(write_schema(database));
  ANLAN_REQUIRE(transaction.commit());
  return Vault(std::move(database), std::move(key));
}

Result<Done> Vault::write_schema(Database& database) {
  ANLAN_REQUIRE(database.set_identity(schema::kPersonalId, schema::kFormat));
  for (const std::string_view statement : schema::kPersonal) {
    ANLAN_REQUIRE(database.run(std::string(statement)));
  }
  return Done{};
}

Result<Done> Vault::check_key(Database& database, const SecretKey& key) {
  ANLAN_TRY(Statement row, database.prepare("SELECT subject, wrapped_key FROM subjects "
                                            "WHERE wrapped_key IS NOT NULL LIMIT 1"));
  ANLAN_TRY(const bool found, row.step());
  if (!found) return Done{};
  const domain::SubjectId subject{static_cast<std::uint64_t>(row.whole(0))};
  std::optional<Bytes> bytes = unseal(row.blob(1), place_of_subject(subject), key);
  if (!bytes) return about(refusals::kPersonalKeyWrong, subject);
  sodium_memzero(bytes->data(), bytes->size());
  return Done{};
}

Result<Vault> Vault::open(const std::filesystem::path& file, SecretKey key, DatabaseMode mode) {
  ANLAN_CHECK(mode == DatabaseMode::kReadWrite || mode == DatabaseMode::kReadOnly);
  ANLAN_TRY(Database database, Database::open(file, mode));
  ANLAN_REQUIRE(database.check_identity(schema::kPersonalId, schema::kFormat));
  ANLAN_REQUIRE(database.check_schema(schema::kPersonal));
  if (mode == DatabaseMode::kReadWrite) {
    ANLAN_REQUIRE(empty_deleted(database));
    ANLAN_REQUIRE(database.write_durably());
  }
  return Vault(std::move(database), std::move(key));
}

Result<domain::SubjectId> Vault::subject_for(std::string_view origin) {
  const Digest digest = sha256(bytes_of(origin));
  {
    ANLAN_TRY(Statement known, database_.prepare("SELECT subject FROM subjects WHERE origin = ?"));
    ANLAN_TRY(const bool row, known.bind_blob(0, digest.bytes).step());
    if (row) return domain::SubjectId{static_cast<std::uint64_t>(known.whole(0))};
  }
  return add_subject(digest);
}

Result<domain::SubjectId> Vault::add_subject(const Digest& origin) {
  ANLAN_TRY(WriteTransaction transaction, WriteTransaction::start(database_));
  ANLAN_TRY(const std::int64_t last, database_.whole_of("SELECT max(subject) FROM subjects"));
  const domain::SubjectId subject{static_cast<std::uint64_t>(last) + 1};
  const SecretKey subject_key = random_key();
  const Bytes wrapped = seal(subject_key.bytes(), place_of_subject(subject), random_nonce(), key_);
  {
    ANLAN_TRY(Statement insert, database_.prepare("INSERT INTO subjects VALUES(?, ?, ?)"));
    ANLAN_REQUIRE(insert.bind(0, last + 1).bind_blob(1, origin.bytes).bind_blob(2, wrapped).run());
  }
  ANLAN_REQUIRE(transaction.commit());
  return subject;
}

// Nothing: erased.
Result<std::optional<SecretKey>> Vault::subject_key(domain::SubjectId subject) {
  ANLAN_TRY(Statement row, database_.prepare("SELECT wrapped_key FROM subjects WHERE subject = ?"));
  ANLAN_TRY(const bool found, row.bind(0, static_cast<std::int64_t>(subject.number)).step());
  if (!found) return about(refusals::kPersonalMissing, subject);
  if (row.type(0) == ColumnType::kNull) return std::optional<SecretKey>{};
  std::optional<Bytes> bytes = unseal(row.blob(0), place_of_subject(subject), key_);
  if (!bytes || bytes->size() != 32) return about(refusals::kPersonalKeyWrong, subject);
  SecretKey key(std::span<const std::byte, 32>(bytes->data(), 32));
  sodium_memzero(bytes->data(), bytes->size());
  return std::optional<SecretKey>(std::move(key));
}

Result<domain::PersonalRef> Vault::put(domain::SubjectId subject, std::uint32_t slot,
                                       std::string_view text) {
  if (text.size() > kPersonalBytesMax) {
    return about(refusals::kPersonalTooLong, subject,
                 {{.name = "limit", .value = std::to_string(kPersonalBytesMax)}});
  }
  ANLAN_TRY(const std::optional<SecretKey> key, subject_key(subject));
  if (!key) return about(refusals::kSubjectErased, subject);
  const Bytes sealed =
      seal(bytes_of(text), place_of_item(subject, slot), nonce_of_text(text, slot, *key), *key);
  const domain::PersonalRef ref{.subject = subject, .slot = slot, .cipher = sha256(sealed)};
  ANLAN_TRY(WriteTransaction transaction, WriteTransaction::start(database_));
  {
    ANLAN_TRY(Statement insert,
              database_.prepare("INSERT OR IGNORE INTO items VALUES(?, ?, ?, ?)"));
    ANLAN_REQUIRE(insert.bind(0, static_cast<std::int64_t>(subject.number))
                      .bind(1, slot)
                      .bind_blob(2, ref.cipher.bytes)
                      .bind_blob(3, sealed)
                      .run());
  }
  ANLAN_REQUIRE(transaction.commit());
  return ref;
}

Result<std::optional<std::string>> Vault::open(const domain::PersonalRef& ref) {
  ANLAN_TRY(const std::optional<SecretKey> key, subject_key(ref.subject));
  if (!key) return std::optional<std::string>{};
  ANLAN_TRY(
      Statement row,
      database_.prepare("SELECT sealed FROM items WHERE subject = ? AND slot = ? AND cipher = ?"));
  ANLAN_TRY(const bool found, row.bind(0, static_cast<std::int64_t>(ref.subject.number))
                                  .bind(1, ref.slot)
                                  .bind_blob(2, ref.cipher.bytes)
                                  .step());
  if (!found) return about(refusals::kPersonalMissing, ref.subject);
  const BytesView sealed = row.blob(0);
  if (sha256(sealed) != ref.cipher) return about(refusals::kPersonalDamaged, ref.subject);
  const auto text = unseal(sealed, place_of_item(ref.subject, ref.slot), *key);
  if (!text) return about(refusals::kPersonalDamaged, ref.subject);
  return std::optional<std::string>(
      std::string(reinterpret_cast<const char*>(text->data()), text->size()));
}

Result<Done> Vault::erase(domain::SubjectId subject) {
  ANLAN_TRY(WriteTransaction transaction, WriteTransaction::start(database_));
  const auto number = static_cast<std::int64_t>(subject.number);
  {
    ANLAN_TRY(Statement known, database_.prepare("SELECT 1 FROM subjects WHERE subject = ?"));
    ANLAN_TRY(const bool found, known.bind(0, number).step());
    if (!found) return about(refusals::kPersonalMissing, subject);
  }
  for (const std::string_view sql : {"UPDATE subjects SET wrapped_key = NULL WHERE subject = ?",
                                     "DELETE FROM items WHERE subject = ?"}) {
    ANLAN_TRY(Statement change, database_.prepare(sql));
    ANLAN_REQUIRE(change.bind(0, number).run());
  }
  ANLAN_REQUIRE(transaction.commit());
  return database_.empty_log();
}

Result<std::uint64_t> Vault::check_items(Database& database) {
  std::uint64_t count = 0;
  ANLAN_TRY(Statement rows, database.prepare("SELECT subject, cipher, sealed FROM items"));
  for (;;) {
    ANLAN_TRY(const bool row, rows.step());
    if (!row) return count;
    const BytesView name = rows.blob(1);
    const Digest digest = sha256(rows.blob(2));
    if (!std::equal(name.begin(), name.end(), digest.bytes.begin(), digest.bytes.end())) {
      return about(refusals::kPersonalDamaged,
                   domain::SubjectId{static_cast<std::uint64_t>(rows.whole(0))});
    }
    ++count;
  }
}

}  // namespace anlan::platform
