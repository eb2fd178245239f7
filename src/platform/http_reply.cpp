#include "platform/http_reply.h"

#include <algorithm>
#include <array>

#include <fmt/core.h>

#include "platform/http_target.h"

namespace anlan::platform {
namespace {

constexpr int kNoContent = 204;
constexpr int kNotModified = 304;
// Long enough for the queue to empty: its requests are bounded.
constexpr std::string_view kRetryAfterSeconds = "1";

// RFC 9110, section 15; other statuses go without a phrase, which nobody reads.
std::string_view phrase_of(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 303:
      return "See Other";
    case 304:
      return "Not Modified";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 413:
      return "Content Too Large";
    case 422:
      return "Unprocessable Content";
    case 429:
      return "Too Many Requests";
    case 500:
      return "Internal Server Error";
    case 503:
      return "Service Unavailable";
    default:
      return "";
  }
}

// RFC 9110, section 5.6.2.
bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  });
}

bool is_value(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) >= ' ' && c != '\x7f') || c == '\t';
  });
}

bool belongs_to_transport(std::string_view name) {
  constexpr std::array<std::string_view, 4> kOwn{"content-length", "transfer-encoding",
                                                 "connection", "date"};
  return std::any_of(kOwn.begin(), kOwn.end(),
                     [&](std::string_view own) { return equal_but_for_case(own, name); });
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

std::string reply_fault(const HttpReply& reply) {
  if (reply.status < 200 || reply.status > 599) return fmt::format("status {}", reply.status);
  for (const HttpField& field : reply.headers) {
    if (!is_token(field.name)) return "a header whose name is no token";
    if (belongs_to_transport(field.name)) return "a " + field.name + " of its own";
    if (!is_value(field.value)) return "a control character in " + field.name;
  }
  return "";
}

HttpReply error_reply(const HttpServerOptions& options, const HttpFault& fault) {
  HttpReply reply;
  if (options.error_reply) reply = options.error_reply(fault.status, fault.reason);
  reply.status = fault.status;
  reply.events = nullptr;
  const std::string unfit = reply_fault(reply);
  if (!unfit.empty() && options.log) options.log("error_reply: " + unfit);
  if (!unfit.empty() || !options.error_reply) {
    reply.headers = {{.name = "Content-Type", .value = "text/plain"}};
    reply.body = std::string(fault.reason) + "\n";
  }
  if (fault.status == 503 || fault.status == 429)
    reply.headers.push_back({.name = "Retry-After", .value = std::string(kRetryAfterSeconds)});
  return reply;
}

bool has_body(const HttpReply& reply, const ReplyForm& form) {
  return !form.is_head && reply.status != kNoContent && reply.status != kNotModified;
}

std::string reply_head(const HttpReply& reply, const ReplyForm& form) {
  std::string out = fmt::format("HTTP/1.1 {} {}\r\n", reply.status, phrase_of(reply.status));
  append_field(out, "Date", form.date);
  for (const HttpField& field : reply.headers) append_field(out, field.name, field.value);
  if (reply.events) {
    append_field(out, "Content-Type", "text/event-stream");
    append_field(out, "Cache-Control", "no-store");
  } else if (reply.status != kNoContent && reply.status != kNotModified) {
    append_field(out, "Content-Length", std::to_string(reply.body.size()));
  }
  if (!form.keeps_alive) append_field(out, "Connection", "close");
  if (form.keeps_alive && form.http_1_0) append_field(out, "Connection", "keep-alive");
  return out.append("\r\n");
}

std::string http_date(std::chrono::sys_seconds at) {
  constexpr std::array<std::string_view, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(at - day);
  return fmt::format(
      "{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", kDays[std::chrono::weekday(day).c_encoding()],
      static_cast<unsigned>(date.day()), kMonths[static_cast<unsigned>(date.month()) - 1],
      static_cast<int>(date.year()), time.hours().count(), time.minutes().count(),
      time.seconds().count());
}

}  // namespace anlan::platform
