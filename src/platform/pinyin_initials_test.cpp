#include "platform/pinyin_initials.h"

#include <doctest/doctest.h>

namespace anlan::platform {
namespace {

TEST_CASE("pinyin initials: the first and the last character of each letter of GB/T 2312 level 1") {
  constexpr std::string_view kLetters = "abcdefghjklmnopqrstwxyz";
  CHECK(pinyin_initials("啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝") == kLetters);
  CHECK(pinyin_initials("澳怖错堕贰咐过祸骏阔络穆诺沤瀑群弱所唾误迅孕座") == kLetters);
}

TEST_CASE("pinyin initials: names of companies, with what stands as it is and what is left out") {
  struct Row {
    std::string_view name;
    std::string_view initials;
  };
  for (const Row& row : {
           Row{"宁波顺联", "nbsl"}, Row{"安澜（宁波）保险", "alnbbx"}, Row{"ABC 3D打印", "abc3ddy"},
           Row{"鄞州", "z"},                  // level 2 is ordered by strokes
           Row{"重庆", "zq"},                 // ordered as zhong, whatever the city is called
           Row{"㐀", ""},                     // not in GB/T 2312
           Row{"", ""}, Row{"\xE5\xAE", ""},  // a character without its end
       }) {
    CAPTURE(row.name);
    CHECK(pinyin_initials(row.name) == row.initials);
  }
}

}  // namespace
}  // namespace anlan::platform
