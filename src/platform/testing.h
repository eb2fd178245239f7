// What the tests of platform share: a folder that vanishes, a house of small real commands,
// children that can be killed. Not used by the program.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>
#include <system_error>
#include <vector>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/check.h"
#include "house/command.h"
#include "platform/house_folder.h"

namespace anlan::platform::testing {

namespace fs = std::filesystem;

// Where nothing depends on a disk, its flushes only cost time.
enum class Medium : std::uint8_t { kMemory, kDisk };

class TempFolder {
 public:
  explicit TempFolder(Medium medium = Medium::kMemory) {
    std::error_code error;
    const fs::path memory = "/dev/shm";
    constexpr std::uintmax_t kEnough = std::uintmax_t{256} << 20;
    const bool there =
        fs::is_directory(memory, error) && fs::space(memory, error).available > kEnough && !error;
    const fs::path parent = medium == Medium::kMemory && there ? memory : fs::temp_directory_path();
    std::string name = (parent / "anlan-test-XXXXXX").string();
    ANLAN_CHECK(::mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  ~TempFolder() {
    std::error_code error;
    fs::remove_all(path_, error);
  }
  fs::path operator/(const std::string& name) const { return path_ / name; }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

inline house::Envelope envelope(std::string actor, std::string key, house::Command command) {
  return {.actor = {std::move(actor)}, .key = std::move(key), .command = std::move(command)};
}

inline house::Envelope open_command(const house::PublicKey& key) {
  domain::HouseOpened opening;
  opening.name = "Test house";
  opening.sandbox = true;
  opening.public_key.bytes = key;
  opening.operator_actor = domain::Actor{.name = {"op"},
                                         .organisation = {"house"},
                                         .roles = {domain::Role::kOperator},
                                         .authority = Money::zero(Currency::kCny)};
  return envelope("op", "open", house::OpenHouse{.opening = opening});
}

inline house::Envelope appoint_command(std::string name, domain::Role role) {
  const domain::Actor actor{.name = {name},
                            .organisation = {"house"},
                            .roles = {role},
                            .authority = Money::from_minor(100'000'000, Currency::kCny)};
  return envelope("op", "appoint-" + name, house::AppointActor{.actor = actor});
}

// A unified social credit code with its check digit (GB 32100-2015: weights 3^i modulo 31).
inline std::string credit_code(std::uint64_t number) {
  constexpr std::string_view kDigits = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  std::string code = std::to_string(number);
  code = "91330200MA" + std::string(7 - std::min<std::size_t>(7, code.size()), '0') + code;
  std::size_t sum = 0;
  std::size_t weight = 1;
  for (const char c : code) {
    sum += kDigits.find(c) * weight;
    weight = weight * 3 % 31;
  }
  return code + kDigits[(31 - sum % 31) % 31];
}

inline house::Envelope register_command(std::uint64_t number, const domain::PersonalRef& contact) {
  domain::Enterprise enterprise;
  enterprise.legal_name = "Enterprise " + std::to_string(number);
  enterprise.credit_code = credit_code(number);
  enterprise.contact = contact;
  enterprise.assess_consent = true;
  enterprise.monitor_consent = true;
  return envelope("broker", "register-" + std::to_string(number),
                  house::RegisterEnterprise{.enterprise = enterprise});
}

// Several events and postings of money.
inline house::Envelope order_command(domain::EnterpriseId enterprise, std::string key,
                                     std::int64_t price) {
  domain::Order order;
  order.enterprise = enterprise;
  order.package = {"package"};
  order.vendor = {"vendor"};
  order.price = Money::from_minor(price, Currency::kCny);
  order.lines = {domain::OrderLine{.product = {"ips"},
                                   .category = domain::ProductCategory::kIps,
                                   .controls = {{"NET-01"}},
                                   .price = order.price}};
  order.endpoints = 10;
  order.from = Date::from_days(20'454);
  order.until = Date::from_days(20'819);
  return envelope("broker", std::move(key), house::PlaceOrder{.order = order});
}

inline house::Envelope pay_command(domain::OrderId order, std::string key) {
  return envelope("finance", std::move(key), house::PayOrder{.order = order});
}

// The commands that every test house starts with: actors and one enterprise.
inline std::vector<house::Envelope> opening_commands(const house::PublicKey& key) {
  return {open_command(key), appoint_command("broker", domain::Role::kBroker),
          appoint_command("finance", domain::Role::kFinance), register_command(1, {})};
}

// One of: an order, a payment of a known order (often one that is paid), an enterprise, a command
// that is refused. A function of the house, the generator and the key.
inline house::Envelope random_command(const house::House& house, std::mt19937_64& random,
                                      const std::string& key) {
  const auto below = [&](std::uint64_t bound) { return random() % bound; };
  const domain::EnterpriseId first =
      house.enterprises.empty() ? domain::EnterpriseId{} : house.enterprises.begin()->first;
  switch (below(5)) {
    case 0: {
      house::Envelope made = register_command(2 + below(5'000'000), {});
      made.key = key;
      return made;
    }
    case 1:
    case 2:
      if (!house.orders.empty()) {
        auto order = house.orders.begin();
        std::advance(order, static_cast<std::ptrdiff_t>(below(house.orders.size())));
        return pay_command(order->first, key);
      }
      return order_command(first, key, 500'00);
    case 3:
      return order_command({999'999'999}, key, 100'00);  // no such enterprise
    default:
      return order_command(first, key, static_cast<std::int64_t>(1 + below(1'000'000)));
  }
}

// A child process that runs one hidden test case of this program.
class Child {
 public:
  // `setup` goes into the child's environment as ANLAN_TEST_CHILD; the child says things on
  // handle 3.
  Child(const std::string& test_case, const std::string& setup) {
    int ends[2];
    ANLAN_CHECK(::pipe2(ends, O_CLOEXEC) == 0);
    pid_ = ::fork();
    ANLAN_CHECK(pid_ >= 0);
    if (pid_ == 0) run_child(test_case, setup, ends[1]);
    ::close(ends[1]);
    from_child_ = ends[0];
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    if (pid_ > 0) stop(SIGKILL);
    ::close(from_child_);
  }
  // Waits until the child has said something.
  void wait_for_word() {
    char chunk[4'096];
    const ssize_t count = ::read(from_child_, chunk, sizeof chunk);
    if (count > 0) said_.append(chunk, static_cast<std::size_t>(count));
  }
  // Sends the signal, then everything said so far.
  std::string stop(int signal) {
    ::kill(pid_, signal);
    return finish();
  }
  // Waits for the end and gives everything said.
  std::string finish() {
    char chunk[4'096];
    for (ssize_t count; (count = ::read(from_child_, chunk, sizeof chunk)) > 0;) {
      said_.append(chunk, static_cast<std::size_t>(count));
    }
    ::waitpid(pid_, &status_, 0);
    pid_ = -1;
    return said_;
  }
  int exit_status() const { return WIFEXITED(status_) ? WEXITSTATUS(status_) : -1; }
  bool was_killed() const { return WIFSIGNALED(status_); }

 private:
  [[noreturn]] static void run_child(const std::string& test_case, const std::string& setup,
                                     int to_parent) {
    ::setenv("ANLAN_TEST_CHILD", setup.c_str(), 1);
    ::dup2(to_parent, 3);  // the copy stays open over exec
    const int quiet = ::open("/dev/null", O_WRONLY);
    ::dup2(quiet, STDOUT_FILENO);
    ::dup2(quiet, STDERR_FILENO);
    const std::string filter = "--test-case=" + test_case;
    ::execl("/proc/self/exe", "platform_test", "--no-skip", filter.c_str(), nullptr);
    std::_Exit(127);
  }
  pid_t pid_ = -1;
  int from_child_ = -1;
  int status_ = 0;
  std::string said_;
};

inline std::string child_setup() {
  const char* setup = std::getenv("ANLAN_TEST_CHILD");
  return setup ? setup : "";
}

inline void tell_parent(const std::string& line) {
  const std::string whole = line + "\n";
  ANLAN_CHECK(::write(3, whole.data(), whole.size()) == static_cast<ssize_t>(whole.size()));
}

inline std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::size_t start = 0;
  for (std::size_t end; (end = text.find('\n', start)) != std::string::npos; start = end + 1) {
    lines.push_back(text.substr(start, end - start));
  }
  return lines;  // a line that was cut short was never said
}

}  // namespace anlan::platform::testing
