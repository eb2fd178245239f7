// What many threads use in turn: things that are dear to make, and names that only one may hold.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace anlan::platform {

// Things lent to one thread at a time; made when all are out. At most as many as threads ask at
// once are ever made.
template <class T>
class Lending {
 public:
  using Make = std::function<std::unique_ptr<T>()>;
  explicit Lending(Make make) : make_(std::move(make)) {}

  class Loan {
   public:
    Loan(Lending& from, std::unique_ptr<T> thing) : from_(&from), thing_(std::move(thing)) {}
    Loan(Loan&&) noexcept = default;
    Loan& operator=(Loan&&) = delete;
    ~Loan() {
      if (thing_) from_->give_back(std::move(thing_));
    }
    T& operator*() const { return *thing_; }
    T* operator->() const { return thing_.get(); }

   private:
    Lending* from_;
    std::unique_ptr<T> thing_;
  };

  Loan borrow() {
    {
      const std::lock_guard guard(lock_);
      if (!idle_.empty()) {
        std::unique_ptr<T> thing = std::move(idle_.back());
        idle_.pop_back();
        return Loan(*this, std::move(thing));
      }
    }
    return Loan(*this, make_());
  }

 private:
  void give_back(std::unique_ptr<T> thing) {
    const std::lock_guard guard(lock_);
    idle_.push_back(std::move(thing));
  }

  Make make_;
  std::mutex lock_;
  std::vector<std::unique_ptr<T>> idle_;
};

// Things that many share and nobody changes, each made by whoever wants it first; the others wait
// meanwhile.
template <class Key, class T>
class MadeOnce {
 public:
  // What `make` gives; nothing is kept of a nullptr.
  std::shared_ptr<const T> get(const Key& key,
                               const std::function<std::shared_ptr<const T>()>& make) {
    const std::lock_guard guard(lock_);
    const auto found = made_.find(key);
    if (found != made_.end()) return found->second;
    std::shared_ptr<const T> thing = make();
    if (thing) made_.emplace(key, thing);
    return thing;
  }

 private:
  std::mutex lock_;
  std::map<Key, std::shared_ptr<const T>> made_;
};

// Names that are held by one request each.
class HeldNames {
 public:
  class Held {
   public:
    Held(HeldNames& of, std::string name) : of_(&of), name_(std::move(name)) {}
    Held(Held&& other) noexcept : of_(std::exchange(other.of_, nullptr)), name_(other.name_) {}
    Held& operator=(Held&&) = delete;
    ~Held() {
      if (of_) of_->let_go(name_);
    }

   private:
    HeldNames* of_;
    std::string name_;
  };

  // nullptr: somebody else holds it.
  std::unique_ptr<Held> hold(const std::string& name) {
    const std::lock_guard guard(lock_);
    if (!names_.insert(name).second) return nullptr;
    return std::make_unique<Held>(*this, name);
  }

 private:
  void let_go(const std::string& name) {
    const std::lock_guard guard(lock_);
    names_.erase(name);
  }

  std::mutex lock_;
  std::set<std::string, std::less<>> names_;
};

}  // namespace anlan::platform
