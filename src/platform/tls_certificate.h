// A certificate for TLS and its private key, looked at before a server is started with them.
#pragma once

#include <filesystem>

#include "base/result.h"
#include "base/time.h"

namespace anlan::platform {

struct TlsCertificate {
  Instant begins;
  Instant ends;
  bool fits_key = false;
};

// The first certificate of a PEM file, and whether `key` is its key. Refuses
// kHttpCertificateUnusable (value: the file that cannot be read as what it should be, args reason).
Result<TlsCertificate> read_tls_certificate(const std::filesystem::path& certificate,
                                            const std::filesystem::path& key);

}  // namespace anlan::platform
