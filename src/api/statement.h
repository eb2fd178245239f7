// Statement: what a house signs about a document on paper, short enough for a QR code.
//   "ANLAN1:" and, in Base32: kind (u8), length of the number (u8) and number, digest of the
//   document's canonical JSON, seq (u64) and chain hash of the head of the journal when it was
//   issued, public key of the house; then the Ed25519 signature over "anlan paper 1" and these
//   bytes.
// The public key stands for its fingerprint, which is its SHA-256: so the code proves itself, and
// who reads it compares the fingerprint.
#pragma once

#include <string>
#include <string_view>

#include "base/sha256.h"
#include "domain/event.h"
#include "house/ports.h"

namespace anlan::api {

struct Statement {
  domain::DocumentKind kind = domain::DocumentKind::kPolicy;
  std::string number;  // is_document_number
  Digest content;
  house::Head head;
  house::PublicKey key{};
  house::Signature signature{};
  bool operator==(const Statement&) const = default;
};

// 1 to kDocumentNumberMax bytes that can be shown on a line.
bool is_document_number(std::string_view text);
// The names that a house can be opened with (parse_name_text).
bool is_house_name(std::string_view text);

// Fills in key and signature.
void sign(Statement& statement, house::Signer& signer);

// "ANLAN1:GEYT...": capitals, digits and a colon, about 320 signs.
std::string code_of(const Statement& statement);

// Blanks and line breaks around it do not matter. Refuses kCodeMalformed (no such code),
// kDocumentInvalid (the signature does not fit).
Result<Statement> read_code(std::string_view text, std::string_view path);

}  // namespace anlan::api
