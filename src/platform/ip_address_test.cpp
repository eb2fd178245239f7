#include "platform/ip_address.h"

#include <doctest/doctest.h>

using namespace anlan;
using namespace anlan::platform;

namespace {

struct Row {
  const char* address;
  AddressKind kind;
};
using enum AddressKind;

TEST_CASE("addresses: one line of IPv6 counts as one, whichever of its addresses it uses") {
  CHECK(peer_network("2001:db8:0:7::1") == "2001:db8:0:7::/64");
  CHECK(peer_network("2001:db8:0:7:ffff:ffff:ffff:ffff") == peer_network("2001:db8:0:7::1"));
  CHECK(peer_network("2001:db8:0:8::1") != peer_network("2001:db8:0:7::1"));
  CHECK(peer_network("192.0.2.7") == "192.0.2.7");
  CHECK(peer_network("unix") == "unix");
  CHECK(peer_network("").empty());
}

// First and last of each range, and what stands on either side of it.
constexpr Row kRows[] = {
    {"0.0.0.0", kUnspecified},
    {"0.255.255.255", kUnspecified},
    {"1.0.0.0", kPublic},
    {"9.255.255.255", kPublic},
    {"10.0.0.0", kPrivate},
    {"10.255.255.255", kPrivate},
    {"11.0.0.0", kPublic},
    {"100.63.255.255", kPublic},
    {"100.64.0.0", kShared},
    {"100.127.255.255", kShared},
    {"100.128.0.0", kPublic},
    {"126.255.255.255", kPublic},
    {"127.0.0.1", kLoopback},
    {"127.255.255.255", kLoopback},
    {"128.0.0.0", kPublic},
    {"169.253.255.255", kPublic},
    {"169.254.169.254", kLinkLocal},
    {"169.254.0.0", kLinkLocal},
    {"169.255.0.0", kPublic},
    {"172.15.255.255", kPublic},
    {"172.16.0.0", kPrivate},
    {"172.31.255.255", kPrivate},
    {"172.32.0.0", kPublic},
    {"191.255.255.255", kPublic},
    {"192.0.0.0", kReserved},
    {"192.0.0.255", kReserved},
    {"192.0.1.0", kPublic},
    {"192.0.2.0", kReserved},
    {"192.0.2.255", kReserved},
    {"192.0.3.0", kPublic},
    {"192.88.98.255", kPublic},
    {"192.88.99.1", kReserved},
    {"192.88.100.0", kPublic},
    {"192.167.255.255", kPublic},
    {"192.168.0.0", kPrivate},
    {"192.168.255.255", kPrivate},
    {"192.169.0.0", kPublic},
    {"198.17.255.255", kPublic},
    {"198.18.0.0", kReserved},
    {"198.19.255.255", kReserved},
    {"198.20.0.0", kPublic},
    {"198.51.100.7", kReserved},
    {"198.51.101.0", kPublic},
    {"203.0.113.255", kReserved},
    {"203.0.114.0", kPublic},
    {"223.255.255.255", kPublic},
    {"224.0.0.1", kMulticast},
    {"239.255.255.255", kMulticast},
    {"240.0.0.0", kReserved},
    {"255.255.255.255", kReserved},
    {"8.8.8.8", kPublic},
    {"::", kUnspecified},
    {"::1", kLoopback},
    {"::2", kUnspecified},  // 0.0.0.2 in its old form
    {"::ffff:127.0.0.1", kLoopback},
    {"::ffff:10.1.2.3", kPrivate},
    {"::ffff:169.254.169.254", kLinkLocal},
    {"::ffff:100.64.0.1", kShared},
    {"::ffff:0.0.0.0", kUnspecified},
    {"::ffff:8.8.8.8", kPublic},
    {"::127.0.0.1", kLoopback},
    {"::192.168.1.1", kPrivate},
    {"::ffff:0:7f00:1", kReserved},  // translated, RFC 2765: not given out
    {"64:ff9b::7f00:1", kLoopback},
    {"64:ff9b::a9fe:a9fe", kLinkLocal},
    {"64:ff9b::808:808", kPublic},
    {"64:ff9b:1::808:808", kPrivate},
    {"64:ff9b:2::1", kReserved},
    {"2002:7f00:1::", kLoopback},
    {"2002:a00:1::1", kPrivate},
    {"2002:808:808::1", kPublic},
    {"2001::1", kReserved},
    {"2001:0:4136:e378:8000:63bf:3fff:fdd2", kReserved},  // Teredo
    {"2001:1ff:ffff::", kReserved},
    {"2001:200::1", kPublic},
    {"2001:db8::1", kReserved},
    {"2001:db9::1", kPublic},
    {"2001:4860:4860::8888", kPublic},
    {"2400:3200::1", kPublic},
    {"3fff::1", kReserved},
    {"3ffe::1", kPublic},
    {"100::1", kReserved},
    {"1fff:ffff::1", kReserved},
    {"2000::1", kPublic},
    {"4000::1", kReserved},
    {"5f00::1", kReserved},
    {"fbff::1", kReserved},
    {"fc00::1", kPrivate},
    {"fd00:ec2::254", kPrivate},
    {"fdff:ffff::1", kPrivate},
    {"fe00::1", kReserved},
    {"fe80::1", kLinkLocal},
    {"febf:ffff::1", kLinkLocal},
    {"fec0::1", kPrivate},
    {"feff:ffff::1", kPrivate},
    {"ff00::1", kMulticast},
    {"ff02::1", kMulticast},
};

}  // namespace

TEST_CASE("address: every special range of both versions, by its first, its last and its outside") {
  for (const Row& row : kRows) {
    CAPTURE(row.address);
    const auto address = read_ip_address(row.address);
    REQUIRE(address);
    CHECK(name_of(kind_of(*address)) == name_of(row.kind));
  }
}

TEST_CASE("address: what each IPv4 range holds is held when IPv6 carries it") {
  for (const Row& row : kRows) {
    const auto plain = read_ip_address(row.address);
    REQUIRE(plain);
    if (!plain->is_v4) continue;
    CAPTURE(row.address);
    const auto mapped = read_ip_address("::ffff:" + std::string(row.address));
    REQUIRE(mapped);
    CHECK(kind_of(*mapped) == row.kind);
    IpAddress tunnel;
    tunnel.bytes = {0x20, 0x02};
    for (std::size_t n = 0; n < 4; ++n) tunnel.bytes[n + 2] = plain->bytes[n];
    CHECK(kind_of(tunnel) == row.kind);
  }
}

TEST_CASE("address: read as written, no other forms") {
  for (const char* const text : {"127.1", "0x7f.0.0.1", "2130706433", "0177.0.0.1", "127.0.0.1 ",
                                 "fe80::1%eth0", "[::1]", "", "localhost", "1.2.3.4.5"}) {
    CAPTURE(text);
    CHECK(!read_ip_address(text));
  }
  CHECK(!read_ip_address(std::string_view("127.0.0.1\0x", 11)));
  CHECK(to_text(*read_ip_address("2001:DB8:0:0::7")) == "2001:db8::7");
  CHECK(to_text(*read_ip_address("192.0.2.7")) == "192.0.2.7");
}
