#include "platform/http_head.h"

namespace anlan::platform {
namespace {

// A request line is the target with a method and a version around it.
constexpr std::size_t kMethodAndVersionBytes = 64;

}  // namespace

void HeadScan::look(std::string_view bytes) {
  while (seen_ < bytes.size() && !ended_ && !fault_) look_at(bytes[seen_++]);
}

void HeadScan::look_at(char byte) {
  fault_ = fault_of(byte);
  if (fault_) return;
  if (after_return_) return end_line();
  after_return_ = byte == '\r';
  if (!after_return_) ++line_bytes_;
  fault_ = fault_of_size();
}

void HeadScan::end_line() {
  if (line_bytes_ == 0 && lines_ == 0) {
    fault_ = HttpFault{400, "an empty line before the request"};
    return;
  }
  ended_ = line_bytes_ == 0;
  after_return_ = false;
  line_bytes_ = 0;
  if (++lines_ > limits_->headers_max + 2) fault_ = HttpFault{431, "too many headers"};
}

std::optional<HttpFault> HeadScan::fault_of(char byte) const {
  if (after_return_ != (byte == '\n')) return HttpFault{400, "a line that does not end with CR LF"};
  if (line_bytes_ == 0 && (byte == ' ' || byte == '\t'))
    return HttpFault{400, "a line that begins with a space"};
  const bool control = static_cast<unsigned char>(byte) < ' ' || byte == '\x7f';
  if (control && byte != '\t' && byte != '\r' && byte != '\n')
    return HttpFault{400, "a control character"};
  return std::nullopt;
}

std::optional<HttpFault> HeadScan::fault_of_size() const {
  if (lines_ == 0 && line_bytes_ > limits_->target_bytes_max + kMethodAndVersionBytes)
    return HttpFault{414, "the target is too long"};
  if (seen_ >= limits_->head_bytes_max) return HttpFault{431, "the head is too large"};
  return std::nullopt;
}

}  // namespace anlan::platform
