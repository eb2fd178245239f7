#include "protection/posture.h"

#include <algorithm>
#include <map>

namespace anlan::protection {
namespace {

using domain::ControlPosture;
using domain::Observation;
using domain::Order;
using domain::OrderLine;
using domain::OrderState;
using domain::ProductPosture;
using domain::ProductState;

constexpr std::int64_t kMinutesPerDay = 24 * 60;

bool is_of(const Observation& observation, const Order& order, const OrderLine& line) {
  return observation.order == order.id && observation.product == line.product;
}

bool is_recent(const Observation& observation, const OrderLine& line, Instant at) {
  const Instant last = plus_minutes(observation.until, line.signal_days_max * kMinutesPerDay);
  return observation.from <= at && at <= last;
}

// seen / devices >= seen_min, without a division; nobody seen is never enough.
bool sees_enough(const Observation& observation, const OrderLine& line) {
  return observation.seen > 0 &&
         std::uint64_t{observation.seen} * Share::kWhole >=
             std::uint64_t{line.seen_min.ppm()} * std::max<std::uint32_t>(line.devices, 1);
}

// Evidence ranks by what it proves, then by how new it is, then by its id.
bool is_better(const Observation& a, const Observation& b, const OrderLine& line, Instant at) {
  const auto rank = [&](const Observation& observation) {
    const bool recent = is_recent(observation, line, at);
    return std::tuple(recent, recent && sees_enough(observation, line), observation.until,
                      observation.id);
  };
  return rank(a) > rank(b);
}

// The observation that says most about a line at `at`, or nullptr.
const Observation* best_evidence(const Order& order, const OrderLine& line,
                                 std::span<const Observation> observations, Instant at) {
  const Observation* best = nullptr;
  for (const Observation& each : observations) {
    if (!is_of(each, order, line) || each.from > at) continue;
    if (best == nullptr || is_better(each, *best, line, at)) best = &each;
  }
  return best;
}

bool runs(const Order& order, const OrderLine& line, std::span<const Observation> observations,
          Instant at) {
  return std::any_of(observations.begin(), observations.end(), [&](const Observation& each) {
    return is_of(each, order, line) && is_recent(each, line, at) && sees_enough(each, line);
  });
}

bool all_run(const Order& order, std::span<const Observation> observations, Instant at) {
  return std::all_of(order.lines.begin(), order.lines.end(),
                     [&](const OrderLine& line) { return runs(order, line, observations, at); });
}

// All products run together in an interval only if they do at its beginning, which is the beginning
// of some observation.
bool ran_before(const Order& order, std::span<const Observation> observations, Instant at) {
  return std::any_of(observations.begin(), observations.end(), [&](const Observation& each) {
    return each.order == order.id && each.from <= at && all_run(order, observations, each.from);
  });
}

bool is_ordered(const Order& order, Instant at, UtcOffset offset) {
  return at >= start_of_day(order.from, offset) && at < start_of_day(order.until, offset);
}

std::int64_t age_of(Instant evidence, Instant at) {
  return at > evidence ? minutes_between(evidence, at) : 0;
}

ProductState state_of(const Observation* evidence, const OrderLine& line, Instant at) {
  if (evidence == nullptr) return ProductState::kNeverSeen;
  if (!is_recent(*evidence, line, at)) return ProductState::kSignalOld;
  return sees_enough(*evidence, line) ? ProductState::kRunning : ProductState::kPartlySeen;
}

ProductPosture product_posture(const Order& order, const OrderLine& line,
                               const PostureInput& input) {
  const Observation* const evidence = best_evidence(order, line, input.observations, input.at);
  ProductPosture posture{.order = order.id, .product = line.product};
  posture.state = state_of(evidence, line, input.at);
  if (!is_ordered(order, input.at, input.offset)) posture.state = ProductState::kNotOrdered;
  if (evidence == nullptr) return posture;
  posture.evidence = evidence->id;
  posture.seen = evidence->seen;
  posture.of = line.devices;
  posture.last_signal = evidence->until;
  posture.age_minutes = age_of(evidence->until, input.at);
  return posture;
}

// What one product shows of one control; `observed` stays empty when it shows nothing.
ControlPosture control_posture(const domain::ControlProof& proof, const ProductPosture& product) {
  const bool is_measured = proof.answer == domain::kAnswerSeen;
  const bool is_running = product.state == ProductState::kRunning;
  ControlPosture posture{.control = proof.control, .proven = is_running, .measured = is_measured};
  if (is_measured && (is_running || product.state == ProductState::kPartlySeen)) {
    posture.observed =
        std::to_string(std::uint64_t{product.seen} * 100 / std::max<std::uint32_t>(product.of, 1));
  } else if (is_running && !is_measured) {
    posture.observed = proof.answer;
  } else {
    return posture;
  }
  posture.source = domain::FactSource::kTelemetry;
  posture.evidence = product.evidence;
  posture.product = product.product;
  posture.last_signal = product.last_signal;
  posture.age_minutes = product.age_minutes;
  return posture;
}

// A proof outranks a measurement, a measurement outranks nothing, and the newer signal wins.
bool shows_more(const ControlPosture& a, const ControlPosture& b) {
  const auto rank = [](const ControlPosture& posture) {
    return std::tuple(posture.proven, !posture.observed.empty(), posture.last_signal);
  };
  return rank(a) > rank(b);
}

using Controls = std::map<domain::ControlName, ControlPosture>;

void add_proofs(Controls& controls, const OrderLine& line, const ProductPosture& product) {
  for (const domain::ControlProof& proof : line.proofs) {
    ControlPosture posture = control_posture(proof, product);
    if (posture.observed.empty()) continue;
    const auto [known, is_new] = controls.try_emplace(proof.control, posture);
    if (!is_new && shows_more(posture, known->second)) known->second = std::move(posture);
  }
}

void add_answers(Controls& controls, const PostureInput& input) {
  const Date on = date_of(input.at, input.offset);
  for (const domain::Answer& answer : input.answers) {
    if (answer.answered_on > on) continue;
    ControlPosture& posture = controls[answer.control];
    posture.control = answer.control;
    posture.answered = answer.value;
    if (!posture.observed.empty()) continue;
    posture.source = answer.source;
    posture.age_minutes = days_between(answer.answered_on, on) * kMinutesPerDay;
  }
}

}  // namespace

OrderState order_state(const Order& order, std::span<const Observation> observations, Instant at,
                       UtcOffset offset) {
  if (at >= start_of_day(order.until, offset)) return OrderState::kEnded;
  if (at < start_of_day(order.from, offset)) return OrderState::kOrdered;
  const bool is_seen =
      std::any_of(observations.begin(), observations.end(), [&](const Observation& each) {
        return each.order == order.id && each.from <= at && each.seen > 0;
      });
  if (!is_seen) return OrderState::kOrdered;
  if (all_run(order, observations, at)) return OrderState::kVerifiedRunning;
  return ran_before(order, observations, at) ? OrderState::kDegraded : OrderState::kProvisioned;
}

domain::Posture posture_at(const PostureInput& input) {
  domain::Posture posture{.at = input.at, .products = {}, .controls = {}};
  Controls controls;
  for (const Order& order : input.orders) {
    for (const OrderLine& line : order.lines) {
      posture.products.push_back(product_posture(order, line, input));
      add_proofs(controls, line, posture.products.back());
    }
  }
  add_answers(controls, input);
  for (auto& [name, control] : controls) posture.controls.push_back(std::move(control));
  return posture;
}

domain::Posture once_running(domain::Posture now, std::span<const Product* const> products) {
  Controls controls;
  for (ControlPosture& control : now.controls) {
    const domain::ControlName name = control.control;
    controls.emplace(name, std::move(control));
  }
  for (const Product* const product : products) {
    const ProductPosture running{.order = {},
                                 .product = product->name,
                                 .state = ProductState::kRunning,
                                 .evidence = {},
                                 .seen = 1,
                                 .of = 1,
                                 .last_signal = now.at,
                                 .age_minutes = 0};
    for (const domain::ControlProof& proof : product->proofs) {
      const ControlPosture seen = control_posture(proof, running);
      ControlPosture& known = controls[proof.control];
      if (known.proven && known.product == product->name) continue;
      const std::string answered = known.answered;
      known = seen;
      known.answered = answered;
    }
  }
  now.controls.clear();
  for (auto& [name, control] : controls) now.controls.push_back(std::move(control));
  return now;
}

std::vector<domain::ControlName> proven_controls(const domain::Posture& posture) {
  std::vector<domain::ControlName> proven;
  for (const ControlPosture& control : posture.controls) {
    if (control.proven) proven.push_back(control.control);
  }
  return proven;
}

}  // namespace anlan::protection
