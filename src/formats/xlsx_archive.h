// The archive of a spreadsheet: its parts by name, each unpacked piece by piece within a limit.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"

namespace anlan::formats {

// What is unpacked of one file, all parts together: a sheet of 100,000 rows has some 30 MiB. What a
// file says of its own sizes is not believed.
inline constexpr std::size_t kXlsxUnpackedMax = std::size_t{192} << 20;
inline constexpr std::size_t kXlsxPartsMax = 4'096;

class XlsxArchive {
 public:
  // Keeps a view of the bytes. Refuses kXlsxOldFormat (an .xls of before 2007, or one with a
  // password), kXlsxBroken (args detail).
  static Result<XlsxArchive> open(BytesView bytes, std::string_view file);
  XlsxArchive(XlsxArchive&&) noexcept;
  XlsxArchive& operator=(XlsxArchive&&) = delete;
  ~XlsxArchive();

  bool has(const std::string& part);
  // `take` gets the unpacked bytes, some at a time, and may refuse. Refuses kXlsxBroken (no such
  // part, damaged, its check sum differs), kXlsxTooLarge (args max: MiB unpacked).
  using Take = std::function<Result<Done>(std::string_view piece, bool last)>;
  Result<Done> unpack(const std::string& part, const Take& take);

 private:
  struct Source;
  XlsxArchive(std::unique_ptr<Source> source, std::string file);
  std::unique_ptr<Source> source_;
  std::string file_;
  std::size_t unpacked_ = 0;
};

}  // namespace anlan::formats
