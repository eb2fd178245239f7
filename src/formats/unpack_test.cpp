#include "formats/unpack.h"

#include <doctest/doctest.h>
#include <zlib.h>

#include "formats/stored_zip_test.h"

namespace anlan::formats {
namespace {

std::string gzip(const std::string& text) {
  z_stream stream{};
  REQUIRE(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string out(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string limit_of(const Result<std::vector<Unpacked>>& result) {
  REQUIRE(!result.ok());
  CHECK(result.refusal().code.name == "archive_too_large");
  return result.refusal().args[0].value;
}

TEST_CASE("unpack: gzip, several members, and what is not packed") {
  const std::string text = "line one\nline two\n";
  const auto one = unpack(bytes_of(gzip(text)), "a.gz");
  REQUIRE(one.ok());
  REQUIRE(one->size() == 1);
  CHECK((*one)[0].text == text);
  CHECK((*unpack(bytes_of(gzip("a\n") + gzip("b\n")), "a.gz"))[0].text == "a\nb\n");
  CHECK((*unpack(bytes_of(text), "a.log"))[0].text == text);
  CHECK((*unpack(bytes_of(gzip(gzip(text))), "a.gz"))[0].text == text);
}

TEST_CASE("unpack: a bomb is stopped by ratio, bytes, depth and entries") {
  const std::string bomb = gzip(std::string(std::size_t{8} << 20, '\0'));
  CHECK(bomb.size() < 10'000);
  CHECK(limit_of(unpack(bytes_of(bomb), "b.gz")) == "ratio");
  UnpackLimits limits;
  limits.ratio_max = 100'000;
  limits.bytes_max = std::size_t{1} << 20;
  CHECK(limit_of(unpack(bytes_of(bomb), "b.gz", limits)) == "bytes");
  CHECK(limit_of(unpack(bytes_of(gzip(gzip(gzip("a")))), "b.gz")) == "depth");
  std::string many;
  for (int i = 0; i < 1'100; ++i) many += gzip("a");
  CHECK(limit_of(unpack(bytes_of(many), "b.gz")) == "entries");
}

TEST_CASE("unpack: the files of a ZIP archive, those inside each other, and folders passed over") {
  const std::string inner = testing::stored_zip({{"b.log", "b\n"}});
  const std::string zip = testing::stored_zip(
      {{"logs/", ""}, {"logs/a.log", "a\n"}, {"inner.zip", inner}, {"c.gz", gzip("c\n")}});
  const auto files = unpack(bytes_of(zip), "day.zip");
  REQUIRE(files.ok());
  REQUIRE(files->size() == 3);
  CHECK((*files)[0].name == "day.zip/logs/a.log");
  CHECK((*files)[1].name == "day.zip/inner.zip/b.log");
  CHECK((*files)[2].text == "c\n");
}

TEST_CASE("unpack: what is cut short or changed is refused, not taken in part") {
  std::string packed = gzip(std::string(10'000, 'x') + "end");
  const auto cut = unpack(bytes_of(packed.substr(0, packed.size() - 4)), "a.gz");
  REQUIRE(!cut.ok());
  CHECK(cut.refusal().code.name == "archive_broken");
  packed[packed.size() - 6] = static_cast<char>(packed[packed.size() - 6] ^ 1);
  CHECK(!unpack(bytes_of(packed), "a.gz").ok());
  CHECK(!unpack(bytes_of(std::string("PK\x03\x04") + "no archive"), "a.zip").ok());
}

}  // namespace
}  // namespace anlan::formats
