// Nouns of the security side: products, packages, orders, observations.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"
#include "base/money.h"
#include "base/sha256.h"
#include "base/share.h"
#include "base/time.h"
#include "domain/ids.h"

namespace anlan::domain {

// The five shelves of the supermarket (Ningbo page, N10) and service for what none of them sells.
enum class ProductCategory : std::uint8_t {
  kLogCompliance = 1,
  kIps = 2,
  kNbm = 3,
  kEndpoint = 4,
  kManagedService = 5,
  kService = 6,
};
constexpr auto enum_names(ProductCategory*) {
  using C = ProductCategory;
  return std::array{EnumName<C>{C::kLogCompliance, "log_compliance"},
                    EnumName<C>{C::kIps, "ips"},
                    EnumName<C>{C::kNbm, "nbm"},
                    EnumName<C>{C::kEndpoint, "endpoint"},
                    EnumName<C>{C::kManagedService, "managed_service"},
                    EnumName<C>{C::kService, "service"}};
}

enum class SignalFormat : std::uint8_t { kSuricataEve = 1, kSyslog = 2 };
constexpr auto enum_names(SignalFormat*) {
  return std::array{EnumName<SignalFormat>{SignalFormat::kSuricataEve, "suricata_eve"},
                    EnumName<SignalFormat>{SignalFormat::kSyslog, "syslog"}};
}

// What a running product proves of one control: the answer that is true while it runs, and so at
// least as good. kAnswerSeen stands for the share of the devices that was seen, in percent.
inline constexpr std::string_view kAnswerSeen = "seen";
struct ControlProof {
  ControlName control;
  std::string answer;  // canonical (protection/answer.h), or kAnswerSeen
  bool operator==(const ControlProof&) const = default;
  template <class E = ControlProof>
  static constexpr auto fields() {
    return std::tuple{field("control", &E::control), field("answer", &E::answer)};
  }
};

// One product of an order: what it costs, the controls that it supplies, and what counts as
// running. The rule is written into the order, so that a changed catalogue never changes an old
// proof.
struct OrderLine {
  SecurityProductName product;
  ProductCategory category = ProductCategory::kService;
  std::vector<ControlName> controls;  // supplied
  Money price;                        // a year, its own contract, never a discount of the premium
  SignalFormat format = SignalFormat::kSyslog;
  std::string device_param = {};      // of a syslog line: names the device; empty: its host does
  std::uint32_t devices = 0;          // to be seen: the endpoints of the order, or one gateway
  Share seen_min = {};                // of them; below it the product does not run
  std::uint32_t signal_days_max = 0;  // an older signal proves nothing any more
  std::vector<ControlProof> proofs = {};
  bool operator==(const OrderLine&) const = default;
  template <class L = OrderLine>
  static constexpr auto fields() {
    return std::tuple{field("product", &L::product),
                      field("category", &L::category),
                      field("controls", &L::controls),
                      field("price", &L::price),
                      field("format", &L::format),
                      field("device_param", &L::device_param),
                      field("devices", &L::devices),
                      field("seen_min", &L::seen_min),
                      field("signal_days_max", &L::signal_days_max),
                      field("proofs", &L::proofs)};
  }
};

// An order of a package. Its state is not stored: it follows from the observations
// (protection/posture.h).
struct Order {
  OrderId id;
  EnterpriseId enterprise;
  PackageName package;
  OrganisationName vendor;
  std::vector<OrderLine> lines;
  Money price;
  std::uint32_t endpoints = 0;  // devices to be covered
  Date from;
  Date until;
  Digest catalogue;  // artefact hash of the package as ordered
  bool operator==(const Order&) const = default;
  template <class E = Order>
  static constexpr auto fields() {
    return std::tuple{field("id", &E::id),
                      field("enterprise", &E::enterprise),
                      field("package", &E::package),
                      field("vendor", &E::vendor),
                      field("lines", &E::lines),
                      field("price", &E::price),
                      field("endpoints", &E::endpoints),
                      field("from", &E::from),
                      field("until", &E::until),
                      field("catalogue", &E::catalogue)};
  }
};

enum class OrderState : std::uint8_t {
  kOrdered = 1,      // no observation yet
  kProvisioned = 2,  // some products seen, not all or not on enough devices
  kVerifiedRunning = 3,
  kDegraded = 4,  // was verified, coverage fell or the signal is old
  kEnded = 5,
};
constexpr auto enum_names(OrderState*) {
  using S = OrderState;
  return std::array{EnumName<S>{S::kOrdered, "ordered"},
                    EnumName<S>{S::kProvisioned, "provisioned"},
                    EnumName<S>{S::kVerifiedRunning, "verified_running"},
                    EnumName<S>{S::kDegraded, "degraded"}, EnumName<S>{S::kEnded, "ended"}};
}

// What was seen of one product: on `seen` of `of` devices, between two instants, from a source
// whose raw lines have this digest. The raw lines live outside the journal.
struct Observation {
  ObservationId id;
  OrderId order;
  SecurityProductName product;
  std::uint32_t seen = 0;
  std::uint32_t of = 0;
  Instant from;
  Instant until;
  SignalFormat format = SignalFormat::kSyslog;
  std::uint64_t lines = 0;    // read
  std::uint64_t alerts = 0;   // of them alerts
  std::uint64_t refused = 0;  // of them not understood
  Digest source;
  bool operator==(const Observation&) const = default;
  template <class E = Observation>
  static constexpr auto fields() {
    return std::tuple{
        field("id", &E::id),         field("order", &E::order),     field("product", &E::product),
        field("seen", &E::seen),     field("of", &E::of),           field("from", &E::from),
        field("until", &E::until),   field("format", &E::format),   field("lines", &E::lines),
        field("alerts", &E::alerts), field("refused", &E::refused), field("source", &E::source)};
  }
};

}  // namespace anlan::domain
