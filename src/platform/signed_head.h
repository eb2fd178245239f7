// A signed head: the end of a journal as the house said it at some time. Whoever keeps one can show
// later that the journal lost its end or was written anew. docs/JOURNAL.md section 5.
#pragma once

#include <filesystem>
#include <span>
#include <string>

#include "base/node.h"
#include "house/ports.h"
#include "platform/keys.h"

namespace anlan::platform {

struct SignedHead {
  std::string house;  // the name of the house
  house::Head head;
  Instant at;  // when it was signed
  house::PublicKey public_key{};
  house::Signature signature{};
  bool operator==(const SignedHead&) const = default;
};

struct HeadStatement {
  std::string house;
  house::Head head;
  Instant at;
};

// The bytes under the signature.
Bytes head_message(const SignedHead& head);
SignedHead sign_head(HeadStatement statement, house::Signer& signer);

// The signature fits its own public key; refuses kHeadSignatureWrong (args seq). Whether that key
// is to be trusted is check_trusted's question: kHeadKeyUntrusted (args seq, fingerprint).
Result<Done> check_signature(const SignedHead& head);
Result<Done> check_trusted(const SignedHead& head, std::span<const TrustedKey> keys);

Node to_node(const SignedHead& head);
std::string to_json(const SignedHead& head);  // one line per member, with a newline at the end
// Refuses what the reader of trees refuses, and kHexMalformed. Does not check the signature.
Result<SignedHead> parse_signed_head(std::string_view text, std::string_view file);
Result<SignedHead> read_signed_head(const std::string& file);

}  // namespace anlan::platform
