// Alike<T>: a value that is kept as what differs from another of its kind. Of a hundred thousand
// companies that answered the same sixty questions the questions are kept once.
//
// The other value, the model, is shared and never changes; any will do, a similar one saves more.
// What is equal costs a bit, a whole number the bytes of its difference. Driven by fields(), like
// the codec; nothing outside the program ever reads these bytes.
#pragma once

#include <concepts>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "base/bytes.h"
#include "base/check.h"
#include "base/fields.h"
#include "base/id.h"
#include "base/money.h"
#include "base/sha256.h"
#include "base/share.h"
#include "base/time.h"

namespace anlan {
namespace alike {

// Bits and bytes apart, so that a bit takes a bit.
class Writer {
 public:
  void bit(bool value) {
    if (bits_ % 8 == 0) flags_.push_back(std::byte{0});
    if (value) flags_.back() |= static_cast<std::byte>(1U << (bits_ % 8));
    ++bits_;
  }
  // Seven bits a byte, the lowest first; the highest bit says that more follow.
  void number(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) payload_.whole(static_cast<std::uint8_t>(value | 0x80));
    payload_.whole(static_cast<std::uint8_t>(value));
  }
  void raw(BytesView bytes) { payload_.raw(bytes); }
  Bytes take();

 private:
  Bytes flags_;
  std::size_t bits_ = 0;
  ByteWriter payload_;
};

// Reads what Writer wrote in this process; anything else is a bug.
class Reader {
 public:
  explicit Reader(BytesView bytes);
  bool bit();
  std::uint64_t number();
  BytesView raw(std::size_t count);

 private:
  BytesView flags_;
  std::size_t bits_ = 0;
  ByteReader payload_;
};

// Leaves that are one whole number.
template <class T>
requires(std::integral<T> || std::is_enum_v<T>) constexpr std::uint64_t number_of(T value) {
  return static_cast<std::uint64_t>(value);
}
inline std::uint64_t number_of(Share value) { return value.ppm(); }
inline std::uint64_t number_of(Date value) { return static_cast<std::uint64_t>(value.days()); }
inline std::uint64_t number_of(Instant value) { return static_cast<std::uint64_t>(value.micros()); }
inline std::uint64_t number_of(UtcOffset value) {
  return static_cast<std::uint64_t>(value.minutes());
}
template <class Tag>
std::uint64_t number_of(Id<Tag> value) {
  return value.number;
}

template <class T>
requires(std::integral<T> || std::is_enum_v<T>) void set_number(T& value, std::uint64_t number) {
  value = static_cast<T>(number);
}
inline void set_number(Share& value, std::uint64_t number) {
  value = Share::from_ppm(static_cast<std::uint32_t>(number));
}
inline void set_number(Date& value, std::uint64_t number) {
  value = Date::from_days(static_cast<std::int32_t>(number));
}
inline void set_number(Instant& value, std::uint64_t number) {
  value = Instant::from_micros(static_cast<std::int64_t>(number));
}
inline void set_number(UtcOffset& value, std::uint64_t number) {
  value = UtcOffset::from_minutes(static_cast<std::int32_t>(number));
}
template <class Tag>
void set_number(Id<Tag>& value, std::uint64_t number) {
  value.number = number;
}

template <class T>
concept Number = requires(const T& value) {
  number_of(value);
};

// The difference of two numbers, small when they are near to each other on either side.
constexpr std::uint64_t step_between(std::uint64_t from, std::uint64_t to) {
  const std::uint64_t step = to - from;
  return (step << 1) ^ (step >> 63 != 0 ? ~std::uint64_t{0} : 0);
}
constexpr std::uint64_t step_on(std::uint64_t from, std::uint64_t step) {
  return from + ((step >> 1) ^ ((step & 1) != 0 ? ~std::uint64_t{0} : 0));
}

template <Number T>
void write(Writer& out, const T& value, const T& model) {
  const std::uint64_t to = number_of(value);
  const std::uint64_t from = number_of(model);
  out.bit(to == from);
  if (to != from) out.number(step_between(from, to));
}
template <Number T>
void read(Reader& in, T& value) {
  if (!in.bit()) set_number(value, step_on(number_of(value), in.number()));
}

inline void write(Writer& out, Money value, Money model) {
  write(out, value.minor(), model.minor());
  write(out, value.currency(), model.currency());
}
inline void read(Reader& in, Money& value) {
  std::int64_t minor = value.minor();
  Currency currency = value.currency();
  read(in, minor);
  read(in, currency);
  value = Money::from_minor(minor, currency);
}

inline void write(Writer& out, const std::string& value, const std::string& model) {
  out.bit(value == model);
  if (value == model) return;
  out.number(value.size());
  out.raw(bytes_of(value));
}
inline void read(Reader& in, std::string& value) {
  if (in.bit()) return;
  const BytesView bytes = in.raw(static_cast<std::size_t>(in.number()));
  value.assign(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

template <class Tag>
void write(Writer& out, const Name<Tag>& value, const Name<Tag>& model) {
  write(out, value.text, model.text);
}
template <class Tag>
void read(Reader& in, Name<Tag>& value) {
  read(in, value.text);
}

inline void write(Writer& out, const Digest& value, const Digest& model) {
  out.bit(value == model);
  if (!(value == model)) out.raw(value.bytes);
}
inline void read(Reader& in, Digest& value) {
  if (in.bit()) return;
  const BytesView bytes = in.raw(value.bytes.size());
  for (std::size_t i = 0; i < bytes.size(); ++i) value.bytes[i] = bytes[i];
}

template <HasFields T>
void write(Writer& out, const T& value, const T& model);
template <HasFields T>
void read(Reader& in, T& value);
template <class T>
void write(Writer& out, const std::optional<T>& value, const std::optional<T>& model);
template <class T>
void read(Reader& in, std::optional<T>& value);
template <class T>
void write(Writer& out, const std::vector<T>& list, const std::vector<T>& model);
template <class T>
void read(Reader& in, std::vector<T>& list);

template <HasFields T>
void write(Writer& out, const T& value, const T& model) {
  const bool same = value == model;
  out.bit(same);
  if (same) return;
  std::apply(
      [&](const auto&... each) { (write(out, value.*each.member, model.*each.member), ...); },
      T::fields());
}
template <HasFields T>
void read(Reader& in, T& value) {
  if (in.bit()) return;
  for_each_field(value, [&](std::string_view, auto& member) { read(in, member); });
}

template <class T>
void write(Writer& out, const std::optional<T>& value, const std::optional<T>& model) {
  out.bit(value.has_value());
  if (value) write(out, *value, model ? *model : T{});
}
template <class T>
void read(Reader& in, std::optional<T>& value) {
  if (!in.bit()) {
    value.reset();
    return;
  }
  if (!value) value.emplace();
  read(in, *value);
}

template <class T>
void write(Writer& out, const std::vector<T>& list, const std::vector<T>& model) {
  const bool same = list == model;
  out.bit(same);
  if (same) return;
  out.number(list.size());
  const T none{};
  for (std::size_t i = 0; i < list.size(); ++i)
    write(out, list[i], i < model.size() ? model[i] : none);
}
template <class T>
void read(Reader& in, std::vector<T>& list) {
  if (in.bit()) return;
  list.resize(static_cast<std::size_t>(in.number()));
  for (T& item : list) read(in, item);
}

}  // namespace alike

template <class T>
class Alike {
 public:
  Alike() = default;  // holds T{}
  // A value that is like nothing yet: kept as it is, and a model for others.
  Alike(T value) : model_(std::make_shared<const T>(std::move(value))) {}  // NOLINT: stands for T
  Alike(const T& value, std::shared_ptr<const T> model) : model_(std::move(model)) {
    ANLAN_CHECK(model_ != nullptr);
    if (value == *model_) return;
    alike::Writer out;
    alike::write(out, value, *model_);
    difference_ = out.take();
    difference_.shrink_to_fit();
  }

  T get() const {
    T value = model_ ? *model_ : T{};
    if (difference_.empty()) return value;
    alike::Reader in{difference_};
    alike::read(in, value);
    return value;
  }
  const std::shared_ptr<const T>& model() const { return model_; }
  std::size_t difference_bytes() const { return difference_.size(); }

  bool operator==(const Alike& other) const {
    if (model_ == other.model_ && difference_ == other.difference_) return true;
    return get() == other.get();
  }

 private:
  std::shared_ptr<const T> model_;
  Bytes difference_;  // empty: equal to the model
};

// For each kind of value the one that the next is compared with. How values are kept, not which
// values: any two are equal.
template <class Key, class T>
class Models {
 public:
  // The same value, kept by its difference. One that is unlike the model stays whole and is the
  // model of those that come after.
  Alike<T> keep(const Key& key, const Alike<T>& value) {
    T whole = value.get();
    std::shared_ptr<const T>& model = models_[key];
    if (model) {
      Alike<T> kept(whole, model);
      if (kept.difference_bytes() <= kAlwaysAlike ||
          kept.difference_bytes() * 2 <= Alike<T>(whole, none_).difference_bytes())
        return kept;
    }
    Alike<T> kept(std::move(whole));
    model = kept.model();
    return kept;
  }

  bool operator==(const Models&) const { return true; }

 private:
  static constexpr std::size_t kAlwaysAlike = 64;  // below that another model wins nothing

  std::map<Key, std::shared_ptr<const T>> models_;
  std::shared_ptr<const T> none_ = std::make_shared<const T>();
};

}  // namespace anlan
