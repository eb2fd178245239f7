// Records to canonical bytes and back, driven by fields() (docs/JOURNAL.md, "Encoding").
//
// whole numbers, bool, enums: little-endian of their own width (bool and enums checked when read);
// text, bytes: u32 length and bytes; list: u32 count and elements; optional: u8 0 or 1 and the
// value; Money: i64 minor and u16 ISO code; Share: u32 ppm; Date: i32 days; Instant: i64 us; Id:
// u64; Name: text; Digest: 32 bytes; a record: u32 length and its fields in declared order, each
// without a name. decode() gives back exactly what encode() wrote and refuses anything else.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/alike.h"
#include "base/bytes.h"
#include "base/fields.h"
#include "base/id.h"
#include "base/money.h"
#include "base/sha256.h"
#include "base/share.h"
#include "base/time.h"

namespace anlan {

inline constexpr std::size_t kListItemsMax = 1'000'000;  // no record of ours lists more

template <std::integral T>
void encode(ByteWriter& out, T value) {
  out.whole(value);
}
inline void encode(ByteWriter& out, bool value) {
  out.whole(static_cast<std::uint8_t>(value ? 1 : 0));
}
template <class E>
requires std::is_enum_v<E>
void encode(ByteWriter& out, E value) { out.whole(static_cast<std::underlying_type_t<E>>(value)); }
inline void encode(ByteWriter& out, const std::string& value) { out.text(value); }
inline void encode(ByteWriter& out, const Bytes& value) { out.block(value); }
inline void encode(ByteWriter& out, Money value) {
  out.whole(value.minor());
  out.whole(static_cast<std::uint16_t>(value.currency()));
}
inline void encode(ByteWriter& out, Share value) { out.whole(value.ppm()); }
inline void encode(ByteWriter& out, Date value) { out.whole(value.days()); }
inline void encode(ByteWriter& out, Instant value) { out.whole(value.micros()); }
inline void encode(ByteWriter& out, UtcOffset value) { out.whole(value.minutes()); }
inline void encode(ByteWriter& out, const Digest& value) { out.raw(value.bytes); }
template <class Tag>
void encode(ByteWriter& out, Id<Tag> value) {
  out.whole(value.number);
}
template <class Tag>
void encode(ByteWriter& out, const Name<Tag>& value) {
  out.text(value.text);
}
template <HasFields T>
void encode(ByteWriter& out, const T& record);
template <class T>
void encode(ByteWriter& out, const std::optional<T>& value);
template <class T>
void encode(ByteWriter& out, const std::vector<T>& list);
template <class T>
void encode(ByteWriter& out, const Alike<T>& value) {
  encode(out, value.get());
}

template <HasFields T>
void encode(ByteWriter& out, const T& record) {
  const std::size_t block = out.open_block();
  for_each_field(record, [&](std::string_view, const auto& member) { encode(out, member); });
  out.close_block(block);
}
template <class T>
void encode(ByteWriter& out, const std::optional<T>& value) {
  encode(out, value.has_value());
  if (value) encode(out, *value);
}
template <class T>
void encode(ByteWriter& out, const std::vector<T>& list) {
  out.whole(static_cast<std::uint32_t>(list.size()));
  for (const T& item : list) encode(out, item);
}

template <std::integral T>
void decode(ByteReader& in, T& value) {
  value = in.whole<T>();
}
inline void decode(ByteReader& in, bool& value) {
  const auto byte = in.whole<std::uint8_t>();
  if (byte > 1) in.fail();
  value = byte == 1;
}
template <NamedEnum E>
void decode(ByteReader& in, E& value) {
  const auto number = in.whole<std::underlying_type_t<E>>();
  for (const auto& entry : enum_names(static_cast<E*>(nullptr))) {
    if (static_cast<std::underlying_type_t<E>>(entry.value) == number) {
      value = entry.value;
      return;
    }
  }
  in.fail();
}
inline void decode(ByteReader& in, std::string& value) { value = in.text(); }
inline void decode(ByteReader& in, Bytes& value) {
  const BytesView bytes = in.block();
  value.assign(bytes.begin(), bytes.end());
}
inline void decode(ByteReader& in, Money& value) {
  const auto minor = in.whole<std::int64_t>();
  const auto code = in.whole<std::uint16_t>();
  const auto currency = static_cast<Currency>(code);
  if (currency != Currency::kCny && currency != Currency::kHkd && currency != Currency::kUsd &&
      currency != Currency::kEur) {
    in.fail();
    return;
  }
  value = Money::from_minor(minor, currency);
}
inline void decode(ByteReader& in, Share& value) {
  const auto ppm = in.whole<std::uint32_t>();
  if (ppm > Share::kWhole) {
    in.fail();
    return;
  }
  value = Share::from_ppm(ppm);
}
inline void decode(ByteReader& in, Date& value) {
  value = Date::from_days(in.whole<std::int32_t>());
}
inline void decode(ByteReader& in, Instant& value) {
  value = Instant::from_micros(in.whole<std::int64_t>());
}
inline void decode(ByteReader& in, UtcOffset& value) {
  value = UtcOffset::from_minutes(in.whole<std::int32_t>());
}
inline void decode(ByteReader& in, Digest& value) {
  const BytesView bytes = in.raw(value.bytes.size());
  for (std::size_t i = 0; i < bytes.size(); ++i) value.bytes[i] = bytes[i];
}
template <class Tag>
void decode(ByteReader& in, Id<Tag>& value) {
  value.number = in.whole<std::uint64_t>();
}
template <class Tag>
void decode(ByteReader& in, Name<Tag>& value) {
  value.text = in.text();
}
template <HasFields T>
void decode(ByteReader& in, T& record);
template <class T>
void decode(ByteReader& in, std::optional<T>& value);
template <class T>
void decode(ByteReader& in, std::vector<T>& list);
template <class T>
void decode(ByteReader& in, Alike<T>& value) {
  T whole{};
  decode(in, whole);
  value = std::move(whole);
}

template <HasFields T>
void decode(ByteReader& in, T& record) {
  ByteReader inner(in.block());
  for_each_field(record, [&](std::string_view, auto& member) { decode(inner, member); });
  if (!inner.done()) in.fail();
}
template <class T>
void decode(ByteReader& in, std::optional<T>& value) {
  bool present = false;
  decode(in, present);
  value.reset();
  if (present && in.ok()) decode(in, value.emplace());
}
template <class T>
void decode(ByteReader& in, std::vector<T>& list) {
  const auto count = in.whole<std::uint32_t>();
  list.clear();
  if (count > kListItemsMax || count > in.left()) {  // an element has at least one byte
    in.fail();
    return;
  }
  for (std::uint32_t i = 0; i < count && in.ok(); ++i) decode(in, list.emplace_back());
}

template <class T>
Bytes encoded(const T& value) {
  ByteWriter out;
  encode(out, value);
  return out.take();
}

// The value, or nothing when the bytes are not exactly one encoded T.
template <class T>
std::optional<T> decoded(BytesView bytes) {
  ByteReader in(bytes);
  T value{};
  decode(in, value);
  if (!in.done()) return std::nullopt;
  return value;
}

}  // namespace anlan
