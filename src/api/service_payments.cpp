#include "api/service_payments.h"

#include <chrono>
#include <map>
#include <vector>

#include "api/payment_desk.h"
#include "formats/json.h"
#include "platform/rounds.h"

namespace anlan::api {
namespace {

constexpr std::chrono::milliseconds kPause{1'000};

}  // namespace

struct ServedPayments::Impl {
  Impl(const Service::Houses& houses, const platform::Artefacts& artefacts, platform::HttpLog to)
      : log(std::move(to)) {
    for (const auto& [name, house] : houses)
      sessions.push_back(std::make_unique<Session>(SessionOptions(), Library(artefacts), *house));
    rounds = std::make_unique<platform::Rounds>(kPause, [this] { round(); });
  }

  void round() {
    for (const std::unique_ptr<Session>& session : sessions) {
      session->options() = SessionOptions();
      const Result<std::size_t> taken = take(*session);
      session->close();
      tell(*session, taken);
    }
  }

  // Files are not made for a house where nobody pays.
  static Result<std::size_t> take(Session& session) {
    ANLAN_TRY(const std::filesystem::path beside, session.projection_file());
    if (!PaymentDesk::in_use(beside.parent_path())) return std::size_t{0};
    ANLAN_TRY(PaymentDesk desk, PaymentDesk::open(session));
    ANLAN_TRY(const std::size_t count, desk.take_due());
    if (desk.untaken()) return *desk.untaken();
    return count;
  }

  // Once for each reason, not every round that it lasts.
  void tell(const Session& session, const Result<std::size_t>& taken) {
    if (taken.ok() && *taken == 0) return;
    std::string& last = told[&session];
    const std::string reason = taken.ok() ? "" : line(taken.refusal());
    if (!reason.empty() && reason != last && log) log(reason);
    last = reason;
  }

  static std::string line(const Refusal& refusal) {
    Node node = Node::table();
    node.add("payments", Node::string(refusal.code.name));
    node.add("file", Node::string(refusal.value));
    return formats::write_json(node, {.indent = 0});
  }

  platform::HttpLog log;
  std::map<const Session*, std::string> told;
  std::vector<std::unique_ptr<Session>> sessions;
  std::unique_ptr<platform::Rounds> rounds;  // last: it uses the others
};

ServedPayments::ServedPayments(const Service::Houses& houses, const platform::Artefacts& artefacts,
                               platform::HttpLog log)
    : impl_(std::make_unique<Impl>(houses, artefacts, std::move(log))) {}

ServedPayments::~ServedPayments() = default;

}  // namespace anlan::api
