#include "base/codec.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace anlan {
namespace {

struct PolicyTag {};
struct ActorTag {};

enum class Colour : std::uint8_t { kRed = 1, kBlue = 5 };
constexpr auto enum_names(Colour*) {
  return std::array{EnumName<Colour>{Colour::kRed, "red"}, EnumName<Colour>{Colour::kBlue, "blue"}};
}

struct Part {
  std::int32_t count = 0;
  std::string label;
  bool operator==(const Part&) const = default;
  template <class E = Part>
  static constexpr auto fields() {
    return std::tuple{field("count", &E::count), field("label", &E::label)};
  }
};

struct Sample {
  std::uint8_t small = 0;
  std::uint64_t large = 0;
  std::int64_t negative = 0;
  bool flag = false;
  Colour colour = Colour::kRed;
  std::string text;
  Bytes raw;
  Money money;
  Share share;
  Date date;
  Instant instant;
  UtcOffset offset;
  Id<PolicyTag> id;
  Name<ActorTag> name;
  Digest digest;
  std::optional<Part> maybe;
  std::optional<std::int16_t> none;
  std::vector<Part> parts;
  std::vector<std::vector<std::uint16_t>> grid;
  bool operator==(const Sample&) const = default;
  template <class E = Sample>
  static constexpr auto fields() {
    return std::tuple{
        field("small", &E::small), field("large", &E::large),     field("negative", &E::negative),
        field("flag", &E::flag),   field("colour", &E::colour),   field("text", &E::text),
        field("raw", &E::raw),     field("money", &E::money),     field("share", &E::share),
        field("date", &E::date),   field("instant", &E::instant), field("offset", &E::offset),
        field("id", &E::id),       field("name", &E::name),       field("digest", &E::digest),
        field("maybe", &E::maybe), field("none", &E::none),       field("parts", &E::parts),
        field("grid", &E::grid)};
  }
};

Sample sample() {
  Sample sample{.small = UINT8_MAX,
                .large = UINT64_MAX,
                .negative = INT64_MIN,
                .flag = true,
                .colour = Colour::kBlue,
                .text = "安澜",
                .raw = {std::byte{0}, std::byte{255}},
                .money = Money::from_minor(280'000, Currency::kUsd),
                .share = Share::from_ppm(500'000),
                .date = Date::from_days(20'513),
                .instant = Instant::from_micros(1'772'301'600'000'001),
                .offset = UtcOffset::from_minutes(-210),
                .id = {.number = 37},
                .name = {.text = "broker.one"},
                .digest = sha256(bytes_of("abc")),
                .maybe = Part{.count = -3, .label = "inside"},
                .none = std::nullopt,
                .parts = {{.count = 1, .label = ""}, {.count = INT32_MAX, .label = "x"}},
                .grid = {{}, {1, UINT16_MAX}}};
  return sample;
}

TEST_CASE("codec: a record is its length and its fields in declared order") {
  CHECK(to_hex(encoded(Part{.count = -2, .label = "ab"})) ==
        "0a000000"
        "feffffff"
        "02000000"
        "6162");
  CHECK(to_hex(encoded(std::optional<std::uint16_t>{})) == "00");
  CHECK(to_hex(encoded(std::optional<std::uint16_t>{7})) ==
        "01"
        "0700");
  CHECK(to_hex(encoded(Money::from_minor(1, Currency::kCny))) ==
        "0100000000000000"
        "9c00");
  CHECK(to_hex(encoded(std::vector<std::uint8_t>{9, 8})) ==
        "02000000"
        "0908");
  CHECK(to_hex(encoded(Colour::kBlue)) == "05");
}

TEST_CASE("codec: a record of every kind of field is read back") {
  const Sample whole = sample();
  const auto back = decoded<Sample>(encoded(whole));
  REQUIRE(back.has_value());
  CHECK(*back == whole);
  CHECK(*decoded<Sample>(encoded(Sample{})) == Sample{});
}

TEST_CASE("codec: every cut encoding is refused") {
  const Bytes bytes = encoded(sample());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    if (decoded<Sample>(BytesView(bytes).first(size)).has_value())
      FAIL("cut to " << size << " bytes");
  }
}

TEST_CASE("codec: every lengthened encoding is refused") {
  const Bytes bytes = encoded(sample());
  for (std::size_t at = 0; at <= bytes.size(); ++at) {
    for (const std::uint8_t added : {0, 1, 255}) {
      Bytes longer = bytes;
      longer.insert(longer.begin() + static_cast<std::ptrdiff_t>(at),
                    static_cast<std::byte>(added));
      // The outer length no longer covers what follows, wherever the byte went in; inside the
      // length itself another length is read.
      if (decoded<Sample>(longer).has_value()) FAIL("byte " << int{added} << " added at " << at);
    }
  }
}

TEST_CASE("codec: one changed byte is refused or is another record that encodes to these bytes") {
  const Bytes bytes = encoded(sample());
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      Bytes changed = bytes;
      changed[at] ^= static_cast<std::byte>(1 << bit);
      const auto back = decoded<Sample>(changed);
      if (back && (*back == sample() || encoded(*back) != changed))
        FAIL("byte " << at << " bit " << bit);
    }
  }
}

TEST_CASE("codec: every other length of a text, list or record inside a record is refused") {
  const Part part{.count = 1, .label = "abc"};
  const Bytes bytes = encoded(part);  // u32 length, i32 count, u32 length, "abc"
  for (const std::size_t at : {std::size_t{0}, std::size_t{8}}) {
    for (int value = 0; value < 256; ++value) {
      for (std::size_t digit = 0; digit < 4; ++digit) {
        Bytes changed = bytes;
        changed[at + digit] = static_cast<std::byte>(value);
        if (changed == bytes) continue;
        if (decoded<Part>(changed).has_value())
          FAIL("length at " << at + digit << " set to " << value);
      }
    }
  }
  CHECK_FALSE(decoded<std::vector<std::uint8_t>>(Bytes(4, std::byte{0xFF})).has_value());
}

TEST_CASE("codec: values that no writer makes are refused") {
  const auto refused = [](std::string_view hex, auto value) {
    Bytes bytes(hex.size() / 2);
    REQUIRE(from_hex(hex, bytes));
    return !decoded<decltype(value)>(bytes).has_value();
  };
  CHECK(refused("02", bool{}));
  CHECK_FALSE(refused("01", bool{}));
  CHECK(refused("00", Colour{}));
  CHECK(refused("02", Colour{}));
  CHECK(
      refused("02"
              "0700",
              std::optional<std::uint16_t>{}));
  CHECK(
      refused("0100000000000000"
              "0000",
              Money{}));  // no such currency
  CHECK_FALSE(
      refused("0100000000000000"
              "4803",
              Money{}));                // 840 USD
  CHECK(refused("41420f00", Share{}));  // 1,000,001 ppm
  CHECK_FALSE(refused("40420f00", Share{}));
  CHECK(refused(std::string(62, 'a'), Digest{}));
}

TEST_CASE("codec: random records are read back") {
  CHECK(rc::check("decoded(encoded(x)) == x",
                  [](std::uint64_t large, const std::string& text,
                     const std::vector<std::vector<std::uint16_t>>& grid) {
                    Sample record = sample();
                    record.large = large;
                    record.text = text;
                    record.grid = grid;
                    record.none = static_cast<std::int16_t>(large);
                    RC_ASSERT(decoded<Sample>(encoded(record)) == record);
                  }));
}

}  // namespace
}  // namespace anlan
