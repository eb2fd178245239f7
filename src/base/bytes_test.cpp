#include "base/bytes.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace anlan {
namespace {

TEST_CASE("bytes: whole numbers are little-endian in their own width") {
  ByteWriter out;
  out.whole(std::uint8_t{0x01});
  out.whole(std::uint16_t{0x0203});
  out.whole(std::uint32_t{0x04050607});
  out.whole(std::uint64_t{0x08090A0B0C0D0E0F});
  out.whole(std::int16_t{-2});
  CHECK(to_hex(out.bytes()) ==
        "01"
        "0302"
        "07060504"
        "0f0e0d0c0b0a0908"
        "feff");
}

template <class T>
void check_bounds() {
  for (const T value : {std::numeric_limits<T>::min(), T{0}, T{1}, std::numeric_limits<T>::max()}) {
    ByteWriter out;
    out.whole(value);
    CHECK(out.bytes().size() == sizeof(T));
    ByteReader in(out.bytes());
    CHECK(in.whole<T>() == value);
    CHECK(in.done());
    for (std::size_t cut = 0; cut < sizeof(T); ++cut) {
      ByteReader shorter(BytesView(out.bytes()).first(cut));
      CHECK(shorter.whole<T>() == 0);
      CHECK_FALSE(shorter.ok());
      CHECK_FALSE(shorter.done());
    }
  }
}

TEST_CASE("bytes: the bounds of every width are read back, and nothing shorter is") {
  check_bounds<std::uint8_t>();
  check_bounds<std::int8_t>();
  check_bounds<std::uint16_t>();
  check_bounds<std::int16_t>();
  check_bounds<std::uint32_t>();
  check_bounds<std::int32_t>();
  check_bounds<std::uint64_t>();
  check_bounds<std::int64_t>();
}

TEST_CASE("bytes: a block that claims more than is there fails and stays failed") {
  ByteWriter out;
  out.text("安澜");
  CHECK(to_hex(out.bytes()) ==
        "06000000"
        "e5ae89e6be9c");
  ByteReader good(out.bytes());
  CHECK(good.text() == "安澜");
  CHECK(good.done());

  Bytes wrong = out.bytes();
  wrong[0] = std::byte{7};
  ByteReader in(wrong);
  CHECK(in.text().empty());
  CHECK_FALSE(in.ok());
  CHECK(in.whole<std::uint8_t>() == 0);
  CHECK(in.left() == 0);

  wrong[3] = std::byte{0xFF};
  ByteReader huge(wrong);
  CHECK(huge.block().empty());
  CHECK_FALSE(huge.ok());
}

TEST_CASE("bytes: an opened block gets the length of what follows, nested too") {
  ByteWriter out;
  const std::size_t outer = out.open_block();
  out.whole(std::uint8_t{0xAA});
  const std::size_t inner = out.open_block();
  out.whole(std::uint16_t{0xBBBB});
  out.close_block(inner);
  out.close_block(outer);
  CHECK(to_hex(out.bytes()) ==
        "07000000"
        "aa"
        "02000000"
        "bbbb");
}

TEST_CASE("hex: lower case, both ways, exact length only") {
  CHECK(rc::check("from_hex(to_hex(b)) == b", [](const std::vector<std::uint8_t>& raw) {
    Bytes bytes;
    for (const std::uint8_t b : raw) bytes.push_back(static_cast<std::byte>(b));
    const std::string text = to_hex(bytes);
    Bytes back(bytes.size());
    RC_ASSERT(from_hex(text, back));
    RC_ASSERT(back == bytes);
  }));
  Bytes two(2);
  for (const std::string_view text :
       {"", "0", "00", "000", "00000", "000000", "00GG", "00AB", "0 00", "0x00", "-100"}) {
    CAPTURE(text);
    CHECK_FALSE(from_hex(text, two));
  }
}

}  // namespace
}  // namespace anlan
