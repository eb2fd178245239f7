// Controls: the unified assessment of 60 questions, the answers of an enterprise, and the posture
// that observations prove.
#pragma once

#include <string>
#include <vector>

#include "base/alike.h"
#include "base/fields.h"
#include "base/sha256.h"
#include "base/share.h"
#include "base/time.h"
#include "domain/enterprise.h"
#include "domain/ids.h"

namespace anlan::domain {

// One answer to one question. `value` is canonical text of the question's answer type: "yes", "80"
// (percent), "24" (hours), an option's word, "2026-01-15".
struct Answer {
  ControlName control;
  std::string value;
  FactSource source = FactSource::kDeclared;
  Digest evidence;  // of the document or scan that was shown; zero: none
  Date answered_on;
  bool operator==(const Answer&) const = default;
  template <class E = Answer>
  static constexpr auto fields() {
    return std::tuple{field("control", &E::control), field("value", &E::value),
                      field("source", &E::source), field("evidence", &E::evidence),
                      field("answered_on", &E::answered_on)};
  }
};

struct Assessment {
  AssessmentId id;
  EnterpriseId enterprise;
  Digest questionnaire;                // of data/controls.csv as it was asked
  Alike<std::vector<Answer>> answers;  // in the order of the questionnaire
  bool operator==(const Assessment&) const = default;
  template <class E = Assessment>
  static constexpr auto fields() {
    return std::tuple{field("id", &E::id), field("enterprise", &E::enterprise),
                      field("questionnaire", &E::questionnaire), field("answers", &E::answers)};
  }
};

// How far a control is from working, as the price and a claim see it.
struct ControlState {
  ControlName control;
  Share gap;    // 1 - state: 0 fully working, 1,000,000 ppm absent
  Share trust;  // how far a good answer is believed
  FactSource source = FactSource::kInferred;
  bool operator==(const ControlState&) const = default;
  template <class E = ControlState>
  static constexpr auto fields() {
    return std::tuple{field("control", &E::control), field("gap", &E::gap),
                      field("trust", &E::trust), field("source", &E::source)};
  }
};

// What the observations say of one product at an instant.
enum class ProductState : std::uint8_t {
  kNeverSeen = 1,   // no observation up to the instant
  kRunning = 2,     // enough devices seen, recently enough
  kPartlySeen = 3,  // recent signals, too few devices
  kSignalOld = 4,   // signals, none of them recent; a lost signal is not a breach
  kNotOrdered = 5,  // before the order begins, or after it has ended
};
constexpr auto enum_names(ProductState*) {
  using S = ProductState;
  return std::array{EnumName<S>{S::kNeverSeen, "never_seen"}, EnumName<S>{S::kRunning, "running"},
                    EnumName<S>{S::kPartlySeen, "partly_seen"},
                    EnumName<S>{S::kSignalOld, "signal_old"},
                    EnumName<S>{S::kNotOrdered, "not_ordered"}};
}

// `evidence` and all that follows it are empty while the product was never seen.
struct ProductPosture {
  OrderId order;
  SecurityProductName product;
  ProductState state = ProductState::kNeverSeen;
  ObservationId evidence;
  std::uint32_t seen = 0;
  std::uint32_t of = 0;
  Instant last_signal;
  std::int64_t age_minutes = 0;  // of the last signal; 0 when the instant lies inside the evidence
  bool operator==(const ProductPosture&) const = default;
  template <class P = ProductPosture>
  static constexpr auto fields() {
    return std::tuple{field("order", &P::order),
                      field("product", &P::product),
                      field("state", &P::state),
                      field("evidence", &P::evidence),
                      field("seen", &P::seen),
                      field("of", &P::of),
                      field("last_signal", &P::last_signal),
                      field("age_minutes", &P::age_minutes)};
  }
};

// What is known of one control at an instant: the answer that was given, and what a product's
// signals showed. An observation never overwrites an answer.
struct ControlPosture {
  ControlName control;
  bool proven = false;    // by a product that runs at the instant
  bool measured = false;  // `observed` is a measurement; else the least that is true
  std::string observed;   // the answer that the signals show; empty: they show nothing
  std::string answered;   // empty: not answered
  FactSource source = FactSource::kInferred;  // the strongest of the two
  ObservationId evidence;                     // behind `observed`
  SecurityProductName product;
  Instant last_signal;
  std::int64_t age_minutes = 0;  // of the evidence, or of the answer where nothing is observed
  bool operator==(const ControlPosture&) const = default;
  template <class C = ControlPosture>
  static constexpr auto fields() {
    return std::tuple{field("control", &C::control),         field("proven", &C::proven),
                      field("measured", &C::measured),       field("observed", &C::observed),
                      field("answered", &C::answered),       field("source", &C::source),
                      field("evidence", &C::evidence),       field("product", &C::product),
                      field("last_signal", &C::last_signal), field("age_minutes", &C::age_minutes)};
  }
};

struct Posture {
  Instant at;
  std::vector<ProductPosture> products;  // in the order of the orders and their lines
  std::vector<ControlPosture> controls;  // by name
  bool operator==(const Posture&) const = default;
  template <class E = Posture>
  static constexpr auto fields() {
    return std::tuple{field("at", &E::at), field("products", &E::products),
                      field("controls", &E::controls)};
  }
};

// An answer that the signals contradict: for a person to resolve, never resolved by overwriting.
struct AnswerConflict {
  ControlName control;
  std::string answered;
  std::string observed;
  bool answered_better = false;  // the answer says more than is seen; else the firm has improved
  ObservationId evidence;
  bool operator==(const AnswerConflict&) const = default;
  template <class A = AnswerConflict>
  static constexpr auto fields() {
    return std::tuple{field("control", &A::control), field("answered", &A::answered),
                      field("observed", &A::observed),
                      field("answered_better", &A::answered_better),
                      field("evidence", &A::evidence)};
  }
};

}  // namespace anlan::domain
