// Public keys as authenticators give them (COSE_Key, RFC 9052 and 9053), and signatures under them
// by libcrypto.
#pragma once

#include <optional>

#include "base/bytes.h"
#include "platform/webauthn.h"

namespace anlan::platform {

// How many bytes at the beginning are a COSE_Key of one of the three algorithms, and of which. The
// point must lie on its curve; an RSA key has 2048 to 4096 bits. Nothing for all else.
struct CoseKeyRead {
  std::size_t size = 0;
  CoseAlgorithm algorithm = CoseAlgorithm::kEs256;
};
std::optional<CoseKeyRead> read_cose_key(BytesView bytes);

// False also where the key is none.
bool verify_cose(BytesView cose_key, BytesView message, BytesView signature);

}  // namespace anlan::platform
