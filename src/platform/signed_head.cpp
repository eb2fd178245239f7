#include "platform/signed_head.h"

#include "base/node_reader.h"
#include "formats/json.h"
#include "platform/files.h"
#include "platform/refusals.h"

namespace anlan::platform {
namespace {

constexpr std::size_t kHeadFileBytesMax = std::size_t{64} << 10;

RefusalArg seq_arg(const SignedHead& head) {
  return {.name = "seq", .value = std::to_string(head.head.seq)};
}

// RFC 3339 in UTC to the microsecond, because the signature is over microseconds.
std::string exact_text(Instant at) {
  constexpr std::int64_t kMicros = 1'000'000;
  const std::int64_t micros = at.micros() % kMicros;
  const Instant second = Instant::from_micros(at.micros() - micros);
  const std::string fraction = std::to_string(kMicros + micros).substr(1);
  return to_text(second, UtcOffset::from_minutes(0)).substr(0, 19) + "." + fraction + "Z";
}

template <std::size_t N>
void read_hex(NodeReader& reader, std::string_view key, std::array<std::byte, N>& out) {
  const std::string text = reader.text(key);
  if (!reader.refused() && !from_hex(text, out)) {
    reader.refuse(key, refusals::kHexMalformed,
                  {{.name = "digits", .value = std::to_string(2 * N)}});
  }
}

}  // namespace

Bytes head_message(const SignedHead& head) {
  ByteWriter out;
  out.text("anlan.head.1");
  out.text(head.house);
  out.whole(head.head.seq);
  out.raw(head.head.chain.bytes);
  out.whole(head.at.micros());
  out.raw(head.public_key);
  return out.take();
}

SignedHead sign_head(HeadStatement statement, house::Signer& signer) {
  SignedHead head{.house = std::move(statement.house),
                  .head = statement.head,
                  .at = statement.at,
                  .public_key = signer.public_key(),
                  .signature = {}};
  head.signature = signer.sign(head_message(head));
  return head;
}

Result<Done> check_signature(const SignedHead& head) {
  if (verify_signature(head_message(head), head.signature, head.public_key)) return Done{};
  return Refusal{.code = refusals::kHeadSignatureWrong,
                 .path = "head",
                 .value = head.house,
                 .args = {seq_arg(head)},
                 .at = {}};
}

Result<Done> check_trusted(const SignedHead& head, std::span<const TrustedKey> keys) {
  if (is_trusted(keys, head.public_key, head.head.seq)) return Done{};
  return Refusal{
      .code = refusals::kHeadKeyUntrusted,
      .path = "signing_key",
      .value = to_text(head.public_key),
      .args = {seq_arg(head), {.name = "fingerprint", .value = fingerprint(head.public_key)}},
      .at = {}};
}

Node to_node(const SignedHead& head) {
  Node node = Node::table();
  node.add("house", Node::string(head.house));
  node.add("seq", Node::number_text(std::to_string(head.head.seq)));
  node.add("chain", Node::string(to_hex(head.head.chain)));
  node.add("at", Node::string(exact_text(head.at)));
  node.add("public_key", Node::string(to_text(head.public_key)));
  node.add("signature", Node::string(to_hex(BytesView(head.signature))));
  return node;
}

std::string to_json(const SignedHead& head) {
  return formats::write_json(to_node(head), formats::JsonStyle{.indent = 2}) + "\n";
}

Result<SignedHead> parse_signed_head(std::string_view text, std::string_view file) {
  ANLAN_TRY(const Node root, formats::parse_json(text, file));
  ReadReport report{std::string(file)};
  NodeReader reader(root, report, "head");
  SignedHead head;
  head.house = reader.text("house");
  head.head.seq =
      static_cast<std::uint64_t>(reader.whole("seq", 0, std::numeric_limits<std::int64_t>::max()));
  read_hex(reader, "chain", head.head.chain.bytes);
  head.at = reader.instant("at");
  read_hex(reader, "public_key", head.public_key);
  read_hex(reader, "signature", head.signature);
  reader.finish();
  return report.result(head);
}

Result<SignedHead> read_signed_head(const std::string& file) {
  ANLAN_TRY(const std::string text, read_file(file, kHeadFileBytesMax));
  return parse_signed_head(text, file);
}

}  // namespace anlan::platform
