#include "platform/ip_address.h"

#include <algorithm>

#include <arpa/inet.h>

namespace anlan::platform {
namespace {

struct Range {
  std::array<std::uint8_t, 16> from;
  int bits;
  AddressKind kind;
};

constexpr std::array kRanges4{
    Range{{0}, 8, AddressKind::kUnspecified},
    Range{{10}, 8, AddressKind::kPrivate},
    Range{{100, 64}, 10, AddressKind::kShared},
    Range{{127}, 8, AddressKind::kLoopback},
    Range{{169, 254}, 16, AddressKind::kLinkLocal},
    Range{{172, 16}, 12, AddressKind::kPrivate},
    Range{{192, 0, 0}, 24, AddressKind::kReserved},
    Range{{192, 0, 2}, 24, AddressKind::kReserved},
    Range{{192, 88, 99}, 24, AddressKind::kReserved},
    Range{{192, 168}, 16, AddressKind::kPrivate},
    Range{{198, 18}, 15, AddressKind::kReserved},
    Range{{198, 51, 100}, 24, AddressKind::kReserved},
    Range{{203, 0, 113}, 24, AddressKind::kReserved},
    Range{{224}, 4, AddressKind::kMulticast},
    Range{{240}, 4, AddressKind::kReserved},  // and 255.255.255.255
};

// Before the rule that only 2000::/3 is given out.
constexpr std::array kRanges6{
    Range{{}, 128, AddressKind::kUnspecified},
    Range{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 128, AddressKind::kLoopback},
    Range{{0x00, 0x64, 0xFF, 0x9B, 0x00, 0x01}, 48, AddressKind::kPrivate},
    Range{{0xFC}, 7, AddressKind::kPrivate},
    Range{{0xFE, 0x80}, 10, AddressKind::kLinkLocal},
    Range{{0xFE, 0xC0}, 10, AddressKind::kPrivate},
    Range{{0xFF}, 8, AddressKind::kMulticast},
    Range{{0x20, 0x01}, 23, AddressKind::kReserved},  // Teredo, ORCHID and other protocols
    Range{{0x20, 0x01, 0x0D, 0xB8}, 32, AddressKind::kReserved},
    Range{{0x3F, 0xFF}, 20, AddressKind::kReserved},
};

// Where in an IPv6 address an IPv4 address stands.
struct Carrier {
  std::array<std::uint8_t, 16> from;
  int bits;
  std::size_t place;
};
constexpr std::array kCarriers{
    Carrier{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF}, 96, 12},  // mapped
    Carrier{{}, 96, 12},                                          // compatible
    Carrier{{0x00, 0x64, 0xFF, 0x9B}, 96, 12},                    // NAT64
    Carrier{{0x20, 0x02}, 16, 2},                                 // 6to4
};

bool lies_in(const IpAddress& address, const std::array<std::uint8_t, 16>& from, int bits) {
  constexpr int kByte = 8;
  const auto whole = static_cast<std::size_t>(bits / kByte);
  if (!std::equal(from.begin(), from.begin() + static_cast<std::ptrdiff_t>(whole),
                  address.bytes.begin()))
    return false;
  const int left = bits % kByte;
  if (left == 0) return true;
  const unsigned mask = 0xFFU << (kByte - left) & 0xFFU;
  return (address.bytes[whole] & mask) == (from[whole] & mask);
}

template <std::size_t N>
std::optional<AddressKind> find_in(const std::array<Range, N>& ranges, const IpAddress& address) {
  for (const Range& range : ranges) {
    if (lies_in(address, range.from, range.bits)) return range.kind;
  }
  return std::nullopt;
}

}  // namespace

std::optional<IpAddress> read_ip_address(std::string_view text) {
  const std::string copy(text);
  if (copy.find('\0') != std::string::npos) return std::nullopt;
  IpAddress address;
  if (::inet_pton(AF_INET, copy.c_str(), address.bytes.data()) == 1) {
    address.is_v4 = true;
    return address;
  }
  if (::inet_pton(AF_INET6, copy.c_str(), address.bytes.data()) == 1) return address;
  return std::nullopt;
}

std::string to_text(const IpAddress& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  ::inet_ntop(address.is_v4 ? AF_INET : AF_INET6, address.bytes.data(), text.data(), text.size());
  return text.data();
}

IpAddress unmapped(const IpAddress& address) {
  constexpr std::size_t kCarried = 12;  // behind ten bytes of zero and two of 0xff
  constexpr int kBits = 8 * kCarried;
  if (address.is_v4 ||
      !lies_in(address, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 0, 0}, kBits))
    return address;
  IpAddress carried{.bytes = {}, .is_v4 = true};
  std::copy(address.bytes.begin() + kCarried, address.bytes.end(), carried.bytes.begin());
  return carried;
}

std::string peer_network(std::string_view peer) {
  constexpr std::size_t kNetworkBytes = 8;
  std::optional<IpAddress> address = read_ip_address(peer);
  if (!address || address->is_v4) return std::string(peer);
  std::fill(address->bytes.begin() + kNetworkBytes, address->bytes.end(), std::uint8_t{0});
  return to_text(*address) + "/64";
}

AddressKind kind_of(const IpAddress& address) {
  if (address.is_v4) return find_in(kRanges4, address).value_or(AddressKind::kPublic);
  if (const auto kind = find_in(kRanges6, address)) return *kind;
  for (const Carrier& carrier : kCarriers) {
    if (!lies_in(address, carrier.from, carrier.bits)) continue;
    IpAddress carried{.bytes = {}, .is_v4 = true};
    std::copy_n(address.bytes.begin() + static_cast<std::ptrdiff_t>(carrier.place), 4,
                carried.bytes.begin());
    return kind_of(carried);
  }
  constexpr std::array<std::uint8_t, 16> kGivenOut{0x20};
  return lies_in(address, kGivenOut, 3) ? AddressKind::kPublic : AddressKind::kReserved;
}

}  // namespace anlan::platform
