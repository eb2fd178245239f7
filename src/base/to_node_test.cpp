#include "base/to_node.h"

#include <doctest/doctest.h>

#include "base/lang.h"

namespace anlan {
namespace {

struct PolicyTag {
  static constexpr std::string_view kPrefix = "pol";
};
struct ActorTag {};

struct Inner {
  bool open = false;
  std::uint64_t large = 0;
  template <class E = Inner>
  static constexpr auto fields() {
    return std::tuple{field("open", &E::open), field("large", &E::large)};
  }
};

struct Outer {
  Money money = Money::from_minor(-280'050, Currency::kUsd);
  Share share = Share::from_percent(50);
  Date date = Date::from_days(20'513);
  Instant instant = Instant::from_micros(1'772'301'600'000'000);
  UtcOffset offset;
  Id<PolicyTag> id{.number = 37};
  Id<PolicyTag> no_id;
  Name<ActorTag> name{.text = "broker.one"};
  Digest digest;
  Bytes raw{std::byte{0xAB}};
  Lang lang = Lang::kEn;
  std::string text = "安澜";
  std::int8_t small = -128;
  std::optional<Inner> maybe = Inner{.open = true, .large = UINT64_MAX};
  std::optional<std::int32_t> none;
  std::vector<Inner> list{{}, {}};
  template <class E = Outer>
  static constexpr auto fields() {
    return std::tuple{
        field("money", &E::money),     field("share", &E::share),   field("date", &E::date),
        field("instant", &E::instant), field("offset", &E::offset), field("id", &E::id),
        field("no_id", &E::no_id),     field("name", &E::name),     field("digest", &E::digest),
        field("raw", &E::raw),         field("lang", &E::lang),     field("text", &E::text),
        field("small", &E::small),     field("maybe", &E::maybe),   field("none", &E::none),
        field("list", &E::list)};
  }
};

// kind and text of every member, in order, tables and lists in brackets.
std::string told(const Node& node) {
  using Kind = Node::Kind;
  std::string out;
  switch (node.kind) {
    case Kind::kNull:
      return "null";
    case Kind::kBoolean:
    case Kind::kNumber:
      return node.text;
    case Kind::kText:
      return "'" + node.text + "'";
    case Kind::kList:
      for (const Node& item : node.items) out += (out.empty() ? "" : ",") + told(item);
      return "[" + out + "]";
    case Kind::kTable:
      for (const Member& member : node.members)
        out += (out.empty() ? "" : ",") + member.key + ":" + told(member.value);
      return "{" + out + "}";
  }
  return out;
}

TEST_CASE("to_node: a record becomes a table in the order of its fields") {
  CHECK(told(to_node(Outer{})) ==
        "{money:{amount:-280050,currency:'USD'},share:500000,date:'2026-03-01',"
        "instant:'2026-03-01T02:00:00+08:00',offset:480,id:'pol_37',no_id:null,name:'broker.one',"
        "digest:'0000000000000000000000000000000000000000000000000000000000000000',raw:'ab',lang:'"
        "en',"
        "text:'安澜',small:-128,maybe:{open:true,large:18446744073709551615},none:null,"
        "list:[{open:false,large:0},{open:false,large:0}]}");
}

}  // namespace
}  // namespace anlan
