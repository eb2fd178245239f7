// A reply as bytes, and what makes one unfit to be sent.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "platform/http.h"
#include "platform/http_head.h"

namespace anlan::platform {

// Why the reply must not be sent as it is; empty when it may: a status outside 200 to 599, a header
// name that is no token or belongs to the transport, a value with a control character.
std::string reply_fault(const HttpReply& reply);

// What answers a fault: options.error_reply, or a line of text; with Retry-After for 429 and 503.
HttpReply error_reply(const HttpServerOptions& options, const HttpFault& fault);

struct ReplyForm {
  bool is_head = false;  // of HEAD: the length of the body without the body
  bool keeps_alive = false;
  bool http_1_0 = false;
  std::string_view date;  // of http_date
};

// Status line and headers with the empty line. A reply without fault.
std::string reply_head(const HttpReply& reply, const ReplyForm& form);

// Whether bytes follow the head: not for HEAD, 204 and 304.
bool has_body(const HttpReply& reply, const ReplyForm& form);

// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110, section 5.6.7).
std::string http_date(std::chrono::sys_seconds at);

}  // namespace anlan::platform
