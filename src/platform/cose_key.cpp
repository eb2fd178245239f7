#include "platform/cose_key.h"

#include <array>
#include <memory>
#include <set>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include "platform/cbor.h"

namespace anlan::platform {
namespace {

// Labels of RFC 9052, section 7.1, and RFC 9053, section 7.
constexpr std::int64_t kKeyType = 1;
constexpr std::int64_t kAlgorithm = 3;
constexpr std::int64_t kCurve = -1;  // of RSA: the modulus
constexpr std::int64_t kX = -2;      // of RSA: the exponent
constexpr std::int64_t kY = -3;

constexpr std::int64_t kOkp = 1;
constexpr std::int64_t kEc2 = 2;
constexpr std::int64_t kRsa = 3;
constexpr std::int64_t kP256 = 1;
constexpr std::int64_t kEd25519 = 6;

constexpr std::size_t kCoordinateBytes = 32;
constexpr int kRsaBitsMin = 2'048;
constexpr int kRsaBitsMax = 4'096;
constexpr std::size_t kExponentBytesMax = 4;

template <auto kFree>
struct Freed {
  template <class T>
  void operator()(T* held) const {
    kFree(held);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Freed<EVP_PKEY_CTX_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Freed<OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, Freed<OSSL_PARAM_free>>;
using Number = std::unique_ptr<BIGNUM, Freed<BN_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;

const unsigned char* raw(BytesView bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

struct Fields {
  std::int64_t type = 0;
  std::int64_t algorithm = 0;
  std::int64_t curve = 0;
  BytesView modulus;
  BytesView x;
  BytesView y;
  std::size_t size = 0;
};

std::optional<Fields> read_fields(BytesView bytes) {
  CborReader reader(bytes);
  Fields fields;
  std::set<std::int64_t> seen;
  const std::uint64_t pairs = reader.map();
  for (std::uint64_t n = 0; reader.ok() && n < pairs; ++n) {
    const std::int64_t label = reader.whole();
    if (!seen.insert(label).second) return std::nullopt;
    const bool number = reader.kind().value_or(kY) < 2;
    if (label == kKeyType) {
      fields.type = reader.whole();
    } else if (label == kAlgorithm) {
      fields.algorithm = reader.whole();
    } else if (label == kCurve && number) {
      fields.curve = reader.whole();
    } else if (label == kCurve) {
      fields.modulus = reader.bytes();
    } else if (label == kX) {
      fields.x = reader.bytes();
    } else if (label == kY) {
      fields.y = reader.bytes();
    } else {
      return std::nullopt;  // nothing else belongs to a public key of these kinds
    }
  }
  if (!reader.ok()) return std::nullopt;
  fields.size = bytes.size() - reader.left();
  return fields;
}

Key key_of(const char* type, OSSL_PARAM_BLD* builder) {
  const Parameters parameters(OSSL_PARAM_BLD_to_param(builder));
  const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
  EVP_PKEY* made = nullptr;
  if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1)
    return nullptr;
  return Key(made);
}

// EVP_PKEY_fromdata takes no point that is not on the curve; the check says it again, and that it
// is not the point at infinity.
Key ec_key(const Fields& fields) {
  if (fields.curve != kP256 || fields.x.size() != kCoordinateBytes ||
      fields.y.size() != kCoordinateBytes || !fields.modulus.empty())
    return nullptr;
  std::array<unsigned char, 1 + 2 * kCoordinateBytes> point{4};  // uncompressed
  std::copy_n(raw(fields.x), kCoordinateBytes, point.begin() + 1);
  std::copy_n(raw(fields.y), kCoordinateBytes, point.begin() + 1 + kCoordinateBytes);
  const Builder builder(OSSL_PARAM_BLD_new());
  if (!builder ||
      OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) !=
          1 ||
      OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                       point.size()) != 1)
    return nullptr;
  Key key = key_of("EC", builder.get());
  if (!key) return nullptr;
  const KeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr));
  return context && EVP_PKEY_public_check(context.get()) == 1 ? std::move(key) : nullptr;
}

Key ed_key(const Fields& fields) {
  if (fields.curve != kEd25519 || fields.x.size() != kCoordinateBytes || !fields.y.empty() ||
      !fields.modulus.empty())
    return nullptr;
  return Key(
      EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, raw(fields.x), fields.x.size()));
}

Key rsa_key(const Fields& fields) {
  if (fields.modulus.empty() || fields.modulus.size() > kRsaBitsMax / 8 || fields.x.empty() ||
      fields.x.size() > kExponentBytesMax || !fields.y.empty())
    return nullptr;
  const Number modulus(
      BN_bin2bn(raw(fields.modulus), static_cast<int>(fields.modulus.size()), nullptr));
  const Number exponent(BN_bin2bn(raw(fields.x), static_cast<int>(fields.x.size()), nullptr));
  const bool sound = modulus && exponent && BN_num_bits(modulus.get()) >= kRsaBitsMin &&
                     BN_is_odd(modulus.get()) && BN_is_odd(exponent.get()) &&
                     !BN_is_one(exponent.get());
  if (!sound) return nullptr;
  const Builder builder(OSSL_PARAM_BLD_new());
  if (!builder ||
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get()) != 1 ||
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get()) != 1)
    return nullptr;
  return key_of("RSA", builder.get());
}

struct Made {
  Key key;
  CoseAlgorithm algorithm = CoseAlgorithm::kEs256;
};

Made make_key(const Fields& fields) {
  const auto is = [&](std::int64_t type, CoseAlgorithm algorithm) {
    return fields.type == type && fields.algorithm == static_cast<std::int64_t>(algorithm);
  };
  if (is(kEc2, CoseAlgorithm::kEs256))
    return {.key = ec_key(fields), .algorithm = CoseAlgorithm::kEs256};
  if (is(kOkp, CoseAlgorithm::kEdDsa))
    return {.key = ed_key(fields), .algorithm = CoseAlgorithm::kEdDsa};
  if (is(kRsa, CoseAlgorithm::kRs256))
    return {.key = rsa_key(fields), .algorithm = CoseAlgorithm::kRs256};
  return {};
}

}  // namespace

std::optional<CoseKeyRead> read_cose_key(BytesView bytes) {
  const auto fields = read_fields(bytes);
  if (!fields) return std::nullopt;
  const Made made = make_key(*fields);
  if (!made.key) return std::nullopt;
  return CoseKeyRead{.size = fields->size, .algorithm = made.algorithm};
}

bool verify_cose(BytesView cose_key, BytesView message, BytesView signature) {
  const auto fields = read_fields(cose_key);
  if (!fields) return false;
  const Made made = make_key(*fields);
  const DigestContext context(EVP_MD_CTX_new());
  if (!made.key || !context) return false;
  const EVP_MD* digest = made.algorithm == CoseAlgorithm::kEdDsa ? nullptr : EVP_sha256();
  return EVP_DigestVerifyInit(context.get(), nullptr, digest, nullptr, made.key.get()) == 1 &&
         EVP_DigestVerify(context.get(), raw(signature), signature.size(), raw(message),
                          message.size()) == 1;
}

}  // namespace anlan::platform
