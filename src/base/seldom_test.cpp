#include "base/seldom.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace anlan;

TEST_CASE("Seldom: what is absent is a pointer, what is there is a value of its own") {
  struct Large {
    std::string text;
    int filler[40] = {};
    bool operator==(const Large&) const = default;
  };
  static_assert(sizeof(Seldom<Large>) == sizeof(void*));
  Seldom<Large> none;
  CHECK(!none);
  CHECK(!none.has_value());
  CHECK(!none.optional());
  Seldom<Large> one = Large{.text = "安澜"};
  REQUIRE(one);
  CHECK(one->text == "安澜");
  CHECK((*one).text == "安澜");
  CHECK(one.optional()->text == "安澜");
  CHECK(!(one == none));
  CHECK(!(none == one));
  CHECK(none == Seldom<Large>());

  Seldom<Large> copy = one;
  CHECK(copy == one);
  copy.edit().text = "other";
  CHECK(one->text == "安澜");
  CHECK(!(copy == one));
  copy = one;
  CHECK(copy == one);
  copy = Large{.text = "third"};
  CHECK(copy->text == "third");
  const Seldom<Large>& itself = copy;
  copy = itself;
  CHECK(copy->text == "third");
  copy.reset();
  CHECK(copy == none);
}

TEST_CASE("Mostly: reads as the usual value until it is changed") {
  using List = std::vector<std::string>;
  Mostly<List> usual;
  CHECK(usual->empty());
  CHECK((*usual).empty());
  Mostly<List> changed;
  changed.edit().push_back("one");
  changed.edit().push_back("two");
  CHECK(*changed == List{"one", "two"});
  CHECK(!(changed == usual));
  Mostly<List> copy = changed;
  copy.edit().clear();
  CHECK(copy == usual);  // by value, not by how it is kept
  CHECK(changed->size() == 2);
  static_assert(sizeof(Mostly<List>) == sizeof(void*));
}
