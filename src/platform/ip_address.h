// Addresses of the Internet protocol, and what kind of network each belongs to: whoever makes a
// server call an address that somebody else named must not reach what stands behind that server.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/fields.h"

namespace anlan::platform {

struct IpAddress {
  std::array<std::uint8_t, 16> bytes{};  // IPv4: the first four
  bool is_v4 = false;
  bool operator==(const IpAddress&) const = default;
};

// "192.0.2.7" or "2001:db8::7"; no zone, no brackets, no short or octal forms of IPv4.
std::optional<IpAddress> read_ip_address(std::string_view text);
std::string to_text(const IpAddress& address);

// The IPv4 address that an IPv6 one maps (::ffff:192.0.2.7); any other as it is.
IpAddress unmapped(const IpAddress& address);

enum class AddressKind : std::uint8_t {
  kPublic = 1,
  kUnspecified = 2,  // 0.0.0.0/8, ::
  kLoopback = 3,
  kPrivate = 4,    // RFC 1918, fc00::/7, fec0::/10, 64:ff9b:1::/48
  kLinkLocal = 5,  // 169.254/16, where clouds keep their metadata, and fe80::/10
  kShared = 6,     // 100.64/10, behind the NAT of a carrier
  kMulticast = 7,
  kReserved = 8,  // of IANA: documentation, benchmarks, tunnels, not yet given out
};
constexpr auto enum_names(AddressKind*) {
  using K = AddressKind;
  return std::array{
      EnumName<K>{K::kPublic, "public"},        EnumName<K>{K::kUnspecified, "none"},
      EnumName<K>{K::kLoopback, "loopback"},    EnumName<K>{K::kPrivate, "private"},
      EnumName<K>{K::kLinkLocal, "link_local"}, EnumName<K>{K::kShared, "shared"},
      EnumName<K>{K::kMulticast, "multicast"},  EnumName<K>{K::kReserved, "reserved"}};
}

// By the registries of special purpose addresses of IANA (RFC 6890 and its updates, 2023). An IPv6
// address that carries an IPv4 address (mapped, compatible, 64:ff9b::/96, 6to4) is of the kind of
// the one it carries. Exact; kPublic only for what is none of the others.
AddressKind kind_of(const IpAddress& address);

// Whom to count an address as, where somebody is counted: an IPv4 address itself, of an IPv6
// address the network (/64) of which one line has all: "2001:db8:0:7::/64". What is no address is
// as it was.
std::string peer_network(std::string_view peer);

}  // namespace anlan::platform
