// From the bytes of a file to text that every reader of formats takes: UTF-8, bounded, with places.
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"

namespace anlan::formats {

// Limits of one file. A wording has some 100 KiB, a telemetry file is read line by line.
inline constexpr std::size_t kFileBytesMax = std::size_t{64} << 20;
inline constexpr std::size_t kLineBytesMax = std::size_t{16} << 20;
// Tables and lists inside each other; also bounds the recursion of whoever walks a tree.
inline constexpr int kDepthMax = 64;
// Values of one file: bounds the memory of a tree or table to some hundred MiB.
inline constexpr std::size_t kValuesMax = 2'000'000;

// The text of a file, without the byte order mark that it may start with. Refuses kFileEmpty (white
// space alone is empty too), kFileTooLarge, kLineTooLong, kLooksLikeUtf16, kLooksLikeGbk, kNotUtf8
// and kNulByte, each with the place of the first bad byte. Cost: O(n).
Result<std::string> decode_text(BytesView bytes, std::string_view file);

// Line and column of rising offsets into one text. Lines end with LF; a column counts code points.
class PlaceCursor {
 public:
  explicit PlaceCursor(std::string_view text) : text_(text) {}
  // `offset` is not below that of the call before. Cost: O(distance).
  void advance(std::size_t offset);
  int line() const { return line_; }
  int column() const { return column_; }

 private:
  std::string_view text_;
  std::size_t offset_ = 0;
  int line_ = 1;
  int column_ = 1;
};

Place place_at(std::string_view text, std::size_t offset, std::string_view file);

// What a refusal shows of the text at `offset`: a bracket, comma or colon alone, else the run up to
// the next of these or white space; "" at the end. At most 80 code points.
std::string offending_text(std::string_view text, std::size_t offset);

// A refusal of a syntax at `offset`: place and offending text filled in, no path.
Refusal refusal_in_text(RefusalCode code, std::string_view text, std::size_t offset,
                        std::string_view file);

}  // namespace anlan::formats
