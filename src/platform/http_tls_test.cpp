#include <future>
#include <memory>

#include <doctest/doctest.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include "platform/files.h"
#include "platform/http.h"
#include "platform/http_client.h"
#include "platform/http_testing.h"
#include "platform/refusals.h"
#include "platform/temporary_folder.h"

using namespace anlan;
using namespace anlan::platform;
using namespace anlan::platform::testing;

namespace {

struct Free {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(BIO* bio) const { BIO_free(bio); }
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  void operator()(SSL* tls) const { SSL_free(tls); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

std::string text_of(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return {data, static_cast<std::size_t>(size)};
}

// A key and a certificate of "localhost" that it signs itself, in a folder of their own.
class Certificate {
 public:
  Certificate() {
    const Owned<EVP_PKEY> key(EVP_EC_gen("P-256"));
    const Owned<X509> made(X509_new());
    X509_set_version(made.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(made.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(made.get()), -60);
    X509_gmtime_adj(X509_getm_notAfter(made.get()), 3'600);
    X509_NAME* const name = X509_get_subject_name(made.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>("localhost"), -1, -1, 0);
    X509_set_issuer_name(made.get(), name);
    X509_set_pubkey(made.get(), key.get());
    REQUIRE(X509_sign(made.get(), key.get(), EVP_sha256()) > 0);
    const Owned<BIO> pem(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(pem.get(), made.get());
    REQUIRE(write_file(file(), bytes_of(text_of(pem.get()))).ok());
    const Owned<BIO> key_pem(BIO_new(BIO_s_mem()));
    PEM_write_bio_PrivateKey(key_pem.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    REQUIRE(write_file(key_file(), bytes_of(text_of(key_pem.get()))).ok());
  }
  std::string file() const { return folder_.path() + "/certificate.pem"; }
  std::string key_file() const { return folder_.path() + "/key.pem"; }
  HttpServerOptions options() const {
    HttpServerOptions options = loopback_options();
    options.certificate_file = file();
    options.key_file = key_file();
    return options;
  }

 private:
  TemporaryFolder folder_ = TemporaryFolder::create().value();
};

// A client that trusts this certificate alone.
class TlsClient {
 public:
  TlsClient(std::uint16_t port, const Certificate& trusted, int newest = TLS1_3_VERSION)
      : socket_(port), context_(SSL_CTX_new(TLS_client_method())) {
    SSL_CTX_set_min_proto_version(context_.get(), TLS1_VERSION);
    SSL_CTX_set_security_level(context_.get(), newest < TLS1_2_VERSION ? 0 : 2);
    SSL_CTX_set_max_proto_version(context_.get(), newest);
    SSL_CTX_load_verify_locations(context_.get(), trusted.file().c_str(), nullptr);
    SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER, nullptr);
    tls_.reset(SSL_new(context_.get()));
    SSL_set1_host(tls_.get(), "localhost");
    SSL_set_fd(tls_.get(), socket_.handle());
    connected_ = SSL_connect(tls_.get()) == 1;
  }
  bool connected() const { return connected_; }
  void send(std::string_view bytes) {
    REQUIRE(SSL_write(tls_.get(), bytes.data(), static_cast<int>(bytes.size())) ==
            static_cast<int>(bytes.size()));
  }
  std::string read_to_end() {
    std::string all;
    char piece[16'384];
    for (int count; (count = SSL_read(tls_.get(), piece, sizeof piece)) > 0;)
      all.append(piece, static_cast<std::size_t>(count));
    ended_well_ = SSL_get_shutdown(tls_.get()) == SSL_RECEIVED_SHUTDOWN;
    return all;
  }
  bool ended_well() const { return ended_well_; }

 private:
  Client socket_;
  Owned<SSL_CTX> context_;
  Owned<SSL> tls_;
  bool connected_ = false;
  bool ended_well_ = false;
};

RefusalCode refusal_of(const HttpServerOptions& options) {
  HttpServer server(options, echo);
  const auto port = server.start();
  REQUIRE(!port.ok());
  CHECK(!port.refusal().args.at(0).value.empty());
  return port.refusal().code;
}

}  // namespace

TEST_CASE("http: requests over TLS 1.2 and 1.3, large ones too, end with a close_notify") {
  const Certificate certificate;
  const TestServer at(certificate.options());
  const std::string body(3'000'000, 'b');
  for (const int newest : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    TlsClient client(at.port, certificate, newest);
    REQUIRE(client.connected());
    client.send(get("/1"));
    client.send(post("/2", body));
    client.send("GET /3 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    const std::string all = client.read_to_end();
    CHECK(all.find("GET /1 ") != std::string::npos);
    CHECK(all.find("POST /2 " + body) != std::string::npos);
    CHECK(all.ends_with("GET /3 "));
    CHECK(client.ended_well());
  }
}

TEST_CASE("http: what is no TLS, or TLS 1.1, gets no further") {
  const Certificate certificate;
  HttpServerOptions options = certificate.options();
  options.limits.head_time_max = std::chrono::milliseconds(200);
  const TestServer at(options);
  CHECK(!TlsClient(at.port, certificate, TLS1_1_VERSION).connected());
  Client plain(at.port);
  plain.send(get("/x"));
  CHECK(plain.read_to_end().find("HTTP") == std::string::npos);
  Client silent(at.port);  // no handshake within the deadline
  CHECK(silent.read_to_end().empty());
  CHECK(at.server.counters().requests == 0);
  TlsClient late(at.port, certificate);
  late.send("GET /");
  CHECK(late.read_to_end().starts_with("HTTP/1.1 408 "));
}

TEST_CASE("refusal 8063 http_certificate_unusable: no file, no certificate, the key of another") {
  const Certificate certificate;
  const Certificate other;
  HttpServerOptions options = certificate.options();
  options.certificate_file = "no-such-file.pem";
  CHECK(refusal_of(options) == platform::refusals::kHttpCertificateUnusable);
  options.certificate_file = certificate.key_file();
  CHECK(refusal_of(options) == platform::refusals::kHttpCertificateUnusable);
  options = certificate.options();
  options.key_file = other.key_file();
  CHECK(refusal_of(options) == platform::refusals::kHttpCertificateUnusable);
  options.key_file.clear();
  CHECK(refusal_of(options) == platform::refusals::kHttpCertificateUnusable);
}

TEST_CASE("client: https to whom the authority vouches for, by the name that was called") {
  const Certificate certificate;
  const Certificate other;
  const TestServer at(certificate.options());
  const auto outcome_of = [&](const std::string& host, const std::string& ca_file) {
    const auto client = HttpClient::start({.to_private = true, .ca_file = ca_file}).value();
    std::promise<HttpOutcome> said;
    client->post({.url = read_http_url("https://" + host + ":" + std::to_string(at.port)).value()},
                 [&](const HttpOutcome& outcome) { said.set_value(outcome); });
    return said.get_future().get();
  };
  CHECK(outcome_of("localhost", certificate.file()).status == 200);
  CHECK(outcome_of("localhost", other.file()).failure == HttpFailure::kCertificate);
  CHECK(outcome_of("localhost", {}).failure == HttpFailure::kCertificate);  // the system's
  CHECK(outcome_of("127.0.0.1", certificate.file()).failure == HttpFailure::kCertificate);
  CHECK(at.server.counters().requests == 1);
}
