// Values that most records do not have, kept apart from them: a pointer where there is none.
#pragma once

#include <memory>
#include <optional>
#include <utility>

#include "base/check.h"

namespace anlan {

// As std::optional, for what is large and mostly absent.
template <class T>
class Seldom {
 public:
  Seldom() = default;
  Seldom(T value) : held_(std::make_unique<T>(std::move(value))) {}  // NOLINT: stands for T
  Seldom(const Seldom& other) : held_(other.held_ ? std::make_unique<T>(*other.held_) : nullptr) {}
  Seldom(Seldom&&) noexcept = default;
  Seldom& operator=(Seldom other) noexcept {
    held_ = std::move(other.held_);
    return *this;
  }
  ~Seldom() = default;

  bool has_value() const { return held_ != nullptr; }
  explicit operator bool() const { return has_value(); }
  // Precondition of the three: has_value().
  const T& operator*() const {
    ANLAN_CHECK(held_ != nullptr);
    return *held_;
  }
  const T* operator->() const { return &**this; }
  T& edit() {
    ANLAN_CHECK(held_ != nullptr);
    return *held_;
  }
  std::optional<T> optional() const { return held_ ? std::optional<T>(*held_) : std::nullopt; }
  void reset() { held_.reset(); }

  bool operator==(const Seldom& other) const {
    return held_ && other.held_ ? *held_ == *other.held_ : held_ == other.held_;
  }

 private:
  std::unique_ptr<T> held_;
};

// A value that is T{} in most records.
template <class T>
class Mostly {
 public:
  const T& operator*() const { return held_ ? *held_ : usual(); }
  const T* operator->() const { return &**this; }
  // The value itself, to be changed.
  T& edit() {
    if (!held_) held_ = T{};
    return held_.edit();
  }

  bool operator==(const Mostly& other) const { return **this == *other; }

 private:
  static const T& usual() {
    static const T value{};
    return value;
  }

  Seldom<T> held_;
};

}  // namespace anlan
