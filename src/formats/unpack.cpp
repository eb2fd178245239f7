#include "formats/unpack.h"

#include <algorithm>
#include <array>
#include <cstring>

#include <minizip/unzip.h>
#include <zlib.h>

#include "formats/telemetry_refusals.h"

namespace anlan::formats {
namespace {

constexpr std::string_view kZipMagic = "PK\x03\x04";
constexpr std::string_view kGzipMagic = "\x1F\x8B";
constexpr std::size_t kPieceBytes = std::size_t{64} << 10;
constexpr std::size_t kNameMax = 1'024;

bool begins_with(std::string_view bytes, std::string_view magic) {
  return bytes.starts_with(magic);
}

Refusal broken(std::string_view name, std::string detail) {
  return Refusal{.code = refusals::kArchiveBroken,
                 .path = "file",
                 .value = std::string(name),
                 .args = {{.name = "detail", .value = std::move(detail)}},
                 .at = {}};
}

Refusal too_large(std::string_view name, std::string limit, std::size_t max) {
  return Refusal{.code = refusals::kArchiveTooLarge,
                 .path = "file",
                 .value = std::string(name),
                 .args = {{.name = "limit", .value = std::move(limit)},
                          {.name = "max", .value = std::to_string(max)}},
                 .at = {}};
}

// The bytes as minizip's file.
struct Memory {
  std::string_view bytes;
  std::size_t at = 0;
};
Memory& memory_of(voidpf stream) { return *static_cast<Memory*>(stream); }
voidpf open_memory(voidpf opaque, const void*, int) { return opaque; }
uLong read_memory(voidpf, voidpf stream, void* into, uLong size) {
  Memory& memory = memory_of(stream);
  const std::size_t count = std::min<std::size_t>(size, memory.bytes.size() - memory.at);
  if (count > 0) std::memcpy(into, memory.bytes.data() + memory.at, count);
  memory.at += count;
  return static_cast<uLong>(count);
}
uLong write_memory(voidpf, voidpf, const void*, uLong) { return 0; }
ZPOS64_T tell_memory(voidpf, voidpf stream) { return memory_of(stream).at; }
long seek_memory(voidpf, voidpf stream, ZPOS64_T offset, int origin) {
  Memory& memory = memory_of(stream);
  std::size_t base = 0;
  if (origin == ZLIB_FILEFUNC_SEEK_CUR) base = memory.at;
  if (origin == ZLIB_FILEFUNC_SEEK_END) base = memory.bytes.size();
  if (offset > memory.bytes.size() - base) return -1;
  memory.at = base + static_cast<std::size_t>(offset);
  return 0;
}
int close_memory(voidpf, voidpf) { return 0; }
int no_error(voidpf, voidpf) { return 0; }

struct ZipFile {
  unzFile file = nullptr;
  ~ZipFile() {
    if (file) unzClose(file);
  }
};
struct Inflate {
  z_stream stream{};
  bool ready = false;
  ~Inflate() {
    if (ready) inflateEnd(&stream);
  }
};

class Unpacking {
 public:
  Unpacking(const UnpackLimits& limits, std::size_t packed) : limits_(limits), packed_(packed) {}

  Result<Done> take(std::string text, const std::string& name, int depth) {
    const bool gzip = begins_with(text, kGzipMagic);
    if (!gzip && !begins_with(text, kZipMagic)) {
      if (out_.size() == limits_.entries_max)
        return too_large(name, "entries", limits_.entries_max);
      out_.push_back({.name = name, .text = std::move(text)});
      return Done{};
    }
    if (depth >= limits_.depth_max)
      return too_large(name, "depth", static_cast<std::size_t>(limits_.depth_max));
    return gzip ? take_gzip(text, name, depth) : take_zip(text, name, depth);
  }
  std::vector<Unpacked> result() { return std::move(out_); }

 private:
  // Counts what came out; the bytes of inner archives count too.
  Result<Done> count(std::size_t bytes, std::string_view name) {
    unpacked_ += bytes;
    if (unpacked_ > limits_.bytes_max) return too_large(name, "bytes", limits_.bytes_max);
    if (unpacked_ > kRatioFrom && unpacked_ / std::max<std::size_t>(packed_, 1) > limits_.ratio_max)
      return too_large(name, "ratio", limits_.ratio_max);
    return Done{};
  }

  Result<Done> take_gzip(const std::string& text, const std::string& name, int depth) {
    Inflate inflating;
    z_stream& stream = inflating.stream;
    constexpr int kGzipWindow = 15 + 16;
    if (inflateInit2(&stream, kGzipWindow) != Z_OK) return broken(name, "no memory");
    inflating.ready = true;
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    std::string plain;
    std::array<char, kPieceBytes> piece;
    for (std::size_t members = 1;;) {
      stream.next_out = reinterpret_cast<Bytef*>(piece.data());
      stream.avail_out = static_cast<uInt>(piece.size());
      const int done = inflate(&stream, Z_NO_FLUSH);
      const std::size_t got = piece.size() - stream.avail_out;
      if (auto counted = count(got, name); !counted.ok()) return counted;
      plain.append(piece.data(), got);
      if (done == Z_STREAM_END) {
        if (stream.avail_in == 0) break;
        if (++members > limits_.entries_max) return too_large(name, "entries", limits_.entries_max);
        if (inflateReset(&stream) != Z_OK) return broken(name, "members");
      } else if (done != Z_OK) {
        return broken(name, done == Z_BUF_ERROR ? "cut short" : "damaged");
      }
    }
    return take(std::move(plain), name, depth + 1);
  }

  Result<Done> take_zip(const std::string& text, const std::string& name, int depth) {
    Memory memory{.bytes = text, .at = 0};
    zlib_filefunc64_def functions{.zopen64_file = open_memory,
                                  .zread_file = read_memory,
                                  .zwrite_file = write_memory,
                                  .ztell64_file = tell_memory,
                                  .zseek64_file = seek_memory,
                                  .zclose_file = close_memory,
                                  .zerror_file = no_error,
                                  .opaque = &memory};
    ZipFile zip{.file = unzOpen2_64("", &functions)};
    unz_global_info64 info{};
    if (!zip.file || unzGetGlobalInfo64(zip.file, &info) != UNZ_OK)
      return broken(name, "no directory at the end");
    if (info.number_entry > limits_.entries_max)
      return too_large(name, "entries", limits_.entries_max);
    int found = unzGoToFirstFile(zip.file);
    for (; found == UNZ_OK; found = unzGoToNextFile(zip.file))
      if (auto read = take_entry(zip.file, name, depth); !read.ok()) return read;
    if (found != UNZ_END_OF_LIST_OF_FILE) return broken(name, "directory");
    return Done{};
  }

  Result<Done> take_entry(unzFile zip, const std::string& outer, int depth) {
    std::array<char, kNameMax> entry{};
    unz_file_info64 info{};
    if (unzGetCurrentFileInfo64(zip, &info, entry.data(), entry.size() - 1, nullptr, 0, nullptr,
                                0) != UNZ_OK)
      return broken(outer, "entry");
    const std::string name = outer + "/" + entry.data();
    if (name.ends_with('/')) return Done{};
    constexpr uLong kLocked = 1;
    if ((info.flag & kLocked) != 0) return broken(name, "locked");
    if (unzOpenCurrentFile(zip) != UNZ_OK) return broken(name, "cannot be opened");
    std::string plain;
    std::array<char, kPieceBytes> piece;
    Result<Done> read = Done{};
    for (;;) {
      const int got = unzReadCurrentFile(zip, piece.data(), piece.size());
      if (got < 0) read = broken(name, "damaged");
      if (got <= 0) break;
      read = count(static_cast<std::size_t>(got), name);
      if (!read.ok()) break;
      plain.append(piece.data(), static_cast<std::size_t>(got));
    }
    const int closed = unzCloseCurrentFile(zip);
    if (!read.ok()) return read;
    if (closed != UNZ_OK) return broken(name, "check sum");
    return take(std::move(plain), name, depth + 1);
  }

  const UnpackLimits& limits_;
  std::size_t packed_;
  std::size_t unpacked_ = 0;
  std::vector<Unpacked> out_;
};

}  // namespace

Result<std::vector<Unpacked>> unpack(BytesView bytes, std::string_view name,
                                     const UnpackLimits& limits) {
  if (bytes.size() > limits.bytes_max) return too_large(name, "bytes", limits.bytes_max);
  Unpacking unpacking(limits, bytes.size());
  std::string text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (auto done = unpacking.take(std::move(text), std::string(name), 0); !done.ok())
    return std::move(done).refused();
  return unpacking.result();
}

}  // namespace anlan::formats
