// Sealed files: several files as one, encrypted and authenticated from the first byte to the last,
// read and written in pieces. docs/OPERATIONS.md says what a backup of this form holds.
//
//   head    "ANLANSEA", version 1, how the key is found (1 passphrase, 2 recipient), then
//           1: argon2id passes (4 bytes), memory in KiB (4), salt (16);
//           2: public key of the recipient (32), key of the file sealed to it (80, X25519)
//   stream  header of XChaCha20-Poly1305 secretstream (24), then pieces of 64 KiB and their tags;
//           each is bound to the whole head, the last one says that it is the last
//   inside  for each file: length of its name (1), name, length in bytes (8), bytes
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "platform/keys.h"

namespace anlan::platform {

inline constexpr std::size_t kPassphraseBytesMin = 12;
inline constexpr std::size_t kSealedPieceBytes = std::size_t{64} << 10;

struct Passphrase {
  std::string text;  // kPassphraseBytesMin at least where something is sealed
};
using SealPublicKey = std::array<std::byte, 32>;  // X25519
using SealTo = std::variant<Passphrase, SealPublicKey>;
using OpenWith = std::variant<Passphrase, SecretKey>;

// argon2id: how many passes over how much memory (KiB). Found in the head of a file and bounded
// when it is read, so that no file can ask for more than 1 GiB or 16 passes.
struct SealCost {
  std::uint32_t passes = 3;
  std::uint32_t memory_kib = 256U << 10;
};

struct SealedPart {
  std::string name;            // 1 to 100 of a-z 0-9 . _ -
  std::filesystem::path file;  // from where, or to where
};

// Whether the file begins as a sealed one does.
bool is_sealed(const std::filesystem::path& file);

// A new file of mode 0600, durable when it returns, there entirely or not at all. Refuses
// kPassphraseShort, kFileExists, kDiskFull, kFileNotWritten, kFileUnreadable (a part).
Result<Done> seal_files(const std::vector<SealedPart>& parts, const std::filesystem::path& target,
                        const SealTo& to, const SealCost& cost = {});

// Opens every part into `folder` under its name, as new files of mode 0600, and returns the names
// in order. What is there after a refusal is not to be used: the end of the file was not reached.
// Refuses kFileMissing, kFileUnreadable, kBackupNotSealed, kSealVersion (args found, known),
// kBackupKeyWrong (also a passphrase for a file sealed to a key, and the other way round),
// kSealBroken, kDiskFull, kFileNotWritten.
Result<std::vector<std::string>> open_sealed(const std::filesystem::path& file,
                                             const OpenWith& with,
                                             const std::filesystem::path& folder);

// A new pair: the secret key in a new file of mode 0600, the public one in `file`.pub. Refuses
// kFileExists, kFileNotWritten.
Result<SealPublicKey> create_seal_keys(const std::filesystem::path& file);
// Refuse kFileMissing, kSealKeyMalformed; the secret one kKeyFileOpen (args mode).
Result<SecretKey> read_seal_secret(const std::filesystem::path& file);
Result<SealPublicKey> read_seal_public(const std::filesystem::path& file);

}  // namespace anlan::platform
