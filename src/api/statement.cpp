#include "api/statement.h"

#include <algorithm>

#include "api/refusals.h"
#include "base/base32.h"
#include "base/check.h"
#include "base/id.h"
#include "formats/harmless_text.h"
#include "platform/keys.h"

namespace anlan::api {
namespace {

using domain::DocumentKind;

constexpr std::string_view kPrefix = "ANLAN1:";
constexpr std::string_view kPurpose = "anlan paper 1";

Bytes bytes_of_statement(const Statement& statement) {
  ANLAN_CHECK(!statement.number.empty());
  ANLAN_CHECK(statement.number.size() <= domain::kDocumentNumberMax);
  ByteWriter out;
  out.whole(static_cast<std::uint8_t>(statement.kind));
  out.whole(static_cast<std::uint8_t>(statement.number.size()));
  out.raw(bytes_of(statement.number));
  out.raw(statement.content.bytes);
  out.whole(statement.head.seq);
  out.raw(statement.head.chain.bytes);
  out.raw(statement.key);
  return out.take();
}

Bytes message_of(const Statement& statement) {
  ByteWriter out;
  out.text(kPurpose);
  out.raw(bytes_of_statement(statement));
  return out.take();
}

template <std::size_t N>
void fill(ByteReader& in, std::array<std::byte, N>& out) {
  const BytesView bytes = in.raw(N);
  if (in.ok()) std::copy(bytes.begin(), bytes.end(), out.begin());
}

bool is_kind(DocumentKind kind) {
  constexpr auto names = enum_names(static_cast<DocumentKind*>(nullptr));
  return std::any_of(names.begin(), names.end(),
                     [&](const auto& entry) { return entry.value == kind; });
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const std::size_t from = std::min(text.find_first_not_of(kBlanks), text.size());
  return text.substr(from, text.find_last_not_of(kBlanks) + 1 - from);
}

}  // namespace

bool is_document_number(std::string_view text) {
  return !text.empty() && text.size() <= domain::kDocumentNumberMax &&
         text.find('\n') == std::string_view::npos && formats::harmless_text(text) == text;
}

bool is_house_name(std::string_view text) { return parse_name_text(text, "house").ok(); }

void sign(Statement& statement, house::Signer& signer) {
  statement.key = signer.public_key();
  statement.signature = signer.sign(message_of(statement));
}

std::string code_of(const Statement& statement) {
  Bytes bytes = bytes_of_statement(statement);
  bytes.insert(bytes.end(), statement.signature.begin(), statement.signature.end());
  return std::string(kPrefix) + to_base32(bytes);
}

Result<Statement> read_code(std::string_view text, std::string_view path) {
  const std::string_view code = trimmed(text);
  const auto malformed = [&] {
    return Refusal{.code = refusals::kCodeMalformed,
                   .path = std::string(path),
                   .value = std::string(code.substr(0, 40))};
  };
  if (!code.starts_with(kPrefix)) return malformed();
  const auto bytes = from_base32(code.substr(kPrefix.size()));
  if (!bytes) return malformed();
  ByteReader in(*bytes);
  Statement statement;
  statement.kind = static_cast<DocumentKind>(in.whole<std::uint8_t>());
  const BytesView number = in.raw(in.whole<std::uint8_t>());
  statement.number.assign(reinterpret_cast<const char*>(number.data()), number.size());
  fill(in, statement.content.bytes);
  statement.head.seq = in.whole<std::uint64_t>();
  fill(in, statement.head.chain.bytes);
  fill(in, statement.key);
  fill(in, statement.signature);
  if (!in.done() || !is_kind(statement.kind) || !is_document_number(statement.number)) {
    return malformed();
  }
  if (!platform::verify_signature(message_of(statement), statement.signature, statement.key)) {
    return Refusal{.code = refusals::kDocumentInvalid,
                   .path = std::string(path),
                   .value = statement.number,
                   .args = {{.name = "what", .value = "signature"}}};
  }
  return statement;
}

}  // namespace anlan::api
