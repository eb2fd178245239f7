#include "formats/page_flow.h"

namespace anlan::formats {
namespace {

class Flow {
 public:
  Flow(std::span<const Strip> strips, double page_height)
      : strips_(strips), page_height_(page_height) {}

  std::vector<PlacedStrip> placed() {
    for (std::size_t i = 0; i < strips_.size();) {
      const std::size_t end = chain_end(i);
      if (!fits(i, end) && chain_height(i, end) <= page_height_) turn_page();
      for (; i < end; ++i) place(i);
    }
    return std::move(out_);
  }

 private:
  std::size_t chain_end(std::size_t i) const {
    while (i + 1 < strips_.size() && strips_[i].with_next) ++i;
    return i + 1;
  }

  // At the top of a page, with the head that is repeated there.
  double chain_height(std::size_t begin, std::size_t end) const {
    double height = head_height(begin);
    for (std::size_t i = begin; i < end; ++i) {
      height += strips_[i].height + (i > begin || height > 0.0 ? strips_[i].gap : 0.0);
    }
    return height;
  }

  bool fits(std::size_t begin, std::size_t end) const {
    double bottom = used_;
    for (std::size_t i = begin; i < end; ++i) {
      bottom += strips_[i].height + (bottom > 0.0 ? strips_[i].gap : 0.0);
    }
    return bottom <= page_height_;
  }

  double head_height(std::size_t i) const {
    const std::size_t head = strips_[i].head;
    return head == kNoStrip || head == i ? 0.0 : strips_[head].height;
  }

  void turn_page() {
    if (used_ == 0.0) return;
    ++page_;
    used_ = 0.0;
  }

  void place(std::size_t i) {
    if (!fits(i, i + 1)) turn_page();
    if (used_ == 0.0 && head_height(i) > 0.0) put(strips_[i].head);
    if (used_ > 0.0) used_ += strips_[i].gap;
    put(i);
  }

  void put(std::size_t i) {
    out_.push_back({.strip = i, .page = page_, .top = used_});
    used_ += strips_[i].height;
  }

  std::span<const Strip> strips_;
  double page_height_;
  std::size_t page_ = 0;
  double used_ = 0.0;  // of the page, from its top
  std::vector<PlacedStrip> out_;
};

}  // namespace

std::vector<PlacedStrip> flow(std::span<const Strip> strips, double page_height) {
  return Flow(strips, page_height).placed();
}

}  // namespace anlan::formats
