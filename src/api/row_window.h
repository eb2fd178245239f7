// The rows of a list that somebody will be shown: a page of it, and of what they may see.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace anlan::api {

// Of rows in the order of a list: `after` itself (empty: from the first on), and behind it the
// first `limit` that are seen and one more, which says that the page is not the last.
class RowWindow {
 public:
  using Seen = std::function<bool(std::string_view id)>;  // none: all are

  RowWindow(std::string after, std::size_t limit, Seen seen)
      : after_(std::move(after)), limit_(limit), seen_(std::move(seen)) {}

  // To be asked once for each row, in order. Rows that it does not want need not be made.
  bool wants(std::string_view id) {
    if (!begun()) return began_ = id == after_;
    if (count_ > limit_ || (seen_ && !seen_(id))) return false;
    ++count_;
    return true;
  }

 private:
  bool begun() const { return began_ || after_.empty(); }

  std::string after_;
  std::size_t limit_;
  Seen seen_;
  std::size_t count_ = 0;
  bool began_ = false;
};

}  // namespace anlan::api
