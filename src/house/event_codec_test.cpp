#include "house/event_codec.h"

#include <fstream>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "base/codec.h"
#include "base/random.h"
#include "house/filled_test.h"
#include "house/refusals.h"

namespace anlan::house {
namespace {

using domain::Event;
using domain::EventVariant;

template <std::size_t... I>
std::vector<Event> samples_of(std::index_sequence<I...>) {
  return {Event(filled::sample<std::variant_alternative_t<I, EventVariant>>())...};
}

// One event of every kind, every field filled.
const std::vector<Event>& samples() {
  static const std::vector<Event> kSamples =
      samples_of(std::make_index_sequence<std::variant_size_v<EventVariant>>());
  return kSamples;
}

Result<Event> read_as(const Event& event, BytesView body) {
  return read_event(event_kind(event), event_version(event), body);
}

TEST_CASE("event codec: kinds and names of events are unique, versions count from 1") {
  std::set<std::uint16_t> kinds;
  std::set<std::string_view> names;
  for (const Event& event : samples()) {
    CAPTURE(event_name(event));
    CHECK(kinds.insert(event_kind(event)).second);
    CHECK(names.insert(event_name(event)).second);
    CHECK(event_kind(event) > 0);
    CHECK(event_version(event) > 0);
  }
}

template <HasFields T>
void check_every_field_filled(const T& record, const std::string& path) {
  const T empty{};
  auto names = std::vector<std::string>();
  for_each_field(record, [&](std::string_view name, const auto&) { names.emplace_back(name); });
  CHECK_MESSAGE(std::set<std::string>(names.begin(), names.end()).size() == names.size(), path,
                " has two fields of one name");
  std::size_t place = 0;
  std::vector<Bytes> of_empty;
  for_each_field(empty, [&](std::string_view, const auto& m) { of_empty.push_back(encoded(m)); });
  for_each_field(record, [&](std::string_view name, const auto& member) {
    CHECK_MESSAGE(encoded(member) != of_empty[place++], path, ".", name, " is at its default");
    if constexpr (HasFields<std::remove_cvref_t<decltype(member)>>) {
      check_every_field_filled(member, path + "." + std::string(name));
    }
  });
}

TEST_CASE("event codec: an event with every field filled comes back equal from its bytes") {
  for (const Event& event : samples()) {
    CAPTURE(event_name(event));
    std::visit([](const auto& e) { check_every_field_filled(e, std::string(e.kName)); }, event);
    const auto read = read_as(event, event_bytes(event));
    REQUIRE(read.ok());
    CHECK(*read == event);
    CHECK(event_node(*read).find("event")->text == event_name(event));
  }
}

std::string golden_path(const Event& event) {
  return ANLAN_SOURCE_DIR "/tests/golden/" + std::to_string(event_kind(event)) + "_" +
         std::to_string(event_version(event)) + "_" + std::string(event_name(event)) + ".hex";
}

// The hexadecimal text of a golden file, line breaks left out.
std::string golden_hex(const std::string& path) {
  std::ifstream file(path);
  std::string hex;
  for (std::string line; std::getline(file, line);) hex += line;
  return hex;
}

TEST_CASE("event codec: the layout of every kind and version is that of its golden file") {
  for (const Event& event : samples()) {
    const std::string hex = to_hex(event_bytes(event));
    CHECK_MESSAGE(
        golden_hex(golden_path(event)) == hex, event_name(event), ": journals hold version ",
        event_version(event),
        " in the layout of its golden file, which is never changed. Keep that event as it is; add "
        "one with kVersion ",
        event_version(event) + 1,
        ", an upcaster in house/event_codec.cpp that makes it from the old bytes, and a golden "
        "file "
        "tests/golden/<kind>_<version>_<name>.hex beside the old one. The bytes found here are ",
        hex);
  }
}

TEST_CASE("refusal 7001 unknown_event: a kind or a version that this program does not know") {
  const Bytes body = event_bytes(samples().front());
  for (const auto& [kind, version] : std::vector<std::pair<std::uint16_t, std::uint16_t>>{
           {0, 1}, {1, 0}, {1, 2}, {9999, 1}, {65535, 65535}}) {
    CAPTURE(kind);
    const auto read = read_event(kind, version, body);
    REQUIRE(!read.ok());
    CHECK(read.refusal().code.name == refusals::kUnknownEvent.name);
    CHECK(read.refusal().args[0].value == std::to_string(kind));
    CHECK(read.refusal().args[1].value == std::to_string(version));
  }
}

TEST_CASE("refusal 7002 event_malformed: every truncation, and a byte too many, of every kind") {
  for (const Event& event : samples()) {
    CAPTURE(event_name(event));
    Bytes body = event_bytes(event);
    for (std::size_t length = 0; length < body.size(); ++length) {
      const auto read = read_as(event, BytesView(body).first(length));
      REQUIRE(!read.ok());
      REQUIRE(read.refusal().code.name == refusals::kEventMalformed.name);
    }
    body.push_back(std::byte{0});
    CHECK(read_as(event, body).refusal().code.name == refusals::kEventMalformed.name);
  }
}

TEST_CASE("event codec: changed bytes are refused or read as the event that has those bytes") {
  const RandomStream random(RandomKey{.seed = 20'261'121});
  std::uint64_t draw = 0;
  int accepted = 0;
  for (int round = 0; round < 2'000; ++round) {
    const Event& event = samples()[random.bits(draw++) % samples().size()];
    Bytes body = event_bytes(event);
    const std::uint64_t changes = random.bits(draw++) % 3 + 1;
    for (std::uint64_t i = 0; i < changes; ++i) {
      const std::size_t place = random.bits(draw++) % body.size();
      body[place] = static_cast<std::byte>(random.bits(draw++) & 0xFF);
    }
    const auto read = read_as(event, body);
    if (!read.ok()) {
      REQUIRE(read.refusal().code.name == refusals::kEventMalformed.name);
      continue;
    }
    ++accepted;
    REQUIRE(event_bytes(*read) == body);
    REQUIRE(event_node(*read).find("event")->text == event_name(event));
  }
  CHECK(accepted > 200);  // most bytes are numbers and text, where any value is lawful
}

}  // namespace
}  // namespace anlan::house
