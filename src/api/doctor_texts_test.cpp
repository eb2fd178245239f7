// What the doctor says: every kind of finding has its texts in both languages, and the settings of
// a server have one name each.
#include <set>

#include <doctest/doctest.h>

#include "api/library.h"
#include "api/serve_config.h"
#include "api/session.h"
#include "platform/doctor.h"

namespace anlan::api {
namespace {

TEST_CASE("doctor: every kind of finding says what, what follows and what to do") {
  std::set<std::string_view> names;
  for (const Lang lang : {Lang::kZh, Lang::kEn}) {
    Session session(SessionOptions{.lang = lang}, Library{platform::Artefacts()});
    for (const platform::FindingKind& kind : platform::findings::kAll) {
      CAPTURE(kind.name);
      for (const std::string_view group : {"doctor_what.", "doctor_effect.", "doctor_fix."}) {
        const std::string key = std::string(group) + std::string(kind.name);
        CHECK(session.say(key) != key);
      }
      names.insert(kind.name);
    }
  }
  CHECK(names.size() == platform::findings::kAll.size());
}

TEST_CASE("serve: each setting is an option of its own") {
  std::set<std::string_view> names;
  for (const Option& option : serve_options()) CHECK(names.insert(option.name).second);
}

}  // namespace
}  // namespace anlan::api
