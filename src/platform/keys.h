// The two keys of a house, in files of mode 0600 apart from the journal (docs/JOURNAL.md section
// 5): keys/signing.key, the seed of the Ed25519 key that signs heads and documents, and
// keys/personal.key, which wraps the keys of personal data.
#pragma once

#include <array>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "house/ports.h"

namespace anlan::platform {

// 32 secret bytes; wiped when it ends.
class SecretKey {
 public:
  explicit SecretKey(std::span<const std::byte, 32> bytes);
  SecretKey(SecretKey&& other) noexcept;
  SecretKey& operator=(SecretKey&&) = delete;
  ~SecretKey();
  std::span<const std::byte, 32> bytes() const { return bytes_; }

 private:
  std::array<std::byte, 32> bytes_;
};

SecretKey random_key();

// Makes both keys in a new folder `keys` of mode 0700, durable when it returns. Refuses kKeysExist
// when the folder is there: a key is never overwritten.
Result<Done> create_keys(const std::filesystem::path& keys);

// Signs with keys/signing.key.
class FileSigner final : public house::Signer {
 public:
  // Refuses kKeysMissing, kKeyFileOpen (readable by others, args mode), kKeyFileMalformed.
  static Result<FileSigner> open(const std::filesystem::path& keys);
  house::Signature sign(BytesView message) override;
  house::PublicKey public_key() const override { return public_key_; }

 private:
  explicit FileSigner(SecretKey seed);
  SecretKey seed_;
  house::PublicKey public_key_{};
};

// keys/personal.key, with the same refusals.
Result<SecretKey> read_personal_key(const std::filesystem::path& keys);

bool verify_signature(BytesView message, const house::Signature& signature,
                      const house::PublicKey& key);

std::string to_text(const house::PublicKey& key);  // 64 hexadecimal digits
// Refuses kHexMalformed.
Result<house::PublicKey> parse_public_key(std::string_view text, std::string_view path);
// For people to compare: SHA-256 of the key, 16 groups of four digits.
std::string fingerprint(const house::PublicKey& key);

// A key and the seqs of the heads that it may have signed. A retired key stays trusted for its
// range.
struct TrustedKey {
  house::PublicKey key{};
  std::uint64_t from_seq = 1;
  std::uint64_t until_seq = UINT64_MAX;  // the last one
  bool operator==(const TrustedKey&) const = default;
};

// The keys after `next` took over with the record of seq `at_seq` (> the last rotation's).
std::vector<TrustedKey> after_rotation(std::vector<TrustedKey> keys, const house::PublicKey& next,
                                       std::uint64_t at_seq);
bool is_trusted(std::span<const TrustedKey> keys, const house::PublicKey& key, std::uint64_t seq);

}  // namespace anlan::platform
