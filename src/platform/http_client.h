// HTTP/1.1 as a client: one request to an address that somebody else named, one status back.
//
// A name is resolved once; every address that comes of it is looked at, and the connection goes to
// one of those that were looked at. What the answer says beside its status is not kept: whoever
// names a target must not be able to read through this program. Redirects are not followed.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/fields.h"
#include "base/result.h"
#include "platform/http.h"
#include "platform/http_url.h"
#include "platform/ip_address.h"

namespace anlan::platform {

struct HttpClientOptions {
  bool to_private = false;                     // loopback, private and other special addresses too
  std::string ca_file;                         // PEM, trusted in place of the system's
  std::chrono::milliseconds time_max{15'000};  // from the resolving to the end of the reply's head
  std::size_t head_bytes_max = 16 * 1024;      // of a reply
  // Names that are looked up at once, each on a thread of its own: one that takes long delays no
  // other while there are threads left.
  std::size_t lookups_max = 32;
  // The addresses of a name; none: the machine's resolver. Called on several threads, and may wait.
  std::function<std::vector<IpAddress>(const std::string& host)> look_up = {};
};

struct HttpCall {
  HttpUrl url;
  std::vector<HttpField> headers;  // beside Host, Content-Length and Connection; no control signs
  std::string body;                // sent by POST
};

enum class HttpFailure : std::uint8_t {
  kNone = 1,
  kNotResolved = 2,
  kAddressRefused = 3,  // one of the addresses of the name is of no public network
  kNotConnected = 4,
  kCertificate = 5,  // the TLS handshake failed: most often a certificate that nobody vouches for
  kTimedOut = 6,
  kCut = 7,  // the peer ended before it had answered
  kReplyMalformed = 8,
  kReplyTooLarge = 9,
  kStopped = 10,  // by stop(): what the peer did with it is not known
};
constexpr auto enum_names(HttpFailure*) {
  using F = HttpFailure;
  return std::array{EnumName<F>{F::kNone, "none"},
                    EnumName<F>{F::kNotResolved, "not_resolved"},
                    EnumName<F>{F::kAddressRefused, "address_refused"},
                    EnumName<F>{F::kNotConnected, "not_connected"},
                    EnumName<F>{F::kCertificate, "certificate"},
                    EnumName<F>{F::kTimedOut, "timed_out"},
                    EnumName<F>{F::kCut, "cut"},
                    EnumName<F>{F::kReplyMalformed, "reply_malformed"},
                    EnumName<F>{F::kReplyTooLarge, "reply_too_large"},
                    EnumName<F>{F::kStopped, "stopped"}};
}

struct HttpOutcome {
  int status = 0;  // 100 to 599 with kNone, else 0
  HttpFailure failure = HttpFailure::kNone;
};

// One thread for all calls that are under way. Thread rule: any thread.
class HttpClient {
 public:
  using Done = std::function<void(const HttpOutcome&)>;  // on the client's thread; must not wait

  // Refuses kHttpAuthorityUnusable (args reason).
  static Result<std::unique_ptr<HttpClient>> start(HttpClientOptions options);
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;
  ~HttpClient();  // stops

  // Returns at once; `done` is called once, within time_max.
  void post(HttpCall call, Done done);
  // Cuts what is under way (kStopped) and returns when no `done` will be called any more. A name
  // that is just being resolved may hold it for as long as the resolver of the machine takes.
  void stop();

 private:
  class Impl;
  explicit HttpClient(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace anlan::platform
