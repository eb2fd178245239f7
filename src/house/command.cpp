#include "house/command.h"

#include "base/codec.h"

namespace anlan::house {

std::string_view command_name(const Command& command) {
  return std::visit([](const auto& c) { return std::remove_cvref_t<decltype(c)>::kName; }, command);
}

Digest input_digest(const Envelope& envelope) {
  return envelope.request ? *envelope.request : sha256(command_bytes(envelope.command));
}

Bytes command_bytes(const Command& command) {
  ByteWriter out;
  std::visit(
      [&](const auto& c) {
        out.whole(std::remove_cvref_t<decltype(c)>::kKind);
        encode(out, c);
      },
      command);
  return out.take();
}

}  // namespace anlan::house
