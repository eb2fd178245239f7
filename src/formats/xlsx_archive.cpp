#include "formats/xlsx_archive.h"

#include <algorithm>
#include <array>
#include <cstring>

#include <minizip/unzip.h>

#include "formats/refusals.h"

namespace anlan::formats {
namespace {

constexpr std::string_view kZipMagic = "PK\x03\x04";
constexpr std::string_view kCompoundMagic =
    "\xD0\xCF\x11\xE0";  // OLE compound file: .xls, password
constexpr std::size_t kPieceBytes = std::size_t{64} << 10;

// The bytes as minizip's file. It reads, seeks and tells; it never writes.
struct Memory {
  BytesView bytes;
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
  const std::size_t size = memory.bytes.size();
  std::size_t base = 0;
  if (origin == ZLIB_FILEFUNC_SEEK_CUR) base = memory.at;
  if (origin == ZLIB_FILEFUNC_SEEK_END) base = size;
  if (offset > size - base) return -1;
  memory.at = base + static_cast<std::size_t>(offset);
  return 0;
}

int close_memory(voidpf, voidpf) { return 0; }
int no_error(voidpf, voidpf) { return 0; }

}  // namespace

struct XlsxArchive::Source {
  Memory memory;
  unzFile file = nullptr;
  ~Source() {
    if (file) unzClose(file);
  }
};

namespace {

Refusal broken(std::string_view file, std::string_view part, std::string detail) {
  return Refusal{.code = refusals::kXlsxBroken,
                 .path = std::string(part),
                 .value = {},
                 .args = {{.name = "detail", .value = std::move(detail)}},
                 .at = {.file = std::string(file)}};
}

bool begins_with(BytesView bytes, std::string_view magic) {
  return bytes.size() >= magic.size() && std::memcmp(bytes.data(), magic.data(), magic.size()) == 0;
}

}  // namespace

XlsxArchive::XlsxArchive(std::unique_ptr<Source> source, std::string file)
    : source_(std::move(source)), file_(std::move(file)) {}
XlsxArchive::XlsxArchive(XlsxArchive&&) noexcept = default;
XlsxArchive::~XlsxArchive() = default;

Result<XlsxArchive> XlsxArchive::open(BytesView bytes, std::string_view file) {
  if (begins_with(bytes, kCompoundMagic)) {
    return Refusal{.code = refusals::kXlsxOldFormat,
                   .path = "file",
                   .value = std::string(file),
                   .at = {.file = std::string(file)}};
  }
  if (!begins_with(bytes, kZipMagic)) return broken(file, "file", "no archive");
  auto source = std::make_unique<Source>();
  source->memory.bytes = bytes;
  zlib_filefunc64_def functions{.zopen64_file = open_memory,
                                .zread_file = read_memory,
                                .zwrite_file = write_memory,
                                .ztell64_file = tell_memory,
                                .zseek64_file = seek_memory,
                                .zclose_file = close_memory,
                                .zerror_file = no_error,
                                .opaque = &source->memory};
  source->file = unzOpen2_64("", &functions);
  unz_global_info64 info{};
  if (!source->file || unzGetGlobalInfo64(source->file, &info) != UNZ_OK)
    return broken(file, "file", "no directory at the end");
  if (info.number_entry == 0 || info.number_entry > kXlsxPartsMax)
    return broken(file, "file", "parts: " + std::to_string(info.number_entry));
  return XlsxArchive(std::move(source), std::string(file));
}

bool XlsxArchive::has(const std::string& part) {
  return unzLocateFile(source_->file, part.c_str(), 1) == UNZ_OK;
}

Result<Done> XlsxArchive::unpack(const std::string& part, const Take& take) {
  if (!has(part)) return broken(file_, part, "missing");
  // Opening a locked part would succeed and give noise.
  unz_file_info64 info{};
  constexpr uLong kLocked = 1;
  if (unzGetCurrentFileInfo64(source_->file, &info, nullptr, 0, nullptr, 0, nullptr, 0) != UNZ_OK ||
      (info.flag & kLocked) != 0)
    return broken(file_, part, "locked");
  if (unzOpenCurrentFile(source_->file) != UNZ_OK) return broken(file_, part, "cannot be opened");
  std::array<char, kPieceBytes> piece{};
  Result<Done> done = Done{};
  for (;;) {
    const int count = unzReadCurrentFile(source_->file, piece.data(), piece.size());
    if (count < 0) {
      done = broken(file_, part, "damaged");
      break;
    }
    unpacked_ += static_cast<std::size_t>(count);
    if (unpacked_ > kXlsxUnpackedMax) {
      done = Refusal{.code = refusals::kXlsxTooLarge,
                     .path = part,
                     .args = {{.name = "max", .value = std::to_string(kXlsxUnpackedMax >> 20)}},
                     .at = {.file = file_}};
      break;
    }
    done = take({piece.data(), static_cast<std::size_t>(count)}, count == 0);
    if (!done.ok() || count == 0) break;
  }
  const int closed = unzCloseCurrentFile(source_->file);
  if (done.ok() && closed != UNZ_OK) return broken(file_, part, "check sum");
  return done;
}

}  // namespace anlan::formats
