#include "platform/sealed_file.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>
#include <span>
#include <system_error>

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include "house/journal_refusals.h"
#include "platform/files.h"
#include "platform/refusals.h"

namespace anlan::platform {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMagic = "ANLANSEA";
constexpr std::uint8_t kVersion = 1;
constexpr std::uint8_t kByPassphrase = 1;
constexpr std::uint8_t kByRecipient = 2;
constexpr std::uint32_t kPassesMax = 16;
constexpr std::uint32_t kMemoryKibMax = 1U << 20;
constexpr std::size_t kPartNameMax = 100;
constexpr std::size_t kSaltBytes = crypto_pwhash_SALTBYTES;
constexpr std::size_t kSealedKeyBytes = 32 + crypto_box_SEALBYTES;
constexpr std::size_t kStreamHeadBytes = crypto_secretstream_xchacha20poly1305_HEADERBYTES;
constexpr std::size_t kTagBytes = crypto_secretstream_xchacha20poly1305_ABYTES;
static_assert(kSaltBytes == 16 && kSealedKeyBytes == 80 && kStreamHeadBytes == 24);
static_assert(crypto_secretstream_xchacha20poly1305_KEYBYTES == 32);

constexpr std::string_view kSecretTitle = "anlan backup key 1";
constexpr std::string_view kPublicTitle = "anlan backup public key 1";

unsigned char* raw(std::byte* bytes) { return reinterpret_cast<unsigned char*>(bytes); }
const unsigned char* raw(const std::byte* bytes) {
  return reinterpret_cast<const unsigned char*>(bytes);
}

Refusal about(const fs::path& file, RefusalCode code, std::vector<RefusalArg> args = {}) {
  return Refusal{
      .code = code, .path = "file", .value = file.string(), .args = std::move(args), .at = {}};
}

Refusal world(const fs::path& file, RefusalCode code, int error) {
  if (error == ENOSPC || error == EDQUOT || error == EFBIG)
    return about(file, house::refusals::kDiskFull);
  return about(file, code, {{.name = "reason", .value = std::system_category().message(error)}});
}

void start_sodium() { ANLAN_CHECK(sodium_init() >= 0); }

// An open file; a new one is removed at the end unless it was placed.
class OpenFile {
 public:
  static Result<OpenFile> to_read(const fs::path& file) {
    const int handle = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (handle < 0 && (errno == ENOENT || errno == ENOTDIR))
      return about(file, refusals::kFileMissing);
    if (handle < 0) return world(file, refusals::kFileUnreadable, errno);
    OpenFile opened(handle, file);
    struct stat info {};
    if (::fstat(handle, &info) != 0) return world(file, refusals::kFileUnreadable, errno);
    if (!S_ISREG(info.st_mode)) return world(file, refusals::kFileUnreadable, EISDIR);
    opened.bytes_ = static_cast<std::uint64_t>(info.st_size);
    return opened;
  }
  // Written beside `file` until it is placed.
  static Result<OpenFile> beside(const fs::path& file) {
    std::string name = file.string() + ".XXXXXX";
    const int handle = ::mkostemp(name.data(), O_CLOEXEC);  // of mode 0600
    if (handle < 0) return world(file, refusals::kFileNotWritten, errno);
    OpenFile opened(handle, file);
    opened.beside_ = std::move(name);
    return opened;
  }
  OpenFile(OpenFile&& other) noexcept
      : handle_(std::exchange(other.handle_, -1)),
        file_(std::move(other.file_)),
        beside_(std::move(other.beside_)),
        bytes_(other.bytes_) {
    other.beside_.clear();
  }
  OpenFile& operator=(OpenFile&&) = delete;
  ~OpenFile() {
    if (!beside_.empty()) ::unlink(beside_.c_str());
    if (handle_ >= 0) ::close(handle_);
  }

  std::uint64_t bytes() const { return bytes_; }
  const fs::path& file() const { return file_; }

  // As many bytes as are there, at most `wanted.size()`.
  Result<std::size_t> read(std::span<std::byte> wanted) {
    std::size_t held = 0;
    while (held < wanted.size()) {
      const ssize_t count = ::read(handle_, wanted.data() + held, wanted.size() - held);
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return world(file_, refusals::kFileUnreadable, errno);
      if (count == 0) break;
      held += static_cast<std::size_t>(count);
    }
    return held;
  }

  Result<Done> write(BytesView bytes) {
    while (!bytes.empty()) {
      const ssize_t count = ::write(handle_, bytes.data(), bytes.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return world(file_, refusals::kFileNotWritten, errno);
      bytes = bytes.subspan(static_cast<std::size_t>(count));
    }
    return Done{};
  }

  Result<Done> place() {
    if (::fsync(handle_) != 0) return world(file_, refusals::kFileNotWritten, errno);
    ANLAN_REQUIRE(rename_new(beside_, file_));
    beside_.clear();
    return Done{};
  }

 private:
  OpenFile(int handle, fs::path file) : handle_(handle), file_(std::move(file)) {}
  int handle_;
  fs::path file_;
  std::string beside_;  // empty: read, placed, or moved from
  std::uint64_t bytes_ = 0;
};

Result<SecretKey> key_of(const Passphrase& passphrase, const SealCost& cost, BytesView salt,
                         const fs::path& file) {
  std::array<std::byte, 32> bytes{};
  const int failed =
      crypto_pwhash(raw(bytes.data()), bytes.size(), passphrase.text.data(), passphrase.text.size(),
                    raw(salt.data()), cost.passes, std::size_t{cost.memory_kib} << 10,
                    crypto_pwhash_ALG_ARGON2ID13);
  if (failed != 0) return world(file, refusals::kFileUnreadable, ENOMEM);
  SecretKey key(bytes);
  sodium_memzero(bytes.data(), bytes.size());
  return key;
}

// ---- writing

class SealWriter {
 public:
  SealWriter(OpenFile& file, const SecretKey& key, Bytes head)
      : file_(file), head_(std::move(head)) {
    crypto_secretstream_xchacha20poly1305_init_push(&state_, raw(stream_head_.data()),
                                                    raw(key.bytes().data()));
    pending_.reserve(kSealedPieceBytes);
  }
  SealWriter(const SealWriter&) = delete;
  ~SealWriter() { sodium_memzero(&state_, sizeof state_); }

  Result<Done> begin() {
    ANLAN_REQUIRE(file_.write(head_));
    return file_.write(stream_head_);
  }

  Result<Done> put(BytesView bytes) {
    while (!bytes.empty()) {
      // A full piece waits for more: only then is it known not to be the last.
      if (pending_.size() == kSealedPieceBytes)
        ANLAN_REQUIRE(push(crypto_secretstream_xchacha20poly1305_TAG_MESSAGE));
      const std::size_t taken = std::min(bytes.size(), kSealedPieceBytes - pending_.size());
      pending_.insert(pending_.end(), bytes.begin(),
                      bytes.begin() + static_cast<std::ptrdiff_t>(taken));
      bytes = bytes.subspan(taken);
    }
    return Done{};
  }

  Result<Done> finish() { return push(crypto_secretstream_xchacha20poly1305_TAG_FINAL); }

 private:
  Result<Done> push(unsigned char tag) {
    Bytes sealed(pending_.size() + kTagBytes);
    crypto_secretstream_xchacha20poly1305_push(&state_, raw(sealed.data()), nullptr,
                                               raw(pending_.data()), pending_.size(),
                                               raw(head_.data()), head_.size(), tag);
    sodium_memzero(pending_.data(), pending_.size());
    pending_.clear();
    return file_.write(sealed);
  }

  OpenFile& file_;
  Bytes head_;
  std::array<std::byte, kStreamHeadBytes> stream_head_{};
  crypto_secretstream_xchacha20poly1305_state state_{};
  Bytes pending_;
};

struct NewSeal {
  Bytes head;
  SecretKey key;
};

Result<NewSeal> new_seal(const SealTo& to, const SealCost& cost, const fs::path& target) {
  ByteWriter head;
  head.raw(bytes_of(kMagic));
  head.whole(kVersion);
  if (const auto* passphrase = std::get_if<Passphrase>(&to)) {
    if (passphrase->text.size() < kPassphraseBytesMin) {
      return about(target, refusals::kPassphraseShort,
                   {{.name = "min", .value = std::to_string(kPassphraseBytesMin)}});
    }
    std::array<std::byte, kSaltBytes> salt{};
    randombytes_buf(salt.data(), salt.size());
    head.whole(kByPassphrase);
    head.whole(cost.passes);
    head.whole(cost.memory_kib);
    head.raw(salt);
    ANLAN_TRY(SecretKey key, key_of(*passphrase, cost, salt, target));
    return NewSeal{.head = head.take(), .key = std::move(key)};
  }
  const SealPublicKey& recipient = std::get<SealPublicKey>(to);
  SecretKey key = random_key();
  std::array<std::byte, kSealedKeyBytes> sealed{};
  // A point of small order is no key of anybody's.
  if (crypto_box_seal(raw(sealed.data()), raw(key.bytes().data()), key.bytes().size(),
                      raw(recipient.data())) != 0)
    return about(target, refusals::kSealKeyMalformed);
  head.whole(kByRecipient);
  head.raw(recipient);
  head.raw(sealed);
  return NewSeal{.head = head.take(), .key = std::move(key)};
}

Result<Done> write_part(SealWriter& writer, const SealedPart& part) {
  ANLAN_TRY(OpenFile from, OpenFile::to_read(part.file));
  ByteWriter head;
  head.whole(static_cast<std::uint8_t>(part.name.size()));
  head.raw(bytes_of(part.name));
  head.whole(from.bytes());
  ANLAN_REQUIRE(writer.put(head.bytes()));
  Bytes piece(kSealedPieceBytes);
  std::uint64_t left = from.bytes();
  while (left > 0) {
    const std::size_t wanted =
        static_cast<std::size_t>(std::min<std::uint64_t>(left, piece.size()));
    ANLAN_TRY(const std::size_t read, from.read(std::span(piece).first(wanted)));
    if (read != wanted) return world(part.file, refusals::kFileUnreadable, EIO);
    ANLAN_REQUIRE(writer.put(BytesView(piece).first(read)));
    left -= read;
  }
  return Done{};
}

// ---- reading

class SealReader {
 public:
  SealReader(OpenFile& file, Bytes head) : file_(file), head_(std::move(head)) {}
  SealReader(const SealReader&) = delete;
  ~SealReader() { sodium_memzero(&state_, sizeof state_); }

  // The first piece says whether the key is the right one.
  Result<Done> begin(const SecretKey& key) {
    std::array<std::byte, kStreamHeadBytes> stream_head{};
    ANLAN_TRY(const std::size_t read, file_.read(stream_head));
    if (read != stream_head.size()) return broken();
    if (crypto_secretstream_xchacha20poly1305_init_pull(&state_, raw(stream_head.data()),
                                                        raw(key.bytes().data())) != 0)
      return about(file_.file(), refusals::kBackupKeyWrong);
    Result<Done> pulled = pull();
    if (pulled.ok() || pulled.refusal().code != refusals::kSealBroken || cut_) return pulled;
    return about(file_.file(), refusals::kBackupKeyWrong);
  }

  Result<Done> take(std::span<std::byte> wanted) {
    while (!wanted.empty()) {
      if (place_ == piece_.size()) {
        if (final_) return broken();
        ANLAN_REQUIRE(pull());
        continue;
      }
      const std::size_t taken = std::min(wanted.size(), piece_.size() - place_);
      std::copy_n(piece_.begin() + static_cast<std::ptrdiff_t>(place_), taken, wanted.begin());
      place_ += taken;
      wanted = wanted.subspan(taken);
    }
    return Done{};
  }

  // Whether nothing is left; what was said to be the last piece is followed by nothing.
  Result<bool> at_end() {
    while (place_ == piece_.size() && !final_) ANLAN_REQUIRE(pull());
    if (place_ < piece_.size()) return false;
    std::array<std::byte, 1> more{};
    ANLAN_TRY(const std::size_t read, file_.read(more));
    if (read != 0) return broken();
    return true;
  }

  Refusal broken() const { return about(file_.file(), refusals::kSealBroken); }

 private:
  Result<Done> pull() {
    Bytes sealed(kSealedPieceBytes + kTagBytes);
    ANLAN_TRY(const std::size_t read, file_.read(sealed));
    cut_ = read < kTagBytes;
    if (cut_) return broken();
    piece_.assign(read - kTagBytes, std::byte{0});
    place_ = 0;
    unsigned char tag = 0;
    if (crypto_secretstream_xchacha20poly1305_pull(&state_, raw(piece_.data()), nullptr, &tag,
                                                   raw(sealed.data()), read, raw(head_.data()),
                                                   head_.size()) != 0) {
      piece_.clear();
      return broken();
    }
    final_ = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
    return Done{};
  }

  OpenFile& file_;
  Bytes head_;
  crypto_secretstream_xchacha20poly1305_state state_{};
  Bytes piece_;
  std::size_t place_ = 0;
  bool final_ = false;
  bool cut_ = false;  // the file ended where a piece should begin
};

struct FoundHead {
  Bytes bytes;
  std::uint8_t way = 0;
};

Result<FoundHead> read_head(OpenFile& file) {
  FoundHead found;
  const auto more = [&](std::size_t count) -> Result<bool> {
    const std::size_t held = found.bytes.size();
    found.bytes.resize(held + count);
    ANLAN_TRY(const std::size_t read, file.read(std::span(found.bytes).subspan(held)));
    return read == count;
  };
  ANLAN_TRY(const bool begun, more(kMagic.size()));
  const BytesView magic = bytes_of(kMagic);
  if (!begun || !std::equal(magic.begin(), magic.end(), found.bytes.begin()))
    return about(file.file(), refusals::kBackupNotSealed);
  ANLAN_TRY(const bool named, more(2));
  if (!named) return about(file.file(), refusals::kSealBroken);
  const auto version = static_cast<std::uint8_t>(found.bytes[kMagic.size()]);
  if (version != kVersion) {
    return about(file.file(), refusals::kSealVersion,
                 {{.name = "found", .value = std::to_string(version)},
                  {.name = "known", .value = std::to_string(kVersion)}});
  }
  found.way = static_cast<std::uint8_t>(found.bytes.back());
  if (found.way != kByPassphrase && found.way != kByRecipient)
    return about(file.file(), refusals::kSealBroken);
  ANLAN_TRY(const bool whole,
            more(found.way == kByPassphrase ? 8 + kSaltBytes : 32 + kSealedKeyBytes));
  if (!whole) return about(file.file(), refusals::kSealBroken);
  return found;
}

std::uint32_t whole_at(BytesView bytes, std::size_t place) {
  std::uint32_t value = 0;
  for (std::size_t n = 0; n < 4; ++n)
    value |= static_cast<std::uint32_t>(bytes[place + n]) << (8 * n);
  return value;
}

Result<SecretKey> key_for(const FoundHead& head, const OpenWith& with, const fs::path& file) {
  const BytesView rest = BytesView(head.bytes).subspan(kMagic.size() + 2);
  const auto* passphrase = std::get_if<Passphrase>(&with);
  if ((head.way == kByPassphrase) != (passphrase != nullptr))
    return about(file, refusals::kBackupKeyWrong);
  if (passphrase) {
    const SealCost cost{.passes = whole_at(rest, 0), .memory_kib = whole_at(rest, 4)};
    const bool bounded = cost.passes >= 1 && cost.passes <= kPassesMax && cost.memory_kib >= 8 &&
                         cost.memory_kib <= kMemoryKibMax;
    if (!bounded) return about(file, refusals::kSealBroken);
    return key_of(*passphrase, cost, rest.subspan(8), file);
  }
  const SecretKey& secret = std::get<SecretKey>(with);
  SealPublicKey mine{};
  crypto_scalarmult_base(raw(mine.data()), raw(secret.bytes().data()));
  if (!std::equal(mine.begin(), mine.end(), rest.begin()))
    return about(file, refusals::kBackupKeyWrong);
  std::array<std::byte, 32> bytes{};
  if (crypto_box_seal_open(raw(bytes.data()), raw(rest.data() + 32), kSealedKeyBytes,
                           raw(mine.data()), raw(secret.bytes().data())) != 0)
    return about(file, refusals::kSealBroken);
  SecretKey key(bytes);
  sodium_memzero(bytes.data(), bytes.size());
  return key;
}

bool is_part_name(std::string_view name) {
  const bool plain = std::all_of(name.begin(), name.end(), [](char c) {
    return ('a' <= c && c <= 'z') || ('0' <= c && c <= '9') || c == '.' || c == '_' || c == '-';
  });
  return plain && !name.empty() && name.size() <= kPartNameMax && name[0] != '.';
}

Result<std::string> read_part(SealReader& reader, const fs::path& folder) {
  std::array<std::byte, 1> length{};
  ANLAN_REQUIRE(reader.take(length));
  std::string name(static_cast<std::size_t>(length[0]), '\0');
  ANLAN_REQUIRE(reader.take(std::as_writable_bytes(std::span(name.data(), name.size()))));
  if (!is_part_name(name)) return reader.broken();
  std::array<std::byte, 8> size{};
  ANLAN_REQUIRE(reader.take(size));
  std::uint64_t left = std::uint64_t{whole_at(size, 0)} | std::uint64_t{whole_at(size, 4)} << 32;
  ANLAN_TRY(OpenFile out, OpenFile::beside(folder / name));
  Bytes piece(kSealedPieceBytes);
  while (left > 0) {
    const std::span<std::byte> wanted = std::span(piece).first(
        static_cast<std::size_t>(std::min<std::uint64_t>(left, piece.size())));
    ANLAN_REQUIRE(reader.take(wanted));
    ANLAN_REQUIRE(out.write(wanted));
    left -= wanted.size();
  }
  ANLAN_REQUIRE(out.place());
  return name;
}

}  // namespace

bool is_sealed(const fs::path& file) {
  Result<OpenFile> opened = OpenFile::to_read(file);
  if (!opened.ok()) return false;
  std::array<std::byte, kMagic.size()> begin{};
  OpenFile from = std::move(opened).value();
  const Result<std::size_t> read = from.read(begin);
  const BytesView magic = bytes_of(kMagic);
  return read.ok() && *read == begin.size() &&
         std::equal(magic.begin(), magic.end(), begin.begin());
}

Result<Done> seal_files(const std::vector<SealedPart>& parts, const fs::path& target,
                        const SealTo& to, const SealCost& cost) {
  start_sodium();
  ANLAN_REQUIRE(check_absent(target));
  ANLAN_TRY(NewSeal seal, new_seal(to, cost, target));
  ANLAN_TRY(OpenFile out, OpenFile::beside(target));
  SealWriter writer(out, seal.key, std::move(seal.head));
  ANLAN_REQUIRE(writer.begin());
  for (const SealedPart& part : parts) {
    ANLAN_CHECK(is_part_name(part.name));
    ANLAN_REQUIRE(write_part(writer, part));
  }
  ANLAN_REQUIRE(writer.finish());
  return out.place();
}

Result<std::vector<std::string>> open_sealed(const fs::path& file, const OpenWith& with,
                                             const fs::path& folder) {
  start_sodium();
  ANLAN_TRY(OpenFile from, OpenFile::to_read(file));
  ANLAN_TRY(const FoundHead head, read_head(from));
  ANLAN_TRY(const SecretKey key, key_for(head, with, file));
  SealReader reader(from, head.bytes);
  ANLAN_REQUIRE(reader.begin(key));
  std::vector<std::string> names;
  for (;;) {
    ANLAN_TRY(const bool end, reader.at_end());
    if (end) return names;
    ANLAN_TRY(std::string name, read_part(reader, folder));
    names.push_back(std::move(name));
  }
}

// ---- keys

namespace {

constexpr std::size_t kKeyFileBytesMax = 4096;

Result<std::array<std::byte, 32>> parse_key(const fs::path& file, std::string_view title) {
  ANLAN_TRY(std::string text, read_file(file.string(), kKeyFileBytesMax));
  std::array<std::byte, 32> bytes{};
  const std::string start = std::string(title) + "\n";
  const bool well_formed = text.size() == start.size() + 65 && text.starts_with(start) &&
                           text.ends_with('\n') &&
                           from_hex(std::string_view(text).substr(start.size(), 64), bytes);
  sodium_memzero(text.data(), text.size());
  if (!well_formed) return about(file, refusals::kSealKeyMalformed);
  return bytes;
}

}  // namespace

Result<SealPublicKey> create_seal_keys(const fs::path& file) {
  start_sodium();
  const fs::path beside = file.string() + ".pub";
  ANLAN_REQUIRE(check_absent(beside));
  const SecretKey secret = random_key();
  SealPublicKey mine{};
  crypto_scalarmult_base(raw(mine.data()), raw(secret.bytes().data()));
  std::string text = std::string(kSecretTitle) + "\n" + to_hex(BytesView(secret.bytes())) + "\n";
  const Result<Done> written = write_new_file(file, bytes_of(text), kPrivateFile);
  sodium_memzero(text.data(), text.size());
  if (!written.ok()) return written.refusal();
  ANLAN_REQUIRE(write_new_file(
      beside, bytes_of(std::string(kPublicTitle) + "\n" + to_hex(BytesView(mine)) + "\n"),
      kSharedFile));
  return mine;
}

Result<SecretKey> read_seal_secret(const fs::path& file) {
  struct stat info {};
  if (::stat(file.c_str(), &info) != 0) return about(file, refusals::kFileMissing);
  if ((info.st_mode & 0077) != 0) {
    const unsigned mode = info.st_mode & 0777U;
    std::string octal = "0";
    for (const unsigned shift : {6U, 3U, 0U})
      octal += static_cast<char>('0' + static_cast<char>((mode >> shift) & 7U));
    return about(file, refusals::kKeyFileOpen, {{.name = "mode", .value = octal}});
  }
  ANLAN_TRY(auto bytes, parse_key(file, kSecretTitle));
  SecretKey key(bytes);
  sodium_memzero(bytes.data(), bytes.size());
  return key;
}

Result<SealPublicKey> read_seal_public(const fs::path& file) {
  return parse_key(file, kPublicTitle);
}

}  // namespace anlan::platform
