#include "formats/security_lines.h"

#include <algorithm>

#include "base/utf8.h"
#include "formats/security_refusals.h"

namespace anlan::formats {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::size_t kShownMax = 80;  // code points of a line in a refusal

}  // namespace

void SecurityLines::feed(std::string_view chunk) {
  for (;;) {
    const std::size_t end = chunk.find('\n');
    if (end == std::string_view::npos) return keep(chunk);
    const std::string_view part = chunk.substr(0, end);
    chunk.remove_prefix(end + 1);
    if (kept_.empty() && !too_long_) {
      take(part);
      continue;
    }
    keep(part);
    take(kept_);
    kept_.clear();
    too_long_ = false;
  }
}

void SecurityLines::finish() {
  if (!kept_.empty() || too_long_) take(kept_);
  kept_.clear();
  too_long_ = false;
}

void SecurityLines::keep(std::string_view part) {
  if (too_long_) return;
  if (kept_.size() + part.size() <= kSecurityLineMax + 1) {  // one more for the carriage return
    kept_ += part;
    return;
  }
  // What is kept serves the refusal only.
  too_long_ = true;
  if (kept_.empty()) kept_ = part.substr(0, kShownMax * 4);
  kept_.resize(std::min(kept_.size(), kShownMax * 4));
}

void SecurityLines::take(std::string_view line) {
  ++number_;
  if (number_ == 1 && line.starts_with(kByteOrderMark)) line.remove_prefix(kByteOrderMark.size());
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (line.find_first_not_of(" \t") == std::string_view::npos && !too_long_) return;
  ++tally_.lines;
  if (too_long_ || line.size() > kSecurityLineMax) {
    return refuse(Refusal{.code = refusals::kSecurityLineTooLong,
                          .path = "line",
                          .value = std::string(line.substr(0, kShownMax * 4)),
                          .args = {{.name = "max", .value = std::to_string(kSecurityLineMax)}},
                          .at = {}});
  }
  const Result<Done> used = use_(line);
  if (!used.ok()) refuse(used.refusal());
}

void SecurityLines::refuse(Refusal refusal) {
  ++tally_.refused;
  if (tally_.refused_lines.size() >= kRefusedLinesKept) return;
  refusal.value = shortened(refusal.value, kShownMax);
  refusal.at.line = static_cast<int>(std::min<std::uint64_t>(number_, 2'000'000'000));
  if (!tally_.first_refused) tally_.first_refused = refusal;
  tally_.refused_lines.push_back(std::move(refusal));
}

}  // namespace anlan::formats
