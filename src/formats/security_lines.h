// SecurityLines: a log cut into lines, from chunks of any size, in flat memory.
//
// A log comes from a device that we do not control: a bad line is counted and left out, and never
// stops the others. At most kSecurityLineMax bytes are kept between two chunks; of a longer line
// nothing is copied.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace anlan::formats {

// Above every event that the formats define in practice (a Suricata alert with payload: 20 KiB).
inline constexpr std::size_t kSecurityLineMax = 64 * 1024;

// Of lines that were not understood: enough to see what is wrong with a log.
inline constexpr std::size_t kRefusedLinesKept = 20;

struct SecurityTally {
  std::uint64_t lines = 0;               // not blank
  std::uint64_t refused = 0;             // of them
  std::optional<Refusal> first_refused;  // its place names the line, counted from 1 with blank ones
  std::vector<Refusal> refused_lines = {};  // the first kRefusedLinesKept, that one among them
  bool operator==(const SecurityTally&) const = default;
};

class SecurityLines {
 public:
  // `use` sees every line that is not blank, without its line end and without a leading byte order
  // mark, and says whether it was understood. The view is valid during the call only.
  using Use = std::function<Result<Done>(std::string_view line)>;
  explicit SecurityLines(Use use) : use_(std::move(use)) {}

  void feed(std::string_view chunk);
  void finish();  // the last line needs no line end; call once
  const SecurityTally& tally() const { return tally_; }
  // Of the line that `use` is seeing, counted from 1 with blank ones.
  std::uint64_t number() const { return number_; }

 private:
  void keep(std::string_view part);
  void take(std::string_view line);
  void refuse(Refusal refusal);

  Use use_;
  std::string kept_;       // the beginning of a line whose end has not come yet
  bool too_long_ = false;  // of that line
  std::uint64_t number_ = 0;
  SecurityTally tally_;
};

}  // namespace anlan::formats
