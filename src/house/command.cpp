#include "house/command.h"

#include "base/codec.h"

namespace anlan::house {

std::string_view command_name(const Command& command) {
  return std::visit([](const auto& c) { return std::remove_cvref_t<decltype(c)>::kName; }, command);
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
