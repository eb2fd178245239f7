// The head of a request as bytes: what may not stand in it is found as soon as it arrives.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "platform/http.h"

namespace anlan::platform {

// How the transport answers what it does not pass on.
struct HttpFault {
  int status = 0;
  std::string_view reason;  // a literal
  bool operator==(const HttpFault&) const = default;
};

// Lines end with CR LF and nothing else, no line is folded or begins with a space, there are no
// control characters but the tab, and neither line, lines nor head outgrow their limits. What the
// lines say is not looked at.
class HeadScan {
 public:
  // `limits` outlives the scan.
  explicit HeadScan(const HttpLimits& limits) : limits_(&limits) {}

  // `bytes` is the head from its beginning; those of an earlier call are not looked at again. Not
  // to be called once ended() or fault().
  void look(std::string_view bytes);
  bool ended() const { return ended_; }  // the empty line was seen
  const std::optional<HttpFault>& fault() const { return fault_; }

 private:
  void look_at(char byte);
  void end_line();
  std::optional<HttpFault> fault_of(char byte) const;
  std::optional<HttpFault> fault_of_size() const;

  const HttpLimits* limits_;
  std::size_t seen_ = 0;
  std::size_t lines_ = 0;
  std::size_t line_bytes_ = 0;
  bool after_return_ = false;
  bool ended_ = false;
  std::optional<HttpFault> fault_;
};

}  // namespace anlan::platform
