// Bytes of a connection -> one request, or the fault that answers it. Stricter than it must be:
// what two programs in a row could read differently is refused (RFC 9112,
// sections 2.2, 5.1, 6.1, 11.2).
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "platform/http.h"
#include "platform/http_head.h"

namespace anlan::platform {

// Reads one request: head with HeadScan and Boost.Beast, body by Content-Length or in chunks, which
// must have neither extensions nor trailers. Faults: 400 for what is malformed or has two readings,
// 413 for a body, 414 for a target, 431 for a head above the limits, 417 for an expectation other
// than 100-continue, 501 for CONNECT and for transfer codings other than "chunked", 505 for
// versions other than 1.0 and 1.1. Thread rule: one thread.
class RequestReader {
 public:
  // `limits` outlives the reader.
  explicit RequestReader(const HttpLimits& limits, HttpBodyLimit body_limit = {});
  RequestReader(const RequestReader&) = delete;
  RequestReader& operator=(const RequestReader&) = delete;
  ~RequestReader();

  // Takes bytes from the front and gives their number. `bytes` begins with those that an earlier
  // call left. Takes nothing once whole() or fault().
  std::size_t read(std::string_view bytes);

  const std::optional<HttpFault>& fault() const { return fault_; }
  bool head_read() const;
  bool whole() const;
  // The client waits for a word before it sends the body. From head_read() on.
  bool expects_continue() const;
  // From head_read() on.
  bool keeps_alive() const;
  bool is_http_1_0() const;

  const HttpRequest& request() const;  // as far as it is read
  HttpRequest take_request();          // once whole()

 private:
  class Parser;
  std::size_t parse(std::string_view bytes);

  const HttpLimits* limits_;
  HeadScan scan_;
  std::unique_ptr<Parser> parser_;
  std::optional<HttpFault> fault_;
};

}  // namespace anlan::platform
