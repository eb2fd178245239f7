#include "platform/carried_output.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "platform/files.h"
#include "platform/refusals.h"
#include "platform/temporary_folder.h"

using namespace anlan;
using namespace anlan::platform;

namespace {

BytesView text(std::string_view value) { return bytes_of(value); }

}  // namespace

TEST_CASE(
    "carried outputs: a place like the one that was seen says the same to what writes there") {
  const TemporaryFolder here = TemporaryFolder::create().value();
  const TemporaryFolder there = TemporaryFolder::create().value();
  const std::string house = here.path() + "/house";
  REQUIRE(::mkdir(house.c_str(), 0700) == 0);
  REQUIRE(write_file(here.path() + "/file.pdf", text("before")).ok());
  const struct {
    std::string name;
    OutputPlace place;
  } cases[] = {{here.path() + "/free.pdf", OutputPlace::kFree},
               {here.path() + "/file.pdf", OutputPlace::kFile},
               {here.path(), OutputPlace::kOther},
               {here.path() + "/no/free.pdf", OutputPlace::kNoFolder},
               {house + "/free.pdf", OutputPlace::kInside}};
  for (const auto& each : cases) {
    CAPTURE(each.name);
    const CarriedOutput seen = look_at_output(each.name, house, 1024).value();
    CHECK(seen.place == each.place);
    const std::string path = make_output_place(there.path(), seen).value();
    const Result<Done> mine = check_absent(each.name);
    const Result<Done> its = check_absent(path);
    CHECK(mine.ok() == its.ok());
    if (!mine.ok()) CHECK(mine.refusal().code == its.refusal().code);
    CHECK(!written_output(path, seen, 1024).value());  // as it was made
    const Result<Done> written = write_file(path, text("after"));
    CHECK(written.ok() ==
          (each.place != OutputPlace::kNoFolder && each.place != OutputPlace::kOther));
    if (!written.ok()) continue;
    const std::optional<std::string> bytes = written_output(path, seen, 1024).value();
    REQUIRE(bytes);
    CHECK(*bytes == "after");
    REQUIRE(place_output(seen, *bytes).ok());
    CHECK(read_file(each.name).value() == "after");
  }
  const CarriedOutput late{.name = here.path() + "/free.pdf"};
  CHECK(place_output(late, "twice").refusal().code == platform::refusals::kFileExists);
}
