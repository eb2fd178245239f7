#include "platform/keys.h"

#include <cerrno>
#include <system_error>

#include <sodium.h>
#include <sys/stat.h>

#include "base/check.h"
#include "platform/accounts_key.h"
#include "platform/files.h"
#include "platform/refusals.h"

namespace anlan::platform {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kSigningFile = "signing.key";
constexpr std::string_view kPersonalFile = "personal.key";
constexpr std::string_view kSigningTitle = "anlan signing key 1";
constexpr std::string_view kPersonalTitle = "anlan personal key 1";
constexpr std::string_view kAccountsTitle = "anlan accounts key 1";
constexpr std::size_t kKeyFileBytesMax = 4096;

unsigned char* raw(std::byte* bytes) { return reinterpret_cast<unsigned char*>(bytes); }
const unsigned char* raw(const std::byte* bytes) {
  return reinterpret_cast<const unsigned char*>(bytes);
}

// Before the first use of chance or signatures; safe to call again.
void start_sodium() { ANLAN_CHECK(sodium_init() >= 0); }

Refusal about(const fs::path& file, RefusalCode code, std::vector<RefusalArg> args = {}) {
  return Refusal{
      .code = code, .path = "keys", .value = file.string(), .args = std::move(args), .at = {}};
}

std::string octal(unsigned mode) {
  std::string text = "0";
  for (int shift = 6; shift >= 0; shift -= 3)
    text += static_cast<char>('0' + ((mode >> shift) & 7));
  return text;
}

// Two lines: a title that says what it is, and the key in hexadecimal.
Result<Done> write_key(const fs::path& file, std::string_view title) {
  const SecretKey key = random_key();
  std::string text = std::string(title) + "\n" + to_hex(BytesView(key.bytes())) + "\n";
  const Result<Done> written = write_new_file(file, bytes_of(text), kPrivateFile);
  sodium_memzero(text.data(), text.size());
  return written;
}

Result<SecretKey> read_key(const fs::path& file, std::string_view title) {
  struct stat info {};
  if (::stat(file.c_str(), &info) != 0) return about(file, refusals::kKeysMissing);
  if ((info.st_mode & 0077) != 0) {
    return about(file, refusals::kKeyFileOpen,
                 {{.name = "mode", .value = octal(info.st_mode & 0777)}});
  }
  ANLAN_TRY(std::string text, read_file(file.string(), kKeyFileBytesMax));
  std::array<std::byte, 32> bytes{};
  const std::string start = std::string(title) + "\n";
  const bool well_formed = text.size() == start.size() + 65 && text.starts_with(start) &&
                           text.ends_with('\n') &&
                           from_hex(std::string_view(text).substr(start.size(), 64), bytes);
  sodium_memzero(text.data(), text.size());
  if (!well_formed) return about(file, refusals::kKeyFileMalformed);
  SecretKey key(bytes);
  sodium_memzero(bytes.data(), bytes.size());
  return key;
}

}  // namespace

SecretKey::SecretKey(std::span<const std::byte, 32> bytes) {
  std::copy(bytes.begin(), bytes.end(), bytes_.begin());
}

SecretKey::SecretKey(SecretKey&& other) noexcept : bytes_(other.bytes_) {
  sodium_memzero(other.bytes_.data(), other.bytes_.size());
}

SecretKey::~SecretKey() { sodium_memzero(bytes_.data(), bytes_.size()); }

SecretKey random_key() {
  start_sodium();
  std::array<std::byte, 32> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  SecretKey key(bytes);
  sodium_memzero(bytes.data(), bytes.size());
  return key;
}

Result<Done> create_keys(const fs::path& keys) {
  if (::mkdir(keys.c_str(), 0700) != 0) {
    if (errno == EEXIST) return about(keys, refusals::kKeysExist);
    return Refusal{.code = refusals::kFileNotWritten,
                   .path = "keys",
                   .value = keys.string(),
                   .args = {{.name = "reason", .value = std::system_category().message(errno)}},
                   .at = {}};
  }
  ANLAN_REQUIRE(write_key(keys / kSigningFile, kSigningTitle));
  ANLAN_REQUIRE(write_key(keys / kPersonalFile, kPersonalTitle));
  return sync_folder(keys.parent_path());
}

FileSigner::FileSigner(SecretKey seed) : seed_(std::move(seed)) {
  start_sodium();
  std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret{};
  static_assert(crypto_sign_SEEDBYTES == 32 && crypto_sign_PUBLICKEYBYTES == 32);
  crypto_sign_seed_keypair(raw(public_key_.data()), secret.data(), raw(seed_.bytes().data()));
  sodium_memzero(secret.data(), secret.size());
}

Result<FileSigner> FileSigner::open(const fs::path& keys) {
  ANLAN_TRY(SecretKey seed, read_key(keys / kSigningFile, kSigningTitle));
  return FileSigner(std::move(seed));
}

house::Signature FileSigner::sign(BytesView message) {
  std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret{};
  house::PublicKey derived{};
  crypto_sign_seed_keypair(raw(derived.data()), secret.data(), raw(seed_.bytes().data()));
  house::Signature signature{};
  static_assert(crypto_sign_BYTES == 64);
  crypto_sign_detached(raw(signature.data()), nullptr, raw(message.data()), message.size(),
                       secret.data());
  sodium_memzero(secret.data(), secret.size());
  return signature;
}

Result<SecretKey> read_personal_key(const fs::path& keys) {
  return read_key(keys / kPersonalFile, kPersonalTitle);
}

Result<Done> create_accounts_key(const fs::path& file) { return write_key(file, kAccountsTitle); }

Result<SecretKey> read_accounts_key(const fs::path& file) { return read_key(file, kAccountsTitle); }

bool verify_signature(BytesView message, const house::Signature& signature,
                      const house::PublicKey& key) {
  start_sodium();
  return crypto_sign_verify_detached(raw(signature.data()), raw(message.data()), message.size(),
                                     raw(key.data())) == 0;
}

std::string to_text(const house::PublicKey& key) { return to_hex(BytesView(key)); }

Result<house::PublicKey> parse_public_key(std::string_view text, std::string_view path) {
  house::PublicKey key{};
  if (from_hex(text, key)) return key;
  return Refusal{.code = refusals::kHexMalformed,
                 .path = std::string(path),
                 .value = std::string(text),
                 .args = {{.name = "digits", .value = std::to_string(2 * key.size())}},
                 .at = {}};
}

std::string fingerprint(const house::PublicKey& key) {
  const std::string digits = to_hex(sha256(key));
  std::string groups;
  for (std::size_t i = 0; i < digits.size(); i += 4) {
    if (i > 0) groups += ' ';
    groups += digits.substr(i, 4);
  }
  return groups;
}

std::vector<TrustedKey> after_rotation(std::vector<TrustedKey> keys, const house::PublicKey& next,
                                       std::uint64_t at_seq) {
  ANLAN_CHECK(at_seq > 1);
  if (!keys.empty()) {
    ANLAN_CHECK(keys.back().from_seq < at_seq);
    keys.back().until_seq = at_seq - 1;
  }
  keys.push_back(TrustedKey{.key = next, .from_seq = at_seq, .until_seq = UINT64_MAX});
  return keys;
}

bool is_trusted(std::span<const TrustedKey> keys, const house::PublicKey& key, std::uint64_t seq) {
  for (const TrustedKey& trusted : keys) {
    if (trusted.key == key && trusted.from_seq <= seq && seq <= trusted.until_seq) return true;
  }
  return false;
}

}  // namespace anlan::platform
