#include "platform/tls_certificate.h"

#include <ctime>
#include <memory>
#include <string>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "platform/files.h"
#include "platform/refusals.h"

namespace anlan::platform {
namespace {

constexpr std::size_t kPemBytesMax = std::size_t{1} << 20;
constexpr std::int64_t kMicros = 1'000'000;

using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

Refusal unusable(const std::filesystem::path& file, std::string reason) {
  return Refusal{.code = refusals::kHttpCertificateUnusable,
                 .path = "listen",
                 .value = file.string(),
                 .args = {{.name = "reason", .value = std::move(reason)}},
                 .at = {}};
}

Refusal of_library(const std::filesystem::path& file) {
  const char* reason = ERR_reason_error_string(ERR_peek_last_error());
  ERR_clear_error();
  return unusable(file, reason ? reason : "not in PEM form");
}

Result<std::string> read_pem(const std::filesystem::path& file) {
  Result<std::string> text = read_file(file.string(), kPemBytesMax);
  if (text.ok()) return text;
  const auto& args = text.refusal().args;
  return unusable(file, args.empty() ? std::string(text.refusal().code.name) : args[0].value);
}

Bio memory_of(const std::string& text) {
  return {BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), BIO_free};
}

Instant instant_of(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return Instant::from_micros(0);
  return Instant::from_micros(static_cast<std::int64_t>(::timegm(&parts)) * kMicros);
}

// Never a question on the terminal.
int no_passphrase(char*, int, int, void*) { return 0; }

}  // namespace

Result<TlsCertificate> read_tls_certificate(const std::filesystem::path& certificate,
                                            const std::filesystem::path& key) {
  ANLAN_TRY(const std::string certificate_text, read_pem(certificate));
  ANLAN_TRY(const std::string key_text, read_pem(key));
  const Bio certificate_bio = memory_of(certificate_text);
  const Certificate found(PEM_read_bio_X509(certificate_bio.get(), nullptr, no_passphrase, nullptr),
                          X509_free);
  if (!found) return of_library(certificate);
  const Bio key_bio = memory_of(key_text);
  const Key secret(PEM_read_bio_PrivateKey(key_bio.get(), nullptr, no_passphrase, nullptr),
                   EVP_PKEY_free);
  if (!secret) return of_library(key);
  TlsCertificate out;
  out.begins = instant_of(X509_get0_notBefore(found.get()));
  out.ends = instant_of(X509_get0_notAfter(found.get()));
  out.fits_key = X509_check_private_key(found.get(), secret.get()) == 1;
  ERR_clear_error();
  return out;
}

}  // namespace anlan::platform
