#include <algorithm>
#include <cerrno>
#include <system_error>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "platform/doctor_checks.h"
#include "platform/process_limits.h"
#include "platform/refusals.h"
#include "platform/tls_certificate.h"

namespace anlan::platform {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kMicrosOfDay = 86'400'000'000;
// Besides connections: databases and their logs, the lock, what is read and written meanwhile.
constexpr std::uint64_t kFilesOfServer = 64;
constexpr std::uint64_t kFilesOfHouse = 16;

RefusalArg arg(std::string_view name, std::string value) {
  return {.name = std::string(name), .value = std::move(value)};
}

struct ServerLook {
  const Installation& installation;
  const HttpServerOptions& http;
  std::vector<Finding>& found;

  void add(const FindingKind& kind, std::string subject, std::vector<RefusalArg> args = {},
           std::optional<Refusal> cause = {}) {
    found.push_back({.kind = kind,
                     .subject = std::move(subject),
                     .args = std::move(args),
                     .cause = std::move(cause)});
  }

  void check_tls() {
    const bool certified = !http.certificate_file.empty();
    if (certified != !http.key_file.empty()) {
      add(findings::kTlsHalf, certified ? http.certificate_file : http.key_file);
      return;
    }
    if (!certified) return;
    struct stat info {};
    // A group of its own may read it, as that of Debian's ssl-cert does.
    if (::stat(http.key_file.c_str(), &info) == 0 && (info.st_mode & 0007) != 0)
      add(findings::kTlsKeyOpen, http.key_file, {arg("mode", octal_mode(info))});
    const Result<TlsCertificate> read = read_tls_certificate(http.certificate_file, http.key_file);
    if (!read.ok()) {
      add(findings::kCertificateUnusable, read.refusal().value, read.refusal().args,
          read.refusal());
      return;
    }
    check_times(*read);
    if (!read->fits_key)
      add(findings::kCertificateKey, http.certificate_file, {arg("key", http.key_file)});
  }

  void check_times(const TlsCertificate& certificate) {
    const std::int64_t left = certificate.ends.micros() - installation.now.micros();
    if (certificate.begins > installation.now) {
      add(findings::kCertificateEarly, http.certificate_file,
          {arg("from", to_text(certificate.begins))});
    } else if (left <= 0) {
      add(findings::kCertificateExpired, http.certificate_file,
          {arg("until", to_text(certificate.ends))});
    } else if (left < installation.certificate_days_min * kMicrosOfDay) {
      add(findings::kCertificateSoon, http.certificate_file,
          {arg("until", to_text(certificate.ends)),
           arg("days", std::to_string(left / kMicrosOfDay))});
    }
  }

  // 0, or why the address cannot be listened at. Nothing listens: the socket is closed again.
  int error_of_binding(sockaddr_storage address, socklen_t length) {
    const int handle = ::socket(address.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (handle < 0) return errno;
    const int on = 1;
    ::setsockopt(handle, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    const int error =
        ::bind(handle, reinterpret_cast<const sockaddr*>(&address), length) == 0 ? 0 : errno;
    ::close(handle);
    return error;
  }

  void check_address(bool runs) {
    if (http.address.empty()) return;
    sockaddr_storage address{};
    socklen_t length = 0;
    bool local = false;
    auto& four = reinterpret_cast<sockaddr_in&>(address);
    auto& six = reinterpret_cast<sockaddr_in6&>(address);
    const std::string shown = http.address + " " + std::to_string(http.port);
    if (::inet_pton(AF_INET, http.address.c_str(), &four.sin_addr) == 1) {
      four.sin_family = AF_INET;
      four.sin_port = htons(http.port);
      length = sizeof four;
      local = (ntohl(four.sin_addr.s_addr) >> 24) == 127;
    } else if (::inet_pton(AF_INET6, http.address.c_str(), &six.sin6_addr) == 1) {
      six.sin6_family = AF_INET6;
      six.sin6_port = htons(http.port);
      length = sizeof six;
      local = IN6_IS_ADDR_LOOPBACK(&six.sin6_addr) != 0;
    } else {
      add(findings::kAddressUnavailable, http.address, {arg("reason", "no address")});
      return;
    }
    if (!local && http.certificate_file.empty())
      add(findings::kWithoutTls, shown, {arg("address", http.address)});
    const int error = runs ? 0 : error_of_binding(address, length);
    if (error == EADDRINUSE) {
      add(findings::kPortTaken, shown, {arg("port", std::to_string(http.port))});
    } else if (error != 0) {
      add(findings::kAddressUnavailable, shown,
          {arg("reason", std::system_category().message(error))});
    }
  }

  void check_socket() {
    if (http.unix_socket.empty()) return;
    const fs::path folder = fs::path(http.unix_socket).parent_path();
    std::error_code error;
    if (fs::is_directory(folder.empty() ? "." : folder, error)) return;
    add(findings::kSocketFolder, http.unix_socket, {arg("folder", folder.string())});
  }

  void check_files() {
    const std::uint64_t wanted =
        http.limits.connections_max + kFilesOfServer + kFilesOfHouse * installation.houses.size();
    const std::uint64_t most = open_file_limit().at_most;
    if (most >= wanted) return;
    add(findings::kFilesFew, "RLIMIT_NOFILE",
        {arg("found", std::to_string(most)), arg("wanted", std::to_string(wanted))});
  }
};

}  // namespace

void examine_server(const Installation& installation, bool runs, std::vector<Finding>& found) {
  ServerLook look{.installation = installation, .http = *installation.http, .found = found};
  look.check_tls();
  look.check_address(runs);
  look.check_socket();
  look.check_files();
}

}  // namespace anlan::platform
