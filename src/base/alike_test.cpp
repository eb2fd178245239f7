#include "base/alike.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "base/codec.h"
#include "base/to_node.h"

namespace anlan {
namespace {

struct ThingTag {
  static constexpr std::string_view kPrefix = "thg";
};
struct WhoTag {};

enum class Mood : std::uint8_t { kGood = 1, kBad = 7 };
constexpr auto enum_names(Mood*) {
  return std::array{EnumName<Mood>{Mood::kGood, "good"}, EnumName<Mood>{Mood::kBad, "bad"}};
}

struct Row {
  Name<WhoTag> who;
  std::string said;
  Share share;
  Mood mood = Mood::kGood;
  bool operator==(const Row&) const = default;
  template <class E = Row>
  static constexpr auto fields() {
    return std::tuple{field("who", &E::who), field("said", &E::said), field("share", &E::share),
                      field("mood", &E::mood)};
  }
};

struct Whole {
  std::int64_t number = 0;
  std::uint64_t large = 0;
  std::int32_t small = 0;
  bool flag = false;
  Money money;
  Date date;
  Instant instant;
  UtcOffset offset;
  Id<ThingTag> id;
  Digest digest;
  std::optional<Row> maybe;
  std::vector<Row> rows;
  std::vector<std::string> words;
  bool operator==(const Whole&) const = default;
  template <class W = Whole>
  static constexpr auto fields() {
    return std::tuple{
        field("number", &W::number),   field("large", &W::large),   field("small", &W::small),
        field("flag", &W::flag),       field("money", &W::money),   field("date", &W::date),
        field("instant", &W::instant), field("offset", &W::offset), field("id", &W::id),
        field("digest", &W::digest),   field("maybe", &W::maybe),   field("rows", &W::rows),
        field("words", &W::words)};
  }
};

// Few different values, so that two of them are often alike in part.
Row any_row() {
  const auto ppm = *rc::gen::inRange<std::uint32_t>(0, Share::kWhole + 1);
  return {.who = {*rc::gen::element<std::string>("", "BKP-01", "IAM-02-a-long-name-of-a-control")},
          .said = *rc::gen::element<std::string>("", "yes", "安澜", std::string(300, 'x')),
          .share = Share::from_ppm(*rc::gen::element<std::uint32_t>(0, 1'000'000, ppm)),
          .mood = *rc::gen::element(Mood::kGood, Mood::kBad)};
}

std::vector<Row> any_rows() {
  std::vector<Row> out(*rc::gen::inRange<std::size_t>(0, 12));
  for (Row& row : out) row = any_row();
  return out;
}

Whole any_whole() {
  Whole out;
  out.number = *rc::gen::element<std::int64_t>(0, -1, INT64_MIN, INT64_MAX, 280'000);
  out.large = *rc::gen::element<std::uint64_t>(0, UINT64_MAX, 7);
  out.small = *rc::gen::element<std::int32_t>(0, INT32_MIN, INT32_MAX);
  out.flag = *rc::gen::arbitrary<bool>();
  out.money = Money::from_minor(*rc::gen::element<std::int64_t>(0, INT64_MIN, INT64_MAX, 1),
                                *rc::gen::element(Currency::kCny, Currency::kUsd));
  out.date = Date::from_days(*rc::gen::element<std::int32_t>(0, -719'000, 20'513));
  out.instant = Instant::from_micros(*rc::gen::element<std::int64_t>(0, -5, INT64_MAX));
  out.offset = UtcOffset::from_minutes(*rc::gen::element<std::int32_t>(0, -210, 480));
  out.id = {*rc::gen::element<std::uint64_t>(0, 1, UINT64_MAX)};
  out.digest = *rc::gen::arbitrary<bool>() ? sha256(bytes_of("abc")) : Digest{};
  if (*rc::gen::arbitrary<bool>()) out.maybe = any_row();
  out.rows = any_rows();
  out.words.resize(*rc::gen::inRange<std::size_t>(0, 4), "word");
  return out;
}

TEST_CASE("alike: whatever the model, the value comes back to the last bit") {
  CHECK(rc::check([] {
    const Whole value = any_whole();
    const auto model = std::make_shared<const Whole>(any_whole());
    const Alike<Whole> kept(value, model);
    RC_ASSERT(kept.get() == value);
    RC_ASSERT(encoded(kept.get()) == encoded(value));
    RC_ASSERT(kept == Alike<Whole>(value));
    RC_ASSERT((kept == Alike<Whole>(*model)) == (value == *model));
  }));
}

TEST_CASE("alike: what is equal costs nothing, what is near a few bytes") {
  std::vector<Row> sixty(60, Row{.who = {"GOV-01-policy"}, .said = "yes", .share = {}});
  const auto model = std::make_shared<const std::vector<Row>>(sixty);
  CHECK(Alike<std::vector<Row>>(sixty, model).difference_bytes() == 0);
  sixty[7].said = "no";
  sixty[31].share = Share::from_ppm(1);
  const Alike<std::vector<Row>> kept(sixty, model);
  CHECK(kept.difference_bytes() < 20);
  CHECK(kept.get() == sixty);
}

TEST_CASE("alike: nothing set is the empty value") {
  const Alike<Whole> none;
  CHECK(none.get() == Whole{});
  CHECK(none == Alike<Whole>(Whole{}));
}

TEST_CASE("alike: in a record it is encoded and shown as its value") {
  const Whole value{.number = 5, .rows = {{.who = {"a"}}}};
  CHECK(encoded(Alike<Whole>(value)) == encoded(value));
  const auto back = decoded<Alike<Whole>>(encoded(value));
  REQUIRE(back.has_value());
  CHECK(back->get() == value);
  const Node list = to_node(Alike<std::vector<std::uint8_t>>(std::vector<std::uint8_t>{1, 2}));
  REQUIRE(list.items.size() == 2);
  CHECK(list.items[1].text == "2");
}

TEST_CASE("alike: a model is replaced by what is unlike it, and its own values stay") {
  Models<std::string, std::vector<Row>> models;
  const std::vector<Row> yes(60, Row{.who = {"GOV-01-policy"}, .said = "yes"});
  const std::vector<Row> other(60, Row{.who = {"another-control"}, .said = std::string(50, 'n')});
  const auto first = models.keep("a", yes);
  const auto unlike = models.keep("a", other);
  CHECK(first.get() == yes);
  CHECK(unlike.get() == other);
  CHECK(unlike.difference_bytes() == 0);
  CHECK(models.keep("a", other).model() == unlike.model());
  CHECK(models.keep("b", other).model() != unlike.model());
  std::vector<Row> near = other;
  near[3].share = Share::from_percent(50);
  CHECK(models.keep("a", near).model() == unlike.model());
  CHECK(models.keep("a", near).get() == near);
}

}  // namespace
}  // namespace anlan
