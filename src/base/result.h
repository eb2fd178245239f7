// Result<T>: a value, or the refusal that says why there is none.
//
// A refusal is an expected answer (bad input, a rule of the business, a full disk), never a bug.
// It carries data only; its sentences in Chinese and English live in data/locales.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/check.h"

namespace anlan {

// One per rule. Each module lists its own in <module>/refusals.h with numbers of a reserved range:
// base 100, formats 300, domain 500, terms 1000, ledger 2000, engine 3000, underwriting 4000,
// protection 5000, claims 6000, house 7000, platform 8000, api and app 9000.
// `name` is the key of the sentences in data/locales/{zh,en}.toml.
struct RefusalCode {
  std::uint16_t number = 0;
  std::string_view name;
  friend bool operator==(const RefusalCode& a, const RefusalCode& b) {
    return a.number == b.number;
  }
};

struct RefusalArg {
  std::string name;
  std::string value;
  bool operator==(const RefusalArg&) const = default;
};

// Where in a file the refused thing stands. line and column count from 1; 0 means not known.
// A column counts code points.
struct Place {
  std::string file;
  int line = 0;
  int column = 0;
  bool operator==(const Place&) const = default;
};

struct Refusal {
  RefusalCode code;
  std::string path;   // policy.sections[2].coins_bp, or the option or field of a command
  std::string value;  // what was received, shortened by whoever shows it
  std::vector<RefusalArg> args;
  Place at;
  bool operator==(const Refusal&) const = default;
};

struct Done {
  bool operator==(const Done&) const = default;
};

// A refusal on its way to whoever asked: one pointer, so that a Result costs little more than its
// value. Never empty but when moved from, and then not asked.
class Refused {
 public:
  explicit Refused(Refusal refusal);
  Refused(const Refused& other);
  Refused(Refused&& other) noexcept;
  Refused& operator=(const Refused& other);
  Refused& operator=(Refused&& other) noexcept;
  ~Refused();

  const Refusal& refusal() const {
    ANLAN_CHECK(refusal_ != nullptr);
    return *refusal_;
  }

 private:
  std::unique_ptr<Refusal> refusal_;
};

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Refusal refusal) : state_(std::in_place_index<1>, std::move(refusal)) {}
  Result(Refused refused) : state_(std::in_place_index<1>, std::move(refused)) {}

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  const T& value() const& {
    ANLAN_CHECK(ok());
    return std::get<0>(state_);
  }
  T& value() & {
    ANLAN_CHECK(ok());
    return std::get<0>(state_);
  }
  T&& value() && {
    ANLAN_CHECK(ok());
    return std::get<0>(std::move(state_));
  }
  const T* operator->() const { return &value(); }
  const T& operator*() const& { return value(); }

  const Refusal& refusal() const& {
    ANLAN_CHECK(!ok());
    return std::get<1>(state_).refusal();
  }
  // To be returned by a caller with another value.
  Refused&& refused() && {
    ANLAN_CHECK(!ok());
    return std::get<1>(std::move(state_));
  }

 private:
  std::variant<T, Refused> state_;
};

}  // namespace anlan

#define ANLAN_JOIN_(a, b) a##b
#define ANLAN_JOIN(a, b) ANLAN_JOIN_(a, b)

// ANLAN_TRY(auto x, f()); takes the value of f() or returns its refusal from the caller.
#define ANLAN_TRY(declaration, expression) \
  ANLAN_TRY_(declaration, expression, ANLAN_JOIN(tried_, __LINE__))
#define ANLAN_TRY_(declaration, expression, name)   \
  auto name = (expression);                         \
  if (!name.ok()) return std::move(name).refused(); \
  declaration = std::move(name).value()

// ANLAN_REQUIRE(f()); passes a refusal of a Result<Done> on to the caller.
#define ANLAN_REQUIRE(expression) ANLAN_REQUIRE_(expression, ANLAN_JOIN(required_, __LINE__))
#define ANLAN_REQUIRE_(expression, name) \
  if (auto name = (expression); !name.ok()) return std::move(name).refused()
