// For tests that change a part of what is kept alike.
#pragma once

#include <utility>

#include "base/alike.h"

namespace anlan {

template <class T, class Change>
void change(Alike<T>& held, Change&& how) {
  T value = held.get();
  std::forward<Change>(how)(value);
  held = std::move(value);
}

}  // namespace anlan
