#include "house/event_codec.h"

#include "base/codec.h"
#include "base/to_node.h"
#include "house/refusals.h"

namespace anlan::house {
namespace {

Refusal refuse(RefusalCode code, std::uint16_t kind, std::uint16_t version) {
  return Refusal{.code = code,
                 .path = "body",
                 .value = {},
                 .args = {{.name = "kind", .value = std::to_string(kind)},
                          {.name = "version", .value = std::to_string(version)}},
                 .at = {}};
}

// Tries the alternatives of the variant one by one; there are few and each test is one comparison.
template <std::size_t I = 0>
Result<domain::Event> read_alternative(std::uint16_t kind, std::uint16_t version, BytesView body) {
  if constexpr (I == std::variant_size_v<domain::EventVariant>) {
    return refuse(refusals::kUnknownEvent, kind, version);
  } else {
    using E = std::variant_alternative_t<I, domain::EventVariant>;
    if (E::kKind != kind || E::kVersion != version)
      return read_alternative<I + 1>(kind, version, body);
    std::optional<E> event = decoded<E>(body);
    if (!event) return refuse(refusals::kEventMalformed, kind, version);
    return domain::Event(std::move(*event));
  }
}

}  // namespace

std::uint16_t event_kind(const domain::Event& event) {
  return std::visit([](const auto& e) { return std::remove_cvref_t<decltype(e)>::kKind; }, event);
}

std::uint16_t event_version(const domain::Event& event) {
  return std::visit([](const auto& e) { return std::remove_cvref_t<decltype(e)>::kVersion; },
                    event);
}

std::string_view event_name(const domain::Event& event) {
  return std::visit([](const auto& e) { return std::remove_cvref_t<decltype(e)>::kName; }, event);
}

Bytes event_bytes(const domain::Event& event) {
  return std::visit([](const auto& e) { return encoded(e); }, event);
}

Node event_node(const domain::Event& event) {
  Node node = Node::table();
  node.add("event", Node::string(event_name(event)));
  Node fields = std::visit([](const auto& e) { return to_node(e); }, event);
  for (Member& member : fields.members) node.add(member.key, std::move(member.value));
  return node;
}

Result<domain::Event> read_event(std::uint16_t kind, std::uint16_t version, BytesView body) {
  return read_alternative(kind, version, body);
}

}  // namespace anlan::house
