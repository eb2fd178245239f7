// Samples for tests: a record with every field at a value of its own, none of them the default.
#pragma once

#include <cstdint>
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
#include "domain/party.h"

namespace anlan::house::filled {

// Counts the values given, so that each differs from the one before it.
struct Filler {
  std::uint32_t given = 0;
  std::uint32_t next() { return ++given; }

  template <std::integral T>
  void fill(T& value) {
    value = static_cast<T>(next() % 100 + 1);
  }
  void fill(bool& value) { value = true; }
  // The last name that is not the default.
  template <NamedEnum E>
  void fill(E& value) {
    const E before = value;
    for (const auto& entry : enum_names(static_cast<E*>(nullptr))) {
      if (entry.value != before) value = entry.value;
    }
  }
  void fill(std::string& value) { value = "text " + std::to_string(next()) + " 安澜"; }
  void fill(Bytes& value) {
    for (int i = 0; i < 3; ++i) value.push_back(static_cast<std::byte>(next() % 255 + 1));
  }
  void fill(Money& value) {
    value = Money::from_minor(-static_cast<std::int64_t>(next()) - 1, Currency::kEur);
  }
  // The last of the roles when the golden files were written.
  void fill(domain::Role& value) { value = domain::Role::kAuditor; }
  void fill(Share& value) { value = Share::from_ppm(next()); }
  void fill(Date& value) { value = Date::from_days(20'000 + static_cast<std::int32_t>(next())); }
  void fill(Instant& value) {
    value = Instant::from_micros(1'772'323'200'000'000 + static_cast<std::int64_t>(next()));
  }
  void fill(UtcOffset& value) { value = UtcOffset::from_minutes(-330); }
  void fill(Digest& value) { value = sha256(bytes_of(std::to_string(next()))); }
  template <class Tag>
  void fill(Id<Tag>& value) {
    value.number = (std::uint64_t{1} << 40) + next();
  }
  template <class Tag>
  void fill(Name<Tag>& value) {
    value.text = "name." + std::to_string(next());
  }
  template <HasFields T>
  void fill(T& record) {
    for_each_field(record, [&](std::string_view, auto& member) { fill(member); });
  }
  template <class T>
  void fill(Alike<T>& value) {
    T whole{};
    fill(whole);
    value = std::move(whole);
  }
  template <class T>
  void fill(std::optional<T>& value) {
    fill(value.emplace());
  }
  template <class T>
  void fill(std::vector<T>& list) {
    for (int i = 0; i < 2; ++i) fill(list.emplace_back());
  }
};

template <class T>
T sample() {
  T value{};
  Filler filler;
  filler.fill(value);
  return value;
}

}  // namespace anlan::house::filled
