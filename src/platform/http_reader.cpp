#include "platform/http_reader.h"

#include <algorithm>
#include <utility>

#include <boost/beast/http/basic_parser.hpp>

#include "base/check.h"
#include "platform/http_target.h"

namespace anlan::platform {
namespace {

namespace beast = boost::beast;
using beast::error_code;
using beast::http::field;

constexpr HttpFault kMalformedChunk{400, "a malformed chunk"};
constexpr std::size_t kChunkDigitsMax = 16;  // 64 bits
constexpr std::string_view kHexDigits = "0123456789abcdefABCDEF";
// A peer's Content-Length is a claim; memory follows what arrives.
constexpr std::size_t kBodyReserveBytes = 64 * 1024;

std::string_view view(beast::string_view text) { return {text.data(), text.size()}; }

bool is_number(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Another version of HTTP at the end of the request line, as against no version at all.
bool names_other_version(std::string_view head) {
  const std::string_view line = head.substr(0, head.find('\r'));
  if (line.size() < 9) return false;
  const std::string_view version = line.substr(line.size() - 9);
  return version.starts_with(" HTTP/") && is_number(version.substr(6, 1)) && version[7] == '.' &&
         is_number(version.substr(8)) && version != " HTTP/1.0" && version != " HTTP/1.1";
}

bool agree(std::string_view bytes, std::string_view expected) {
  const std::size_t both = std::min(bytes.size(), expected.size());
  return bytes.substr(0, both) == expected.substr(0, both);
}

enum class ChunkHead : std::uint8_t { kWhole, kPart, kMalformed };

// CR LF behind the chunk before, the size, CR LF, and CR LF again behind the last chunk. Extensions
// and trailers never get as far as the parser.
ChunkHead chunk_head_in(std::string_view bytes) {
  constexpr std::string_view kLineEnd = "\r\n";
  constexpr std::string_view kLastEnd = "\r\n\r\n";
  if (bytes.starts_with('\r')) {
    if (!agree(bytes, kLineEnd)) return ChunkHead::kMalformed;
    bytes.remove_prefix(std::min(bytes.size(), kLineEnd.size()));
  }
  const std::string_view digits = bytes.substr(0, bytes.find_first_not_of(kHexDigits));
  bytes.remove_prefix(digits.size());
  if (digits.size() > kChunkDigitsMax) return ChunkHead::kMalformed;
  if (digits.empty()) return bytes.empty() ? ChunkHead::kPart : ChunkHead::kMalformed;
  const bool is_last = digits.find_first_not_of('0') == std::string_view::npos;
  const std::string_view end = is_last ? kLastEnd : kLineEnd;
  if (!agree(bytes, end)) return ChunkHead::kMalformed;
  return bytes.size() < end.size() ? ChunkHead::kPart : ChunkHead::kWhole;
}

HttpFault fault_of(error_code found, std::string_view bytes) {
  using beast::http::error;
  if (found == error::body_limit) return {413, "the body is too large"};
  if (found == error::bad_version && names_other_version(bytes))
    return {505, "HTTP/1.1 is spoken here"};
  if (found == error::bad_method) return {400, "a malformed method"};
  if (found == error::bad_target) return {400, "a malformed target"};
  if (found == error::bad_content_length || found == error::multiple_content_length)
    return {400, "a malformed Content-Length"};
  if (found == error::bad_transfer_encoding) return {400, "two ways to tell the end of the body"};
  if (found == error::bad_chunk) return kMalformedChunk;
  return {400, "a malformed request"};
}

}  // namespace

// Beast finds the parts; what it would forgive is refused in the callbacks.
class RequestReader::Parser final : public beast::http::basic_parser<true> {
 public:
  Parser(const HttpLimits& limits, HttpBodyLimit limit_of)
      : limits_(&limits), body_limit_of_(std::move(limit_of)) {
    header_limit(static_cast<std::uint32_t>(limits.head_bytes_max) + 1);
    body_limit(limits.body_bytes_max);
  }

  HttpRequest request;
  std::optional<HttpFault> fault;
  bool expects_continue = false;
  bool is_http_1_0 = false;
  bool before_chunk = false;  // what comes next is the head of a chunk

 private:
  void refuse(HttpFault found, error_code& error) {
    fault = found;
    error = make_error_code(beast::http::error::bad_value);
  }

  void on_request_impl(beast::http::verb, beast::string_view method, beast::string_view target,
                       int version, error_code& error) override {
    request.method = view(method);
    request.target = view(target);
    is_http_1_0 = version == 10;
    if (request.target.size() > limits_->target_bytes_max)
      return refuse({414, "the target is too long"}, error);
    if (request.method == "CONNECT") refuse({501, "CONNECT is not for this server"}, error);
  }

  void on_field_impl(field name, beast::string_view name_text, beast::string_view value_text,
                     error_code& error) override {
    const std::string_view value = view(value_text);
    if (const auto found = fault_of_field(name, value)) return refuse(*found, error);
    request.headers.push_back({.name = lower_case(view(name_text)), .value = std::string(value)});
  }

  std::optional<HttpFault> fault_of_field(field name, std::string_view value) {
    switch (name) {
      case field::host:
        if (std::exchange(has_host_, true) || !is_host(value))
          return HttpFault{400, "not one Host that could be one"};
        return std::nullopt;
      case field::content_length:
        if (std::exchange(has_length_, true) || !is_number(value))
          return HttpFault{400, "not one Content-Length that is a number"};
        return std::nullopt;
      case field::transfer_encoding:
        if (std::exchange(has_coding_, true)) return HttpFault{400, "a second Transfer-Encoding"};
        if (!equal_but_for_case(value, "chunked")) return HttpFault{501, "a transfer coding"};
        return std::nullopt;
      case field::expect:
        if (!equal_but_for_case(value, "100-continue")) return HttpFault{417, "an expectation"};
        expects_continue = true;
        return std::nullopt;
      default:
        return std::nullopt;
    }
  }

  void on_header_impl(error_code& error) override {
    if (!is_http_1_0 && !has_host_) return refuse({400, "no Host"}, error);
    if (is_http_1_0 && has_coding_) return refuse({400, "chunks in HTTP/1.0"}, error);
    if (has_length_ && has_coding_)
      return refuse({400, "two ways to tell the end of the body"}, error);
    auto target = read_target(request.method, request.target, request.header("host").value_or(""));
    if (!target) return refuse({400, "a malformed target"}, error);
    request.path = std::move(target->path);
    request.query = std::move(target->query);
    before_chunk = has_coding_;
    if (!body_limit_of_) return;
    const std::size_t most = std::min(limits_->body_bytes_max, body_limit_of_(request));
    if (content_length().value_or(0) > most) return refuse({413, "the body is too large"}, error);
    body_limit(most);
  }

  void on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code&) override {
    request.body.reserve(std::min<std::uint64_t>(length.value_or(0), kBodyReserveBytes));
  }

  std::size_t on_body_impl(beast::string_view bytes, error_code&) override {
    request.body.append(bytes.data(), bytes.size());
    return bytes.size();
  }

  void on_chunk_header_impl(std::uint64_t, beast::string_view, error_code&) override {
    before_chunk = false;
  }

  std::size_t on_chunk_body_impl(std::uint64_t left, beast::string_view bytes,
                                 error_code& error) override {
    before_chunk = bytes.size() == left;
    return on_body_impl(bytes, error);
  }

  void on_response_impl(int, beast::string_view, int, error_code&) override {}
  void on_finish_impl(error_code&) override {}

  const HttpLimits* limits_;
  HttpBodyLimit body_limit_of_;
  bool has_host_ = false;
  bool has_length_ = false;
  bool has_coding_ = false;
};

RequestReader::RequestReader(const HttpLimits& limits, HttpBodyLimit body_limit)
    : limits_(&limits),
      scan_(limits),
      parser_(std::make_unique<Parser>(limits, std::move(body_limit))) {}

RequestReader::~RequestReader() = default;

std::size_t RequestReader::read(std::string_view bytes) {
  if (fault_ || whole()) return 0;
  if (!head_read()) {
    scan_.look(bytes);
    fault_ = scan_.fault();
    if (fault_ || !scan_.ended()) return 0;
  }
  return parse(bytes);
}

// The parser gets whole heads only, of the request and of chunks: whatever it then lacks is
// missing.
std::size_t RequestReader::parse(std::string_view bytes) {
  std::size_t used = 0;
  while (used < bytes.size() && !whole()) {
    const std::string_view left = bytes.substr(used);
    const ChunkHead chunk = parser_->before_chunk ? chunk_head_in(left) : ChunkHead::kWhole;
    if (chunk == ChunkHead::kPart) break;
    if (chunk == ChunkHead::kMalformed) {
      fault_ = kMalformedChunk;
      break;
    }
    error_code error;
    used += parser_->put(boost::asio::buffer(left), error);
    if (error) {
      fault_ = parser_->fault ? *parser_->fault : fault_of(error, left);
      break;
    }
  }
  return used;
}

bool RequestReader::head_read() const { return parser_->is_header_done(); }
bool RequestReader::whole() const { return !fault_ && parser_->is_done(); }
bool RequestReader::expects_continue() const {
  return parser_->expects_continue && !parser_->is_http_1_0;
}
bool RequestReader::keeps_alive() const { return parser_->keep_alive(); }
bool RequestReader::is_http_1_0() const { return parser_->is_http_1_0; }
const HttpRequest& RequestReader::request() const { return parser_->request; }

HttpRequest RequestReader::take_request() {
  ANLAN_CHECK(whole());
  return std::move(parser_->request);
}

std::optional<std::string_view> HttpRequest::header(std::string_view name) const {
  for (const HttpField& field : headers) {
    if (field.name == name) return field.value;
  }
  return std::nullopt;
}

}  // namespace anlan::platform
